//! Secrets at rest and in cookies: AES-256-GCM, bound to the place they belong to, so that a value moved elsewhere does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use countersign_domain::encoding::{base64url, from_base64url};
use countersign_domain::secret::Secret;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroize as _;

use crate::fault::Fault;

/// The form of what [`SealingKeys::seal`] writes: `1.` and nonce, ciphertext and tag as base64url.
const VERSION: &str = "1.";

/// Keys that seal and open: the newest seals, each opens. They draw each nonce themselves (96 random bits, NIST SP 800-38D §8.2.2), so
/// none can be given twice.
pub struct SealingKeys {
    newest: RandomizedNonceKey,
    older: Vec<RandomizedNonceKey>,
}

impl fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKeys(…)")
    }
}

impl SealingKeys {
    /// Keys of 256 bits, the newest first.
    pub fn new(keys: impl IntoIterator<Item = Result<Secret<[u8; 32]>, Fault>>) -> Result<Self, Fault> {
        let unusable = || Fault::Keys("a sealing key is not usable");
        let mut keys = keys
            .into_iter()
            .map(|key| RandomizedNonceKey::new(&AES_256_GCM, key?.expose()).map_err(|_| unusable()));
        Ok(Self {
            newest: keys.next().ok_or_else(unusable)??,
            older: keys.collect::<Result<_, _>>()?,
        })
    }

    /// Seals bytes for a place, such as `AUTHENTICATOR|acc_…|aut_…|totp|1`: that text is authenticated with them.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<String, Fault> {
        let mut sealed = plain.to_vec();
        let Ok(nonce) = self.newest.seal_in_place_append_tag(Aad::from(context), &mut sealed) else {
            sealed.zeroize();
            return Err(Fault::Keys("a value could not be sealed"));
        };
        Ok(format!(
            "{VERSION}{}",
            base64url([nonce.as_ref().as_slice(), &sealed].concat())
        ))
    }

    /// Opens what was sealed for the same place. A row swapped for another person's is a fault, never an empty secret.
    pub fn open(&self, context: &str, sealed: &str) -> Result<Secret<Vec<u8>>, Fault> {
        self.opened(context, sealed).ok_or_else(|| Fault::Sealed {
            context: context.to_owned(),
        })
    }

    /// Seals a value for a cookie.
    pub fn seal_value<T: Serialize>(&self, purpose: &str, value: &T) -> Result<String, Fault> {
        let mut plain =
            serde_json::to_vec(value).map_err(|_| Fault::Defect("a cookie could not be written as JSON"))?;
        let sealed = self.seal(purpose, &plain);
        plain.zeroize();
        sealed
    }

    /// Opens a cookie's value. A cookie comes from outside: one that does not open is no cookie, and no fault.
    pub fn open_value<T: DeserializeOwned>(&self, purpose: &str, sealed: &str) -> Option<T> {
        serde_json::from_slice(self.opened(purpose, sealed)?.expose()).ok()
    }

    fn opened(&self, context: &str, sealed: &str) -> Option<Secret<Vec<u8>>> {
        let bytes = from_base64url(sealed.strip_prefix(VERSION)?)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut keys = std::iter::once(&self.newest).chain(&self.older);
        keys.find_map(|key| opened(key, nonce, context, sealed))
    }
}

fn opened(key: &RandomizedNonceKey, nonce: &[u8; NONCE_LEN], context: &str, sealed: &[u8]) -> Option<Secret<Vec<u8>>> {
    let mut rest = sealed.to_vec();
    let opened = key
        .open_in_place(Nonce::from(nonce), Aad::from(context), &mut rest)
        .ok()
        .map(|plain| plain.len());
    rest.truncate(opened.unwrap_or_default()); // the tag's bytes
    let plain = Secret::new(rest);
    opened.map(|_| plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> SealingKeys {
        SealingKeys::new([Ok(Secret::new([byte; 32]))]).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let sealed = key(1).seal("AUTHENTICATOR|alice|totp|1", b"seed").unwrap();
        assert_eq!(
            key(1).open("AUTHENTICATOR|alice|totp|1", &sealed).unwrap().expose(),
            b"seed"
        );
        assert!(matches!(
            key(1).open("AUTHENTICATOR|bob|totp|1", &sealed),
            Err(Fault::Sealed { .. })
        ));
        assert!(key(2).open("AUTHENTICATOR|alice|totp|1", &sealed).is_err());
    }

    #[test]
    fn the_same_value_is_never_sealed_the_same_way_twice() {
        assert_ne!(key(1).seal("x", b"seed").unwrap(), key(1).seal("x", b"seed").unwrap());
    }

    #[test]
    fn a_cookie_for_one_purpose_is_no_cookie_for_another() {
        let sealed = key(1).seal_value("sign-in", &("ada", 7)).unwrap();
        assert_eq!(key(1).open_value("sign-in", &sealed), Some(("ada".to_owned(), 7)));
        assert_eq!(key(1).open_value::<(String, i32)>("known", &sealed), None);
        assert_eq!(key(1).open_value::<u8>("sign-in", &sealed), None);
    }

    #[test]
    fn a_key_does_not_print() {
        assert_eq!(format!("{:?}", key(1)), "SealingKeys(…)");
    }

    proptest! {
        #[test]
        fn any_value_comes_back_and_any_change_is_noticed(plain: Vec<u8>, at: prop::sample::Index, bit in 0u8..8) {
            let sealed = key(1).seal("x", &plain).unwrap();
            let opened = key(1).open("x", &sealed).unwrap();
            prop_assert_eq!(opened.expose(), &plain);
            let mut bytes = from_base64url(&sealed[2..]).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let changed = format!("1.{}", base64url(bytes));
            prop_assert!(key(1).open("x", &changed).is_err());
        }

        #[test]
        fn junk_never_opens_and_never_panics(junk in ".*") {
            prop_assert!(key(1).open("x", &junk).is_err());
        }
    }
}
