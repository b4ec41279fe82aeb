//! Where somebody is: believed from the edge in front, which proves itself, and from nobody else.

use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Member, PASSWORD, World};
use reqwest::Method;
use serde_json::json;

const PLACE: [(&str, &str); 4] = [
    ("cloudfront-viewer-address", "203.0.113.9:46532"),
    ("cloudfront-viewer-country", "PT"),
    ("cloudfront-viewer-city", "Lisbon"),
    ("cloudfront-viewer-asn", "64500"),
];

async fn start(member: &Member<'_>, browser: &Browser, edge: Option<&str>) -> Answer {
    let mut request = browser
        .request(Method::POST, "/api/v1/sign-ins")
        .header("origin", &member.world.origin);
    for (name, value) in PLACE {
        request = request.header(name, value);
    }
    if let Some(secret) = edge {
        request = request.header("x-countersign-edge", secret);
    }
    browser
        .send(request.json(&json!({ "user_name": member.user_name, "password": PASSWORD })))
        .await
        .expect(200)
}

#[tokio::test]
async fn a_place_is_believed_only_with_the_edges_secret() {
    let world = World::start_as(|parts| parts.config.edge_secret = Some(Secret::new("edge-secret".to_owned()))).await;
    let ada = world.member("ada").with_phone().create().await;
    for forged in [
        None,
        Some(""),
        Some("edge-secre"),
        Some("edge-secret2"),
        Some("EDGE-SECRET"),
        Some("null"),
    ] {
        start(&ada, &world.browser(), forged).await;
        let shown = ada.open_prompt(0).await.shown;
        assert_eq!(
            (shown.place.as_str(), shown.address.as_str()),
            ("unknown place", "127.0.0.1"),
            "{forged:?}"
        );
        let decision = countersign_domain::device::claims::Decision::Deny {
            reason: countersign_domain::device::claims::DenyReason::ChangedMind,
        };
        ada.phone(0).answer(&ada.open_prompt(0).await, decision).await.unwrap();
        world.pass(600);
    }
    let browser = world.browser();
    let page = start(&ada, &browser, Some("edge-secret")).await;
    let shown = ada.open_prompt(0).await.shown;
    assert_eq!(
        (shown.place.as_str(), shown.address.as_str()),
        ("Lisbon, PT", "203.0.113.9")
    );
    assert_eq!(shown.browser, "Firefox on Linux");
    ada.approve(0, page.text("/prompts/0/number")).await;
    let mut poll = browser
        .request(Method::GET, "/api/v1/sign-ins/current")
        .header("x-countersign-edge", "edge-secret");
    for (name, value) in PLACE {
        poll = poll.header(name, value);
    }
    assert_eq!(browser.send(poll).await.expect(200).text("/state"), "complete");
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (activity.text("/events/0/place"), activity.text("/events/0/network")),
        ("Lisbon, PT", "AS64500")
    );
    assert_eq!(activity.text("/events/0/address"), "203.0.113.9");
    let sessions = browser.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(
        (sessions.text("/sessions/0/place"), sessions.text("/sessions/0/address")),
        ("Lisbon, PT", "203.0.113.9")
    );
    // Who is told so is in none of it.
    assert!(
        browser
            .heard()
            .iter()
            .all(|(_, answer)| !answer.contains("edge-secret"))
    );
}

#[tokio::test]
async fn without_an_edge_no_place_is_believed() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    for secret in [None, Some(""), Some("edge-secret")] {
        start(&ada, &world.browser(), secret).await;
        let shown = ada.open_prompt(0).await.shown;
        assert_eq!(
            (shown.place.as_str(), shown.address.as_str()),
            ("unknown place", "127.0.0.1")
        );
    }
}

#[tokio::test]
async fn strange_places_and_browsers_break_nothing() {
    let world = World::start_as(|parts| parts.config.edge_secret = Some(Secret::new("edge-secret".to_owned()))).await;
    let ada = world.member("ada").with_totp().create().await;
    let strange = [
        "",
        "<script>",
        "%0d%0aSet-Cookie: x",
        "\u{202e}",
        &"x".repeat(5000),
        "999.999.999.999:1",
        "%zz",
        "é",
    ];
    for value in strange {
        let browser = world.browser();
        let mut request = browser
            .request(Method::POST, "/api/v1/sign-ins")
            .header("origin", &world.origin);
        for (name, _) in PLACE {
            request = request.header(name, value.as_bytes());
        }
        let request = request
            .header("x-countersign-edge", "edge-secret")
            .header("user-agent", value.as_bytes());
        browser
            .send(request.json(&json!({ "user_name": "ada", "password": "wrong" })))
            .await
            .expect_problem(401, "sign_in.rejected");
        world.pass(120);
    }
    let browser = ada.signed_in_by_code().await;
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    assert!(!activity.body.to_string().contains("script"), "{activity:?}");
    assert_eq!(activity.body["events"].as_array().unwrap().len(), 1 + strange.len());
}
