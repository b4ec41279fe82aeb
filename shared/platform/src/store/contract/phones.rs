//! Facts of what a phone changes of its own, and of ceremonies and pairing codes.

use countersign_domain::delivery::Channel;
use countersign_domain::device::words::Capabilities;
use countersign_domain::enrollment::{Pairing, Stage};
use countersign_domain::ids::{AuthenticatorId, PromptId};
use countersign_domain::methods::Binding;

use super::world::{ada, after, assert_same, ceremony, generator, now, person, phone, stored, web_push};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

pub(super) async fn a_phone_that_is_there_gets_another_channel_and_nothing_else_does(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id), generator(id)]).await;
    for one in &ada.authenticators {
        let is_phone = matches!(one.binding, Binding::Authenticator(_));
        for channel in [web_push("second"), Channel::None] {
            let expected = if is_phone { Saved::Won } else { Saved::Lost };
            assert_eq!(
                store.save_channel(one.account, one.id, &channel).await.unwrap(),
                expected
            );
            if let Binding::Authenticator(phone) = stored(store, one).await.binding {
                assert_same(&phone.channel, &channel);
            }
        }
    }
    let gone = phone(ada.account.id);
    assert_eq!(
        store.save_channel(gone.account, gone.id, &Channel::None).await.unwrap(),
        Saved::Lost
    );
    assert_eq!(person(store, ada.account.id).await.authenticators.len(), 2);
}

pub(super) async fn a_phone_says_what_it_can_do_and_nothing_else_does(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id), generator(id)]).await;
    let can: Capabilities = vec!["unlock".parse().unwrap()].try_into().unwrap();
    for one in &ada.authenticators {
        let saved = store.save_capabilities(one.account, one.id, &can).await.unwrap();
        if let Binding::Authenticator(phone) = stored(store, one).await.binding {
            assert_eq!((saved, phone.capabilities), (Saved::Won, can.clone()));
        } else {
            assert_eq!(saved, Saved::Lost);
        }
    }
    let gone = phone(ada.account.id);
    let saved = store.save_capabilities(gone.account, gone.id, &can).await.unwrap();
    assert_eq!(saved, Saved::Lost);
}

pub(super) async fn a_use_is_noted(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id)]).await;
    let one = &ada.authenticators[0];
    store.touch_authenticator(one.account, one.id, after(5)).await.unwrap();
    assert_eq!(stored(store, one).await.last_used_at, Some(after(5)));
}

pub(super) async fn what_is_good_once_is_taken_once_until_its_end(store: &impl Store) {
    let take = async |key: &str, at, end| store.take_once(key, after(at), after(end)).await.unwrap();
    assert_eq!(take("aut_1:id", 0, 90).await, Saved::Won);
    assert_eq!(take("aut_1:id", 0, 180).await, Saved::Lost);
    assert_eq!(take("aut_1:id", 89, 180).await, Saved::Lost);
    assert_eq!(take("aut_2:id", 0, 90).await, Saved::Won);
    // Though its row still stands; ends are whole seconds, so that it may stay taken a moment longer.
    assert_eq!(take("aut_1:id", 92, 180).await, Saved::Won);
    assert_eq!(take("aut_1:id", 93, 180).await, Saved::Lost);
}

pub(super) async fn a_ceremony_is_saved_over_the_version_before_it(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let begun = ceremony(ada.account.id, Stage::Pairing);
    store.begin_enrollment(&begun, None).await.unwrap();
    assert_same(
        &store.enrollment(begun.account, begun.id).await.unwrap(),
        &Some(begun.clone()),
    );
    let bind = || {
        begun.clone().testing(
            AuthenticatorId::new(now(), &SystemEntropy),
            PromptId::new(now(), &SystemEntropy),
        )
    };
    let (first, second) = (bind(), bind());
    assert_eq!(store.save_enrollment(&first).await.unwrap(), Saved::Won);
    assert_eq!(store.save_enrollment(&second).await.unwrap(), Saved::Lost);
    assert_eq!(store.save_enrollment(&begun).await.unwrap(), Saved::Lost);
    assert_same(&store.enrollment(begun.account, begun.id).await.unwrap(), &Some(first));
}

pub(super) async fn a_ceremony_that_was_given_up_is_gone_and_stays_gone(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let begun = ceremony(ada.account.id, Stage::Pairing);
    store.begin_enrollment(&begun, None).await.unwrap();
    store.end_enrollment(begun.account, begun.id).await.unwrap();
    store.end_enrollment(begun.account, begun.id).await.unwrap();
    let late = begun.clone().testing(
        AuthenticatorId::new(now(), &SystemEntropy),
        PromptId::new(now(), &SystemEntropy),
    );
    assert_eq!(store.save_enrollment(&late).await.unwrap(), Saved::Lost);
    assert!(store.enrollment(begun.account, begun.id).await.unwrap().is_none());
}

/// A ceremony and its pairing code in the store.
pub(super) async fn pairing(store: &impl Store, id: &str) -> Pairing {
    let ada = ada(store, |_| vec![]).await;
    let ceremony = ceremony(ada.account.id, Stage::Pairing);
    let pairing = Pairing {
        id: id.to_owned(),
        account: ada.account.id,
        enrollment: ceremony.id,
        expires_at: after(600),
    };
    store.begin_enrollment(&ceremony, Some(&pairing)).await.unwrap();
    pairing
}

pub(super) async fn a_pairing_code_is_taken_once(store: &impl Store) {
    let kept = pairing(store, "one").await;
    assert!(store.take_pairing("another", now()).await.unwrap().is_none());
    assert_same(&store.take_pairing("one", now()).await.unwrap(), &Some(kept));
    assert!(store.take_pairing("one", now()).await.unwrap().is_none());
}

pub(super) async fn a_pairing_code_is_dead_at_its_end_though_its_row_still_stands(store: &impl Store) {
    for (id, at, taken) in [
        ("before", after(599), true),
        ("at", after(600), false),
        ("after", after(601), false),
    ] {
        pairing(store, id).await;
        assert_eq!(store.take_pairing(id, at).await.unwrap().is_some(), taken, "{id}");
    }
}
