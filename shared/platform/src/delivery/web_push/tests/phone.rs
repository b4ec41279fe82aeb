//! A phone that reads pushes by another implementation (aws-lc) than the one that wrote them.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use countersign_domain::encoding::{base64url, from_base64url};
use serde_json::Value;

/// The phone's half of a subscription.
pub(super) struct Phone {
    key: PrivateKey,
    pub(super) p256dh: String,
    pub(super) auth: [u8; 16],
}

impl Phone {
    pub(super) fn new() -> Self {
        let key = PrivateKey::generate(&ECDH_P256).unwrap();
        let p256dh = base64url(key.compute_public_key().unwrap());
        Self {
            key,
            p256dh,
            auth: [7; 16],
        }
    }

    /// RFC 8291 §3.4 and RFC 8188 §2, by aws-lc.
    pub(super) fn read(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (record_size, rest) = rest.split_at(4);
        let (key_id, sealed) = rest[1..].split_at(usize::from(rest[0]));
        assert!(usize::try_from(u32::from_be_bytes(record_size.try_into().unwrap())).unwrap() >= sealed.len());
        let public = UnparsedPublicKey::new(&ECDH_P256, key_id);
        let shared = agree(&self.key, public, (), |secret| Ok(secret.to_vec())).unwrap();
        let own = from_base64url(&self.p256dh).unwrap();
        let ikm = derive(&self.auth, &shared, &[b"WebPush: info\0", &own, key_id], 32);
        let key = derive(salt, &ikm, &[b"Content-Encoding: aes128gcm\0"], 16);
        let nonce = derive(salt, &ikm, &[b"Content-Encoding: nonce\0"], 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut sealed = sealed.to_vec();
        let plain = key
            .open_in_place(
                Nonce::try_assume_unique_for_key(&nonce).unwrap(),
                Aad::empty(),
                &mut sealed,
            )
            .unwrap();
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the last record's delimiter");
        serde_json::from_slice(&plain[..end]).unwrap()
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive(salt: &[u8], ikm: &[u8], info: &[&[u8]], length: usize) -> Vec<u8> {
    let mut out = vec![0; length];
    Salt::new(HKDF_SHA256, salt)
        .extract(ikm)
        .expand(info, Length(length))
        .unwrap()
        .fill(&mut out)
        .unwrap();
    out
}
