//! Codes that were sent to a phone number: the key derived, the code hashed and compared.

use countersign_domain::ids::SignInId;
use countersign_domain::methods::sent_code::{self, Drawn, Line, SentCode};
use countersign_domain::methods::{Binding, Response};
use countersign_domain::phone_numbers::{Carries, PhoneNumber};
use countersign_domain::policy::Policy;
use countersign_platform::entropy::SystemEntropy;

use super::timing::{Measured, beside};
use super::{Given, bare};

/// A text message's.
pub(super) fn text_message(given: &Given) -> Measured {
    sent(given, "text message's code", Binding::Sms)
}

/// A call's.
pub(super) fn call(given: &Given) -> Measured {
    sent(given, "phone call's code", Binding::Voice)
}

fn sent(given: &Given, computation: &'static str, binding: impl Fn(Line) -> Binding) -> Measured {
    let number = PhoneNumber::parse("912 345 678", "PT".parse().unwrap(), Carries::Texts).unwrap();
    let line = |sent| binding(Line { number, sent });
    let (pepper, policy) = (given.pepper(), Policy::default());
    let flow = SignInId::new(given.now, &SystemEntropy).to_string();
    let mut bound = given.bound(line.clone()(None));
    let key = sent_code::key(pepper, bound.id);
    let Drawn { sent, code } = SentCode::draw(None, None, &flow, &key, &policy, &SystemEntropy, given.now).unwrap();
    bound.binding = line(Some(sent));
    let answer = Response::SentCode {
        code: &code,
        flow: &flow,
    };
    let right = || {
        let key = sent_code::key(pepper, bound.id);
        bound.check(Some(&key), &answer, given.now).is_right()
    };
    // Each part goes in with its length, in eight bytes.
    let name = format!("--------sent-code--------{}", bound.id);
    let message = format!("--------{flow}----------------sending-{}", code.expose());
    beside(
        computation,
        || assert!(right()),
        "2 × HMAC-SHA-256",
        || {
            let key = bare::hmac_sha256(pepper, name.as_bytes());
            bare::hmac_sha256(&key, message.as_bytes())
        },
    )
}
