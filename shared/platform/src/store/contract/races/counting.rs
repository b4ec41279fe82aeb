//! What is counted, however many count at once.

use countersign_domain::passwords::{Bucket, Guesses};

use super::super::guesses::count;
use super::super::sendings;
use super::super::world::{ada, after, person, texts};
use super::{RACERS, assert_one_won, race};
use crate::store::{Reserved, Saved, Store};

pub(in super::super) async fn one_code_goes_out_of_many_that_are_asked_for(store: &impl Store) {
    let seen = ada(store, |id| vec![texts(id)]).await.authenticators.remove(0);
    let (code, budgets) = (sendings::code(1), [sendings::budget("number", 3)]);
    let sent = race(|_| store.send_code(&seen, &code, &budgets)).await;
    let won = sent.iter().filter(|sent| matches!(sent, Ok(Reserved::Won))).count();
    assert_eq!((won, store.sendings(&budgets[0]).await.unwrap()), (1, 1));
}

pub(in super::super) async fn a_budget_is_never_overdrawn(store: &impl Store) {
    let mut all = Vec::new();
    for _ in 0..RACERS {
        all.push(ada(store, |id| vec![texts(id)]).await.authenticators.remove(0));
    }
    let (code, budgets) = (sendings::code(1), [sendings::budget("organization", 7)]);
    let sent = race(|n| store.send_code(&all[n], &code, &budgets)).await;
    let won = sent.iter().filter(|sent| matches!(sent, Ok(Reserved::Won))).count();
    assert_eq!((won, store.sendings(&budgets[0]).await.unwrap()), (7, 7));
}

pub(in super::super) async fn one_guess_is_reserved_on_one_count(store: &impl Store) {
    for (seen, next) in [(Guesses::default(), count(1)), (count(1), count(2))] {
        let (seen, next) = (&seen, &next); // the same for all: the same password, fifty times
        let reserve = |_| async move {
            store
                .reserve_guess("name", Bucket::Familiar, seen, next, after(60))
                .await
                .unwrap()
        };
        assert_one_won(race(reserve).await);
    }
    assert_eq!(store.guesses("name", Bucket::Familiar).await.unwrap(), count(2));
}

pub(in super::super) async fn every_raise_of_an_epoch_counts(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let raised = race(|_| async { store.raise_epoch(ada.account.id).await.unwrap() }).await;
    assert!(raised.iter().all(|raised| *raised == Saved::Won));
    assert_eq!(person(store, ada.account.id).await.account.epoch, 50);
}

pub(in super::super) async fn every_failure_of_an_address_counts(store: &impl Store) {
    race(|_| async {
        store.count_address_failure("address", after(0)).await.unwrap();
    })
    .await;
    assert_eq!(store.address_failures("address", after(0)).await.unwrap(), 50);
}
