//! The primitives, each by the crate that a verification computes it with, on what is decoded already.

use std::hint::black_box;

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use countersign_device::SigningKey;
use countersign_domain::encoding::from_base64url;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

/// Argon2id as passwords are hashed: 19 MiB, two passes, one lane.
pub(super) fn argon2id(pepper: &[u8]) -> Argon2<'_> {
    let params = Params::new(19_456, 2, 1, None).unwrap();
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params).unwrap()
}

/// One hash by it.
pub(super) fn stretched(argon2: &Argon2<'_>, secret: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    argon2
        .hash_password_into(black_box(secret), b"a salt of 16 B. ", &mut out)
        .unwrap();
    out
}

/// HMAC-SHA-1 of so many steps, as a code is computed (RFC 4226 §5.3) before it is cut.
pub(super) fn hmac_sha1(key: &[u8], steps: u64) {
    for step in 0..steps {
        let mut mac = Hmac::<Sha1>::new_from_slice(black_box(key)).unwrap();
        mac.update(&black_box(step).to_be_bytes());
        black_box(mac.finalize().into_bytes());
    }
}

/// HMAC-SHA-256 of a message.
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(black_box(key)).unwrap();
    mac.update(black_box(message));
    mac.finalize().into_bytes().into()
}

/// What ES256 verifies of a compact JWS: key, message and signature as bytes.
pub(super) struct Es256 {
    key: ParsedPublicKey,
    message: String,
    signature: Vec<u8>,
}

impl Es256 {
    /// Of a JWS that this key signed.
    pub(super) fn of(jws: &str, key: &SigningKey) -> Self {
        let jwk = serde_json::to_value(key.public()).unwrap();
        let coordinate = |name: &str| from_base64url(jwk.get(name).and_then(Value::as_str).unwrap()).unwrap();
        let point = [vec![4], coordinate("x"), coordinate("y")].concat(); // uncompressed (SEC 1 §2.3.3)
        let (message, signature) = jws.rsplit_once('.').unwrap();
        Self {
            key: ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).unwrap(),
            message: message.to_owned(),
            signature: from_base64url(signature).unwrap(),
        }
    }

    /// Verifies it.
    pub(super) fn verify(&self) {
        let (message, signature) = (black_box(self.message.as_bytes()), black_box(&self.signature));
        self.key.verify_sig(message, signature).unwrap();
    }
}
