//! Facts of codes that go out: saved with every budget they are taken from, or not at all.

use countersign_domain::enrollment::Stage;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::sent_code::{Line, SentCode};
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::sendings::Budget;

use super::world::{ada, after, assert_same, attempt, ceremony, line, now, pending, person, stored, texts};
use crate::entropy::SystemEntropy;
use crate::store::{Reserved, Saved, Store};

pub(super) fn code(sending: u64) -> SentCode {
    SentCode {
        sending,
        flow: "sgn_1".to_owned(),
        hash: format!("hash {sending}"),
        sent_at: now(),
        expires_at: after(600),
    }
}

pub(super) fn budget(of: &str, most: u32) -> Budget {
    Budget {
        of: of.to_owned(),
        window_ends: after(3600),
        most,
    }
}

async fn one_number(store: &impl Store) -> Authenticator {
    ada(store, |id| vec![texts(id)]).await.authenticators.remove(0)
}

fn with(seen: &Authenticator, sent: SentCode) -> Authenticator {
    let mut seen = seen.clone();
    let line = seen.binding.line().cloned().unwrap();
    seen.binding = Binding::Sms(Line {
        sent: Some(sent),
        ..line
    });
    seen
}

async fn used(store: &impl Store, of: &str) -> u32 {
    store.sendings(&budget(of, 1)).await.unwrap()
}

pub(super) async fn a_code_takes_the_place_of_the_one_before_and_one_of_each_budget(store: &impl Store) {
    let seen = one_number(store).await;
    let budgets = [budget("number", 5), budget("day", 9)];
    assert_eq!(store.send_code(&seen, &code(1), &budgets).await.unwrap(), Reserved::Won);
    let first = stored(store, &seen).await;
    assert_eq!(
        (first.binding.line().unwrap().sent.clone(), first.mark),
        (Some(code(1)), Some(0))
    );
    assert_eq!(
        store.send_code(&seen, &code(2), &budgets).await.unwrap(),
        Reserved::Lost
    );
    assert_eq!(
        store.send_code(&first, &code(2), &budgets).await.unwrap(),
        Reserved::Won
    );
    let second = stored(store, &seen).await;
    assert_eq!(
        (second.binding.line().unwrap().sent.clone(), second.mark),
        (Some(code(2)), Some(1))
    );
    assert_eq!((used(store, "number").await, used(store, "day").await), (2, 2));
    assert_eq!(used(store, "another").await, 0);
}

/// The attack: a code that was read a moment ago, and consumed after the next one went out.
pub(super) async fn a_code_is_void_once_the_next_one_is_saved(store: &impl Store) {
    let seen = one_number(store).await;
    for (sending, before) in [(1, seen.clone()), (2, with(&seen, code(1)))] {
        let sent = store.send_code(&before, &code(sending), &[]).await.unwrap();
        assert_eq!(sent, Reserved::Won);
    }
    let consume = |mark| store.consume_code(&seen, mark, None, now(), attempt());
    assert_eq!(consume(1).await.unwrap(), Saved::Lost);
    assert_eq!(consume(2).await.unwrap(), Saved::Won);
    assert_eq!(consume(2).await.unwrap(), Saved::Lost);
}

pub(super) async fn a_spent_budget_saves_nothing_and_takes_nothing(store: &impl Store) {
    let seen = one_number(store).await;
    let budgets = [budget("wide", 5), budget("tight", 1)];
    assert_eq!(store.send_code(&seen, &code(1), &budgets).await.unwrap(), Reserved::Won);
    let before = stored(store, &seen).await;
    let sent = store.send_code(&before, &code(2), &budgets).await.unwrap();
    assert_eq!(sent, Reserved::Spent(1));
    assert_same(&stored(store, &seen).await, &before);
    assert_eq!((used(store, "wide").await, used(store, "tight").await), (1, 1));
    let none = store.send_code(&before, &code(2), &[budget("none", 0)]).await.unwrap();
    assert_eq!((none, used(store, "none").await), (Reserved::Spent(0), 0));
    let next = Budget {
        window_ends: after(7200),
        ..budget("tight", 1)
    };
    assert_eq!(
        store.send_code(&before, &code(2), &[next]).await.unwrap(),
        Reserved::Won
    );
}

pub(super) async fn nothing_goes_to_a_number_that_is_not_in_use(store: &impl Store) {
    let seen = pending(one_number(store).await);
    let other = Authenticator {
        id: AuthenticatorId::new(now(), &SystemEntropy),
        ..seen.clone()
    };
    assert_eq!(store.bind_pending(&other).await.unwrap(), Saved::Won);
    assert_eq!(other.standing, Standing::Pending);
    assert_eq!(
        store.send_code(&other, &code(1), &[budget("b", 5)]).await.unwrap(),
        Reserved::Lost
    );
    let account = seen.account;
    let gone = person(store, account).await.authenticators;
    assert!(gone.iter().all(|one| one.binding.line().unwrap().sent.is_none()));
    assert_eq!(used(store, "b").await, 0);
}

pub(super) async fn a_ceremony_is_saved_with_its_code_or_not_at_all(store: &impl Store) {
    let account = ada(store, |_| Vec::new()).await.account.id;
    let stage = Stage::Message {
        authenticator: AuthenticatorId::new(now(), &SystemEntropy),
        spoken: false,
        line: line(),
        wrong: 0,
    };
    let begun = ceremony(account, stage);
    store.begin_enrollment(&begun, None).await.unwrap();
    let kept = async || store.enrollment(account, begun.id).await.unwrap().unwrap();
    let next = begun.clone().sent(code(1)).unwrap();
    let budgets = [budget("number", 1)];
    assert_eq!(store.send_first_code(&next, &budgets).await.unwrap(), Reserved::Won);
    assert_same(&kept().await, &next);
    assert_eq!(store.send_first_code(&next, &[]).await.unwrap(), Reserved::Lost);
    let third = next.clone().sent(code(2)).unwrap();
    assert_eq!(
        store.send_first_code(&third, &budgets).await.unwrap(),
        Reserved::Spent(0)
    );
    assert_same(&kept().await, &next);
}
