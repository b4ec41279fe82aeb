//! What is sent to a member, and over which channel; how it travels is the platform's business.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, PromptId};
use crate::notices::Notice;
use crate::phone_numbers::PhoneNumber;
use crate::secret::Secret;

/// Where a phone receives pushes (docs/protocol.md, "Channels").
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Channel {
    /// A Web Push subscription (RFC 8030): endpoint, and the keys of RFC 8291 as base64url.
    WebPush {
        /// The push service's URL for this subscription; a capability, so a secret.
        endpoint: Secret<String>,
        /// The subscription's public key, base64url.
        p256dh: String,
        /// The subscription's authentication secret, base64url.
        auth: Secret<String>,
    },
    /// An Apple device token.
    Apns {
        /// The token as the app got it.
        token: Secret<String>,
        /// The SNS platform endpoint once it was made; never accepted from the phone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        endpoint_arn: Option<String>,
    },
    /// A Firebase registration token.
    Fcm {
        /// The token as the app got it.
        token: Secret<String>,
        /// The SNS platform endpoint once it was made; never accepted from the phone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        endpoint_arn: Option<String>,
    },
    /// The phone only polls.
    None,
}

impl Channel {
    /// The channel's kind as it is shown and logged.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::WebPush { .. } => "web_push",
            Self::Apns { .. } => "apns",
            Self::Fcm { .. } => "fcm",
            Self::None => "none",
        }
    }
}

/// One thing to send.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// "Open the app": neither number, name, place nor address.
    Push {
        /// The account, for the collapse topic (hashed before it leaves).
        account: AccountId,
        /// The prompt that waits.
        prompt: PromptId,
        /// The phone's channel.
        channel: Channel,
    },
    /// A mail.
    Mail {
        /// The address.
        to: String,
        /// What it says.
        message: Mail,
    },
    /// A code in a text message.
    Sms {
        /// The number.
        to: PhoneNumber,
        /// The code.
        code: Secret<String>,
        /// The member's language.
        language: Tongue,
    },
    /// A code that is spoken in a call.
    Voice {
        /// The number.
        to: PhoneNumber,
        /// The code.
        code: Secret<String>,
        /// The member's language.
        language: Tongue,
    },
}

/// A language that messages are written and spoken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Portuguese.
    Portuguese,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
    ];

    /// Its language subtag (RFC 5646).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
        }
    }

    /// The one that a browser prefers, by its `Accept-Language` (RFC 9110 §12.5.4); English, if it names none of them.
    pub fn preferred(accept: &str) -> Self {
        let mut best = (Self::English, 0.0);
        for range in accept.split(',').take(16) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok());
            let weight = weight.unwrap_or(1.0);
            let primary = tag.split('-').next().unwrap_or_default();
            let known = Self::ALL
                .into_iter()
                .find(|one| one.tag().eq_ignore_ascii_case(primary));
            if let Some(tongue) = known
                && weight > best.1
            {
                best = (tongue, weight);
            }
        }
        best.0
    }
}

/// The mails that are sent, each with what its text needs.
#[derive(Debug, Clone)]
pub enum Mail {
    /// The link by which a person sets a password and a first method.
    EnrollmentLink {
        /// Whom it greets.
        display_name: String,
        /// The link, token included.
        link: Secret<String>,
    },
    /// That something about the account's methods was changed.
    Notice(Notice),
}

/// What became of a delivery. It never decides whether a sign-in goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Handed over to the service that carries it.
    Sent,
    /// There is nowhere to send it to.
    NoChannel,
    /// The service says that this channel is gone: mark it stale.
    ChannelGone,
    /// It could not be handed over in time.
    Failed,
    /// The service that carries it said no, and why.
    Refused(Why),
}

/// Why a message to a phone number is not carried, as far as the one who waits for it can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The number has opted out of messages.
    OptedOut,
    /// The number cannot be reached: it does not exist, or nobody carries messages to its country.
    Unreachable,
    /// The organization has used up what its provider lets it send.
    QuotaSpent,
    /// This deployment has nothing to send it with.
    NotSetUp,
}

impl Why {
    /// Its name in the API and in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::Unreachable => "unreachable",
            Self::QuotaSpent => "quota_spent",
            Self::NotSetUp => "not_set_up",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tongue;

    #[test]
    fn the_first_language_that_we_speak_is_taken() {
        for (accept, tongue) in [
            ("", Tongue::English),
            ("*", Tongue::English),
            ("ja,ko;q=0.5", Tongue::English),
            ("pt-PT,pt;q=0.9,en;q=0.8", Tongue::Portuguese),
            ("ja, de-CH;q=0.7, fr;q=0.8", Tongue::French),
            ("DE", Tongue::German),
            ("es;q=x,en;q=0.1", Tongue::Spanish),
            ("fr;q=0", Tongue::English),
        ] {
            assert_eq!(Tongue::preferred(accept), tongue, "{accept}");
        }
    }
}
