//! Signing in without a password: who may, what the phone must do, and what a stranger learns from it.

use countersign_device::Purpose;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Member, World};
use serde_json::{Value, json};

use super::support::{poll, refused, signed_out, told};

async fn begin(browser: &Browser, user_name: &str) -> Answer {
    browser
        .post("/api/v1/sign-ins/phone", json!({ "user_name": user_name }))
        .await
}

fn yes(number: &str) -> Decision {
    Decision::Approve {
        number: Secret::new(number.to_owned()),
    }
}

/// Ada in a browser that she has signed in from, signed out.
async fn familiar(ada: &Member<'_>) -> Browser {
    let browser = ada.signed_in_by_number().await;
    browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
    browser
}

#[tokio::test]
async fn a_number_on_an_unlocked_phone_opens_a_full_session() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let browser = world.browser();
    let page = begin(&browser, "ADA").await.expect(200);
    assert_eq!((page.text("/state"), page.text("/purpose")), ("waiting", "sign_in"));
    let prompt = ada.open_prompt(0).await;
    assert_eq!(prompt.purpose, Purpose::Passwordless);
    ada.phone(0)
        .answer(&prompt, yes(page.text("/prompts/0/number")))
        .await
        .unwrap();
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    let me = browser.get("/api/v1/me").await.expect(200);
    assert_eq!(me.text("/session/scope"), "full");
    let last = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(last.text("/events/0/method/kind"), "authenticator");
}

/// The attack: a stolen phone that nobody unlocked, and an app that says so.
#[tokio::test]
async fn a_phone_that_was_not_unlocked_is_told_to_and_may_try_again() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let (browser, phone) = (world.browser(), ada.phone(0));
    let page = begin(&browser, "ada").await.expect(200);
    let prompt = ada.open_prompt(0).await;
    let mut claims = phone
        .answer_claims(&prompt, yes(page.text("/prompts/0/number")))
        .unwrap();
    claims.unlocked = false;
    let locked = phone.sign_answer(&claims).unwrap();
    refused(
        &phone.send_answer(prompt.id, &locked).await.unwrap(),
        409,
        "device.unlock_required",
    );
    assert_eq!(poll(&browser).await.text("/state"), "waiting");
    phone
        .answer(&prompt, yes(page.text("/prompts/0/number")))
        .await
        .unwrap();
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

/// The attack: learn from the answer which names exist, and which of them have such a phone.
#[tokio::test]
async fn a_stranger_sees_the_same_for_every_name() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let _bob = world.member("bob").with_phone().create().await;
    let _eve = world.member("eve").with_totp().create().await;
    let mut seen = Vec::new();
    for name in ["ada", "bob", "eve", "nil"] {
        let browser = world.browser();
        for _ in 0..2 {
            let first = begin(&browser, name).await.expect(200);
            seen.push(blurred(&first, name));
        }
        let cookie = browser.cookie("__Host-cs-sign-in").unwrap();
        let waiting = poll(&browser).await;
        world.pass(121);
        let over = poll(&browser).await;
        assert_eq!(over.text("/ended/code"), "challenge.expired", "{name}");
        let again = browser
            .post("/api/v1/sign-ins/current/prompt", Value::Null)
            .await
            .expect(200);
        let tried = browser
            .post("/api/v1/sign-ins/current/code", json!({ "code": "123456" }))
            .await;
        tried.expect_problem(404, "method.not_found");
        seen.push((
            0,
            Vec::new(),
            json!([
                cookie.len(),
                blurred(&waiting, name).2,
                over.body["alternatives"],
                blurred(&again, name).2
            ]),
        ));
    }
    for name in 0..4 {
        assert_eq!(seen[name * 3..][..3], seen[..3], "of name {name}");
    }
    assert!(!seen.iter().any(|(_, _, body)| body.to_string().contains("Test phone")));
    drop(ada);
}

/// What an answer tells, without what is drawn anew each time.
fn blurred(answer: &Answer, name: &str) -> (u16, Vec<String>, Value) {
    let (status, headers, mut body) = told(answer);
    let number = answer.text("/prompts/0/number");
    assert_eq!(number.len(), 2);
    for field in ["number", "prompt_id", "expires_at"] {
        body["prompts"][0][field] = Value::Null;
    }
    body["user_name"] = Value::from(answer.text("/user_name").replace(name, "somebody"));
    let names = headers.into_iter().map(|(name, _)| name).collect();
    (status, names, body)
}

#[tokio::test]
async fn a_strangers_browser_sends_no_notification_and_a_familiar_one_does() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let known = familiar(&ada).await;
    let before = world.outbox.sent().len();
    begin(&world.browser(), "ada").await.expect(200);
    assert_eq!(world.outbox.sent().len(), before);
    begin(&known, "ada").await.expect(200);
    assert_eq!(world.outbox.sent().len(), before + 1);
}

#[tokio::test]
async fn a_familiar_browser_is_told_that_no_phone_unlocks() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = familiar(&ada).await;
    let refused = begin(&browser, "ada").await;
    refused.expect_problem(409, "passwordless.not_available");
    // Until the app says that it can.
    ada.phone(0)
        .change_capabilities(&["number_matching", "unlock"])
        .await
        .unwrap();
    begin(&browser, "ada").await.expect(200);
}

/// The attack: void the prompt that a member waits for, again and again, by nothing but the user name.
#[tokio::test]
async fn a_stranger_does_not_void_the_prompt_of_a_member_who_has_proven_the_password() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    begin(&world.browser(), "ada").await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

/// The attack: pause a member's prompts by asking again and again and leaving it unanswered.
#[tokio::test]
async fn what_a_stranger_leaves_unanswered_does_not_pause_prompts() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    for _ in 0..5 {
        begin(&world.browser(), "ada").await.expect(200);
        world.pass(60);
    }
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.text("/state"), "waiting");
}

#[tokio::test]
async fn a_no_to_a_stranger_is_reported_and_opens_nothing() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let browser = world.browser();
    begin(&browser, "ada").await.expect(200);
    let prompt = ada.open_prompt(0).await;
    let no = Decision::Deny {
        reason: DenyReason::NotMe,
    };
    ada.phone(0).answer(&prompt, no).await.unwrap();
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.reported");
    signed_out(&browser).await;
}

#[tokio::test]
async fn an_address_that_asks_for_many_names_has_to_wait() {
    let world = World::start().await;
    for n in 0..50 {
        begin(&world.browser(), &format!("name{n}")).await.expect(200);
    }
    begin(&world.browser(), "ada")
        .await
        .expect_problem(429, "attempts.exhausted");
}

/// One lock, every door: signing out everywhere and disabling void it like any other sign-in.
#[tokio::test]
async fn a_sign_in_without_a_password_ends_with_the_epoch() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let elsewhere = ada.signed_in_by_number().await;
    let browser = world.browser();
    let page = begin(&browser, "ada").await.expect(200);
    elsewhere
        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": false }))
        .await
        .expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    let over = browser.get("/api/v1/sign-ins/current").await;
    over.expect_problem(409, "sign_in.not_under_way");
    signed_out(&browser).await;
}
