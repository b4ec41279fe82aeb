//! Somebody else's things: every id is unknown to whoever it does not belong to, and nothing of theirs moves.

use std::collections::BTreeMap;

use countersign_tests::World;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{is_alive, stored};

/// What is stored about one account, its sessions' last use aside.
async fn of(world: &World, account: &str) -> BTreeMap<String, String> {
    stored(world)
        .await
        .into_iter()
        .filter(|(key, _)| key.contains(account))
        .collect()
}

#[tokio::test]
async fn somebody_elses_ids_are_not_found() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let hers = ada.signed_in_by_number().await;
    let eve = world
        .member("eve")
        .administrator()
        .with_phone()
        .with_totp()
        .create()
        .await;
    let eves = eve.signed_in_by_number().await;
    // Ada has one of everything: methods, sessions, activity, ceremonies of each kind, a prompt.
    let session = hers.get("/api/v1/me").await.expect(200).text("/session/id").to_owned();
    let event = hers
        .get("/api/v1/me/activity")
        .await
        .expect(200)
        .text("/events/0/id")
        .to_owned();
    let (totp, _) = hers.begin_totp().await;
    let (pairing, _) = hers.begin_phone().await;
    let (testing, code) = hers.begin_phone().await;
    world.pair(&code).await;
    let before = of(&world, &ada.account.to_string()).await;

    let (phone, generator) = (ada.phones[0].1.to_string(), ada.generators[0].1.to_string());
    let mut asked = Vec::new();
    for id in [&phone, &generator] {
        let method = format!("/api/v1/me/methods/{id}");
        asked.push((
            Method::PATCH,
            method.clone(),
            json!({ "name": "Mine" }),
            404,
            "method.not_found",
        ));
        asked.push((
            Method::GET,
            format!("{method}/removal"),
            Value::Null,
            404,
            "method.not_found",
        ));
        asked.push((Method::DELETE, method, Value::Null, 404, "method.not_found"));
        asked.push((
            Method::PUT,
            "/api/v1/me/methods/default".to_owned(),
            json!({ "id": id }),
            404,
            "method.not_found",
        ));
    }
    for ceremony in [&totp, &pairing, &testing] {
        let expired = "enrollment.expired";
        asked.push((Method::GET, ceremony.clone(), Value::Null, 409, expired));
        asked.push((
            Method::POST,
            format!("{ceremony}/confirm"),
            json!({ "code": "123456" }),
            409,
            expired,
        ));
        asked.push((Method::POST, format!("{ceremony}/prompt"), Value::Null, 409, expired));
        asked.push((Method::DELETE, ceremony.clone(), Value::Null, 409, expired));
    }
    asked.push((
        Method::DELETE,
        format!("/api/v1/me/sessions/{session}"),
        Value::Null,
        404,
        "session.not_found",
    ));
    let verdict = format!("/api/v1/me/activity/{event}/verdict");
    asked.push((
        Method::PUT,
        verdict,
        json!({ "verdict": "me" }),
        404,
        "activity.not_found",
    ));
    for (method, path, body, status, code) in asked {
        eves.call(method, &path, body).await.expect_problem(status, code);
    }
    // Nor in a sign-in of her own, nor by her phone.
    let under_way = world.browser();
    eve.enter_password(&under_way).await.expect(200);
    for id in [&phone, &generator] {
        let body = json!({ "authenticator_id": id, "code": ada.code(0) });
        under_way
            .post("/api/v1/sign-ins/current/code", body)
            .await
            .expect_problem(404, "method.not_found");
        let body = json!({ "authenticator_id": id });
        under_way
            .post("/api/v1/sign-ins/current/prompt", body)
            .await
            .expect_problem(404, "method.not_found");
    }
    assert_eq!(of(&world, &ada.account.to_string()).await, before);
    assert!(is_alive(&hers).await);
    // They are Ada's own all the same.
    hers.get(&totp).await.expect(200);
    hers.delete(&format!("/api/v1/me/methods/{generator}"))
        .await
        .expect(200);
}

#[tokio::test]
async fn an_id_of_another_kind_is_not_found_either() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    let own = [
        ada.account.to_string(),
        ada.phones[0].1.to_string().to_lowercase(),
        format!("{} ", ada.phones[0].1),
    ];
    let junk = [
        "junk",
        "..",
        "%2e%2e%2fprofile",
        "%00",
        "PROFILE",
        "aut_",
        "aut_01KAVXGA00000000000000000A",
        "é",
        "%F0%9F%94%91",
    ];
    for id in own.iter().map(String::as_str).chain(junk) {
        let id = id.replace(' ', "%20");
        browser
            .delete(&format!("/api/v1/me/methods/{id}x"))
            .await
            .expect_problem(404, "method.not_found");
        browser
            .delete(&format!("/api/v1/me/sessions/{id}x"))
            .await
            .expect_problem(404, "session.not_found");
        browser
            .get(&format!("/api/v1/me/enrollments/{id}x"))
            .await
            .expect_problem(409, "enrollment.expired");
    }
    // What is not UTF-8 is not even an id.
    browser
        .delete("/api/v1/me/methods/%ff")
        .await
        .expect_problem(400, "request.malformed");
}
