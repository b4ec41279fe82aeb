//! Passkeys over HTTP, made and used by a software authenticator, each part of which is spoiled in turn.

mod attested;
mod doors;
mod making;
mod using;

use countersign_tests::passkeys::Said;
use countersign_tests::{Answer, Browser, Member};
use serde_json::{Value, json};

pub(super) const FIRST: &str = "/api/v1/sign-ins/passkey/options";
pub(crate) const SECOND: &str = "/api/v1/sign-ins/current/passkey/options";
pub(super) const AGAIN: &str = "/api/v1/reauthentications/passkey/options";

/// What the browser is asked.
pub(super) async fn asked(browser: &Browser, at: &str) -> Value {
    browser.post(at, Value::Null).await.expect(200).body["options"].clone()
}

/// What comes of an answer.
pub(super) async fn answer(browser: &Browser, credential: &Value) -> Answer {
    let body = json!({ "credential": credential, "return_to": "/activity" });
    browser.post("/api/v1/sign-ins/passkey", body).await
}

/// A sign-in from the first screen, its answer spoiled.
pub(super) async fn spoiled(member: &mut Member<'_>, change: impl FnOnce(&mut Said)) -> Answer {
    let browser = member.world.browser();
    let options = asked(&browser, FIRST).await;
    let credential = member.passkeys[0].0.get(&options, &member.world.origin, change);
    answer(&browser, &credential).await
}

/// A ceremony to add one: its address, and what the browser is asked.
pub(super) async fn begin(browser: &Browser, attachment: &Value) -> (String, Value) {
    let body = json!({ "kind": "passkey", "attachment": attachment });
    let page = browser.post("/api/v1/me/methods", body).await.expect(201);
    let at = format!("/api/v1/me/enrollments/{}/confirm", page.text("/id"));
    (at, page.body["prompts"][0]["options"].clone())
}
