//! One address against many accounts, and what is believed of where a request comes from.

use countersign_domain::secret::Secret;
use countersign_tests::World;

use crate::support::guess;

#[tokio::test]
async fn one_address_over_many_accounts_has_to_wait() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    for n in 0..50 {
        guess(&world.browser(), &format!("person{n}"), "spring2026")
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    // Nobody gets on from there, whatever the name and the password, until the hour is over.
    let closed = guess(&world.browser(), "person77", "spring2026")
        .await
        .expect_problem(429, "attempts.exhausted");
    assert_eq!(closed.retry_after(), Some(3600));
    world.pass(3599);
    ada.enter_password(&world.browser())
        .await
        .expect_problem(429, "attempts.exhausted");
    world.pass(1);
    ada.enter_password(&world.browser()).await.expect(200);
    guess(&world.browser(), "person77", "spring2026")
        .await
        .expect_problem(401, "sign_in.rejected");
}

#[tokio::test]
async fn one_block_of_ipv6_counts_as_one_address() {
    const EDGE: &str = "a secret of the edge, long enough";
    let world = World::start_as(|parts| {
        parts.policy.address_failures = 5;
        parts.config.edge_secret = Some(Secret::new(EDGE.to_owned()));
    })
    .await;
    let from = async |address: &str, name: &str| {
        let browser = world.browser();
        let request = browser
            .request(reqwest::Method::POST, "/api/v1/sign-ins")
            .header("origin", &world.origin)
            .header("x-countersign-edge", EDGE)
            .header("cloudfront-viewer-address", format!("{address}:4711"))
            .json(&serde_json::json!({ "user_name": name, "password": "wrong" }));
        browser.send(request).await
    };
    for n in 0..5 {
        from(&format!("2001:db8:1:2:{n}::{n}"), &format!("person{n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    from("2001:db8:1:2:ffff::1", "person7")
        .await
        .expect_problem(429, "attempts.exhausted");
    from("2001:db8:1:3::1", "person7")
        .await
        .expect_problem(401, "sign_in.rejected");
}

#[tokio::test]
async fn a_forged_forwarded_header_is_not_believed() {
    let world = World::start_as(|parts| parts.policy.address_failures = 8).await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    let forged = [
        "203.0.113.7",
        "10.0.0.1, 203.0.113.8",
        "junk",
        "",
        "[::1",
        "256.1.1.1",
        "127.0.0.1",
        "unknown, \t,",
    ];
    for (n, address) in forged.into_iter().enumerate() {
        let request = browser
            .request(reqwest::Method::POST, "/api/v1/sign-ins")
            .header("origin", &world.origin);
        let request = request
            .header("x-forwarded-for", address)
            .header("x-real-ip", format!("203.0.113.{n}"))
            .header("forwarded", format!("for=203.0.113.{n}"))
            .header("cloudfront-viewer-address", format!("203.0.113.{n}:4711"))
            .header("x-countersign-edge", "")
            .json(&serde_json::json!({ "user_name": format!("person{n}"), "password": "wrong" }));
        browser.send(request).await.expect_problem(401, "sign_in.rejected");
    }
    ada.enter_password(&browser)
        .await
        .expect_problem(429, "attempts.exhausted");
    // What is junk skips nothing either: the place in the record is the connection's.
    world.pass(3600);
    let hers = world.browser();
    let start = hers
        .request(reqwest::Method::POST, "/api/v1/sign-ins")
        .header("origin", &world.origin);
    let start = start.header("x-forwarded-for", "203.0.113.7, junk");
    hers.send(start.json(&serde_json::json!({ "user_name": "ada", "password": "wrong" })))
        .await
        .expect(401);
    let hers = ada.signed_in_by_code().await;
    let activity = hers.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(activity.text("/events/1/address"), "127.0.0.1");
    assert_eq!(activity.body["events"][1].get("place"), None);
}
