//! What was deployed, as the facts meet it: its origin, its functions and roles, and what it sent. `make test-deployed` deploys it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

pub mod calls;
pub mod people;
pub mod sent;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use countersign_device::{Client, Origin};
use countersign_tests::Browser;
use serde::Deserialize;

/// What stands in the file that `COUNTERSIGN_DEPLOYED` names (`stand/deployment.py` writes it).
#[derive(Debug, Deserialize)]
pub struct Deployed {
    /// Where members go.
    pub origin: String,
    /// The emulated cloud's address.
    pub emulator: String,
    /// What stands between the functions and SNS.
    pub recorder: String,
    /// The emulated region.
    pub region: String,
    /// The emulated account.
    pub account: String,
    /// The stack's name.
    pub stack: String,
    /// The domain that mails may be sent from.
    pub mail_domain: String,
    /// Each function by its folder's name.
    pub functions: BTreeMap<String, Function>,
    /// The stack's outputs.
    pub outputs: BTreeMap<String, String>,
    /// SNS platform applications: `apns` and `fcm` are the deployment's, `foreign` is somebody else's.
    pub applications: BTreeMap<String, String>,
}

/// A deployed function.
#[derive(Debug, Deserialize)]
pub struct Function {
    /// Its name in the cloud.
    pub name: String,
    /// Its role's ARN.
    pub role: String,
    /// Its environment.
    pub environment: BTreeMap<String, String>,
    /// The program that was deployed.
    pub bootstrap: PathBuf,
    /// Its log group.
    pub log_group: String,
    /// What its role gave when it was assumed.
    pub credentials: Credentials,
}

/// Credentials of a role.
#[derive(Clone, Deserialize)]
pub struct Credentials {
    /// The key's id.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
    /// The session.
    pub session_token: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// Where that file is.
pub fn file() -> PathBuf {
    std::env::var_os("COUNTERSIGN_DEPLOYED")
        .expect("these facts need a deployment: run `make test-deployed`")
        .into()
}

/// What was deployed.
pub fn deployed() -> &'static Deployed {
    static DEPLOYED: LazyLock<Deployed> =
        LazyLock::new(|| serde_json::from_slice(&std::fs::read(file()).unwrap()).unwrap());
    &DEPLOYED
}

impl Deployed {
    /// A browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.origin)
    }

    /// A new phone's app.
    pub fn app(&self) -> Client {
        Client::new(self.origin.parse::<Origin>().expect("an origin")).expect("a client")
    }

    /// A table's name, by what the architecture calls it.
    pub fn table(&self, name: &str) -> &str {
        &self.functions["verification"].environment[&format!("COUNTERSIGN_TABLE_{}", name.to_uppercase())]
    }
}
