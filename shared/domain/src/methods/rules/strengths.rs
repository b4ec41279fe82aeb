//! What the organization's own strengths must be: few, named apart, of known things, two factors each, and within somebody's reach.

use std::collections::BTreeSet;

use super::checks::kinds;
use super::{MethodsPolicy, Objection};
use crate::methods::passkey::AttestationRule;
use crate::strengths::{BuiltIn, Combination, Evidence, Fact, at_best, is_two_factors};

/// The most strengths of one's own.
const MOST_STRENGTHS: usize = 15;

/// The most combinations of one of them.
const MOST_COMBINATIONS: usize = 20;

impl MethodsPolicy {
    pub(super) fn check_strengths(&self, wrong: &mut Vec<Objection>) {
        if self.strengths.len() > MOST_STRENGTHS {
            let says = format!(
                "There are {} strengths. At most {MOST_STRENGTHS} are allowed.",
                self.strengths.len()
            );
            wrong.push(Objection::new("/strengths", says));
        }
        let provable = self.provable();
        let mut names: BTreeSet<String> = BuiltIn::ALL.iter().map(|one| one.as_str().to_owned()).collect();
        for (n, one) in self.strengths.iter().enumerate().take(MOST_STRENGTHS) {
            let at = format!("/strengths/{n}");
            if !names.insert(one.name.as_str().to_lowercase()) {
                let says = format!(
                    "There is a strength called {} already. Give this one another name.",
                    one.name
                );
                wrong.push(Objection::new(format!("{at}/name"), says));
            }
            check_combinations(&one.any_of, &format!("{at}/any_of"), &provable, wrong);
        }
    }

    /// All that the methods that are on can prove. That a key cannot leave its device is proven by attestation alone.
    fn provable(&self) -> Combination {
        let on = kinds().filter(|(_, kind)| self.audience(*kind).enabled);
        let mut provable: Combination = on.flat_map(|(_, kind)| at_best(kind)).collect();
        provable.extend(Evidence::password().at_least());
        if self.passkey.settings.attestation == AttestationRule::None {
            provable.remove(&Evidence::Fact(Fact::DeviceBound));
        }
        provable
    }
}

fn check_combinations(any_of: &[Combination], at: &str, provable: &Combination, wrong: &mut Vec<Objection>) {
    let count = any_of.len();
    if count == 0 || count > MOST_COMBINATIONS {
        let says =
            format!("There are {count} combinations. There has to be one, and there may be {MOST_COMBINATIONS}.");
        return wrong.push(Objection::new(at, says));
    }
    let flaws = any_of.iter().enumerate().filter_map(|(n, combination)| {
        let says = flaw(combination)?;
        Some(Objection::new(format!("{at}/{n}"), says))
    });
    let before = wrong.len();
    wrong.extend(flaws);
    if wrong.len() == before && !any_of.iter().any(|combination| combination.is_subset(provable)) {
        let says = "Nobody could reach it: each combination needs a method that is off, or device_bound, which takes \
                    passkeys whose attestation is required.";
        wrong.push(Objection::new(at, says));
    }
}

/// What is wrong with a combination.
fn flaw(combination: &Combination) -> Option<String> {
    if let Some(unknown) = combination.iter().find(|evidence| !evidence.is_known()) {
        let short: String = unknown.as_str().chars().take(64).collect();
        let known: Vec<&str> = Evidence::all().collect();
        return Some(format!("{short:?} is not known. Known: {}.", known.join(", ")));
    }
    let enough = is_two_factors(combination);
    (!enough)
        .then(|| "This is not two factors. Each combination proves at least what multi_factor asks for.".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// What is said of a policy with these strengths, and nothing else changed but `off`.
    fn objections(strengths: Value, off: &[&str]) -> Vec<(String, String)> {
        let mut given = serde_json::to_value(MethodsPolicy::default()).unwrap();
        given["strengths"] = strengths;
        for kind in off {
            given[*kind]["enabled"] = json!(false);
        }
        let policy: MethodsPolicy = serde_json::from_value(given.clone()).unwrap();
        let wrong = policy.edited(&given).err().unwrap_or_default();
        wrong.into_iter().map(|one| (one.at, one.says)).collect()
    }

    fn one(any_of: &Value) -> Value {
        json!([{ "name": "Desk", "any_of": any_of }])
    }

    #[test]
    fn strengths_of_ones_own_are_kept() {
        let two = json!([
            { "name": "Desk", "any_of": [["password", "hardware_oath"], ["passkey"]] },
            { "name": "Keys that stay", "any_of": [["passkey", "device_bound"], ["pass"]] },
        ]);
        assert_eq!(objections(two, &[]), []);
    }

    #[test]
    fn what_is_wrong_with_a_strength_is_told_by_its_place() {
        for (strengths, at, part) in [
            (one(&json!([])), "/strengths/0/any_of", "There are 0 combinations"),
            (one(&json!([[]])), "/strengths/0/any_of/0", "not two factors"),
            (
                one(&json!([["passkey"], ["password"]])),
                "/strengths/0/any_of/1",
                "not two factors",
            ),
            (
                one(&json!([["sms", "totp"]])),
                "/strengths/0/any_of/0",
                "not two factors",
            ),
            (
                one(&json!([["pigeon"]])),
                "/strengths/0/any_of/0",
                "\"pigeon\" is not known. Known: knowledge,",
            ),
            (
                one(&json!(vec![["passkey"]; 21])),
                "/strengths/0/any_of",
                "There are 21",
            ),
            (
                json!([{ "name": "Desk", "any_of": [["passkey"]] }, { "name": "desk", "any_of": [["pass"]] }]),
                "/strengths/1/name",
                "called desk already",
            ),
            (
                json!([{ "name": "Multi_Factor", "any_of": [["passkey"]] }]),
                "/strengths/0/name",
                "already",
            ),
            (
                json!([{ "name": "Desk", "any_of": [["passkey"]], "anyof": [] }]),
                "/strengths/0/anyof",
                "not known",
            ),
            (
                json!(
                    (0..16)
                        .map(|n| json!({ "name": format!("s{n}"), "any_of": [["passkey"]] }))
                        .collect::<Vec<_>>()
                ),
                "/strengths",
                "There are 16",
            ),
        ] {
            let found = objections(strengths.clone(), &[]);
            assert!(
                found.len() == 1 && found[0].0 == at && found[0].1.contains(part),
                "{strengths}: {found:?}"
            );
        }
    }

    #[test]
    fn a_strength_that_nobody_could_reach_is_refused() {
        let codes = one(&json!([["password", "totp"], ["passkey"]]));
        assert_eq!(objections(codes.clone(), &["totp"]), []);
        let found = objections(codes, &["totp", "passkey"]);
        assert!(
            found.len() == 1 && found[0].1.starts_with("Nobody could reach it"),
            "{found:?}"
        );
        for (combination, off) in [
            (json!([["pass"]]), &["pass"][..]),
            (json!([["phishing_resistant"]]), &["passkey"]),
            (json!([["unlocked"]]), &["passkey", "authenticator"]),
            (json!([["passkey", "device_bound"]]), &[]),
        ] {
            let found = objections(one(&combination), off);
            assert!(
                found.iter().any(|(at, _)| at == "/strengths/0/any_of"),
                "{combination}: {found:?}"
            );
        }
    }
}
