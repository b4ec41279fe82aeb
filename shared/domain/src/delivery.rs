//! What is sent to a member, and over which channel; how it travels is the platform's business.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, PromptId};
use crate::notices::Notice;
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
    /// A text message.
    Sms {
        /// E.164 number.
        to: String,
        /// The text, code included.
        text: Secret<String>,
    },
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
}
