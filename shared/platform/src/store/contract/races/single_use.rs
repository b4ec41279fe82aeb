//! What binds once, however many try at the same moment: a pairing code, a hand-over, a token.

use countersign_domain::enrollment::Stage;
use countersign_domain::methods::Standing;
use countersign_domain::policy::Policy;
use futures::future::join_all;

use super::super::phones::pairing;
use super::super::world::{ada, attempt, ceremony, held, now, pending, person, phone, testing, token};
use super::{assert_one_won, race};
use crate::store::{Saved, Store};

/// How many accounts or phones are after one thing.
const CONTENDERS: usize = 3;

/// A name that no round before has used.
fn anew() -> String {
    attempt().to_string().to_lowercase()
}

pub(in super::super) async fn one_pairing_code_is_taken_by_one_phone(store: &impl Store) {
    let code = &anew();
    pairing(store, code).await;
    let taken = race(|_| async { store.take_pairing(code, now()).await.unwrap() }).await;
    assert_eq!(taken.iter().flatten().count(), 1);
}

pub(in super::super) async fn one_phone_is_handed_over_to_one(store: &impl Store) {
    let ada = ada(store, |id| vec![phone(id)]).await;
    let (account, old) = (ada.account.id, ada.authenticators[0].id);
    let mut moves = Vec::new();
    for _ in 0..CONTENDERS {
        let new = pending(phone(account));
        assert_eq!(store.bind_pending(&new).await.unwrap(), Saved::Won);
        let test = testing(&new);
        store.begin_enrollment(&test, None).await.unwrap();
        moves.push((ada.hand_over(new, old, &Policy::default(), now()).unwrap(), test));
    }
    let moves = &moves;
    let outcomes = race(|racer| async move {
        let (activation, test) = &moves[racer % CONTENDERS];
        store.activate(activation, test, None).await.unwrap()
    });
    assert_one_won(outcomes.await);
    let left = person(store, account).await;
    let active = left
        .authenticators
        .iter()
        .filter(|one| one.standing == Standing::Active)
        .count();
    assert!(active == 1 && left.authenticator(old).is_none());
}

pub(in super::super) async fn one_token_goes_to_one_account(store: &impl Store) {
    let one = &token(&anew()[..20]);
    let _new = store.keep_token(one).await.unwrap();
    let people = join_all((0..CONTENDERS).map(|_| ada(store, |_| vec![]))).await;
    let mut contenders = Vec::new();
    for ada in people {
        let serial = one.serial.clone();
        let ceremony = ceremony(ada.account.id, Stage::Token { serial });
        store.begin_enrollment(&ceremony, None).await.unwrap();
        let bound = held(ada.account.id, one, 7);
        contenders.push((ada.activate(bound, &Policy::default(), now()).unwrap(), ceremony));
    }
    let contenders = &contenders;
    let outcomes = race(|racer| async move {
        let (activation, ceremony) = &contenders[racer % CONTENDERS];
        store.activate(activation, ceremony, None).await.unwrap()
    });
    assert_one_won(outcomes.await);
    let holders = join_all(contenders.iter().map(|(_, ceremony)| person(store, ceremony.account))).await;
    assert_eq!(holders.iter().filter(|ada| !ada.authenticators.is_empty()).count(), 1);
}
