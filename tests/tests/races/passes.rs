//! Passes: one for one sign-in opens one session however many bring it, and nothing is open after it is revoked.

use countersign_domain::methods::pass::Terms;
use countersign_tests::{Answer, Browser, Member, World};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::race::{RACERS, Tally, is_alive, rounds, session_of, sessions, start, together, warm};

const REFUSED: [&str; 2] = ["sign_in.rejected", "attempts.exhausted"];

fn terms(world: &World, once: bool) -> Terms {
    Terms {
        length: 8,
        starts_at: world.now(),
        ends_at: world.now() + SignedDuration::from_hours(1),
        once,
    }
}

async fn sign_in(browser: Browser, name: String, pass: String) -> Answer {
    let body = json!({ "user_name": name, "pass": pass });
    browser.call(Method::POST, "/api/v1/sign-ins/pass", body).await
}

async fn member(world: &World, round: usize) -> Member<'_> {
    world.member(&format!("ada{round}")).with_totp().create().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_pass_brought_fifty_times_at_once_opens_one_session() {
    let (world, lane) = start().await;
    for round in 0..rounds(2) {
        let ada = member(&world, round).await;
        let (pass, _) = ada.issue_pass(terms(&world, true)).await;
        warm(&lane).await;
        let racers = (0..RACERS).map(|_| sign_in(lane.stolen(), ada.user_name.clone(), pass.clone()));
        let answers = together(racers).await;
        let tally = Tally::of(&answers, &REFUSED);
        assert_eq!(
            (tally.won(), sessions(&ada).await.len()),
            (1, 1),
            "round {round}: {tally:?}"
        );
        // Failed sign-ins from one address are counted by the hour.
        world.pass(3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_pass_revoked_while_it_is_used_leaves_nothing_open() {
    let (world, lane) = start().await;
    let root = world.member("root").administrator().with_totp().create().await;
    for round in 0..rounds(2) {
        let ada = member(&world, round).await;
        let desk = session_of(&root, &lane, root.generators[0].1).await;
        let (pass, _) = ada.issue_pass(terms(&world, false)).await;
        let at = format!("/api/v1/people/{}/pass", ada.account);
        let users: Vec<Browser> = (0..10).map(|_| lane.stolen()).collect();
        warm(&lane).await;
        let racers = users.iter().cloned().map(Some).chain([None]).map(|user| {
            let (desk, at, name, pass) = (desk.clone(), at.clone(), ada.user_name.clone(), pass.clone());
            async move {
                match user {
                    Some(user) => sign_in(user, name, pass).await,
                    None => desk.call(Method::DELETE, &at, Value::Null).await,
                }
            }
        });
        let answers = together(racers).await;
        assert_eq!(answers.last().unwrap().status, 204, "round {round}");
        Tally::of(
            &answers,
            &["sign_in.rejected", "attempts.exhausted", "sign_in.not_under_way"],
        );
        for user in &users {
            assert!(!is_alive(user).await, "round {round}");
        }
        assert_eq!(sessions(&ada).await.len(), 0, "round {round}");
        world.pass(3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_passes_issued_at_once_leave_one() {
    let (world, lane) = start().await;
    let root = world.member("root").administrator().with_totp().create().await;
    for round in 0..rounds(2) {
        let ada = member(&world, round).await;
        let desk = session_of(&root, &lane, root.generators[0].1).await;
        let at = format!("/api/v1/people/{}/pass", ada.account);
        warm(&lane).await;
        let racers = (0..8).map(|_| {
            let (desk, at) = (desk.clone(), at.clone());
            async move { desk.post(&at, json!({})).await }
        });
        let answers = together(racers).await;
        assert_eq!(Tally::of(&answers, &[]).won(), 8, "round {round}");
        let mut good = 0;
        for answer in &answers {
            let tried = sign_in(lane.stolen(), ada.user_name.clone(), answer.text("/secret").to_owned()).await;
            good += usize::from(tried.status == 200);
        }
        assert_eq!(good, 1, "round {round}");
        world.pass(3600);
    }
}
