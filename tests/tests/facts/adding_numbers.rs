//! Adding a phone number: to an allowed country, with a code that goes to it, and a few tries at most.

use std::sync::Arc;

use countersign_domain::delivery::{Sent, Why};
use countersign_platform::delivery::Recorded;
use countersign_tests::numbers::other_code;
use countersign_tests::{Answer, Browser, Member, World};
use serde_json::json;

async fn world() -> World {
    let world = World::start().await;
    world.give_numbers().await;
    world
}

async fn signed_in(world: &World) -> (Member<'_>, Browser) {
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    (ada, browser)
}

async fn add(browser: &Browser, kind: &str, number: &str) -> Answer {
    let asked = json!({ "kind": kind, "number": number, "country": "PT" });
    browser.post("/api/v1/me/methods", asked).await
}

fn ceremony(page: &Answer) -> String {
    format!("/api/v1/me/enrollments/{}", page.text("/id"))
}

async fn confirm(browser: &Browser, ceremony: &str, code: &str) -> Answer {
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
}

#[tokio::test]
async fn a_number_counts_once_the_code_that_went_to_it_was_typed() {
    let world = world().await;
    let (ada, browser) = signed_in(&world).await;
    for (kind, number, sent_to) in [
        ("sms", "912 345 642", "+351912345642"),
        ("voice", "212 345 678", "+351212345678"),
    ] {
        let page = add(&browser, kind, number).await.expect(201);
        assert_eq!(
            (page.text("/state"), page.text("/prompts/0/delivery")),
            ("waiting", "sent")
        );
        assert_eq!((page.text("/kind"), page.text("/prompts/0/channel")), (kind, kind));
        let (to, code) = world.codes().pop().unwrap();
        assert_eq!(to, sent_to);
        let at = ceremony(&page);
        assert_eq!(browser.get(&at).await.expect(200).text("/prompts/0/delivery"), "sent");
        let done = confirm(&browser, &at, &code).await.expect(200);
        assert_eq!((done.text("/state"), done.text("/method/kind")), ("complete", kind));
        assert!(done.text("/method/detail").starts_with("+351 ··· ··"), "{done:?}");
        confirm(&browser, &at, &code)
            .await
            .expect_problem(409, "enrollment.expired");
        world.pass(30);
    }
    // It signs in from now on, and the code that confirmed it does not.
    let list = browser.get("/api/v1/me/methods").await.expect(200);
    let methods = list.body["methods"].as_array().unwrap();
    let sms = methods.iter().find(|one| one["kind"] == "sms").unwrap()["id"].clone();
    let used = world.codes()[0].1.clone();
    let elsewhere = world.browser();
    ada.enter_password(&elsewhere).await.expect(200);
    let asked = json!({ "authenticator_id": sms });
    elsewhere
        .post("/api/v1/sign-ins/current/message", asked)
        .await
        .expect(200);
    let enter = |code: String| json!({ "authenticator_id": sms, "code": code });
    if used != world.last_code() {
        let old = elsewhere.post("/api/v1/sign-ins/current/code", enter(used)).await;
        old.expect_problem(401, "challenge.code_rejected");
    }
    let new = elsewhere
        .post("/api/v1/sign-ins/current/code", enter(world.last_code()))
        .await;
    assert_eq!(new.expect(200).text("/state"), "complete");
}

#[tokio::test]
async fn only_numbers_of_allowed_countries_and_of_the_right_kind_are_sent_to() {
    let world = world().await;
    let (_ada, browser) = signed_in(&world).await;
    for (kind, number, status, code) in [
        ("sms", "+49 151 23456789", 403, "policy.country_not_allowed"),
        ("sms", "+1 876 210 1234", 403, "policy.country_not_allowed"),
        ("sms", "212 345 678", 422, "phone_number.invalid"),
        ("voice", "760 123 456", 422, "phone_number.invalid"),
        ("sms", "hello", 422, "phone_number.invalid"),
        ("sms", "", 422, "phone_number.invalid"),
    ] {
        add(&browser, kind, number).await.expect_problem(status, code);
    }
    let bare = browser.post("/api/v1/me/methods", json!({ "kind": "sms" })).await;
    bare.expect_problem(422, "phone_number.invalid");
    assert!(world.codes().is_empty());
}

#[tokio::test]
async fn what_policy_does_not_give_is_listed_with_its_reason() {
    let world = World::start().await;
    let (_ada, browser) = signed_in(&world).await;
    let reason = async |kind: &str| {
        let list = browser.get("/api/v1/me/methods").await.expect(200);
        let not = list.body["not_available"].as_array().unwrap().clone();
        not.iter()
            .find(|one| one["kind"] == kind)
            .map(|one| one["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(
        reason("sms").await.as_deref(),
        Some("policy.method_not_allowed"),
        "off by default"
    );
    add(&browser, "sms", "912345642")
        .await
        .expect_problem(403, "policy.method_not_allowed");
    world.rules(|rules| rules.sms.audience.enabled = true).await;
    assert_eq!(
        reason("sms").await.as_deref(),
        Some("policy.country_not_allowed"),
        "no country is named"
    );
    world.give_numbers().await;
    assert_eq!(reason("sms").await, None);
    let list = browser.get("/api/v1/me/methods").await.expect(200);
    let sms = list.body["addable"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "sms")
        .unwrap()
        .clone();
    assert_eq!(sms["countries"], json!([{ "code": "PT", "calling_code": 351 }]));
}

/// The attack: guess the code of somebody else's number. Five guesses at a million, then it begins anew, and another code is sent.
#[tokio::test]
async fn five_wrong_codes_end_the_ceremony_whatever_is_sent_between() {
    let world = world().await;
    let (_ada, browser) = signed_in(&world).await;
    let at = ceremony(&add(&browser, "sms", "912345642").await.expect(201));
    for n in 0..5 {
        if n == 3 {
            browser
                .post(&format!("{at}/message"), json!({}))
                .await
                .expect_problem(429, "sending.too_soon");
            world.pass(30);
            browser.post(&format!("{at}/message"), json!({})).await.expect(200);
        }
        let wrong = other_code(&world.last_code(), n);
        confirm(&browser, &at, &wrong)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    confirm(&browser, &at, &world.last_code())
        .await
        .expect_problem(409, "enrollment.expired");
    world.pass(30);
    let more = browser.post(&format!("{at}/message"), json!({})).await;
    more.expect_problem(409, "enrollment.expired");
}

#[tokio::test]
async fn an_older_first_code_is_dead_and_a_late_one_too() {
    let world = world().await;
    let (_ada, browser) = signed_in(&world).await;
    let at = ceremony(&add(&browser, "sms", "912345642").await.expect(201));
    let first = world.last_code();
    world.pass(30);
    browser.post(&format!("{at}/message"), json!({})).await.expect(200);
    let second = world.last_code();
    if first != second {
        confirm(&browser, &at, &first)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    world.pass(600);
    confirm(&browser, &at, &second)
        .await
        .expect_problem(401, "challenge.code_rejected");
}

#[tokio::test]
async fn two_numbers_are_the_most_and_the_same_one_takes_its_own_place() {
    let world = world().await;
    let (_ada, browser) = signed_in(&world).await;
    for number in ["912345642", "912345643"] {
        let at = ceremony(&add(&browser, "sms", number).await.expect(201));
        confirm(&browser, &at, &world.last_code()).await.expect(200);
    }
    add(&browser, "sms", "912345644")
        .await
        .expect_problem(409, "method.limit_reached");
    add(&browser, "voice", "212345678")
        .await
        .expect_problem(409, "method.limit_reached");
}

#[tokio::test]
async fn adding_needs_a_fresh_proof_and_a_removal_takes_the_number() {
    let world = world().await;
    let (_ada, browser) = signed_in(&world).await;
    let at = ceremony(&add(&browser, "sms", "912345642").await.expect(201));
    let done = confirm(&browser, &at, &world.last_code()).await.expect(200);
    let id = done.text("/method/id").to_owned();
    browser.delete(&format!("/api/v1/me/methods/{id}")).await.expect(200);
    world.pass(301);
    let stale = add(&browser, "sms", "912345643").await;
    stale.expect_problem(401, "session.reauthentication_required");
    assert_eq!(world.codes().len(), 1);
}

#[tokio::test]
async fn a_message_that_cannot_be_sent_is_said_while_a_number_is_added() {
    let outbox = Arc::new(Recorded::answering(Sent::Refused(Why::Unreachable)));
    let world = World::start_with(|endpoint| endpoint, outbox, |sender| sender).await;
    world.give_numbers().await;
    let (_ada, browser) = signed_in(&world).await;
    let page = add(&browser, "sms", "912345642").await.expect(201);
    assert_eq!(page.text("/prompts/0/delivery"), "unreachable");
}
