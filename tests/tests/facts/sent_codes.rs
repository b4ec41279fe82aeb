//! Codes that are sent: after the first factor, to a number that was confirmed, good once, in the sign-in that asked, and never for long.

use std::sync::Arc;

use countersign_domain::delivery::{Delivery, Sent, Tongue, Why};
use countersign_domain::methods::Standing;
use countersign_platform::delivery::Recorded;
use countersign_platform::store::{BindMethods as _, Consistency, ReadPeople as _, Saved};
use countersign_tests::numbers::other_code;
use countersign_tests::{Answer, Browser, Member, World};
use reqwest::Method;
use reqwest::header::{ACCEPT_LANGUAGE, ORIGIN};
use serde_json::{Value, json};

use crate::support::poll;

const NUMBER: &str = "912345642";
const OTHER: &str = "912345643";

async fn world() -> World {
    let world = World::start().await;
    world.give_numbers().await;
    world
}

/// A new browser after the right password.
async fn asked(member: &Member<'_>) -> (Browser, Answer) {
    let browser = member.world.browser();
    let page = member.enter_password(&browser).await.expect(200);
    (browser, page)
}

async fn again(browser: &Browser) -> Answer {
    let again = json!({ "again": true });
    browser.post("/api/v1/sign-ins/current/message", again).await
}

async fn enter(browser: &Browser, code: &str) -> Answer {
    let code = json!({ "code": code });
    browser.post("/api/v1/sign-ins/current/code", code).await
}

async fn fails(member: &Member<'_>) -> u32 {
    let store = &member.world.parts.store;
    let number = store.authenticator(member.account, member.numbers[0], Consistency::Strong);
    number.await.unwrap().unwrap().attempts.fails
}

#[tokio::test]
async fn a_code_goes_out_after_the_password_and_opens_a_session_once() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let wrong = json!({ "user_name": "ada", "password": "wrong" });
    world
        .browser()
        .post("/api/v1/sign-ins", wrong)
        .await
        .expect_problem(401, "sign_in.rejected");
    assert!(world.codes().is_empty(), "nothing goes out before the first factor");
    let (browser, page) = asked(&ada).await;
    assert_eq!(
        (
            page.text("/prompts/0/kind"),
            page.text("/prompts/0/channel"),
            page.text("/prompts/0/number")
        ),
        ("sent_code", "sms", "+351 ··· ··42")
    );
    assert_eq!(page.text("/prompts/0/delivery"), "sent");
    let codes = world.codes();
    assert_eq!((codes.len(), codes[0].0.as_str()), (1, "+351912345642"));
    assert!(
        !page.body.to_string().contains(&codes[0].1),
        "the page does not know the code"
    );
    assert!(!page.body.to_string().contains("912345642"), "nor the number");
    let copy = browser.stolen();
    assert_eq!(
        enter(&browser, &codes[0].1).await.expect(200).text("/state"),
        "complete"
    );
    browser.get("/api/v1/me").await.expect(200);
    enter(&copy, &codes[0].1)
        .await
        .expect_problem(401, "challenge.code_rejected");
}

#[tokio::test]
async fn a_call_says_the_code_in_the_language_of_the_browser() {
    let world = world().await;
    world.member("ada").with_calls("212345678").create().await;
    let browser = world.browser();
    let start = browser
        .request(Method::POST, "/api/v1/sign-ins")
        .header(ORIGIN, &world.origin)
        .header(ACCEPT_LANGUAGE, "pt-PT,pt;q=0.9,en;q=0.5")
        .json(&json!({ "user_name": "ada", "password": countersign_tests::PASSWORD }));
    let page = browser.send(start).await.expect(200);
    assert_eq!(page.text("/prompts/0/channel"), "voice");
    let Some(Delivery::Voice { language, code, .. }) = world.outbox.sent().pop() else {
        panic!("{:?}", world.outbox.sent())
    };
    assert_eq!(language, Tongue::Portuguese);
    enter(&browser, code.expose()).await.expect(200);
}

#[tokio::test]
async fn a_code_is_dead_with_the_next_one_and_after_ten_minutes() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let (browser, _) = asked(&ada).await;
    let first = world.last_code();
    let soon = again(&browser).await.expect_problem(429, "sending.too_soon");
    assert_eq!(soon.retry_after(), Some(30));
    assert_eq!(world.codes().len(), 1);
    world.pass(30);
    again(&browser).await.expect(200);
    let second = world.last_code();
    if first != second {
        enter(&browser, &first)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    world.pass(569);
    let copy = browser.stolen();
    enter(&browser, &second).await.expect(200);
    drop(copy);

    let (late, _) = asked(&ada).await;
    let code = world.last_code();
    world.pass(600);
    let answer = enter(&late, &code).await;
    assert!(!answer.status.is_success(), "{answer:?}");
}

/// A sign-in under way that outlives its code, were there one: the code alone is held against the time.
#[tokio::test]
async fn a_code_dies_before_the_sign_in_that_asked_for_it_again() {
    let world = World::start_as(|parts| {
        parts.policy.sign_in_lifetime = jiff::SignedDuration::from_hours(1);
    })
    .await;
    world.give_numbers().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let (browser, _) = asked(&ada).await;
    let code = world.last_code();
    world.pass(600);
    enter(&browser, &code)
        .await
        .expect_problem(401, "challenge.code_rejected");
    assert_eq!(fails(&ada).await, 1);
}

/// The attack: a member is talked out of a code, which is then typed in the attacker's own sign-in.
#[tokio::test]
async fn a_code_is_bound_to_the_sign_in_that_asked_and_to_its_account() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let bea = world.member("bea").with_texts(OTHER).create().await;
    let (mine, _) = asked(&ada).await;
    let code = world.last_code();
    let (another, page) = asked(&ada).await;
    assert_eq!(
        page.text("/prompts/0/delivery"),
        "not_sent",
        "the one before went out a moment ago"
    );
    assert!(page.body.pointer("/prompts/0/again_at").is_some());
    enter(&another, &code)
        .await
        .expect_problem(401, "challenge.code_rejected");
    let (hers, _) = asked(&bea).await;
    if world.last_code() != code {
        enter(&hers, &code).await.expect_problem(401, "challenge.code_rejected");
    }
    enter(&mine, &code).await.expect(200);
}

#[tokio::test]
async fn wrong_guesses_carry_over_to_the_next_code() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let (browser, _) = asked(&ada).await;
    for n in 0..4 {
        let wrong = other_code(&world.last_code(), n);
        enter(&browser, &wrong)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    world.pass(30);
    again(&browser).await.expect(200);
    assert_eq!(fails(&ada).await, 4);
    let wrong = other_code(&world.last_code(), 1);
    enter(&browser, &wrong)
        .await
        .expect_problem(401, "challenge.code_rejected");
    let right = world.last_code();
    enter(&browser, &right).await.expect_problem(429, "attempts.exhausted");
    world.pass(30);
    again(&browser).await.expect_problem(429, "attempts.exhausted");
    world.pass(31);
    enter(&browser, &right).await.expect(200);
    assert_eq!(fails(&ada).await, 0);
}

#[tokio::test]
async fn a_reload_shows_the_code_that_is_on_its_way_and_sends_no_other() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let (browser, _) = asked(&ada).await;
    for _ in 0..3 {
        let page = poll(&browser).await;
        assert_eq!(page.text("/prompts/0/delivery"), "sent");
        let page = browser
            .post("/api/v1/sign-ins/current/message", json!({}))
            .await
            .expect(200);
        assert_eq!(page.text("/prompts/0/delivery"), "sent");
    }
    assert_eq!(world.codes().len(), 1);
    enter(&browser, &world.last_code()).await.expect(200);
}

#[tokio::test]
async fn a_message_that_is_not_delivered_is_said_and_counts_for_nothing() {
    for (sent, told) in [
        (Sent::Failed, "failed"),
        (Sent::Refused(Why::OptedOut), "opted_out"),
        (Sent::Refused(Why::Unreachable), "unreachable"),
        (Sent::Refused(Why::QuotaSpent), "quota_spent"),
        (Sent::Refused(Why::NotSetUp), "not_set_up"),
    ] {
        let outbox = Arc::new(Recorded::answering(sent));
        let world = World::start_with(|endpoint| endpoint, outbox, |sender| sender).await;
        world.give_numbers().await;
        let ada = world.member("ada").with_texts(NUMBER).with_totp().create().await;
        let preferred = ada.numbers[0];
        let page = {
            let browser = world.browser();
            ada.enter_password(&browser).await.expect(200);
            let asked = json!({ "authenticator_id": preferred });
            let page = browser
                .post("/api/v1/sign-ins/current/message", asked)
                .await
                .expect(200);
            assert_eq!(fails(&ada).await, 0);
            let totp = json!({ "authenticator_id": ada.generators[0].1, "code": ada.code(0) });
            browser.post("/api/v1/sign-ins/current/code", totp).await.expect(200);
            let rows = browser.get("/api/v1/me/activity").await.expect(200);
            assert!(rows.body.to_string().contains("sending.failed"), "{rows:?}");
            page
        };
        assert_eq!(page.text("/prompts/0/delivery"), told);
        assert_eq!(
            page.body["alternatives"].as_array().unwrap().len(),
            1,
            "the other way is offered"
        );
    }
}

#[tokio::test]
async fn a_number_that_was_never_confirmed_is_not_sent_to_at_sign_in() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let store = &world.parts.store;
    let confirmed = store
        .authenticator(ada.account, ada.numbers[0], Consistency::Strong)
        .await;
    let mut pending = confirmed.unwrap().unwrap();
    pending.id = countersign_domain::ids::AuthenticatorId::new(world.now(), world.parts.entropy.as_ref());
    pending.standing = Standing::Pending;
    pending.expires_at = Some(world.now() + jiff::SignedDuration::from_mins(10));
    assert_eq!(store.bind_pending(&pending).await.unwrap(), Saved::Won);
    let (browser, page) = asked(&ada).await;
    assert_eq!(page.body["alternatives"], json!([]));
    let asked = json!({ "authenticator_id": pending.id });
    let refused = browser.post("/api/v1/sign-ins/current/message", asked).await;
    refused.expect_problem(404, "method.not_found");
    assert_eq!(world.codes().len(), 1);
}

#[tokio::test]
async fn policy_is_held_when_a_code_is_sent_and_when_it_is_entered() {
    let world = world().await;
    let ada = world.member("ada").with_texts(NUMBER).with_totp().create().await;
    let asked_for = json!({ "authenticator_id": ada.numbers[0] });
    let (browser, _) = asked(&ada).await;
    browser
        .post("/api/v1/sign-ins/current/message", asked_for.clone())
        .await
        .expect(200);
    let entered = json!({ "authenticator_id": ada.numbers[0], "code": world.last_code() });
    world
        .rules(|rules| rules.sms.settings.countries = ["DE".parse().unwrap()].into())
        .await;
    world.pass(30);
    // The country went, then the method: a number that may not be sent to is no way in, nor is the code that is on its way to it.
    for enabled in [true, false] {
        world.rules(|rules| rules.sms.audience.enabled = enabled).await;
        again_of(&browser, &asked_for)
            .await
            .expect_problem(404, "method.not_found");
        let late = browser.post("/api/v1/sign-ins/current/code", entered.clone()).await;
        late.expect_problem(404, "method.not_found");
    }
    assert_eq!(world.codes().len(), 1);
}

async fn again_of(browser: &Browser, asked: &Value) -> Answer {
    let mut asked = asked.clone();
    asked["again"] = true.into();
    browser.post("/api/v1/sign-ins/current/message", asked).await
}

/// Asks for codes until one is refused; how many went out.
async fn until_refused(member: &Member<'_>, seconds: i64) -> (usize, Answer) {
    let world = member.world;
    let before = world.codes().len();
    loop {
        let (browser, page) = asked(member).await;
        if page.body.pointer("/ended/code").is_some() || page.body["prompts"][0]["delivery"] != "sent" {
            let refused = browser
                .post("/api/v1/sign-ins/current/message", json!({ "again": true }))
                .await;
            return (world.codes().len() - before, refused);
        }
        world.pass(seconds);
    }
}

#[tokio::test]
async fn each_budget_ends_what_is_sent_until_its_window_ends() {
    // A number, an hour.
    let hourly = world().await;
    let ada = hourly.member("ada").with_texts(NUMBER).create().await;
    let (sent, refused) = until_refused(&ada, 30).await;
    let refused = refused.expect_problem(429, "sending.too_many");
    assert_eq!((sent, refused.retry_after()), (5, Some(3600 - 5 * 30)));
    // The same number of another account has no budget of its own.
    let bea = hourly.member("bea").with_texts(NUMBER).create().await;
    assert_eq!(until_refused(&bea, 30).await.0, 0);
    // The next hour gives more, until the day is used up.
    hourly.pass(3600);
    assert_eq!(until_refused(&ada, 30).await.0, 5);
    hourly.pass(3600);
    assert_eq!(until_refused(&ada, 30).await.0, 0);

    // An account, a day: two numbers share it.
    let daily = World::start_as(|parts| parts.policy.sendings.account_day = 3).await;
    daily.give_numbers().await;
    let ada = daily.member("ada").with_texts(NUMBER).with_texts(OTHER).create().await;
    assert_eq!(until_refused(&ada, 30).await.0, 3);

    // An address, an hour.
    let addressed = World::start_as(|parts| parts.policy.sendings.address_hour = 2).await;
    addressed.give_numbers().await;
    for (name, number, sent) in [("ada", NUMBER, 2), ("bea", OTHER, 0)] {
        let member = addressed.member(name).with_texts(number).create().await;
        assert_eq!(until_refused(&member, 30).await.0, sent, "{name}");
    }

    // The organization, a day.
    let small = world().await;
    small.rules(|rules| rules.sms.settings.a_day = 1).await;
    for (name, number, sent) in [("ada", NUMBER, 1), ("bea", OTHER, 0)] {
        let member = small.member(name).with_texts(number).create().await;
        assert_eq!(until_refused(&member, 30).await.0, sent, "{name}");
    }
    small.pass(12 * 3600);
    let cleo = small.member("cleo").with_texts("912345644").create().await;
    assert_eq!(until_refused(&cleo, 30).await.0, 1, "midnight");
}
