//! How large the rows are that are written at each sign-in: under one kilobyte, which is one unit, also where every name is long.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, PASSWORD, World};
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue, ORIGIN};
use serde_json::{Value, json};

use super::race::session_of;

/// One unit of a write, in bytes.
const UNIT: usize = 1_024;
/// What is written at each sign-in, or at each step of one, by the first word of its key.
const OFTEN: [&str; 7] = [
    "PROMPT",
    "SESSION",
    "GUESSES",
    "ADDRESS",
    "PROOF",
    "AUTHENTICATOR",
    "act",
];

/// A value's size as the database bills it: names and texts by their bytes, a number by half a byte a digit, structure by the part.
fn size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(number) => number.len().div_ceil(2) + 1,
        AttributeValue::L(list) => 3 + list.iter().map(|one| 1 + size(one)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.iter().map(|(name, one)| 1 + name.len() + size(one)).sum::<usize>(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        other => panic!("{other:?}"),
    }
}

/// Notes the largest row of each kind: the first word of its sort key, or, where that is no account's, of its partition.
async fn note(largest: &mut BTreeMap<String, usize>, world: &World) {
    for table in ["directory", "sessions", "activity"] {
        let scanned = world.database().scan().table_name(table).send().await.unwrap();
        for row in scanned.items() {
            let key = |name: &str| row[name].as_s().unwrap().as_str();
            let named = if key("PK").starts_with("ACCOUNT#") {
                key("SK")
            } else {
                key("PK")
            };
            let kind = named.split(['#', '_']).next().unwrap().to_owned();
            let sum =
                |row: &HashMap<String, AttributeValue>| row.iter().map(|(name, value)| name.len() + size(value)).sum();
            let most = largest.entry(kind).or_default();
            *most = (*most).max(sum(row));
        }
    }
}

/// The viewer's place as the edge tells it, as long as it can be.
fn far_away() -> HeaderMap {
    let headers = [
        ("x-countersign-edge", "the edge's secret".to_owned()),
        (
            "cloudfront-viewer-address",
            "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff:65535".to_owned(),
        ),
        ("cloudfront-viewer-city", "%C3%A4".repeat(64)),
        ("cloudfront-viewer-country", "PT".to_owned()),
        ("cloudfront-viewer-asn", "4294967295".to_owned()),
    ];
    headers
        .into_iter()
        .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(&value).unwrap()))
        .collect()
}

async fn post(world: &World, browser: &Browser, path: &str, body: Value) -> Answer {
    let request = browser
        .request(Method::POST, path)
        .header(ORIGIN, &world.origin)
        .headers(far_away());
    browser.send(request.json(&body)).await
}

#[tokio::test]
async fn what_is_written_at_each_sign_in_is_smaller_than_one_unit() {
    let secret = Secret::new("the edge's secret".to_owned());
    let world = World::start_as(|parts| parts.config.edge_secret = Some(secret)).await;
    let name = "a".repeat(64);
    let ada = world.member(&name).with_phone().with_totp().create().await;
    let (phone, lane) = (ada.phone(0), world.browser());
    let current = session_of(&ada, &lane, ada.phones[0].1).await;
    for id in [ada.phones[0].1, ada.generators[0].1] {
        current
            .patch(&format!("/api/v1/me/methods/{id}"), json!({ "name": "ä".repeat(64) }))
            .await
            .expect(200);
    }
    phone
        .renew_channel(Channel::WebPush {
            endpoint: Secret::new(format!("https://fcm.googleapis.com/fcm/send/{}", "x".repeat(160))),
            p256dh: format!("B{}", "A".repeat(86)),
            auth: Secret::new("A".repeat(22)),
        })
        .await
        .unwrap();

    // Two strikes, a wrong code and a right one, three wrong passwords, and at last an approval.
    let enter = |password: String| {
        post(
            &world,
            &lane,
            "/api/v1/sign-ins",
            json!({ "user_name": name, "password": password }),
        )
    };
    for _ in 0..2 {
        enter(PASSWORD.to_owned()).await.expect(200);
        let prompt = phone.prompts().await.unwrap().prompts.remove(0);
        phone
            .answer(
                &prompt,
                Decision::Deny {
                    reason: DenyReason::ChangedMind,
                },
            )
            .await
            .unwrap();
    }
    let code = |code: String| post(&world, &lane, "/api/v1/sign-ins/current/code", json!({ "code": code }));
    code(ada.wrong_code(0, 1)).await.expect(401);
    code(ada.code(0)).await.expect(200);
    for wrong in 0..3 {
        enter(format!("wrong {wrong}")).await.expect(401);
    }
    let mut sizes = BTreeMap::new();
    note(&mut sizes, &world).await;
    let page = enter(PASSWORD.to_owned()).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    note(&mut sizes, &world).await;
    assert!(OFTEN.iter().all(|kind| sizes.contains_key(*kind)), "{sizes:?}");
    assert!(
        sizes
            .iter()
            .all(|(kind, size)| !OFTEN.contains(&kind.as_str()) || *size < UNIT),
        "{sizes:?}"
    );
}
