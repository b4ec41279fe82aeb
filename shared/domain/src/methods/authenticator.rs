//! The authenticator prompt: a number on the page, typed on the phone, signed by the phone's key.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Asks, Binding, Factor, Family, Method, Response, Spend, Strength, Verdict, Whereabouts};
use crate::delivery::Channel;
use crate::device::key::DeviceKey;
use crate::device::octets::InstallationId;
use crate::device::words::{Capabilities, Language, Model};
use crate::secret::Secret;

/// What is kept about a phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Phone {
    /// Its public key.
    pub key: DeviceKey,
    /// Where its pushes go.
    pub channel: Channel,
    /// What it calls itself.
    pub model: Model,
    /// Its language (BCP 47).
    pub language: Language,
    /// What it can do; unknown ones are kept.
    pub capabilities: Capabilities,
    /// The app's installation: pairing it again replaces the older entry.
    pub installation: InstallationId,
}

/// The method.
#[derive(Debug)]
pub struct AuthenticatorPrompt;

impl Method for AuthenticatorPrompt {
    fn kind(&self) -> &'static str {
        "authenticator"
    }

    fn title(&self) -> &'static str {
        "Authenticator"
    }

    fn description(&self) -> &'static str {
        "A prompt on your phone. You type the number that the sign-in page shows."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    fn strength(&self) -> Strength {
        Strength::Possession
    }

    fn family(&self) -> Family {
        Family::Authenticators
    }

    fn whereabouts(&self) -> Whereabouts {
        Whereabouts::Phone
    }

    fn amr(&self) -> &'static [&'static str] {
        &["hwk"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &["A false page can show you a number too. Check the place and the app on your phone."]
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Number
    }

    fn detail(&self, binding: &Binding) -> String {
        let Binding::Authenticator(phone) = binding else {
            return String::new();
        };
        phone.model.to_string()
    }

    /// A prompt is its own mark: the write that consumes it can happen once.
    fn check(
        &self,
        binding: &Binding,
        _: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        match (binding, response) {
            (Binding::Authenticator(_), Response::Prompt(prompt)) if prompt.is_approved(now) => {
                Verdict::Right(Spend::Prompt)
            }
            _ => Verdict::Wrong,
        }
    }
}
