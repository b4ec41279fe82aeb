//! Facts of activating: an authenticator counts, with all that follows, or nothing of it happens.

use countersign_domain::accounts::Status;
use countersign_domain::enrollment::{Activation, Enrollment, Stage};
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use jiff::Timestamp;

use super::world::{
    ada, after, assert_same, ceremony, generator, now, pending, person, phone, stored, testing, web_push,
};
use crate::store::{Saved, Store};

fn activate(ada: &Person, one: &Authenticator, at: Timestamp) -> Activation {
    ada.activate(one.clone(), &Policy::default(), at).unwrap()
}

/// A person with a pending phone at its test.
async fn at_the_test(store: &impl Store) -> (Person, Authenticator, Enrollment) {
    let ada = ada(store, |id| vec![pending(phone(id))]).await;
    let phone = ada.authenticators[0].clone();
    let ceremony = testing(&phone);
    store.begin_enrollment(&ceremony, None).await.unwrap();
    (ada, phone, ceremony)
}

/// What is stored of a person and a ceremony, to see that it stayed as it was.
async fn picture(store: &impl Store, ada: &Person, ceremony: &Enrollment) -> serde_json::Value {
    let Person {
        account,
        authenticators,
        ..
    } = person(store, ada.account.id).await;
    let ceremony = store.enrollment(ceremony.account, ceremony.id).await.unwrap();
    serde_json::json!([account, authenticators, ceremony])
}

pub(super) async fn a_tested_phone_counts_and_its_ceremony_is_over(store: &impl Store) {
    let (ada, phone, ceremony) = at_the_test(store).await;
    assert_eq!(
        store
            .activate(&activate(&ada, &phone, now()), &ceremony, None)
            .await
            .unwrap(),
        Saved::Won
    );
    let ada = person(store, ada.account.id).await;
    assert_eq!((ada.account.default, ada.account.methods_version), (Some(phone.id), 1));
    let expected = Authenticator {
        standing: Standing::Active,
        expires_at: None,
        last_used_at: Some(now()),
        ..phone
    };
    assert_same(&ada.authenticators, &vec![expected]);
    assert!(store.enrollment(ceremony.account, ceremony.id).await.unwrap().is_none());
}

pub(super) async fn a_generator_that_was_never_pending_counts(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let ceremony = ceremony(
        ada.account.id,
        Stage::Seed {
            sealed_seed: "v1.c2VhbGVk".to_owned(),
        },
    );
    store.begin_enrollment(&ceremony, None).await.unwrap();
    let bound = Authenticator {
        mark: Some(5),
        ..generator(ada.account.id)
    };
    let activation = activate(&ada, &bound, now());
    assert_eq!(store.activate(&activation, &ceremony, None).await.unwrap(), Saved::Won);
    let ada = person(store, ada.account.id).await;
    assert_same(&ada.authenticators, &vec![activation.authenticator]);
    assert_eq!(ada.account.default, Some(bound.id));
}

pub(super) async fn the_same_installation_is_replaced(store: &impl Store) {
    let ada = ada(store, |id| {
        let (old, mut new) = (phone(id), phone(id));
        if let (Binding::Authenticator(old), Binding::Authenticator(new)) = (&old.binding, &mut new.binding) {
            new.installation = old.installation;
        }
        vec![old, pending(new)]
    })
    .await;
    let new = ada
        .authenticators
        .iter()
        .find(|one| one.standing == Standing::Pending)
        .unwrap();
    let ceremony = testing(new);
    store.begin_enrollment(&ceremony, None).await.unwrap();
    assert_eq!(
        store
            .activate(&activate(&ada, new, now()), &ceremony, None)
            .await
            .unwrap(),
        Saved::Won
    );
    let left = person(store, ada.account.id).await.authenticators;
    assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [new.id]);
}

pub(super) async fn a_channel_that_was_renewed_during_the_test_stays(store: &impl Store) {
    let (ada, phone, ceremony) = at_the_test(store).await;
    assert_eq!(
        store
            .save_channel(phone.account, phone.id, &web_push("second"))
            .await
            .unwrap(),
        Saved::Won
    );
    assert_eq!(
        store
            .activate(&activate(&ada, &phone, now()), &ceremony, None)
            .await
            .unwrap(),
        Saved::Won
    );
    match stored(store, &phone).await.binding {
        Binding::Authenticator(phone) => assert_same(&phone.channel, &web_push("second")),
        _ => panic!("a phone"),
    }
}

pub(super) async fn an_activation_happens_once(store: &impl Store) {
    let (ada, phone, ceremony) = at_the_test(store).await;
    let activation = activate(&ada, &phone, now());
    assert_eq!(store.activate(&activation, &ceremony, None).await.unwrap(), Saved::Won);
    let before = picture(store, &ada, &ceremony).await;
    assert_eq!(store.activate(&activation, &ceremony, None).await.unwrap(), Saved::Lost);
    assert_eq!(picture(store, &ada, &ceremony).await, before);
}

pub(super) async fn what_changed_since_it_was_read_activates_nothing(store: &impl Store) {
    // Each takes one condition away.
    for broken in 0..7 {
        let (ada, phone, ceremony) = at_the_test(store).await;
        let mut activation = activate(&ada, &phone, now());
        let mut ending = ceremony.clone();
        match broken {
            0 => activation.account.methods_version += 1,
            1 => assert_eq!(
                store
                    .move_status(ada.account.id, Status::Active, Status::Disabled, None)
                    .await
                    .unwrap(),
                Saved::Won
            ),
            5 => assert_eq!(store.raise_epoch(ada.account.id).await.unwrap(), Saved::Won),
            2 => store.end_enrollment(ceremony.account, ceremony.id).await.unwrap(),
            3 => ending.version += 1,
            4 => {
                activation.authenticator = Authenticator {
                    id: generator(ada.account.id).id,
                    ..activation.authenticator
                }
            }
            _ => activation = activate(&ada, &phone, after(901)), // past its end, not cleaned up yet
        }
        let before = picture(store, &ada, &ceremony).await;
        assert_eq!(
            store.activate(&activation, &ending, None).await.unwrap(),
            Saved::Lost,
            "case {broken}"
        );
        assert_eq!(picture(store, &ada, &ceremony).await, before, "case {broken}");
    }
}

pub(super) async fn a_generator_does_not_overwrite_what_is_bound(store: &impl Store) {
    let ada = ada(store, |id| vec![generator(id)]).await;
    let ceremony = ceremony(
        ada.account.id,
        Stage::Seed {
            sealed_seed: "v1.c2VhbGVk".to_owned(),
        },
    );
    store.begin_enrollment(&ceremony, None).await.unwrap();
    let before = picture(store, &ada, &ceremony).await;
    let activation = activate(&ada, &ada.authenticators[0], now());
    assert_eq!(store.activate(&activation, &ceremony, None).await.unwrap(), Saved::Lost);
    assert_eq!(picture(store, &ada, &ceremony).await, before);
}
