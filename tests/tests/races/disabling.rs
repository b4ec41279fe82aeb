//! Disabling an account wins against every sign-in to it that began before, however close the two are.

use countersign_tests::{Browser, PASSWORD};
use reqwest::Method;
use serde_json::{Value, json};

use super::finishing::{Step, finishing, race};
use super::race::{RACERS, Tally, forgive, is_alive, rounds, session_of, sessions, start, together, warm};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn disabling_an_account_beats_a_sign_in_that_is_finishing() {
    let (world, lane) = start().await;
    let ada = world
        .member("ada")
        .with_phone()
        .with_totp()
        .with_totp()
        .with_totp()
        .with_totp()
        .create()
        .await;
    let root = world.member("root").with_totp().administrator().create().await;
    let person = format!("/api/v1/people/{}", ada.account);
    for round in 0..rounds(3) {
        let administrator = session_of(&root, &lane, root.generators[0].1).await;
        let steps = finishing(&ada, &lane).await;
        let browsers: Vec<Browser> = steps.iter().map(|step| step.browser.clone()).collect();
        warm(&lane).await;
        race(
            steps,
            Step::new(&administrator, Method::POST, format!("{person}/disable"), Value::Null),
            round,
        )
        .await
        .expect(200);
        assert_eq!(sessions(&ada).await.len(), 0, "round {round}");
        // Enabled again, nothing of before comes back to life.
        administrator
            .post(&format!("{person}/enable"), Value::Null)
            .await
            .expect(200);
        for browser in &browsers {
            assert!(!is_alive(browser).await, "round {round}: alive again");
        }
        forgive(&ada).await;
        world.pass(60);
    }
}

/// The widest gap there is: the account is read, then a password is compared for long, then the session opens.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn disabling_an_account_beats_a_password_that_is_being_compared() {
    let (world, lane) = start().await;
    let ada = world.member("ada").create().await;
    let root = world.member("root").with_totp().administrator().create().await;
    for round in 0..rounds(1) {
        let administrator = session_of(&root, &lane, root.generators[0].1).await;
        let entering = json!({ "user_name": ada.user_name, "password": PASSWORD });
        let browsers: Vec<Browser> = (0..RACERS).map(|_| lane.stolen()).collect();
        warm(&lane).await;
        let mut racers: Vec<Step> = browsers
            .iter()
            .map(|browser| Step::new(browser, Method::POST, "/api/v1/sign-ins", entering.clone()))
            .collect();
        racers.push(Step::new(
            &administrator,
            Method::POST,
            format!("/api/v1/people/{}/disable", ada.account),
            Value::Null,
        ));
        let mut answers = together(racers.into_iter().map(Step::go)).await;
        answers.pop().unwrap().expect(200);
        Tally::of(
            &answers,
            &["sign_in.rejected", "sign_in.not_under_way", "attempts.exhausted"],
        );
        for browser in &browsers {
            assert!(!is_alive(browser).await, "round {round}");
        }
        assert_eq!(sessions(&ada).await.len(), 0, "round {round}");
        administrator
            .post(&format!("/api/v1/people/{}/enable", ada.account), Value::Null)
            .await
            .expect(200);
        world.pass(7_200);
    }
}
