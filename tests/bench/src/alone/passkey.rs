//! A passkey's assertion: from what the browser sent to the verdict.

use std::hint::black_box;
use std::sync::Arc;

use countersign_domain::encoding::{base64url, sha256};
use countersign_domain::entropy::bytes;
use countersign_domain::methods::passkey::{Aaguid, Ceremony, Passkey, Whom};
use countersign_domain::methods::{Binding, Response};
use countersign_domain::policy::Policy;
use countersign_platform::clock::SystemClock;
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::house::House;
use countersign_platform::keys::{Keyring, StaticKeys};
use countersign_platform::passkeys::{RelyingParty, UsedCredential};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde_json::json;

use super::Given;
use super::timing::{Measured, beside};

const ORIGIN: &str = "https://mfa.example";
const RELYING_PARTY: &str = "mfa.example";
/// User present and verified.
const FLAGS: u8 = 0x05;

/// An assertion, and what is signed in it.
struct Asserted {
    used: UsedCredential,
    signed: Vec<u8>,
    signature: Signature,
}

/// The assertion of a passkey that is not synced and has a counter.
pub(super) fn assertion(given: &Given) -> Measured {
    let key = SigningKey::from_slice(&bytes::<32>(&SystemEntropy)).unwrap();
    let passkey = kept(key.verifying_key());
    let ceremony = Ceremony::draw(Whom::Anybody, &Policy::default(), &SystemEntropy, given.now);
    let asserted = asserted(&key, &passkey, &ceremony);
    let party = RelyingParty::of(&house()).unwrap();
    let bound = given.bound(Binding::Passkey(passkey));
    let right = || {
        let passkey = bound.binding.passkey().unwrap();
        let found = party.assert(&asserted.used, &ceremony, passkey).ok().unwrap();
        bound.check(None, &Response::Assertion(&found), given.now).is_right()
    };
    let Asserted { signed, signature, .. } = &asserted;
    beside(
        "passkey",
        || assert!(right()),
        "ES256 (p256)",
        || {
            key.verifying_key()
                .verify(black_box(signed), black_box(signature))
                .unwrap();
        },
    )
}

/// As it is kept after a registration.
fn kept(key: &VerifyingKey) -> Passkey {
    let point = key.to_sec1_point(false);
    let [x, y] = [point.x(), point.y()].map(|coordinate| base64url(coordinate.unwrap()));
    let key = json!({ "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": x, "y": y } } });
    Passkey {
        credential_id: base64url(bytes::<32>(&SystemEntropy)),
        public_key: key.to_string(),
        aaguid: Aaguid::new(*b"a software token"),
        sign_count: 1,
        backup_eligible: false,
        backed_up: false,
        transports: vec!["internal".to_owned()],
        attachment: None,
        attestation_format: "none".to_owned(),
        attested: false,
    }
}

/// What a browser brings (WebAuthn Level 3 §6.3.3).
fn asserted(key: &SigningKey, passkey: &Passkey, ceremony: &Ceremony) -> Asserted {
    let client_data = json!({
        "type": "webauthn.get", "challenge": ceremony.challenge, "origin": ORIGIN, "crossOrigin": false,
    })
    .to_string();
    let data = [sha256(RELYING_PARTY).as_slice(), &[FLAGS], &2_u32.to_be_bytes()].concat();
    let signed = [data.as_slice(), &sha256(&client_data)].concat();
    let signature: Signature = key.sign(&signed);
    let used = json!({
        "id": passkey.credential_id, "rawId": passkey.credential_id, "type": "public-key",
        "response": {
            "clientDataJSON": base64url(client_data),
            "authenticatorData": base64url(data),
            "signature": base64url(signature.to_der()),
        },
    });
    Asserted {
        used: serde_json::from_value(used).unwrap(),
        signed,
        signature,
    }
}

fn house() -> House {
    House {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        keys: Arc::new(StaticKeys::new(Keyring::generate().unwrap())),
        policy: Policy::default(),
        origin: ORIGIN.into(),
        organization: "Example".into(),
        help_url: None,
    }
}
