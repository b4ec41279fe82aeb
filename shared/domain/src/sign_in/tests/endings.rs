//! Facts about what takes a sign-in back before it is a session.

use super::{ada, at, choosing, verified};
use crate::accounts::{Account, Status};
use crate::entropy::Seeded;
use crate::people::Person;
use crate::place::Place;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::sessions::{Scope, Session};
use crate::sign_in::Verified;

/// A change, and whether a sign-in survives it.
type Change = (&'static str, fn(&mut Person), bool);

#[test]
fn a_sign_in_is_over_when_its_time_the_account_or_the_epoch_is() {
    let person = ada();
    let sign_in = choosing(&person);
    let checked = |change: fn(&mut Account), now| {
        let mut account = person.account.clone();
        change(&mut account);
        sign_in.check(&account, at(now))
    };
    let over = Err(Refusal::SignInNotUnderWay);
    assert_eq!(checked(|_| (), 599), Ok(()));
    assert_eq!(checked(|_| (), 600), over);
    assert_eq!(checked(|account| account.status = Status::Disabled, 1), over);
    assert_eq!(checked(|account| account.epoch += 1, 1), over);
}

#[test]
fn what_changed_before_the_session_was_saved_takes_it_back() {
    let policy = Policy::default();
    let changes: [Change; 6] = [
        ("nothing", |_| (), true),
        (
            "a method that was not used",
            |person| drop(person.authenticators.remove(0)),
            true,
        ),
        (
            "the method that was used",
            |person| drop(person.authenticators.remove(1)),
            false,
        ),
        (
            "its being disabled",
            |person| person.authenticators[1].attempts.fails = 100,
            false,
        ),
        ("signing out everywhere", |person| person.account.epoch += 1, false),
        (
            "the account's being disabled",
            |person| person.account.status = Status::Disabled,
            false,
        ),
    ];
    for (what, change, holds) in changes {
        let mut person = ada();
        let verified = verified(&person);
        change(&mut person);
        assert_eq!(verified.still_holds(Some(&person), &policy).is_ok(), holds, "{what}");
    }
    assert_eq!(
        verified(&ada()).still_holds(None, &policy),
        Err(Refusal::SignInNotUnderWay)
    );
}

/// The attack: a session by the password alone that binds a first method while all sessions are ended.
#[test]
fn a_first_method_is_worth_a_session_only_under_the_epoch_of_the_session_that_bound_it() {
    let (mut person, policy) = (ada(), Policy::default());
    let (id, place, entropy) = (person.account.id, Place::default(), Seeded::new("registering"));
    let registering = Session::open(id, Scope::Registration, Vec::new(), place, &policy, &entropy, at(0)).0;
    let verified = Verified::by_first_enrollment(&registering.under(0), &person.authenticators[1]);
    assert_eq!(
        (verified.scope(), verified.still_holds(Some(&person), &policy)),
        (Scope::Full, Ok(()))
    );
    person.account.epoch += 1;
    assert_eq!(
        verified.still_holds(Some(&person), &policy),
        Err(Refusal::SignInNotUnderWay)
    );
}
