//! What several themes need: answers held side by side, and what a phone was told.

use countersign_device::Reply;
use countersign_tests::{Answer, Browser, World};
use serde_json::{Value, json};

/// An attempt to start a sign-in.
pub(crate) async fn guess(browser: &Browser, user_name: &str, password: &str) -> Answer {
    browser.post("/api/v1/sign-ins", json!({ "user_name": user_name, "password": password })).await
}

/// A typed code in a sign-in that is under way.
pub(crate) async fn enter(browser: &Browser, code: &str) -> Answer {
    browser.post("/api/v1/sign-ins/current/code", json!({ "code": code })).await
}

/// Where the sign-in stands.
pub(crate) async fn poll(browser: &Browser) -> Answer {
    browser.get("/api/v1/sign-ins/current").await.expect(200)
}

/// All that an answer tells, but for what differs with each request by design: its id and its time.
pub(crate) fn told(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let mut body = answer.body.clone();
    if let Some(id) = body.get_mut("request_id") {
        *id = Value::Null;
    }
    let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status.as_u16(), headers, body)
}

/// The phone was told no, and why.
#[track_caller]
pub(crate) fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!((reply.status, reply.body["code"].as_str()), (status, Some(code)), "{reply:?}");
    assert!(reply.body["fix"].is_string() && reply.body["request_id"].is_string(), "{reply:?}");
}

/// No session: neither a cookie, nor an account behind it.
pub(crate) async fn signed_out(browser: &Browser) {
    assert_eq!(browser.cookie("__Host-cs-session"), None);
    browser.get("/api/v1/me").await.expect_problem(401, "session.required");
}

/// A browser whose account has a fresh session, whatever the time.
pub(crate) async fn is_alive(browser: &Browser) -> bool {
    match browser.get("/api/v1/me").await {
        answer if answer.status == 200 => true,
        answer => {
            answer.expect_problem(401, "session.required");
            false
        }
    }
}

/// The token of the last link that was mailed.
pub(crate) fn mailed_token(world: &World) -> String {
    use countersign_domain::delivery::{Delivery, Mail};
    let sent = world.outbox.sent();
    let link = sent.iter().rev().find_map(|delivery| match delivery {
        Delivery::Mail { message: Mail::EnrollmentLink { link, .. }, .. } => Some(link.expose().clone()),
        _ => None,
    });
    link.unwrap().split_once("#token=").unwrap().1.to_owned()
}
