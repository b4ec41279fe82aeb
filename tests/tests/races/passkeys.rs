//! Passkeys: one assertion is good once, however many bring it at once.

use countersign_tests::Browser;
use reqwest::Method;
use serde_json::{Value, json};

use super::race::{RACERS, Tally, rounds, sessions, start, together, warm};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_assertion_opens_one_session() {
    let (world, lane) = start().await;
    let mut ada = world.member("ada").with_passkey().create().await;
    for round in 0..rounds(3) {
        let browser = lane.stolen();
        let asked = browser
            .post("/api/v1/sign-ins/passkey/options", Value::Null)
            .await
            .expect(200);
        let credential = ada.passkeys[0].0.get(&asked.body["options"], &world.origin, |_| ());
        let before = sessions(&ada).await.len();
        warm(&lane).await;
        let racers: Vec<Browser> = (0..RACERS).map(|_| browser.stolen()).collect();
        let answers = together(racers.into_iter().map(|racer| {
            let body = json!({ "credential": credential });
            async move { racer.call(Method::POST, "/api/v1/sign-ins/passkey", body).await }
        }))
        .await;
        assert_eq!(Tally::of(&answers, &["passkey.expired"]).won(), 1, "round {round}");
        assert_eq!(sessions(&ada).await.len() - before, 1, "round {round}");
        world.pass(1);
    }
}
