//! Changes to a set of methods: two at once never leave nothing, and never more than the limit.

use countersign_domain::methods::Family;
use countersign_platform::store::{Consistency, ReadPeople as _};
use countersign_tests::{Browser, Member, codes};
use serde_json::json;

use super::race::{RACERS, Tally, is_alive, rounds, session_of, start, together, warm};

/// How many methods a member has in use.
async fn bound(member: &Member<'_>) -> usize {
    let (parts, now) = (&member.world.parts, member.world.now());
    let person = parts
        .store
        .person(member.account, Consistency::Strong)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        person.usable(&parts.policy).len(),
        person.bound(Family::Authenticators, now)
    );
    person.authenticators.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_removals_at_once_leave_one_method() {
    let (world, lane) = start().await;
    for round in 0..rounds(3) {
        let ada = world
            .member(&format!("ada{round}"))
            .with_phone()
            .with_totp()
            .create()
            .await;
        let methods = [ada.phones[0].1, ada.generators[0].1];
        let sessions: [Browser; 2] = [
            session_of(&ada, &lane, methods[0]).await,
            session_of(&ada, &lane, methods[1]).await,
        ];
        warm(&lane).await;
        let answers = together((0..RACERS).map(|racer| {
            let (browser, path) = (
                sessions[racer % 2].clone(),
                format!("/api/v1/me/methods/{}", methods[racer / 2 % 2]),
            );
            async move { browser.delete(&path).await }
        }))
        .await;
        let tally = Tally::of(
            &answers,
            &["method.last_or_required", "method.not_found", "session.required"],
        );
        assert_eq!((tally.won(), bound(&ada).await), (1, 1), "round {round}: {tally:?}");
        // The session that the removed one opened is over, the other one's is not.
        let alive = [is_alive(&sessions[0]).await, is_alive(&sessions[1]).await];
        assert_eq!(alive.iter().filter(|alive| **alive).count(), 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_enrollments_stay_within_the_limit() {
    let (world, lane) = start().await;
    let limit = world.parts.policy.authenticators;
    for round in 0..rounds(2) {
        let mut ada = world.member(&format!("ada{round}")).with_totp().create().await;
        for _ in 2..limit {
            ada.bind_phone().await;
        }
        let browser = session_of(&ada, &lane, ada.generators[0].1).await;
        let mut racers = Vec::new();
        for _ in 0..RACERS {
            let (ceremony, seed) = browser.begin_totp().await;
            racers.push((
                browser.clone(),
                format!("{ceremony}/confirm"),
                codes::code(&seed, world.now()),
            ));
        }
        warm(&lane).await;
        let confirmed = together(
            racers
                .into_iter()
                .map(|(browser, path, code)| async move { browser.post(&path, json!({ "code": code })).await }),
        );
        let tally = Tally::of(&confirmed.await, &["method.limit_reached"]);
        assert_eq!((tally.won(), bound(&ada).await), (1, limit), "round {round}: {tally:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_ceremony_confirmed_fifty_times_at_once_binds_one_generator() {
    let (world, lane) = start().await;
    for round in 0..rounds(3) {
        let ada = world.member(&format!("ada{round}")).with_totp().create().await;
        let browser = session_of(&ada, &lane, ada.generators[0].1).await;
        let (ceremony, seed) = browser.begin_totp().await;
        let (path, code) = (format!("{ceremony}/confirm"), codes::code(&seed, world.now()));
        warm(&lane).await;
        let confirmed = together((0..RACERS).map(|_| {
            let (browser, path, code) = (browser.clone(), path.clone(), code.clone());
            async move { browser.post(&path, json!({ "code": code })).await }
        }));
        let tally = Tally::of(&confirmed.await, &["enrollment.expired"]);
        assert_eq!((tally.won(), bound(&ada).await), (1, 2), "round {round}: {tally:?}");
    }
}
