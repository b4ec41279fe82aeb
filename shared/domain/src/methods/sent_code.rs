//! Codes that are sent to a phone number: drawn for one request, kept as a keyed hash, dead with the next one.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::encoding::{base64url, from_base64url, keyed_hash};
use crate::entropy::{self, Entropy};
use crate::ids::AuthenticatorId;
use crate::phone_numbers::PhoneNumber;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::secret::Secret;

/// Digits of a code: 20 bits at least (NIST SP 800-63B-4 §3.1.3.2).
pub const DIGITS: u8 = 6;
/// Key length in bytes.
const KEY_BYTES: usize = 32;

/// What is kept about a phone number that codes go to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// The number.
    pub number: PhoneNumber,
    /// The code that went out last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<SentCode>,
}

/// A code that went out. The code itself is nowhere: whoever reads the database learns a hash under a key that is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCode {
    /// The number of the sending: it rises by each, and is the mark that a right code consumes.
    pub sending: u64,
    /// The sign-in or ceremony that asked. The attack: a code that a member is talked out of, used in the attacker's own sign-in
    /// (NIST SP 800-63B-4 §3.1.3.2: valid only for the transaction that it was sent for).
    pub flow: String,
    /// Keyed hash of flow, sending and code, base64url.
    pub hash: String,
    /// When it went out.
    pub sent_at: Timestamp,
    /// From when on it is dead, however late it arrives.
    pub expires_at: Timestamp,
}

/// A code to send and what to keep of it.
#[derive(Debug)]
pub struct Drawn {
    /// What is kept.
    pub sent: SentCode,
    /// What is told to whoever carries it, and to nobody else.
    pub code: Secret<String>,
}

/// The key of one authenticator's codes. It is derived, so it needs no place, and another authenticator's hash is worth nothing.
pub fn key(pepper: &[u8], authenticator: AuthenticatorId) -> Secret<Vec<u8>> {
    let name = authenticator.to_string();
    Secret::new(keyed_hash(pepper, &[b"sent-code", name.as_bytes()]).to_vec())
}

impl SentCode {
    /// Draws the next code after `before` for a flow, or says from when on there may be one. `consumed` is the highest mark that was
    /// consumed: a sending is always above it.
    pub fn draw(
        before: Option<&Self>,
        consumed: Option<u64>,
        flow: &str,
        key: &Secret<Vec<u8>>,
        policy: &Policy,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Drawn, Refusal> {
        if let Some(before) = before
            && before.again_at(policy) > now
        {
            return Err(Refusal::SendingTooSoon(before.again_at(policy)));
        }
        let last = before.map_or(0, |before| before.sending).max(consumed.unwrap_or(0));
        let sending = last.saturating_add(1);
        let code = Secret::new(entropy::text(entropy, b"0123456789", usize::from(DIGITS)));
        let after = |lifetime: SignedDuration| now.saturating_add(lifetime).unwrap_or(now);
        let sent = Self {
            sending,
            flow: flow.to_owned(),
            hash: base64url(hash(key, flow, sending, code.expose())),
            sent_at: now,
            expires_at: after(policy.sent_code_lifetime),
        };
        Ok(Drawn { sent, code })
    }

    /// From when on another one may be sent.
    pub fn again_at(&self, policy: &Policy) -> Timestamp {
        self.sent_at.saturating_add(policy.resend_after).unwrap_or(self.sent_at)
    }

    /// Whether it went out for that flow and can still be entered.
    pub fn is_open(&self, flow: &str, now: Timestamp) -> bool {
        self.flow == flow && now < self.expires_at
    }

    /// Whether this is the code, entered in time in the flow that asked for it.
    pub fn is(&self, typed: &Secret<String>, flow: &str, key: &Secret<Vec<u8>>, now: Timestamp) -> bool {
        let digits: Secret<String> = Secret::new(
            typed
                .expose()
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '-')
                .collect(),
        );
        let formed =
            digits.expose().len() == usize::from(DIGITS) && digits.expose().bytes().all(|b| b.is_ascii_digit());
        let stored = from_base64url(&self.hash).unwrap_or_default();
        let given = Secret::new(hash(key, flow, self.sending, digits.expose()).to_vec());
        formed && key.expose().len() == KEY_BYTES && self.is_open(flow, now) && given.matches(stored)
    }
}

fn hash(key: &Secret<Vec<u8>>, flow: &str, sending: u64, code: &str) -> [u8; 32] {
    keyed_hash(
        key.expose(),
        &[flow.as_bytes(), &sending.to_be_bytes(), code.as_bytes()],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn key_of(name: &str) -> Secret<Vec<u8>> {
        key(b"pepper", AuthenticatorId::new(at(0), &Seeded::new(name)))
    }

    fn drawn(before: Option<&SentCode>, spent: Option<u64>, second: i64) -> Result<Drawn, Refusal> {
        let entropy = Seeded::new(&second.to_string());
        SentCode::draw(
            before,
            spent,
            "sgn_1",
            &key_of("a"),
            &Policy::default(),
            &entropy,
            at(second),
        )
    }

    #[test]
    fn a_code_has_six_digits_and_is_good_for_ten_minutes_in_its_own_flow() {
        let Drawn { sent, code } = drawn(None, None, 0).unwrap();
        assert!(code.expose().len() == 6 && code.expose().bytes().all(|b| b.is_ascii_digit()));
        assert!(sent.is(&code, "sgn_1", &key_of("a"), at(599)));
        assert!(!sent.is(&code, "sgn_1", &key_of("a"), at(600)));
        assert!(!sent.is(&code, "sgn_2", &key_of("a"), at(1)));
        assert!(
            !sent.is(&code, "sgn_1", &key_of("b"), at(1)),
            "another authenticator's key"
        );
        assert!(
            !sent.is(&code, "sgn_1", &Secret::new(Vec::new()), at(1)),
            "no key at all"
        );
        let spaced = Secret::new(format!("{} {}", &code.expose()[..3], &code.expose()[3..]));
        assert!(sent.is(&spaced, "sgn_1", &key_of("a"), at(1)));
    }

    #[test]
    fn the_next_one_waits_half_a_minute_and_has_a_higher_number_whatever_was_spent() {
        let first = drawn(None, None, 0).unwrap().sent;
        assert_eq!(
            drawn(Some(&first), None, 29).unwrap_err(),
            Refusal::SendingTooSoon(at(30))
        );
        assert_eq!(drawn(Some(&first), None, 30).unwrap().sent.sending, 2);
        assert_eq!(drawn(Some(&first), Some(7), 30).unwrap().sent.sending, 8);
        assert_eq!(drawn(None, Some(7), 0).unwrap().sent.sending, 8);
    }

    #[test]
    fn a_code_of_an_earlier_sending_is_not_the_later_one_even_with_the_same_digits() {
        let first = drawn(None, None, 0).unwrap();
        let second = SentCode {
            sending: 2,
            ..first.sent.clone()
        };
        assert!(!second.is(&first.code, "sgn_1", &key_of("a"), at(1)));
    }

    #[test]
    fn what_is_kept_does_not_hold_the_code() {
        let Drawn { sent, code } = drawn(None, None, 0).unwrap();
        assert!(!serde_json::to_string(&sent).unwrap().contains(code.expose()));
    }
}
