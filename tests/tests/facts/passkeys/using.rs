//! Using passkeys: right and wrong assertions, once and again.

use countersign_domain::encoding::base64url;
use countersign_tests::passkeys::{BE, BS, Said, UP, UV};
use countersign_tests::{SoftPasskey, World};
use serde_json::{Value, json};

use super::{AGAIN, FIRST, SECOND, answer, asked, begin, spoiled};

/// What is spoiled of an answer.
type Change = Box<dyn FnOnce(&mut Said)>;

#[tokio::test]
async fn a_passkey_is_a_second_factor_and_proves_once_more() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    ada.bind_passkey(SoftPasskey::new().synced()).await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.text("/prompts/0/kind")),
        ("choose", "passkey")
    );
    assert_eq!(page.body["alternatives"], json!([]), "one way for all passkeys");
    let allowed = asked(&browser, SECOND).await["allowCredentials"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(allowed, 2);
    let done = ada.answer_with_passkey(&browser, 1, SECOND).await.expect(200);
    assert_eq!(done.text("/state"), "complete");
    let before = browser.get("/api/v1/me").await.expect(200);
    let opened = browser.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(
        opened.body["sessions"][0]["methods"].as_array().map(Vec::len),
        Some(2),
        "{opened:?}"
    );

    world.pass(400);
    browser
        .post("/api/v1/me/methods", json!({ "kind": "passkey" }))
        .await
        .expect_problem(401, "session.reauthentication_required");
    let done = ada.answer_with_passkey(&browser, 0, AGAIN).await.expect(200);
    assert_eq!(done.text("/purpose"), "reauthenticate");
    let after = browser.get("/api/v1/me").await.expect(200);
    assert_ne!(before.text("/session/id"), after.text("/session/id"));
    begin(&browser, &Value::Null).await;
}

#[tokio::test]
async fn an_assertion_with_any_part_wrong_is_refused() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let said =
        |pointer: &'static str, value: Value| -> Change { Box::new(move |said| said.client_data[pointer] = value) };
    let flags = |flags: u8| -> Change { Box::new(move |said| said.flags = flags) };
    let wrong: Vec<(&str, Change)> = vec![
        ("another origin", said("origin", json!("https://evil.example"))),
        ("another port", said("origin", json!("http://127.0.0.1:1"))),
        (
            "a path behind the origin",
            said("origin", json!(format!("{}/x", world.origin))),
        ),
        ("a registration", said("type", json!("webauthn.create"))),
        ("another challenge", said("challenge", json!(base64url([7; 32])))),
        ("no challenge", said("challenge", json!(""))),
        ("a frame of another site", said("crossOrigin", json!(true))),
        (
            "a frame in another site",
            said("topOrigin", json!("https://evil.example")),
        ),
        (
            "another relying party",
            Box::new(|said| said.rp_id = "evil.example".to_owned()),
        ),
        ("nobody present", flags(UV)),
        ("nobody verified", flags(UP)),
        ("may be synced all at once", flags(UP | UV | BE)),
        ("synced, and may not be", flags(UP | UV | BS)),
    ];
    for (what, change) in wrong {
        let refused = spoiled(&mut ada, change).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (401, "passkey.rejected"),
            "{what}"
        );
        // Each counts, and the wait passes.
        world.pass(3_600);
    }
    spoiled(&mut ada, |said| said.handle = None)
        .await
        .expect_problem(401, "passkey.rejected");
    spoiled(&mut ada, |said| said.handle = Some(vec![7; 16]))
        .await
        .expect_problem(401, "passkey.unknown");
    spoiled(&mut ada, |said| said.handle = Some(vec![7; 3]))
        .await
        .expect_problem(401, "passkey.unknown");
    spoiled(&mut ada, |said| said.id = vec![7; 32])
        .await
        .expect_problem(401, "passkey.unknown");
    spoiled(&mut ada, |_| ()).await.expect(200);
}

#[tokio::test]
async fn a_signature_by_another_key_is_refused_and_five_close_the_passkey() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let mut thief = SoftPasskey::new();
    thief.id.clone_from(&ada.passkeys[0].0.id);
    thief.handle.clone_from(&ada.passkeys[0].0.handle);
    for round in 0..6 {
        let browser = world.browser();
        let options = asked(&browser, FIRST).await;
        let credential = thief.clone().get(&options, &world.origin, |_| ());
        let refused = answer(&browser, &credential).await;
        let expected = if round < 5 {
            (401, "passkey.rejected")
        } else {
            (429, "attempts.exhausted")
        };
        assert_eq!((refused.status.as_u16(), refused.code()), expected, "{round}");
    }
    spoiled(&mut ada, |_| ())
        .await
        .expect_problem(429, "attempts.exhausted");
    world.pass(61);
    let browser = ada.signed_in_by_passkey().await;
    let rows = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (rows.text("/events/1/outcome"), rows.text("/events/1/code")),
        ("failure", "passkey.rejected")
    );
}

#[tokio::test]
async fn an_assertion_is_good_once_in_its_own_browser_and_in_its_time() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let browser = world.browser();
    let options = asked(&browser, FIRST).await;
    let credential = ada.passkeys[0].0.get(&options, &world.origin, |_| ());
    let elsewhere = world.browser();
    answer(&elsewhere, &credential)
        .await
        .expect_problem(409, "passkey.expired");
    asked(&elsewhere, FIRST).await;
    answer(&elsewhere, &credential)
        .await
        .expect_problem(401, "passkey.rejected");

    let thief = browser.stolen();
    answer(&browser, &credential).await.expect(200);
    answer(&browser, &credential)
        .await
        .expect_problem(409, "passkey.expired");
    answer(&thief, &credential).await.expect_problem(409, "passkey.expired");

    // An older challenge is dead once a later one was answered; and each is dead after ten minutes.
    let (older, newer) = (world.browser(), world.browser());
    let of_older = asked(&older, FIRST).await;
    world.pass(1);
    let of_newer = asked(&newer, FIRST).await;
    let mut key = ada.passkeys[0].0.clone();
    answer(&newer, &key.get(&of_newer, &world.origin, |_| ()))
        .await
        .expect(200);
    answer(&older, &key.get(&of_older, &world.origin, |_| ()))
        .await
        .expect_problem(409, "passkey.expired");
    let options = asked(&older, FIRST).await;
    world.pass(600);
    answer(&older, &key.get(&options, &world.origin, |_| ()))
        .await
        .expect_problem(409, "passkey.expired");
}

#[tokio::test]
async fn a_second_factor_is_the_accounts_own() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let mut bob = world.member("bob").with_passkey().with_totp().create().await;
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    let options = asked(&browser, SECOND).await;
    let theirs = bob.passkeys[0].0.get(&options, &world.origin, |_| ());
    answer(&browser, &theirs).await.expect_problem(401, "passkey.rejected");
    let theirs = bob.passkeys[0]
        .0
        .get(&options, &world.origin, |said| said.handle = None);
    answer(&browser, &theirs).await.expect_problem(401, "passkey.unknown");
    // A security key says of nobody, having been told whom to ask for.
    let own = ada.passkeys[0]
        .0
        .get(&options, &world.origin, |said| said.handle = None);
    answer(&browser, &own).await.expect(200);

    // What was asked in one sign-in answers no other.
    let browser = world.browser();
    bob.enter_password(&browser).await.expect(200);
    let options = asked(&browser, SECOND).await;
    bob.enter_password(&browser).await.expect(200);
    let credential = bob.passkeys[0].0.get(&options, &world.origin, |_| ());
    answer(&browser, &credential)
        .await
        .expect_problem(409, "passkey.expired");
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_told() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_totp().create().await;
    ada.bind_passkey(SoftPasskey::new().counting()).await;
    let copy = ada.passkeys[0].0.clone();
    ada.signed_in_by_passkey().await;
    world.pass(1);
    let browser = world.browser();
    let options = asked(&browser, FIRST).await;
    let credential = copy.clone().get(&options, &world.origin, |_| ());
    answer(&browser, &credential)
        .await
        .expect_problem(401, "passkey.rejected");
    world.pass(1);
    let browser = ada.signed_in_by_passkey().await;
    let rows = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (rows.text("/events/1/kind"), rows.text("/events/1/outcome")),
        ("passkey_copied", "failure")
    );
}

#[tokio::test]
async fn junk_where_bytes_are_expected_is_refused_and_says_nothing() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    let browser = world.browser();
    let junk = [
        json!(""),
        json!("AA"),
        json!("!"),
        json!("oA"),
        json!("/////w"),
        json!(base64url("{}")),
        json!(base64url([0xff; 300])),
        json!(base64url([0x9f; 3000])),
    ];
    for field in ["clientDataJSON", "authenticatorData", "signature"] {
        for value in &junk {
            let options = asked(&browser, FIRST).await;
            let mut credential = ada.passkeys[0].0.get(&options, &world.origin, |_| ());
            credential["response"][field] = value.clone();
            let refused = answer(&browser, &credential)
                .await
                .expect_problem(401, "passkey.rejected");
            assert!(!refused.body.to_string().contains("CBOR"), "{refused:?}");
            world.pass(3_600);
        }
    }
    let browser = ada.signed_in_by_passkey().await;
    let (confirm, options) = begin(&browser, &Value::Null).await;
    for field in ["clientDataJSON", "attestationObject"] {
        for value in &junk {
            let mut credential = SoftPasskey::new().create(&options, &world.origin, |_| ());
            credential["response"][field] = value.clone();
            browser
                .post(&confirm, json!({ "credential": credential }))
                .await
                .expect_problem(401, "passkey.rejected");
        }
    }
}
