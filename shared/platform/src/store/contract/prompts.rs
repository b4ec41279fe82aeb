//! Facts of the ledger of prompts.

use countersign_domain::ids::AccountId;
use countersign_domain::prompts::Ledger;

use super::world::{assert_same, attempt, full_ledger, now, prompted};
use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Saved, Store};

fn somebody() -> AccountId {
    AccountId::new(now(), &SystemEntropy)
}

pub(super) async fn who_has_no_ledger_has_an_empty_one(store: &impl Store) {
    let id = somebody();
    for consistency in [Consistency::Strong, Consistency::Eventual] {
        assert_same(&store.ledger(id, consistency).await.unwrap(), &Ledger::empty(id));
    }
}

pub(super) async fn a_ledger_comes_back_as_it_was_saved(store: &impl Store) {
    let id = somebody();
    assert_eq!(
        store
            .save_ledger(
                &Ledger {
                    version: 1,
                    ..full_ledger(id)
                },
                attempt()
            )
            .await
            .unwrap(),
        Saved::Won
    );
    let saved = Ledger {
        version: 2,
        ..full_ledger(id)
    };
    assert_eq!(store.save_ledger(&saved, attempt()).await.unwrap(), Saved::Won);
    assert_same(&store.ledger(id, Consistency::Strong).await.unwrap(), &saved);
}

pub(super) async fn a_ledger_is_saved_only_over_the_version_before_it(store: &impl Store) {
    let id = somebody();
    let first = prompted(Ledger::empty(id));
    assert_eq!(
        store.save_ledger(&Ledger::empty(id), attempt()).await.unwrap(),
        Saved::Lost
    );
    assert_eq!(
        store
            .save_ledger(
                &Ledger {
                    version: 2,
                    ..first.clone()
                },
                attempt()
            )
            .await
            .unwrap(),
        Saved::Lost
    );
    assert_eq!(store.save_ledger(&first, attempt()).await.unwrap(), Saved::Won);
    assert_eq!(store.save_ledger(&first, attempt()).await.unwrap(), Saved::Lost);
    let second = prompted(first.clone());
    assert_eq!(store.save_ledger(&second, attempt()).await.unwrap(), Saved::Won);
    assert_eq!(store.save_ledger(&second, attempt()).await.unwrap(), Saved::Lost);
    let beyond = Ledger {
        version: 4,
        ..second.clone()
    };
    assert_eq!(store.save_ledger(&beyond, attempt()).await.unwrap(), Saved::Lost);
    assert_same(&store.ledger(id, Consistency::Strong).await.unwrap(), &second);
}

pub(super) async fn a_saving_that_has_won_wins_again(store: &impl Store) {
    let id = somebody();
    let (first, try_one, try_two) = (prompted(Ledger::empty(id)), attempt(), attempt());
    for _ in 0..3 {
        assert_eq!(store.save_ledger(&first, try_one).await.unwrap(), Saved::Won);
    }
    let second = prompted(first.clone());
    for _ in 0..3 {
        assert_eq!(store.save_ledger(&second, try_two).await.unwrap(), Saved::Won);
    }
    assert_eq!(store.save_ledger(&first, try_one).await.unwrap(), Saved::Lost);
}
