//! The ports to the inventory of hardware tokens.

use async_trait::async_trait;
use countersign_domain::names::SerialNumber;
use countersign_domain::tokens::{HardwareToken, List};

use super::{Page, Saved};
use crate::fault::Fault;

/// What became of a token that was to be kept.
#[derive(Debug, Clone)]
#[must_use]
pub enum Kept {
    /// It is new.
    New,
    /// One with its serial number was there, and stays as it is.
    There(Box<HardwareToken>),
}

/// Reading one hardware token: for whoever activates it.
#[async_trait]
pub trait ReadTokens: Send + Sync {
    /// A token by its serial number, read strongly.
    async fn token(&self, serial: &SerialNumber) -> Result<Option<HardwareToken>, Fault>;
}

/// Keeping hardware tokens. Activating one is a part of [`super::BindMethods::activate`], giving it up of
/// [`super::RemoveMethods::remove`]: both go by the token that the authenticator's binding names.
#[async_trait]
pub trait KeepTokens: ReadTokens {
    /// Keeps a new token, if none has its serial number.
    async fn keep_token(&self, token: &HardwareToken) -> Result<Kept, Fault>;
    /// A page of a list by serial number, from the one after `after`. The list may be a moment old, the tokens on it are as they are: one
    /// that has moved is left out.
    async fn tokens(&self, list: List, after: Option<&SerialNumber>, limit: u16) -> Result<Page<HardwareToken>, Fault>;
    /// Saves a token in other hands, if the stored version is one lower.
    async fn move_token(&self, token: &HardwareToken) -> Result<Saved, Fault>;
    /// Deletes a token, if it is still as it was seen.
    async fn drop_token(&self, seen: &HardwareToken) -> Result<Saved, Fault>;
}
