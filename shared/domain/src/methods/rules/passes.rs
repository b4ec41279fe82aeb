//! What the settings of passes must be: within what the product allows, and in order.

use super::{Objection, Settings};
use crate::methods::pass::{LONGEST, LONGEST_MINUTES, PassSettings, SHORTEST, SHORTEST_MINUTES};

impl Settings for PassSettings {
    fn objections(&self) -> Vec<Objection> {
        let mut wrong = Vec::new();
        let minutes = SHORTEST_MINUTES..=LONGEST_MINUTES;
        for (field, value) in [
            ("/min_lifetime_minutes", self.min_lifetime_minutes),
            ("/max_lifetime_minutes", self.max_lifetime_minutes),
        ] {
            if !minutes.contains(&value) {
                let says = format!("A pass lives {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes.");
                wrong.push(Objection::new(field, says));
            }
        }
        if self.min_lifetime_minutes > self.max_lifetime_minutes {
            let says = "The shortest lifetime is longer than the longest.";
            wrong.push(Objection::new("/min_lifetime_minutes", says));
        }
        if !(self.min_lifetime_minutes..=self.max_lifetime_minutes).contains(&self.default_lifetime_minutes) {
            let says = "The usual lifetime lies between the shortest and the longest.";
            wrong.push(Objection::new("/default_lifetime_minutes", says));
        }
        if !(SHORTEST..=LONGEST).contains(&self.default_length) {
            let says = format!("A pass has {SHORTEST} to {LONGEST} characters.");
            wrong.push(Objection::new("/default_length", says));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(settings: PassSettings) -> Vec<String> {
        settings.objections().into_iter().map(|one| one.at).collect()
    }

    #[test]
    fn the_settings_of_passes_are_within_the_products_limits_and_in_order() {
        let usual = PassSettings::default();
        assert!(at(usual).is_empty());
        let (min_lifetime_minutes, max_lifetime_minutes) = (9, 43_201);
        let wide = PassSettings {
            min_lifetime_minutes,
            max_lifetime_minutes,
            ..usual
        };
        assert_eq!(at(wide), ["/min_lifetime_minutes", "/max_lifetime_minutes"]);
        let crossed = PassSettings {
            min_lifetime_minutes: 60,
            max_lifetime_minutes: 30,
            ..usual
        };
        assert_eq!(at(crossed), ["/min_lifetime_minutes", "/default_lifetime_minutes"]);
        let short = PassSettings {
            default_length: 7,
            ..usual
        };
        assert_eq!(at(short), ["/default_length"]);
    }
}
