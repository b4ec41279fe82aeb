//! Codes that are sent: one goes out of fifty that are asked for, one session comes of fifty that are typed, and no budget is overdrawn.

use countersign_tests::{Answer, Browser, Member, World};
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;

use super::race::{RACERS, Tally, begun, forgive, rounds, sessions, start, together, warm};

const NUMBER: &str = "912345642";

/// So many that no budget stands in the way of what a race is about.
async fn generous() -> (World, Browser) {
    let (world, lane) = start().await;
    world.give_numbers().await;
    (world, lane)
}

async fn again(browser: Browser) -> Answer {
    let again = json!({ "again": true });
    browser
        .call(Method::POST, "/api/v1/sign-ins/current/message", again)
        .await
}

async fn enter(browser: Browser, code: String) -> Answer {
    let code = json!({ "code": code });
    browser.call(Method::POST, "/api/v1/sign-ins/current/code", code).await
}

/// One sign-in of a member whose code went out now.
async fn asked(member: &Member<'_>, lane: &Browser) -> (Browser, String) {
    let sign_in = begun(member, lane, 1).await.remove(0);
    (sign_in, member.world.last_code())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_identical_codes_open_one_session() {
    let (world, lane) = generous().await;
    for round in 0..rounds(3) {
        let name = format!("ada{round}");
        let number: &'static str = Box::leak(format!("9123{:05}", round % 100_000).into_boxed_str());
        let ada = world.member(&name).with_texts(number).create().await;
        let (sign_in, code) = asked(&ada, &lane).await;
        warm(&lane).await;
        let racers = (0..RACERS).map(|_| enter(sign_in.stolen(), code.clone()));
        let answers = together(racers).await;
        let tally = Tally::of(&answers, &["challenge.code_rejected", "attempts.exhausted"]);
        assert_eq!(
            (tally.won(), sessions(&ada).await.len()),
            (1, 1),
            "round {round}: {tally:?}"
        );
        world.pass(3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_that_ask_for_a_new_code_get_one() {
    let (world, lane) = generous().await;
    for round in 0..rounds(3) {
        let name = format!("ada{round}");
        let number: &'static str = Box::leak(format!("9123{:05}", round % 100_000).into_boxed_str());
        let ada = world.member(&name).with_texts(number).create().await;
        let (sign_in, _) = asked(&ada, &lane).await;
        world.pass(30);
        let before = world.codes().len();
        warm(&lane).await;
        let answers = together((0..RACERS).map(|_| again(sign_in.stolen()))).await;
        let tally = Tally::of(&answers, &["sending.too_soon"]);
        assert_eq!(
            (tally.won(), world.codes().len() - before),
            (1, 1),
            "round {round}: {tally:?}"
        );
        let last = enter(sign_in.stolen(), world.last_code()).await;
        assert_eq!(last.expect(200).text("/state"), "complete");
        world.pass(3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_budget_is_never_overdrawn_by_many_sign_ins_at_once() {
    let (world, lane) = generous().await;
    world.rules(|rules| rules.sms.settings.a_day = 7).await;
    let mut members = Vec::new();
    for n in 0..RACERS {
        let number: &'static str = Box::leak(format!("9134{n:05}").into_boxed_str());
        let name: String = format!("m{n}");
        members.push(world.member(&name).with_totp().with_texts(number).create().await);
    }
    let sign_ins: Vec<Browser> = join_all(members.iter().map(|member| async {
        let browser = lane.stolen();
        member.enter_password(&browser).await.expect(200);
        browser
    }))
    .await;
    warm(&lane).await;
    let answers = together(sign_ins.iter().map(|sign_in| again(sign_in.stolen()))).await;
    let tally = Tally::of(&answers, &["sending.too_many"]);
    assert_eq!((tally.won(), world.codes().len()), (7, 7), "{tally:?}");
}

/// The attack: the last guesses at an old code while the next one goes out.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_old_code_is_worth_nothing_once_the_next_one_is_out() {
    let (world, lane) = generous().await;
    let ada = world.member("ada").with_texts(NUMBER).create().await;
    let (sign_in, old) = asked(&ada, &lane).await;
    world.pass(30);
    again(sign_in.stolen()).await.expect(200);
    if old == world.last_code() {
        return; // one in a million
    }
    warm(&lane).await;
    let answers = together((0..RACERS).map(|_| enter(sign_in.stolen(), old.clone()))).await;
    let tally = Tally::of(&answers, &["challenge.code_rejected", "attempts.exhausted"]);
    assert_eq!(
        (tally.won(), tally.coded("challenge.code_rejected")),
        (0, 5),
        "{tally:?}"
    );
    forgive(&ada).await;
    let right = enter(sign_in.stolen(), world.last_code()).await;
    assert_eq!(right.expect(200).text("/state"), "complete");
}
