//! Phones whose keys and signatures are the same each time (RFC 6979), so that the events that they signed can be written again.

use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::octets::{Challenge, Digest, InstallationId, MessageId};
use countersign_domain::device::shown::Shown;
use countersign_domain::encoding::{base64url, sha256};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::{AccountId, AuthenticatorId, PromptId};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use crate::gateway::Event;
use crate::stage::{ORIGIN, now};

/// A phone's key.
#[derive(Debug, Clone)]
pub(crate) struct Phone(SigningKey);

impl Phone {
    /// The phone of that name.
    pub(crate) fn called(name: &str) -> Self {
        Self(SigningKey::from_slice(&sha256(format!("sample phone {name}"))).unwrap())
    }

    /// Its public key.
    pub(crate) fn key(&self) -> DeviceKey {
        let point = self.0.verifying_key().to_encoded_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| (*bytes.unwrap()).into();
        DeviceKey::from_coordinates(coordinate(point.x()), coordinate(point.y()))
    }

    /// Its app's installation.
    pub(crate) fn installation(&self) -> InstallationId {
        InstallationId::draw(&Seeded::new(&format!("installation {}", self.key().thumbprint())))
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", base64url(signature.to_bytes()))
    }

    /// A pairing by a code (docs/protocol.md, "Pairing").
    pub(crate) fn pairing(&self, code: &str) -> String {
        let header = json!({ "alg": "ES256", "typ": "countersign-pairing+jwt", "jwk": self.key() });
        let claims = json!({
            "code": code, "htu": format!("{ORIGIN}/device/v1/pairings"), "iat": now().as_second(), "jti": jti(code),
            "installation": self.installation(), "channel": { "kind": "none" }, "model": "Pixel 9", "language": "en",
            "capabilities": ["number_matching", "unlock"],
        });
        self.sign(&header, &claims)
    }
}

/// A phone that is bound.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) phone: Phone,
    pub(crate) account: AccountId,
    pub(crate) id: AuthenticatorId,
}

impl Bound {
    /// The request with a proof of it (docs/protocol.md, "Proof").
    pub(crate) fn proves(&self, event: Event, body: Option<&Value>) -> Event {
        let text = body.map(ToString::to_string);
        let mut claims = json!({
            "acc": self.account, "htm": event.method(), "htu": format!("{ORIGIN}{}", event.path), "iat": now().as_second(),
            "jti": jti(&format!("{} {} {}", self.id, event.method(), event.path)),
        });
        if let Some(text) = &text {
            claims["bsh"] = json!(Digest::new(sha256(text)));
        }
        let proof = self.phone.sign(&self.header("countersign-proof+jwt"), &claims);
        let event = event.header("countersign-proof", proof);
        match text {
            Some(text) => event.body(&text),
            None => event,
        }
    }

    /// An answer to a prompt (docs/protocol.md, "Prompts"); `decision` says `approve` with its number or `deny` with its reason.
    pub(crate) fn answers(&self, prompt: PromptId, challenge: Challenge, shown: &Shown, decision: &Value) -> Value {
        let mut claims = json!({
            "acc": self.account, "prompt": prompt, "challenge": challenge, "shown": shown.hash(), "unlocked": true,
            "iat": now().as_second(), "jti": jti(&format!("{prompt} {decision}")),
        });
        for (name, value) in decision.as_object().unwrap() {
            claims[name] = value.clone();
        }
        json!({ "answer": self.phone.sign(&self.header("countersign-answer+jwt"), &claims) })
    }

    fn header(&self, typ: &str) -> Value {
        json!({ "alg": "ES256", "typ": typ, "kid": self.id })
    }
}

fn jti(of: &str) -> MessageId {
    MessageId::draw(&Seeded::new(of))
}
