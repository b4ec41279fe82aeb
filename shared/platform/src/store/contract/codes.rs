//! Facts of consuming codes and counting wrong ones.

use countersign_domain::attempts::Attempts;
use countersign_domain::methods::Authenticator;

use super::world::{ada, after, assert_same, attempt, generator, now, pending, person, stored};
use crate::store::{Saved, Store};

async fn one_generator(store: &impl Store) -> Authenticator {
    ada(store, |id| vec![generator(id)]).await.authenticators.remove(0)
}

fn wrong(fails: u32) -> Attempts {
    Attempts {
        fails,
        blocked_until: (fails >= 5).then(|| after(60)),
    }
}

async fn consume(store: &impl Store, seen: &Authenticator, mark: u64) -> Saved {
    store.consume_code(seen, mark, None, now(), attempt()).await.unwrap()
}

pub(super) async fn a_code_is_consumed_once_and_an_older_one_never_after_it(store: &impl Store) {
    let seen = one_generator(store).await;
    assert_eq!(consume(store, &seen, 7).await, Saved::Won);
    for (mark, outcome) in [
        (7, Saved::Lost),
        (6, Saved::Lost),
        (8, Saved::Won),
        (8, Saved::Lost),
        (u64::MAX, Saved::Won),
    ] {
        assert_eq!(consume(store, &seen, mark).await, outcome, "{mark}");
    }
    let stored = stored(store, &seen).await;
    assert_eq!((stored.mark, stored.last_used_at), (Some(u64::MAX), Some(now())));
}

pub(super) async fn a_right_code_resets_the_count(store: &impl Store) {
    let mut seen = one_generator(store).await;
    assert_eq!(
        store.count_wrong_code(&seen, wrong(5), attempt()).await.unwrap(),
        Saved::Won
    );
    seen.attempts = wrong(5);
    assert_eq!(consume(store, &seen, 1).await, Saved::Won);
    assert_eq!(stored(store, &seen).await.attempts, Attempts::default());
}

pub(super) async fn an_answer_counts_only_on_the_attempts_that_it_was_judged_by(store: &impl Store) {
    let seen = one_generator(store).await;
    let next = |fails, seen: &Authenticator| {
        (
            wrong(fails),
            Authenticator {
                attempts: wrong(fails),
                ..seen.clone()
            },
        )
    };
    let mut judged = seen.clone();
    for fails in 1..=6 {
        let (counted, then) = next(fails, &seen);
        assert_eq!(
            store.count_wrong_code(&judged, counted, attempt()).await.unwrap(),
            Saved::Won
        );
        assert_eq!(
            store.count_wrong_code(&judged, counted, attempt()).await.unwrap(),
            Saved::Lost
        );
        assert_eq!(consume(store, &judged, 1).await, Saved::Lost);
        judged = then;
    }
    let same_number_other_wait = Authenticator {
        attempts: Attempts {
            fails: 6,
            blocked_until: None,
        },
        ..seen.clone()
    };
    assert_eq!(consume(store, &same_number_other_wait, 1).await, Saved::Lost);
    let later = Attempts {
        fails: 6,
        blocked_until: Some(after(61)),
    };
    assert_eq!(
        consume(
            store,
            &Authenticator {
                attempts: later,
                ..seen.clone()
            },
            1
        )
        .await,
        Saved::Lost
    );
    assert_eq!(consume(store, &judged, 1).await, Saved::Won);
}

pub(super) async fn a_pending_authenticator_consumes_no_code(store: &impl Store) {
    let seen = ada(store, |id| vec![pending(generator(id))])
        .await
        .authenticators
        .remove(0);
    assert_eq!(consume(store, &seen, 1).await, Saved::Lost);
    assert_same(&stored(store, &seen).await, &seen);
}

pub(super) async fn an_authenticator_that_is_gone_is_not_made_again_by_an_answer(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let gone = generator(ada.account.id);
    assert_eq!(consume(store, &gone, 1).await, Saved::Lost);
    assert_eq!(
        store.count_wrong_code(&gone, wrong(1), attempt()).await.unwrap(),
        Saved::Lost
    );
    store.touch_authenticator(gone.account, gone.id, now()).await.unwrap();
    assert!(person(store, ada.account.id).await.authenticators.is_empty());
}

pub(super) async fn a_try_that_has_won_wins_again_and_changes_nothing(store: &impl Store) {
    let seen = one_generator(store).await;
    let (first, second) = (attempt(), attempt());
    for _ in 0..3 {
        assert_eq!(
            store.consume_code(&seen, 9, None, now(), first).await.unwrap(),
            Saved::Won
        );
        assert_eq!(stored(store, &seen).await.mark, Some(9));
    }
    assert_eq!(
        store.consume_code(&seen, 9, None, now(), second).await.unwrap(),
        Saved::Lost
    );
    for _ in 0..3 {
        assert_eq!(
            store.count_wrong_code(&seen, wrong(1), second).await.unwrap(),
            Saved::Won
        );
        assert_eq!(stored(store, &seen).await.attempts.fails, 1);
    }
    assert_eq!(
        store.consume_code(&seen, 9, None, now(), first).await.unwrap(),
        Saved::Lost
    );
}
