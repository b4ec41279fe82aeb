//! Pairing codes and the phones that come with them.

use countersign_domain::delivery::Channel;
use countersign_domain::device::code::PairingCode;
use countersign_domain::entropy::Seeded;
use countersign_device::{Client, SigningKey, Status};
use countersign_tests::enrolling::approve;
use countersign_tests::{World, codes};
use serde_json::{Value, json};

use crate::support::{poll, refused};

const EXPIRED: &str = "pairing.expired";

async fn code_of(client: &Client, code: &PairingCode) -> Option<String> {
    let paired = client.pair(code, &"Pixel 9".parse().unwrap(), Channel::None).await;
    paired.err().and_then(|error| error.code().map(str::to_owned))
}

#[tokio::test]
async fn an_expired_pairing_code_pairs_nothing() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (_, unused) = browser.begin_phone().await;
    let (_, code) = browser.begin_phone().await;
    // Unknown, used, too old: one answer.
    assert_eq!(code_of(&world.app(), &PairingCode::generate(&Seeded::new("nobody's"))).await.as_deref(), Some(EXPIRED));
    world.pair(&code).await;
    assert_eq!(code_of(&world.app(), &code).await.as_deref(), Some(EXPIRED));
    world.pass(599);
    let (ceremony, fresh) = {
        let again = json!({ "password": countersign_tests::PASSWORD });
        browser.post("/api/v1/reauthentications", again).await.expect(200);
        crate::support::enter(&browser, &ada.code(0)).await.expect(200);
        browser.begin_phone().await
    };
    world.pass(1);
    assert_eq!(code_of(&world.app(), &unused).await.as_deref(), Some(EXPIRED));
    world.pair(&fresh).await;
    // The page says that a code is too old before anybody tries it.
    let (older, _) = (browser.begin_phone().await, ceremony);
    world.pass(600);
    let page = browser.get(&older.0).await.expect(200);
    assert_eq!((page.text("/state"), page.text("/ended/code")), ("ended", EXPIRED));
    assert_eq!(page.body["prompts"], json!([]));
}

#[tokio::test]
async fn a_pairing_code_can_be_typed_as_people_type() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (_, code) = browser.begin_phone().await;
    let typed = code.to_string().to_lowercase().replace('-', " ");
    let app = world.app();
    let key = SigningKey::generate().unwrap();
    let mut claims = serde_json::to_value(app.pairing_claims(&code, &"Pixel 9".parse().unwrap(), Channel::None).unwrap()).unwrap();
    claims["code"] = json!(typed);
    let jws = key.sign(&key.pairing_header().unwrap(), &claims).unwrap();
    assert_eq!(app.send_pairing(&jws).await.unwrap().status, 201);
}

#[tokio::test]
async fn a_pairing_that_is_not_what_it_says_spends_no_code() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (_, code) = browser.begin_phone().await;
    let (app, key, other) = (world.app(), SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    let honest = || serde_json::to_value(app.pairing_claims(&code, &"Pixel 9".parse().unwrap(), Channel::None).unwrap()).unwrap();
    let now = world.now().as_second();
    let changes: [(&str, Value, u16, &str); 10] = [
        ("htu", json!("https://elsewhere.example/device/v1/pairings"), 401, "device.signature_invalid"),
        ("iat", json!(now - 92), 401, "device.signature_invalid"),
        ("iat", json!(now + 92), 401, "device.signature_invalid"),
        ("code", json!("SHORT"), 400, "request.malformed"),
        ("model", json!("a\u{202e}b"), 400, "request.malformed"),
        ("model", json!("x".repeat(65)), 400, "request.malformed"),
        ("capabilities", json!(vec!["teleport"; 17]), 400, "request.malformed"),
        ("admin", json!(true), 400, "request.malformed"),
        ("channel", json!({ "kind": "fcm", "token": "a", "endpoint_arn": "arn:aws:sns:eu-west-1:1:endpoint/x" }), 422, "device.channel_invalid"),
        ("channel", json!({ "kind": "carrier_pigeon" }), 400, "request.malformed"),
    ];
    for (claim, value, status, problem) in changes {
        let mut claims = honest();
        claims[claim] = value;
        let jws = key.sign(&key.pairing_header().unwrap(), &claims).unwrap();
        refused(&app.send_pairing(&jws).await.unwrap(), status, problem);
    }
    let borrowed = key.sign(&other.pairing_header().unwrap(), &honest()).unwrap();
    refused(&app.send_pairing(&borrowed).await.unwrap(), 401, "device.signature_invalid");
    for junk in ["", "junk", "a.b.c"] {
        refused(&app.send_pairing(junk).await.unwrap(), 401, "device.signature_invalid");
    }
    world.pair(&code).await;
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
    browser.patch(&method, json!({ "name": "Mine" })).await.expect_problem(404, "method.not_found");
    browser.put("/api/v1/me/methods/default", json!({ "id": id })).await.expect_problem(404, "method.not_found");
    browser.delete(&method).await.expect_problem(404, "method.not_found");
    browser.get(&format!("{method}/removal")).await.expect_problem(404, "method.not_found");
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert!(!page.body.to_string().contains(&id.to_string()));
    let thief = world.browser();
    ada.enter_password(&thief).await.expect(200);
    thief.post("/api/v1/sign-ins/current/prompt", json!({ "authenticator_id": id })).await.expect_problem(404, "method.not_found");
    // After fifteen minutes it is gone.
    world.pass(15 * 60);
    let again = world.app().phone(phone.key().clone(), ada.account, id);
    refused(&again.call(reqwest::Method::GET, "/device/v1/device", None).await.unwrap(), 410, "device.removed");
    browser.get(&ceremony).await.expect_problem(409, "enrollment.expired");
}

#[tokio::test]
async fn five_methods_are_the_limit_at_each_step() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_totp().with_totp().with_totp().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    // Room for one: three ceremonies may begin.
    let (first, seed) = browser.begin_totp().await;
    let (_, code) = browser.begin_phone().await;
    let (third, late) = browser.begin_totp().await;
    let confirm = json!({ "code": codes::code(&seed, world.now()) });
    browser.post(&format!("{first}/confirm"), confirm).await.expect(200);
    // At the pairing, at the activation, and at the beginning of another one.
    assert_eq!(code_of(&world.app(), &code).await.as_deref(), Some("method.limit_reached"));
    let confirm = json!({ "code": codes::code(&late, world.now()) });
    browser.post(&format!("{third}/confirm"), confirm).await.expect_problem(409, "method.limit_reached");
    for kind in ["totp", "authenticator"] {
        browser.post("/api/v1/me/methods", json!({ "kind": kind })).await.expect_problem(409, "method.limit_reached");
    }
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.body["addable"], json!([]));
    assert_eq!(methods.text("/not_available/0/code"), "method.limit_reached");
    // A phone that waits for its test takes a place as well.
    browser.delete(&format!("/api/v1/me/methods/{}", ada.generators[3].1)).await.expect(200);
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, _) = world.pair(&code).await;
    browser.post("/api/v1/me/methods", json!({ "kind": "totp" })).await.expect_problem(409, "method.limit_reached");
    // And may find it taken when its test is over.
    ada.bind_totp().await;
    let page = browser.get(&ceremony).await.expect(200);
    approve(&phone, page.text("/prompts/0/number")).await;
    browser.get(&ceremony).await.expect_problem(409, "method.limit_reached");
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.body["methods"].as_array().unwrap().len(), 6, "five and the password");
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
    browser.put("/api/v1/me/methods/default", json!({ "id": first.authenticator_id })).await.expect(204);
    let (ceremony, code) = browser.begin_phone().await;
    let (new, second) = app.pair(&code, &model, Channel::None).await.unwrap();
    assert_eq!(second.replaces_added_at, Some(world.now()));
    // The old one works until the new one is confirmed; then it is gone, and the new one has its place.
    old.device().await.unwrap();
    let done = browser.confirm_phone(&ceremony, &new).await.expect(200);
    assert_eq!((done.text("/state"), &done.body["method"]["is_default"]), ("complete", &json!(true)));
    refused(&old.call(reqwest::Method::GET, "/device/v1/device", None).await.unwrap(), 410, "device.removed");
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.body["methods"].as_array().unwrap().len(), 3, "phone, generator, password");
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
    assert_eq!((page.text("/state"), page.text("/prompts/0/kind")), ("testing", "number"));
    approve(&phone, page.text("/prompts/0/number")).await;
    // The thief's page waited for the same account's prompt, but not for this one.
    assert_eq!(poll(&thief).await.text("/ended/code"), "challenge.superseded");
    thief.get("/api/v1/me").await.expect_problem(401, "session.required");
    // And a sign-in that is approved in place of the test does not make the phone count.
    let mine = world.browser();
    let page = ada.enter_password(&mine).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    let tested = browser.get(&ceremony).await.expect(200);
    assert_eq!((tested.text("/state"), tested.text("/ended/code")), ("ended", "challenge.superseded"));
    assert_eq!(phone.device().await.unwrap().status, Status::Pending);
    assert_eq!(poll(&mine).await.text("/state"), "complete");
    // A new test, and it counts.
    let page = browser.post(&format!("{ceremony}/prompt"), Value::Null).await.expect(200);
    approve(&phone, page.text("/prompts/0/number")).await;
    assert_eq!(browser.get(&ceremony).await.expect(200).text("/state"), "complete");
}
