//! Strengths: named sets of combinations of what can be proven; and what the proofs of a session come to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::methods::{Authenticator, Factor, MethodKind, Strength};
use crate::people::Person;
use crate::policy::Policy;
use crate::sessions::Proof;

/// The kind of the proof that is a password.
const PASSWORD: &str = "password";
/// The kind of the proof that is a pass.
const PASS: &str = "pass";

/// One thing that a proof says of who signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// They know something.
    Knowledge,
    /// They have something.
    Possession,
    /// What they have was unlocked by them: by a gesture, a face, a code. It is a second factor of its own.
    Unlocked,
    /// It was bound to this site: a copy of the site would have got nothing.
    PhishingResistant,
    /// Somebody in charge has let them in.
    Pass,
}

/// Facts that are enough together.
pub type Combination = BTreeSet<Fact>;

/// A named strength: any one of its combinations is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its name in the API and in policies.
    pub name: String,
    /// The combinations.
    pub any_of: Vec<Combination>,
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

/// How far proofs reach, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One factor: good for registering a first method.
    OneFactor,
    /// Two different factors.
    MultiFactor,
    /// Two different factors, bound to this site.
    PhishingResistant,
}

impl Named {
    fn of(name: &str, any_of: &[&[Fact]]) -> Self {
        Self {
            name: name.to_owned(),
            any_of: any_of.iter().map(|facts| facts.iter().copied().collect()).collect(),
        }
    }

    /// Two different factors.
    pub fn multi_factor() -> Self {
        use Fact::{Knowledge, Pass, Possession, Unlocked};
        Self::of(
            "multi_factor",
            &[&[Knowledge, Possession], &[Possession, Unlocked], &[Pass]],
        )
    }

    /// Two different factors, neither of them a password.
    pub fn passwordless() -> Self {
        Self::of("passwordless", &[&[Fact::Possession, Fact::Unlocked]])
    }

    /// Two different factors, bound to this site.
    pub fn phishing_resistant() -> Self {
        use Fact::{PhishingResistant, Possession, Unlocked};
        Self::of("phishing_resistant", &[&[Possession, Unlocked, PhishingResistant]])
    }

    /// The built-in ones, weakest first.
    pub fn built_in() -> [Self; 3] {
        [Self::multi_factor(), Self::passwordless(), Self::phishing_resistant()]
    }
}

/// What one proof says. One of a kind that is not registered any more says nothing.
pub fn facts_of(proof: &Proof) -> Combination {
    match proof.kind.as_str() {
        PASSWORD => Combination::from([Fact::Knowledge]),
        PASS => Combination::from([Fact::Pass]),
        kind => {
            let mut facts = MethodKind::parse(kind).map(facts_of_kind).unwrap_or_default();
            if proof.unlocked && !facts.is_empty() {
                facts.insert(Fact::Unlocked);
            }
            facts
        }
    }
}

/// What a use of a method says, whatever it was opened by.
fn facts_of_kind(kind: MethodKind) -> Combination {
    let method = kind.method();
    let factor = match method.factor() {
        Factor::Knowledge => Fact::Knowledge,
        Factor::Possession => Fact::Possession,
        Factor::Inherence => Fact::Unlocked,
    };
    let mut facts = Combination::from([factor]);
    if method.strength() == Strength::PhishingResistant {
        // Such a method is asked with user verification required (WebAuthn Level 3 §5.8.6).
        facts.extend([Fact::PhishingResistant, Fact::Unlocked]);
    }
    facts
}

/// What all proofs say together.
pub fn facts(proofs: &[Proof]) -> Combination {
    proofs.iter().flat_map(facts_of).collect()
}

/// Whether proofs satisfy a strength, and if not, what is missing.
pub fn evaluate(proofs: &[Proof], strength: &Named) -> Evaluation {
    let proven = facts(proofs);
    let rest = |combination: &Combination| combination.difference(&proven).copied().collect::<Combination>();
    let mut missing: Vec<Combination> = strength.any_of.iter().map(rest).collect();
    missing.sort_by_key(|rest| (rest.len(), rest.clone()));
    missing.dedup();
    if missing.first().is_some_and(BTreeSet::is_empty) {
        Evaluation::Satisfied
    } else {
        Evaluation::Missing(missing)
    }
}

/// How far proofs reach. It is computed from them each time, never kept.
pub fn level(proofs: &[Proof]) -> Level {
    let enough = |strength: &Named| evaluate(proofs, strength) == Evaluation::Satisfied;
    if enough(&Named::phishing_resistant()) {
        Level::PhishingResistant
    } else if enough(&Named::multi_factor()) {
        Level::MultiFactor
    } else {
        Level::OneFactor
    }
}

/// The authentication assurance level (NIST SP 800-63B-4 §2) that proofs reach: 1 or 2. The third wants a key that provably cannot leave its
/// hardware; a proof does not say that, so it is not claimed.
pub fn assurance(proofs: &[Proof]) -> u8 {
    if level(proofs) == Level::OneFactor { 1 } else { 2 }
}

/// The `amr` of proofs (RFC 8176 §2), in the alphabet's order: of each method its own, and `mfa` where the factors are different ones.
pub fn amr(proofs: &[Proof]) -> Vec<&'static str> {
    let mut values = BTreeSet::new();
    for proof in proofs {
        match proof.kind.as_str() {
            PASSWORD => values.extend(["pwd"]),
            PASS => values.extend(["otp"]),
            kind => values.extend(
                MethodKind::parse(kind)
                    .map(|kind| kind.method().amr())
                    .unwrap_or_default(),
            ),
        }
    }
    if level(proofs) > Level::OneFactor {
        values.insert("mfa");
    }
    values.into_iter().collect()
}

/// Whether somebody in charge has let the person in.
pub fn by_pass(proofs: &[Proof]) -> bool {
    proofs.iter().any(|proof| proof.kind == PASS)
}

impl Person {
    /// How far these kinds of methods reach, each together with the password where it needs one.
    pub(crate) fn reach(kinds: impl Iterator<Item = MethodKind>) -> Level {
        let of = |kind| {
            let mut facts = facts_of_kind(kind);
            facts.insert(Fact::Knowledge);
            let reaches = |strength: Named| strength.any_of.iter().any(|needs| needs.is_subset(&facts));
            if reaches(Named::phishing_resistant()) {
                Level::PhishingResistant
            } else if reaches(Named::multi_factor()) {
                Level::MultiFactor
            } else {
                Level::OneFactor
            }
        };
        kinds.map(of).max().unwrap_or(Level::OneFactor)
    }

    /// The best level that the account can reach now.
    pub fn best_level(&self, policy: &Policy) -> Level {
        Self::reach(self.usable(policy).into_iter().map(Authenticator::kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::REGISTRY;

    fn proof(kind: &str) -> Proof {
        Proof {
            kind: kind.to_owned(),
            ..Proof::password()
        }
    }

    fn proofs(kinds: &[&str]) -> Vec<Proof> {
        kinds.iter().map(|kind| proof(kind)).collect()
    }

    #[test]
    fn a_level_follows_from_what_was_proven() {
        for (kinds, expected, reference) in [
            (&[][..], Level::OneFactor, &[][..]),
            (&["password"], Level::OneFactor, &["pwd"]),
            (&["authenticator"], Level::OneFactor, &["hwk"]),
            (&["password", "password"], Level::OneFactor, &["pwd"]),
            (&["totp", "authenticator"], Level::OneFactor, &["hwk", "otp"]),
            (&["password", "totp"], Level::MultiFactor, &["mfa", "otp", "pwd"]),
            (
                &["password", "authenticator"],
                Level::MultiFactor,
                &["hwk", "mfa", "pwd"],
            ),
            (&["pass"], Level::MultiFactor, &["mfa", "otp"]),
            (&["carrier pigeon"], Level::OneFactor, &[]),
        ] {
            let proofs = proofs(kinds);
            assert_eq!(level(&proofs), expected, "{kinds:?}");
            assert_eq!(amr(&proofs), reference, "{kinds:?}");
            assert_eq!(assurance(&proofs) == 2, expected > Level::OneFactor, "{kinds:?}");
        }
    }

    #[test]
    fn a_phone_that_was_unlocked_is_two_factors_by_itself() {
        let mut phone = proof("authenticator");
        phone.unlocked = true;
        assert_eq!(level(&[phone.clone()]), Level::MultiFactor);
        assert_eq!(evaluate(&[phone], &Named::passwordless()), Evaluation::Satisfied);
    }

    #[test]
    fn every_method_beside_the_password_is_worth_what_it_says() {
        for method in REGISTRY {
            let reached = level(&proofs(&["password", method.kind()]));
            match method.strength() {
                Strength::PhishingResistant => assert_eq!(reached, Level::PhishingResistant, "{method:?}"),
                Strength::Possession => assert_eq!(reached, Level::MultiFactor, "{method:?}"),
                Strength::Knowledge => assert_eq!(reached, Level::OneFactor, "{method:?}"),
            }
        }
    }

    #[test]
    fn what_is_missing_is_answered_the_shortest_first() {
        let by_password = proofs(&["password"]);
        assert_eq!(
            evaluate(&proofs(&["password", "totp"]), &Named::multi_factor()),
            Evaluation::Satisfied
        );
        let Evaluation::Missing(missing) = evaluate(&by_password, &Named::multi_factor()) else {
            panic!("one factor is not two")
        };
        assert_eq!(
            missing,
            [
                Combination::from([Fact::Possession]),
                Combination::from([Fact::Pass]),
                Combination::from([Fact::Possession, Fact::Unlocked]),
            ]
        );
        let Evaluation::Missing(missing) = evaluate(&proofs(&["password", "totp"]), &Named::phishing_resistant())
        else {
            panic!("a code can be phished")
        };
        assert_eq!(missing, [Combination::from([Fact::Unlocked, Fact::PhishingResistant])]);
    }

    #[test]
    fn a_pass_is_two_factors_but_neither_passwordless_nor_resistant() {
        let pass = proofs(&["pass"]);
        let [multi_factor, passwordless, resistant] = Named::built_in();
        assert_eq!(evaluate(&pass, &multi_factor), Evaluation::Satisfied);
        assert_ne!(evaluate(&pass, &passwordless), Evaluation::Satisfied);
        assert_ne!(evaluate(&pass, &resistant), Evaluation::Satisfied);
    }

    #[test]
    fn a_strength_without_combinations_lets_nobody_through() {
        let nothing = Named::of("nothing", &[]);
        assert_eq!(
            evaluate(&proofs(&["password", "totp"]), &nothing),
            Evaluation::Missing(vec![])
        );
    }
}
