//! Removing methods: what may go, what goes with it, and at once.

use countersign_tests::{PASSWORD, World};
use serde_json::json;

use crate::support::{enter, is_alive, poll, signed_out};

#[tokio::test]
async fn the_last_usable_method_stays() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let only = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    let preview = browser.get(&format!("{only}/removal")).await.expect(200);
    assert_eq!(
        (&preview.body["allowed"], preview.text("/refusal/code")),
        (&json!(false), "method.last_or_required")
    );
    browser
        .delete(&only)
        .await
        .expect_problem(409, "method.last_or_required");
    // What is not confirmed yet does not count: neither a generator's ceremony, nor a phone that waits for its test.
    let (_, code) = browser.begin_phone().await;
    world.pair(&code).await;
    let (ceremony, seed) = browser.begin_totp().await;
    browser
        .delete(&only)
        .await
        .expect_problem(409, "method.last_or_required");
    let confirm = json!({ "code": countersign_tests::codes::code(&seed, world.now()) });
    browser.post(&format!("{ceremony}/confirm"), confirm).await.expect(200);
    browser.delete(&only).await.expect(200);
    browser
        .delete("/api/v1/me/methods/password")
        .await
        .expect_problem(401, "session.required");
    world.pass(30);
    let again = world.browser();
    ada.enter_password(&again).await.expect(200);
    enter(&again, &countersign_tests::codes::code(&seed, world.now()))
        .await
        .expect(200);
    again
        .delete("/api/v1/me/methods/password")
        .await
        .expect_problem(404, "method.not_found");
}

#[tokio::test]
async fn the_default_moves_to_the_strongest_that_is_left() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_totp().with_totp().create().await;
    let phone = ada.bind_phone().await;
    let browser = ada.signed_in_by_code().await;
    let default = |body: &serde_json::Value| body["methods"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        default(&browser.get("/api/v1/me/methods").await.expect(200).body),
        ada.generators[0].1.to_string()
    );
    let first = format!("/api/v1/me/methods/{}", ada.generators[0].1);
    let preview = browser.get(&format!("{first}/removal")).await.expect(200);
    assert_eq!(
        (preview.text("/new_default/id"), &preview.body["ends_current"]),
        (&*phone.to_string(), &json!(true))
    );
    let removed = browser.delete(&first).await.expect(200);
    assert_eq!(removed.body, json!({ "sessions_ended": 1, "signed_out": true }));
    assert_eq!(
        browser.cookie("__Host-cs-session"),
        None,
        "the cookie of a session that is over is taken back"
    );
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(page.text("/state"), "waiting", "the phone is asked first now");
    ada.approve(0, page.text("/prompts/0/number")).await;
    poll(&browser).await;
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(default(&methods.body), phone.to_string());
}

#[tokio::test]
async fn a_removed_method_is_refused_at_once() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().with_totp().create().await;
    let keeper = {
        let browser = world.browser();
        ada.enter_password(&browser).await.expect(200);
        let body = json!({ "authenticator_id": ada.generators[1].1, "code": ada.code(1) });
        browser.post("/api/v1/sign-ins/current/code", body).await.expect(200);
        browser
    };
    // Two sign-ins are under way: one is about to enter a code, the other has its approval.
    let by_code = world.browser();
    ada.enter_password(&by_code).await.expect(200);
    let by_number = world.browser();
    let page = ada.enter_password(&by_number).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    let reused = by_number.stolen();
    keeper
        .delete(&format!("/api/v1/me/methods/{}", ada.generators[0].1))
        .await
        .expect(200);
    keeper
        .delete(&format!("/api/v1/me/methods/{}", ada.phones[0].1))
        .await
        .expect(200);
    let code = json!({ "authenticator_id": ada.generators[0].1, "code": ada.code(0) });
    by_code
        .post("/api/v1/sign-ins/current/code", code)
        .await
        .expect_problem(404, "method.not_found");
    signed_out(&by_code).await;
    by_number
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    signed_out(&by_number).await;
    let prompt = json!({ "authenticator_id": ada.phones[0].1 });
    reused
        .post("/api/v1/sign-ins/current/prompt", prompt)
        .await
        .expect_problem(404, "method.not_found");
    let sessions = keeper.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(
        sessions.body["sessions"].as_array().unwrap().len(),
        1,
        "no session was left behind"
    );
}

#[tokio::test]
async fn a_removal_tells_how_many_sessions_end_and_ends_those() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    // One session is over by itself, though its row still stands: it is neither announced nor counted.
    let idle = ada.signed_in_by_number().await;
    world.pass(3600);
    let (one, two) = (ada.signed_in_by_number().await, ada.signed_in_by_number().await);
    let keeper = ada.signed_in_by_code().await;
    assert!(!is_alive(&idle).await);
    let phone = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    let preview = keeper.get(&format!("{phone}/removal")).await.expect(200);
    let told = json!({ "allowed": true, "sessions_ended": 2, "ends_current": false, "new_default": { "id": ada.generators[0].1, "name": "Code generator" } });
    assert_eq!(preview.body, told);
    // Looking is not doing.
    assert!(is_alive(&one).await && is_alive(&two).await);
    let removed = keeper.delete(&phone).await.expect(200);
    assert_eq!(removed.body, json!({ "sessions_ended": 2, "signed_out": false }));
    assert!(!is_alive(&one).await && !is_alive(&two).await && is_alive(&keeper).await);
    keeper.delete(&phone).await.expect_problem(404, "method.not_found");
    keeper
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
}
