//! What is good once, taken fifty times at the same moment: pairing codes, links, proofs, prompts, hand-overs, tokens.

use countersign_domain::enrollment::Stage;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::Standing;
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;
use futures::future::join_all;

use super::super::invitations::invited;
use super::super::phones::pairing;
use super::super::world::{
    ada, after, attempt, ceremony, held, now, password, pending, person, phone, prompted, testing, token,
};
use super::{RACERS, assert_one_won, race};
use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Saved, Store};

/// How many accounts or phones are after one thing.
const CONTENDERS: usize = 5;

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

pub(in super::super) async fn one_proof_is_taken_once(store: &impl Store) {
    let proof = &anew();
    assert_one_won(race(|_| async { store.take_once(proof, now(), after(90)).await.unwrap() }).await);
}

pub(in super::super) async fn one_version_of_a_ledger_is_saved_once(store: &impl Store) {
    let id = AccountId::new(now(), &SystemEntropy);
    let mut before = Ledger::empty(id);
    for _ in 0..2 {
        let ledgers: &Vec<_> = &(0..RACERS).map(|_| prompted(before.clone())).collect();
        let outcomes = race(|racer| async move { store.save_ledger(&ledgers[racer], attempt()).await.unwrap() }).await;
        let winner = outcomes.iter().position(|outcome| *outcome == Saved::Won);
        assert_one_won(outcomes);
        before = store.ledger(id, Consistency::Strong).await.unwrap();
        let prompt = |ledger: &Ledger| ledger.prompt.as_ref().map(|prompt| prompt.id);
        assert_eq!(prompt(&before), prompt(&ledgers[winner.unwrap()]));
    }
}

pub(in super::super) async fn one_link_lets_one_in(store: &impl Store) {
    let (ada, link) = &invited(store, &anew()).await;
    assert_one_won(race(|_| async { store.enter(link, *ada, &password(), now()).await.unwrap() }).await);
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
