//! Facts about removals: what may go, what is asked first afterwards, and which sessions end.

use jiff::Timestamp;

use super::*;
use crate::entropy::Seeded;
use crate::methods::testing::{ada, generator, phone};
use crate::place::Place;
use crate::sessions::{Proof, Scope};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A person with so many phones and then so many generators, each a second younger than the one before.
fn person(phones: usize, generators: usize) -> Person {
    let entropy = Seeded::new("removal");
    let account = ada(&entropy);
    let id = account.id;
    let bound = (0..phones)
        .map(|_| phone(id, &entropy))
        .chain((0..generators).map(|_| generator(id, &entropy)));
    let mut authenticators: Vec<Authenticator> = bound.collect();
    for (second, one) in (0..).zip(&mut authenticators) {
        one.added_at = at(second);
    }
    Person::new(account, authenticators)
}

fn removed(person: &Person, place: usize) -> Result<Removal, Refusal> {
    person.remove(person.authenticators[place].id, &Policy::default())
}

#[test]
fn the_last_one_stays() {
    assert_eq!(removed(&person(0, 1), 0).unwrap_err(), Refusal::MethodLastOrRequired);
    assert_eq!(removed(&person(1, 0), 0).unwrap_err(), Refusal::MethodLastOrRequired);
    assert!(removed(&person(1, 1), 0).is_ok());
}

#[test]
fn what_cannot_prove_anything_does_not_count_as_another() {
    let mut pending = person(1, 1);
    pending.authenticators[1].standing = Standing::Pending;
    assert_eq!(removed(&pending, 0).unwrap_err(), Refusal::MethodLastOrRequired);
    let mut disabled = person(1, 1);
    disabled.authenticators[1].attempts.fails = 100;
    assert_eq!(removed(&disabled, 0).unwrap_err(), Refusal::MethodLastOrRequired);
}

#[test]
fn one_that_guesses_have_disabled_can_be_removed_and_bound_again() {
    let mut person = person(1, 1);
    person.authenticators[1].attempts.fails = 100;
    assert!(removed(&person, 1).is_ok());
}

#[test]
fn what_is_not_there_or_not_in_use_is_not_found() {
    let mut person = person(1, 2);
    let gone = person.authenticators.pop().unwrap().id;
    assert_eq!(
        person.remove(gone, &Policy::default()).unwrap_err(),
        Refusal::MethodNotFound
    );
    person.authenticators[0].standing = Standing::Pending;
    assert_eq!(removed(&person, 0).unwrap_err(), Refusal::MethodNotFound);
}

#[test]
fn the_default_passes_to_the_strongest_and_then_the_oldest_that_is_left() {
    let mut person = person(3, 1);
    person.account.default = Some(person.authenticators[0].id);
    assert_eq!(
        removed(&person, 0).unwrap().account.default,
        Some(person.authenticators[1].id)
    );
    person.authenticators.swap(1, 2);
    assert_eq!(
        removed(&person, 0).unwrap().account.default,
        Some(person.authenticators[2].id)
    );
}

#[test]
fn another_default_stays_and_the_change_is_counted() {
    let mut person = person(1, 1);
    person.account.default = Some(person.authenticators[1].id);
    let removal = removed(&person, 0).unwrap();
    assert_eq!(
        (removal.account.default, removal.account.methods_version),
        (person.account.default, 1)
    );
}

#[test]
fn only_the_sessions_that_it_opened_end_with_it() {
    let person = person(1, 1);
    let entropy = Seeded::new("sessions");
    let session = |by: Option<&Authenticator>| {
        let proof = |one: &Authenticator| Proof {
            authenticator: Some(one.id),
            kind: one.kind().as_str().to_owned(),
            name: one.name.to_string(),
            unlocked: false,
            device_bound: false,
        };
        let proofs = std::iter::once(Proof::password()).chain(by.map(proof)).collect();
        Session::open(
            person.account.id,
            Scope::Full,
            proofs,
            Place::default(),
            &Policy::default(),
            &entropy,
            at(0),
        )
        .0
    };
    let [phone, generator] = [&person.authenticators[0], &person.authenticators[1]];
    let sessions = [
        session(None),
        session(Some(phone)),
        session(Some(generator)),
        session(Some(phone)),
    ];
    let ended: Vec<_> = sessions_of(&sessions, phone.id).map(|one| one.id.clone()).collect();
    assert_eq!(ended, [sessions[1].id.clone(), sessions[3].id.clone()]);
}
