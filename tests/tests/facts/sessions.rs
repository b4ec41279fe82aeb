//! Sessions: how long they last, who can end them, and what a cookie is worth.

use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::is_alive;

#[tokio::test]
async fn a_session_ends_when_idle_and_at_its_age() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let idle = ada.signed_in_by_number().await;
    let used = ada.signed_in_by_number().await;
    let began = world.now();
    world.pass(3599);
    assert!(is_alive(&used).await);
    world.pass(1);
    // The cookie is as it was; the record here is what counts.
    assert!(!is_alive(&idle).await && is_alive(&used).await);
    assert_eq!(
        used.get("/api/v1/me/sessions").await.expect(200).body["sessions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // Idleness is counted from "last seen", which is kept to within five minutes.
    for _ in 0..25 {
        world.pass(55 * 60);
        assert!(is_alive(&used).await);
    }
    let left = 24 * 3600 - world.now().duration_since(began).as_secs();
    assert_eq!(left, 300);
    world.pass(left - 1);
    assert!(is_alive(&used).await);
    world.pass(1);
    assert!(!is_alive(&used).await);
}

#[tokio::test]
async fn last_seen_is_kept_to_within_five_minutes() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let seen = async || {
        browser
            .get("/api/v1/me/sessions")
            .await
            .expect(200)
            .text("/sessions/0/last_seen_at")
            .to_owned()
    };
    world.pass(299);
    assert_eq!(seen().await, "2026-11-24T12:00:00Z");
    world.pass(1);
    browser.get("/api/v1/me").await.expect(200);
    assert_eq!(seen().await, "2026-11-24T12:05:00Z");
    world.pass(200);
    assert_eq!(seen().await, "2026-11-24T12:05:00Z");
}

#[tokio::test]
async fn a_session_can_be_ended_here_there_and_one_by_one() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let eve = world.member("eve").with_phone().create().await;
    let (here, there, elsewhere) = (
        ada.signed_in_by_number().await,
        ada.signed_in_by_number().await,
        ada.signed_in_by_number().await,
    );
    let eves = eve.signed_in_by_number().await;
    let copy = here.stolen();
    let listed = here.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(listed.body["sessions"].as_array().unwrap().len(), 3);
    assert_eq!(listed.body["sessions"][0]["current"], json!(true));
    assert_eq!(
        (listed.text("/sessions/0/browser"), listed.text("/sessions/0/os")),
        ("Firefox", "Linux")
    );
    assert_eq!(
        (listed.text("/sessions/0/methods/1"), listed.text("/sessions/0/address")),
        ("Test phone", "127.0.0.1")
    );
    let id = there.get("/api/v1/me").await.expect(200).text("/session/id").to_owned();
    here.delete(&format!("/api/v1/me/sessions/{id}")).await.expect(204);
    assert!(!is_alive(&there).await && is_alive(&here).await && is_alive(&elsewhere).await);
    here.delete(&format!("/api/v1/me/sessions/{id}"))
        .await
        .expect_problem(404, "session.not_found");
    here.post("/api/v1/sign-out", Value::Null).await.expect(204);
    assert_eq!(here.cookie("__Host-cs-session"), None);
    // The cookie is taken back, and worth nothing to whoever kept it.
    assert!(!is_alive(&copy).await && is_alive(&elsewhere).await && is_alive(&eves).await);
    let id = elsewhere
        .get("/api/v1/me")
        .await
        .expect(200)
        .text("/session/id")
        .to_owned();
    elsewhere.delete(&format!("/api/v1/me/sessions/{id}")).await.expect(204);
    assert_eq!(
        elsewhere.cookie("__Host-cs-session"),
        None,
        "ending one's own is signing out"
    );
}

#[tokio::test]
async fn sign_out_everywhere_refuses_the_next_request() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    // Rows of sessions that are over still stand; nobody is told that they end now.
    ada.signed_in_by_number().await;
    world.pass(3600);
    let eve = world
        .member("eve")
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    for keep in [true, false] {
        let (here, there) = (ada.signed_in_by_number().await, ada.signed_in_by_number().await);
        // Sign-ins under way: one at its code, one with its approval.
        let (by_code, by_number) = (world.browser(), world.browser());
        ada.enter_password(&by_code).await.expect(200);
        let page = ada.enter_password(&by_number).await.expect(200);
        ada.approve(0, page.text("/prompts/0/number")).await;
        let done = here
            .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": keep }))
            .await
            .expect(200);
        let ended = if keep { 1 } else { 4 };
        assert_eq!(done.body, json!({ "sessions_ended": ended, "signed_out": !keep }));
        assert!(!is_alive(&there).await && is_alive(&eve).await);
        assert_eq!(
            (is_alive(&here).await, here.cookie("__Host-cs-session").is_some()),
            (keep, keep)
        );
        crate::support::enter(&by_code, &ada.code(0))
            .await
            .expect_problem(409, "sign_in.not_under_way");
        by_number
            .get("/api/v1/sign-ins/current")
            .await
            .expect_problem(409, "sign_in.not_under_way");
        by_code
            .post("/api/v1/sign-ins/current/prompt", Value::Null)
            .await
            .expect_problem(409, "sign_in.not_under_way");
        assert!(!is_alive(&by_code).await && !is_alive(&by_number).await);
        // And one may sign in anew.
        assert!(is_alive(&ada.signed_in_by_number().await).await);
    }
}

#[tokio::test]
async fn the_cookies_are_bound_to_this_host_and_hidden_from_scripts() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    let mut set = Vec::new();
    let page = ada.enter_password(&browser).await.expect(200);
    set.extend(page.headers.get_all("set-cookie").iter().cloned());
    let done = crate::support::enter(&browser, &ada.code(0)).await.expect(200);
    set.extend(done.headers.get_all("set-cookie").iter().cloned());
    let out = browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
    set.extend(out.headers.get_all("set-cookie").iter().cloned());
    let mut named = Vec::new();
    for cookie in set {
        let text = cookie.to_str().unwrap().to_owned();
        let (pair, attributes) = text.split_once("; ").unwrap();
        let mut attributes: Vec<&str> = attributes
            .split("; ")
            .filter(|one| !one.starts_with("Max-Age="))
            .collect();
        attributes.sort_unstable();
        assert_eq!(attributes, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"], "{text}");
        let age = text.split("Max-Age=").nth(1).unwrap().split(';').next().unwrap();
        named.push(format!("{} {age}", pair.split('=').next().unwrap()));
    }
    assert_eq!(
        named,
        [
            "__Host-cs-sign-in 600",
            "__Host-cs-session 86400",
            "__Host-cs-known 15552000",
            "__Host-cs-sign-in 0",
            "__Host-cs-session 0"
        ]
    );
}
