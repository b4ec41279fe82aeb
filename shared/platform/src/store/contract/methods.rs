//! Facts of binding, renaming and removing methods, and of the default.

use countersign_domain::policy::Policy;

use super::world::{ada, assert_same, generator, person, phone, stored};
use crate::store::{Saved, Store};

pub(super) async fn an_id_is_bound_once(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id)]).await;
    let again = phone(ada.account.id);
    let again = countersign_domain::methods::Authenticator {
        id: ada.authenticators[0].id,
        ..again
    };
    assert_eq!(store.bind_pending(&again).await.unwrap(), Saved::Lost);
    assert_same(&person(store, ada.account.id).await.authenticators, &ada.authenticators);
}

pub(super) async fn only_what_is_in_use_is_renamed(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), super::world::pending(phone(id))]).await;
    let name = "Desk drawer".parse().unwrap();
    for one in &ada.authenticators {
        let active = one.expires_at.is_none();
        let expected = if active { Saved::Won } else { Saved::Lost };
        assert_eq!(
            store.rename(ada.account.id, one.id, &name, None).await.unwrap(),
            expected
        );
        assert_eq!(stored(store, one).await.name == name, active);
    }
    let gone = generator(ada.account.id);
    assert_eq!(
        store.rename(ada.account.id, gone.id, &name, None).await.unwrap(),
        Saved::Lost
    );
    assert_eq!(person(store, ada.account.id).await.authenticators.len(), 2);
}

pub(super) async fn a_default_is_an_authenticator_in_use_of_the_set_that_was_seen(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), super::world::pending(phone(id))]).await;
    let id = ada.account.id;
    for one in &ada.authenticators {
        let expected = if one.expires_at.is_none() {
            Saved::Won
        } else {
            Saved::Lost
        };
        assert_eq!(store.save_default(id, one.id, 0, None).await.unwrap(), expected);
    }
    let active = ada.authenticators.iter().find(|one| one.expires_at.is_none()).unwrap();
    assert_eq!(person(store, id).await.account.default, Some(active.id));
    assert_eq!(store.save_default(id, active.id, 1, None).await.unwrap(), Saved::Lost);
    assert_eq!(
        store.save_default(id, generator(id).id, 0, None).await.unwrap(),
        Saved::Lost
    );
}

pub(super) async fn a_removal_takes_the_authenticator_and_moves_the_default(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), phone(id)]).await;
    let (gone, stays) = (&ada.authenticators[0], &ada.authenticators[1]);
    assert_eq!(
        store.save_default(ada.account.id, gone.id, 0, None).await.unwrap(),
        Saved::Won
    );
    let ada = person(store, ada.account.id).await;
    let removal = ada.remove(gone.id, &Policy::default()).unwrap();
    assert_eq!(store.remove(&removal, None).await.unwrap(), Saved::Won);
    let left = person(store, ada.account.id).await;
    assert_eq!(
        (left.account.default, left.account.methods_version),
        (Some(stays.id), 1)
    );
    assert_same(&left.authenticators, &vec![stays.clone()]);
    assert_eq!(store.remove(&removal, None).await.unwrap(), Saved::Lost);
}

pub(super) async fn a_removal_on_an_old_picture_changes_nothing(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), generator(id), generator(id)]).await;
    let policy = Policy::default();
    let removals: Vec<_> = ada
        .authenticators
        .iter()
        .map(|one| ada.remove(one.id, &policy).unwrap())
        .collect();
    assert_eq!(store.remove(&removals[0], None).await.unwrap(), Saved::Won);
    assert_eq!(store.remove(&removals[1], None).await.unwrap(), Saved::Lost);
    let left = person(store, ada.account.id).await;
    assert_eq!((left.authenticators.len(), left.account.methods_version), (2, 1));
    let mut absent = left.remove(removals[1].authenticator.id, &policy).unwrap();
    absent.authenticator = removals[0].authenticator.clone();
    assert_eq!(store.remove(&absent, None).await.unwrap(), Saved::Lost);
    assert_eq!(person(store, ada.account.id).await.account.methods_version, 1);
}
