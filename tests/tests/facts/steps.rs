//! One code, one use: steps are spent on the authenticator's own row, which every door reads.

use countersign_tests::{Member, World, codes};
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{enter, signed_out};

/// Enters the code of a step so many seconds away.
async fn enter_of(member: &Member<'_>, index: usize, seconds: i64) -> countersign_tests::Answer {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    let (seed, id) = &member.generators[index];
    let code = codes::code(seed, member.world.now() + SignedDuration::from_secs(seconds));
    browser
        .post(
            "/api/v1/sign-ins/current/code",
            json!({ "authenticator_id": id, "code": code }),
        )
        .await
}

#[tokio::test]
async fn only_the_current_and_the_previous_step_are_accepted() {
    let world = World::start().await;
    let ada = world
        .member("ada")
        .with_totp()
        .with_totp()
        .with_totp()
        .with_totp()
        .create()
        .await;
    for (index, seconds, taken) in [(0, -60, false), (1, -30, true), (2, 0, true), (3, 30, false)] {
        let answer = enter_of(&ada, index, seconds).await;
        if taken {
            answer.expect(200)
        } else {
            answer.expect_problem(401, "challenge.code_rejected")
        };
    }
    // To the second: a code dies sixty seconds after its step began.
    world.pass(29);
    enter_of(&ada, 0, -60)
        .await
        .expect_problem(401, "challenge.code_rejected");
    enter_of(&ada, 0, -59).await.expect(200);
}

#[tokio::test]
async fn a_code_is_good_once() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    let (stolen, code) = (browser.stolen(), ada.code(0));
    enter(&browser, &code).await.expect(200);
    enter(&stolen, &code)
        .await
        .expect_problem(401, "challenge.code_rejected");
    signed_out(&stolen).await;
    enter_of(&ada, 0, 0)
        .await
        .expect_problem(401, "challenge.code_rejected");
    world.pass(30);
    enter_of(&ada, 0, -30)
        .await
        .expect_problem(401, "challenge.code_rejected");
    enter_of(&ada, 0, 0).await.expect(200);
}

#[tokio::test]
async fn an_older_step_after_a_newer_one_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    enter_of(&ada, 0, 0).await.expect(200);
    enter_of(&ada, 0, -30)
        .await
        .expect_problem(401, "challenge.code_rejected");
}

#[tokio::test]
async fn a_clock_set_back_reopens_no_code() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    enter_of(&ada, 0, 0).await.expect(200);
    for back in [-30, -60] {
        world.pass(back);
        enter_of(&ada, 0, 0)
            .await
            .expect_problem(401, "challenge.code_rejected");
        enter_of(&ada, 0, -30)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    world.pass(120);
    enter_of(&ada, 0, 0).await.expect(200);
}

#[tokio::test]
async fn a_code_used_to_sign_in_is_refused_by_reauthentication() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let again = json!({ "password": countersign_tests::PASSWORD });
    browser
        .post("/api/v1/reauthentications", again.clone())
        .await
        .expect(200);
    enter(&browser, &ada.code(0))
        .await
        .expect_problem(401, "challenge.code_rejected");
    world.pass(30);
    enter(&browser, &ada.code(0)).await.expect(200);
    // And the other way round.
    enter_of(&ada, 0, 0)
        .await
        .expect_problem(401, "challenge.code_rejected");
}

#[tokio::test]
async fn the_code_that_confirms_a_generator_cannot_sign_in() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let (ceremony, seed) = browser.begin_totp().await;
    let early = codes::code(&seed, world.now() - SignedDuration::from_secs(60));
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": early }))
        .await
        .expect_problem(401, "challenge.code_rejected");
    let code = codes::code(&seed, world.now());
    let done = browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect(200);
    assert_eq!((done.text("/state"), done.text("/method/kind")), ("complete", "totp"));
    // The ceremony is over, and so is the code.
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect_problem(409, "enrollment.expired");
    let thief = world.browser();
    ada.enter_password(&thief).await.expect(200);
    enter(&thief, &code)
        .await
        .expect_problem(401, "challenge.code_rejected");
    world.pass(30);
    enter(&thief, &codes::code(&seed, world.now())).await.expect(200);
}
