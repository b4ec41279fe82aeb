//! SMS and voice: a code in a text message, or spoken in a call. They differ in words and in what carries the code.

use jiff::Timestamp;

use super::sent_code::{DIGITS, Line};
use super::{Asks, Binding, Factor, Family, Method, Response, Strength, Verdict, Whereabouts};
use crate::secret::Secret;

/// A method that sends a code to a phone number.
#[derive(Debug)]
pub struct Telephone {
    kind: &'static str,
    title: &'static str,
    description: &'static str,
    /// RFC 8176 §2.
    amr: &'static [&'static str],
    lacks: &'static [&'static str],
}

/// A code in a text message.
pub const TEXT_MESSAGE: Telephone = Telephone {
    kind: "sms",
    title: "Text message",
    description: "A code that we send to your mobile phone. Your carrier may charge for it.",
    amr: &["sms"],
    lacks: &[
        "The message can be intercepted, or your number moved to somebody else’s SIM card.",
        "A false page can ask for the code and use it at once.",
    ],
};

/// A code that is spoken in a call.
pub const VOICE_CALL: Telephone = Telephone {
    kind: "voice",
    title: "Phone call",
    description: "A call to your phone that speaks a code, twice. Works with a landline too.",
    amr: &["tel"],
    lacks: &[
        "The call can be redirected, or your number moved to somebody else’s SIM card.",
        "A false page can ask for the code and use it at once.",
    ],
};

impl Telephone {
    /// The number, of a binding of this kind.
    fn line<'b>(&self, binding: &'b Binding) -> Option<&'b Line> {
        binding.line().filter(|_| binding.kind().as_str() == self.kind)
    }
}

impl Method for Telephone {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn description(&self) -> &'static str {
        self.description
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
        self.amr
    }

    fn lacks(&self) -> &'static [&'static str] {
        self.lacks
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Message { digits: DIGITS }
    }

    fn detail(&self, binding: &Binding) -> String {
        self.line(binding).map(|line| line.number.masked()).unwrap_or_default()
    }

    /// The number of the sending is the mark: it is consumed once, and a later sending is above it.
    fn check(
        &self,
        binding: &Binding,
        secret: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Some(line), Some(key), Response::SentCode { code, flow }) = (self.line(binding), secret, response) else {
            return Verdict::Wrong;
        };
        match &line.sent {
            Some(sent) if sent.is(code, flow, key, now) => Verdict::marked(sent.sending),
            _ => Verdict::Wrong,
        }
    }
}
