//! A client of the device protocol (docs/protocol.md), and the phone simulator built on it.
//!
//! [`Client`] is one installation of an app at one service; pairing makes a [`Phone`], which is one account's key and answers its prompts.
//! Each call has its parts beside it (claims, signing, sending), so that a test can send a message that no honest phone would.

mod client;
mod error;
mod key;
mod origin;
mod phone;
mod reply;
pub mod simulator;
mod wire;

pub use client::Client;
pub use error::{Error, Problem};
pub use key::SigningKey;
pub use origin::Origin;
pub use phone::Phone;
pub use reply::Reply;
pub use wire::{
    Configuration, Device, HandOver, HandOverState, NewPhone, Outcome, Paired, Prompt, Prompts, Purpose, Status,
};
