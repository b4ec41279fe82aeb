//! Facts of counting wrong passwords.

use countersign_domain::attempts::Attempts;
use countersign_domain::passwords::{Bucket, Guesses};

use super::world::after;
use crate::store::{Saved, Store};

const NAME: &str = "keyed-hash-of-a-name";

/// A count after so many wrong passwords.
pub(super) fn count(fails: u32) -> Guesses {
    let blocked_until = (fails > 2).then(|| after(60));
    Guesses {
        attempts: Attempts { fails, blocked_until },
        wrong: vec![format!("hash {fails}")],
    }
}

async fn reserve(store: &impl Store, seen: &Guesses, next: &Guesses) -> Saved {
    store
        .reserve_guess(NAME, Bucket::Unfamiliar, seen, next, after(3600))
        .await
        .unwrap()
}

pub(super) async fn a_guess_is_reserved_only_on_the_count_that_is_stored(store: &impl Store) {
    let none = Guesses::default();
    assert_eq!(store.guesses(NAME, Bucket::Unfamiliar).await.unwrap(), none);
    assert_eq!(reserve(store, &none, &count(1)).await, Saved::Won);
    assert_eq!(reserve(store, &none, &count(1)).await, Saved::Lost);
    assert_eq!(reserve(store, &count(2), &count(3)).await, Saved::Lost);
    for fails in 1..5 {
        assert_eq!(reserve(store, &count(fails), &count(fails + 1)).await, Saved::Won);
    }
    assert_eq!(store.guesses(NAME, Bucket::Unfamiliar).await.unwrap(), count(5));
    let same_number_other_wait = Guesses {
        attempts: Attempts {
            fails: 5,
            blocked_until: None,
        },
        ..count(5)
    };
    assert_eq!(reserve(store, &same_number_other_wait, &count(6)).await, Saved::Lost);
    let same_number_other_words = Guesses {
        wrong: vec![],
        ..count(5)
    };
    assert_eq!(reserve(store, &same_number_other_words, &count(6)).await, Saved::Lost);
}

pub(super) async fn a_count_is_forgotten_only_as_it_was_reserved(store: &impl Store) {
    assert_eq!(reserve(store, &Guesses::default(), &count(1)).await, Saved::Won);
    assert_eq!(reserve(store, &count(1), &count(2)).await, Saved::Won);
    store.clear_guesses(NAME, Bucket::Unfamiliar, &count(1)).await.unwrap();
    assert_eq!(store.guesses(NAME, Bucket::Unfamiliar).await.unwrap(), count(2));
    store.clear_guesses(NAME, Bucket::Unfamiliar, &count(2)).await.unwrap();
    assert_eq!(
        store.guesses(NAME, Bucket::Unfamiliar).await.unwrap(),
        Guesses::default()
    );
    assert_eq!(reserve(store, &Guesses::default(), &count(1)).await, Saved::Won);
}

pub(super) async fn names_and_kinds_of_browsers_are_counted_apart(store: &impl Store) {
    assert_eq!(reserve(store, &Guesses::default(), &count(1)).await, Saved::Won);
    assert_eq!(store.guesses(NAME, Bucket::Familiar).await.unwrap(), Guesses::default());
    assert_eq!(
        store.guesses("another", Bucket::Unfamiliar).await.unwrap(),
        Guesses::default()
    );
}

pub(super) async fn failures_of_an_address_are_counted_by_the_hour(store: &impl Store) {
    assert_eq!(store.address_failures("address", after(0)).await.unwrap(), 0);
    for count in 1..=3 {
        store.count_address_failure("address", after(0)).await.unwrap();
        assert_eq!(store.address_failures("address", after(0)).await.unwrap(), count);
    }
    assert_eq!(store.address_failures("address", after(3600)).await.unwrap(), 0);
    assert_eq!(store.address_failures("another", after(0)).await.unwrap(), 0);
}
