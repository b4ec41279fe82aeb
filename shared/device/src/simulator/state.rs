//! The simulator's file: its installation, and the accounts with their keys, in the clear. That is why it is a simulator.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use countersign_domain::device::octets::InstallationId;
use countersign_domain::encoding::{base64url, from_base64url};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::secret::Secret;
use serde::{Deserialize, Serialize};

use super::Complaint;
use crate::key::draw;
use crate::{Client, Error, Origin, Paired, Phone, SigningKey};

/// What the file says to whoever opens it.
const ABOUT: &str = "Private keys of a simulated phone, in the clear. For development and tests only.";

/// The simulated phone.
#[derive(Debug)]
pub(super) struct State {
    file: PathBuf,
    kept: Kept,
}

/// The file's content.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    about: String,
    installation: InstallationId,
    accounts: Vec<Account>,
}

/// One account on the phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Account {
    /// What it is called here.
    pub(super) name: String,
    pub(super) organization: String,
    pub(super) origin: Origin,
    id: AccountId,
    authenticator: AuthenticatorId,
    /// PKCS #8, base64url.
    private_key: Secret<String>,
}

impl Account {
    /// An account as it was paired.
    pub(super) fn new(name: String, paired: &Paired, phone: &Phone) -> Self {
        Self {
            name,
            organization: paired.organization.clone(),
            origin: phone.client().origin().clone(),
            id: paired.account_id,
            authenticator: paired.authenticator_id,
            private_key: Secret::new(base64url(phone.key().pkcs8().expose())),
        }
    }

    /// The account's phone.
    pub(super) fn phone(&self) -> Result<Phone, Error> {
        let pkcs8 = Secret::new(from_base64url(self.private_key.expose()).ok_or(Error::Key)?);
        let key = SigningKey::from_pkcs8(pkcs8.expose())?;
        Ok(Client::new(self.origin.clone())?.phone(key, self.id, self.authenticator))
    }
}

impl State {
    /// Reads the file; a phone fresh from the box where there is none.
    pub(super) fn load(file: PathBuf) -> Result<Self, Complaint> {
        let kept = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| Complaint::State {
                because: error.to_string(),
                file: file.clone(),
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Kept {
                about: ABOUT.to_owned(),
                installation: draw()?,
                accounts: Vec::new(),
            },
            Err(error) => {
                return Err(Complaint::State {
                    because: error.to_string(),
                    file,
                });
            }
        };
        Ok(Self { file, kept })
    }

    /// The installation of the simulated app.
    pub(super) const fn installation(&self) -> InstallationId {
        self.kept.installation
    }

    /// The accounts of that name, or all. At least one: otherwise a complaint that says how to get one.
    pub(super) fn accounts(&self, name: Option<&str>) -> Result<Vec<Account>, Complaint> {
        let named = |account: &&Account| name.is_none_or(|name| account.name == name);
        let accounts: Vec<Account> = self.kept.accounts.iter().filter(named).cloned().collect();
        match (accounts.is_empty(), name) {
            (false, _) => Ok(accounts),
            (true, Some(name)) => Err(Complaint::told(
                format!("no account is called {name}"),
                "`list` shows which there are.",
            )),
            (true, None) => Err(Complaint::told(
                "this phone has no account",
                "Open the security-info page, add the authenticator, and run `pair <CODE>`.",
            )),
        }
    }

    /// A name that no other account has here.
    pub(super) fn free_name(&self, wanted: &str, paired: &Paired) -> String {
        let taken = self
            .kept
            .accounts
            .iter()
            .any(|one| one.name == wanted && one.id != paired.account_id);
        if taken {
            format!("{wanted} ({})", paired.account_id)
        } else {
            wanted.to_owned()
        }
    }

    /// Keeps an account, in place of an older entry of the same.
    pub(super) fn keep(&mut self, account: Account) -> Result<(), Complaint> {
        self.kept
            .accounts
            .retain(|old| old.id != account.id || old.origin != account.origin);
        self.kept.accounts.push(account);
        self.save()
    }

    /// Forgets an account.
    pub(super) fn forget(&mut self, account: &Account) -> Result<(), Complaint> {
        self.kept
            .accounts
            .retain(|old| old.authenticator != account.authenticator);
        self.save()
    }

    /// Writes the file whole or not at all, for its owner's eyes.
    fn save(&self) -> Result<(), Complaint> {
        self.write().map_err(|error| Complaint::State {
            because: error.to_string(),
            file: self.file.clone(),
        })
    }

    fn write(&self) -> std::io::Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = self.file.with_extension("new");
        let _ = fs::remove_file(&beside); // one that was left behind may have another mode
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(&serde_json::to_vec_pretty(&self.kept)?)?;
        file.sync_all()?;
        fs::rename(&beside, &self.file)
    }
}
