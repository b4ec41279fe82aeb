//! What ends a prompt, and what each end is told.

use countersign_device::Outcome;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_tests::World;
use serde_json::Value;

use crate::support::{asked, enter, number, poll, signed_out};

/// Digits of the same length that are not these.
fn another(digits: &str) -> String {
    if digits == "42" {
        "24".to_owned()
    } else {
        "42".to_owned()
    }
}

#[tokio::test]
async fn a_wrong_number_ends_the_prompt() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let wrong = ada
        .phone(0)
        .answer(&prompt, number(&another(&digits)))
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Some("challenge.number_mismatch"));
    // The right one comes too late.
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.answered"));
    assert!(ada.phone(0).prompts().await.unwrap().prompts.is_empty());
    let page = poll(&browser).await;
    assert_eq!(
        (page.text("/state"), page.text("/ended/code")),
        ("choose", "challenge.number_mismatch")
    );
    signed_out(&browser).await;
    // A new number in the same sign-in, and it goes on.
    let page = browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    assert_ne!(page.text("/prompts/0/prompt_id"), prompt.id.to_string());
    ada.approve(0, page.text("/prompts/0/number")).await;
    world.pass(1);
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (activity.text("/events/0/kind"), activity.text("/events/0/number_match")),
        ("sign_in", "matched")
    );
    assert_eq!(
        (activity.text("/events/1/kind"), activity.text("/events/1/number_match")),
        ("prompt", "mismatched")
    );
}

#[tokio::test]
async fn not_me_is_reported_and_mutes_prompts_for_twenty_minutes() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let denied = ada
        .phone(0)
        .answer(
            &prompt,
            Decision::Deny {
                reason: DenyReason::NotMe,
            },
        )
        .await
        .unwrap();
    assert_eq!(denied, Outcome::Denied);
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.answered"));
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.reported");
    signed_out(&browser).await;
    let muted = browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (muted.text("/ended/code"), muted.text("/prompts/0/kind")),
        ("prompt.muted", "code")
    );
    world.pass(20 * 60 - 1);
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.text("/ended/code")),
        ("choose", "prompt.muted")
    );
    world.pass(1);
    let hers = ada.signed_in_by_number().await;
    let activity = hers.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(activity.text("/events/1/code"), "challenge.reported");
}

#[tokio::test]
async fn a_changed_mind_denies_without_muting() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let denied = ada
        .phone(0)
        .answer(
            &prompt,
            Decision::Deny {
                reason: DenyReason::ChangedMind,
            },
        )
        .await
        .unwrap();
    assert_eq!(denied, Outcome::Denied);
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.answered"));
    let page = poll(&browser).await;
    assert_eq!(
        (page.text("/state"), page.text("/ended/code")),
        ("choose", "challenge.denied")
    );
    ada.signed_in_by_number().await;
}

#[tokio::test]
async fn an_expired_prompt_cannot_be_approved() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    world.pass(120);
    assert!(ada.phone(0).prompts().await.unwrap().prompts.is_empty());
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.expired"));
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.expired");
    // Asking once more after it has been noted changes nothing.
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.expired"));
    signed_out(&browser).await;
    // An approval in time does not outlive the prompt either.
    let (browser, _, digits) = asked(&ada).await;
    world.pass(119);
    ada.approve(0, &digits).await;
    world.pass(1);
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.expired");
    signed_out(&browser).await;
}

#[tokio::test]
async fn a_superseded_prompt_cannot_be_approved() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (older, prompt, digits) = asked(&ada).await;
    let (newer, _, newest) = asked(&ada).await;
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.expired"));
    assert_eq!(poll(&older).await.text("/ended/code"), "challenge.superseded");
    ada.approve(0, &newest).await;
    assert_eq!(poll(&older).await.text("/ended/code"), "challenge.superseded");
    signed_out(&older).await;
    assert_eq!(poll(&newer).await.text("/state"), "complete");
}

#[tokio::test]
async fn a_new_prompt_voids_the_old_one() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_phone().create().await;
    let (browser, first, digits) = asked(&ada).await;
    // In the same sign-in, to the other phone.
    let other = serde_json::json!({ "authenticator_id": ada.phones[1].1 });
    let page = browser.post("/api/v1/sign-ins/current/prompt", other).await.expect(200);
    assert!(ada.phone(0).prompts().await.unwrap().prompts.is_empty());
    let late = ada.phone(0).answer(&first, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.expired"));
    ada.approve(1, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

#[tokio::test]
async fn a_prompt_opens_only_the_sign_in_that_asked() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let strangers = world.browser();
    ada.enter_password(&strangers).await.expect(200);
    let (browser, _, digits) = asked(&ada).await;
    let copy = browser.stolen();
    ada.approve(0, &digits).await;
    assert_eq!(poll(&strangers).await.text("/ended/code"), "challenge.superseded");
    signed_out(&strangers).await;
    world
        .browser()
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    // Consumed once: not even a copy of the same page opens another session by it.
    assert_eq!(poll(&copy).await.text("/ended/code"), "challenge.answered");
    signed_out(&copy).await;
    browser
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    enter(&browser, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
}
