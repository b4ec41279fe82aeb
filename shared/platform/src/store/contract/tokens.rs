//! Facts of hardware tokens: kept once, listed where they belong, and in one pair of hands.

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::methods::Authenticator;
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::tokens::{Custody, HardwareToken, List};

use super::world::{ada, after, assert_same, attempt, ceremony, generator, held, now, person, phone, stored, token};
use crate::store::{KeptToken, Saved, Store};

async fn keep(store: &impl Store, token: &HardwareToken) {
    assert!(matches!(store.keep_token(token).await.unwrap(), KeptToken::New));
}

async fn read(store: &impl Store, token: &HardwareToken) -> HardwareToken {
    store.token(&token.serial).await.unwrap().unwrap()
}

async fn listed(store: &impl Store, list: List) -> Vec<String> {
    let page = store.tokens(list, None, 50).await.unwrap();
    assert!(page.next.is_none());
    page.items.iter().map(|token| token.serial.to_string()).collect()
}

/// A ceremony for a token, as it is begun.
async fn begun(store: &impl Store, ada: &Person, token: &HardwareToken) -> Enrollment {
    let serial = token.serial.clone();
    let ceremony = ceremony(ada.account.id, Stage::Token { serial });
    store.begin_enrollment(&ceremony, None).await.unwrap();
    ceremony
}

/// Activates a token by the code of a step.
async fn activate(store: &impl Store, ada: &Person, token: &HardwareToken, mark: u64) -> (Saved, Authenticator) {
    let ceremony = begun(store, ada, token).await;
    let ada = person(store, ada.account.id).await;
    let bound = held(ada.account.id, token, mark);
    let activation = ada.activate(bound.clone(), &Policy::default(), now()).unwrap();
    (store.activate(&activation, &ceremony, None).await.unwrap(), bound)
}

async fn remove(store: &impl Store, ada: &Person, one: &Authenticator) -> Saved {
    let ada = person(store, ada.account.id).await;
    let removal = ada.remove(one.id, &Policy::default()).unwrap();
    store.remove(&removal, None).await.unwrap()
}

pub(super) async fn a_token_is_kept_once_and_comes_back_as_it_was(store: &impl Store) {
    let one = token("FT-1");
    assert!(store.token(&one.serial).await.unwrap().is_none());
    keep(store, &one).await;
    assert_same(&read(store, &one).await, &one);
    let other = HardwareToken {
        sealed_seed: "1.b3RoZXI".to_owned(),
        ..one.clone()
    };
    match store.keep_token(&other).await.unwrap() {
        KeptToken::There(there) => assert_same(&*there, &one),
        KeptToken::New => panic!("there is one"),
    }
    assert_same(&read(store, &one).await, &one);
}

pub(super) async fn a_list_of_tokens_goes_by_serial_number_and_holds_its_own(store: &impl Store) {
    assert!(listed(store, List::Available).await.is_empty());
    let ada = ada(store, |_| vec![]).await;
    let Person { account, .. } = ada;
    for serial in ["C", "A", "D", "B"] {
        keep(store, &token(serial)).await;
    }
    let kept = token("B").assign(account.id, account.user_name).unwrap();
    assert_eq!(store.move_token(&kept).await.unwrap(), Saved::Won);
    assert_eq!(listed(store, List::Available).await, ["A", "C", "D"]);
    assert_eq!(listed(store, List::Assigned).await, ["B"]);
    assert!(listed(store, List::Active).await.is_empty());
    let first = store.tokens(List::Available, None, 2).await.unwrap();
    assert_eq!(first.next.as_deref(), Some("C"));
    let second = store
        .tokens(List::Available, Some(&"C".parse().unwrap()), 2)
        .await
        .unwrap();
    assert_eq!((second.items.len(), second.next), (1, None));
    // Nobody takes a token for a person.
    assert_eq!(store.people(None, 50).await.unwrap().items.len(), 1);
}

pub(super) async fn a_token_moves_and_goes_only_as_it_was_seen(store: &impl Store) {
    let Person { account, .. } = ada(store, |_| vec![]).await;
    let one = token("FT-1");
    let kept = one.clone().assign(account.id, account.user_name.clone()).unwrap();
    assert_eq!(store.move_token(&kept).await.unwrap(), Saved::Lost, "there is none");
    keep(store, &one).await;
    assert_eq!(
        store.move_token(&one).await.unwrap(),
        Saved::Lost,
        "not a version later"
    );
    assert_eq!(store.move_token(&kept).await.unwrap(), Saved::Won);
    assert_same(&read(store, &one).await, &kept);
    assert_eq!(store.move_token(&kept).await.unwrap(), Saved::Lost, "moved before");
    assert_eq!(store.drop_token(&one).await.unwrap(), Saved::Lost, "it has moved");
    let free = kept.unassign().unwrap();
    assert_eq!(store.move_token(&free).await.unwrap(), Saved::Won);
    let another = HardwareToken {
        sealed_seed: "1.b3RoZXI".to_owned(),
        ..free.clone()
    };
    assert_eq!(store.drop_token(&another).await.unwrap(), Saved::Lost);
    assert_eq!(store.drop_token(&free).await.unwrap(), Saved::Won);
    assert_eq!(store.drop_token(&free).await.unwrap(), Saved::Lost);
    assert!(store.token(&one.serial).await.unwrap().is_none());
}

pub(super) async fn an_activation_takes_the_token_and_a_removal_leaves_it_with_its_holder(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id)]).await;
    let (holder, user_name) = (ada.account.id, ada.account.user_name.clone());
    let one = token("FT-1");
    keep(store, &one).await;
    let (saved, bound) = activate(store, &ada, &one, 7).await;
    assert_eq!(saved, Saved::Won);
    let active = HardwareToken {
        mark: Some(7),
        version: 1,
        custody: Custody::Active {
            holder,
            user_name: user_name.clone(),
            authenticator: bound.id,
        },
        ..one.clone()
    };
    assert_same(&read(store, &one).await, &active);
    assert_eq!(listed(store, List::Active).await, ["FT-1"]);
    let used = store.consume_code(&bound, 9, None, after(60), attempt()).await;
    assert_eq!(used.unwrap(), Saved::Won);
    assert_eq!(remove(store, &ada, &bound).await, Saved::Won);
    let kept = HardwareToken {
        mark: Some(9),
        version: 2,
        custody: Custody::Assigned { holder, user_name },
        ..one.clone()
    };
    assert_same(&read(store, &one).await, &kept);
    assert_eq!(listed(store, List::Assigned).await, ["FT-1"]);
    assert_eq!(person(store, holder).await.authenticators.len(), 1);
}

pub(super) async fn a_token_that_is_not_to_be_had_activates_nothing(store: &impl Store) {
    let (one, other) = (ada(store, |_| vec![]).await, ada(store, |_| vec![]).await);
    let (never, theirs, used) = (token("NEVER"), token("THEIRS"), token("USED"));
    keep(store, &used).await;
    keep(store, &theirs).await;
    let kept = theirs
        .clone()
        .assign(other.account.id, other.account.user_name.clone())
        .unwrap();
    assert_eq!(store.move_token(&kept).await.unwrap(), Saved::Won);
    assert_eq!(activate(store, &other, &used, 7).await.0, Saved::Won);
    for token in [&never, &theirs, &used] {
        let before = store.token(&token.serial).await.unwrap();
        assert_eq!(activate(store, &one, token, 9).await.0, Saved::Lost, "{}", token.serial);
        assert_same(&store.token(&token.serial).await.unwrap(), &before);
        let one = person(store, one.account.id).await;
        assert_eq!((one.authenticators.len(), one.account.methods_version), (0, 0));
    }
    assert_eq!(activate(store, &other, &theirs, 7).await.0, Saved::Won, "kept for her");
}

pub(super) async fn a_mark_that_was_spent_on_a_token_activates_it_no_more(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id)]).await;
    let one = token("FT-1");
    keep(store, &one).await;
    let (_, bound) = activate(store, &ada, &one, 7).await;
    assert_eq!(remove(store, &ada, &bound).await, Saved::Won);
    for spent in [6, 7] {
        assert_eq!(activate(store, &ada, &one, spent).await.0, Saved::Lost);
    }
    assert_eq!(activate(store, &ada, &one, 8).await.0, Saved::Won);
}

pub(super) async fn a_removal_on_an_old_mark_changes_nothing(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id), generator(id)]).await;
    let one = token("FT-1");
    keep(store, &one).await;
    let (_, bound) = activate(store, &ada, &one, 7).await;
    let seen = person(store, ada.account.id).await;
    let removal = seen.remove(bound.id, &Policy::default()).unwrap();
    let used = store.consume_code(&bound, 9, None, after(60), attempt()).await;
    assert_eq!(used.unwrap(), Saved::Won);
    assert_eq!(store.remove(&removal, None).await.unwrap(), Saved::Lost);
    assert_eq!(stored(store, &bound).await.mark, Some(9));
    assert_eq!(read(store, &one).await.custody.list(), List::Active);
    assert_eq!(remove(store, &ada, &bound).await, Saved::Won, "read again");
}
