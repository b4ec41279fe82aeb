//! What a phone's request is proven by: one method, one address, one body, now, once.

use countersign_device::Phone;
use countersign_tests::World;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::refused;

const DEVICE: &str = "/device/v1/device";
const CHANNEL: &str = "/device/v1/channel";
const INVALID: &str = "device.proof_invalid";

fn proof(phone: &Phone, method: &Method, path: &str, body: Option<&[u8]>) -> Value {
    serde_json::to_value(phone.proof_claims(method, path, body).unwrap()).unwrap()
}

#[tokio::test]
async fn a_device_proof_is_accepted_once() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let phone = ada.phone(0);
    let signed = phone.sign_proof(&proof(&phone, &Method::GET, DEVICE, None)).unwrap();
    assert_eq!(
        phone
            .send(Method::GET, DEVICE, None, Some(&signed))
            .await
            .unwrap()
            .status,
        200
    );
    for later in [0, 89, 1] {
        world.pass(later);
        refused(
            &phone.send(Method::GET, DEVICE, None, Some(&signed)).await.unwrap(),
            401,
            INVALID,
        );
    }
    // Not even with a signature made anew: the id is what was spent.
    let phone = ada.phone(0);
    let claims = proof(&phone, &Method::GET, DEVICE, None);
    let (one, two) = (phone.sign_proof(&claims).unwrap(), phone.sign_proof(&claims).unwrap());
    assert_eq!(
        phone.send(Method::GET, DEVICE, None, Some(&one)).await.unwrap().status,
        200
    );
    refused(
        &phone.send(Method::GET, DEVICE, None, Some(&two)).await.unwrap(),
        401,
        INVALID,
    );
}

#[tokio::test]
async fn a_device_proof_fits_one_request() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let phone = ada.phone(0);
    let body = json!({ "channel": { "kind": "none" } }).to_string().into_bytes();
    let honest = || proof(&phone, &Method::PUT, CHANNEL, Some(&body));
    let path = |path: &str| phone.client().origin().url(path);
    let changes: [(&str, Value); 12] = [
        ("htm", json!("GET")),
        ("htm", json!("put")),
        ("htu", json!(path(DEVICE))),
        ("htu", json!(path("/device/v1/channel/"))),
        ("htu", json!(path("/device/v1/channel?x=1"))),
        ("htu", json!("https://elsewhere.example/device/v1/channel")),
        ("htu", json!(CHANNEL)),
        ("bsh", json!("A".repeat(43))),
        ("bsh", Value::Null),
        ("jti", json!("short")),
        ("acc", json!("acc_01KAVXGA00000000000000000A")),
        ("admin", json!(true)),
    ];
    for (claim, value) in changes {
        let mut claims = honest();
        claims[claim] = value.clone();
        let signed = phone.sign_proof(&claims).unwrap();
        let reply = phone
            .send(Method::PUT, CHANNEL, Some(body.clone()), Some(&signed))
            .await
            .unwrap();
        let (status, code) = if claim == "acc" {
            (410, "device.removed")
        } else {
            (401, INVALID)
        };
        assert_eq!(
            (reply.status, reply.body["code"].as_str()),
            (status, Some(code)),
            "{claim} = {value}"
        );
    }
    // A right proof for another body, or for none.
    let signed = phone.sign_proof(&honest()).unwrap();
    let other = br#"{"channel":{"kind":"fcm","token":"thief"}}"#.to_vec();
    refused(
        &phone
            .send(Method::PUT, CHANNEL, Some(other), Some(&signed))
            .await
            .unwrap(),
        401,
        INVALID,
    );
    refused(
        &phone.send(Method::PUT, CHANNEL, None, Some(&signed)).await.unwrap(),
        401,
        INVALID,
    );
    refused(
        &phone
            .send(Method::DELETE, DEVICE, Some(body.clone()), Some(&signed))
            .await
            .unwrap(),
        401,
        INVALID,
    );
    // None of these has spent it.
    assert_eq!(
        phone
            .send(Method::PUT, CHANNEL, Some(body), Some(&signed))
            .await
            .unwrap()
            .status,
        204
    );
}

#[tokio::test]
async fn a_request_of_a_phone_without_a_proof_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (phone, browser) = (ada.phone(0), ada.signed_in_by_code().await);
    let routes = [
        (Method::GET, DEVICE),
        (Method::DELETE, DEVICE),
        (Method::PUT, CHANNEL),
        (Method::GET, "/device/v1/prompts"),
        (Method::POST, "/device/v1/prompts/prm_01KAVXGA00000000000000000C/answer"),
    ];
    for (method, path) in routes {
        for junk in [
            None,
            Some(""),
            Some("junk"),
            Some("a.b.c"),
            Some("e30.e30.e30"),
            Some(&*"x".repeat(9000)),
        ] {
            refused(
                &phone.send(method.clone(), path, None, junk).await.unwrap(),
                401,
                INVALID,
            );
        }
        // A session is worth nothing here.
        browser
            .call(method, path, Value::Null)
            .await
            .expect_problem(401, INVALID);
    }
}

#[tokio::test]
async fn a_phones_clock_may_be_ninety_seconds_off() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (now, phone) = (world.now().as_second(), ada.phone(0));
    for (off, taken) in [
        (-91, false),
        (-90, true),
        (-89, true),
        (89, true),
        (90, true),
        (91, false),
        (i64::MAX - now, false),
    ] {
        let mut claims = proof(&phone, &Method::GET, DEVICE, None);
        claims["iat"] = json!(now + off);
        let signed = phone.sign_proof(&claims).unwrap();
        let reply = phone.send(Method::GET, DEVICE, None, Some(&signed)).await.unwrap();
        assert_eq!(reply.status, if taken { 200 } else { 401 }, "{off}");
        // Either way the phone learns what time it is here.
        assert_eq!(reply.server_time, Some(world.now()), "{off}");
    }
    // With the time that it was told, a phone that was an hour off gets on.
    let slow = world
        .app()
        .with_clock_offset(world.now().duration_since(jiff::Timestamp::now()) - jiff::SignedDuration::from_hours(1));
    let slow = slow.phone(phone.key().clone(), ada.account, ada.phones[0].1);
    let reply = slow.call(Method::GET, DEVICE, None).await.unwrap();
    refused(&reply, 401, INVALID);
    let offset = reply.server_time.unwrap().duration_since(jiff::Timestamp::now());
    let set = world
        .app()
        .with_clock_offset(offset)
        .phone(phone.key().clone(), ada.account, ada.phones[0].1);
    set.device().await.unwrap();
}
