//! Activating a token: by whom, with which code, and how often one may guess.

use countersign_tests::{World, codes};
use serde_json::Value;

use super::{activate, desk, import, list, row, seed, shown, sign_in};

#[tokio::test]
async fn a_token_is_activated_by_serial_and_code_signs_in_and_stays_with_its_holder_when_removed() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    let eve = world.member("eve").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let code = shown(&world, "FT-1", 0);
    let done = activate(&browser, " ft-1 ", &code).await.expect(200);
    assert_eq!(done.text("/method/detail"), "Feitian c200, serial number FT-1");
    assert_eq!(list(&desk, "active").await, ["FT-1"]);
    // The code that activated it is used up by that.
    sign_in(&ada, &code)
        .await
        .1
        .expect_problem(401, "challenge.code_rejected");
    world.pass(30);
    let (other, answer) = sign_in(&ada, &shown(&world, "FT-1", 0)).await;
    answer.expect(200);
    let method = done.text("/method/id").to_owned();
    browser
        .delete(&format!("/api/v1/me/methods/{method}"))
        .await
        .expect(200);
    other.get("/api/v1/me").await.expect_problem(401, "session.required");
    assert_eq!(list(&desk, "assigned").await, ["FT-1"]);
    let hers = eve.signed_in_by_number().await;
    world.pass(30);
    activate(&hers, "FT-1", &shown(&world, "FT-1", 0))
        .await
        .expect_problem(401, "token.rejected");
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
}

#[tokio::test]
async fn a_code_that_was_spent_before_a_removal_activates_nothing_after_it() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let done = activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
    world.pass(30);
    let spent = shown(&world, "FT-1", 0);
    sign_in(&ada, &spent).await.1.expect(200);
    let method = done.text("/method/id").to_owned();
    browser
        .delete(&format!("/api/v1/me/methods/{method}"))
        .await
        .expect(200);
    for code in [spent, shown(&world, "FT-1", -1)] {
        activate(&browser, "FT-1", &code)
            .await
            .expect_problem(401, "token.rejected");
    }
}

#[tokio::test]
async fn the_drift_of_a_tokens_clock_is_learned_and_never_taken_for_more_than_two_steps() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FT-1", &shown(&world, "FT-1", 3))
        .await
        .expect_problem(401, "token.rejected");
    activate(&browser, "FT-1", &shown(&world, "FT-1", 2)).await.expect(200);
    for (ahead, taken) in [
        (3, false),
        (0, false),
        (2, true),
        (0, false),
        (1, true),
        (0, true),
        (2, false),
        (-1, true),
    ] {
        world.pass(150);
        let (_, answer) = sign_in(&ada, &shown(&world, "FT-1", ahead)).await;
        assert_eq!(answer.status.is_success(), taken, "{ahead} steps ahead: {answer:?}");
    }
}

#[tokio::test]
async fn a_wrong_serial_number_and_a_wrong_code_are_one_answer() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    world.member("bob").create().await;
    import(&desk, &(row("", "FREE") + &row("bob", "HIS"))).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let wrong = codes::wrong_code(&seed("FREE"), world.now(), 1);
    let mut told = Vec::new();
    for (serial, code) in [
        ("NEVER", wrong.clone()),
        ("HIS", shown(&world, "HIS", 0)),
        ("FREE", wrong),
    ] {
        let mut answer = activate(&browser, serial, &code)
            .await
            .expect_problem(401, "token.rejected");
        answer.body["request_id"] = Value::Null;
        told.push(answer.body);
    }
    assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
    assert_eq!(list(&desk, "assigned").await, ["HIS"]);
}

#[tokio::test]
async fn guesses_at_tokens_are_counted_for_the_account_whatever_the_serial_number() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    for n in 0..5 {
        activate(&browser, &format!("FT-{n}"), "000000")
            .await
            .expect_problem(401, "token.rejected");
    }
    let closed = activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await;
    assert_eq!(closed.expect_problem(429, "attempts.exhausted").retry_after(), Some(60));
    world.pass(60);
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
}

#[tokio::test]
async fn guesses_of_many_accounts_at_one_token_share_its_count_and_strangers_cannot_close_what_is_kept_for_another() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &(row("", "FREE") + &row("ada", "HERS")))
        .await
        .expect(200);
    for n in 0..5 {
        let guesser = world.member(&format!("guesser{n}")).with_phone().create().await;
        let browser = guesser.signed_in_by_number().await;
        let wrong = codes::wrong_code(&seed("FREE"), world.now(), n);
        activate(&browser, "FREE", &wrong)
            .await
            .expect_problem(401, "token.rejected");
        activate(&browser, "HERS", "000000")
            .await
            .expect_problem(401, "token.rejected");
    }
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FREE", &shown(&world, "FREE", 0))
        .await
        .expect_problem(429, "attempts.exhausted");
    activate(&browser, "HERS", &shown(&world, "HERS", 0)).await.expect(200);
}
