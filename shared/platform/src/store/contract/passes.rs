//! Facts of passes: one an account, gone with the one that replaces it, and revoked only as a pass.

use countersign_domain::enrollment::Activation;
use countersign_domain::entropy::Entropy as _;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::pass::Pass;
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::removal::Removal;

use super::world::{ada, after, assert_same, generator, now, person};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

/// A pass as it is kept; nobody knows it.
pub(super) fn pass() -> Pass {
    let mut salt = [0; 1];
    SystemEntropy.fill(&mut salt);
    serde_json::from_value(serde_json::json!({
        "salt": format!("c2FsdHNhbHRzYWx0c2E{}", salt[0]), "hash": "aGFzaA",
        "starts_at": now(), "ends_at": after(3_600), "once": true,
    }))
    .unwrap()
}

/// A pass for somebody as they were read.
pub(super) fn issued(person: &Person) -> Activation {
    let id = AuthenticatorId::new(now(), &SystemEntropy);
    person.issue_pass(id, "Pass".parse().unwrap(), pass(), now())
}

pub(super) async fn a_pass_comes_back_as_it_was_issued_and_replaces_the_one_before(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id)]).await;
    let first = issued(&ada);
    assert_eq!(store.issue_pass(&first, None).await.unwrap(), Saved::Won);
    let read = person(store, ada.account.id).await;
    let kept = read.authenticator(first.authenticator.id).unwrap();
    assert_same(kept, &first.authenticator);
    let second = issued(&read);
    assert_eq!(second.replaces, [first.authenticator.id]);
    assert_eq!(store.issue_pass(&second, None).await.unwrap(), Saved::Won);
    let read = person(store, ada.account.id).await;
    assert!(read.authenticator(first.authenticator.id).is_none());
    assert_eq!((read.authenticators.len(), read.account.methods_version), (2, 2));
    assert_eq!(read.account.default, ada.account.default);
}

pub(super) async fn a_pass_on_an_old_picture_is_not_issued(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id)]).await;
    let (first, second) = (issued(&ada), issued(&ada));
    assert_eq!(store.issue_pass(&first, None).await.unwrap(), Saved::Won);
    assert_eq!(store.issue_pass(&second, None).await.unwrap(), Saved::Lost);
    let read = person(store, ada.account.id).await;
    let third = issued(&read);
    assert_eq!(store.raise_epoch(ada.account.id).await.unwrap(), Saved::Won);
    assert_eq!(store.issue_pass(&third, None).await.unwrap(), Saved::Lost);
    assert_eq!(person(store, ada.account.id).await.authenticators.len(), 2);
}

pub(super) async fn only_a_pass_is_revoked_and_only_once(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id), generator(id)]).await;
    assert_eq!(store.issue_pass(&issued(&ada), None).await.unwrap(), Saved::Won);
    let read = person(store, ada.account.id).await;
    let other = read.remove(ada.authenticators[0].id, &Policy::default()).unwrap();
    let Removal { authenticator, account } = other;
    let not_a_pass = Removal { authenticator, account };
    assert_eq!(store.revoke_pass(&not_a_pass, None).await.unwrap(), Saved::Lost);
    let removal = read.revoke_pass().unwrap();
    assert_eq!(store.revoke_pass(&removal, None).await.unwrap(), Saved::Won);
    assert_eq!(store.revoke_pass(&removal, None).await.unwrap(), Saved::Lost);
    assert_eq!(person(store, ada.account.id).await.authenticators.len(), 2);
}
