//! Strengths: named sets of combinations of what can be proven; and what the proofs of a session come to.

mod evidence;
mod named;
mod standing;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::methods::{Authenticator, MethodKind};
use crate::people::Person;
use crate::policy::Policy;
use crate::sessions::Proof;
use evidence::PASSWORD;
pub(crate) use evidence::at_best;
pub use evidence::{Combination, Evidence, Fact};
pub(crate) use named::is_two_factors;
pub use named::{BuiltIn, Evaluation, Named, evaluate};
pub use standing::{Standing, satisfied};

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
    /// The same, by a key that provably cannot leave its device.
    DeviceBound,
}

impl Level {
    /// How far it reaches who has shown this.
    fn of(shown: &Combination) -> Self {
        let enough = |strength: BuiltIn| named::missing(shown, &strength.any_of()) == Evaluation::Satisfied;
        if !enough(BuiltIn::PhishingResistant) {
            if enough(BuiltIn::MultiFactor) {
                Self::MultiFactor
            } else {
                Self::OneFactor
            }
        } else if shown.contains(&Evidence::Fact(Fact::DeviceBound)) {
            Self::DeviceBound
        } else {
            Self::PhishingResistant
        }
    }

    /// The authentication assurance level (NIST SP 800-63B-4 §2). The third wants a key that cannot be exported, and that nobody but the
    /// key's maker can say: it is reached where attestation has led to a root that the organization trusts, and nowhere else.
    pub const fn assurance(self) -> u8 {
        match self {
            Self::OneFactor => 1,
            Self::MultiFactor | Self::PhishingResistant => 2,
            Self::DeviceBound => 3,
        }
    }
}

/// How far proofs reach. It is computed from them each time, never kept.
pub fn level(proofs: &[Proof]) -> Level {
    Level::of(&evidence::of_proofs(proofs))
}

/// The `amr` of proofs (RFC 8176 §2), in the alphabet's order: of each method its own, and `mfa` where the factors are different ones.
pub fn amr(proofs: &[Proof]) -> Vec<&'static str> {
    let mut values = BTreeSet::new();
    for proof in proofs {
        match proof.kind.as_str() {
            PASSWORD => values.extend(["pwd"]),
            "pass" => values.extend(["otp"]),
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
    proofs.iter().any(|proof| proof.kind == MethodKind::PASS.as_str())
}

impl Person {
    /// How far these authenticators reach, each together with the password where it needs one.
    pub(crate) fn reach<'a>(authenticators: impl Iterator<Item = &'a Authenticator>) -> Level {
        let of = |one| {
            let mut shown = evidence::of_authenticator(one);
            shown.insert(Evidence::Fact(Fact::Knowledge));
            Level::of(&shown)
        };
        authenticators.map(of).max().unwrap_or(Level::OneFactor)
    }

    /// The best level that the account can reach now.
    pub fn best_level(&self, policy: &Policy) -> Level {
        Self::reach(self.usable(policy).into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::{Binding, REGISTRY, Strength};

    fn proof(kind: &str) -> Proof {
        Proof {
            kind: kind.to_owned(),
            ..Proof::password()
        }
    }

    pub(super) fn proofs(kinds: &[&str]) -> Vec<Proof> {
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
            assert_eq!(
                level(&proofs).assurance() == 2,
                expected > Level::OneFactor,
                "{kinds:?}"
            );
        }
    }

    #[test]
    fn a_phone_that_was_unlocked_is_two_factors_by_itself() {
        let mut phone = proof("authenticator");
        phone.unlocked = true;
        assert_eq!(level(&[phone.clone()]), Level::MultiFactor);
        assert_eq!(
            evaluate(&[phone], &BuiltIn::Passwordless.any_of()),
            Evaluation::Satisfied
        );
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
    fn only_a_key_that_its_maker_vouches_for_reaches_the_third_level() {
        let mut key = proof("passkey");
        assert_eq!(level(&[key.clone()]), Level::PhishingResistant);
        key.device_bound = true;
        assert_eq!(
            (level(&[key.clone()]), level(&[key]).assurance()),
            (Level::DeviceBound, 3)
        );
        // What is said of a method that binds to no site is nothing.
        let mut code = proof("totp");
        code.device_bound = true;
        assert_eq!(level(&[proof("password"), code]), Level::MultiFactor);
        for (attested, synced, bound) in [(true, false, true), (true, true, false), (false, false, false)] {
            let mut passkey = crate::methods::testing::passkey(b"key", synced);
            passkey.attested = attested;
            assert_eq!(Binding::Passkey(passkey).is_device_bound(), bound);
        }
    }
}
