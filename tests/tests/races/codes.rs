//! Codes: one is good once however many bring it, and guesses are counted however many come at once.

use countersign_tests::{Answer, Browser};
use reqwest::Method;
use serde_json::{Value, json};

use super::race::{RACERS, Tally, begun, fails, forgive, rounds, sessions, start, together, warm};

const REFUSED: [&str; 2] = ["challenge.code_rejected", "attempts.exhausted"];
/// Rounds that sign-ins under way live through: half a minute each, of ten.
const LIVES: usize = 15;

async fn enter(browser: Browser, code: String) -> Answer {
    browser
        .call(Method::POST, "/api/v1/sign-ins/current/code", json!({ "code": code }))
        .await
}

/// Each code in a copy of one of the sign-ins, all at once.
async fn race(sign_ins: &[Browser], codes: impl IntoIterator<Item = String>) -> Vec<Answer> {
    let racers = sign_ins
        .iter()
        .cycle()
        .zip(codes)
        .map(|(sign_in, code)| enter(sign_in.stolen(), code));
    together(racers).await
}

fn completed(answers: &[Answer]) -> usize {
    answers
        .iter()
        .filter(|answer| answer.body["state"] == "complete")
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_totp_code_over_many_sign_ins_is_accepted_once() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    let mut sign_ins = Vec::new();
    for round in 0..rounds(3) {
        if round % LIVES == 0 {
            sign_ins = begun(&ada, &lane, RACERS).await;
        }
        let before = sessions(&ada).await.len();
        warm(&lane).await;
        let answers = race(&sign_ins, vec![ada.code(0); RACERS]).await;
        Tally::of(&answers, &REFUSED);
        assert_eq!(completed(&answers), 1, "round {round}");
        assert_eq!(sessions(&ada).await.len() - before, 1, "round {round}");
        forgive(&ada).await;
        world.pass(30);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_wrong_codes_stay_within_the_limit() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    let mut sign_ins = Vec::new();
    for round in 0..rounds(3) {
        if round % LIVES == 0 {
            sign_ins = begun(&ada, &lane, 5).await;
        }
        warm(&lane).await;
        let answers = race(&sign_ins, (0..50).map(|n| ada.wrong_code(0, n))).await;
        let tally = Tally::of(&answers, &REFUSED);
        assert_eq!(
            (
                tally.won(),
                tally.coded("challenge.code_rejected"),
                fails(&ada, 0).await
            ),
            (0, 5, 5),
            "round {round}: {tally:?}"
        );
        forgive(&ada).await;
        world.pass(30);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_right_code_hidden_in_a_burst_gains_no_extra_guess() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    let mut sign_ins = Vec::new();
    for round in 0..rounds(3) {
        if round % LIVES == 0 {
            sign_ins = begun(&ada, &lane, 5).await;
        }
        warm(&lane).await;
        let codes = (0..50).map(|n| if n == 25 { ada.code(0) } else { ada.wrong_code(0, n) });
        let answers = race(&sign_ins, codes).await;
        let (tally, completed) = (Tally::of(&answers, &REFUSED), completed(&answers));
        // Before the limit the right code is taken, and the count begins again: four wrong ones before it, five after. Past it, it is
        // refused like any other.
        let most = if completed == 1 { 4 + 5 } else { 5 };
        assert!(
            completed <= 1 && tally.coded("challenge.code_rejected") <= most,
            "round {round}: {tally:?}"
        );
        assert!(fails(&ada, 0).await <= 5, "round {round}");
        assert!(
            answers
                .iter()
                .all(|answer| answer.body["state"] != Value::Null || !answer.status.is_success())
        );
        forgive(&ada).await;
        world.pass(30);
    }
}

/// Past the limit the right code is refused like any other, so whoever asks learns nothing from it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_right_codes_past_the_limit_are_all_refused() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    let sign_ins = begun(&ada, &lane, 5).await;
    for n in 0..5 {
        enter(sign_ins[0].stolen(), ada.wrong_code(0, n))
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    warm(&lane).await;
    let tally = Tally::of(&race(&sign_ins, vec![ada.code(0); RACERS]).await, &REFUSED);
    assert_eq!(tally.coded("attempts.exhausted"), RACERS);
    assert_eq!((sessions(&ada).await.len(), fails(&ada, 0).await), (0, 5));
}
