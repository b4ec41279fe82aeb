//! What is bound and taken away, however many do it at once.

use countersign_domain::enrollment::Stage;
use countersign_domain::policy::Policy;

use super::super::world::{ada, ceremony, generator, now, passkey, person, phone};
use super::{RACERS, assert_one_won, race};
use crate::store::{Saved, Store};

pub(in super::super) async fn two_methods_are_never_both_removed(store: &impl Store) {
    let ada = &ada(store, |id| vec![generator(id), phone(id)]).await;
    let removed = race(|racer| async move {
        let target = ada.authenticators[racer % 2].id;
        loop {
            let Ok(removal) = person(store, ada.account.id).await.remove(target, &Policy::default()) else {
                return false;
            };
            if store.remove(&removal, None).await.unwrap() == Saved::Won {
                return true;
            }
        }
    });
    assert_eq!(removed.await.into_iter().filter(|removed| *removed).count(), 1);
    let left = person(store, ada.account.id).await;
    assert_eq!((left.authenticators.len(), left.account.methods_version), (1, 1));
}

pub(in super::super) async fn activations_stay_within_the_limit(store: &impl Store) {
    let policy = &Policy::default();
    let account = ada(store, |id| (1..policy.authenticators).map(|_| generator(id)).collect())
        .await
        .account
        .id;
    let activated = race(|_| async move {
        let ceremony = ceremony(
            account,
            Stage::Seed {
                sealed_seed: "v1.c2VhbGVk".to_owned(),
            },
        );
        store.begin_enrollment(&ceremony, None).await.unwrap();
        let bound = generator(account);
        loop {
            let ada = person(store, account).await;
            let Ok(activation) = ada.activate(bound.clone(), policy, now()) else {
                return false;
            };
            if store.activate(&activation, &ceremony, None).await.unwrap() == Saved::Won {
                return true;
            }
        }
    });
    assert_eq!(activated.await.into_iter().filter(|activated| *activated).count(), 1);
    let left = person(store, account).await;
    assert_eq!(
        (left.authenticators.len(), left.account.methods_version),
        (policy.authenticators, 1)
    );
}

pub(in super::super) async fn one_credential_goes_to_one_account(store: &impl Store) {
    let mut contenders = Vec::new();
    for _ in 0..RACERS {
        let person = ada(store, |_| vec![]).await;
        let asked = Stage::Passkey {
            challenge: "challenge".to_owned(),
            attachment: None,
        };
        let ceremony = ceremony(person.account.id, asked);
        store.begin_enrollment(&ceremony, None).await.unwrap();
        let bound = passkey(person.account.id, b"one");
        contenders.push((person.activate(bound, &Policy::default(), now()).unwrap(), ceremony));
    }
    let contenders = &contenders;
    let bound = race(|racer| async move {
        let (activation, ceremony) = &contenders[racer];
        store.activate(activation, ceremony, None).await.unwrap()
    });
    assert_one_won(bound.await);
}
