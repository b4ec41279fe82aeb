//! Seeds of code generators and tokens: sealed under the data key and bound to their row, so that one copied to another row does not open.

use countersign_domain::ids::{AccountId, AuthenticatorId, EnrollmentId};
use countersign_domain::names::SerialNumber;
use countersign_domain::secret::Secret;

use crate::fault::Fault;
use crate::house::House;

/// Seals a seed for an authenticator's row.
pub async fn seal(
    house: &House,
    account: AccountId,
    id: AuthenticatorId,
    seed: &Secret<Vec<u8>>,
) -> Result<String, Fault> {
    house
        .keys
        .keyring()
        .await?
        .data
        .seal(&bound(account, id), seed.expose())
}

/// Opens an authenticator's seed.
pub async fn open(
    house: &House,
    account: AccountId,
    id: AuthenticatorId,
    sealed: &str,
) -> Result<Secret<Vec<u8>>, Fault> {
    house.keys.keyring().await?.data.open(&bound(account, id), sealed)
}

/// Seals a seed for a ceremony's row.
pub async fn seal_offered(
    house: &House,
    account: AccountId,
    id: EnrollmentId,
    seed: &Secret<Vec<u8>>,
) -> Result<String, Fault> {
    house
        .keys
        .keyring()
        .await?
        .data
        .seal(&offered(account, id), seed.expose())
}

/// Opens a ceremony's seed.
pub async fn open_offered(
    house: &House,
    account: AccountId,
    id: EnrollmentId,
    sealed: &str,
) -> Result<Secret<Vec<u8>>, Fault> {
    house.keys.keyring().await?.data.open(&offered(account, id), sealed)
}

/// Seals the seed of a token for its row in the inventory.
pub async fn seal_kept(house: &House, serial: &SerialNumber, seed: &Secret<Vec<u8>>) -> Result<String, Fault> {
    house.keys.keyring().await?.data.seal(&kept(serial), seed.expose())
}

/// Opens the seed of a token in the inventory.
pub async fn open_kept(house: &House, serial: &SerialNumber, sealed: &str) -> Result<Secret<Vec<u8>>, Fault> {
    house.keys.keyring().await?.data.open(&kept(serial), sealed)
}

fn bound(account: AccountId, id: AuthenticatorId) -> String {
    format!("AUTHENTICATOR|{account}|{id}|totp|1")
}

fn offered(account: AccountId, id: EnrollmentId) -> String {
    format!("ENROLLMENT|{account}|{id}|totp|1")
}

fn kept(serial: &SerialNumber) -> String {
    format!("TOKEN|{serial}|1")
}
