//! What a phone signs: the proof of a request, and its answer to a prompt.

use countersign_device::{Client, Phone, Prompt, Purpose, SigningKey};
use countersign_domain::device::claims::Decision;
use countersign_domain::device::shown::Shown;
use countersign_domain::device::verify::{Expected, read_kid, verify_answer, verify_proof};
use countersign_domain::ids::{AccountId, AuthenticatorId, SignInId};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::{self, Answered, Ledger, Opening, number_of};
use countersign_platform::entropy::SystemEntropy;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::json;

use super::Given;
use super::bare::Es256;
use super::timing::{Measured, beside};

/// A request as it was signed.
struct Signed {
    method: Method,
    url: String,
    body: Vec<u8>,
    proof: String,
}

impl Signed {
    fn by(phone: &Phone, method: Method, path: &str, body: Vec<u8>) -> Self {
        let claims = phone.proof_claims(&method, path, Some(&body)).unwrap();
        let proof = phone.sign_proof(&claims).unwrap();
        Self {
            method,
            url: claims.htu,
            body,
            proof,
        }
    }

    /// As the relay does it.
    fn check(&self, phone: &Phone, now: Timestamp) {
        let expected = Expected {
            htm: self.method.as_str(),
            htu: &self.url,
            body: &self.body,
        };
        assert_eq!(read_kid(&self.proof).unwrap().authenticator, phone.authenticator());
        verify_proof(&self.proof, phone.key().public(), expected, now).unwrap();
    }
}

/// The proof of `GET /device/v1/prompts`.
pub(super) fn proof(given: &Given) -> Measured {
    let phone = phone(given);
    let signed = Signed::by(&phone, Method::GET, "/device/v1/prompts", Vec::new());
    let bare = Es256::of(&signed.proof, phone.key());
    beside(
        "a phone's proof",
        || signed.check(&phone, given.now),
        "ES256 (aws-lc)",
        || bare.verify(),
    )
}

/// A yes with the number, under its proof, held against the prompt.
pub(super) fn answer(given: &Given) -> Measured {
    let (phone, policy) = (phone(given), Policy::default());
    let ledger = opened(given, &phone, &policy);
    let prompt = ledger.prompt.as_ref().map(asked).unwrap();
    let number = number_of(given.pepper(), prompt.id, prompt.number_length);
    let decision = Decision::Approve {
        number: number.digits().clone(),
    };
    let answer = phone
        .sign_answer(&phone.answer_claims(&prompt, decision).unwrap())
        .unwrap();
    let path = format!("/device/v1/prompts/{}/answer", prompt.id);
    let body = json!({ "answer": answer }).to_string().into_bytes();
    let signed = Signed::by(&phone, Method::POST, &path, body);
    let decided = || {
        signed.check(&phone, given.now);
        let claims = verify_answer(&answer, phone.key().public(), given.now).unwrap();
        let number = number_of(given.pepper(), prompt.id, prompt.number_length);
        let held = ledger.clone();
        let (_, answered) = held
            .answer(phone.authenticator(), &claims, &number, &policy, given.now)
            .unwrap();
        answered
    };
    let both = [&signed.proof, &answer].map(|jws| Es256::of(jws, phone.key()));
    beside(
        "number prompt: proof and answer",
        || assert_eq!(decided(), Answered::Approved),
        "2 × ES256 (aws-lc)",
        || both.iter().for_each(Es256::verify),
    )
}

fn phone(given: &Given) -> Phone {
    let key = SigningKey::generate().unwrap();
    let client = Client::new("http://127.0.0.1:1".parse().unwrap()).unwrap();
    let account = AccountId::new(given.now, &SystemEntropy);
    client.phone(key, account, AuthenticatorId::new(given.now, &SystemEntropy))
}

/// The account's prompts, one of them open for this phone.
fn opened(given: &Given, phone: &Phone, policy: &Policy) -> Ledger {
    let shown = Shown {
        app: "Security info".to_owned(),
        place: "Lisbon, PT".to_owned(),
        browser: "Firefox on Linux".to_owned(),
        address: "203.0.113.9".to_owned(),
        at: given.now,
    };
    let opening = Opening {
        purpose: prompts::Purpose::SignIn {
            flow: SignInId::new(given.now, &SystemEntropy),
        },
        authenticator: phone.authenticator(),
        shown,
        number_length: policy.number_length,
        quiet: false,
    };
    Ledger::empty(phone.account())
        .open(opening, policy, &SystemEntropy, given.now)
        .unwrap()
}

/// The prompt as the phone gets it.
fn asked(prompt: &prompts::Prompt) -> Prompt {
    Prompt {
        id: prompt.id,
        purpose: Purpose::SignIn,
        challenge: prompt.challenge,
        number_length: prompt.number_length,
        shown: prompt.shown.clone(),
        created_at: prompt.created_at,
        expires_at: prompt.expires_at,
    }
}
