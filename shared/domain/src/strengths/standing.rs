//! How an account and a session stand to each strength: those that are built in, then the organization's own.

use super::evidence::{self, Combination, Evidence};
use super::named::{self, BuiltIn, Evaluation, Named};
use crate::people::Person;
use crate::policy::Policy;
use crate::sessions::Proof;

/// How an account stands to one strength.
#[derive(Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether every organization has it.
    pub built_in: bool,
    /// Whether the account's methods are enough for it, and if not, what to add.
    pub account: Evaluation,
}

/// Every strength, with its combinations.
fn all(own: &[Named]) -> impl Iterator<Item = (&str, bool, Vec<Combination>)> {
    let built_in = BuiltIn::ALL.into_iter().map(|one| (one.as_str(), true, one.any_of()));
    built_in.chain(own.iter().map(|one| (one.name.as_str(), false, one.any_of.clone())))
}

/// The names of the strengths that these proofs satisfy.
pub fn satisfied<'a>(proofs: &[Proof], own: &'a [Named]) -> Vec<&'a str> {
    all(own)
        .filter(|(_, _, any_of)| named::evaluate(proofs, any_of) == Evaluation::Satisfied)
        .map(|(name, ..)| name)
        .collect()
}

impl Person {
    /// How the account stands to each strength: by all that it can use now, the password among it. A pass does not count, since it comes and
    /// goes by an administrator's hand.
    pub fn strengths(&self, policy: &Policy) -> Vec<Standing<'_>> {
        let shown = self.can_show(policy);
        all(&self.rules.strengths)
            .map(|(name, built_in, any_of)| Standing {
                name,
                built_in,
                account: named::missing(&shown, &any_of),
            })
            .collect()
    }

    fn can_show(&self, policy: &Policy) -> Combination {
        let usable = self.usable(policy).into_iter();
        let mut shown: Combination = usable.flat_map(evidence::of_authenticator).collect();
        if self.account.password_set_at.is_some() {
            shown.extend(Evidence::password().at_least());
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::proofs;
    use super::*;
    use crate::entropy::Seeded;
    use crate::methods::rules::MethodsPolicy;
    use crate::methods::testing::{ada, generator, phone};

    const DESK: &str = r#"[{"name":"Desk","any_of":[["password","totp"],["passkey"]]}]"#;

    fn own() -> Vec<Named> {
        serde_json::from_str(DESK).unwrap()
    }

    #[test]
    fn a_session_satisfies_what_its_proofs_are_enough_for() {
        let own = own();
        for (kinds, expected) in [
            (&["password"][..], &[][..]),
            (&["password", "sms"], &["multi_factor"]),
            (&["password", "totp"], &["multi_factor", "Desk"]),
            (
                &["passkey"],
                &["multi_factor", "passwordless", "phishing_resistant", "Desk"],
            ),
        ] {
            assert_eq!(satisfied(&proofs(kinds), &own), expected, "{kinds:?}");
        }
    }

    #[test]
    fn an_account_is_told_what_each_strength_still_wants_of_it() {
        let entropy = Seeded::new("standing");
        let account = ada(&entropy);
        let bound = vec![phone(account.id, &entropy), generator(account.id, &entropy)];
        let mut person = Person::new(account, bound);
        person.rules = Arc::new(MethodsPolicy {
            strengths: own(),
            ..MethodsPolicy::default()
        });
        let stands = |person: &Person| -> Vec<(String, bool)> {
            let all = person.strengths(&Policy::default()).into_iter();
            all.map(|one| (one.name.to_owned(), one.account == Evaluation::Satisfied))
                .collect()
        };
        person.account.password_set_at = Some(person.account.created_at);
        let found = stands(&person);
        assert_eq!(found.len(), 4);
        assert!(found.contains(&("Desk".to_owned(), true)), "{found:?}");
        assert!(found.contains(&("phishing_resistant".to_owned(), false)), "{found:?}");
        person.account.password_set_at = None;
        assert!(stands(&person).contains(&("Desk".to_owned(), false)));
        let Evaluation::Missing(missing) = &person.strengths(&Policy::default())[3].account else {
            panic!("nobody knows a password")
        };
        let missing: Vec<Vec<&str>> = missing
            .iter()
            .map(|rest| rest.iter().map(Evidence::as_str).collect())
            .collect();
        assert_eq!(missing, [["password"], ["passkey"]]);
    }
}
