//! Named strengths, those that are built in and an organization's own, and whether proofs satisfy one.

use serde::{Deserialize, Serialize};

use super::evidence::{self, Combination, Evidence, Fact};
use crate::names::StrengthName;
use crate::sessions::Proof;

/// A named strength: any one of its combinations is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name in the API and in policies.
    pub name: StrengthName,
    /// The combinations.
    pub any_of: Vec<Combination>,
}

/// One that is there in every organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// Two different factors.
    MultiFactor,
    /// Two different factors, neither of them a password.
    Passwordless,
    /// Two different factors, bound to this site.
    PhishingResistant,
}

/// What a strength says of some proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Evaluation {
    /// Enough.
    Satisfied,
    /// What is missing: for each combination the rest of it, the shortest first.
    Missing(Vec<Combination>),
}

impl BuiltIn {
    /// All, weakest first.
    pub const ALL: [Self; 3] = [Self::MultiFactor, Self::Passwordless, Self::PhishingResistant];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MultiFactor => "multi_factor",
            Self::Passwordless => "passwordless",
            Self::PhishingResistant => "phishing_resistant",
        }
    }

    /// Its combinations.
    pub fn any_of(self) -> Vec<Combination> {
        use Fact::{Knowledge, Pass, PhishingResistant, Possession, Unlocked};
        let combinations: &[&[Fact]] = match self {
            Self::MultiFactor => &[&[Knowledge, Possession], &[Possession, Unlocked], &[Pass]],
            Self::Passwordless => &[&[Possession, Unlocked]],
            Self::PhishingResistant => &[&[Possession, Unlocked, PhishingResistant]],
        };
        combinations.iter().map(|facts| evidence::of_facts(facts)).collect()
    }
}

/// Whether proofs are enough for any of these combinations, and if not, what is missing.
pub fn evaluate(proofs: &[Proof], any_of: &[Combination]) -> Evaluation {
    missing(&evidence::of_proofs(proofs), any_of)
}

/// The same of what was shown, or could be.
pub(super) fn missing(shown: &Combination, any_of: &[Combination]) -> Evaluation {
    let mut missing: Vec<Combination> = Vec::new();
    for combination in any_of {
        let rest = combination.difference(shown).cloned().collect();
        if !missing.contains(&rest) {
            missing.push(rest);
        }
    }
    missing.sort_by_key(Combination::len);
    if missing.first().is_some_and(Combination::is_empty) {
        Evaluation::Satisfied
    } else {
        Evaluation::Missing(missing)
    }
}

/// Whether a combination proves two different factors, whoever satisfies it.
pub(crate) fn is_two_factors(combination: &Combination) -> bool {
    let shown: Combination = combination.iter().flat_map(Evidence::at_least).collect();
    missing(&shown, &BuiltIn::MultiFactor.any_of()) == Evaluation::Satisfied
}

#[cfg(test)]
mod tests {
    use super::super::tests::proofs;
    use super::*;

    fn combination(evidence: &[&str]) -> Combination {
        evidence.iter().map(|text| Evidence::from((*text).to_owned())).collect()
    }

    fn combinations(any_of: &[&[&str]]) -> Vec<Combination> {
        any_of.iter().map(|evidence| combination(evidence)).collect()
    }

    #[test]
    fn what_is_missing_is_answered_the_shortest_first() {
        let multi_factor = BuiltIn::MultiFactor.any_of();
        assert_eq!(
            evaluate(&proofs(&["password", "totp"]), &multi_factor),
            Evaluation::Satisfied
        );
        assert_eq!(
            evaluate(&proofs(&["password"]), &multi_factor),
            Evaluation::Missing(combinations(&[&["possession"], &["pass"], &["possession", "unlocked"]]))
        );
        assert_eq!(
            evaluate(&proofs(&["password", "totp"]), &BuiltIn::PhishingResistant.any_of()),
            Evaluation::Missing(combinations(&[&["unlocked", "phishing_resistant"]]))
        );
    }

    #[test]
    fn a_strength_of_ones_own_asks_for_methods_and_for_facts() {
        let any_of = combinations(&[
            &["password", "hardware_oath"],
            &["passkey", "device_bound"],
            &["authenticator", "unlocked"],
        ]);
        let mut phone = proofs(&["authenticator"]);
        assert_eq!(
            evaluate(&phone, &any_of),
            Evaluation::Missing(combinations(&[
                &["unlocked"],
                &["password", "hardware_oath"],
                &["device_bound", "passkey"],
            ]))
        );
        phone[0].unlocked = true;
        assert_eq!(evaluate(&phone, &any_of), Evaluation::Satisfied);
        let mut key = proofs(&["passkey"]);
        assert_ne!(evaluate(&key, &any_of), Evaluation::Satisfied);
        key[0].device_bound = true;
        assert_eq!(evaluate(&key, &any_of), Evaluation::Satisfied);
        assert_eq!(
            evaluate(&proofs(&["password", "hardware_oath"]), &any_of),
            Evaluation::Satisfied
        );
        assert_ne!(evaluate(&proofs(&["password", "totp"]), &any_of), Evaluation::Satisfied);
    }

    #[test]
    fn a_pass_is_two_factors_but_neither_passwordless_nor_resistant() {
        let pass = proofs(&["pass"]);
        let satisfied = BuiltIn::ALL.map(|one| evaluate(&pass, &one.any_of()) == Evaluation::Satisfied);
        assert_eq!(satisfied, [true, false, false]);
    }

    #[test]
    fn a_strength_without_combinations_or_of_unknown_things_lets_nobody_through() {
        let all = proofs(&["password", "totp", "pass", "passkey"]);
        assert_eq!(evaluate(&all, &[]), Evaluation::Missing(vec![]));
        assert_ne!(
            evaluate(&all, &combinations(&[&["password", "carrier pigeon"]])),
            Evaluation::Satisfied
        );
        // Nor does a proof of a kind that is not known here, whoever wrote both.
        let later = proofs(&["password", "carrier pigeon"]);
        assert_ne!(
            evaluate(&later, &combinations(&[&["password", "carrier pigeon"]])),
            Evaluation::Satisfied
        );
        let gone = proofs(&["carrier pigeon", "password"]);
        assert_ne!(evaluate(&gone, &BuiltIn::MultiFactor.any_of()), Evaluation::Satisfied);
    }

    #[test]
    fn whether_a_combination_is_two_factors_is_known_before_anybody_satisfies_it() {
        for (evidence, two) in [
            (&["password", "sms"][..], true),
            (&["passkey"], true),
            (&["phishing_resistant"], true),
            (&["device_bound"], true),
            (&["pass"], true),
            (&["unlocked"], true),
            (&["authenticator", "unlocked"], true),
            (&["knowledge", "totp"], true),
            (&["authenticator"], false),
            (&["password", "knowledge"], false),
            (&["sms", "totp"], false),
            (&["carrier pigeon"], false),
            (&[], false),
        ] {
            assert_eq!(is_two_factors(&combination(evidence)), two, "{evidence:?}");
        }
    }

    #[test]
    fn evidence_is_written_as_it_was_read_whether_it_is_known_or_not() {
        let text = r#"{"name":"Desk","any_of":[["knowledge","hardware_oath"],["pass"],["added later"]]}"#;
        let named: Named = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&named).unwrap(), text);
        assert_eq!(named.any_of[1], evidence::of_facts(&[Fact::Pass]));
        assert!(Evidence::all().all(|known| Evidence::from(known.to_owned()).is_known()));
        assert!(!named.any_of[2].first().unwrap().is_known());
    }
}
