//! Endings: what signs out or removes wins against every sign-in that began before it, however close the two are.

use countersign_domain::ids::AuthenticatorId;
use countersign_tests::{Browser, PASSWORD};
use reqwest::Method;
use serde_json::{Value, json};

use super::finishing::{Step, finishing, race};
use super::race::{RACERS, Tally, forgive, is_alive, rounds, session_of, sessions, start, together, warm};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sign_out_everywhere_beats_a_sign_in_that_is_finishing() {
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
    for round in 0..rounds(3) {
        let keep = round % 2 == 0;
        let current = session_of(&ada, &lane, ada.phones[0].1).await;
        let steps = finishing(&ada, &lane).await;
        warm(&lane).await;
        let ending = Step::new(
            &current,
            Method::POST,
            "/api/v1/me/sign-out-everywhere",
            json!({ "keep_current": keep }),
        );
        race(steps, ending, round).await.expect(200);
        assert_eq!(is_alive(&current).await, keep, "round {round}");
        assert_eq!(sessions(&ada).await.len(), usize::from(keep), "round {round}");
        forgive(&ada).await;
        world.pass(60);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn removing_a_method_beats_a_sign_in_with_it() {
    let (world, lane) = start().await;
    for round in 0..rounds(3) {
        let ada = world
            .member(&format!("ada{round}"))
            .with_phone()
            .with_totp()
            .create()
            .await;
        let (phone, generator): (AuthenticatorId, AuthenticatorId) = (ada.phones[0].1, ada.generators[0].1);
        let current = session_of(&ada, &lane, phone).await;
        let mut steps = finishing(&ada, &lane).await;
        steps.retain(|step| step.method == Method::POST); // those by the generator
        warm(&lane).await;
        let ending = Step::new(
            &current,
            Method::DELETE,
            format!("/api/v1/me/methods/{generator}"),
            Value::Null,
        );
        race(steps, ending, round).await.expect(200);
        assert!(is_alive(&current).await, "round {round}");
        assert_eq!(sessions(&ada).await.len(), 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_reauthentication_replaces_one_session_by_one() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    let mut current = session_of(&ada, &lane, ada.generators[0].1).await;
    for round in 0..rounds(3) {
        // Two are begun, in two tabs; each is finished in as many copies as half of the racers.
        let tabs = [current.stolen(), current.stolen()];
        for tab in &tabs {
            tab.post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
                .await
                .expect(200);
        }
        warm(&lane).await;
        let racers: Vec<Browser> = (0..RACERS).map(|racer| tabs[racer % 2].stolen()).collect();
        let steps = racers.iter().map(|browser| {
            Step::new(
                browser,
                Method::POST,
                "/api/v1/sign-ins/current/code",
                json!({ "code": ada.code(0) }),
            )
        });
        let answers = together(steps.map(Step::go)).await;
        let tally = Tally::of(&answers, &["challenge.code_rejected", "attempts.exhausted"]);
        assert_eq!(
            (tally.won(), sessions(&ada).await.len()),
            (1, 1),
            "round {round}: {tally:?}"
        );
        assert!(
            !is_alive(&current).await,
            "round {round}: the session that asked goes on"
        );
        let renewed = racers
            .into_iter()
            .zip(&answers)
            .find(|(_, answer)| answer.status == 200)
            .unwrap()
            .0;
        assert!(is_alive(&renewed).await, "round {round}");
        current = renewed;
        forgive(&ada).await;
        world.pass(30);
    }
}
