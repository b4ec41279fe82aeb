//! Parts of a step that a page draws, the same for sign-in and enrollment.

use countersign_domain::delivery::{Sent, Why};
use countersign_domain::methods::MethodKind;
use countersign_domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::refusals::said;

/// Whether a push was handed over. It never decides anything: opening the app finds the prompt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushDelivery {
    /// It was.
    Sent,
    /// It was not: the member opens the app.
    NotSent,
}

impl From<bool> for PushDelivery {
    fn from(delivered: bool) -> Self {
        if delivered { Self::Sent } else { Self::NotSent }
    }
}

/// How a code goes to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In a text message.
    Sms,
    /// In a call.
    Voice,
}

impl From<MethodKind> for Channel {
    fn from(kind: MethodKind) -> Self {
        if kind == MethodKind::VOICE {
            Self::Voice
        } else {
            Self::Sms
        }
    }
}

/// What became of a code that goes to a number. One that did not go out counts for nothing: the other ways are as good as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageDelivery {
    /// It went out.
    Sent,
    /// None was sent yet.
    NotSent,
    /// It could not be handed over.
    Failed,
    /// The number has opted out of messages.
    OptedOut,
    /// The number cannot be reached.
    Unreachable,
    /// The organization has used up what its provider lets it send.
    QuotaSpent,
    /// The organization has nothing to send it with.
    NotSetUp,
}

impl From<Sent> for MessageDelivery {
    fn from(sent: Sent) -> Self {
        match sent {
            Sent::Sent => Self::Sent,
            Sent::NoChannel | Sent::ChannelGone | Sent::Failed => Self::Failed,
            Sent::Refused(Why::OptedOut) => Self::OptedOut,
            Sent::Refused(Why::Unreachable) => Self::Unreachable,
            Sent::Refused(Why::QuotaSpent) => Self::QuotaSpent,
            Sent::Refused(Why::NotSetUp) => Self::NotSetUp,
        }
    }
}

/// Why the last prompt is over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ended {
    /// The code.
    #[schema(value_type = String, example = "challenge.denied")]
    pub code: &'static str,
    /// What happened.
    pub detail: String,
    /// What to do.
    #[schema(value_type = String)]
    pub fix: &'static str,
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        let said = said(&refusal);
        Self {
            code: said.code,
            detail: said.detail.into_owned(),
            fix: said.fix,
        }
    }
}

/// Where to go when it is done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Next {
    /// Back to where the person was going.
    Return {
        /// A path of this site.
        to: String,
    },
    /// To register a first method: the account has none yet.
    Register,
}

/// When to ask again, in milliseconds: after a second, and after half a second once the phone has had the prompt open for one, for then the
/// answer is near. Nobody reads a number and types it in less.
pub fn poll_after_ms(opened_at: Option<Timestamp>, now: Timestamp) -> u32 {
    let near = opened_at.is_some_and(|at| now.duration_since(at) >= SignedDuration::from_secs(1));
    if near { 500 } else { 1000 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(millisecond).unwrap()
    }

    /// A page that has just shown its number, and a phone: how often the page asks until it learns of the answer, and how long after it.
    fn page(opened: i64, answered: i64, latency: i64) -> (u32, i64) {
        let (mut now, mut polls, mut wait) = (0, 0, poll_after_ms(None, at(0)));
        loop {
            now += i64::from(wait) + latency / 2; // the question arrives
            polls += 1;
            if now >= answered {
                return (polls, now + latency / 2 - answered);
            }
            wait = poll_after_ms(Some(at(opened)).filter(|_| opened <= now), at(now));
            now += latency / 2;
        }
    }

    /// Three seconds until the phone is in hand, three more to read and type: the page has asked eight times at most.
    #[test]
    fn a_usual_sign_in_takes_eight_polls_at_most() {
        for latency in 10..300 {
            let (polls, _) = page(3_000, 6_000, latency);
            assert!(polls <= 8, "{polls} at {latency} ms");
        }
    }

    /// However the phone's times fall between the page's questions.
    #[test]
    fn a_page_moves_on_half_a_second_after_the_answer_on_average_and_a_second_at_most() {
        for latency in [20, 60, 120] {
            let (mut polls, mut delays, mut count) = (0, 0, 0);
            for opened in (2_500..3_500).step_by(20) {
                for typing in (2_500..3_500).step_by(20) {
                    let (asked, delay) = page(opened, opened + typing, latency);
                    assert!(delay <= 1_000, "{delay} ms");
                    (polls, delays, count) = (polls + asked, delays + delay, count + 1);
                }
            }
            assert!(delays <= 500 * count, "{} ms on average", delays / count);
            assert!(i64::from(polls) <= 8 * count, "{polls} polls for {count} sign-ins");
        }
    }

    /// Somebody, or something, that answers as soon as it sees.
    #[test]
    fn a_page_moves_on_within_a_second_of_an_answer_that_comes_at_once() {
        for opened in (0..5_000).step_by(10) {
            for typing in (0..1_500).step_by(50) {
                let (_, delay) = page(opened, opened + typing, 50);
                assert!(
                    delay <= 1_000 + 50 + 25,
                    "{delay} ms after an answer at {}",
                    opened + typing
                );
            }
        }
    }
}
