//! Push channels: where a phone may have its pushes sent.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use countersign_device::SigningKey;
use countersign_local::outbox::Outbox;
use countersign_platform::delivery::{CodeWords, WebPush};
use countersign_tests::World;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::refused;

/// With the sender that checks addresses, as a deployment has it.
async fn world() -> World {
    World::start_as(|parts| {
        parts.config.push.allow_loopback = false;
        let web_push = WebPush::new(&parts.config, Arc::clone(&parts.keys), Arc::clone(&parts.clock));
        let words = CodeWords::of(&parts.config);
        parts.deliver = Arc::new(Outbox::open(None, Arc::clone(&parts.clock), web_push, words));
    })
    .await
}

fn web_push(endpoint: &str) -> Value {
    let key = serde_json::to_value(SigningKey::generate().unwrap().public()).unwrap();
    let half = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
    let point = BASE64_URL_SAFE_NO_PAD.encode([vec![4], half("x"), half("y")].concat());
    json!({ "kind": "web_push", "endpoint": endpoint, "p256dh": point, "auth": BASE64_URL_SAFE_NO_PAD.encode([7; 16]) })
}

#[tokio::test]
async fn a_push_channel_leads_to_a_known_push_service_only() {
    let world = world().await;
    let ada = world.member("ada").with_phone().create().await;
    let phone = ada.phone(0);
    for endpoint in [
        "http://updates.push.services.mozilla.com/x",
        "https://updates.push.services.mozilla.com.evil.example/x",
        "https://evilweb.push.apple.com/x",
        "https://web.push.apple.com.evil.example/x",
        "https://user@web.push.apple.com/x",
        "https://web.push.apple.com:8443/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:9/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://internal.example/x",
        "file:///etc/passwd",
        "junk",
        "",
    ] {
        let body = json!({ "channel": web_push(endpoint) });
        let reply = phone
            .call(Method::PUT, "/device/v1/channel", Some(&body))
            .await
            .unwrap();
        assert_eq!(
            (reply.status, reply.body["code"].as_str()),
            (422, Some("device.channel_invalid")),
            "{endpoint}"
        );
    }
    assert_eq!(phone.device().await.unwrap().channel, "none");
    let body = json!({ "channel": web_push("https://updates.push.services.mozilla.com/wpush/v2/x") });
    assert_eq!(
        phone
            .call(Method::PUT, "/device/v1/channel", Some(&body))
            .await
            .unwrap()
            .status,
        204
    );
    assert_eq!(phone.device().await.unwrap().channel, "web_push");
}

#[tokio::test]
async fn a_phone_cannot_name_an_endpoint_of_the_services_own() {
    let world = world().await;
    let ada = world.member("ada").with_phone().create().await;
    let phone = ada.phone(0);
    let arn = "arn:aws:sns:eu-west-1:123456789012:endpoint/APNS/app/somebody";
    for kind in ["apns", "fcm"] {
        let body = json!({ "channel": { "kind": kind, "token": "ab12", "endpoint_arn": arn } });
        refused(
            &phone
                .call(Method::PUT, "/device/v1/channel", Some(&body))
                .await
                .unwrap(),
            422,
            "device.channel_invalid",
        );
    }
    assert_eq!(phone.device().await.unwrap().channel, "none");
}

#[tokio::test]
async fn a_malformed_channel_changes_nothing() {
    let world = world().await;
    let ada = world.member("ada").with_phone().create().await;
    let phone = ada.phone(0);
    let mut short = web_push("https://web.push.apple.com/x");
    short["auth"] = json!("AAAA");
    let mut off_curve = web_push("https://web.push.apple.com/x");
    off_curve["p256dh"] = json!(BASE64_URL_SAFE_NO_PAD.encode([4; 65]));
    for channel in [
        short,
        off_curve,
        json!({ "kind": "fcm", "token": "" }),
        json!({ "kind": "apns", "token": "a b" }),
    ] {
        let body = json!({ "channel": channel });
        refused(
            &phone
                .call(Method::PUT, "/device/v1/channel", Some(&body))
                .await
                .unwrap(),
            422,
            "device.channel_invalid",
        );
    }
    let shapes = [
        json!({}),
        json!({ "channel": "none" }),
        json!({ "channel": { "kind": "none" }, "admin": true }),
        json!({ "channel": { "kind": "fcm", "token": "a", "extra": 1 } }),
        json!([]),
    ];
    for body in shapes {
        refused(
            &phone
                .call(Method::PUT, "/device/v1/channel", Some(&body))
                .await
                .unwrap(),
            400,
            "request.malformed",
        );
    }
    assert_eq!(phone.device().await.unwrap().channel, "none");
}

#[tokio::test]
async fn a_channel_that_cannot_be_used_costs_the_notification_and_not_the_pairing() {
    let world = world().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (ceremony, code) = browser.begin_phone().await;
    let channel = serde_json::from_value(web_push("https://internal.example/x")).unwrap();
    let (phone, _) = world
        .app()
        .pair(&code, &"Pixel 9".parse().unwrap(), channel)
        .await
        .unwrap();
    assert_eq!(phone.device().await.unwrap().channel, "none");
    browser.confirm_phone(&ceremony, &phone).await.expect(200);
}
