//! Issuing and revoking a pass: who may, for whom, and what goes with it.

use jiff::Timestamp;

use crate::accounts::Account;
use crate::enrollment::Activation;
use crate::ids::{AccountId, AuthenticatorId};
use crate::methods::pass::{Pass, PassStanding};
use crate::methods::{Authenticator, Binding, Family, MethodKind, Standing};
use crate::names::MethodName;
use crate::people::Person;
use crate::refusal::Refusal;
use crate::removal::Removal;

impl Person {
    /// The pass that was issued last, until its time is over.
    pub fn current_pass(&self, now: Timestamp) -> Option<(&Authenticator, &Pass)> {
        self.of(Family::Passes).find_map(|one| match &one.binding {
            Binding::Pass(pass) if pass.standing(now) != PassStanding::Over => Some((one, pass)),
            _ => None,
        })
    }

    /// Whether that administrator may issue a pass for this person. The attack: an administrator's open session that gives itself a second
    /// way in.
    pub fn may_be_issued_a_pass(&self, by: AccountId) -> Result<(), Refusal> {
        if by == self.account.id {
            Err(Refusal::PassNotForOneself)
        } else if !self.account.is_active() {
            // An invited person has a link; a pass would set no password, and the account would be in use without one.
            Err(Refusal::AccountStateConflict)
        } else if !self.may_use(MethodKind::PASS) {
            Err(Refusal::MethodNotOffered)
        } else {
            Ok(())
        }
    }

    /// A pass in place of every one before: an account has one.
    pub fn issue_pass(&self, id: AuthenticatorId, name: MethodName, pass: Pass, now: Timestamp) -> Activation {
        let replaces = self.of(Family::Passes).map(|old| old.id).collect();
        let ends_at = pass.ends_at;
        let bound = Authenticator::bound(id, self.account.id, name, Binding::Pass(pass), now);
        Activation {
            authenticator: Authenticator {
                standing: Standing::Active,
                expires_at: Some(ends_at),
                ..bound
            },
            account: self.changed(),
            replaces,
        }
    }

    /// The pass goes, whether it can still be used or not.
    pub fn revoke_pass(&self) -> Result<Removal, Refusal> {
        let pass = self.of(Family::Passes).next().ok_or(Refusal::PassNotFound)?;
        Ok(Removal {
            authenticator: pass.clone(),
            account: self.changed(),
        })
    }

    fn changed(&self) -> Account {
        let mut account = self.account.clone();
        account.methods_version += 1;
        account
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Status;
    use crate::entropy::Seeded;
    use crate::methods::pass::{PassSettings, Wanted};
    use crate::methods::testing::{ada, generator};
    use crate::policy::Policy;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn issued(person: &Person, seed: &str) -> Person {
        let entropy = Seeded::new(seed);
        let terms = PassSettings::default().terms(Wanted::default(), NOW).unwrap();
        let (pass, _) = Pass::issue(terms, b"pepper", &entropy).unwrap();
        let id = AuthenticatorId::new(NOW, &entropy);
        let activation = person.issue_pass(id, "Pass".parse().unwrap(), pass, NOW);
        let mut after = person.clone();
        after
            .authenticators
            .retain(|one| !activation.replaces.contains(&one.id));
        after.authenticators.push(activation.authenticator);
        after.account = activation.account;
        after
    }

    #[test]
    fn nobody_issues_a_pass_to_themselves_nor_to_an_account_that_is_not_in_use() {
        let entropy = Seeded::new("passes");
        let mut person = Person::new(ada(&entropy), Vec::new());
        let other = AccountId::new(NOW, &entropy);
        assert_eq!(person.may_be_issued_a_pass(other), Ok(()));
        let oneself = person.may_be_issued_a_pass(person.account.id);
        assert_eq!(oneself, Err(Refusal::PassNotForOneself));
        for status in [Status::Invited, Status::Disabled] {
            person.account.status = status;
            assert_eq!(person.may_be_issued_a_pass(other), Err(Refusal::AccountStateConflict));
        }
    }

    #[test]
    fn a_new_pass_replaces_the_one_before_and_neither_is_among_what_the_account_has() {
        let entropy = Seeded::new("passes");
        let bare = Person::new(ada(&entropy), Vec::new());
        let once = issued(&bare, "one");
        let twice = issued(&once, "two");
        assert_eq!((once.authenticators.len(), twice.authenticators.len()), (1, 1));
        assert_ne!(once.authenticators[0].id, twice.authenticators[0].id);
        let policy = Policy::default();
        assert!(!twice.has_second_factor() && twice.usable(&policy).is_empty());
        assert_eq!(twice.passes(&policy, NOW).count(), 1);
        assert!(
            twice
                .offers(&policy, NOW)
                .iter()
                .all(|(kind, _)| *kind != MethodKind::PASS)
        );
    }

    #[test]
    fn a_pass_does_not_let_the_last_method_go() {
        let entropy = Seeded::new("passes");
        let account = ada(&entropy);
        let only = generator(account.id, &entropy);
        let id = only.id;
        let person = issued(&Person::new(account, vec![only]), "one");
        let refused = person.remove(id, &Policy::default()).unwrap_err();
        assert_eq!(refused, Refusal::MethodLastOrRequired);
    }

    #[test]
    fn a_pass_whose_time_is_over_is_none_but_can_be_revoked() {
        let person = issued(&Person::new(ada(&Seeded::new("ada")), Vec::new()), "one");
        assert!(person.current_pass(NOW).is_some());
        let over = Timestamp::from_second(3_600).unwrap();
        assert!(person.current_pass(over).is_none());
        assert_eq!(person.passes(&Policy::default(), over).count(), 0);
        assert!(person.revoke_pass().is_ok());
        let bare = Person::new(ada(&Seeded::new("ada")), Vec::new());
        assert_eq!(bare.revoke_pass().unwrap_err(), Refusal::PassNotFound);
    }
}
