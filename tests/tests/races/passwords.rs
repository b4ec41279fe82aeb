//! Passwords: each guess is counted before it is looked at, however many come at once.

use countersign_domain::passwords::{Bucket, counter_key};
use countersign_platform::store::CountGuesses as _;
use countersign_tests::{Answer, Browser, PASSWORD, World};
use serde_json::json;

use super::race::{RACERS, Tally, rounds, start, together, warm};

const REFUSED: [&str; 2] = ["sign_in.rejected", "attempts.exhausted"];

async fn enter(browser: Browser, name: String, password: String) -> Answer {
    browser
        .post("/api/v1/sign-ins", json!({ "user_name": name, "password": password }))
        .await
}

async fn race(lane: &Browser, name: &str, password: impl Fn(usize) -> String) -> Vec<Answer> {
    together((0..RACERS).map(|racer| enter(lane.stolen(), name.to_owned(), password(racer)))).await
}

/// Wrong passwords that are counted for a name.
async fn counted(world: &World, name: &str) -> usize {
    let keyring = world.parts.keys.keyring().await.unwrap();
    let key = counter_key(keyring.pepper.expose(), &name.parse().unwrap());
    let guesses = world.parts.store.guesses(&key, Bucket::Unfamiliar).await.unwrap();
    usize::try_from(guesses.attempts.fails).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_wrong_passwords_stay_within_the_limit() {
    let (world, lane) = start().await;
    world.member("ada").with_totp().create().await;
    for round in 0..rounds(2) {
        // A name that nobody has is counted in the same way: by turns one and the other.
        let name = if round == 0 {
            "ada".to_owned()
        } else {
            format!("nobody{round}")
        };
        warm(&lane).await;
        let tally = Tally::of(
            &race(&lane, &name, |racer| format!("wrong password {racer}")).await,
            &REFUSED,
        );
        assert_eq!(
            (tally.won(), tally.coded("sign_in.rejected")),
            (0, 10),
            "round {round}: {tally:?}"
        );
        assert_eq!(counted(&world, &name).await, 10, "round {round}");
        world.pass(3600); // a new hour for the address that they all come from
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_right_password_hidden_in_a_burst_gains_no_extra_guess() {
    let (world, lane) = start().await;
    for round in 0..rounds(2) {
        let name = format!("ada{round}");
        world.member(&name).with_totp().create().await;
        warm(&lane).await;
        let password = |racer| {
            if racer == 25 {
                PASSWORD.to_owned()
            } else {
                format!("wrong password {racer}")
            }
        };
        let tally = Tally::of(&race(&lane, &name, password).await, &REFUSED);
        // The right one may be among the first ten; if nobody was counted after it, the count begins again.
        let most = if tally.won() == 1 { 9 + 10 } else { 10 };
        assert!(
            tally.won() <= 1 && tally.coded("sign_in.rejected") <= most,
            "round {round}: {tally:?}"
        );
        assert!(counted(&world, &name).await <= 10, "round {round}");
        world.pass(3600);
    }
}
