//! Fresh proofs: what needs one, how long it is one, and how it is given.

use countersign_tests::{Browser, Member, PASSWORD, World};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{enter, is_alive, poll};

const STALE: &str = "session.reauthentication_required";

/// All changes that need one, as a browser asks for them.
fn changes(member: &Member<'_>, other: &str) -> Vec<(Method, String, Value)> {
    let method = format!("/api/v1/me/methods/{}", member.generators[0].1);
    let person = json!({ "user_name": "new", "display_name": "New", "mail": "new@example.org", "role": "member" });
    vec![
        (Method::POST, "/api/v1/me/methods".to_owned(), json!({ "kind": "totp" })),
        (Method::PATCH, method.clone(), json!({ "name": "Mine" })),
        (
            Method::PUT,
            "/api/v1/me/methods/default".to_owned(),
            json!({ "id": member.generators[0].1 }),
        ),
        (Method::DELETE, method, Value::Null),
        (Method::POST, "/api/v1/people".to_owned(), person),
        (Method::POST, format!("/api/v1/people/{other}/disable"), Value::Null),
        (Method::POST, format!("/api/v1/people/{other}/enable"), Value::Null),
        (Method::DELETE, format!("/api/v1/people/{other}/sessions"), Value::Null),
        (Method::POST, format!("/api/v1/people/{other}/invitation"), Value::Null),
        (
            Method::PUT,
            format!("/api/v1/people/{other}/groups"),
            json!({ "groups": ["staff"] }),
        ),
    ]
}

/// The same session with a fresh proof.
async fn prove_again(member: &Member<'_>, browser: &Browser) {
    let page = browser
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    member.approve(0, page.text("/prompts/0/number")).await;
    assert_eq!(poll(browser).await.text("/state"), "complete");
}

#[tokio::test]
async fn changing_methods_needs_a_fresh_proof() {
    let world = World::start().await;
    let root = world
        .member("root")
        .administrator()
        .with_phone()
        .with_totp()
        .create()
        .await;
    let other = world.member("ada").with_phone().create().await.account.to_string();
    let browser = root.signed_in_by_number().await;
    world.pass(5 * 60);
    for (method, path, body) in changes(&root, &other) {
        let refused = browser.call(method, &path, body).await.expect_problem(401, STALE);
        assert_eq!(refused.text("/action/kind"), "reauthenticate", "{path}");
    }
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.body["methods"].as_array().unwrap().len(), 3);
    prove_again(&root, &browser).await;
    world.pass(5 * 60 - 1);
    // Within its five minutes each is done, or refused for what it is about.
    for (method, path, body) in changes(&root, &other) {
        let answer = browser.call(method, &path, body).await;
        assert!(
            answer.status.is_success() || answer.code() == "account.state_conflict",
            "{path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn a_stale_proof_is_sent_to_sign_in_again() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    world.pass(5 * 60);
    let begin = json!({ "kind": "totp" });
    let refused = browser
        .post("/api/v1/me/methods", begin.clone())
        .await
        .expect_problem(401, STALE);
    assert_eq!(refused.text("/action/href"), "/sign-in?reauthenticate");
    // Reading goes on as before; the old session is still one.
    browser.get("/api/v1/me/activity").await.expect(200);
    let back = json!({ "password": PASSWORD, "return_to": "/add-method" });
    let page = browser.post("/api/v1/reauthentications", back).await.expect(200);
    assert_eq!(
        (page.text("/purpose"), page.text("/state")),
        ("reauthenticate", "waiting")
    );
    let prompt = ada.open_prompt(0).await;
    assert_eq!(prompt.purpose, countersign_device::Purpose::Reauthenticate);
    ada.approve(0, page.text("/prompts/0/number")).await;
    let done = poll(&browser).await;
    assert_eq!(
        (done.text("/state"), done.text("/next/to")),
        ("complete", "/add-method")
    );
    browser.post("/api/v1/me/methods", begin).await.expect(201);
}

#[tokio::test]
async fn each_proof_makes_a_new_session_token() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    // A token that was planted before the sign-in is not the one after it, and opens nothing.
    let planted = format!("{}.{}", ada.account, "A".repeat(43));
    let browser = world.browser();
    browser.set_cookie("__Host-cs-session", &planted);
    let page = ada.enter_password(&browser).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    poll(&browser).await;
    let first = browser.cookie("__Host-cs-session").unwrap();
    assert_ne!(first, planted);
    let attacker = world.browser();
    attacker.set_cookie("__Host-cs-session", &planted);
    assert!(!is_alive(&attacker).await);
    // A fresh proof: another token, and the one before is dead.
    let old = browser.stolen();
    prove_again(&ada, &browser).await;
    assert_ne!(browser.cookie("__Host-cs-session").unwrap(), first);
    assert!(is_alive(&browser).await && !is_alive(&old).await);
    // Signing in once more in the same browser: the same.
    let old = browser.stolen();
    world.pass(30);
    ada.enter_password(&browser).await.expect(200);
    enter(&browser, &ada.code(0)).await.expect(200);
    assert!(is_alive(&browser).await && !is_alive(&old).await);
    // So there is one session, whatever was done.
    let sessions = browser.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(sessions.body["sessions"].as_array().unwrap().len(), 1);
    browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
    assert!(!is_alive(&browser).await);
}

#[tokio::test]
async fn a_fresh_proof_of_one_account_is_none_for_another() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let eve = world.member("eve").with_totp().create().await;
    let hers = ada.signed_in_by_number().await;
    let eves = eve.signed_in_by_code().await;
    world.pass(5 * 60);
    // Eve proves again who she is, and plants what she gets in Ada's browser, which she has stolen.
    eves.post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    let mixed = hers.stolen();
    mixed.set_cookie("__Host-cs-sign-in", &eves.cookie("__Host-cs-sign-in").unwrap());
    enter(&mixed, &eve.code(0)).await.expect(200);
    assert_eq!(
        mixed.get("/api/v1/me").await.expect(200).text("/account/user_name"),
        "eve"
    );
    // Ada's session is as stale as before, and still there.
    hers.post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(401, STALE);
    assert!(is_alive(&hers).await);
    // Her own sign-in elsewhere does not freshen this session either, nor does another's password.
    ada.signed_in_by_number().await;
    hers.post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(401, STALE);
    hers.post("/api/v1/reauthentications", json!({ "password": "wrong" }))
        .await
        .expect_problem(401, "sign_in.rejected");
    world
        .browser()
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect_problem(401, "session.required");
}

#[tokio::test]
async fn a_ceremony_lives_fifteen_minutes() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let (ceremony, seed) = browser.begin_totp().await;
    world.pass(15 * 60 - 1);
    let shown = browser.get(&ceremony).await.expect(200);
    assert_eq!(shown.text("/prompts/0/kind"), "totp_secret");
    world.pass(1);
    let confirm = json!({ "code": countersign_tests::codes::code(&seed, world.now()) });
    browser.get(&ceremony).await.expect_problem(409, "enrollment.expired");
    browser
        .post(&format!("{ceremony}/confirm"), confirm.clone())
        .await
        .expect_problem(409, "enrollment.expired");
    browser
        .delete(&ceremony)
        .await
        .expect_problem(409, "enrollment.expired");
    // One that was given up is over at once.
    prove_again(&ada, &browser).await;
    let (ceremony, _) = browser.begin_totp().await;
    browser.delete(&ceremony).await.expect(204);
    browser
        .post(&format!("{ceremony}/confirm"), confirm)
        .await
        .expect_problem(409, "enrollment.expired");
}
