//! The temporary access pass: a secret that an administrator issues to somebody who has nothing else to sign in with, good for a while.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::look_up::{ALPHABET, KeptSecret, Salt, grouped};
use super::{Asks, Binding, Factor, Family, Method, Response, Spend, Strength, Verdict};
use crate::entropy::{self, Entropy};
use crate::refusal::Refusal;
use crate::secret::Secret;

/// The shortest life of a pass that a policy can allow, in minutes.
pub const SHORTEST_MINUTES: u32 = 10;
/// The longest: 30 days.
pub const LONGEST_MINUTES: u32 = 30 * 24 * 60;
/// The fewest characters.
pub const SHORTEST: u8 = 8;
/// The most.
pub const LONGEST: u8 = 48;
/// How far ahead a pass may be issued, in days.
const AHEAD_DAYS: i64 = 30;

/// What the organization allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassSettings {
    /// Minutes that a pass lives if nothing else is asked for.
    pub default_lifetime_minutes: u32,
    /// The fewest that may be asked for.
    pub min_lifetime_minutes: u32,
    /// The most.
    pub max_lifetime_minutes: u32,
    /// Characters, if nothing else is asked for.
    pub default_length: u8,
    /// Whether each pass opens one session only.
    pub one_time_only: bool,
}

impl Default for PassSettings {
    fn default() -> Self {
        Self {
            default_lifetime_minutes: 60,
            min_lifetime_minutes: SHORTEST_MINUTES,
            max_lifetime_minutes: 8 * 60,
            default_length: SHORTEST,
            one_time_only: false,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Minutes that it lives.
    pub lifetime_minutes: Option<u32>,
    /// Characters.
    pub length: Option<u8>,
    /// Whether it opens one session only; it does if nothing is said.
    pub one_time: Option<bool>,
    /// When it begins, if not at once.
    pub starts_at: Option<Timestamp>,
}

/// A pass as it will be, within what policy and product allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Characters.
    pub length: u8,
    /// From when on it is good.
    pub starts_at: Timestamp,
    /// From when on it is not.
    pub ends_at: Timestamp,
    /// Whether it opens one session only.
    pub once: bool,
}

impl PassSettings {
    /// Holds what is asked for against what is allowed.
    pub fn terms(&self, wanted: Wanted, now: Timestamp) -> Result<Terms, Refusal> {
        let most = self.max_lifetime_minutes.min(LONGEST_MINUTES);
        let least = self.min_lifetime_minutes.max(SHORTEST_MINUTES);
        let minutes = wanted
            .lifetime_minutes
            .unwrap_or_else(|| self.default_lifetime_minutes.clamp(least.min(most), most));
        if !(least..=most).contains(&minutes) {
            return Err(Refusal::PassLifetimeNotAllowed { least, most });
        }
        let usual = self.default_length.clamp(SHORTEST, LONGEST);
        let length = wanted.length.unwrap_or(usual);
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(Refusal::PassLengthNotAllowed);
        }
        let once = wanted.one_time.unwrap_or(true);
        if self.one_time_only && !once {
            return Err(Refusal::PassOneTimeRequired);
        }
        let starts_at = wanted.starts_at.map_or(now, |asked| asked.max(now));
        let latest = now
            .saturating_add(SignedDuration::from_hours(24 * AHEAD_DAYS))
            .unwrap_or(now);
        let ends_at = starts_at
            .checked_add(SignedDuration::from_mins(i64::from(minutes)))
            .map_err(|_| Refusal::PassStartNotAllowed)?;
        if starts_at > latest {
            return Err(Refusal::PassStartNotAllowed);
        }
        Ok(Terms {
            length,
            starts_at,
            ends_at,
            once,
        })
    }
}

/// What is kept about a pass.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pass {
    salt: Salt,
    hash: KeptSecret,
    /// From when on it is good.
    pub starts_at: Timestamp,
    /// From when on it is not. What it opened ends then too.
    pub ends_at: Timestamp,
    /// Whether it opens one session only.
    pub once: bool,
    /// How many it has opened.
    #[serde(default)]
    pub uses: u64,
}

/// Where a pass stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassStanding {
    /// It begins later.
    NotYet,
    /// It can be used.
    Open,
    /// It was good once, and has been used.
    Used,
    /// Its time is over.
    Over,
}

impl Pass {
    /// A new pass and what is shown once; `None` only if the machine is out of memory.
    pub fn issue(terms: Terms, pepper: &[u8], entropy: &dyn Entropy) -> Option<(Self, Secret<String>)> {
        let secret = Secret::new(entropy::text(entropy, ALPHABET, usize::from(terms.length)));
        let salt = Salt::draw(entropy);
        let hash = KeptSecret::of(pepper, &salt, &secret)?;
        let Terms {
            starts_at,
            ends_at,
            once,
            ..
        } = terms;
        let pass = Self {
            salt,
            hash,
            starts_at,
            ends_at,
            once,
            uses: 0,
        };
        Some((pass, Secret::new(grouped(secret.expose()))))
    }

    /// Where it stands.
    pub fn standing(&self, now: Timestamp) -> PassStanding {
        if now >= self.ends_at {
            PassStanding::Over
        } else if self.once && self.uses > 0 {
            PassStanding::Used
        } else if now < self.starts_at {
            PassStanding::NotYet
        } else {
            PassStanding::Open
        }
    }

    pub(super) const fn salt(&self) -> &Salt {
        &self.salt
    }
}

/// The method.
#[derive(Debug)]
pub struct TemporaryAccessPass;

impl Method for TemporaryAccessPass {
    fn kind(&self) -> &'static str {
        "pass"
    }

    fn title(&self) -> &'static str {
        "Temporary access pass"
    }

    fn description(&self) -> &'static str {
        "Issued by an administrator for a short time, to get in and add a method of your own."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    fn strength(&self) -> Strength {
        Strength::Possession
    }

    fn family(&self) -> Family {
        Family::Passes
    }

    fn is_spare(&self) -> bool {
        true
    }

    fn is_temporary(&self) -> bool {
        true
    }

    fn amr(&self) -> &'static [&'static str] {
        &["otp"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &[
            "It opens your account without your password. If you did not ask for it, remove it and tell your administrator.",
        ]
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Text
    }

    fn detail(&self, binding: &Binding) -> String {
        match binding {
            Binding::Pass(pass) if pass.once => "For one sign-in".to_owned(),
            Binding::Pass(_) => "For any number of sign-ins until it ends".to_owned(),
            _ => String::new(),
        }
    }

    /// The number of uses is the mark, so that each is counted and of a pass for one sign-in there is one.
    fn check(
        &self,
        binding: &Binding,
        _: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Binding::Pass(pass), Response::LookUp(looked_up)) = (binding, response) else {
            return Verdict::Wrong;
        };
        if !looked_up.matches(&pass.salt, &pass.hash) || pass.standing(now) != PassStanding::Open {
            return Verdict::Wrong;
        }
        let uses = pass.uses.saturating_add(1);
        Verdict::Right(Spend::Mark {
            mark: uses,
            learned: Some(Box::new(Binding::Pass(Pass { uses, ..pass.clone() }))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn minutes(minutes: u32) -> Wanted {
        Wanted {
            lifetime_minutes: Some(minutes),
            ..Wanted::default()
        }
    }

    #[test]
    fn a_pass_is_eight_characters_for_an_hour_and_one_sign_in_unless_asked_otherwise() {
        let terms = PassSettings::default().terms(Wanted::default(), at(0)).unwrap();
        assert_eq!(
            (terms.length, terms.starts_at, terms.ends_at, terms.once),
            (8, at(0), at(60), true)
        );
    }

    #[test]
    fn policy_bounds_the_lifetime_and_the_product_bounds_policy() {
        let settings = PassSettings::default();
        assert!(settings.terms(minutes(10), at(0)).is_ok());
        assert!(settings.terms(minutes(480), at(0)).is_ok());
        for refused in [0, 9, 481, u32::MAX] {
            let expected = Refusal::PassLifetimeNotAllowed { least: 10, most: 480 };
            assert_eq!(settings.terms(minutes(refused), at(0)), Err(expected), "{refused}");
        }
        let wide = PassSettings {
            min_lifetime_minutes: 0,
            max_lifetime_minutes: u32::MAX,
            ..settings
        };
        assert!(wide.terms(minutes(43_200), at(0)).is_ok());
        for refused in [9, 43_201] {
            assert!(wide.terms(minutes(refused), at(0)).is_err(), "{refused}");
        }
    }

    #[test]
    fn length_one_time_and_start_are_held_against_the_rules() {
        let settings = PassSettings::default();
        let long = |length| Wanted {
            length: Some(length),
            ..Wanted::default()
        };
        for (length, fine) in [(7, false), (8, true), (48, true), (49, false)] {
            assert_eq!(settings.terms(long(length), at(0)).is_ok(), fine, "{length}");
        }
        let strict = PassSettings {
            one_time_only: true,
            ..settings
        };
        let often = Wanted {
            one_time: Some(false),
            ..Wanted::default()
        };
        assert!(!settings.terms(often, at(0)).unwrap().once);
        assert_eq!(strict.terms(often, at(0)), Err(Refusal::PassOneTimeRequired));
        let from = |minute| Wanted {
            starts_at: Some(at(minute)),
            ..Wanted::default()
        };
        assert_eq!(settings.terms(from(90), at(0)).unwrap().ends_at, at(150));
        assert_eq!(
            settings.terms(from(0), at(30)).unwrap().starts_at,
            at(30),
            "not before now"
        );
        let too_far = settings.terms(from(31 * 24 * 60), at(0));
        assert_eq!(too_far, Err(Refusal::PassStartNotAllowed));
    }

    #[test]
    fn a_pass_is_shown_in_groups_and_is_as_long_as_was_asked() {
        for (length, shown_length) in [(8, 9), (48, 59)] {
            let terms = Terms {
                length,
                starts_at: at(0),
                ends_at: at(60),
                once: true,
            };
            let (pass, shown) = Pass::issue(terms, b"pepper", &Seeded::new("pass")).unwrap();
            assert_eq!(shown.expose().len(), shown_length);
            assert!(!format!("{pass:?}").contains(shown.expose().as_str()));
        }
    }

    #[test]
    fn a_pass_stands_where_its_times_and_uses_say() {
        use PassStanding::{NotYet, Open, Over, Used};
        let terms = Terms {
            length: 8,
            starts_at: at(10),
            ends_at: at(70),
            once: true,
        };
        let (mut pass, _) = Pass::issue(terms, b"pepper", &Seeded::new("pass")).unwrap();
        let standings = [at(9), at(10), at(69), at(70)].map(|now| pass.standing(now));
        assert_eq!(standings, [NotYet, Open, Open, Over]);
        pass.uses = 1;
        assert_eq!(pass.standing(at(10)), Used);
        pass.once = false;
        assert_eq!(pass.standing(at(10)), Open);
    }
}
