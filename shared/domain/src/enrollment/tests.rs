//! Facts about ceremonies: how long they and their codes live, and what may count when they end.

use super::*;
use crate::device::octets::InstallationId;
use crate::methods::testing::{ada, generator, phone};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A person with so many code generators.
fn person(generators: usize) -> (Person, Seeded) {
    let entropy = Seeded::new("enrollment");
    let account = ada(&entropy);
    let authenticators = (0..generators).map(|_| generator(account.id, &entropy)).collect();
    (Person::new(account, authenticators), entropy)
}

fn pending(mut one: Authenticator) -> Authenticator {
    one.standing = Standing::Pending;
    one.expires_at = Some(at(900));
    one
}

fn ceremony(stage: Stage) -> Enrollment {
    let entropy = Seeded::new("ceremony");
    Enrollment::begin(
        AccountId::new(at(0), &entropy),
        None,
        stage,
        &Policy::default(),
        &entropy,
        at(0),
    )
}

/// The same phone again: another entry of one installation.
fn again(old: &Authenticator, entropy: &Seeded) -> Authenticator {
    let mut new = pending(phone(old.account, entropy));
    if let (Binding::Authenticator(new), Binding::Authenticator(old)) = (&mut new.binding, &old.binding) {
        new.installation = old.installation;
    }
    new
}

#[test]
fn a_ceremony_lives_fifteen_minutes_and_its_pairing_code_ten() {
    let ceremony = ceremony(Stage::Pairing);
    assert!(ceremony.is_open(at(899)));
    assert!(!ceremony.is_open(at(900)));
    assert_eq!(ceremony.pairing(b"pepper", &Policy::default()).expires_at, at(600));
}

#[test]
fn a_pairing_code_is_the_same_at_each_reload_and_another_for_each_ceremony_and_pepper() {
    let first = ceremony(Stage::Pairing);
    let mut second = first.clone();
    second.id = EnrollmentId::new(at(0), &Seeded::new("second"));
    let code = |ceremony: &Enrollment, pepper: &[u8]| ceremony.pairing_code(pepper).canonical().to_owned();
    assert_eq!(code(&first, b"pepper"), code(&first, b"pepper"));
    assert_ne!(code(&first, b"pepper"), code(&second, b"pepper"));
    assert_ne!(code(&first, b"pepper"), code(&first, b"other"));
}

#[test]
fn the_row_of_a_pairing_code_does_not_tell_the_code() {
    let ceremony = ceremony(Stage::Pairing);
    let (row, code) = (
        ceremony.pairing(b"pepper", &Policy::default()),
        ceremony.pairing_code(b"pepper"),
    );
    assert!(!serde_json::to_string(&row).unwrap().contains(code.canonical()));
    assert_eq!(row.id, pairing_id(b"pepper", &code));
    assert_ne!(row.id, pairing_id(b"other", &code));
}

#[test]
fn a_ceremony_binds_the_kind_that_its_stage_says() {
    let entropy = Seeded::new("kinds");
    let testing =
        ceremony(Stage::Pairing).testing(AuthenticatorId::new(at(0), &entropy), PromptId::new(at(0), &entropy));
    assert_eq!((testing.kind(), testing.version), (MethodKind::AUTHENTICATOR, 1));
    assert_eq!(ceremony(Stage::Pairing).kind(), MethodKind::AUTHENTICATOR);
    assert_eq!(
        ceremony(Stage::Seed {
            sealed_seed: "v1.sealed".to_owned()
        })
        .kind(),
        MethodKind::TOTP
    );
}

#[test]
fn what_is_activated_counts_from_then_on_and_for_ever() {
    let (person, entropy) = person(0);
    let one = pending(phone(person.account.id, &entropy));
    assert!(!one.is_usable(&Policy::default()));
    let activation = person.activate(one, &Policy::default(), at(60)).unwrap();
    let one = activation.authenticator;
    assert!(one.is_usable(&Policy::default()));
    assert_eq!((one.expires_at, one.last_used_at), (None, Some(at(60))));
    assert_eq!(
        (activation.account.default, activation.account.methods_version),
        (Some(one.id), 1)
    );
}

#[test]
fn a_default_that_is_there_stays_the_default() {
    let (mut person, entropy) = person(1);
    person.account.default = Some(person.authenticators[0].id);
    let activation = person
        .activate(pending(phone(person.account.id, &entropy)), &Policy::default(), at(60))
        .unwrap();
    assert_eq!(activation.account.default, person.account.default);
}

#[test]
fn a_default_that_is_gone_passes_to_what_is_activated() {
    let (mut person, entropy) = person(1);
    person.account.default = Some(AuthenticatorId::new(at(1), &Seeded::new("gone")));
    let activation = person
        .activate(pending(phone(person.account.id, &entropy)), &Policy::default(), at(60))
        .unwrap();
    assert_eq!(activation.account.default, Some(activation.authenticator.id));
}

#[test]
fn the_limit_holds_when_a_ceremony_ends_not_only_when_it_begins() {
    let limit = Policy::default().authenticators;
    for (bound, expected) in [
        (limit - 1, None),
        (limit, Some(Refusal::MethodLimitReached)),
        (limit + 1, Some(Refusal::MethodLimitReached)),
    ] {
        let (person, entropy) = person(bound);
        let activated = person.activate(pending(phone(person.account.id, &entropy)), &Policy::default(), at(60));
        assert_eq!(activated.err(), expected, "{bound} bound");
    }
}

#[test]
fn other_pending_ones_do_not_stand_in_the_way_of_one_that_is_done() {
    let (mut person, entropy) = person(4);
    person.authenticators.push(pending(phone(person.account.id, &entropy)));
    let mine = pending(phone(person.account.id, &entropy));
    person.authenticators.push(mine.clone());
    assert!(person.activate(mine, &Policy::default(), at(60)).is_ok());
}

#[test]
fn the_same_installation_takes_its_own_place_also_at_the_limit_and_as_the_default() {
    let (mut person, entropy) = person(4);
    let old = phone(person.account.id, &entropy);
    person.account.default = Some(old.id);
    person.authenticators.push(old.clone());
    let new = again(&old, &entropy);
    let activation = person.activate(new.clone(), &Policy::default(), at(60)).unwrap();
    assert_eq!(
        (activation.replaces, activation.account.default),
        (vec![old.id], Some(new.id))
    );
}

#[test]
fn another_installation_replaces_nothing() {
    let (mut person, entropy) = person(1);
    person.authenticators.push(phone(person.account.id, &entropy));
    let mut new = pending(phone(person.account.id, &entropy));
    if let Binding::Authenticator(phone) = &mut new.binding {
        phone.installation = InstallationId::draw(&entropy);
    }
    assert!(
        person
            .activate(new, &Policy::default(), at(60))
            .unwrap()
            .replaces
            .is_empty()
    );
}
