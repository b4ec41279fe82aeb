//! What the three signed messages claim; the field names are those on the wire (docs/protocol.md).

use serde::{Deserialize, Serialize};

use super::code::PairingCode;
use super::octets::{Challenge, Digest, InstallationId, MessageId};
use super::words::{Capabilities, Language, Model};
use crate::delivery::Channel;
use crate::ids::{AccountId, AuthenticatorId, EnrollmentId, PromptId};
use crate::secret::Secret;

/// "Bind this key to the account that showed this code."
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairingClaims {
    /// The code as the member typed or scanned it.
    pub code: PairingCode,
    /// URL that the message is for.
    pub htu: String,
    /// When it was signed, seconds since the epoch.
    pub iat: i64,
    /// The message's own id.
    pub jti: MessageId,
    /// The app's installation: pairing it again with the same account replaces the older entry.
    pub installation: InstallationId,
    /// Where pushes go.
    pub channel: Channel,
    /// What the member sees in the list.
    pub model: Model,
    /// The phone's language.
    pub language: Language,
    /// What the app can do.
    pub capabilities: Capabilities,
}

/// "I hold the key, and I make this request now" (in the manner of RFC 9449 §4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofClaims {
    /// The account that the phone speaks for.
    pub acc: AccountId,
    /// HTTP method, upper case.
    pub htm: String,
    /// Origin and path, without query.
    pub htu: String,
    /// When it was signed, seconds since the epoch.
    pub iat: i64,
    /// Accepted once.
    pub jti: MessageId,
    /// SHA-256 of the body's bytes; absent when there is no body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bsh: Option<Digest>,
}

/// "The phone with this key has what I have, from now on in my place."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOverClaims {
    /// The account that is handed over.
    pub acc: AccountId,
    /// The hand-over.
    pub hand_over: EnrollmentId,
    /// The new phone's entry.
    pub to: AuthenticatorId,
    /// Thumbprint of the new phone's key (RFC 7638 §3), as a confirmation claim names it (RFC 7800 §3.1, RFC 9449 §6.1).
    pub jkt: Digest,
    /// Whether the device was unlocked for this.
    pub unlocked: bool,
    /// When it was signed, seconds since the epoch.
    pub iat: i64,
    /// The message's own id.
    pub jti: MessageId,
}

/// "The member saw this and decided so."
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "AnswerWire", into = "AnswerWire")]
pub struct AnswerClaims {
    /// The account that the prompt is for.
    pub acc: AccountId,
    /// The prompt.
    pub prompt: PromptId,
    /// The prompt's challenge.
    pub challenge: Challenge,
    /// What the member decided.
    pub decision: Decision,
    /// Hash of what the member was shown: [`super::shown::Shown::hash`].
    pub shown: Digest,
    /// Whether the device was unlocked for this answer.
    pub unlocked: bool,
    /// When it was signed, seconds since the epoch.
    pub iat: i64,
    /// The same answer sent again has the same id.
    pub jti: MessageId,
}

/// What a member decides about a prompt.
#[derive(Debug, Clone)]
pub enum Decision {
    /// Yes, and this is the number on the sign-in page.
    Approve {
        /// The digits typed, 1–6 of them.
        number: Secret<String>,
    },
    /// No.
    Deny {
        /// Why.
        reason: DenyReason,
    },
}

/// Why a member said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DenyReason {
    /// Somebody else signs in.
    NotMe,
    /// The member signs in, and would rather not.
    ChangedMind,
}

/// An answer whose decision, number and reason do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("approve takes a number of 1-6 digits and no reason, deny a reason and no number")]
pub struct InvalidDecision;

/// An answer's claims as they travel, flat.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerWire {
    acc: AccountId,
    prompt: PromptId,
    challenge: Challenge,
    decision: Verb,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<Secret<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<DenyReason>,
    shown: Digest,
    unlocked: bool,
    iat: i64,
    jti: MessageId,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verb {
    Approve,
    Deny,
}

impl TryFrom<AnswerWire> for AnswerClaims {
    type Error = InvalidDecision;
    fn try_from(wire: AnswerWire) -> Result<Self, InvalidDecision> {
        let decision = match (wire.decision, wire.number, wire.reason) {
            (Verb::Approve, Some(number), None) if is_number(number.expose()) => Decision::Approve { number },
            (Verb::Deny, None, Some(reason)) => Decision::Deny { reason },
            _ => return Err(InvalidDecision),
        };
        let AnswerWire {
            acc,
            prompt,
            challenge,
            shown,
            unlocked,
            iat,
            jti,
            ..
        } = wire;
        Ok(Self {
            acc,
            prompt,
            challenge,
            decision,
            shown,
            unlocked,
            iat,
            jti,
        })
    }
}

impl From<AnswerClaims> for AnswerWire {
    fn from(claims: AnswerClaims) -> Self {
        let AnswerClaims {
            acc,
            prompt,
            challenge,
            decision,
            shown,
            unlocked,
            iat,
            jti,
        } = claims;
        let (decision, number, reason) = match decision {
            Decision::Approve { number } => (Verb::Approve, Some(number), None),
            Decision::Deny { reason } => (Verb::Deny, None, Some(reason)),
        };
        Self {
            acc,
            prompt,
            challenge,
            decision,
            number,
            reason,
            shown,
            unlocked,
            iat,
            jti,
        }
    }
}

fn is_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(decision: &str) -> Result<AnswerClaims, serde_json::Error> {
        serde_json::from_str(&format!(
            r#"{{"acc":"acc_01KAVXGA00000000000000000A","prompt":"prm_01KAVXGA00000000000000000C","challenge":"{zeros}","shown":"{zeros}",
            "unlocked":true,"iat":1,"jti":"AAAAAAAAAAAAAAAAAAAAAA",{decision}}}"#,
            zeros = "A".repeat(43),
        ))
    }

    #[test]
    fn a_decision_is_read_from_the_flat_claims_and_written_back() {
        let approve = read(r#""decision":"approve","number":"07""#).unwrap();
        assert!(matches!(&approve.decision, Decision::Approve { number } if number.matches("07")));
        assert!(!format!("{approve:?}").contains("07\""));
        let deny = read(r#""decision":"deny","reason":"not_me""#).unwrap();
        assert!(matches!(
            deny.decision,
            Decision::Deny {
                reason: DenyReason::NotMe
            }
        ));
        let written = serde_json::to_value(approve).unwrap();
        assert_eq!(
            (&written["decision"], &written["number"], written.get("reason")),
            (&"approve".into(), &"07".into(), None)
        );
    }

    #[test]
    fn a_number_goes_only_with_approve_and_a_reason_only_with_deny() {
        for decision in [
            r#""decision":"approve""#,
            r#""decision":"approve","number":"""#,
            r#""decision":"approve","number":"7x""#,
            r#""decision":"approve","number":"1234567""#,
            r#""decision":"approve","number":7"#,
            r#""decision":"approve","number":"07","reason":"not_me""#,
            r#""decision":"deny""#,
            r#""decision":"deny","reason":"not_me","number":"07""#,
            r#""decision":"deny","reason":"bored""#,
            r#""decision":"maybe","number":"07""#,
            r#""decision":"approve","number":"07","extra":1"#,
            r#""decision":"approve","decision":"deny","reason":"not_me""#,
        ] {
            assert!(read(decision).is_err(), "{decision}");
        }
    }
}
