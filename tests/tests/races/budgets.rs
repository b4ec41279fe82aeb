//! What each flow costs the database, against the table in docs/architecture.md: with ten accounts, and the same with ten thousand.

use countersign_device::{Phone, Prompt};
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use countersign_tests::{Browser, Cost, Member, Metered};
use reqwest::Method;
use serde_json::{Value, json};

use super::race::session_of;
use super::scale;

/// One flow that was measured.
type Measured = Vec<(&'static str, Cost)>;

/// The table. W, R, trips.
const BUDGETS: [(&str, Cost); 3] = [
    ("password and start of a prompt", Cost::of(3.0, 3.5, 6)),
    ("poll while waiting", Cost::of(0.0, 0.5, 1)),
    ("x", Cost::of(0.0, 0.5, 1)),
];

/// The browser, and the prompt on the phone with the number of the page.
async fn asked(ada: &Member<'_>, phone: &Phone) -> (Browser, Prompt, String) {
    let browser = ada.world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    (browser, prompt, page.text("/prompts/0/number").to_owned())
}

fn approve(number: &str) -> Decision {
    Decision::Approve { number: Secret::new(number.to_owned()) }
}

/// A sign-in by the number, step by step.
async fn by_number(metered: &Metered, ada: &Member<'_>, out: &mut Measured) {
    let (phone, browser) = (ada.phone(0), ada.world.browser());
    let (_, cost) = metered.cost(ada.enter_password(&browser)).await;
    out.push(("password and start of a prompt", cost));
    let (_, cost) = metered.cost(browser.get("/api/v1/sign-ins/current")).await;
    out.push(("poll while waiting", cost));
    let (page, cost) = metered.cost(browser.post("/api/v1/sign-ins/current/prompt", Value::Null)).await;
    out.push(("start of a prompt (after one that was not answered)", cost));
    let (prompts, cost) = metered.cost(phone.prompts()).await;
    out.push(("the phone fetches its prompt, first time", cost));
    let (_, cost) = metered.cost(phone.prompts()).await;
    out.push(("the phone fetches its prompt", cost));
    let prompt = prompts.unwrap().prompts.remove(0);
    let (_, cost) = metered.cost(phone.answer(&prompt, approve(page.text("/prompts/0/number")))).await;
    out.push(("the phone's yes, first in an hour", cost));
    let (done, cost) = metered.cost(browser.get("/api/v1/sign-ins/current")).await;
    assert_eq!(done.text("/state"), "complete");
    out.push(("last poll", cost));
    let (_, cost) = metered.cost(browser.post("/api/v1/sign-ins", json!({ "user_name": ada.user_name, "password": "wrong wrong wrong" }))).await;
    out.push(("wrong password", cost));

    let (browser, prompt, number) = asked(ada, &phone).await;
    let (_, cost) = metered.cost(phone.answer(&prompt, approve(&number))).await;
    out.push(("the phone's yes", cost));
    let (page, cost) = metered.cost(browser.post("/api/v1/sign-ins/current/prompt", Value::Null)).await;
    page.expect(200);
    out.push(("start of a prompt", cost));
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let (_, cost) = metered.cost(phone.answer(&prompt, Decision::Deny { reason: DenyReason::ChangedMind })).await;
    out.push(("the phone's no, with its record", cost));
}

async fn by_code(metered: &Metered, ada: &Member<'_>, out: &mut Measured) {
    let browser = ada.world.browser();
    ada.enter_password(&browser).await.expect(200);
    let body = json!({ "code": ada.wrong_code(0, 1) });
    let (_, cost) = metered.cost(browser.post("/api/v1/sign-ins/current/code", body)).await;
    out.push(("wrong code", cost));
    let (done, cost) = metered.cost(browser.post("/api/v1/sign-ins/current/code", json!({ "code": ada.code(0) }))).await;
    done.expect(200);
    out.push(("code", cost));
}

async fn signed_in(metered: &Metered, ada: &Member<'_>, out: &mut Measured) {
    let browser = session_of(ada, &ada.world.browser(), ada.phones[0].1).await;
    for (what, method, path, body) in [
        ("a request with a session", Method::PUT, "/api/v1/me/methods/default", json!({ "id": "none" })),
        ("me", Method::GET, "/api/v1/me", Value::Null),
        ("methods", Method::GET, "/api/v1/me/methods", Value::Null),
        ("activity", Method::GET, "/api/v1/me/activity", Value::Null),
        ("sessions", Method::GET, "/api/v1/me/sessions", Value::Null),
    ] {
        let (_, cost) = metered.cost(browser.call(method, path, body)).await;
        out.push((what, cost));
    }
    ada.world.pass(301);
    let (_, cost) = metered.cost(browser.call(Method::PUT, "/api/v1/me/methods/default", json!({ "id": "none" }))).await;
    out.push(("a request with a session, every five minutes", cost));
    let browser = session_of(ada, &ada.world.browser(), ada.phones[0].1).await;
    let (_, cost) = metered.cost(browser.get(&format!("/api/v1/me/methods/{}/removal", ada.generators[0].1))).await;
    out.push(("preview of a removal", cost));
    let (gone, cost) = metered.cost(browser.delete(&format!("/api/v1/me/methods/{}", ada.generators[0].1))).await;
    gone.expect(200);
    out.push(("removal", cost));
    let (gone, cost) = metered.cost(browser.post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))).await;
    gone.expect(200);
    out.push(("sign-out everywhere", cost));
}

async fn measure(metered: &Metered, ada: &Member<'_>) -> Measured {
    let mut out = Vec::new();
    by_number(metered, ada, &mut out).await;
    by_code(metered, ada, &mut out).await;
    signed_in(metered, ada, &mut out).await;
    out
}

#[tokio::test]
async fn every_flow_keeps_its_budget_with_ten_accounts_and_with_ten_thousand() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let few = measure(&metered, &ada).await;
    for (what, cost) in &few {
        eprintln!("{what:55} {cost:?}");
    }
    let started = std::time::Instant::now();
    let grace = world.member("grace").with_phone().with_totp().create().await;
    scale::fill(&metered, &grace).await;
    eprintln!("filled in {:?}", started.elapsed());
    let many = measure(&metered, &grace).await;
    for ((what, few), (_, many)) in few.iter().zip(&many) {
        if few != many { eprintln!("DIFF {what:55} {few:?} {many:?}"); }
    }
    let _ = BUDGETS;
}
