//! Prompts that wear a person down: strikes, the pause after three, and what stays open.

use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_tests::{Answer, Browser, Member, World};
use serde_json::Value;

use crate::support::{enter, poll};

const MUTED: &str = "prompt.muted";

/// A prompt that the member denies, in a sign-in of its own.
async fn denied(member: &Member<'_>) {
    let browser = member.world.browser();
    let page = member.enter_password(&browser).await.expect(200);
    assert_eq!(page.text("/state"), "waiting");
    deny(member).await;
}

async fn deny(member: &Member<'_>) {
    let prompt = member.open_prompt(0).await;
    member
        .phone(0)
        .answer(
            &prompt,
            Decision::Deny {
                reason: DenyReason::ChangedMind,
            },
        )
        .await
        .unwrap();
}

async fn start(member: &Member<'_>) -> (Browser, Answer) {
    let browser = member.world.browser();
    let page = member.enter_password(&browser).await.expect(200);
    (browser, page)
}

#[tokio::test]
async fn three_strikes_mute_prompts_and_leave_other_ways() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    for _ in 0..3 {
        denied(&ada).await;
    }
    let pushed = world.outbox.sent().len();
    let (browser, page) = start(&ada).await;
    assert_eq!((page.text("/state"), page.text("/ended/code")), ("choose", MUTED));
    assert_eq!(
        (page.text("/prompts/0/kind"), page.text("/alternatives/0/kind")),
        ("code", "authenticator")
    );
    let page = browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    assert_eq!(page.text("/ended/code"), MUTED);
    assert!(ada.phone(0).prompts().await.unwrap().prompts.is_empty());
    assert_eq!(world.outbox.sent().len(), pushed, "nothing is sent while prompts pause");
    // Neither a right password nor a code that signs in ends the pause.
    enter(&browser, &ada.code(0)).await.expect(200);
    world.pass(20 * 60 - 1);
    assert_eq!(start(&ada).await.1.text("/ended/code"), MUTED);
    world.pass(1);
    assert_eq!(start(&ada).await.1.text("/state"), "waiting");
}

#[tokio::test]
async fn a_member_with_a_phone_only_is_told_of_the_pause() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    for _ in 0..3 {
        denied(&ada).await;
    }
    let (browser, page) = start(&ada).await;
    assert_eq!((page.text("/state"), page.text("/ended/code")), ("choose", MUTED));
    assert_eq!(page.body["prompts"].as_array().unwrap().len(), 0);
    assert_eq!(browser.cookie("__Host-cs-session"), None);
}

#[tokio::test]
async fn a_new_prompt_keeps_the_strikes() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, _) = start(&ada).await;
    for _ in 0..2 {
        deny(&ada).await;
        let page = browser
            .post("/api/v1/sign-ins/current/prompt", Value::Null)
            .await
            .expect(200);
        assert_eq!(page.text("/state"), "waiting");
    }
    deny(&ada).await;
    let page = browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    assert_eq!(page.text("/ended/code"), MUTED);
}

#[tokio::test]
async fn prompts_that_nobody_answers_are_strikes() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    // One that runs out, seen by its page; one that runs out unseen; one that a newer one voids.
    let (browser, _) = start(&ada).await;
    world.pass(120);
    for _ in 0..3 {
        assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.expired");
    }
    start(&ada).await;
    world.pass(121);
    assert_eq!(start(&ada).await.1.text("/state"), "waiting");
    assert_eq!(start(&ada).await.1.text("/ended/code"), MUTED);
}

#[tokio::test]
async fn a_prompt_whose_sign_in_was_finished_by_a_code_is_taken_back_and_no_strike() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    for _ in 0..4 {
        world.pass(30);
        let (browser, page) = start(&ada).await;
        assert_eq!(page.text("/state"), "waiting");
        let (prompt, elsewhere) = (ada.open_prompt(0).await, browser.stolen());
        enter(&browser, &ada.code(0)).await.expect(200);
        let phone = ada.phone(0);
        assert!(phone.prompts().await.unwrap().prompts.is_empty());
        assert_eq!(poll(&elsewhere).await.text("/ended/code"), "challenge.answered");
        let reason = DenyReason::NotMe;
        let late = phone.answer(&prompt, Decision::Deny { reason }).await;
        assert!(format!("{late:?}").contains("challenge.answered"), "{late:?}");
    }
    let browser = ada.signed_in_by_number().await;
    let rows = browser.get("/api/v1/me/activity").await.expect(200);
    let failures = |row: &&Value| row["outcome"] == "failure";
    assert_eq!(
        rows.body["events"].as_array().unwrap().iter().filter(failures).count(),
        0
    );
}

#[tokio::test]
async fn a_code_in_one_sign_in_leaves_the_prompt_of_another() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (by_code, _) = start(&ada).await;
    let (by_number, page) = start(&ada).await;
    enter(&by_code, &ada.code(0)).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&by_number).await.text("/state"), "complete");
}

#[tokio::test]
async fn strikes_are_forgotten_after_ten_minutes_and_by_a_success() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    denied(&ada).await;
    denied(&ada).await;
    world.pass(10 * 60);
    denied(&ada).await;
    denied(&ada).await;
    ada.signed_in_by_number().await;
    denied(&ada).await;
    denied(&ada).await;
    assert_eq!(start(&ada).await.1.text("/state"), "waiting");
    deny(&ada).await;
    assert_eq!(start(&ada).await.1.text("/ended/code"), MUTED);
}

#[tokio::test]
async fn reauthentication_is_muted_as_sign_in_is() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    for _ in 0..3 {
        denied(&ada).await;
    }
    let again = serde_json::json!({ "password": countersign_tests::PASSWORD });
    let page = browser.post("/api/v1/reauthentications", again).await.expect(200);
    assert_eq!(
        (page.text("/purpose"), page.text("/ended/code")),
        ("reauthenticate", MUTED)
    );
    // A test of a phone comes from somebody with a fresh proof: it is asked, and no strike.
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    assert_eq!(
        browser
            .confirm_phone(&ceremony, &phone)
            .await
            .expect(200)
            .text("/state"),
        "complete"
    );
}
