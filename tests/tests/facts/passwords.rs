//! Guessing passwords: waits that grow and end, and whom they meet.

use countersign_tests::{PASSWORD, World};
use serde_json::json;

use crate::support::{guess, mailed_token};

#[tokio::test]
async fn password_waits_grow_and_end() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    for n in 0..10 {
        guess(&browser, "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    for (n, wait) in [60, 120, 240, 480, 960, 1920, 3600, 3600].into_iter().enumerate() {
        let closed = ada
            .enter_password(&browser)
            .await
            .expect_problem(429, "attempts.exhausted");
        assert_eq!(
            (closed.retry_after(), closed.body["retry_after"].as_i64()),
            (Some(wait), Some(wait))
        );
        world.pass(wait - 1);
        let closed = ada
            .enter_password(&browser)
            .await
            .expect_problem(429, "attempts.exhausted");
        assert_eq!(closed.retry_after(), Some(1));
        world.pass(1);
        guess(&browser, "ada", &format!("later {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    world.pass(3600);
    ada.enter_password(&browser).await.expect(200);
    for n in 0..9 {
        guess(&browser, "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    ada.enter_password(&browser).await.expect(200);
}

#[tokio::test]
async fn the_last_three_wrong_passwords_do_not_count_again() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    for n in 0..9 {
        guess(&browser, "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    for n in [8, 7, 6, 8, 8, 7, 6, 6, 8, 7, 8] {
        guess(&browser, "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    // One that is no longer remembered counts: it is the tenth.
    guess(&browser, "ada", "wrong 5")
        .await
        .expect_problem(401, "sign_in.rejected");
    guess(&browser, "ada", "wrong 5")
        .await
        .expect_problem(429, "attempts.exhausted");
    ada.enter_password(&browser)
        .await
        .expect_problem(429, "attempts.exhausted");
}

#[tokio::test]
async fn a_strangers_guesses_leave_the_familiar_browser_open() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let eve = world.member("eve").with_totp().create().await;
    let (hers, strangers) = (ada.signed_in_by_code().await, eve.signed_in_by_code().await);
    for n in 0..10 {
        guess(&strangers, "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    // A browser that somebody else is known in is no more familiar than a new one.
    ada.enter_password(&strangers)
        .await
        .expect_problem(429, "attempts.exhausted");
    ada.enter_password(&world.browser())
        .await
        .expect_problem(429, "attempts.exhausted");
    ada.enter_password(&hers).await.expect(200);
    // The familiar browser is not a free one: it has a count of its own.
    for n in 0..10 {
        guess(&hers, "ada", &format!("typo {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    ada.enter_password(&hers)
        .await
        .expect_problem(429, "attempts.exhausted");
}

#[tokio::test]
async fn a_mark_of_familiarity_cannot_be_made_up() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let known = ada.signed_in_by_code().await.cookie("__Host-cs-known").unwrap();
    for n in 0..10 {
        guess(&world.browser(), "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    let cut = &known[..known.len() - 1];
    for forged in ["ada", "1.YWRh", cut, &format!("{known}A"), &ada.account.to_string()] {
        let browser = world.browser();
        browser.set_cookie("__Host-cs-known", forged);
        ada.enter_password(&browser)
            .await
            .expect_problem(429, "attempts.exhausted");
    }
}

#[tokio::test]
async fn spellings_of_one_user_name_share_one_count() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let spellings = ["ada", "Ada", "ADA", " ada ", "ａｄａ", "ＡＤＡ", "aDa\t"];
    for n in 0..10 {
        let name = spellings[n % spellings.len()];
        guess(&world.browser(), name, &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    for name in spellings {
        guess(&world.browser(), name, PASSWORD)
            .await
            .expect_problem(429, "attempts.exhausted");
    }
    world.pass(60);
    for name in spellings {
        guess(&world.browser(), name, PASSWORD).await.expect(200);
    }
    assert_eq!(ada.user_name, "ada");
}

#[tokio::test]
async fn only_a_right_password_opens_the_code_counter() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    let wrong = json!({ "code": ada.wrong_code(0, 1) });
    for _ in 0..6 {
        browser
            .post("/api/v1/sign-ins/current/code", wrong.clone())
            .await
            .expect_problem(409, "sign_in.not_under_way");
        guess(&browser, "ada", "wrong")
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    assert_eq!(ada.attempts(0).await.fails, 0);
    ada.signed_in_by_code().await;
}

#[tokio::test]
async fn a_long_password_is_compared_whole() {
    let world = World::start().await;
    let admin = world
        .member("root")
        .administrator()
        .with_totp()
        .create()
        .await
        .signed_in_by_code()
        .await;
    let person = json!({ "user_name": "ada", "display_name": "Ada", "mail": "ada@example.org", "role": "member" });
    admin.post("/api/v1/people", person).await.expect(201);
    let long = format!("{PASSWORD} {}", "é".repeat(256 - PASSWORD.len() - 1));
    assert_eq!(long.chars().count(), 256);
    let accept = json!({ "token": mailed_token(&world), "password": long });
    world
        .browser()
        .post("/api/v1/invitations/accept", accept)
        .await
        .expect(200);
    let cut: String = long.chars().take(255).collect();
    for wrong in [cut.clone(), format!("{cut}e"), format!("{long}é"), format!("{long}\0")] {
        guess(&world.browser(), "ada", &wrong)
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    guess(&world.browser(), "ada", &long).await.expect(200);
}
