//! What every answer carries, and what is answered where nothing is.

use countersign_tests::{Answer, World};
use reqwest::Method;
use serde_json::json;

use crate::support::whole_problem;

/// The headers that are on everything.
#[track_caller]
fn guarded(answer: &Answer) {
    let header = |name: &str| {
        answer
            .headers
            .get(name)
            .unwrap_or_else(|| panic!("no {name} in {answer:?}"))
            .to_str()
            .unwrap()
    };
    assert_eq!(
        header("strict-transport-security"),
        "max-age=31536000; includeSubDomains"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("x-frame-options"), "DENY");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(header("cross-origin-resource-policy"), "same-origin");
    let policy = header("content-security-policy");
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for name in ["access-control-allow-origin", "server", "x-powered-by", "location"] {
        assert!(!answer.headers.contains_key(name), "{name} in {answer:?}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let document = serde_json::to_value(countersign_local::document::document()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            for asked in [world.browser(), browser.stolen()] {
                let path = path.replace("{id}", "junk");
                let answer = asked
                    .call(
                        method.clone(),
                        &path,
                        if method == Method::GET { json!(null) } else { json!({}) },
                    )
                    .await;
                guarded(&answer);
                assert_eq!(answer.headers["cache-control"], "no-store", "{method} {path}");
                if answer.status.is_client_error() {
                    whole_problem(&answer);
                }
            }
        }
    }
}

#[tokio::test]
async fn pages_carry_them_too() {
    let world = World::start().await;
    for path in [
        "/",
        "/sign-in",
        "/welcome",
        "/authenticator",
        "/nothing/here",
        "/assets/none.js",
        "/..%2f..%2fetc/passwd",
        "/%00",
        "/index.html",
    ] {
        let answer = world.browser().get(path).await;
        guarded(&answer);
        assert!(
            answer.status != 500 && !answer.headers.contains_key("set-cookie"),
            "{path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn where_nothing_is_a_problem_document_says_so() {
    let world = World::start().await;
    let browser = world.browser();
    for path in [
        "/api/",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/me",
        "/api/v1/me/",
        "/api/v1/ME",
        "/device/v1/",
        "/device/v1/nothing",
        "/api/v1/me/methods/a/b/c",
    ] {
        let answer = browser.get(path).await.expect_problem(404, "request.not_found");
        guarded(&answer);
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    let wrong = [
        (Method::PATCH, "/api/v1/me", "GET"),
        (Method::DELETE, "/api/v1/people", "POST"),
        (Method::GET, "/api/v1/sign-out", "POST"),
        (Method::PUT, "/api/v1/sign-ins", "POST"),
        (Method::GET, "/api/v1/invitations/accept", "POST"),
        (Method::POST, "/device/v1/prompts", "GET"),
        (Method::OPTIONS, "/api/v1/me", "GET"),
        (Method::TRACE, "/api/v1/me", "GET"),
        ("BREW".parse().unwrap(), "/device/v1/configuration", "GET"),
    ];
    for (method, path, allowed) in wrong {
        let answer = browser
            .call(method.clone(), path, json!(null))
            .await
            .expect_problem(405, "request.method_not_allowed");
        guarded(&answer);
        assert!(
            answer.headers["allow"].to_str().unwrap().contains(allowed),
            "{method} {path}: {answer:?}"
        );
    }
    // What changes things has to come from here first, even where nothing is.
    let foreign = browser
        .request(Method::POST, "/api/v1/nothing")
        .header("origin", "https://evil.example");
    browser
        .send(foreign)
        .await
        .expect_problem(403, "request.foreign_origin");
    browser
        .post("/api/v1/nothing", json!({}))
        .await
        .expect_problem(404, "request.not_found");
}

#[tokio::test]
async fn a_request_id_is_in_the_problem_and_differs_each_time() {
    let world = World::start().await;
    let browser = world.browser();
    let one = browser
        .get("/api/v1/me")
        .await
        .expect(401)
        .text("/request_id")
        .to_owned();
    let two = browser
        .get("/api/v1/me")
        .await
        .expect(401)
        .text("/request_id")
        .to_owned();
    assert!(one != two && one.len() >= 16, "{one} {two}");
    // It is not the caller's to choose.
    let request = browser
        .request(Method::GET, "/api/v1/me")
        .header("x-request-id", "mine")
        .header("x-amzn-requestid", "mine");
    assert_ne!(browser.send(request).await.text("/request_id"), "mine");
}
