//! Guessing codes: counted by authenticator, whatever the sign-in and whatever the door.

use countersign_tests::{Browser, Member, World};
use serde_json::json;

use crate::support::{enter, poll, signed_out};

/// A wrong code in a sign-in of its own.
async fn wrong(member: &Member<'_>, n: u32) -> countersign_tests::Answer {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    enter(&browser, &member.wrong_code(0, n)).await
}

/// The right code in a sign-in of its own.
async fn right(member: &Member<'_>, index: usize) -> (Browser, countersign_tests::Answer) {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    let body = json!({ "authenticator_id": member.generators[index].1, "code": member.code(index) });
    let answer = browser.post("/api/v1/sign-ins/current/code", body).await;
    (browser, answer)
}

#[tokio::test]
async fn guesses_over_many_sign_ins_share_one_count() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    for n in 0..5 {
        wrong(&ada, n).await.expect_problem(401, "challenge.code_rejected");
    }
    let mut wait = 60;
    for n in 5..12 {
        // Closed for the right code as well: whoever hides it among wrong ones gains nothing.
        let (browser, closed) = right(&ada, 0).await;
        let closed = closed.expect_problem(429, "attempts.exhausted");
        assert_eq!(closed.retry_after(), Some(wait));
        signed_out(&browser).await;
        world.pass(wait - 1);
        wrong(&ada, n).await.expect_problem(429, "attempts.exhausted");
        world.pass(1);
        wrong(&ada, n).await.expect_problem(401, "challenge.code_rejected");
        wait = (wait * 2).min(3600);
    }
    world.pass(3600);
    right(&ada, 0).await.1.expect(200);
    assert_eq!(ada.attempts(0).await.fails, 0);
}

#[tokio::test]
async fn a_hundred_wrong_codes_in_a_row_disable_the_authenticator() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let bea = world.member("bea").with_totp().create().await;
    for member in [&ada, &bea] {
        member.has_failed(0, 98).await;
        for n in 0..2 {
            let browser = world.browser();
            member.enter_password(&browser).await.expect(200);
            enter(&browser, &member.wrong_code(0, n))
                .await
                .expect_problem(401, "challenge.code_rejected");
            world.pass(3600);
        }
        let browser = world.browser();
        member.enter_password(&browser).await.expect(200);
        enter(&browser, &member.code(0))
            .await
            .expect_problem(404, "method.not_found");
        signed_out(&browser).await;
    }
    // Who has nothing else left is not let in by the password, as somebody without methods would be.
    let browser = world.browser();
    let page = bea.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.body["alternatives"].as_array().unwrap().len()),
        ("choose", 0)
    );
    signed_out(&browser).await;
    // Who has a phone left sees it, and binds the generator again.
    let browser = ada.signed_in_by_number().await;
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(
        (methods.text("/methods/1/kind"), methods.text("/methods/1/status")),
        ("totp", "disabled")
    );
    let phone = browser.delete(&format!("/api/v1/me/methods/{}", ada.phones[0].1)).await;
    phone.expect_problem(409, "method.last_or_required");
    browser
        .delete(&format!("/api/v1/me/methods/{}", ada.generators[0].1))
        .await
        .expect(200);
    let (ceremony, seed) = browser.begin_totp().await;
    let code = countersign_tests::codes::code(&seed, world.now());
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect(200);
    world.pass(30);
    let again = world.browser();
    ada.enter_password(&again).await.expect(200);
    enter(&again, &countersign_tests::codes::code(&seed, world.now()))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_success_resets_only_the_authenticator_used() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_totp().with_totp().create().await;
    ada.bind_phone().await;
    for n in 0..4 {
        wrong(&ada, n).await.expect_problem(401, "challenge.code_rejected");
    }
    right(&ada, 1).await.1.expect(200);
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    let page = browser
        .post("/api/v1/sign-ins/current/prompt", serde_json::Value::Null)
        .await
        .expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    assert_eq!(ada.attempts(0).await.fails, 4);
    wrong(&ada, 9).await.expect_problem(401, "challenge.code_rejected");
    right(&ada, 0).await.1.expect_problem(429, "attempts.exhausted");
    world.pass(60);
    right(&ada, 1).await.1.expect(200);
    right(&ada, 0).await.1.expect(200);
}

#[tokio::test]
async fn reauthentication_shares_the_counts_of_sign_in() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let session = ada.signed_in_by_code().await;
    world.pass(30);
    for n in 0..2 {
        wrong(&ada, n).await.expect_problem(401, "challenge.code_rejected");
    }
    let again = json!({ "password": countersign_tests::PASSWORD });
    session
        .post("/api/v1/reauthentications", again.clone())
        .await
        .expect(200);
    for n in 2..5 {
        enter(&session, &ada.wrong_code(0, n))
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    enter(&session, &ada.code(0))
        .await
        .expect_problem(429, "attempts.exhausted");
    right(&ada, 0).await.1.expect_problem(429, "attempts.exhausted");
    // The same with passwords: this browser is familiar, and its count is one.
    for n in 0..5 {
        let wrong = json!({ "password": format!("wrong {n}") });
        session
            .post("/api/v1/reauthentications", wrong)
            .await
            .expect_problem(401, "sign_in.rejected");
        crate::support::guess(&session, "ada", &format!("typo {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    session
        .post("/api/v1/reauthentications", again)
        .await
        .expect_problem(429, "attempts.exhausted");
    ada.enter_password(&session)
        .await
        .expect_problem(429, "attempts.exhausted");
}

#[tokio::test]
async fn a_wrong_code_leaves_the_sign_in_where_it_was_and_is_told_to_the_member() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    for junk in ["", "12345", "1234567", "abcdef", "１２３４５６", "-", &"1".repeat(5000)] {
        enter(&browser, junk)
            .await
            .expect_problem(401, "challenge.code_rejected");
        world.pass(1800);
        ada.enter_password(&browser).await.expect(200);
    }
    assert_eq!(poll(&browser).await.text("/state"), "choose");
    let code = ada.code(0);
    let spaced = format!(" {}-{} ", &code[..3], &code[3..]);
    enter(&browser, &spaced).await.expect(200);
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    let codes: Vec<_> = activity.body["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["code"].as_str())
        .collect();
    assert_eq!(codes[0], None);
    assert_eq!(codes[1..], [Some("challenge.code_rejected"); 7]);
}
