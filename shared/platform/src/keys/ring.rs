//! The key ring itself, and its written form, which is what KMS encrypts.

use countersign_domain::encoding::{base64url, from_base64url};
use countersign_domain::entropy::bytes;
use countersign_domain::secret::Secret;
use serde::{Deserialize, Serialize};

use super::VapidKey;
use crate::entropy::SystemEntropy;
use crate::fault::Fault;
use crate::seal::SealingKey;

/// All keys of a deployment. `Debug` shows none of them.
#[derive(Debug)]
pub struct Keyring {
    /// Seals secrets at rest, such as code generators' seeds.
    pub data: SealingKey,
    /// Goes into hashes of what could be guessed: passwords, codes, names.
    pub pepper: Secret<[u8; 32]>,
    /// Seals cookies.
    pub cookie: SealingKey,
    /// Signs web pushes.
    pub vapid: VapidKey,
    written: Secret<String>,
}

/// The written form, version 1; each key as base64url, the last as PKCS#8.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u8,
    data: Secret<String>,
    pepper: Secret<String>,
    cookie: Secret<String>,
    vapid: Secret<String>,
}

impl Keyring {
    /// New keys: for the set-up command, the local run and tests.
    pub fn generate() -> Result<Self, Fault> {
        let key = || Secret::new(base64url(bytes::<32>(&SystemEntropy)));
        let vapid = Secret::new(base64url(VapidKey::generate()?.expose()));
        let written = Written {
            version: 1,
            data: key(),
            pepper: key(),
            cookie: key(),
            vapid,
        };
        let text = serde_json::to_string(&written).map_err(|_| Fault::Keys("the key ring could not be written"))?;
        Self::read(&Secret::new(text))
    }

    /// Reads the written form.
    pub fn read(text: &Secret<String>) -> Result<Self, Fault> {
        let written: Written =
            serde_json::from_str(text.expose()).map_err(|_| Fault::Keys("the key ring is not in its written form"))?;
        if written.version != 1 {
            return Err(Fault::Keys(
                "the key ring is of a version that this release does not know",
            ));
        }
        Ok(Self {
            data: SealingKey::new(key(&written.data)?.expose())?,
            pepper: key(&written.pepper)?,
            cookie: SealingKey::new(key(&written.cookie)?.expose())?,
            vapid: VapidKey::read(from_base64url(written.vapid.expose()).map(Secret::new))?,
            written: text.clone(),
        })
    }

    /// The written form. It is everything: only KMS, or the local run's folder, may see it.
    pub const fn written(&self) -> &Secret<String> {
        &self.written
    }
}

fn key(text: &Secret<String>) -> Result<Secret<[u8; 32]>, Fault> {
    let bytes = from_base64url(text.expose()).and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(Secret::new)
        .ok_or(Fault::Keys("a key in the key ring is not of 256 bits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ring_survives_being_written_and_read() {
        let ring = Keyring::generate().unwrap();
        let again = Keyring::read(ring.written()).unwrap();
        assert!(ring.pepper.matches(again.pepper.expose()));
        let sealed = ring.data.seal("x", b"seed").unwrap();
        assert_eq!(again.data.open("x", &sealed).unwrap().expose(), b"seed");
        assert_eq!(ring.vapid.public(), again.vapid.public());
    }

    #[test]
    fn no_key_prints() {
        let ring = Keyring::generate().unwrap();
        let text = format!("{ring:?}");
        let written: serde_json::Value = serde_json::from_str(ring.written().expose()).unwrap();
        for key in ["data", "pepper", "cookie", "vapid"] {
            assert!(!text.contains(written[key].as_str().unwrap()), "{key}");
        }
    }

    #[test]
    fn a_damaged_or_newer_ring_is_refused() {
        let written = Keyring::generate().unwrap().written().expose().clone();
        for text in [
            String::new(),
            "{}".into(),
            written.replace("\"version\":1", "\"version\":2"),
            written.replace("\"data\":\"", "\"data\":\"AA"),
            written.replace("\"vapid\":\"", "\"vapid\":\"AA"),
        ] {
            assert!(matches!(Keyring::read(&Secret::new(text)), Err(Fault::Keys(_))));
        }
    }
}
