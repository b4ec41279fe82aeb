//! Making passkeys: what is asked, what is taken, and what is not.

use countersign_domain::encoding::base64url;
use countersign_domain::methods::passkey::Aaguid;
use countersign_tests::passkeys::{BS, Said, UP, UV};
use countersign_tests::{SoftPasskey, World};
use serde_json::{Value, json};

use super::{FIRST, answer, asked, begin};

/// What is spoiled of an answer.
type Change = Box<dyn FnOnce(&mut Said)>;

#[tokio::test]
async fn a_passkey_is_added_and_signs_in_alone() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    world.pass(1);
    let (confirm, options) = begin(&browser, &json!("platform")).await;
    assert_eq!(
        options["authenticatorSelection"],
        json!({
            "authenticatorAttachment": "platform", "residentKey": "required", "requireResidentKey": true, "userVerification": "required",
        })
    );
    assert_eq!(options["rp"]["id"], "127.0.0.1");
    assert_eq!(options["user"]["id"], base64url(ada.account.handle()));
    assert_eq!(options["attestation"], "none");
    let mut key = SoftPasskey::new().synced();
    let credential = key.create(&options, &world.origin, |_| ());
    let done = browser
        .post(&confirm, json!({ "credential": credential, "name": "Laptop" }))
        .await
        .expect(200);
    assert_eq!((done.text("/state"), done.text("/method/name")), ("complete", "Laptop"));

    let page = browser.get("/api/v1/me/methods").await.expect(200);
    let of_passkey = page.body["methods"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "passkey")
        .unwrap();
    assert_eq!(
        of_passkey["passkey"],
        json!({
            "aaguid": Aaguid::new(key.aaguid).to_string(), "synced": true, "attachment": "platform", "allowed": true,
        })
    );
    assert_eq!(of_passkey["strength"], "phishing_resistant");
    assert_eq!(
        page.body["accepted"],
        json!({
            "rp_id": "127.0.0.1", "user_id": base64url(ada.account.handle()), "credential_ids": [key.credential_id()],
        })
    );

    world.pass(1);
    let other = world.browser();
    let options = asked(&other, FIRST).await;
    assert_eq!(
        (&options["allowCredentials"], &options["userVerification"]),
        (&json!([]), &json!("required"))
    );
    let credential = key.get(&options, &world.origin, |_| ());
    let done = answer(&other, &credential).await.expect(200);
    assert_eq!(
        (done.text("/state"), done.text("/next/to"), done.text("/user_name")),
        ("complete", "/activity", "ada")
    );
    let me = other.get("/api/v1/me").await.expect(200);
    assert_eq!(
        (me.text("/session/scope"), &me.body["account"]["has_passkey"]),
        ("full", &json!(true))
    );
    let rows = other.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (rows.text("/events/0/kind"), rows.text("/events/0/method/name")),
        ("sign_in", "Laptop")
    );
    assert_eq!(
        (rows.text("/events/1/kind"), rows.text("/events/1/method/kind")),
        ("method_added", "passkey")
    );
}

#[tokio::test]
async fn a_passkey_is_a_first_method_too() {
    let world = World::start().await;
    let ada = world.member("ada").create().await;
    let browser = world.browser();
    assert_eq!(
        ada.enter_password(&browser).await.expect(200).text("/next/kind"),
        "register"
    );
    let (confirm, options) = begin(&browser, &Value::Null).await;
    let credential = SoftPasskey::new().create(&options, &world.origin, |_| ());
    browser
        .post(&confirm, json!({ "credential": credential }))
        .await
        .expect(200);
    assert_eq!(
        browser.get("/api/v1/me").await.expect(200).text("/session/scope"),
        "full"
    );
}

#[tokio::test]
async fn a_registration_with_any_part_wrong_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (confirm, options) = begin(&browser, &Value::Null).await;
    let said =
        |pointer: &'static str, value: Value| -> Change { Box::new(move |said| said.client_data[pointer] = value) };
    let flags = |change: fn(u8) -> u8| -> Change { Box::new(move |said| said.flags = change(said.flags)) };
    let wrong: Vec<(&str, Change)> = vec![
        ("another origin", said("origin", json!("https://evil.example"))),
        ("an assertion", said("type", json!("webauthn.get"))),
        ("another challenge", said("challenge", json!(base64url([7; 32])))),
        ("a frame of another site", said("crossOrigin", json!(true))),
        (
            "a frame in another site",
            said("topOrigin", json!("https://evil.example")),
        ),
        (
            "another relying party",
            Box::new(|said| said.rp_id = "evil.example".to_owned()),
        ),
        ("nobody present", flags(|flags| flags & !UP)),
        ("nobody verified", flags(|flags| flags & !UV)),
        ("synced, and may not be", flags(|flags| flags | BS)),
        ("no credential", flags(|flags| flags & !0x40)),
        ("a kind of key that was not offered", Box::new(|said| said.alg = -36)),
        ("an id that is too long", Box::new(|said| said.id = vec![7; 1024])),
        ("no id", Box::new(|said| said.id = Vec::new())),
    ];
    for (what, change) in wrong {
        let credential = SoftPasskey::new().create(&options, &world.origin, change);
        let refused = browser.post(&confirm, json!({ "credential": credential })).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (401, "passkey.rejected"),
            "{what}"
        );
    }
    let mut renamed = SoftPasskey::new().create(&options, &world.origin, |_| ());
    renamed["id"] = json!("AAAA");
    browser
        .post(&confirm, json!({ "credential": renamed }))
        .await
        .expect_problem(401, "passkey.rejected");
    browser
        .post(&confirm, json!({ "code": "123456" }))
        .await
        .expect_problem(400, "request.malformed");
    // The longest id that there may be.
    let long = SoftPasskey::new().create(&options, &world.origin, |said| said.id = vec![7; 1023]);
    browser.post(&confirm, json!({ "credential": long })).await.expect(200);
    browser
        .post(&confirm, json!({ "credential": long }))
        .await
        .expect_problem(409, "enrollment.expired");
}

#[tokio::test]
async fn one_credential_is_one_accounts() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let mut bob = world.member("bob").with_passkey().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (confirm, options) = begin(&browser, &Value::Null).await;
    let id = bob.passkeys[0].0.id.clone();
    let same = SoftPasskey::new().create(&options, &world.origin, |said| said.id.clone_from(&id));
    browser
        .post(&confirm, json!({ "credential": same }))
        .await
        .expect_problem(409, "passkey.taken");
    // Until it is removed there.
    let theirs = bob.signed_in_by_passkey().await;
    let (_, excluding) = begin(&theirs, &Value::Null).await;
    assert_eq!(excluding["excludeCredentials"][0]["id"], base64url(&id));
    theirs
        .delete(&format!("/api/v1/me/methods/{}", bob.passkeys[0].1))
        .await
        .expect(200);
    browser.post(&confirm, json!({ "credential": same })).await.expect(200);
}
