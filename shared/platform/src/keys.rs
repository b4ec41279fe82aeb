//! The key ring: what seals, what peppers, what signs pushes; read once an environment, not once a request.

mod ring;
mod secret;
mod vapid;

use async_trait::async_trait;

use crate::fault::Fault;
pub use ring::{Keyring, Purpose, derived};
pub use secret::SecretKeys;
pub use vapid::VapidKey;

/// Where the keys come from.
#[async_trait]
pub trait Keys: Send + Sync {
    /// The key ring. A fault passes: the next request asks again, and no factor is ever skipped meanwhile.
    async fn keyring(&self) -> Result<&Keyring, Fault>;
}

/// Keys that are at hand: the local run's and tests'.
#[derive(Debug)]
pub struct StaticKeys(Keyring);

impl StaticKeys {
    /// These keys.
    pub const fn new(keyring: Keyring) -> Self {
        Self(keyring)
    }
}

#[async_trait]
impl Keys for StaticKeys {
    async fn keyring(&self) -> Result<&Keyring, Fault> {
        Ok(&self.0)
    }
}
