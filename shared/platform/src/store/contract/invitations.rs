//! Facts of links: the first administrator's, and those of people.

use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::policy::Policy;

use super::world::{account, after, assert_same, now, password, person};
use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Saved, SetUp, Store};

pub(super) fn link(whom: For) -> Invitation {
    Invitation::new(whom, &Policy::default(), &SystemEntropy, now()).0
}

pub(super) fn administrator(name: &str) -> Account {
    Account {
        role: Role::Administrator,
        password: Some(password()),
        ..account(name, Status::Active)
    }
}

/// An invited account and its link.
pub(super) async fn invited(store: &impl Store, name: &str) -> (AccountId, Invitation) {
    let account = account(name, Status::Invited);
    assert_eq!(store.create(&account, None).await.unwrap(), Saved::Won);
    let link = link(For::Enrollment { account: account.id });
    store.invite(&link).await.unwrap();
    (account.id, link)
}

pub(super) async fn a_link_comes_back_as_it_was_kept(store: &impl Store) {
    let first = link(For::FirstAdministrator);
    store.invite(&first).await.unwrap();
    let (_, second) = invited(store, "ada").await;
    for link in [first, second] {
        assert_same(&store.invitation(&link.id).await.unwrap(), &Some(link));
    }
    assert!(store.invitation("another").await.unwrap().is_none());
}

pub(super) async fn the_first_administrator_sets_the_organization_up_once(store: &impl Store) {
    let (used, other) = (link(For::FirstAdministrator), link(For::FirstAdministrator));
    store.invite(&used).await.unwrap();
    store.invite(&other).await.unwrap();
    assert!(!store.is_set_up().await.unwrap());
    let ada = administrator("ada");
    assert_eq!(store.set_up(&used, &ada, now()).await.unwrap(), SetUp::Done);
    assert!(store.is_set_up().await.unwrap());
    assert_same(&person(store, ada.id).await.account, &ada);
    assert_eq!(store.account_named(&ada.user_name).await.unwrap(), Some(ada.id));
    assert_eq!(store.people(None, 10).await.unwrap().items.len(), 1);
    assert!(store.invitation(&used.id).await.unwrap().is_none());
    for link in [used, other] {
        let eve = administrator("eve");
        assert_eq!(store.set_up(&link, &eve, now()).await.unwrap(), SetUp::LinkSpent);
        assert!(store.person(eve.id, Consistency::Strong).await.unwrap().is_none());
    }
}

pub(super) async fn an_old_unknown_or_foreign_link_sets_nothing_up(store: &impl Store) {
    let kept = link(For::FirstAdministrator);
    store.invite(&kept).await.unwrap();
    let (_, foreign) = invited(store, "grace").await;
    let ada = administrator("ada");
    assert_eq!(
        store.set_up(&kept, &ada, kept.expires_at).await.unwrap(),
        SetUp::LinkSpent
    );
    let forged = Invitation {
        expires_at: after(1_000_000),
        ..kept.clone()
    };
    assert_eq!(
        store.set_up(&forged, &ada, after(3602)).await.unwrap(),
        SetUp::LinkSpent
    );
    assert_eq!(
        store.set_up(&link(For::FirstAdministrator), &ada, now()).await.unwrap(),
        SetUp::LinkSpent
    );
    assert_eq!(store.set_up(&foreign, &ada, now()).await.unwrap(), SetUp::LinkSpent);
    assert!(!store.is_set_up().await.unwrap());
    assert!(store.person(ada.id, Consistency::Strong).await.unwrap().is_none());
}

pub(super) async fn a_name_that_is_taken_leaves_the_link_good(store: &impl Store) {
    let kept = link(For::FirstAdministrator);
    store.invite(&kept).await.unwrap();
    assert_eq!(
        store.create(&account("ada", Status::Invited), None).await.unwrap(),
        Saved::Won
    );
    assert_eq!(
        store.set_up(&kept, &administrator("ada"), now()).await.unwrap(),
        SetUp::NameTaken
    );
    assert_eq!(
        store.set_up(&kept, &administrator("eve"), now()).await.unwrap(),
        SetUp::Done
    );
}

pub(super) async fn a_person_enters_once(store: &impl Store) {
    let (ada, link) = invited(store, "ada").await;
    assert_eq!(store.enter(&link, ada, &password(), now()).await.unwrap(), Saved::Won);
    let entered = person(store, ada).await.account;
    assert_eq!(
        (entered.status, entered.password_set_at, entered.password.is_some()),
        (Status::Active, Some(now()), true)
    );
    assert!(store.invitation(&link.id).await.unwrap().is_none());
    assert_eq!(store.enter(&link, ada, &password(), now()).await.unwrap(), Saved::Lost);
}

pub(super) async fn a_newer_link_kills_the_older(store: &impl Store) {
    let (ada, older) = invited(store, "ada").await;
    let newer = link(For::Enrollment { account: ada });
    store.invite(&newer).await.unwrap();
    assert!(store.invitation(&older.id).await.unwrap().is_none());
    assert_eq!(store.enter(&older, ada, &password(), now()).await.unwrap(), Saved::Lost);
    assert_eq!(person(store, ada).await.account.status, Status::Invited);
    assert_eq!(store.enter(&newer, ada, &password(), now()).await.unwrap(), Saved::Won);
}

pub(super) async fn an_old_or_foreign_link_lets_nobody_in(store: &impl Store) {
    let (ada, link) = invited(store, "ada").await;
    let (grace, _) = invited(store, "grace").await;
    assert_eq!(
        store.enter(&link, ada, &password(), link.expires_at).await.unwrap(),
        Saved::Lost
    );
    let forged = Invitation {
        expires_at: after(1_000_000),
        ..link.clone()
    };
    assert_eq!(
        store.enter(&forged, ada, &password(), after(86_402)).await.unwrap(),
        Saved::Lost
    );
    assert_eq!(
        store.enter(&link, grace, &password(), now()).await.unwrap(),
        Saved::Lost
    );
    for id in [ada, grace] {
        assert_eq!(person(store, id).await.account.status, Status::Invited);
    }
}

pub(super) async fn a_link_of_an_account_that_is_not_invited_any_more_lets_nobody_in(store: &impl Store) {
    for status in [Status::Active, Status::Disabled] {
        let (ada, link) = invited(store, &format!("{status:?}")).await;
        assert_eq!(
            store.move_status(ada, Status::Invited, status, None).await.unwrap(),
            Saved::Won
        );
        assert_eq!(store.enter(&link, ada, &password(), now()).await.unwrap(), Saved::Lost);
        let account = person(store, ada).await.account;
        assert!(account.password.is_none() && account.status == status);
    }
}
