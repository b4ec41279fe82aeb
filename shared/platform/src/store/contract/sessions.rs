//! Facts of sessions.

use countersign_domain::ids::AuthenticatorId;
use countersign_domain::sessions::Session;

use super::world::{ada, after, assert_same, attempt, ceremony, full_ledger, now, session};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

async fn open(store: &impl Store, count: usize) -> Vec<Session> {
    let ada = ada(store, |_| vec![]).await;
    let with = AuthenticatorId::new(now(), &SystemEntropy);
    let mut sessions: Vec<_> = (0..count).map(|_| session(ada.account.id, with)).collect();
    for session in &sessions {
        store.open_session(session).await.unwrap();
    }
    sessions.sort_by(|a, b| a.id.cmp(&b.id));
    sessions
}

pub(super) async fn a_session_is_found_by_its_account_and_token(store: &impl Store) {
    let one = open(store, 1).await.remove(0);
    let other = open(store, 1).await.remove(0);
    assert_eq!(store.session(one.account, &one.id).await.unwrap(), Some(one.clone()));
    assert_eq!(store.session(other.account, &one.id).await.unwrap(), None);
}

pub(super) async fn only_sessions_are_listed_and_only_of_the_account(store: &impl Store) {
    let sessions = open(store, 5).await;
    open(store, 2).await;
    let account = sessions[0].account;
    assert_eq!(
        store
            .save_ledger(&crate::store::contract::sessions::first_ledger(account), attempt())
            .await
            .unwrap(),
        Saved::Won
    );
    let begun = ceremony(account, countersign_domain::enrollment::Stage::Pairing);
    store.begin_enrollment(&begun, None).await.unwrap();
    assert_eq!(store.sessions(account).await.unwrap(), sessions);
}

fn first_ledger(account: countersign_domain::ids::AccountId) -> countersign_domain::prompts::Ledger {
    countersign_domain::prompts::Ledger {
        version: 1,
        ..full_ledger(account)
    }
}

pub(super) async fn a_touch_is_noted_and_makes_no_session(store: &impl Store) {
    let one = open(store, 1).await.remove(0);
    store.touch_session(one.account, &one.id, after(300)).await.unwrap();
    let touched = Session {
        last_seen_at: after(300),
        ..one.clone()
    };
    assert_eq!(store.session(one.account, &one.id).await.unwrap(), Some(touched));
    assert!(store.end_session(one.account, &one.id).await.unwrap());
    store.touch_session(one.account, &one.id, after(600)).await.unwrap();
    assert_eq!(store.session(one.account, &one.id).await.unwrap(), None);
    assert!(store.sessions(one.account).await.unwrap().is_empty());
}

pub(super) async fn a_session_ends_once_and_alone(store: &impl Store) {
    let sessions = open(store, 2).await;
    let account = sessions[0].account;
    assert!(store.end_session(account, &sessions[0].id).await.unwrap());
    assert!(!store.end_session(account, &sessions[0].id).await.unwrap());
    assert_eq!(store.session(account, &sessions[0].id).await.unwrap(), None);
    assert_same(&store.sessions(account).await.unwrap(), &sessions[1..].to_vec());
}

pub(super) async fn many_sessions_end_together_and_others_stay(store: &impl Store) {
    let sessions = open(store, 61).await;
    let account = sessions[0].account;
    let (stays, mut go) = (
        sessions[0].clone(),
        sessions[1..].iter().map(|one| one.id.clone()).collect::<Vec<_>>(),
    );
    go.push(go[0].clone()); // named twice
    store.end_sessions(account, &go).await.unwrap();
    assert_eq!(store.sessions(account).await.unwrap(), [stays]);
    store.end_sessions(account, &[]).await.unwrap();
}
