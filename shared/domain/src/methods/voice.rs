//! Voice: a code that is spoken in a call.

use jiff::Timestamp;

use super::sent_code::DIGITS;
use super::{Asks, Binding, Factor, Family, Method, Response, Strength, Verdict, Whereabouts};
use crate::secret::Secret;

/// The method.
#[derive(Debug)]
pub struct VoiceCall;

impl Method for VoiceCall {
    fn kind(&self) -> &'static str {
        "voice"
    }

    fn title(&self) -> &'static str {
        "Phone call"
    }

    fn description(&self) -> &'static str {
        "A call to your phone that speaks a code, twice. Works with a landline too."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    /// Possession, but *restricted*: the telephone network can be made to give a message to somebody else (NIST SP 800-63B-4 §3.1.3.3).
    fn strength(&self) -> Strength {
        Strength::Possession
    }

    fn family(&self) -> Family {
        Family::Phones
    }

    fn whereabouts(&self) -> Whereabouts {
        Whereabouts::OnPhone
    }

    fn amr(&self) -> &'static [&'static str] {
        &["tel"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &[
            "The call can be redirected, or your number moved to somebody else's SIM card.",
            "A false page can ask for the code and use it at once.",
        ]
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Message { digits: DIGITS }
    }

    fn detail(&self, binding: &Binding) -> String {
        let Binding::Voice(line) = binding else {
            return String::new();
        };
        line.number.masked()
    }

    /// The number of the sending is the mark: it is consumed once, and a later sending is above it.
    fn check(
        &self,
        binding: &Binding,
        secret: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Binding::Voice(line), Some(key), Response::SentCode { code, flow }) = (binding, secret, response) else {
            return Verdict::Wrong;
        };
        match &line.sent {
            Some(sent) if sent.is(code, flow, key, now) => Verdict::marked(sent.sending),
            _ => Verdict::Wrong,
        }
    }
}
