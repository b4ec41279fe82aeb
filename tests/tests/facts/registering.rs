//! Sessions that the password alone opens: good for one thing, and void once it is done.

use countersign_tests::{Browser, World, codes};
use serde_json::{Value, json};

/// Ada has no method yet; her browser after the password.
async fn registering(world: &World) -> (countersign_tests::Member<'_>, Browser) {
    let ada = world.member("ada").create().await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!((page.text("/state"), page.text("/next/kind")), ("complete", "register"));
    (ada, browser)
}

#[tokio::test]
async fn a_registration_session_may_only_register() {
    let world = World::start().await;
    let (_, browser) = registering(&world).await;
    assert_eq!(
        browser.get("/api/v1/me").await.expect(200).text("/session/scope"),
        "registration"
    );
    browser.get("/api/v1/me/methods").await.expect(200);
    let id = "aut_01KAVXGA00000000000000000C";
    let (get, post, put) = (reqwest::Method::GET, reqwest::Method::POST, reqwest::Method::PUT);
    let (patch, delete) = (reqwest::Method::PATCH, reqwest::Method::DELETE);
    let doors = [
        (get.clone(), "/api/v1/me/activity".to_owned(), Value::Null),
        (
            put.clone(),
            "/api/v1/me/activity/act_01KAVXGA00000000000000000C/verdict".to_owned(),
            json!({ "verdict": "me" }),
        ),
        (put, "/api/v1/me/methods/default".to_owned(), json!({ "id": id })),
        (patch, format!("/api/v1/me/methods/{id}"), json!({ "name": "x" })),
        (delete.clone(), format!("/api/v1/me/methods/{id}"), Value::Null),
        (get.clone(), format!("/api/v1/me/methods/{id}/removal"), Value::Null),
        (get.clone(), "/api/v1/me/sessions".to_owned(), Value::Null),
        (
            delete,
            format!("/api/v1/me/sessions/ses_{}", "A".repeat(43)),
            Value::Null,
        ),
        (
            post.clone(),
            "/api/v1/me/sign-out-everywhere".to_owned(),
            json!({ "keep_current": true }),
        ),
        (
            post,
            "/api/v1/reauthentications".to_owned(),
            json!({ "password": countersign_tests::PASSWORD }),
        ),
        (get, "/api/v1/people".to_owned(), Value::Null),
    ];
    for (method, path, body) in doors {
        let refused = browser
            .call(method, &path, body)
            .await
            .expect_problem(403, "session.registration_only");
        assert_eq!(refused.text("/action/kind"), "register", "{path}");
    }
}

#[tokio::test]
async fn a_first_method_makes_a_full_session_with_a_new_token() {
    let world = World::start().await;
    let (ada, browser) = registering(&world).await;
    let thief = browser.stolen();
    let before = browser.cookie("__Host-cs-session").unwrap();
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    let done = browser.confirm_phone(&ceremony, &phone).await.expect(200);
    assert_eq!((done.text("/state"), done.text("/next/kind")), ("complete", "return"));
    assert_ne!(browser.cookie("__Host-cs-session").unwrap(), before);
    assert_eq!(
        browser.get("/api/v1/me").await.expect(200).text("/session/scope"),
        "full"
    );
    thief.get("/api/v1/me").await.expect_problem(401, "session.required");
    // From now on the password alone opens nothing.
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.text("/state"), "waiting");
}

#[tokio::test]
async fn a_registration_session_is_void_once_a_method_is_bound() {
    let world = World::start().await;
    let (ada, thief) = registering(&world).await;
    // The thief knows the password, and has a ceremony of each kind under way when the member registers.
    let (by_code, seed) = thief.begin_totp().await;
    let (by_phone, code) = thief.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    let page = thief.get(&by_phone).await.expect(200);
    countersign_tests::enrolling::approve(&phone, page.text("/prompts/0/number")).await;

    let hers = world.browser();
    ada.enter_password(&hers).await.expect(200);
    let (mine, my_seed) = hers.begin_totp().await;
    let confirm = json!({ "code": codes::code(&my_seed, world.now()) });
    hers.post(&format!("{mine}/confirm"), confirm).await.expect(200);

    let confirm = json!({ "code": codes::code(&seed, world.now()) });
    thief
        .post(&format!("{by_code}/confirm"), confirm)
        .await
        .expect_problem(401, "session.required");
    thief.get(&by_phone).await.expect_problem(401, "session.required");
    thief
        .post(&format!("{by_phone}/prompt"), Value::Null)
        .await
        .expect_problem(401, "session.required");
    thief
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(401, "session.required");
    thief
        .get("/api/v1/me/methods")
        .await
        .expect_problem(401, "session.required");
    let methods = hers.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(
        methods.body["methods"].as_array().unwrap().len(),
        2,
        "her generator and the password"
    );
}

#[tokio::test]
async fn a_registration_session_lives_fifteen_minutes() {
    let world = World::start().await;
    let (ada, browser) = registering(&world).await;
    let (ceremony, seed) = browser.begin_totp().await;
    world.pass(15 * 60 - 1);
    browser.get(&ceremony).await.expect(200);
    world.pass(1);
    let confirm = json!({ "code": codes::code(&seed, world.now()) });
    browser
        .post(&format!("{ceremony}/confirm"), confirm.clone())
        .await
        .expect_problem(401, "session.required");
    // Nor does the ceremony go on in the next one.
    ada.enter_password(&browser).await.expect(200);
    browser
        .post(&format!("{ceremony}/confirm"), confirm)
        .await
        .expect_problem(409, "enrollment.expired");
}
