//! Who may change methods: a session whose proof is fresh, as good as the account's best, and not only of methods that are new.

use jiff::Timestamp;

use crate::ids::AuthenticatorId;
use crate::methods::Authenticator;
use crate::people::Person;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::sessions::{Scope, Session};
use crate::strengths::{Level, by_pass, level};

impl Authenticator {
    /// Until when it cannot by itself change other methods. The attack: somebody with a stolen session adds a method of their own, signs in
    /// with it, and removes the member's.
    pub fn on_probation_until(&self, policy: &Policy) -> Timestamp {
        self.added_at.saturating_add(policy.probation).unwrap_or(self.added_at)
    }
}

impl Person {
    /// Whether a session may change the account's methods: `target`, or, without one, add another.
    ///
    /// A pass counts as the best proof there is, and is never on probation: it is how somebody who has lost a strong method gets back. A
    /// session that may only register a first method has nothing better to show; whether it still stands, the caller asks.
    pub fn may_change(
        &self,
        session: &Session,
        target: Option<AuthenticatorId>,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if session.scope == Scope::Registration {
            return Ok(());
        }
        if !session.is_fresh(policy, now) {
            return Err(Refusal::ReauthenticationRequired);
        }
        if by_pass(&session.proofs) {
            return Ok(());
        }
        if let Some(until) = self.on_probation_until(session, policy, now) {
            // What is new may go by its own word: nothing else is touched by it.
            if !target.is_some_and(|id| session.was_opened_with(id)) {
                return Err(Refusal::MethodOnProbation(until));
            }
        }
        if level(&session.proofs) < self.level_for_changes(policy, now) {
            return Err(Refusal::StrongerProofRequired);
        }
        Ok(())
    }

    /// The level that a change of methods needs: the best of the methods that are not new. A new one does not raise it, since it could not
    /// make the change itself; if all are new, they count.
    pub fn level_for_changes(&self, policy: &Policy, now: Timestamp) -> Level {
        let usable = self.usable(policy);
        let mut settled = usable
            .iter()
            .filter(|one| now >= one.on_probation_until(policy))
            .copied()
            .peekable();
        if settled.peek().is_some() {
            Self::reach(settled)
        } else {
            self.best_level(policy)
        }
    }

    /// If every method that opened the session is new, and the account has one that is not: when the first of them is no longer.
    fn on_probation_until(&self, session: &Session, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
        let of_session = |one: &&Authenticator| session.was_opened_with(one.id);
        let mut ends = self
            .authenticators
            .iter()
            .filter(of_session)
            .map(|one| one.on_probation_until(policy));
        let first = ends.by_ref().min()?;
        let any_settled = |one: &Authenticator| now >= one.on_probation_until(policy);
        let opened_by_settled = self.authenticators.iter().filter(of_session).any(any_settled);
        let has_settled = self.usable(policy).into_iter().any(any_settled);
        (!opened_by_settled && has_settled).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use crate::methods::testing::{ada, generator, phone};
    use crate::place::Place;
    use crate::sessions::Proof;

    const DAY: i64 = 86_400;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// Ada, with a phone and a generator of these ages in days.
    fn person(phone_days: i64, generator_days: i64, now: Timestamp) -> Person {
        let entropy = Seeded::new("changes");
        let account = ada(&entropy);
        let (mut phone, mut generator) = (phone(account.id, &entropy), generator(account.id, &entropy));
        phone.added_at = at(now.as_second() - phone_days * DAY);
        generator.added_at = at(now.as_second() - generator_days * DAY);
        Person::new(account, vec![phone, generator])
    }

    fn session(person: &Person, with: &[usize], scope: Scope, now: Timestamp) -> Session {
        let mut proofs = vec![Proof::password()];
        proofs.extend(with.iter().map(|index| {
            let one = &person.authenticators[*index];
            Proof {
                authenticator: Some(one.id),
                kind: one.kind().as_str().to_owned(),
                name: one.name.to_string(),
                ..Proof::password()
            }
        }));
        let (policy, entropy) = (Policy::default(), Seeded::new("session"));
        Session::open(
            person.account.id,
            scope,
            proofs,
            Place::default(),
            &policy,
            &entropy,
            now,
        )
        .0
    }

    fn decide(person: &Person, with: &[usize], target: Option<usize>, now: Timestamp) -> Result<(), Refusal> {
        let session = session(person, with, Scope::Full, now);
        let target = target.map(|index| person.authenticators[index].id);
        person.may_change(&session, target, &Policy::default(), now)
    }

    #[test]
    fn a_method_of_less_than_a_week_changes_no_other_and_says_until_when() {
        let now = at(100 * DAY);
        let person = person(30, 3, now);
        let refused = Err(Refusal::MethodOnProbation(at(104 * DAY)));
        assert_eq!(decide(&person, &[1], Some(0), now), refused, "it removes an older one");
        assert_eq!(decide(&person, &[1], None, now), refused, "it adds another");
        assert_eq!(decide(&person, &[1], Some(1), now), Ok(()), "it takes itself away");
        assert_eq!(decide(&person, &[0], Some(1), now), Ok(()), "the older one removes it");
        assert_eq!(
            decide(&person, &[0, 1], Some(0), now),
            Ok(()),
            "an older one stands beside it"
        );
    }

    #[test]
    fn probation_ends_to_the_second() {
        let now = at(100 * DAY);
        let person = person(30, 3, now);
        assert!(decide(&person, &[1], None, at(104 * DAY - 1)).is_err());
        assert_eq!(decide(&person, &[1], None, at(104 * DAY)), Ok(()));
    }

    #[test]
    fn an_account_whose_methods_are_all_new_goes_on() {
        let now = at(100 * DAY);
        let person = person(0, 1, now);
        assert_eq!(decide(&person, &[0], None, now), Ok(()));
        assert_eq!(decide(&person, &[1], Some(0), now), Ok(()));
    }

    #[test]
    fn an_older_method_that_cannot_be_used_keeps_nobody_waiting() {
        let now = at(100 * DAY);
        let mut person = person(30, 3, now);
        person.authenticators[0].attempts.fails = 100;
        assert_eq!(decide(&person, &[1], None, now), Ok(()));
    }

    #[test]
    fn a_stale_proof_comes_first_and_a_registering_session_has_nothing_to_show() {
        let now = at(100 * DAY);
        let person = person(30, 3, now);
        let old = session(&person, &[0], Scope::Full, at(100 * DAY - 300));
        let policy = Policy::default();
        assert_eq!(
            person.may_change(&old, None, &policy, now),
            Err(Refusal::ReauthenticationRequired)
        );
        let first = session(&person, &[], Scope::Registration, at(100 * DAY - 300));
        assert_eq!(person.may_change(&first, None, &policy, now), Ok(()));
    }

    #[test]
    fn less_than_the_accounts_best_is_not_enough_and_a_pass_is() {
        let now = at(100 * DAY);
        let person = person(30, 30, now);
        assert_eq!(decide(&person, &[], None, now), Err(Refusal::StrongerProofRequired));
        let mut session = session(&person, &[], Scope::Full, now);
        session.proofs = vec![Proof {
            kind: "pass".to_owned(),
            ..Proof::password()
        }];
        assert_eq!(person.may_change(&session, None, &Policy::default(), now), Ok(()));
    }
}
