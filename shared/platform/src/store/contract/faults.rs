//! Faults of the database, played by the proxy: lost replies, refusals, conflicts, halves.

use countersign_domain::accounts::Status;
use countersign_domain::attempts::Attempts;
use countersign_domain::enrollment::Stage;
use countersign_domain::ids::{AuthenticatorId, PromptId};
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;

use super::guesses::count;
use super::invitations::invited;
use super::phones::pairing;
use super::proxy::Proxy;
use super::proxy::Trick::{Cancel, Conflict, LeaveHalf, LoseReply, Throttle};
use super::world::{
    account, ada, after, attempt, ceremony, generator, now, password, pending, person, phone, prompted, session,
    stored, testing,
};
use crate::entropy::SystemEntropy;
use crate::fault::Fault;
use crate::store::{
    AdministerPeople as _, BindMethods as _, ConsumeCodes as _, CountGuesses as _, EndSessions as _,
    KeepEnrollments as _, KeepInvitations as _, KeepPrompts as _, OpenSessions as _, ReadSessions as _,
    RemoveMethods as _, Saved, TakeOnce as _,
};

#[tokio::test]
async fn an_answer_whose_reply_is_lost_is_recognized_and_counted_once() {
    let (proxy, store) = Proxy::start().await;
    let seen = ada(&store, |id| vec![generator(id)]).await.authenticators.remove(0);
    proxy.play(&[LoseReply, LoseReply]);
    assert_eq!(
        store.consume_code(&seen, 9, None, now(), attempt()).await.unwrap(),
        Saved::Won
    );
    assert_eq!(
        store.consume_code(&seen, 9, None, now(), attempt()).await.unwrap(),
        Saved::Lost
    );
    proxy.play(&[LoseReply]);
    let wrong = Attempts {
        fails: 1,
        blocked_until: None,
    };
    assert_eq!(
        store.count_wrong_code(&seen, wrong, attempt()).await.unwrap(),
        Saved::Won
    );
    assert_eq!(stored(&store, &seen).await.attempts.fails, 1);
}

#[tokio::test]
async fn a_ledger_whose_reply_is_lost_is_recognized() {
    let (proxy, store) = Proxy::start().await;
    let first = prompted(Ledger::empty(account("ada", Status::Active).id));
    for ledger in [first.clone(), prompted(first)] {
        proxy.play(&[LoseReply]);
        assert_eq!(store.save_ledger(&ledger, attempt()).await.unwrap(), Saved::Won);
        assert_eq!(store.save_ledger(&ledger, attempt()).await.unwrap(), Saved::Lost);
    }
}

#[tokio::test]
async fn what_is_taken_or_reserved_once_is_the_takers_though_the_reply_is_lost() {
    let (proxy, store) = Proxy::start().await;
    pairing(&store, "code").await;
    proxy.play(&[LoseReply]);
    assert!(store.take_pairing("code", now()).await.unwrap().is_some());
    assert!(store.take_pairing("code", now()).await.unwrap().is_none());
    proxy.play(&[LoseReply]);
    assert_eq!(store.take_once("proof", now(), after(90)).await.unwrap(), Saved::Won);
    assert_eq!(store.take_once("proof", now(), after(90)).await.unwrap(), Saved::Lost);
    proxy.play(&[LoseReply]);
    let reserve = || async {
        store
            .reserve_guess("name", Bucket::Familiar, &Guesses::default(), &count(1), after(60))
            .await
            .unwrap()
    };
    assert_eq!(reserve().await, Saved::Won);
    assert_eq!(reserve().await, Saved::Lost);
}

#[tokio::test]
async fn a_binding_a_ceremony_and_a_status_are_recognized_too() {
    let (proxy, store) = Proxy::start().await;
    let ada = ada(&store, |_| vec![]).await;
    let begun = ceremony(ada.account.id, Stage::Pairing);
    store.begin_enrollment(&begun, None).await.unwrap();
    proxy.play(&[LoseReply]);
    assert_eq!(
        store.bind_pending(&pending(phone(ada.account.id))).await.unwrap(),
        Saved::Won
    );
    proxy.play(&[LoseReply]);
    let bound = begun.testing(
        AuthenticatorId::new(now(), &SystemEntropy),
        PromptId::new(now(), &SystemEntropy),
    );
    assert_eq!(store.save_enrollment(&bound).await.unwrap(), Saved::Won);
    proxy.play(&[LoseReply]);
    assert_eq!(
        store
            .move_status(ada.account.id, Status::Active, Status::Disabled, None)
            .await
            .unwrap(),
        Saved::Won
    );
    assert_eq!(person(&store, ada.account.id).await.account.epoch, 1);
}

#[tokio::test]
async fn a_transaction_whose_reply_is_lost_happens_once_and_is_won() {
    let (proxy, store) = Proxy::start().await;
    let ada = ada(&store, |id| vec![generator(id), generator(id), pending(phone(id))]).await;
    let waiting = ada.authenticators.iter().find(|one| one.expires_at.is_some()).unwrap();
    let testing = testing(waiting);
    store.begin_enrollment(&testing, None).await.unwrap();
    let activation = ada.activate(waiting.clone(), &Policy::default(), now()).unwrap();
    proxy.play(&[LoseReply]);
    assert_eq!(store.activate(&activation, &testing, None).await.unwrap(), Saved::Won);
    let removal = person(&store, ada.account.id)
        .await
        .remove(waiting.id, &Policy::default())
        .unwrap();
    proxy.play(&[LoseReply]);
    assert_eq!(store.remove(&removal, None).await.unwrap(), Saved::Won);
    proxy.play(&[LoseReply]);
    assert_eq!(
        store.create(&account("grace", Status::Invited), None).await.unwrap(),
        Saved::Won
    );
    let (eve, link) = invited(&store, "eve").await;
    proxy.play(&[LoseReply]);
    assert_eq!(store.enter(&link, eve, &password(), now()).await.unwrap(), Saved::Won);
}

#[tokio::test]
async fn a_conflict_is_tried_again_and_reported_after_the_fourth() {
    let (proxy, store) = Proxy::start().await;
    let seen = ada(&store, |id| vec![generator(id)]).await.authenticators.remove(0);
    proxy.asked();
    proxy.play(&[Conflict; 4]);
    let outcome = store.consume_code(&seen, 9, None, now(), attempt()).await;
    assert!(
        matches!(&outcome, Err(fault @ Fault::Unavailable { .. }) if fault.may_pass()),
        "{outcome:?}"
    );
    assert_eq!(proxy.asked().len(), 4);
    proxy.play(&[Conflict; 3]);
    assert_eq!(
        store.consume_code(&seen, 9, None, now(), attempt()).await.unwrap(),
        Saved::Won
    );
}

#[tokio::test]
async fn a_transaction_in_conflict_is_tried_again_under_the_same_token() {
    let (proxy, store) = Proxy::start().await;
    proxy.play(&[Cancel; 3]);
    assert_eq!(
        store.create(&account("ada", Status::Invited), None).await.unwrap(),
        Saved::Won
    );
    let tokens: Vec<_> = proxy
        .asked()
        .iter()
        .map(|asked| asked.body["ClientRequestToken"].clone())
        .collect();
    assert_eq!(tokens.len(), 4);
    assert!(
        tokens.iter().all(|token| token.is_string() && *token == tokens[0]),
        "{tokens:?}"
    );
    proxy.play(&[Cancel; 4]);
    let outcome = store.create(&account("eve", Status::Invited), None).await;
    assert!(matches!(outcome, Err(Fault::Unavailable { .. })), "{outcome:?}");
    assert_eq!(store.people(None, 10).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_throttled_counter_answers_nothing_and_counts_nothing() {
    let (proxy, store) = Proxy::start().await;
    let seen = ada(&store, |id| vec![generator(id)]).await.authenticators.remove(0);
    proxy.play(&[Throttle; 3]);
    let outcome = store
        .count_wrong_code(
            &seen,
            Attempts {
                fails: 1,
                blocked_until: None,
            },
            attempt(),
        )
        .await;
    assert!(
        matches!(&outcome, Err(fault @ Fault::Unavailable { .. }) if fault.may_pass()),
        "{outcome:?}"
    );
    assert_eq!(
        outcome.unwrap_err().story(),
        "directory: count wrong code is unavailable: ProvisionedThroughputExceededException"
    );
    assert_eq!(stored(&store, &seen).await.attempts.fails, 0);
    proxy.play(&[Throttle; 3]);
    assert!(store.guesses("name", Bucket::Familiar).await.is_err());
}

#[tokio::test]
async fn sessions_that_a_batch_left_over_are_ended_with_the_next() {
    let (proxy, store) = Proxy::start().await;
    let ada = ada(&store, |_| vec![]).await;
    let sessions: Vec<_> = (0..8)
        .map(|_| session(ada.account.id, generator(ada.account.id).id))
        .collect();
    for session in &sessions {
        store.open_session(session).await.unwrap();
    }
    let ids: Vec<_> = sessions.iter().map(|one| one.id.clone()).collect();
    proxy.asked();
    proxy.play(&[LeaveHalf, LeaveHalf]);
    store.end_sessions(ada.account.id, &ids).await.unwrap();
    assert_eq!(proxy.asked().len(), 3);
    assert!(store.sessions(ada.account.id).await.unwrap().is_empty());
}
