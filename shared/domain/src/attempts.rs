//! Wrong answers, counted: how many were given, when the next may be, and when an authenticator has had too many.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::policy::AttemptLimits;

/// The count on an authenticator's own item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    /// Wrong answers in a row.
    #[serde(default)]
    pub fails: u32,
    /// No answer is taken before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_until: Option<Timestamp>,
}

/// Whether an answer may be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It may, once this count is saved on the condition that the old one still stands.
    Open {
        /// The count if the answer turns out wrong.
        if_wrong: Attempts,
    },
    /// It may not, until then.
    Closed(Timestamp),
    /// Never again: the authenticator must be bound anew.
    Disabled,
}

impl Attempts {
    /// Decides for the next answer. The attack: many guesses at once. Whoever saves `if_wrong` does so only if `self` is still what is
    /// stored, so of any number of parallel guesses at most as many are evaluated as the limits allow.
    #[must_use]
    pub fn gate(self, limits: &AttemptLimits, now: Timestamp) -> Gate {
        if limits.disable_at.is_some_and(|limit| self.fails >= limit) {
            return Gate::Disabled;
        }
        match self.blocked_until {
            Some(until) if until > now => Gate::Closed(until),
            _ => Gate::Open {
                if_wrong: self.one_more(limits, now),
            },
        }
    }

    fn one_more(self, limits: &AttemptLimits, now: Timestamp) -> Self {
        let fails = self.fails.saturating_add(1);
        let blocked_until = fails
            .checked_sub(limits.free)
            .map(|beyond| now.saturating_add(wait(limits, beyond)).unwrap_or(now));
        Self { fails, blocked_until }
    }
}

fn wait(limits: &AttemptLimits, beyond: u32) -> SignedDuration {
    let doubled = 2_i32.saturating_pow(beyond.min(20));
    limits.first_wait.saturating_mul(doubled).min(limits.longest_wait)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn fail(attempts: Attempts, limits: &AttemptLimits, now: Timestamp) -> Attempts {
        match attempts.gate(limits, now) {
            Gate::Open { if_wrong } => if_wrong,
            closed => panic!("{closed:?}"),
        }
    }

    #[test]
    fn the_fifth_wrong_code_closes_for_a_minute_and_each_further_one_for_twice_as_long() {
        let limits = Policy::default().code_attempts;
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts = fail(attempts, &limits, at(0));
        }
        assert_eq!(attempts.gate(&limits, at(59)), Gate::Closed(at(60)));
        attempts = fail(attempts, &limits, at(60));
        assert_eq!(attempts.gate(&limits, at(179)), Gate::Closed(at(180)));
    }

    #[test]
    fn the_wait_never_exceeds_an_hour() {
        let limits = Policy::default().password_attempts;
        let attempts = Attempts {
            fails: 4_000_000_000,
            blocked_until: None,
        };
        assert_eq!(fail(attempts, &limits, at(0)).blocked_until, Some(at(3600)));
    }

    #[test]
    fn a_hundred_wrong_codes_in_a_row_disable_the_authenticator() {
        let limits = Policy::default().code_attempts;
        assert_eq!(
            Attempts {
                fails: 100,
                blocked_until: None
            }
            .gate(&limits, at(0)),
            Gate::Disabled
        );
    }
}
