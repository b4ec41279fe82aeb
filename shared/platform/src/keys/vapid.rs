//! The key by which push services know us (RFC 8292).

use std::fmt;

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
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
    /// The key of a private scalar; one in 2^32 is none of the curve's, and refused.
    pub(super) fn new(scalar: &Secret<[u8; 32]>) -> Result<Self, Fault> {
        let unusable = || Fault::Keys("the push key in the key ring is not usable");
        let point = PrivateKey::from_private_key(&ECDH_P256, scalar.expose())
            .ok()
            .and_then(|key| key.compute_public_key().ok())
            .ok_or_else(unusable)?;
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(algorithm, scalar.expose(), point.as_ref())
            .map_err(|_| unusable())?;
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
