//! The database's faults, played between the service and it: what was counted stays counted, and nothing opens by a write that failed.

use countersign_tests::{Answer, Member, Metered, PASSWORD, Trick};
use serde_json::json;

use crate::support::{enter, guess, is_alive, poll, signed_out, told};

/// More than the tries that the service makes of one request.
const ALWAYS: usize = 100;

async fn code(member: &Member<'_>, code: &str) -> (countersign_tests::Browser, Answer) {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    let answer = enter(&browser, code).await;
    (browser, answer)
}

#[track_caller]
fn unavailable(answer: &Answer) {
    answer.clone().expect_problem(503, "service.unavailable");
    assert!(answer.retry_after().is_some());
}

#[tokio::test]
async fn a_throttled_counter_evaluates_no_secret() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    // A password: the right one and a wrong one are told the same, and neither goes on.
    database.play("PutItem", "GUESSES#", Trick::Throttle, ALWAYS);
    let browser = world.browser();
    let right = ada.enter_password(&browser).await;
    let wrong = guess(&browser, "ada", "wrong").await;
    unavailable(&right);
    assert_eq!(told(&right), told(&wrong));
    assert_eq!(browser.cookie("__Host-cs-sign-in"), None);
    assert!(database.heal() > 0);
    // A code, likewise.
    database.play("UpdateItem", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
    let (browser, right) = code(&ada, &ada.code(0)).await;
    let (_, wrong) = code(&ada, &ada.wrong_code(0, 1)).await;
    unavailable(&right);
    assert_eq!(told(&right), told(&wrong));
    signed_out(&browser).await;
    assert!(database.heal() > 0);
    assert_eq!(ada.attempts(0).await.fails, 0);
    enter(&browser, &ada.code(0)).await.expect(200);
}

#[tokio::test]
async fn a_counted_failure_survives_a_failed_request() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    for n in 0..3 {
        guess(&world.browser(), "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    // What comes after the count fails: the record of it, then the count of the address, then both.
    database.play("PutItem", "\"activity\"", Trick::Throttle, ALWAYS);
    for n in 3..6 {
        unavailable(&guess(&world.browser(), "ada", &format!("wrong {n}")).await);
    }
    database.heal();
    database.play("UpdateItem", "ADDRESS#", Trick::Throttle, ALWAYS);
    for n in 6..10 {
        unavailable(&guess(&world.browser(), "ada", &format!("wrong {n}")).await);
    }
    database.heal();
    ada.enter_password(&world.browser())
        .await
        .expect_problem(429, "attempts.exhausted");
    world.pass(60);
    // The same with codes.
    database.play("PutItem", "\"activity\"", Trick::Throttle, ALWAYS);
    for n in 0..5 {
        let (browser, failed) = code(&ada, &ada.wrong_code(0, n)).await;
        unavailable(&failed);
        signed_out(&browser).await;
    }
    database.heal();
    assert_eq!(ada.attempts(0).await.fails, 5);
    code(&ada, &ada.code(0))
        .await
        .1
        .expect_problem(429, "attempts.exhausted");
}

#[tokio::test]
async fn a_failed_consuming_write_opens_no_session() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    database.play("PutItem", "PROMPT", Trick::Throttle, ALWAYS);
    unavailable(&browser.get("/api/v1/sign-ins/current").await);
    assert!(database.heal() > 0);
    signed_out(&browser).await;
    // Nothing was spent: the page asks again.
    assert_eq!(poll(&browser).await.text("/state"), "complete");

    let (browser, right) = {
        database.play("UpdateItem", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
        code(&ada, &ada.code(0)).await
    };
    unavailable(&right);
    signed_out(&browser).await;
    database.heal();
    enter(&browser, &ada.code(0)).await.expect(200);
}

#[tokio::test]
async fn a_sign_in_whose_session_or_record_cannot_be_written_opens_nothing() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    for about in ["SESSION#", "\"activity\""] {
        database.play("PutItem", about, Trick::Throttle, ALWAYS);
        let (browser, failed) = code(&ada, &ada.code(0)).await;
        unavailable(&failed);
        signed_out(&browser).await;
        assert!(database.heal() > 0, "{about}");
        // The code is spent all the same.
        enter(&browser, &ada.code(0))
            .await
            .expect_problem(401, "challenge.code_rejected");
        world.pass(30);
    }
    let keeper = ada.signed_in_by_code().await;
    let sessions = keeper.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(
        sessions.body["sessions"].as_array().unwrap().len(),
        1,
        "none was left behind"
    );
}

#[tokio::test]
async fn a_retried_consuming_write_recognizes_itself() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    // A code: its reply is lost, the retry meets its own write.
    database.play("UpdateItem", "AUTHENTICATOR#", Trick::LoseReply, 1);
    let (browser, answer) = code(&ada, &ada.code(0)).await;
    assert_eq!(answer.expect(200).text("/state"), "complete");
    assert_eq!(database.heal(), 1);
    code(&ada, &ada.code(0))
        .await
        .1
        .expect_problem(401, "challenge.code_rejected");
    // A wrong one is counted once.
    let fails = ada.attempts(0).await.fails;
    database.play("UpdateItem", "AUTHENTICATOR#", Trick::LoseReply, 1);
    code(&ada, &ada.wrong_code(0, 1))
        .await
        .1
        .expect_problem(401, "challenge.code_rejected");
    assert_eq!((database.heal(), ada.attempts(0).await.fails), (1, fails + 1));
    // The phone's answer, and the approval that the page takes out.
    world.pass(600);
    let page = ada.enter_password(&browser).await.expect(200);
    let prompt = ada.open_prompt(0).await;
    let number = countersign_domain::secret::Secret::new(page.text("/prompts/0/number").to_owned());
    database.play("PutItem", "PROMPT", Trick::LoseReply, 1);
    ada.phone(0)
        .answer(
            &prompt,
            countersign_domain::device::claims::Decision::Approve { number },
        )
        .await
        .unwrap();
    assert_eq!(database.heal(), 1);
    let copy = browser.stolen();
    database.play("PutItem", "PROMPT", Trick::LoseReply, 1);
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    assert_eq!(database.heal(), 1);
    assert_eq!(poll(&copy).await.text("/ended/code"), "challenge.answered");
    // A pairing code, and the proof of the phone that comes with it.
    let (ceremony, pairing) = browser.begin_phone().await;
    database.play("UpdateItem", "PAIRING#", Trick::LoseReply, 1);
    let (phone, _) = world.pair(&pairing).await;
    assert_eq!(database.heal(), 1);
    database.play("PutItem", "PROOF#", Trick::LoseReply, 1);
    browser.confirm_phone(&ceremony, &phone).await.expect(200);
    assert_eq!(database.heal(), 1);
}

#[tokio::test]
async fn a_removal_that_fails_half_way_leaves_no_way_in() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (by_number, by_code) = (ada.signed_in_by_number().await, ada.signed_in_by_code().await);
    let phone = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    database.play("TransactWriteItems", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
    unavailable(&by_code.delete(&phone).await);
    database.heal();
    assert!(is_alive(&by_number).await, "nothing is changed yet");
    by_code.delete(&phone).await.expect(200);
    assert!(!is_alive(&by_number).await);
    // Signing out everywhere: the epoch stands though the sessions could not be listed.
    let under_way = world.browser();
    ada.enter_password(&under_way).await.expect(200);
    world.pass(30);
    database.play("Query", "SESSION#", Trick::Throttle, ALWAYS);
    unavailable(
        &by_code
            .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))
            .await,
    );
    database.heal();
    enter(&under_way, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
    by_code
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_table_that_is_out_is_told_in_time_and_opens_nothing() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    for (operation, about) in [
        ("GetItem", "\"sessions\""),
        ("Query", "\"directory\""),
        ("GetItem", "\"directory\""),
    ] {
        database.play(operation, about, Trick::Throttle, ALWAYS);
        for sign_in in [false, true] {
            let (started, fresh) = (std::time::Instant::now(), world.browser());
            let answer = if sign_in {
                ada.enter_password(&fresh).await
            } else {
                browser.get("/api/v1/me").await
            };
            assert!(
                answer.status == 503 || (!sign_in && answer.status == 200),
                "{operation} {about}: {answer:?}"
            );
            assert!(started.elapsed().as_secs() < 3, "{operation} {about}");
            assert_eq!(fresh.cookie("__Host-cs-sign-in"), None);
        }
        database.heal();
    }
    assert!(is_alive(&browser).await);
}
