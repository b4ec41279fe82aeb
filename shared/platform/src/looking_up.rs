//! Secrets that are looked up: hashed off the thread that others wait for, and sealed as long as they are shown.

use std::sync::Arc;

use countersign_domain::ids::{AccountId, EnrollmentId};
use countersign_domain::methods::look_up::{LookedUp, Salt};
use countersign_domain::methods::pass::{Pass, Terms};
use countersign_domain::methods::recovery_codes::{CodeSet, Codes};
use countersign_domain::secret::Secret;

use crate::fault::Fault;
use crate::house::House;

/// What was typed, hashed with that salt.
pub async fn looked_up(house: &House, salt: &Salt, typed: &Secret<String>) -> Result<LookedUp, Fault> {
    let (salt, typed) = (salt.clone(), typed.clone());
    hashing(house, move |pepper| LookedUp::new(pepper, &salt, &typed)).await
}

/// Recovery codes as they are kept.
pub async fn keep_codes(house: &House, codes: Codes) -> Result<CodeSet, Fault> {
    let entropy = Arc::clone(&house.entropy);
    hashing(house, move |pepper| codes.keep(pepper, entropy.as_ref())).await
}

/// A new pass, and what is shown once.
pub async fn issue_pass(house: &House, terms: Terms) -> Result<(Pass, Secret<String>), Fault> {
    let entropy = Arc::clone(&house.entropy);
    hashing(house, move |pepper| Pass::issue(terms, pepper, entropy.as_ref())).await
}

async fn hashing<T: Send + 'static>(
    house: &House,
    work: impl FnOnce(&[u8]) -> Option<T> + Send + 'static,
) -> Result<T, Fault> {
    let pepper = Secret::new(*house.keys.keyring().await?.pepper.expose());
    tokio::task::spawn_blocking(move || work(pepper.expose()))
        .await
        .map_err(|_| Fault::Defect("hashing a secret panicked"))?
        .ok_or(Fault::Defect("no memory to hash a secret"))
}

/// Seals recovery codes for a ceremony's row.
pub async fn seal_codes(house: &House, account: AccountId, id: EnrollmentId, codes: &Codes) -> Result<String, Fault> {
    let bytes = codes.to_bytes();
    let keyring = house.keys.keyring().await?;
    keyring.data.seal(&offered(account, id), bytes.expose())
}

/// Opens a ceremony's recovery codes.
pub async fn open_codes(house: &House, account: AccountId, id: EnrollmentId, sealed: &str) -> Result<Codes, Fault> {
    let bytes = house.keys.keyring().await?.data.open(&offered(account, id), sealed)?;
    Codes::from_bytes(&bytes).ok_or(Fault::Defect("sealed recovery codes that are none"))
}

fn offered(account: AccountId, id: EnrollmentId) -> String {
    format!("ENROLLMENT|{account}|{id}|recovery_codes|1")
}
