//! Facts of what policy goes by: the document under its version, and groups.

use std::collections::BTreeSet;

use countersign_domain::accounts::Status;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::GroupName;

use super::world::{account, ada, after, event, generator, now, person};
use crate::store::{Consistency, Record, Saved, Store};

/// A policy of that version.
pub(super) fn version(version: u64, system_preferred: bool) -> MethodsPolicy {
    MethodsPolicy {
        version,
        system_preferred,
        ..MethodsPolicy::default()
    }
}

fn groups(names: &[&str]) -> BTreeSet<GroupName> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

pub(super) async fn a_policy_is_saved_over_the_version_before_it_and_comes_with_each_person(store: &impl Store) {
    let id = ada(store, |id| vec![generator(id)]).await.account.id;
    assert_eq!(*person(store, id).await.rules, MethodsPolicy::default());
    let mut restricted = version(1, true);
    restricted.totp.audience.excluded = groups(&["guests"]);
    for (policy, expected) in [
        (version(2, false), Saved::Lost),
        (restricted.clone(), Saved::Won),
        (version(1, false), Saved::Lost),
    ] {
        assert_eq!(store.save_methods_policy(&policy, None).await.unwrap(), expected);
    }
    for consistency in [Consistency::Strong, Consistency::Eventual] {
        let person = store.person(id, consistency).await.unwrap().unwrap();
        assert_eq!(*person.rules, restricted);
    }
    for (policy, expected) in [(version(2, false), Saved::Won), (version(4, true), Saved::Lost)] {
        assert_eq!(store.save_methods_policy(&policy, None).await.unwrap(), expected);
    }
    assert_eq!(*person(store, id).await.rules, version(2, false));
}

pub(super) async fn groups_are_replaced_whole_and_only_of_an_account_that_is_there(store: &impl Store) {
    let id = ada(store, |id| vec![generator(id)]).await.account.id;
    for names in [&["staff", "lisbon"][..], &["guests"], &[]] {
        assert_eq!(store.save_groups(id, &groups(names), None).await.unwrap(), Saved::Won);
        let read = person(store, id).await;
        assert_eq!((read.account.groups, read.authenticators.len()), (groups(names), 1));
    }
    let stranger = account("stranger", Status::Active).id;
    assert_eq!(
        store.save_groups(stranger, &groups(&["staff"]), None).await.unwrap(),
        Saved::Lost
    );
    assert!(store.person(stranger, Consistency::Strong).await.unwrap().is_none());
}

pub(super) async fn a_change_of_policy_is_told_with_it_and_none_is_told_without(store: &impl Store) {
    let id = ada(store, |_| vec![]).await.account.id;
    let tell = || Record {
        event: event(id, now()),
        expires_at: after(3600),
    };
    let rows = async || store.activity(id, None, 50, now()).await.unwrap().items.len();
    for (expected, told) in [(Saved::Won, 1), (Saved::Lost, 1)] {
        let saved = store
            .save_methods_policy(&version(1, true), Some(&tell()))
            .await
            .unwrap();
        assert_eq!((saved, rows().await), (expected, told));
    }
    let stranger = account("stranger", Status::Active).id;
    for (whose, expected, told) in [(id, Saved::Won, 2), (stranger, Saved::Lost, 2)] {
        let saved = store
            .save_groups(whose, &groups(&["staff"]), Some(&tell()))
            .await
            .unwrap();
        assert_eq!((saved, rows().await), (expected, told));
    }
}
