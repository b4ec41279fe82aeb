//! A relying party and one passkey of it, and what must be so of everything that is taken.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use countersign_domain::encoding::{base64url, from_base64url, sha256};
use countersign_domain::methods::passkey::{Aaguid, Ceremony, Passkey, PasskeySettings, Whom};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::house::House;
use crate::passkeys::{Asked, NewCredential, RelyingParty, UsedCredential};
use crate::refused;

const ORIGIN: &str = "https://mfa.example";
const RP_ID: &str = "mfa.example";
const CHALLENGE: &str = "Y291bnRlcnNpZ24gZnV6eiBjaGFsbGVuZ2UgMDAwMDE";
const ID: &[u8] = b"countersign-fuzz-id";
/// User present, user verified, backup eligible, backed up (WebAuthn Level 3 §6.1).
const UP: u8 = 0x01;
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;

static PARTY: LazyLock<RelyingParty> = LazyLock::new(|| {
    let house = House {
        origin: ORIGIN,
        organization: "Example",
    };
    RelyingParty::of(&house).expect("a relying party")
});
/// The keys of the published vectors: they protect nothing.
static KEYS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../shared/device/vectors/key.json")).expect("the vectors")
});
static SIGNING: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let pkcs8 = from_base64url(KEYS["pkcs8_for_tests_only"].as_str().expect("a key")).expect("base64url");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8).expect("a key pair")
});

fn passkey() -> Passkey {
    let key = json!({ "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": KEYS["public"]["x"], "y": KEYS["public"]["y"] } } });
    Passkey {
        credential_id: base64url(ID),
        public_key: key.to_string(),
        aaguid: Aaguid::default(),
        sign_count: 0,
        backup_eligible: false,
        backed_up: false,
        transports: Vec::new(),
        attachment: None,
        attestation_format: "none".to_owned(),
        attested: false,
    }
}

fn ceremony() -> Ceremony {
    let (drawn_at, expires_at) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    Ceremony {
        challenge: CHALLENGE.to_owned(),
        drawn_at,
        expires_at,
        whom: Whom::Anybody,
    }
}

/// Client data as a browser writes it.
pub fn client_data(kind: &str) -> Vec<u8> {
    json!({ "type": kind, "challenge": CHALLENGE, "origin": ORIGIN, "crossOrigin": false })
        .to_string()
        .into_bytes()
}

/// Authenticator data of an assertion.
pub fn data(counter: u32) -> Vec<u8> {
    [sha256(RP_ID).as_slice(), &[UP | UV], &counter.to_be_bytes()].concat()
}

/// An attestation object without attestation.
pub fn object() -> Vec<u8> {
    let point = |name: &str| from_base64url(KEYS["public"][name].as_str().expect("a coordinate")).expect("base64url");
    let mut data = [
        sha256(RP_ID).as_slice(),
        &[UP | UV | 0x40],
        &[0; 4],
        &[7; 16],
        &[0, ID.len() as u8],
        ID,
    ]
    .concat();
    data.extend(b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20");
    data.extend(point("x"));
    data.extend(b"\x22\x58\x20");
    data.extend(point("y"));
    let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
    object.push(data.len() as u8);
    object.extend(data);
    object
}

pub fn new_credential(client_data: &[u8], object: &[u8]) -> NewCredential {
    let response = json!({ "clientDataJSON": base64url(client_data), "attestationObject": base64url(object) });
    let id = base64url(ID);
    let given = json!({ "id": id, "rawId": id, "type": "public-key", "response": response });
    serde_json::from_value(given).expect("a credential")
}

/// An assertion, rightly signed whatever it says.
pub fn used_credential(client_data: &[u8], data: &[u8]) -> UsedCredential {
    let text = [data, &sha256(client_data)].concat();
    let signature = SIGNING.sign(&SystemRandom::new(), &text).expect("signs");
    let response = json!({ "clientDataJSON": base64url(client_data), "authenticatorData": base64url(data),
        "signature": base64url(signature.as_ref()) });
    let id = base64url(ID);
    serde_json::from_value(json!({ "id": id, "rawId": id, "type": "public-key", "response": response }))
        .expect("a credential")
}

/// A registration: what is taken is kept and read again, and its key checks assertions.
pub fn registered(given: &NewCredential, client_data: Option<&[u8]>) {
    let settings = PasskeySettings::default();
    let asked = Asked {
        challenge: CHALLENGE,
        attachment: None,
        settings: &settings,
    };
    let made = match PARTY.register(given, asked) {
        Ok(made) => made,
        Err(error) => return refused(&error),
    };
    if let Some(client_data) = client_data {
        is_ours(client_data, "webauthn.create");
    }
    assert!(from_base64url(&made.credential_id).is_some_and(|id| (1..=1023).contains(&id.len())));
    assert!(!made.attested && (made.backup_eligible || !made.backed_up));
    let kept = serde_json::to_string(&made).expect("a passkey is written");
    assert_eq!(serde_json::from_str::<Passkey>(&kept).ok().as_ref(), Some(&made));
    // A key that was kept and cannot be read would be a fault at each sign-in; another signature is refused.
    let other = used_credential(&self::client_data("webauthn.get"), &data(1));
    if let Err(error) = PARTY.assert(&other, &ceremony(), &made) {
        refused(&error);
    }
}

/// An assertion: what is taken was made here, now, by somebody who was there and verified, and is told as it was signed.
pub fn asserted(given: &UsedCredential, client_data: Option<&[u8]>, data: Option<&[u8]>) {
    let _ = (given.credential_id(), given.says_of());
    let found = match PARTY.assert(given, &ceremony(), &passkey()) {
        Ok(found) => found,
        Err(error) => return refused(&error),
    };
    assert_eq!(found.credential_id, base64url(ID));
    if let Some(client_data) = client_data {
        is_ours(client_data, "webauthn.get");
    }
    if let Some(data) = data {
        assert_eq!(data[..32], sha256(RP_ID));
        assert_eq!(data[32] & (UP | UV), UP | UV, "nobody was there, or verified");
        assert_eq!(found.sign_count.to_be_bytes(), data[33..37]);
        assert_eq!(
            (found.backup_eligible, found.backed_up),
            (data[32] & BE != 0, data[32] & BS != 0)
        );
    }
}

fn is_ours(client_data: &[u8], kind: &str) {
    let said: Value = serde_json::from_slice(client_data).expect("it was read");
    assert_eq!(
        (&said["type"], &said["challenge"], &said["origin"]),
        (&json!(kind), &json!(CHALLENGE), &json!(ORIGIN))
    );
    assert!(said["crossOrigin"] != true && said["topOrigin"].is_null());
}
