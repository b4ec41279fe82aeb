//! From a paired phone to a method: pending, tested, within the limit, in place of its older entry.

use countersign_device::{Client, Status};
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::Decision;
use countersign_domain::device::code::PairingCode;
use countersign_domain::secret::Secret;
use countersign_tests::enrolling::approve;
use countersign_tests::{World, codes};
use serde_json::{Value, json};

use crate::support::{poll, refused};

async fn code_of(client: &Client, code: &PairingCode) -> Option<String> {
    let paired = client.pair(code, &"Pixel 9".parse().unwrap(), Channel::None).await;
    paired.err().and_then(|error| error.code().map(str::to_owned))
}

#[tokio::test]
async fn a_pending_enrollment_never_replaces_a_method() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let before = browser.get("/api/v1/me/methods").await.expect(200);
    let (ceremony, code) = browser.begin_phone().await;
    browser.begin_totp().await;
    let (phone, paired) = world.pair(&code).await;
    assert_eq!(phone.device().await.unwrap().status, Status::Pending);
    let after = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(before.body["methods"], after.body["methods"]);
    // It cannot be named, preferred, removed, or signed in with.
    let id = paired.authenticator_id;
    let method = format!("/api/v1/me/methods/{id}");
    browser
        .patch(&method, json!({ "name": "Mine" }))
        .await
        .expect_problem(404, "method.not_found");
    browser
        .put("/api/v1/me/methods/default", json!({ "id": id }))
        .await
        .expect_problem(404, "method.not_found");
    browser.delete(&method).await.expect_problem(404, "method.not_found");
    browser
        .get(&format!("{method}/removal"))
        .await
        .expect_problem(404, "method.not_found");
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert!(!page.body.to_string().contains(&id.to_string()));
    let thief = world.browser();
    ada.enter_password(&thief).await.expect(200);
    thief
        .post("/api/v1/sign-ins/current/prompt", json!({ "authenticator_id": id }))
        .await
        .expect_problem(404, "method.not_found");
    // After fifteen minutes it is gone.
    world.pass(15 * 60);
    let again = world.app().phone(phone.key().clone(), ada.account, id);
    refused(
        &again
            .call(reqwest::Method::GET, "/device/v1/device", None)
            .await
            .unwrap(),
        410,
        "device.removed",
    );
    browser.get(&ceremony).await.expect_problem(409, "enrollment.expired");
}

#[tokio::test]
async fn five_methods_are_the_limit_at_each_step() {
    let world = World::start().await;
    let mut ada = world
        .member("ada")
        .with_totp()
        .with_totp()
        .with_totp()
        .with_totp()
        .create()
        .await;
    let browser = ada.signed_in_by_code().await;
    // Room for one: three ceremonies may begin.
    let (first, seed) = browser.begin_totp().await;
    let (_, code) = browser.begin_phone().await;
    let (third, late) = browser.begin_totp().await;
    let confirm = json!({ "code": codes::code(&seed, world.now()) });
    browser.post(&format!("{first}/confirm"), confirm).await.expect(200);
    // At the pairing, at the activation, and at the beginning of another one.
    assert_eq!(
        code_of(&world.app(), &code).await.as_deref(),
        Some("method.limit_reached")
    );
    let confirm = json!({ "code": codes::code(&late, world.now()) });
    browser
        .post(&format!("{third}/confirm"), confirm)
        .await
        .expect_problem(409, "method.limit_reached");
    for kind in ["totp", "authenticator"] {
        browser
            .post("/api/v1/me/methods", json!({ "kind": kind }))
            .await
            .expect_problem(409, "method.limit_reached");
    }
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    let addable = methods.body["addable"].as_array().unwrap();
    let limited = |one: &Value| ["totp", "authenticator"].contains(&one["kind"].as_str().unwrap());
    assert!(!addable.iter().any(limited), "{addable:?}");
    assert_eq!(methods.text("/not_available/0/code"), "method.limit_reached");
    // A phone that waits for its test takes a place as well.
    browser
        .delete(&format!("/api/v1/me/methods/{}", ada.generators[3].1))
        .await
        .expect(200);
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    browser
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(409, "method.limit_reached");
    // And may find it taken when its test is over.
    ada.bind_totp().await;
    let page = browser.get(&ceremony).await.expect(200);
    approve(&phone, page.text("/prompts/0/number")).await;
    browser.get(&ceremony).await.expect_problem(409, "method.limit_reached");
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(
        methods.body["methods"].as_array().unwrap().len(),
        6,
        "five and the password"
    );
}

#[tokio::test]
async fn the_same_installation_paired_again_replaces_its_older_entry() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let app = world.app();
    let model = "Pixel 9".parse().unwrap();
    let (ceremony, code) = browser.begin_phone().await;
    let (old, first) = app.pair(&code, &model, Channel::None).await.unwrap();
    assert_eq!(first.replaces_added_at, None);
    browser.confirm_phone(&ceremony, &old).await.expect(200);
    browser
        .put("/api/v1/me/methods/default", json!({ "id": first.authenticator_id }))
        .await
        .expect(204);
    let elsewhere = world.browser();
    let page = ada.enter_password(&elsewhere).await.expect(200);
    let prompt = old.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    old.answer(&prompt, Decision::Approve { number }).await.unwrap();
    assert_eq!(poll(&elsewhere).await.text("/state"), "complete");
    let (ceremony, code) = browser.begin_phone().await;
    let (new, second) = app.pair(&code, &model, Channel::None).await.unwrap();
    assert_eq!(second.replaces_added_at, Some(world.now()));
    // The old one works until the new one is confirmed; then it is gone, and the new one has its place.
    old.device().await.unwrap();
    let done = browser.confirm_phone(&ceremony, &new).await.expect(200);
    assert_eq!(
        (done.text("/state"), &done.body["method"]["is_default"]),
        ("complete", &json!(true))
    );
    refused(
        &old.call(reqwest::Method::GET, "/device/v1/device", None).await.unwrap(),
        410,
        "device.removed",
    );
    // What the old entry opened elsewhere is over.
    elsewhere
        .get("/api/v1/me")
        .await
        .expect_problem(401, "session.required");
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(
        methods.body["methods"].as_array().unwrap().len(),
        3,
        "phone, generator, password"
    );
    assert_eq!(new.device().await.unwrap().status, Status::Active);
    // The same installation with another account is another entry.
    let bea = world.member("bea").with_totp().create().await;
    let hers = bea.signed_in_by_code().await;
    let (ceremony, code) = hers.begin_phone().await;
    let (third, paired) = app.pair(&code, &model, Channel::None).await.unwrap();
    assert_eq!(paired.replaces_added_at, None);
    hers.confirm_phone(&ceremony, &third).await.expect(200);
    new.device().await.unwrap();
}

#[tokio::test]
async fn a_test_prompt_signs_nobody_in_and_a_sign_in_tests_no_phone() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let thief = world.browser();
    let page = ada.enter_password(&thief).await.expect(200);
    assert_eq!(page.text("/state"), "waiting");
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    let page = browser.get(&ceremony).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.text("/prompts/0/kind")),
        ("testing", "number")
    );
    approve(&phone, page.text("/prompts/0/number")).await;
    // The thief's page waited for the same account's prompt, but not for this one.
    assert_eq!(poll(&thief).await.text("/ended/code"), "challenge.superseded");
    thief.get("/api/v1/me").await.expect_problem(401, "session.required");
    // And a sign-in that is approved in place of the test does not make the phone count.
    let mine = world.browser();
    let page = ada.enter_password(&mine).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    let tested = browser.get(&ceremony).await.expect(200);
    assert_eq!(
        (tested.text("/state"), tested.text("/ended/code")),
        ("ended", "challenge.superseded")
    );
    assert_eq!(phone.device().await.unwrap().status, Status::Pending);
    assert_eq!(poll(&mine).await.text("/state"), "complete");
    // A new test, and it counts.
    let page = browser
        .post(&format!("{ceremony}/prompt"), Value::Null)
        .await
        .expect(200);
    approve(&phone, page.text("/prompts/0/number")).await;
    assert_eq!(browser.get(&ceremony).await.expect(200).text("/state"), "complete");
}
