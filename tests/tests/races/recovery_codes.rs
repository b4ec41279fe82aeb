//! Recovery codes: one is good once however many bring it, two at once are both good, and new ones leave nothing of the old.

use countersign_domain::ids::AuthenticatorId;
use countersign_platform::store::{Consistency, ReadPeople as _};
use countersign_tests::{Answer, Browser, Member};
use reqwest::Method;
use serde_json::json;

use super::race::{RACERS, Tally, begun, forgive, is_alive, rounds, session_of, sessions, start, together, warm};

const REFUSED: [&str; 4] = [
    "challenge.code_rejected",
    "attempts.exhausted",
    "method.not_found",
    "sign_in.not_under_way",
];

async fn enter(browser: Browser, set: AuthenticatorId, code: String) -> Answer {
    let body = json!({ "authenticator_id": set, "code": code });
    browser.call(Method::POST, "/api/v1/sign-ins/current/code", body).await
}

async fn left(member: &Member<'_>) -> usize {
    let store = &member.world.parts.store;
    let person = store
        .person(member.account, Consistency::Strong)
        .await
        .unwrap()
        .unwrap();
    let sets: Vec<_> = person
        .authenticators
        .iter()
        .filter_map(|one| one.binding.codes_left())
        .collect();
    assert_eq!(sets.len(), 1, "one set");
    sets[0]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_recovery_code_over_many_sign_ins_is_accepted_once() {
    let (world, lane) = start().await;
    let mut ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    let mut sign_ins = begun(&ada, &lane, 5).await;
    for round in 0..rounds(2) {
        if round > 0 && round % 10 == 0 {
            ada.bind_recovery_codes().await;
            sign_ins = begun(&ada, &lane, 5).await;
        }
        let (before, codes) = (sessions(&ada).await.len(), left(&ada).await);
        let (code, set) = (
            ada.recovery_code(round % 10).to_owned(),
            ada.recovery_codes.as_ref().unwrap().1,
        );
        warm(&lane).await;
        let racers = sign_ins.iter().cycle().take(RACERS);
        let answers = together(racers.map(|sign_in| enter(sign_in.stolen(), set, code.clone()))).await;
        let tally = Tally::of(&answers, &REFUSED);
        assert_eq!(
            (
                tally.won(),
                sessions(&ada).await.len() - before,
                codes - left(&ada).await
            ),
            (1, 1, 1),
            "round {round}: {tally:?}"
        );
        forgive(&ada).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_codes_at_once_are_both_good_and_both_spent() {
    let (world, lane) = start().await;
    for round in 0..rounds(2) {
        let ada = world
            .member(&format!("ada{round}"))
            .with_totp()
            .with_recovery_codes()
            .create()
            .await;
        let set = ada.recovery_codes.as_ref().unwrap().1;
        let sign_ins = begun(&ada, &lane, 2).await;
        warm(&lane).await;
        let racers = sign_ins.iter().enumerate();
        let answers =
            together(racers.map(|(n, sign_in)| enter(sign_in.stolen(), set, ada.recovery_code(n).to_owned()))).await;
        let tally = Tally::of(&answers, &REFUSED);
        assert_eq!((tally.won(), left(&ada).await), (2, 8), "round {round}: {tally:?}");
        let again = enter(sign_ins[0].clone(), set, ada.recovery_code(1).to_owned()).await;
        assert_eq!(again.status, 401, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn new_codes_against_the_use_of_an_old_one_leave_nothing_of_the_old() {
    let (world, lane) = start().await;
    for round in 0..rounds(2) {
        let ada = world
            .member(&format!("ada{round}"))
            .with_totp()
            .with_recovery_codes()
            .create()
            .await;
        let set = ada.recovery_codes.as_ref().unwrap().1;
        let browser = session_of(&ada, &lane, ada.generators[0].1).await;
        let new = browser
            .post("/api/v1/me/methods", json!({ "kind": "recovery_codes" }))
            .await
            .expect(201);
        let confirm = format!("/api/v1/me/enrollments/{}/confirm", new.text("/id"));
        let typed = json!({ "code": new.text("/prompts/0/codes/0") });
        let sign_ins = begun(&ada, &lane, 10).await;
        warm(&lane).await;
        let users: Vec<Browser> = sign_ins.iter().map(Browser::stolen).collect();
        let mut racers: Vec<_> = users
            .iter()
            .enumerate()
            .map(|(n, user)| {
                let (user, code) = (user.clone(), ada.recovery_code(n).to_owned());
                Box::pin(async move { enter(user, set, code).await })
                    as std::pin::Pin<Box<dyn Future<Output = Answer> + Send>>
            })
            .collect();
        let confirming = browser.clone();
        racers.push(Box::pin(async move { confirming.post(&confirm, typed).await }));
        let answers = together(racers).await;
        Tally::of(&answers, &REFUSED);
        answers.last().unwrap().text("/state");
        assert_eq!(left(&ada).await, 10, "round {round}: the new set, whole");
        // Whatever an old code opened before the new ones were there ended with it.
        for user in &users {
            assert!(!is_alive(user).await, "round {round}");
        }
        assert!(is_alive(&browser).await, "round {round}");
    }
}
