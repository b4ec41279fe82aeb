//! What closes to a passkey that was good: its removal, its account, the end of all sessions, policy.

use countersign_domain::methods::passkey::{Aaguid, ListMode, Models};
use countersign_tests::attestation::Maker;
use countersign_tests::passkeys::UP;
use countersign_tests::{SoftPasskey, World};
use serde_json::{Value, json};

use super::{AGAIN, SECOND, answer, asked, begin, spoiled};
use crate::support::enter;

#[tokio::test]
async fn a_removed_passkey_is_unknown_and_its_sessions_are_over() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().with_passkey().create().await;
    let opened = ada.signed_in_by_passkey().await;
    let browser = world.browser();
    ada.answer_with_passkey(&browser, 1, "/api/v1/sign-ins/passkey/options")
        .await
        .expect(200);
    browser
        .delete(&format!("/api/v1/me/methods/{}", ada.passkeys[0].1))
        .await
        .expect(200);
    opened.get("/api/v1/me").await.expect_problem(401, "session.required");
    spoiled(&mut ada, |_| ()).await.expect_problem(401, "passkey.unknown");
    let accepted = browser.get("/api/v1/me/methods").await.expect(200).body["accepted"].clone();
    assert_eq!(accepted["credential_ids"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_disabled_account_and_a_wrong_passkey_are_told_alike() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let boss = world
        .member("boss")
        .administrator()
        .with_totp()
        .create()
        .await
        .signed_in_by_code()
        .await;
    boss.post(&format!("/api/v1/people/{}/disable", ada.account), Value::Null)
        .await
        .expect(200);
    let disabled = spoiled(&mut ada, |_| ()).await.expect_problem(401, "passkey.rejected");
    let mut bob = world.member("bob").with_passkey().create().await;
    let wrong = spoiled(&mut bob, |said| said.flags = UP)
        .await
        .expect_problem(401, "passkey.rejected");
    assert_eq!(disabled.text("/detail"), wrong.text("/detail"));
}

#[tokio::test]
async fn the_end_of_all_sessions_voids_what_a_passkey_was_asked_in_one() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let browser = ada.signed_in_by_passkey().await;
    let options = asked(&browser, AGAIN).await;
    let thief = browser.stolen();
    browser
        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))
        .await
        .expect(200);
    world.pass(1);
    let credential = ada.passkeys[0].0.get(&options, &world.origin, |_| ());
    answer(&thief, &credential).await.expect_problem(409, "passkey.expired");
}

#[tokio::test]
async fn a_model_that_is_blocked_later_is_out_at_the_next_request() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().with_totp().create().await;
    ada.signed_in_by_passkey().await;
    world.pass(1);
    let model = Aaguid::new(ada.passkeys[0].0.aaguid);
    world
        .rules(|policy| {
            policy.passkey.settings.aaguids = Models {
                mode: ListMode::Block,
                list: [model].into(),
            }
        })
        .await;
    spoiled(&mut ada, |_| ())
        .await
        .expect_problem(403, "policy.passkey_not_allowed");
    // It is no second factor any more either, and none of its model can be added.
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/prompts/0/kind"), &page.body["alternatives"]),
        ("code", &json!([]))
    );
    browser
        .post(SECOND, Value::Null)
        .await
        .expect_problem(404, "method.not_found");
    enter(&browser, &ada.code(0)).await.expect(200);
    let (confirm, options) = begin(&browser, &Value::Null).await;
    assert_eq!(options["attestation"], "direct");
    let credential = SoftPasskey::new().create(&options, &world.origin, |_| ());
    browser
        .post(&confirm, json!({ "credential": credential }))
        .await
        .expect_problem(403, "policy.passkey_not_allowed");
}

#[tokio::test]
async fn synced_passkeys_and_unproven_models_are_kept_out_where_policy_says_so() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    world.rules(|policy| policy.passkey.settings.synced = false).await;
    let (confirm, options) = begin(&browser, &Value::Null).await;
    let credential = SoftPasskey::new().synced().create(&options, &world.origin, |_| ());
    browser
        .post(&confirm, json!({ "credential": credential }))
        .await
        .expect_problem(403, "policy.passkey_not_allowed");
    let credential = SoftPasskey::new().create(&options, &world.origin, |_| ());
    browser
        .post(&confirm, json!({ "credential": credential }))
        .await
        .expect(200);

    let settings = json!({ "attestation": { "mode": "required", "roots": [Maker::of([9; 16]).root()] } });
    world
        .rules(|policy| {
            policy.passkey.settings = serde_json::from_value(settings).unwrap();
        })
        .await;
    let (confirm, options) = begin(&browser, &Value::Null).await;
    assert_eq!(options["attestation"], "direct");
    let credential = SoftPasskey::new().create(&options, &world.origin, |_| ());
    browser
        .post(&confirm, json!({ "credential": credential }))
        .await
        .expect_problem(403, "policy.passkey_not_allowed");
}
