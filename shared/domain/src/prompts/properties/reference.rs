//! The reference: it keeps what happened and when, and answers each question by looking back over all of it. It knows nothing of how the
//! ledger is kept.

use crate::refusal::Refusal;

/// Seconds that a prompt can be answered.
const LIFETIME: i64 = 120;
/// Strikes that pause prompts, and the seconds within which they must fall.
const STRIKES: (usize, i64) = (3, 600);
/// Seconds of a pause.
const PAUSE: i64 = 1200;

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// The sign-in of that number.
    SignIn(usize),
    /// A pairing.
    Pairing,
}

/// How a phone decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Approved,
    Mismatched,
    NotMe,
    ChangedMind,
}

#[derive(Debug, Clone, Copy)]
enum Fact {
    Asked {
        asker: Asker,
        phone: usize,
    },
    Answered {
        end: End,
    },
    /// It was noted that the last prompt got no answer.
    Missed {
        at: i64,
    },
    Redeemed,
    /// The sign-in that asked was finished by another method.
    Withdrawn,
}

/// What happened, in order. Prompts are named by their place: 0 is the first one asked.
#[derive(Debug, Default)]
pub(super) struct Reference {
    history: Vec<(i64, Fact)>,
}

/// The last prompt, as the history tells it.
struct Last {
    number: usize,
    asker: Asker,
    phone: usize,
    since: i64,
    end: Option<End>,
    missed: bool,
    redeemed: bool,
    withdrawn: bool,
}

impl Last {
    /// Neither answered, nor known to be missed, nor taken back.
    fn waits(&self) -> bool {
        self.end.is_none() && !self.missed && !self.withdrawn
    }
}

impl Reference {
    /// How many prompts were asked.
    pub(super) fn asked(&self) -> usize {
        self.history
            .iter()
            .filter(|(_, fact)| matches!(fact, Fact::Asked { .. }))
            .count()
    }

    fn last(&self) -> Option<Last> {
        let asked = self
            .history
            .iter()
            .rposition(|(_, fact)| matches!(fact, Fact::Asked { .. }))?;
        let (since, Fact::Asked { asker, phone }) = self.history[asked] else {
            return None;
        };
        let after = || self.history[asked..].iter().map(|(_, fact)| fact);
        let end = after().find_map(|fact| {
            if let Fact::Answered { end } = fact {
                Some(*end)
            } else {
                None
            }
        });
        let missed = after().any(|fact| matches!(fact, Fact::Missed { .. }));
        let withdrawn = after().any(|fact| matches!(fact, Fact::Withdrawn));
        let redeemed = after().any(|fact| matches!(fact, Fact::Redeemed));
        Some(Last {
            number: self.asked() - 1,
            asker,
            phone,
            since,
            end,
            missed,
            redeemed,
            withdrawn,
        })
    }

    /// Until when prompts pause, by the rules of the product: three that were refused, missed or wrong within ten minutes, or one
    /// "It wasn't me"; a sign-in that succeeds forgets them all.
    fn paused_until(history: &[(i64, Fact)]) -> Option<i64> {
        let (mut strikes, mut until, mut counts) = (Vec::new(), None::<i64>, false);
        for (noted, fact) in history {
            let strike = match fact {
                Fact::Asked { asker, .. } => {
                    counts = *asker != Asker::Pairing;
                    None
                }
                Fact::Answered { end: End::Approved } | Fact::Withdrawn => None,
                Fact::Answered { .. } => Some(*noted),
                Fact::Missed { at } => Some(*at),
                Fact::Redeemed => {
                    (strikes, until) = (Vec::new(), None);
                    None
                }
            };
            if let Some(at) = strike.filter(|_| counts) {
                strikes.push(at);
                if strikes.iter().filter(|strike| noted - **strike < STRIKES.1).count() >= STRIKES.0 {
                    (strikes, until) = (Vec::new(), until.max(Some(at + PAUSE)));
                }
            }
            if matches!(fact, Fact::Answered { end: End::NotMe }) {
                until = Some(noted + PAUSE);
            }
        }
        until
    }

    /// What a new prompt would first have to note about the last one.
    fn with_missed(&self, now: i64) -> Vec<(i64, Fact)> {
        let mut history = self.history.clone();
        if let Some(last) = self.last().filter(Last::waits) {
            history.push((
                now,
                Fact::Missed {
                    at: now.min(last.since + LIFETIME),
                },
            ));
        }
        history
    }

    /// A prompt is asked for; or until when none is.
    pub(super) fn ask(&mut self, asker: Asker, phone: usize, now: i64) -> Result<(), i64> {
        let mut history = self.with_missed(now);
        if let Some(until) = Self::paused_until(&history).filter(|until| *until > now && asker != Asker::Pairing) {
            return Err(until);
        }
        history.push((now, Fact::Asked { asker, phone }));
        self.history = history;
        Ok(())
    }

    /// A phone answers a prompt.
    pub(super) fn answer(&mut self, number: usize, phone: usize, end: Option<End>, now: i64) -> Result<End, Refusal> {
        let last = self
            .last()
            .filter(|last| last.number == number && last.phone == phone)
            .ok_or(Refusal::ChallengeExpired)?;
        if last.end.is_some() || last.withdrawn {
            return Err(Refusal::ChallengeAnswered);
        }
        if last.missed || now >= last.since + LIFETIME {
            return Err(Refusal::ChallengeExpired);
        }
        let end = end.ok_or(Refusal::DeviceSignatureInvalid)?;
        self.history.push((now, Fact::Answered { end }));
        Ok(end)
    }

    /// Whether there is anything to note; if so it is noted.
    pub(super) fn lapse(&mut self, now: i64) -> bool {
        let over = self
            .last()
            .is_some_and(|last| last.waits() && now >= last.since + LIFETIME);
        if over {
            self.history = self.with_missed(now);
        }
        over
    }

    /// The sign-in is finished without the phone; whether a prompt of its was out.
    pub(super) fn otherwise(&mut self, asker: Asker, now: i64) -> bool {
        let out = self.last().is_some_and(|last| last.waits() && last.asker == asker);
        if out {
            self.history.push((now, Fact::Withdrawn));
        }
        out
    }

    /// The approval is taken out by who asked for it.
    pub(super) fn redeem(&mut self, number: usize, asker: Asker, now: i64) -> Result<(), Refusal> {
        let last = self
            .last()
            .filter(|last| last.number == number && last.asker == asker)
            .ok_or(Refusal::ChallengeSuperseded)?;
        match last.end {
            _ if last.redeemed || last.withdrawn => Err(Refusal::ChallengeAnswered),
            Some(End::NotMe | End::ChangedMind) => Err(Refusal::ChallengeDenied),
            Some(End::Mismatched) => Err(Refusal::NumberMismatch),
            Some(End::Approved) if now < last.since + LIFETIME => {
                self.history.push((now, Fact::Redeemed));
                Ok(())
            }
            Some(End::Approved) | None => Err(Refusal::ChallengeExpired),
        }
    }
}
