//! What several themes need: answers held side by side, and what a phone was told.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_device::{Phone, Prompt, Reply};
use countersign_domain::device::claims::Decision;
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Member, World};
use serde_json::{Value, json};

/// An attempt to start a sign-in.
pub(crate) async fn guess(browser: &Browser, user_name: &str, password: &str) -> Answer {
    browser
        .post(
            "/api/v1/sign-ins",
            json!({ "user_name": user_name, "password": password }),
        )
        .await
}

/// A typed code in a sign-in that is under way.
pub(crate) async fn enter(browser: &Browser, code: &str) -> Answer {
    browser
        .post("/api/v1/sign-ins/current/code", json!({ "code": code }))
        .await
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
    let headers = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    (answer.status.as_u16(), headers, body)
}

/// The phone was told no, and why.
#[track_caller]
pub(crate) fn refused(reply: &Reply, status: u16, code: &str) {
    assert_eq!(
        (reply.status, reply.body["code"].as_str()),
        (status, Some(code)),
        "{reply:?}"
    );
    assert!(
        reply.body["fix"].is_string() && reply.body["request_id"].is_string(),
        "{reply:?}"
    );
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
        Delivery::Mail {
            message: Mail::EnrollmentLink { link, .. },
            ..
        } => Some(link.expose().clone()),
        _ => None,
    });
    link.unwrap().split_once("#token=").unwrap().1.to_owned()
}

/// A whole problem document, of a code that the table of refusals has, with its status.
#[track_caller]
pub(crate) fn whole_problem(answer: &Answer) {
    let (status, code) = (answer.status.as_u16(), answer.code());
    let known = countersign_platform::http::refusals::codes()
        .iter()
        .any(|one| one.code == code && one.status == status);
    assert!(known, "{answer:?}");
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    assert_eq!(answer.body["status"], status);
    assert_eq!(answer.text("/type"), format!("urn:problem-type:countersign:{code}"));
    for field in ["title", "detail", "fix", "request_id"] {
        assert!(!answer.text(&format!("/{field}")).is_empty(), "{field} in {answer:?}");
    }
}

/// Everything that is stored: each row by its table and key, its attributes in order.
pub(crate) async fn stored(world: &World) -> BTreeMap<String, String> {
    let database = world.database();
    let mut rows = BTreeMap::new();
    for table in ["directory", "sessions", "activity"] {
        let scanned = database
            .scan()
            .table_name(table)
            .consistent_read(true)
            .send()
            .await
            .unwrap();
        assert!(scanned.last_evaluated_key.is_none(), "one page holds a test's rows");
        for row in scanned.items() {
            let key = format!("{table} {} {}", row["PK"].as_s().unwrap(), row["SK"].as_s().unwrap());
            let attributes: BTreeMap<_, _> = row.iter().map(|(name, value)| (name, plain(value))).collect();
            rows.insert(key, serde_json::to_string(&attributes).unwrap());
        }
    }
    rows
}

/// An attribute as JSON, so that it reads the same each time.
fn plain(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!(text),
        AttributeValue::N(number) => json!({ "n": number }),
        AttributeValue::Bool(truth) => json!(truth),
        AttributeValue::Null(_) => Value::Null,
        AttributeValue::L(list) => list.iter().map(plain).collect(),
        AttributeValue::M(map) => map
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => panic!("no row of ours holds {other:?}"),
    }
}

/// A sign-in that waits for its number: its browser, the prompt on the member's first phone, and the digits on the page.
pub(crate) async fn asked(member: &Member<'_>) -> (Browser, Prompt, String) {
    let browser = member.world.browser();
    let page = member.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.text("/prompts/0/kind")),
        ("waiting", "number")
    );
    (
        browser,
        member.open_prompt(0).await,
        page.text("/prompts/0/number").to_owned(),
    )
}

/// A yes with these digits.
pub(crate) fn number(digits: &str) -> Decision {
    Decision::Approve {
        number: Secret::new(digits.to_owned()),
    }
}

/// An approval's claims, to be changed.
pub(crate) fn claims(phone: &Phone, prompt: &Prompt, digits: &str) -> Value {
    serde_json::to_value(phone.answer_claims(prompt, number(digits)).unwrap()).unwrap()
}
