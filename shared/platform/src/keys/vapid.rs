//! The key by which push services know us (RFC 8292).

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use countersign_domain::encoding::base64url;
use countersign_domain::secret::Secret;

use crate::fault::Fault;

/// A P-256 key that signs pushes.
pub struct VapidKey {
    pair: EcdsaKeyPair,
    public: String,
}

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VapidKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

impl VapidKey {
    /// A new key as PKCS#8.
    pub(super) fn generate() -> Result<Secret<Vec<u8>>, Fault> {
        let made = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).and_then(|pair| pair.to_pkcs8v1());
        made.map(|document| Secret::new(document.as_ref().to_vec()))
            .map_err(|_| Fault::Keys("no push key could be made"))
    }

    /// Reads a key from PKCS#8.
    pub(super) fn read(pkcs8: Option<Secret<Vec<u8>>>) -> Result<Self, Fault> {
        let pair = pkcs8
            .and_then(|key| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.expose()).ok())
            .ok_or(Fault::Keys("the push key in the key ring is not usable"))?;
        let public = base64url(pair.public_key());
        Ok(Self { pair, public })
    }

    /// The public key as browsers take it in `applicationServerKey`: the uncompressed point as base64url.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// Signs with ES256 (RFC 7518 §3.4): 64 bytes.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let signature = self.pair.sign(&SystemRandom::new(), message);
        signature
            .map(|bytes| bytes.as_ref().to_vec())
            .map_err(|_| Fault::Keys("the push key did not sign"))
    }
}
