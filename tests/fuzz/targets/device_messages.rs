//! Messages of phones: only what the key signed, as its own kind and in its own shape, is taken; everything else is refused by its name.
//!
//! An input's first letter says what the rest is. `m`: a message as it came. `p`, `r`, `a`, `h`: claims of a pairing, proof, answer or
//! hand-over, which are then rightly signed. `P`, `R`, `A`, `H`: a header to right claims of that kind, rightly signed.
#![no_main]

use std::sync::LazyLock;

use countersign_domain::device::Kind;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::verify::{
    Expected, read_kid, verify_answer, verify_hand_over, verify_pairing, verify_proof,
};
use countersign_domain::encoding::{base64url, from_base64url, sha256};
use countersign_domain::refusal::Refusal;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const HTU: &str = "https://mfa.example/device/v1/pairings";
/// 2026-11-24T17:00:00Z, when the published vectors are checked.
const NOW: i64 = 1_795_539_600;
const KINDS: [Kind; 4] = [Kind::Pairing, Kind::Proof, Kind::Answer, Kind::HandOver];

/// The keys of the published vectors: they protect nothing.
static KEYS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../shared/device/vectors/key.json")).expect("the vectors")
});
static SIGNING: LazyLock<EncodingKey> = LazyLock::new(|| {
    EncodingKey::from_ec_der(&from_base64url(KEYS["pkcs8_for_tests_only"].as_str().expect("a key")).expect("base64url"))
});

fn key(name: &str) -> DeviceKey {
    serde_json::from_value(KEYS[name].clone()).expect("a public key")
}

fn signed(header: &[u8], claims: &[u8]) -> String {
    let text = format!("{}.{}", base64url(header), base64url(claims));
    let signature = jsonwebtoken::crypto::sign(text.as_bytes(), &SIGNING, Algorithm::ES256).expect("signs");
    format!("{text}.{signature}")
}

fn header(kind: Kind) -> Value {
    match kind {
        Kind::Pairing => json!({ "alg": "ES256", "typ": kind.typ(), "jwk": KEYS["public"] }),
        _ => json!({ "alg": "ES256", "typ": kind.typ(), "kid": "aut_01KAVXGA00000000000000000B" }),
    }
}

fn claims(kind: Kind) -> Value {
    let (acc, jti, zeros) = (
        "acc_01KAVXGA00000000000000000A",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "A".repeat(43),
    );
    match kind {
        Kind::Pairing => json!({ "code": "7K3MQ9XW2A", "htu": HTU, "iat": NOW, "jti": jti, "installation": jti,
            "channel": { "kind": "none" }, "model": "Pixel 9", "language": "pt-BR", "capabilities": ["number_matching"] }),
        Kind::Proof => {
            json!({ "acc": acc, "htm": "PUT", "htu": HTU, "iat": NOW, "jti": jti, "bsh": base64url(sha256("{}")) })
        }
        Kind::Answer => {
            json!({ "acc": acc, "prompt": "prm_01KAVXGA00000000000000000C", "challenge": zeros, "decision": "approve",
            "number": "07", "shown": zeros, "unlocked": true, "iat": NOW, "jti": jti })
        }
        Kind::HandOver => json!({ "acc": acc, "hand_over": "enr_01KAVXGA00000000000000000D",
            "to": "aut_01KAVXGA00000000000000000E", "jkt": zeros, "unlocked": true, "iat": NOW, "jti": jti }),
    }
}

/// The claims of a message that is taken as one of this kind, by the phone's key or another one.
fn taken(kind: Kind, jws: &str, key: &DeviceKey) -> Result<Value, Refusal> {
    let now = Timestamp::from_second(NOW).expect("a time");
    let written = match kind {
        Kind::Pairing => verify_pairing(jws, HTU, now).map(|(_, claims)| serde_json::to_value(claims)),
        Kind::Proof => {
            let expected = Expected {
                htm: "PUT",
                htu: HTU,
                body: b"{}",
            };
            verify_proof(jws, key, expected, now).map(serde_json::to_value)
        }
        Kind::Answer => verify_answer(jws, key, now).map(serde_json::to_value),
        Kind::HandOver => verify_hand_over(jws, key, now).map(serde_json::to_value),
    };
    written.map(|claims| claims.expect("claims are written"))
}

fn untrusted(kind: Kind) -> Refusal {
    if kind == Kind::Proof {
        Refusal::DeviceProofInvalid
    } else {
        Refusal::DeviceSignatureInvalid
    }
}

/// Holds a message that may be signed rightly against all that must be so, and says whether it was taken.
fn check(kind: Kind, jws: &str) -> bool {
    let claims = match taken(kind, jws, &key("public")) {
        Ok(claims) => claims,
        Err(refusal) => {
            let of_claims = match kind {
                Kind::Pairing => matches!(refusal, Refusal::Malformed("pairing") | Refusal::ChannelInvalid),
                Kind::Proof => false,
                Kind::Answer => matches!(refusal, Refusal::Malformed("answer")),
                Kind::HandOver => matches!(refusal, Refusal::Malformed("hand-over") | Refusal::DeviceUnlockRequired),
            };
            assert!(refusal == untrusted(kind) || of_claims, "{kind:?}: {refusal:?}");
            return false;
        }
    };
    assert!(jws.len() <= 8 * 1024);
    for other in KINDS.into_iter().filter(|other| *other != kind) {
        assert_eq!(
            taken(other, jws, &key("public")),
            Err(untrusted(other)),
            "{kind:?} as {other:?}"
        );
    }
    if kind != Kind::Pairing {
        assert_eq!(
            taken(kind, jws, &key("other_public")),
            Err(untrusted(kind)),
            "by another key"
        );
        read_kid(jws).expect("it names whose it is");
    }
    let (front, signature) = jws.rsplit_once('.').expect("three parts");
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    assert_eq!(
        taken(kind, &format!("{front}.{first}{}", &signature[1..]), &key("public")),
        Err(untrusted(kind))
    );
    // Its claims as they are written are the same claims.
    let again = signed(header(kind).to_string().as_bytes(), claims.to_string().as_bytes());
    assert_eq!(taken(kind, &again, &key("public")), Ok(claims));
    true
}

/// A header that was taken says nothing but what it may.
fn is_ours(kind: Kind, given: &[u8]) {
    let given: Value = serde_json::from_slice(given).expect("it was read");
    let given = given.as_object().expect("it was read");
    let names = if kind == Kind::Pairing {
        ["alg", "typ", "jwk"]
    } else {
        ["alg", "typ", "kid"]
    };
    assert!(
        given
            .iter()
            .all(|(name, value)| names.contains(&name.as_str()) || value.is_null()),
        "{given:?}"
    );
    assert_eq!(given["alg"], "ES256");
    assert_eq!(given["typ"], kind.typ());
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    let kind = match first.to_ascii_lowercase() {
        b'p' => Kind::Pairing,
        b'r' => Kind::Proof,
        b'a' => Kind::Answer,
        b'h' => Kind::HandOver,
        _ => {
            let Ok(text) = std::str::from_utf8(rest) else { return };
            for kind in KINDS {
                check(kind, text);
            }
            if let Ok(key) = text.parse::<DeviceKey>() {
                let written = serde_json::to_string(&key).expect("a key is written");
                assert_eq!(written.parse::<DeviceKey>(), Ok(key));
            }
            return;
        }
    };
    if first.is_ascii_lowercase() {
        check(kind, &signed(header(kind).to_string().as_bytes(), rest));
    } else if check(kind, &signed(rest, claims(kind).to_string().as_bytes())) {
        is_ours(kind, rest);
    }
});
