//! Facts of reading and administering people.

use countersign_domain::accounts::{Account, Status};

use super::world::{account, ada, assert_same, generator, now, password, pending, person, phone};
use crate::store::{Consistency, Saved, Store};

pub(super) async fn a_person_is_read_whole(store: &impl Store) {
    let bind = |id| vec![phone(id), pending(phone(id)), generator(id)];
    let ada = ada(store, bind).await;
    assert_eq!(ada.authenticators.len(), 3);
    for consistency in [Consistency::Strong, Consistency::Eventual] {
        let read = store.person(ada.account.id, consistency).await.unwrap().unwrap();
        assert_same(&read.account, &ada.account);
        assert_same(&read.authenticators, &ada.authenticators);
    }
    for one in &ada.authenticators {
        let read = store
            .authenticator(ada.account.id, one.id, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        assert_same(&read, one);
    }
}

pub(super) async fn nobody_is_nobody(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id)]).await;
    let stranger = account("stranger", Status::Active);
    assert!(store.person(stranger.id, Consistency::Strong).await.unwrap().is_none());
    assert!(store.account_named(&stranger.user_name).await.unwrap().is_none());
    assert!(
        store
            .authenticator(stranger.id, ada.authenticators[0].id, Consistency::Strong)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        store.account_named(&ada.account.user_name).await.unwrap(),
        Some(ada.account.id)
    );
}

pub(super) async fn a_name_belongs_to_one_account(store: &impl Store) {
    let (first, second) = (account("grace", Status::Invited), account("grace", Status::Invited));
    assert_eq!(store.create(&first, None).await.unwrap(), Saved::Won);
    assert_eq!(store.create(&second, None).await.unwrap(), Saved::Lost);
    assert_eq!(store.account_named(&first.user_name).await.unwrap(), Some(first.id));
    assert!(store.person(second.id, Consistency::Strong).await.unwrap().is_none());
    let renamed = Account {
        user_name: "hopper".parse().unwrap(),
        ..first
    };
    assert_eq!(store.create(&renamed, None).await.unwrap(), Saved::Lost);
    assert_eq!(store.account_named(&renamed.user_name).await.unwrap(), None);
}

pub(super) async fn the_list_of_people_goes_by_name_and_ends_without_an_empty_page(store: &impl Store) {
    for name in ["dora", "ben", "cleo", "ada"] {
        let account = Account {
            password: Some(password()),
            password_set_at: Some(now()),
            ..account(name, Status::Active)
        };
        assert_eq!(store.create(&account, None).await.unwrap(), Saved::Won);
    }
    let mut names = Vec::new();
    let mut next: Option<String> = None;
    for last in [false, true] {
        let page = store.people(next.as_deref(), 2).await.unwrap();
        names.extend(page.items.iter().map(|account| account.user_name.to_string()));
        assert_eq!(page.next.is_none(), last);
        next = page.next;
    }
    assert_eq!(names, ["ada", "ben", "cleo", "dora"]);
}

pub(super) async fn the_list_of_people_carries_everything_but_the_password(store: &impl Store) {
    let account = Account {
        password: Some(password()),
        password_set_at: Some(now()),
        ..account("ada", Status::Active)
    };
    assert_eq!(store.create(&account, None).await.unwrap(), Saved::Won);
    assert_eq!(store.raise_epoch(account.id).await.unwrap(), Saved::Won);
    let page = store.people(None, 10).await.unwrap();
    assert_same(
        &page.items,
        &vec![Account {
            password: None,
            epoch: 1,
            ..account
        }],
    );
}

pub(super) async fn a_status_is_left_only_from_where_it_stands(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let id = ada.account.id;
    assert_eq!(
        store
            .move_status(id, Status::Disabled, Status::Active, None)
            .await
            .unwrap(),
        Saved::Lost
    );
    assert_eq!(
        store
            .move_status(id, Status::Active, Status::Disabled, None)
            .await
            .unwrap(),
        Saved::Won
    );
    assert_eq!(
        store
            .move_status(id, Status::Active, Status::Disabled, None)
            .await
            .unwrap(),
        Saved::Lost
    );
    let account = person(store, id).await.account;
    assert_eq!((account.status, account.epoch), (Status::Disabled, 1));
    let stranger = super::world::account("stranger", Status::Active);
    assert_eq!(
        store
            .move_status(stranger.id, Status::Active, Status::Disabled, None)
            .await
            .unwrap(),
        Saved::Lost
    );
    assert!(store.person(stranger.id, Consistency::Strong).await.unwrap().is_none());
}

pub(super) async fn an_epoch_rises_and_only_where_there_is_an_account(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    for epoch in 1..=3 {
        assert_eq!(store.raise_epoch(ada.account.id).await.unwrap(), Saved::Won);
        assert_eq!(person(store, ada.account.id).await.account.epoch, epoch);
    }
    let stranger = account("stranger", Status::Active).id;
    assert_eq!(store.raise_epoch(stranger).await.unwrap(), Saved::Lost);
    assert!(store.person(stranger, Consistency::Strong).await.unwrap().is_none());
}
