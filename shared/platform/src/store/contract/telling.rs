//! Facts of the rows of activity that are written with a change.

use countersign_domain::accounts::Status;
use countersign_domain::enrollment::Stage;
use countersign_domain::ids::AccountId;
use countersign_domain::policy::Policy;

use super::world::{account, ada, after, ceremony, event, generator, now, person};
use crate::store::{Record, Saved, Store};

fn tell(of: AccountId) -> Record {
    Record {
        event: event(of, now()),
        expires_at: after(3600),
    }
}

async fn told(store: &impl Store, of: AccountId) -> usize {
    store.activity(of, None, 50, now()).await.unwrap().items.len()
}

pub(super) async fn a_change_of_methods_is_told_with_it_and_none_is_told_without(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), generator(id)]).await;
    let (id, one, policy) = (ada.account.id, ada.authenticators[0].id, Policy::default());
    let (name, row) = ("Desk".parse().unwrap(), || tell(id));
    let mut rows = 0;
    let mut check = async |saved: Saved, expected: Saved| {
        rows += usize::from(expected == Saved::Won);
        assert_eq!((saved, told(store, id).await), (expected, rows));
    };
    let absent = generator(id).id;
    check(
        store.rename(id, absent, &name, Some(&row())).await.unwrap(),
        Saved::Lost,
    )
    .await;
    check(store.rename(id, one, &name, Some(&row())).await.unwrap(), Saved::Won).await;
    check(store.save_default(id, one, 7, Some(&row())).await.unwrap(), Saved::Lost).await;
    check(store.save_default(id, one, 0, Some(&row())).await.unwrap(), Saved::Won).await;
    let ceremony = ceremony(id, Stage::Pairing);
    store.begin_enrollment(&ceremony, None).await.unwrap();
    let activation = person(store, id).await.activate(generator(id), &policy, now()).unwrap();
    for expected in [Saved::Won, Saved::Lost] {
        let saved = store.activate(&activation, &ceremony, Some(&row())).await.unwrap();
        check(saved, expected).await;
    }
    let removal = person(store, id).await.remove(one, &policy).unwrap();
    for expected in [Saved::Won, Saved::Lost] {
        check(store.remove(&removal, Some(&row())).await.unwrap(), expected).await;
    }
}

pub(super) async fn what_is_done_to_an_account_is_told_with_it_and_nothing_without(store: &impl Store) {
    let eve = account("eve", Status::Invited);
    for (expected, rows) in [(Saved::Won, 1), (Saved::Lost, 1)] {
        assert_eq!(store.create(&eve, Some(&tell(eve.id))).await.unwrap(), expected);
        assert_eq!(told(store, eve.id).await, rows);
    }
    for (expected, rows) in [(Saved::Won, 2), (Saved::Lost, 2)] {
        let tell = tell(eve.id);
        let moved = store.move_status(eve.id, Status::Invited, Status::Disabled, Some(&tell));
        assert_eq!(moved.await.unwrap(), expected);
        assert_eq!(told(store, eve.id).await, rows);
    }
}
