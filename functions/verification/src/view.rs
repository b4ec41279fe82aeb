//! A sign-in step as data for the page: what to draw, what else there is, and what comes next.

use countersign_domain::methods::Asks;
use countersign_domain::methods::sent_code::SentCode;
use countersign_domain::prompts::{Number, Prompt as DomainPrompt};
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::{Aim, SignIn, Way};
use countersign_platform::http::step::{Channel, Ended, MessageDelivery, Next, PushDelivery, poll_after_ms};
use countersign_platform::http::time::Time;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a sign-in stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignInState)]
pub(crate) enum At {
    /// A prompt is out; ask again after `poll_after_ms`.
    Waiting,
    /// Draw the prompts, or offer the alternatives.
    Choose,
    /// The session is there; go to `next`.
    Complete,
}

/// What a sign-in is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInPurpose {
    /// A new session.
    SignIn,
    /// A fresh proof in this one.
    Reauthenticate,
}

/// What the page draws, by kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum SignInPrompt {
    /// A number to show; it is typed on the phone.
    Number {
        /// `prm_…`.
        prompt_id: String,
        /// The digits.
        number: String,
        /// When it can no longer be answered.
        expires_at: Time,
        /// The phone's name.
        device: String,
        /// What became of the push.
        delivery: PushDelivery,
    },
    /// A code to ask for.
    Code {
        /// `aut_…`.
        authenticator_id: String,
        /// What the member calls it.
        name: String,
        /// How many digits.
        digits: u8,
    },
    /// Letters and digits to ask for: a recovery code, or a pass.
    Text {
        /// `aut_…`.
        authenticator_id: String,
        /// `recovery_codes` or `pass`.
        #[schema(value_type = String)]
        of: &'static str,
        /// What the member calls it.
        name: String,
    },
    /// A passkey to ask the browser for, once its options were fetched.
    Passkey {
        /// `aut_…` of the first; it stands for all that the account has.
        authenticator_id: String,
        /// What the member calls that one.
        name: String,
    },
    /// A code that is sent to a number, and then asked for.
    SentCode {
        /// `aut_…`.
        authenticator_id: String,
        /// How it goes out.
        channel: Channel,
        /// What the member calls it.
        name: String,
        /// The number, masked.
        number: String,
        /// How many digits.
        digits: u8,
        /// What became of it.
        delivery: MessageDelivery,
        /// When the code that was sent is dead.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        expires_at: Option<Time>,
        /// When the next one may be asked for; absent where it may be now.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        again_at: Option<Time>,
    },
}

/// Another way that the account has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Alternative {
    /// `aut_…`.
    authenticator_id: String,
    /// Its kind.
    kind: &'static str,
    /// What the member calls it.
    name: String,
    /// What it would draw.
    prompt: Draws,
    /// How many digits its code has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    digits: Option<u8>,
    /// The masked number that a code would go to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    number: Option<String>,
}

/// What a way draws.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Draws {
    /// A number to show.
    Number,
    /// A code to ask for.
    Code,
    /// Letters and digits to ask for.
    Text,
    /// A passkey to ask the browser for.
    Passkey,
    /// A code to send, and then to ask for.
    SentCode,
}

/// A sign-in step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignIn)]
pub(crate) struct View {
    pub(crate) state: At,
    pub(crate) user_name: String,
    pub(crate) purpose: SignInPurpose,
    /// Nothing was proven before: the number on an unlocked phone is all there is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(crate) without_password: bool,
    /// What to draw now.
    pub(crate) prompts: Vec<SignInPrompt>,
    /// "I can't use that right now", the one to offer first at the front.
    pub(crate) alternatives: Vec<Alternative>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) ended: Option<Ended>,
    /// Only while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) poll_after_ms: Option<u32>,
    /// Only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) next: Option<Next>,
    /// Only when complete, by a recovery code, and few are left: make new ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) codes_left: Option<usize>,
}

impl View {
    /// At the choice: the prompt of `asked`, if it is one that the page can draw at once, and the other ways.
    pub(crate) fn choose<S>(sign_in: &SignIn<S>, asked: Option<&Way>, ended: Option<Refusal>) -> Self {
        let drawn = asked.and_then(ready);
        let without = drawn.is_some().then_some(()).and(asked);
        Self {
            prompts: drawn.into_iter().collect(),
            ended: ended.map(Ended::from),
            ..Self::bare(sign_in, At::Choose, without)
        }
    }

    /// While a prompt is out.
    pub(crate) fn waiting<S>(
        sign_in: &SignIn<S>,
        way: &Way,
        prompt: &DomainPrompt,
        number: &Number,
        delivered: bool,
        now: Timestamp,
    ) -> Self {
        let number = SignInPrompt::Number {
            prompt_id: prompt.id.to_string(),
            number: number.digits().expose().clone(),
            expires_at: prompt.expires_at.into(),
            device: way.name.to_string(),
            delivery: PushDelivery::from(delivered),
        };
        let poll_after_ms = Some(poll_after_ms(prompt.opened_at, now));
        Self {
            prompts: vec![number],
            poll_after_ms,
            ..Self::bare(sign_in, At::Waiting, Some(way))
        }
    }

    /// A code that was sent, or may be; what became of it where this request tried.
    pub(crate) fn message<S>(
        sign_in: &SignIn<S>,
        way: &Way,
        code: Option<&SentCode>,
        delivery: MessageDelivery,
        again_at: Option<Timestamp>,
    ) -> Self {
        let prompt = sent_code(way, code, delivery, again_at);
        Self {
            prompts: prompt.into_iter().collect(),
            ..Self::bare(sign_in, At::Choose, Some(way))
        }
    }

    fn bare<S>(sign_in: &SignIn<S>, state: At, without: Option<&Way>) -> Self {
        // Without anything proven there is no other way, and what the account has is nobody's to see.
        let ways: &[Way] = if sign_in.proofs.is_empty() { &[] } else { &sign_in.ways };
        let others = ways
            .iter()
            .filter(|way| without.is_none_or(|asked| asked.authenticator != way.authenticator));
        Self {
            state,
            user_name: sign_in.user_name.to_string(),
            purpose: match sign_in.aim {
                Aim::SignIn => SignInPurpose::SignIn,
                Aim::Reauthenticate { .. } => SignInPurpose::Reauthenticate,
            },
            without_password: sign_in.proofs.is_empty(),
            prompts: Vec::new(),
            alternatives: others.map(alternative).collect(),
            ended: None,
            poll_after_ms: None,
            next: None,
            codes_left: None,
        }
    }

    /// When the session is there.
    pub(crate) fn complete(user_name: String, aim: &Aim, next: Next) -> Self {
        Self {
            state: At::Complete,
            user_name,
            purpose: match aim {
                Aim::SignIn => SignInPurpose::SignIn,
                Aim::Reauthenticate { .. } => SignInPurpose::Reauthenticate,
            },
            without_password: false,
            prompts: Vec::new(),
            alternatives: Vec::new(),
            ended: None,
            poll_after_ms: None,
            next: Some(next),
            codes_left: None,
        }
    }
}

/// What a way draws, where the page can draw it at once.
fn ready(way: &Way) -> Option<SignInPrompt> {
    match way.asks {
        Asks::Number => None,
        Asks::Message { .. } => sent_code(way, None, MessageDelivery::NotSent, None),
        Asks::Code { digits } => Some(SignInPrompt::Code {
            authenticator_id: way.authenticator.to_string(),
            name: way.name.to_string(),
            digits,
        }),
        Asks::Text => Some(SignInPrompt::Text {
            authenticator_id: way.authenticator.to_string(),
            of: way.kind.as_str(),
            name: way.name.to_string(),
        }),
        Asks::Passkey => Some(SignInPrompt::Passkey {
            authenticator_id: way.authenticator.to_string(),
            name: way.name.to_string(),
        }),
    }
}

fn sent_code(
    way: &Way,
    code: Option<&SentCode>,
    delivery: MessageDelivery,
    again_at: Option<Timestamp>,
) -> Option<SignInPrompt> {
    let Asks::Message { digits } = way.asks else {
        return None;
    };
    Some(SignInPrompt::SentCode {
        authenticator_id: way.authenticator.to_string(),
        channel: Channel::from(way.kind),
        name: way.name.to_string(),
        number: way.number.clone().unwrap_or_default(),
        digits,
        delivery,
        expires_at: code.map(|code| code.expires_at.into()),
        again_at: again_at.map(Time::from),
    })
}

fn alternative(way: &Way) -> Alternative {
    let (prompt, digits) = match way.asks {
        Asks::Number => (Draws::Number, None),
        Asks::Code { digits } => (Draws::Code, Some(digits)),
        Asks::Text => (Draws::Text, None),
        Asks::Passkey => (Draws::Passkey, None),
        Asks::Message { digits } => (Draws::SentCode, Some(digits)),
    };
    Alternative {
        authenticator_id: way.authenticator.to_string(),
        kind: way.kind.as_str(),
        name: way.name.to_string(),
        prompt,
        digits,
        number: way.number.clone(),
    }
}
