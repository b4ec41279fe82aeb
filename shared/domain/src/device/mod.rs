//! The device protocol: what a phone signs, and how it is checked (docs/protocol.md).

pub mod channel;
pub mod claims;
pub mod code;
mod jws;
pub mod key;
pub mod octets;
pub mod shown;
pub mod verify;
pub mod words;

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod testing;

pub use jws::Kind;
