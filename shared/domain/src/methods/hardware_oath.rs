//! Hardware OATH: codes of a token that the organization hands out (RFC 6238), with a clock of its own that drifts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::totp::{Generator, digits_of};
use super::{Asks, Binding, Factor, Family, Method, Response, Spend, Strength, Verdict};
use crate::names::{Label, SerialNumber};
use crate::secret::Secret;

/// How many steps a token's clock may be away from ours: two (RFC 6238 §6). Further off it is replaced.
pub const MOST_DRIFT: i8 = 2;

/// What is kept about a token that is in use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Held {
    /// What is printed on it.
    pub serial: SerialNumber,
    /// Who made it.
    pub manufacturer: Label,
    /// What it is called there.
    pub model: Label,
    /// Its seed, sealed and bound to its row; hash, digits and step.
    pub generator: Generator,
    /// How many steps its clock was ahead of ours when it was last used; behind, where below zero.
    pub drift: i8,
}

impl Held {
    /// The first code of a token, whose drift nobody knows yet: its step, and the token with what that taught. Each step within ±2 is looked
    /// at, the nearest first; `spent` is what was consumed of this token before, by whomever: none of that, and nothing older, is taken.
    pub fn first_use(
        mut self,
        seed: &Secret<Vec<u8>>,
        code: &Secret<String>,
        spent: Option<u64>,
        now: Timestamp,
    ) -> Option<(u64, Self)> {
        let typed = digits_of(code, self.generator.digits)?;
        let found = self.generator.step_near(seed, typed.expose(), now, [0, -1, 1, -2, 2]);
        let (step, drift) = found.filter(|(step, _)| spent.is_none_or(|spent| *step > spent))?;
        self.drift = drift;
        Some((step, self))
    }

    /// The distances at which a later code is looked for: where the clock was last, one step before (typing takes time, and slow clocks
    /// fall back) and one after (fast ones gain), never beyond ±2. Three codes of a million are right at once, and the count closes after
    /// five wrong ones.
    fn distances(&self) -> impl Iterator<Item = i8> {
        let drift = self.drift.clamp(-MOST_DRIFT, MOST_DRIFT);
        [drift, drift - 1, drift + 1]
            .into_iter()
            .filter(|distance| (-MOST_DRIFT..=MOST_DRIFT).contains(distance))
    }
}

/// The method.
#[derive(Debug)]
pub struct HardwareOath;

impl Method for HardwareOath {
    fn kind(&self) -> &'static str {
        "hardware_oath"
    }

    fn title(&self) -> &'static str {
        "Hardware token"
    }

    fn description(&self) -> &'static str {
        "A small device from your organization that shows codes. Works without a phone."
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

    /// `otp` alone. RFC 8176 §2 keeps `hwk` for the proof that one has a key which hardware secures; the seed of a token came in a file and
    /// lies, sealed, with us.
    fn amr(&self) -> &'static [&'static str] {
        &["otp"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &["A false page can ask for the code and use it at once."]
    }

    fn asks(&self, binding: &Binding) -> Asks {
        let digits = binding.token().map_or(6, |held| held.generator.digits);
        Asks::Code { digits }
    }

    fn detail(&self, binding: &Binding) -> String {
        binding.token().map_or_else(String::new, |held| {
            format!("{} {}, serial number {}", held.manufacturer, held.model, held.serial)
        })
    }

    fn check(
        &self,
        binding: &Binding,
        secret: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Binding::HardwareOath(held), Some(seed), Response::Code(code)) = (binding, secret, response) else {
            return Verdict::Wrong;
        };
        let found = digits_of(code, held.generator.digits)
            .and_then(|typed| held.generator.step_near(seed, typed.expose(), now, held.distances()));
        let Some((mark, drift)) = found else {
            return Verdict::Wrong;
        };
        let learned = (drift != held.drift).then(|| Box::new(Binding::HardwareOath(Held { drift, ..held.clone() })));
        Verdict::Right(Spend::Mark { mark, learned })
    }
}

#[cfg(test)]
mod tests;
