//! Secrets that were handed out, passes and recovery codes: good once, whoever brings them, and not at all once there are new ones.

use std::sync::LazyLock;

use countersign_domain::enrollment::Stage;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::look_up::LookedUp;
use countersign_domain::methods::pass::{Pass, PassSettings, Wanted};
use countersign_domain::methods::recovery_codes::{CodeSet, Codes};
use countersign_domain::methods::{Authenticator, Binding, Response};
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;

use super::super::world::{ada, authenticator, ceremony, generator, now, person, stored};
use super::bringing::{At, PEPPER, one_is_let_in};
use super::{RACERS, assert_one_won, race};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

/// A pass for one session, and what somebody types hashed for it: once for all rounds, since it takes a while.
static PASS: LazyLock<(Pass, LookedUp)> = LazyLock::new(|| {
    let wanted = Wanted {
        one_time: Some(true),
        ..Wanted::default()
    };
    let terms = PassSettings::default().terms(wanted, now()).unwrap();
    let (pass, shown) = Pass::issue(terms, PEPPER, &SystemEntropy).unwrap();
    let hashed = looked_up(&Binding::Pass(pass.clone()), &shown);
    (pass, hashed)
});

fn looked_up(binding: &Binding, typed: &Secret<String>) -> LookedUp {
    LookedUp::new(PEPPER, binding.salt().unwrap(), typed).unwrap()
}

pub(in super::super) async fn one_pass_for_one_sign_in_lets_one_in(store: &impl Store) {
    let (pass, hashed) = &*PASS;
    let bind = |id| authenticator(id, Binding::Pass(pass.clone()));
    one_is_let_in(store, bind, None, Response::LookUp(hashed)).await;
}

/// Recovery codes, two of them hashed, and those that take their place.
static CODES: LazyLock<(CodeSet, [LookedUp; 2], CodeSet)> = LazyLock::new(|| {
    let (old, new) = (Codes::draw(&SystemEntropy), Codes::draw(&SystemEntropy));
    let set = old.keep(PEPPER, &SystemEntropy).unwrap();
    let (binding, shown) = (Binding::RecoveryCodes(set.clone()), old.shown());
    let hashed = [0, 9].map(|n| looked_up(&binding, &Secret::new(shown[n].clone())));
    (set, hashed, new.keep(PEPPER, &SystemEntropy).unwrap())
});

fn codes(of: AccountId) -> Authenticator {
    authenticator(of, Binding::RecoveryCodes(CODES.0.clone()))
}

pub(in super::super) async fn one_recovery_code_lets_one_in(store: &impl Store) {
    one_is_let_in(store, codes, None, Response::LookUp(&CODES.1[0])).await;
}

pub(in super::super) async fn two_recovery_codes_at_once_let_two_in(store: &impl Store) {
    let read = &ada(store, |id| vec![codes(id)]).await;
    let (set, answers) = (&read.authenticators[0], &CODES.1.each_ref().map(Response::LookUp));
    let at = &At::of(set, None);
    let brought = race(|racer| async move { at.bring(store, read, &answers[racer % 2]).await.unwrap() });
    let brought = brought.await;
    let first = brought.iter().position(|saved| *saved == Saved::Won).unwrap();
    assert_one_won(brought);
    // Who lost reads again: the same code is spent, the other one is good, once.
    for (code, good) in [(first, false), (first + 1, true), (first + 1, false)] {
        assert_eq!(at.insist(store, &answers[code % 2]).await, good);
    }
    assert_eq!(stored(store, set).await.binding.codes_left(), Some(8));
}

pub(in super::super) async fn new_recovery_codes_leave_nothing_of_the_old(store: &impl Store) {
    // Recovery codes are nobody's only method.
    let read = &ada(store, |id| vec![codes(id), generator(id)]).await;
    let old = read
        .authenticators
        .iter()
        .find(|one| one.binding.codes_left().is_some());
    let (at, account) = (&At::of(old.unwrap(), None), read.account.id);
    let new = &authenticator(account, Binding::RecoveryCodes(CODES.2.clone()));
    let sealed_codes = "v1.c2VhbGVk".to_owned();
    let renewal = &ceremony(account, Stage::Codes { sealed_codes });
    store.begin_enrollment(renewal, None).await.unwrap();
    let answers = &CODES.1.each_ref().map(Response::LookUp);
    let brought = race(|racer| async move {
        if racer != RACERS / 2 {
            return at.bring(store, read, &answers[racer % 2]).await.unwrap();
        }
        loop {
            let ada = person(store, account).await;
            let activation = ada.activate(new.clone(), &Policy::default(), now()).unwrap();
            if store.activate(&activation, renewal, None).await.unwrap() == Saved::Won {
                return Saved::Lost; // it is none of the old
            }
        }
    });
    assert!(brought.await.iter().filter(|saved| **saved == Saved::Won).count() <= 1);
    let left = person(store, account).await.authenticators;
    let sets = left.iter().filter_map(|one| Some((one.id, one.binding.codes_left()?)));
    assert_eq!(sets.collect::<Vec<_>>(), [(new.id, 10)]);
}
