//! Readiness: what happens to an account if its member's phone is lost today, which is the weakest way in, and what to add.

use jiff::Timestamp;

use crate::methods::{Authenticator, MethodKind, Strength, Whereabouts};
use crate::people::{Offered, Person};
use crate::policy::Policy;

/// What there is to say.
#[derive(Debug)]
pub struct Readiness<'a> {
    /// What happens if the phone is lost.
    pub phone_lost: PhoneLost<'a>,
    /// The weakest way in; none if there is none.
    pub weakest: Option<&'a Authenticator>,
    /// What to add, the most useful first.
    pub add: Vec<Advice>,
}

/// What happens if the phone is lost.
#[derive(Debug)]
pub enum PhoneLost<'a> {
    /// Nothing of the account is on a phone.
    NoPhone,
    /// These are left.
    StillIn(Vec<&'a Authenticator>),
    /// Nothing is left: the help desk has to let the member in.
    LockedOut,
}

/// A method to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Which.
    pub kind: MethodKind,
    /// Why.
    pub why: Why,
}

/// Why a method should be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is no method yet.
    First,
    /// Losing the phone would lock the member out.
    PhoneLost,
    /// No method withstands a false page.
    Phishing,
    /// There is no spare for the day when all else is gone.
    Spare,
}

impl Person {
    /// How the account stands. Only what policy gives it now is advised.
    pub fn readiness(&self, policy: &Policy, now: Timestamp) -> Readiness<'_> {
        let usable = self.usable(policy);
        let phone_lost = phone_lost(&usable);
        let offered: Vec<MethodKind> = self
            .offers(policy, now)
            .into_iter()
            .filter(|(_, offered)| *offered == Offered::Yes)
            .map(|(kind, _)| kind)
            .collect();
        Readiness {
            add: advice(&usable, &phone_lost, &offered),
            weakest: weakest(&usable),
            phone_lost,
        }
    }
}

/// Of several phones one is lost; whatever else can be on a phone is taken to be on that one.
fn phone_lost<'a>(usable: &[&'a Authenticator]) -> PhoneLost<'a> {
    let is = |one: &&&Authenticator, where_to: Whereabouts| one.method().whereabouts() == where_to;
    let mut phones: Vec<&Authenticator> = usable
        .iter()
        .filter(|one| is(one, Whereabouts::Phone))
        .copied()
        .collect();
    let on_phone = usable.iter().any(|one| is(&one, Whereabouts::OnPhone));
    if phones.is_empty() && !on_phone {
        return PhoneLost::NoPhone;
    }
    phones.pop();
    let apart = usable.iter().filter(|one| is(one, Whereabouts::Apart)).copied();
    let left: Vec<&Authenticator> = phones.into_iter().chain(apart).collect();
    if left.is_empty() {
        PhoneLost::LockedOut
    } else {
        PhoneLost::StillIn(left)
    }
}

/// The one that is worth least; a spare, which lies in a drawer, only where there is nothing else.
fn weakest<'a>(usable: &[&'a Authenticator]) -> Option<&'a Authenticator> {
    let worth = |one: &&&'a Authenticator| {
        let (method, rank) = (one.method(), one.kind().rank());
        (method.is_spare(), method.strength(), std::cmp::Reverse(rank))
    };
    usable.iter().min_by_key(worth).copied()
}

fn advice(usable: &[&Authenticator], lost: &PhoneLost<'_>, offered: &[MethodKind]) -> Vec<Advice> {
    let first = |fits: &dyn Fn(MethodKind) -> bool| offered.iter().copied().find(|kind| fits(*kind));
    let resistant = |kind: MethodKind| kind.method().strength() == Strength::PhishingResistant;
    let spare = |kind: MethodKind| kind.method().is_spare();
    let at = |kind: MethodKind| kind.method().whereabouts();
    let mut advice: Vec<Advice> = Vec::new();
    let mut say = |kind: Option<MethodKind>, why| {
        if let Some(kind) = kind.filter(|kind| advice.iter().all(|said: &Advice| said.kind != *kind)) {
            advice.push(Advice { kind, why });
        }
    };
    if usable.iter().all(|one| one.method().is_spare()) {
        say(first(&|kind| !spare(kind)), Why::First);
    }
    if matches!(lost, PhoneLost::LockedOut) {
        let apart = first(&|kind| at(kind) == Whereabouts::Apart && !spare(kind));
        let other = || first(&|kind| at(kind) == Whereabouts::Phone);
        say(apart.or_else(|| first(&spare)).or_else(other), Why::PhoneLost);
    }
    if !usable.iter().any(|one| resistant(one.kind())) {
        say(first(&resistant), Why::Phishing);
    }
    if !usable.iter().any(|one| spare(one.kind())) {
        say(first(&spare), Why::Spare);
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use crate::methods::testing::{ada, generator, phone};

    fn person(phones: usize, generators: usize) -> Person {
        let entropy = Seeded::new("readiness");
        let account = ada(&entropy);
        let mut bound: Vec<_> = (0..phones).map(|_| phone(account.id, &entropy)).collect();
        bound.extend((0..generators).map(|_| generator(account.id, &entropy)));
        Person::new(account, bound)
    }

    fn told(person: &Person) -> (String, Option<&'static str>, Vec<(&'static str, Why)>) {
        let readiness = person.readiness(&Policy::default(), Timestamp::UNIX_EPOCH);
        let lost = match readiness.phone_lost {
            PhoneLost::NoPhone => "no phone".to_owned(),
            PhoneLost::LockedOut => "locked out".to_owned(),
            PhoneLost::StillIn(left) => format!("{} left", left.len()),
        };
        let add = readiness.add.iter().map(|one| (one.kind.as_str(), one.why)).collect();
        (lost, readiness.weakest.map(|one| one.kind().as_str()), add)
    }

    #[test]
    fn what_is_on_one_phone_goes_with_it() {
        for (phones, generators, lost, weakest) in [
            (0, 0, "no phone", None),
            (1, 0, "locked out", Some("authenticator")),
            (0, 1, "locked out", Some("totp")),
            (1, 1, "locked out", Some("totp")),
            (2, 0, "1 left", Some("authenticator")),
            (2, 2, "1 left", Some("totp")),
            (3, 0, "2 left", Some("authenticator")),
        ] {
            let person = person(phones, generators);
            let told = told(&person);
            assert_eq!(
                (told.0.as_str(), told.1),
                (lost, weakest),
                "{phones} phones, {generators} generators"
            );
        }
    }

    #[test]
    fn who_would_be_locked_out_is_told_what_to_add_and_only_what_policy_gives() {
        let told = told(&person(1, 0)).2;
        assert!(told.iter().any(|(_, why)| *why == Why::PhoneLost), "{told:?}");
        let mut barred = person(1, 0);
        let mut rules = crate::methods::rules::MethodsPolicy::default();
        let written = serde_json::to_value(&rules).unwrap();
        for method in crate::methods::REGISTRY
            .iter()
            .filter(|one| one.kind() != "authenticator")
        {
            let mut off = written[method.kind()].clone();
            off["enabled"] = false.into();
            let mut all = serde_json::to_value(&rules).unwrap();
            all[method.kind()] = off;
            rules = serde_json::from_value(all).unwrap();
        }
        barred.rules = std::sync::Arc::new(rules);
        let offered = barred.readiness(&Policy::default(), Timestamp::UNIX_EPOCH).add;
        assert_eq!(
            offered,
            [Advice {
                kind: MethodKind::AUTHENTICATOR,
                why: Why::PhoneLost
            }]
        );
    }

    #[test]
    fn who_has_nothing_is_told_the_strongest_that_there_is() {
        let told = told(&person(0, 0)).2;
        assert_eq!(told[0].1, Why::First);
    }
}
