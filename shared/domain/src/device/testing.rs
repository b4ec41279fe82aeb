//! What tests of the device protocol share: the vectors' keys, and messages signed by them.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::jws::Kind;
use super::key::DeviceKey;
use super::verify::{Expected, verify_answer, verify_hand_over, verify_pairing, verify_proof};
use crate::encoding::from_base64url;
use crate::refusal::Refusal;

pub(super) const KID: &str = "aut_01KAVXGA00000000000000000B";
pub(super) const HTU: &str = "https://mfa.example/device/v1/pairings";

/// The keys of the published vectors.
pub(super) fn keys() -> Value {
    serde_json::from_str(include_str!("../../../device/vectors/key.json")).unwrap()
}

pub(super) fn key() -> DeviceKey {
    serde_json::from_value(keys()["public"].clone()).unwrap()
}

pub(super) fn now() -> Timestamp {
    "2026-11-24T17:00:00Z".parse().unwrap()
}

/// A header as the protocol wants it.
pub(super) fn header(kind: Kind) -> Header {
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some(kind.typ().into());
    match kind {
        Kind::Pairing => header.jwk = serde_json::from_value(keys()["public"].clone()).unwrap(),
        Kind::Proof | Kind::Answer | Kind::HandOver => header.kid = Some(KID.into()),
    }
    header
}

/// Claims as the protocol wants them.
pub(super) fn claims(kind: Kind) -> Value {
    let (iat, acc, jti, zeros) = (
        now().as_second(),
        "acc_01KAVXGA00000000000000000A",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "A".repeat(43),
    );
    match kind {
        Kind::Pairing => {
            json!({ "code": "7K3MQ9XW2A", "htu": HTU, "iat": iat, "jti": jti, "installation": jti, "channel": { "kind": "none" },
            "model": "Pixel 9", "language": "pt-BR", "capabilities": ["number_matching"] })
        }
        Kind::Proof => json!({ "acc": acc, "htm": "PUT", "htu": HTU, "iat": iat, "jti": jti,
            "bsh": crate::encoding::base64url(crate::encoding::sha256("{}")) }),
        Kind::Answer => {
            json!({ "acc": acc, "prompt": "prm_01KAVXGA00000000000000000C", "challenge": zeros, "decision": "approve",
            "number": "07", "shown": zeros, "unlocked": true, "iat": iat, "jti": jti })
        }
        Kind::HandOver => {
            json!({ "acc": acc, "hand_over": "enr_01KAVXGA00000000000000000D", "to": "aut_01KAVXGA00000000000000000E", "jkt": zeros,
            "unlocked": true, "iat": iat, "jti": jti })
        }
    }
}

/// Signs by one of the vectors' keys.
pub(super) fn sign_by(name: &str, header: &Header, claims: &Value) -> String {
    let pkcs8 = from_base64url(keys()[name].as_str().unwrap()).unwrap();
    jsonwebtoken::encode(header, claims, &EncodingKey::from_ec_der(&pkcs8)).unwrap()
}

/// Signs by the phone's key.
pub(super) fn sign(header: &Header, claims: &Value) -> String {
    sign_by("pkcs8_for_tests_only", header, claims)
}

/// Each kind of message.
pub(super) const KINDS: [Kind; 4] = [Kind::Pairing, Kind::Proof, Kind::Answer, Kind::HandOver];

/// Checks a message as one of this kind, made as [`claims`] says.
pub(super) fn check(kind: Kind, jws: &str) -> Result<(), Refusal> {
    match kind {
        Kind::Pairing => verify_pairing(jws, HTU, now()).map(|_| ()),
        Kind::Proof => verify_proof(
            jws,
            &key(),
            Expected {
                htm: "PUT",
                htu: HTU,
                body: b"{}",
            },
            now(),
        )
        .map(|_| ()),
        Kind::Answer => verify_answer(jws, &key(), now()).map(|_| ()),
        Kind::HandOver => verify_hand_over(jws, &key(), now()).map(|_| ()),
    }
}

/// What is answered to a message that nothing proves.
pub(super) fn untrusted(kind: Kind) -> Result<(), Refusal> {
    Err(if kind == Kind::Proof {
        Refusal::DeviceProofInvalid
    } else {
        Refusal::DeviceSignatureInvalid
    })
}
