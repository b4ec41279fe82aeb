//! Pairing codes and the phones that come with them.

use countersign_device::{Client, SigningKey};
use countersign_domain::delivery::Channel;
use countersign_domain::device::code::PairingCode;
use countersign_domain::entropy::Seeded;
use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::refused;

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
    assert_eq!(
        code_of(&world.app(), &PairingCode::generate(&Seeded::new("nobody's")))
            .await
            .as_deref(),
        Some(EXPIRED)
    );
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
    let mut claims = serde_json::to_value(
        app.pairing_claims(&code, &"Pixel 9".parse().unwrap(), Channel::None)
            .unwrap(),
    )
    .unwrap();
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
    let (app, key, other) = (
        world.app(),
        SigningKey::generate().unwrap(),
        SigningKey::generate().unwrap(),
    );
    let honest = || {
        serde_json::to_value(
            app.pairing_claims(&code, &"Pixel 9".parse().unwrap(), Channel::None)
                .unwrap(),
        )
        .unwrap()
    };
    let now = world.now().as_second();
    let changes: [(&str, Value, u16, &str); 10] = [
        (
            "htu",
            json!("https://elsewhere.example/device/v1/pairings"),
            401,
            "device.signature_invalid",
        ),
        ("iat", json!(now - 92), 401, "device.signature_invalid"),
        ("iat", json!(now + 92), 401, "device.signature_invalid"),
        ("code", json!("SHORT"), 400, "request.malformed"),
        ("model", json!("a\u{202e}b"), 400, "request.malformed"),
        ("model", json!("x".repeat(65)), 400, "request.malformed"),
        ("capabilities", json!(vec!["teleport"; 17]), 400, "request.malformed"),
        ("admin", json!(true), 400, "request.malformed"),
        (
            "channel",
            json!({ "kind": "fcm", "token": "a", "endpoint_arn": "arn:aws:sns:eu-west-1:1:endpoint/x" }),
            422,
            "device.channel_invalid",
        ),
        ("channel", json!({ "kind": "carrier_pigeon" }), 400, "request.malformed"),
    ];
    for (claim, value, status, problem) in changes {
        let mut claims = honest();
        claims[claim] = value;
        let jws = key.sign(&key.pairing_header().unwrap(), &claims).unwrap();
        refused(&app.send_pairing(&jws).await.unwrap(), status, problem);
    }
    let borrowed = key.sign(&other.pairing_header().unwrap(), &honest()).unwrap();
    refused(
        &app.send_pairing(&borrowed).await.unwrap(),
        401,
        "device.signature_invalid",
    );
    for junk in ["", "junk", "a.b.c"] {
        refused(&app.send_pairing(junk).await.unwrap(), 401, "device.signature_invalid");
    }
    world.pair(&code).await;
}
