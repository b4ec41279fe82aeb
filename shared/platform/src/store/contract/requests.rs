//! What the store asks of the database for each call of a port: how often, and how strongly.

use countersign_domain::accounts::Status;
use countersign_domain::activity::Claim;
use countersign_domain::attempts::Attempts;
use countersign_domain::enrollment::{Pairing, Stage};
use countersign_domain::ids::{AuthenticatorId, PromptId};
use countersign_domain::invitations::For;
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;
use countersign_domain::tokens::List;

use super::guesses::count;
use super::invitations::{administrator, invited, link};
use super::proxy::Proxy;
use super::world::{
    account, ada, after, attempt, ceremony, event, generator, held, now, password, pending, person, phone, prompted,
    session, testing, token, web_push,
};
use crate::entropy::SystemEntropy;
use crate::store::{
    AdministerPeople as _, BindMethods as _, Consistency, ConsumeCodes as _, CountGuesses as _, DynamoStore,
    EndSessions as _, IssuePasses as _, KeepEnrollments as _, KeepInvitations as _, KeepPhones as _, KeepPolicy as _,
    KeepPrompts as _, KeepTokens as _, OpenSessions as _, ReadActivity as _, ReadPeople as _, ReadSessions as _,
    ReadTokens as _, RecordActivity as _, RemoveMethods as _, TakeOnce as _,
};

const STRONG: &[&str] = &["GetItem strong"];
const EVENTUAL: &[&str] = &["GetItem eventual"];
const PUT: &[&str] = &["PutItem"];
const UPDATE: &[&str] = &["UpdateItem"];
const DELETE: &[&str] = &["DeleteItem"];
const BATCH: &[&str] = &["BatchWriteItem"];
const TRANSACTION: &[&str] = &["TransactWriteItems"];

/// A proxied store with a person in it.
async fn start() -> (Proxy, DynamoStore, Person) {
    let (proxy, store) = Proxy::start().await;
    let ada = ada(&store, |id| vec![generator(id), phone(id), pending(phone(id))]).await;
    (proxy, store, ada)
}

#[tokio::test]
async fn a_person_is_one_query_with_the_policy_beside_it_as_strongly_as_asked() {
    let (proxy, store, ada) = start().await;
    let id = ada.account.id;
    let person = proxy
        .expect(
            &["Query strong", "GetItem strong"],
            store.person(id, Consistency::Strong),
        )
        .await;
    assert_eq!(person.unwrap().authenticators.len(), 3);
    proxy
        .expect(
            &["Query eventual", "GetItem eventual"],
            store.person(id, Consistency::Eventual),
        )
        .await;
    let phone = ada.authenticators[0].id;
    proxy
        .expect(STRONG, store.authenticator(id, phone, Consistency::Strong))
        .await;
    proxy
        .expect(EVENTUAL, store.authenticator(id, phone, Consistency::Eventual))
        .await;
    proxy
        .expect(EVENTUAL, store.account_named(&ada.account.user_name))
        .await;
    proxy.expect(&["Query eventual"], store.people(None, 20)).await;
    let _ = proxy.expect(UPDATE, store.raise_epoch(id)).await;
}

#[tokio::test]
async fn what_decides_about_a_guess_is_read_strongly_and_written_once() {
    let (proxy, store, _) = start().await;
    let (first, second) = (count(1), count(2));
    proxy.expect(STRONG, store.guesses("name", Bucket::Familiar)).await;
    let _ = proxy
        .expect(
            PUT,
            store.reserve_guess("name", Bucket::Familiar, &Guesses::default(), &first, after(60)),
        )
        .await;
    let _ = proxy
        .expect(
            PUT,
            store.reserve_guess("name", Bucket::Familiar, &first, &second, after(60)),
        )
        .await;
    proxy
        .expect(DELETE, store.clear_guesses("name", Bucket::Familiar, &second))
        .await;
    proxy.expect(EVENTUAL, store.address_failures("address", now())).await;
    proxy
        .expect(UPDATE, store.count_address_failure("address", now()))
        .await;
}

#[tokio::test]
async fn codes_prompts_and_proofs_are_one_write_each() {
    let (proxy, store, ada) = start().await;
    let id = ada.account.id;
    let seen = ada
        .authenticators
        .iter()
        .find(|one| one.kind().as_str() == "totp")
        .unwrap();
    let phone = ada
        .authenticators
        .iter()
        .find(|one| one.kind().as_str() == "authenticator")
        .unwrap();
    let wrong = Attempts {
        fails: 1,
        blocked_until: None,
    };
    let _ = proxy
        .expect(UPDATE, store.consume_code(seen, 1, None, now(), attempt()))
        .await;
    let _ = proxy
        .expect(UPDATE, store.count_wrong_code(seen, wrong, attempt()))
        .await;
    proxy.expect(STRONG, store.ledger(id, Consistency::Strong)).await;
    proxy.expect(EVENTUAL, store.ledger(id, Consistency::Eventual)).await;
    let _ = proxy
        .expect(PUT, store.save_ledger(&prompted(Ledger::empty(id)), attempt()))
        .await;
    let _ = proxy.expect(PUT, store.take_once("proof", now(), after(90))).await;
    let _ = proxy
        .expect(UPDATE, store.save_channel(id, phone.id, &web_push("second")))
        .await;
    proxy
        .expect(UPDATE, store.touch_authenticator(id, phone.id, now()))
        .await;
}

#[tokio::test]
async fn changes_of_methods_are_one_transaction_each() {
    let (proxy, store, ada) = start().await;
    let id = ada.account.id;
    let (seen, policy) = (&ada.authenticators, Policy::default());
    let waiting = seen.iter().find(|one| one.expires_at.is_some()).unwrap();
    let active = seen.iter().find(|one| one.expires_at.is_none()).unwrap();
    let testing = testing(waiting);
    proxy.expect(BATCH, store.begin_enrollment(&testing, None)).await;
    let _ = proxy.expect(PUT, store.bind_pending(&pending(phone(id)))).await;
    let _ = proxy
        .expect(TRANSACTION, store.rename(id, active.id, &"Desk".parse().unwrap(), None))
        .await;
    let _ = proxy
        .expect(TRANSACTION, store.save_default(id, active.id, 0, None))
        .await;
    let activation = ada.activate(waiting.clone(), &policy, now()).unwrap();
    let _ = proxy
        .expect(TRANSACTION, store.activate(&activation, &testing, None))
        .await;
    let removal = person(&store, id).await.remove(active.id, &policy).unwrap();
    let _ = proxy.expect(TRANSACTION, store.remove(&removal, None)).await;
    let issued = super::passes::issued(&person(&store, id).await);
    let _ = proxy.expect(TRANSACTION, store.issue_pass(&issued, None)).await;
    let revoked = person(&store, id).await.revoke_pass().unwrap();
    let _ = proxy.expect(TRANSACTION, store.revoke_pass(&revoked, None)).await;
}

#[tokio::test]
async fn a_ceremony_and_its_code_are_one_request_each_time() {
    let (proxy, store, ada) = start().await;
    let begun = ceremony(ada.account.id, Stage::Pairing);
    let pairing = Pairing {
        id: "code".to_owned(),
        account: begun.account,
        enrollment: begun.id,
        expires_at: after(600),
    };
    proxy
        .expect(BATCH, store.begin_enrollment(&begun, Some(&pairing)))
        .await;
    proxy.expect(STRONG, store.enrollment(begun.account, begun.id)).await;
    proxy.expect(UPDATE, store.take_pairing("code", now())).await;
    let bound = begun.clone().testing(
        AuthenticatorId::new(now(), &SystemEntropy),
        PromptId::new(now(), &SystemEntropy),
    );
    let _ = proxy.expect(PUT, store.save_enrollment(&bound)).await;
    proxy
        .expect(DELETE, store.end_enrollment(begun.account, begun.id))
        .await;
}

#[tokio::test]
async fn a_session_is_found_by_one_strong_read_and_twenty_five_end_with_a_request() {
    let (proxy, store, ada) = start().await;
    let id = ada.account.id;
    let sessions: Vec<_> = (0..26).map(|_| session(id, ada.authenticators[0].id)).collect();
    let ids: Vec<_> = sessions.iter().map(|one| one.id.clone()).collect();
    proxy.expect(PUT, store.open_session(&sessions[0])).await;
    proxy.expect(STRONG, store.session(id, &ids[0])).await;
    proxy.expect(&["Query strong"], store.sessions(id)).await;
    proxy.expect(UPDATE, store.touch_session(id, &ids[0], now())).await;
    proxy.expect(DELETE, store.end_session(id, &ids[0])).await;
    proxy
        .expect(&["BatchWriteItem", "BatchWriteItem"], store.end_sessions(id, &ids))
        .await;
    proxy.expect(&[], store.end_sessions(id, &[])).await;
}

#[tokio::test]
async fn a_page_of_activity_is_one_query() {
    let (proxy, store, ada) = start().await;
    let row = event(ada.account.id, now());
    proxy.expect(PUT, store.record(&row, after(3600))).await;
    proxy
        .expect(&["Query eventual"], store.activity(row.account, None, 20, now()))
        .await;
    proxy.expect(UPDATE, store.claim(row.account, row.id, Claim::Me)).await;
}

#[tokio::test]
async fn entering_is_one_transaction() {
    let (proxy, store, _) = start().await;
    let first = link(For::FirstAdministrator);
    proxy.expect(PUT, store.invite(&first)).await;
    proxy.expect(STRONG, store.invitation(&first.id)).await;
    proxy.expect(STRONG, store.is_set_up()).await;
    let _ = proxy
        .expect(TRANSACTION, store.set_up(&first, &administrator("grace"), now()))
        .await;
    let (eve, link) = invited(&store, "eve").await;
    proxy.expect(TRANSACTION, store.invite(&link)).await;
    proxy
        .expect(&["GetItem strong", "GetItem strong"], store.invitation(&link.id))
        .await;
    let _ = proxy
        .expect(TRANSACTION, store.enter(&link, eve, &password(), now()))
        .await;
    let _ = proxy
        .expect(TRANSACTION, store.create(&account("dora", Status::Invited), None))
        .await;
    let _ = proxy
        .expect(
            TRANSACTION,
            store.move_status(eve, Status::Active, Status::Disabled, None),
        )
        .await;
}

#[tokio::test]
async fn a_change_of_policy_or_of_groups_is_one_write() {
    let (proxy, store, ada) = start().await;
    let (id, policy) = (ada.account.id, super::policy::version(1, true));
    let _ = proxy
        .expect(TRANSACTION, store.save_methods_policy(&policy, None))
        .await;
    let _ = proxy
        .expect(TRANSACTION, store.save_groups(id, &ada.account.groups, None))
        .await;
}

#[tokio::test]
async fn a_token_is_one_write_and_a_page_of_them_two_reads() {
    let (proxy, store, ada) = start().await;
    let one = token("FT-1");
    let _ = proxy.expect(PUT, store.keep_token(&one)).await;
    let _ = proxy.expect(PUT, store.keep_token(&one)).await;
    proxy.expect(STRONG, store.token(&one.serial)).await;
    proxy
        .expect(
            &["Query eventual", "BatchGetItem"],
            store.tokens(List::Available, None, 50),
        )
        .await;
    proxy
        .expect(&["Query eventual"], store.tokens(List::Active, None, 50))
        .await;
    let kept = one.assign(ada.account.id, ada.account.user_name.clone()).unwrap();
    let _ = proxy.expect(PUT, store.move_token(&kept)).await;
    let serial = kept.serial.clone();
    let begun = ceremony(ada.account.id, Stage::Token { serial });
    store.begin_enrollment(&begun, None).await.unwrap();
    let bound = held(ada.account.id, &kept, 7);
    let activation = ada.activate(bound.clone(), &Policy::default(), now()).unwrap();
    let _ = proxy
        .expect(TRANSACTION, store.activate(&activation, &begun, None))
        .await;
    let removal = person(&store, ada.account.id).await;
    let removal = removal.remove(bound.id, &Policy::default()).unwrap();
    let _ = proxy.expect(TRANSACTION, store.remove(&removal, None)).await;
    let _ = proxy.expect(DELETE, store.drop_token(&kept)).await;
}
