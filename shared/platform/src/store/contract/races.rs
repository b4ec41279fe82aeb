//! Races: fifty requests let go together on warm connections, and what must hold however they fall.

use countersign_domain::accounts::Status;
use countersign_domain::attempts::Attempts;
use countersign_domain::enrollment::Stage;
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::For;
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;
use futures::future::join_all;

use super::guesses::count;
use super::invitations::{administrator, invited, link};
use super::phones::pairing;
use super::policy::version;
use super::sendings;
use super::world::{
    account, ada, after, attempt, ceremony, generator, held, now, passkey, password, person, phone, prompted, stored,
    texts, token,
};
use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Reserved, Saved, SetUp, Store};

const RACERS: usize = 50;

/// How many rounds; `make soak` asks for a thousand.
pub(super) fn rounds() -> usize {
    std::env::var("COUNTERSIGN_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(3)
}

/// Lets all go together, their connections open already.
async fn race<T, F: Future<Output = T>>(store: &impl Store, racer: impl Fn(usize) -> F) -> Vec<T> {
    join_all((0..RACERS).map(|_| store.is_set_up())).await;
    join_all((0..RACERS).map(racer)).await
}

#[track_caller]
fn assert_one_won(outcomes: impl IntoIterator<Item = Saved>) {
    assert_eq!(outcomes.into_iter().filter(|outcome| *outcome == Saved::Won).count(), 1);
}

pub(super) async fn one_pairing_code_is_taken_by_one_phone(store: &impl Store) {
    pairing(store, "one").await;
    let taken = race(store, |_| async { store.take_pairing("one", now()).await.unwrap() }).await;
    assert_eq!(taken.iter().flatten().count(), 1);
}

pub(super) async fn one_code_is_consumed_once(store: &impl Store) {
    let seen = &ada(store, |id| vec![generator(id)]).await.authenticators.remove(0);
    assert_one_won(
        race(store, |_| async {
            store.consume_code(seen, 9, None, now(), attempt()).await.unwrap()
        })
        .await,
    );
    assert_eq!(stored(store, seen).await.mark, Some(9));
}

pub(super) async fn a_right_code_in_a_burst_of_wrong_ones_counts_as_one_answer(store: &impl Store) {
    let seen = &ada(store, |id| vec![generator(id)]).await.authenticators.remove(0);
    let wrong = Attempts {
        fails: 1,
        blocked_until: None,
    };
    let outcomes = race(store, |racer| async move {
        if racer == RACERS / 2 {
            store.consume_code(seen, 9, None, now(), attempt()).await.unwrap()
        } else {
            store.count_wrong_code(seen, wrong, attempt()).await.unwrap()
        }
    });
    let outcomes = outcomes.await;
    let left = stored(store, seen).await;
    // The right code leaves the count as it was, so one wrong one may follow it, in no case more.
    let won = outcomes.iter().filter(|outcome| **outcome == Saved::Won).count();
    let consumed = usize::from(left.mark == Some(9));
    assert_eq!((won, left.attempts.fails), (1 + consumed, 1));
}

pub(super) async fn one_code_goes_out_of_many_that_are_asked_for(store: &impl Store) {
    let seen = ada(store, |id| vec![texts(id)]).await.authenticators.remove(0);
    let (code, budgets) = (sendings::code(1), [sendings::budget("number", 3)]);
    let sent = race(store, |_| store.send_code(&seen, &code, &budgets)).await;
    let won = sent.iter().filter(|sent| matches!(sent, Ok(Reserved::Won))).count();
    assert_eq!((won, store.sendings(&budgets[0]).await.unwrap()), (1, 1));
}

pub(super) async fn a_budget_is_never_overdrawn(store: &impl Store) {
    let mut all = Vec::new();
    for _ in 0..RACERS {
        all.push(ada(store, |id| vec![texts(id)]).await.authenticators.remove(0));
    }
    let (code, budgets) = (sendings::code(1), [sendings::budget("organization", 7)]);
    let sent = race(store, |n| store.send_code(&all[n], &code, &budgets)).await;
    let won = sent.iter().filter(|sent| matches!(sent, Ok(Reserved::Won))).count();
    assert_eq!((won, store.sendings(&budgets[0]).await.unwrap()), (7, 7));
}

pub(super) async fn one_version_of_a_ledger_is_saved_once(store: &impl Store) {
    let id = AccountId::new(now(), &SystemEntropy);
    let mut before = Ledger::empty(id);
    for _ in 0..2 {
        let ledgers: &Vec<_> = &(0..RACERS).map(|_| prompted(before.clone())).collect();
        let outcomes = race(store, |racer| async move {
            store.save_ledger(&ledgers[racer], attempt()).await.unwrap()
        })
        .await;
        let winner = outcomes.iter().position(|outcome| *outcome == Saved::Won);
        assert_one_won(outcomes);
        before = store.ledger(id, Consistency::Strong).await.unwrap();
        let prompt = |ledger: &Ledger| ledger.prompt.as_ref().map(|prompt| prompt.id);
        assert_eq!(prompt(&before), prompt(&ledgers[winner.unwrap()]));
    }
}

pub(super) async fn one_guess_is_reserved_on_one_count(store: &impl Store) {
    for (seen, next) in [(Guesses::default(), count(1)), (count(1), count(2))] {
        let (seen, next) = (&seen, &next); // the same for all: the same password, fifty times
        let reserve = |_| async move {
            store
                .reserve_guess("name", Bucket::Familiar, seen, next, after(60))
                .await
                .unwrap()
        };
        assert_one_won(race(store, reserve).await);
    }
    assert_eq!(store.guesses("name", Bucket::Familiar).await.unwrap(), count(2));
}

pub(super) async fn two_methods_are_never_both_removed(store: &impl Store) {
    let ada = &ada(store, |id| vec![generator(id), phone(id)]).await;
    let removed = race(store, |racer| async move {
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

pub(super) async fn activations_stay_within_the_limit(store: &impl Store) {
    let policy = &Policy::default();
    let account = ada(store, |id| (1..policy.authenticators).map(|_| generator(id)).collect())
        .await
        .account
        .id;
    let activated = race(store, |_| async move {
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

pub(super) async fn one_credential_goes_to_one_account(store: &impl Store) {
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
    let bound = race(store, |racer| async move {
        let (activation, ceremony) = &contenders[racer];
        store.activate(activation, ceremony, None).await.unwrap()
    });
    assert_one_won(bound.await);
}

pub(super) async fn one_link_lets_one_in(store: &impl Store) {
    let (ada, link) = &invited(store, "ada").await;
    assert_one_won(
        race(store, |_| async {
            store.enter(link, *ada, &password(), now()).await.unwrap()
        })
        .await,
    );
}

pub(super) async fn one_organization_is_set_up_once(store: &impl Store) {
    let links = &[link(For::FirstAdministrator), link(For::FirstAdministrator)];
    for link in links {
        store.invite(link).await.unwrap();
    }
    let outcomes = race(store, |racer| async move {
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

pub(super) async fn one_proof_is_taken_once(store: &impl Store) {
    assert_one_won(
        race(store, |_| async {
            store.take_once("proof", now(), after(90)).await.unwrap()
        })
        .await,
    );
}

pub(super) async fn every_raise_of_an_epoch_counts(store: &impl Store) {
    let ada = ada(store, |_| vec![]).await;
    let raised = race(store, |_| async { store.raise_epoch(ada.account.id).await.unwrap() }).await;
    assert!(raised.iter().all(|raised| *raised == Saved::Won));
    assert_eq!(person(store, ada.account.id).await.account.epoch, 50);
}

pub(super) async fn every_failure_of_an_address_counts(store: &impl Store) {
    race(store, |_| async {
        store.count_address_failure("address", after(0)).await.unwrap();
    })
    .await;
    assert_eq!(store.address_failures("address", after(0)).await.unwrap(), 50);
}

pub(super) async fn one_name_goes_to_one_account(store: &impl Store) {
    assert_one_won(
        race(store, |_| async {
            store.create(&account("ada", Status::Invited), None).await.unwrap()
        })
        .await,
    );
    assert_eq!(store.people(None, 100).await.unwrap().items.len(), 1);
}

pub(super) async fn of_many_links_for_one_account_one_is_good(store: &impl Store) {
    let (ada, first) = invited(store, "ada").await;
    let links: &Vec<_> = &(0..RACERS).map(|_| link(For::Enrollment { account: ada })).collect();
    race(store, |racer| async move { store.invite(&links[racer]).await.unwrap() }).await;
    let known = join_all(links.iter().chain([&first]).map(|link| store.invitation(&link.id))).await;
    assert_eq!(known.into_iter().filter_map(Result::unwrap).count(), 1);
    assert_one_won(
        race(store, |racer| async move {
            store.enter(&links[racer], ada, &password(), now()).await.unwrap()
        })
        .await,
    );
}

pub(super) async fn one_status_is_left_once(store: &impl Store) {
    let id = ada(store, |_| vec![]).await.account.id;
    let leave = |_| async move {
        store
            .move_status(id, Status::Active, Status::Disabled, None)
            .await
            .unwrap()
    };
    assert_one_won(race(store, leave).await);
    assert_eq!(person(store, id).await.account.epoch, 1);
}

pub(super) async fn one_version_of_the_policy_is_saved_once(store: &impl Store) {
    let id = ada(store, |_| vec![]).await.account.id;
    for before in 0..2 {
        let save = |racer| async move {
            let policy = version(before + 1, racer % 2 == 0);
            store.save_methods_policy(&policy, None).await.unwrap()
        };
        let outcomes = race(store, save).await;
        let winner = outcomes.iter().position(|outcome| *outcome == Saved::Won).unwrap();
        assert_one_won(outcomes);
        assert_eq!(*person(store, id).await.rules, version(before + 1, winner % 2 == 0));
    }
}

pub(super) async fn one_token_goes_to_one_account(store: &impl Store) {
    let one = &token("FT-1");
    let _new = store.keep_token(one).await.unwrap();
    let people = &join_all((0..RACERS).map(|_| ada(store, |_| vec![]))).await;
    let outcomes = race(store, |racer| async move {
        let ada = &people[racer];
        let serial = one.serial.clone();
        let ceremony = ceremony(ada.account.id, Stage::Token { serial });
        store.begin_enrollment(&ceremony, None).await.unwrap();
        let bound = held(ada.account.id, one, 7);
        let activation = ada.activate(bound, &Policy::default(), now()).unwrap();
        store.activate(&activation, &ceremony, None).await.unwrap()
    });
    assert_one_won(outcomes.await);
    let holders = join_all(people.iter().map(|ada| person(store, ada.account.id))).await;
    assert_eq!(holders.iter().filter(|ada| !ada.authenticators.is_empty()).count(), 1);
}
