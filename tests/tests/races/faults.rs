//! Faults of the database: counts survive them, nothing opens by them, and who has won before a reply was lost has won once.

use countersign_domain::device::claims::Decision;
use countersign_domain::passwords::{Bucket, counter_key};
use countersign_domain::secret::Secret;
use countersign_platform::store::CountGuesses as _;
use countersign_tests::{Answer, Browser, Member, Metered, PASSWORD, Trick};
use serde_json::json;

use super::race::{fails, sessions};

/// More than any number of tries.
const ALWAYS: usize = usize::MAX;
/// What a write of activity says.
const RECORD: &str = "\"TableName\":\"activity\"";
/// The tries of one request to the database.
const TRIES: usize = 3;

async fn password(browser: &Browser, member: &Member<'_>, password: &str) -> Answer {
    browser
        .post(
            "/api/v1/sign-ins",
            json!({ "user_name": member.user_name, "password": password }),
        )
        .await
}

async fn code(browser: &Browser, code: String) -> Answer {
    browser
        .post("/api/v1/sign-ins/current/code", json!({ "code": code }))
        .await
}

/// Wrong passwords that are counted for a member.
async fn guesses(member: &Member<'_>) -> u32 {
    let parts = &member.world.parts;
    let key = counter_key(
        parts.keys.keyring().await.unwrap().pepper.expose(),
        &member.user_name.parse().unwrap(),
    );
    parts
        .store
        .guesses(&key, Bucket::Unfamiliar)
        .await
        .unwrap()
        .attempts
        .fails
}

/// A sign-in by number that only has to be redeemed.
async fn approved(member: &Member<'_>) -> Browser {
    let (browser, phone) = (member.world.browser(), member.phone(0));
    let page = member.enter_password(&browser).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    browser
}

async fn redeem(browser: &Browser) -> Answer {
    browser.get("/api/v1/sign-ins/current").await
}

/// It cannot be done now, and when to try again.
#[track_caller]
fn unavailable(answer: Answer) {
    let answer = answer.expect_problem(503, "service.unavailable");
    assert!(answer.retry_after().is_some_and(|seconds| seconds > 0), "{answer:?}");
}

#[tokio::test]
async fn a_throttled_counter_evaluates_no_secret() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();

    metered.play("PutItem", "GUESSES#", Trick::Throttle, ALWAYS);
    for typed in [PASSWORD, "quietly sings harbor violet"] {
        unavailable(password(&browser, &ada, typed).await);
    }
    assert_eq!(metered.heal(), 2 * TRIES);
    assert_eq!((guesses(&ada).await, browser.cookie("__Host-cs-sign-in")), (0, None));
    password(&browser, &ada, PASSWORD).await.expect(200);

    metered.play("UpdateItem", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
    for typed in [ada.code(0), ada.wrong_code(0, 1)] {
        unavailable(code(&browser, typed).await);
    }
    assert_eq!(metered.heal(), 2 * TRIES);
    assert_eq!((fails(&ada, 0).await, sessions(&ada).await.len()), (0, 0));
    assert_eq!(code(&browser, ada.code(0)).await.expect(200).text("/state"), "complete");
}

#[tokio::test]
async fn a_failed_consuming_write_opens_no_session() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let by_number = approved(&ada).await;
    metered.play("PutItem", "PROMPT", Trick::Throttle, ALWAYS);
    unavailable(redeem(&by_number).await);
    assert_eq!((metered.heal(), sessions(&ada).await.len()), (TRIES, 0));
    assert_eq!(redeem(&by_number).await.expect(200).text("/state"), "complete");

    let by_code = world.browser();
    ada.enter_password(&by_code).await.expect(200);
    metered.play("UpdateItem", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
    unavailable(code(&by_code, ada.code(0)).await);
    assert_eq!((metered.heal(), sessions(&ada).await.len()), (TRIES, 1));
    assert_eq!(code(&by_code, ada.code(0)).await.expect(200).text("/state"), "complete");
}

/// What comes after the consuming write may fail as well: then the proof is spent and nothing is open.
#[tokio::test]
async fn a_session_that_cannot_be_saved_recorded_or_checked_is_not_open() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    for (operation, about) in [
        ("PutItem", "SESSION#"),
        ("PutItem", RECORD),
        ("Query", "\"ConsistentRead\":true"),
    ] {
        ada.enter_password(&browser).await.expect(200);
        metered.play(operation, about, Trick::Throttle, ALWAYS);
        unavailable(code(&browser, ada.code(0)).await);
        assert_eq!(metered.heal(), TRIES, "{about}");
        assert_eq!(
            (sessions(&ada).await.len(), browser.cookie("__Host-cs-session")),
            (0, None),
            "{about}"
        );
        code(&browser, ada.code(0))
            .await
            .expect_problem(401, "challenge.code_rejected");
        world.pass(30);
    }
}

#[tokio::test]
async fn a_counted_failure_survives_a_failed_request() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    metered.play("PutItem", RECORD, Trick::Throttle, ALWAYS);
    unavailable(password(&browser, &ada, "quietly sings harbor violet").await);
    assert_eq!(guesses(&ada).await, 1);
    metered.heal();

    ada.enter_password(&browser).await.expect(200);
    metered.play("PutItem", RECORD, Trick::Throttle, ALWAYS);
    unavailable(code(&browser, ada.wrong_code(0, 1)).await);
    assert_eq!(fails(&ada, 0).await, 1);
}

#[tokio::test]
async fn a_retried_consuming_write_recognizes_itself() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let by_number = approved(&ada).await;
    let copy = by_number.stolen();
    metered.play("PutItem", "PROMPT", Trick::LoseReply, 1);
    assert_eq!(redeem(&by_number).await.expect(200).text("/state"), "complete");
    assert_eq!((metered.heal(), sessions(&ada).await.len()), (1, 1));
    assert_eq!(
        redeem(&copy).await.expect(200).text("/ended/code"),
        "challenge.answered"
    );

    let by_code = world.browser();
    ada.enter_password(&by_code).await.expect(200);
    let copy = by_code.stolen();
    metered.play("UpdateItem", "AUTHENTICATOR#", Trick::LoseReply, 1);
    assert_eq!(code(&by_code, ada.code(0)).await.expect(200).text("/state"), "complete");
    assert_eq!((metered.heal(), sessions(&ada).await.len()), (1, 2));
    code(&copy, ada.code(0))
        .await
        .expect_problem(401, "challenge.code_rejected");
}

/// All replies are lost: nobody knows that the write was carried out, so nothing opens by it, then or later.
#[tokio::test]
async fn a_consuming_write_whose_every_reply_is_lost_grants_nothing() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let by_number = approved(&ada).await;
    metered.play("PutItem", "PROMPT", Trick::LoseReply, TRIES);
    unavailable(redeem(&by_number).await);
    assert_eq!(metered.heal(), TRIES);
    assert_eq!(
        redeem(&by_number).await.expect(200).text("/ended/code"),
        "challenge.answered"
    );

    let by_code = world.browser();
    ada.enter_password(&by_code).await.expect(200);
    metered.play("UpdateItem", "AUTHENTICATOR#", Trick::LoseReply, TRIES);
    unavailable(code(&by_code, ada.code(0)).await);
    assert_eq!(metered.heal(), TRIES);
    code(&by_code, ada.code(0))
        .await
        .expect_problem(401, "challenge.code_rejected");
    assert_eq!(sessions(&ada).await.len(), 0);
}

#[tokio::test]
async fn a_wrong_answer_whose_reply_is_lost_counts_once() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    metered.play("PutItem", "GUESSES#", Trick::LoseReply, 1);
    password(&browser, &ada, "quietly sings harbor violet")
        .await
        .expect_problem(401, "sign_in.rejected");
    assert_eq!((metered.heal(), guesses(&ada).await), (1, 1));

    ada.enter_password(&browser).await.expect(200);
    metered.play("UpdateItem", "AUTHENTICATOR#", Trick::LoseReply, 1);
    code(&browser, ada.wrong_code(0, 1))
        .await
        .expect_problem(401, "challenge.code_rejected");
    assert_eq!((metered.heal(), fails(&ada, 0).await), (1, 1));
}

/// The phone's answer and a removal are as safe to send again as the rest.
#[tokio::test]
async fn an_answer_and_a_removal_whose_replies_are_lost_are_done_once() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (browser, phone) = (world.browser(), ada.phone(0));
    let page = ada.enter_password(&browser).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    metered.play("PutItem", "PROMPT", Trick::LoseReply, 1);
    phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    assert_eq!(metered.heal(), 1);
    assert_eq!(redeem(&browser).await.expect(200).text("/state"), "complete");

    metered.play("TransactWriteItems", "AUTHENTICATOR#", Trick::LoseReply, 1);
    let path = format!("/api/v1/me/methods/{}", ada.generators[0].1);
    let gone = browser.delete(&path).await.expect(200);
    assert_eq!((&gone.body["sessions_ended"], metered.heal()), (&json!(0), 1));
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    let events = activity.body["events"].as_array().unwrap();
    assert_eq!(
        events.iter().filter(|event| event["kind"] == "method_removed").count(),
        1
    );
}
