//! The settings of the methods that send codes to phone numbers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Objection, Settings};
use crate::phone_numbers::{Country, PhoneNumber};

/// What is sent to phone numbers, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneSettings {
    /// The countries whose numbers may be added and sent to. None is named by default: each one opens a door to those who earn by messages
    /// to costly numbers, so the organization names its own.
    pub countries: BTreeSet<Country>,
    /// How many are sent a day (UTC) in the whole organization.
    pub a_day: u32,
}

impl Default for PhoneSettings {
    fn default() -> Self {
        Self {
            countries: BTreeSet::new(),
            a_day: 1000,
        }
    }
}

impl PhoneSettings {
    /// Whether codes go to that number.
    pub fn allow(&self, number: &PhoneNumber) -> bool {
        self.countries.contains(&number.country())
    }
}

impl Settings for PhoneSettings {
    fn objections(&self) -> Vec<Objection> {
        let unknown = |(place, country): (usize, &Country)| {
            let says = format!("{country} has no phone numbers of its own. Use the two letters of ISO 3166-1.");
            country
                .calling_code()
                .is_none()
                .then(|| Objection::new(format!("/countries/{place}"), says))
        };
        self.countries.iter().enumerate().filter_map(unknown).collect()
    }

    /// Without a country nothing can be sent.
    fn are_usable(&self) -> bool {
        !self.countries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(countries: &[&str]) -> PhoneSettings {
        PhoneSettings {
            countries: countries.iter().map(|code| code.parse().unwrap()).collect(),
            ..PhoneSettings::default()
        }
    }

    #[test]
    fn a_country_without_numbers_is_objected_to_by_its_place() {
        assert_eq!(settings(&["DE", "PT"]).objections(), []);
        let wrong = settings(&["DE", "QQ"]).objections();
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].at, "/countries/1");
        assert!(wrong[0].says.starts_with("QQ has no phone numbers"));
    }

    #[test]
    fn without_a_country_nothing_is_sent() {
        assert!(!PhoneSettings::default().are_usable());
        assert!(settings(&["DE"]).are_usable());
    }
}
