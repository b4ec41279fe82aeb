//! What there is one of: the organization, a name, a link, a proof, a version.

use countersign_domain::accounts::Status;
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::For;
use countersign_domain::prompts::Ledger;
use futures::future::join_all;

use super::super::invitations::{administrator, invited, link};
use super::super::policy::version;
use super::super::world::{account, ada, after, attempt, now, password, person, prompted};
use super::{RACERS, assert_one_won, race};
use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Saved, SetUp, Store};

pub(in super::super) async fn one_organization_is_set_up_once(store: &impl Store) {
    let links = &[link(For::FirstAdministrator), link(For::FirstAdministrator)];
    for link in links {
        store.invite(link).await.unwrap();
    }
    let outcomes = race(|racer| async move {
        let first = administrator(&format!("administrator{racer}"));
        store.set_up(&links[racer % 2], &first, now()).await.unwrap()
    });
    assert_eq!(
        outcomes
            .await
            .into_iter()
            .filter(|outcome| *outcome == SetUp::Done)
            .count(),
        1
    );
    assert_eq!(store.people(None, 100).await.unwrap().items.len(), 1);
}

pub(in super::super) async fn one_name_goes_to_one_account(store: &impl Store) {
    assert_one_won(race(|_| async { store.create(&account("ada", Status::Invited), None).await.unwrap() }).await);
    assert_eq!(store.people(None, 100).await.unwrap().items.len(), 1);
}

pub(in super::super) async fn of_many_links_for_one_account_one_is_good(store: &impl Store) {
    let (ada, first) = invited(store, "ada").await;
    let links: &Vec<_> = &(0..RACERS).map(|_| link(For::Enrollment { account: ada })).collect();
    race(|racer| async move { store.invite(&links[racer]).await.unwrap() }).await;
    let known = join_all(links.iter().chain([&first]).map(|link| store.invitation(&link.id))).await;
    assert_eq!(known.into_iter().filter_map(Result::unwrap).count(), 1);
    assert_one_won(
        race(|racer| async move { store.enter(&links[racer], ada, &password(), now()).await.unwrap() }).await,
    );
}

pub(in super::super) async fn one_status_is_left_once(store: &impl Store) {
    let id = ada(store, |_| vec![]).await.account.id;
    let leave = |_| async move {
        store
            .move_status(id, Status::Active, Status::Disabled, None)
            .await
            .unwrap()
    };
    assert_one_won(race(leave).await);
    assert_eq!(person(store, id).await.account.epoch, 1);
}

pub(in super::super) async fn one_version_of_the_policy_is_saved_once(store: &impl Store) {
    let id = ada(store, |_| vec![]).await.account.id;
    for before in 0..2 {
        let save = |racer| async move {
            let policy = version(before + 1, racer % 2 == 0);
            store.save_methods_policy(&policy, None).await.unwrap()
        };
        let outcomes = race(save).await;
        let winner = outcomes.iter().position(|outcome| *outcome == Saved::Won).unwrap();
        assert_one_won(outcomes);
        assert_eq!(*person(store, id).await.rules, version(before + 1, winner % 2 == 0));
    }
}

pub(in super::super) async fn one_proof_is_taken_once(store: &impl Store) {
    assert_one_won(race(|_| async { store.take_once("proof", now(), after(90)).await.unwrap() }).await);
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
    let (ada, link) = &invited(store, "ada").await;
    assert_one_won(race(|_| async { store.enter(link, *ada, &password(), now()).await.unwrap() }).await);
}
