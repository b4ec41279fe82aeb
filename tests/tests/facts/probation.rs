//! New methods, and weaker proofs: what they cannot change.

use countersign_tests::World;
use serde_json::json;

const DAY: i64 = 86_400;

#[tokio::test]
async fn a_new_method_changes_no_other_until_its_week_is_over() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_phone().create().await;
    world.pass(30 * DAY);
    ada.bind_totp().await;
    world.pass(DAY);
    let phone = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    let browser = ada.signed_in_by_code_of_choice().await;
    let refused = browser.delete(&phone).await.expect_problem(403, "method.on_probation");
    assert!(
        refused.text("/detail").contains("31 December 2026"),
        "{}",
        refused.text("/detail")
    );
    assert_eq!(refused.text("/action/kind"), "reauthenticate");
    for refused in [
        browser.post("/api/v1/me/methods", json!({ "kind": "totp" })).await,
        browser.patch(&phone, json!({ "name": "Mine" })).await,
        browser
            .put("/api/v1/me/methods/default", json!({ "id": ada.generators[0].1 }))
            .await,
    ] {
        refused.expect_problem(403, "method.on_probation");
    }
    // The older one may, and so may the new one when its week is over.
    let older = ada.signed_in_by_number().await;
    older.patch(&phone, json!({ "name": "Mine" })).await.expect(200);
    world.pass(6 * DAY);
    let browser = ada.signed_in_by_code_of_choice().await;
    browser.delete(&phone).await.expect(200);
}

#[tokio::test]
async fn an_account_whose_methods_are_all_new_goes_on() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    browser
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_session_says_how_it_was_opened() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let me = browser.get("/api/v1/me").await.expect(200);
    assert_eq!(
        (me.text("/session/level"), &me.body["session"]["aal"]),
        ("multi_factor", &json!(2))
    );
    assert_eq!(me.body["session"]["amr"], json!(["hwk", "mfa", "pwd"]));
    let sessions = browser.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(sessions.text("/sessions/0/level"), "multi_factor");
    assert_eq!(sessions.body["sessions"][0]["amr"], json!(["hwk", "mfa", "pwd"]));
}
