//! Prompts: the first answer ends one, and one approval opens one session.

use countersign_device::{Phone, Prompt, Reply};
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use countersign_tests::{Browser, Member};

use super::race::{RACERS, Tally, rounds, sessions, start, together, warm, warm_phone};

/// After so long prompts do not pause any more, whatever happened.
const CALM: i64 = 1_800;

fn approve(number: &str) -> Decision {
    Decision::Approve {
        number: Secret::new(number.to_owned()),
    }
}

async fn send(phone: Phone, prompt: Prompt, answer: String) -> Reply {
    phone.send_answer(prompt.id, &answer).await.unwrap()
}

/// A sign-in that waits: its browser, the number on its page, and the prompt on the phone.
async fn waiting(member: &Member<'_>, phone: &Phone, lane: &Browser) -> (Browser, String, Prompt) {
    let browser = lane.stolen();
    let page = member.enter_password(&browser).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    (browser, page.text("/prompts/0/number").to_owned(), prompt)
}

/// How the page's next question is answered: `complete`, or why the prompt is over.
async fn page(browser: &Browser) -> String {
    let view = browser.get("/api/v1/sign-ins/current").await.expect(200);
    let ended = view.body.pointer("/ended/code").and_then(serde_json::Value::as_str);
    ended.unwrap_or_else(|| view.text("/state")).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_numbers_at_once_are_one_guess() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_phone().create().await;
    for round in 0..rounds(3) {
        world.pass(CALM);
        let phone = ada.phone(0);
        let (browser, _, prompt) = waiting(&ada, &phone, &lane).await;
        warm_phone(&phone).await;
        let answers: Vec<String> = (10..100)
            .map(|number| {
                phone
                    .sign_answer(&phone.answer_claims(&prompt, approve(&number.to_string())).unwrap())
                    .unwrap()
            })
            .collect();
        let replies = together(
            answers
                .into_iter()
                .map(|answer| send(phone.clone(), prompt.clone(), answer)),
        )
        .await;
        let tally = Tally::of(&replies, &["challenge.number_mismatch", "challenge.answered"]);
        let (guessed, missed) = (tally.won(), tally.coded("challenge.number_mismatch"));
        assert_eq!(guessed + missed, 1, "round {round}: {tally:?}");
        let expected = if guessed == 1 {
            "complete"
        } else {
            "challenge.number_mismatch"
        };
        assert_eq!(page(&browser).await, expected, "round {round}");
        assert_eq!(sessions(&ada).await.len(), guessed, "round {round}");
        world.pass(CALM); // sessions of a lucky guess are idle then
        world.pass(CALM);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn approve_against_deny_ends_in_one_state() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_phone().create().await;
    for round in 0..rounds(3) {
        world.pass(CALM);
        let phone = ada.phone(0);
        let (browser, number, prompt) = waiting(&ada, &phone, &lane).await;
        warm_phone(&phone).await;
        let reason = if round % 2 == 0 {
            DenyReason::ChangedMind
        } else {
            DenyReason::NotMe
        };
        let decision = |racer| {
            if racer % 2 == 0 {
                approve(&number)
            } else {
                Decision::Deny { reason }
            }
        };
        let answers: Vec<String> = (0..RACERS)
            .map(|racer| {
                phone
                    .sign_answer(&phone.answer_claims(&prompt, decision(racer)).unwrap())
                    .unwrap()
            })
            .collect();
        let race = || {
            together(
                answers
                    .clone()
                    .into_iter()
                    .map(|answer| send(phone.clone(), prompt.clone(), answer)),
            )
        };
        let first = race().await;
        assert_eq!(Tally::of(&first, &["challenge.answered"]).won(), 1, "round {round}");
        // Each phone sends its answer again, as on a bad network: who decided hears the same, who did not hears the same.
        let second = race().await;
        let heard = |replies: &[Reply]| {
            replies
                .iter()
                .map(|reply| reply.body["outcome"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(heard(&first), heard(&second), "round {round}");
        let decided = first.iter().find(|reply| reply.status == 200).unwrap();
        let expected = match (decided.body["outcome"].as_str().unwrap(), reason) {
            ("approved", _) => "complete",
            (_, DenyReason::ChangedMind) => "challenge.denied",
            (_, DenyReason::NotMe) => "challenge.reported",
        };
        assert_eq!(page(&browser).await, expected, "round {round}");
        world.pass(CALM);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_approval_opens_one_session_however_many_pages_ask() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_phone().create().await;
    for round in 0..rounds(3) {
        let (phone, before) = (ada.phone(0), sessions(&ada).await.len());
        let (browser, number, prompt) = waiting(&ada, &phone, &lane).await;
        phone.answer(&prompt, approve(&number)).await.unwrap();
        warm(&lane).await;
        let tabs: Vec<Browser> = (0..RACERS).map(|_| browser.stolen()).collect();
        let pages = together(tabs.into_iter().map(|tab| async move { page(&tab).await })).await;
        let count = |what: &str| pages.iter().filter(|page| *page == what).count();
        assert_eq!(
            (count("complete"), count("challenge.answered")),
            (1, RACERS - 1),
            "round {round}: {pages:?}"
        );
        assert_eq!(sessions(&ada).await.len() - before, 1, "round {round}");
    }
}

/// The attack: have the member approve one prompt while another takes its place, and come in by both.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_prompt_that_is_replaced_while_it_is_answered_opens_at_most_its_own_sign_in() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_phone().create().await;
    for round in 0..rounds(3) {
        world.pass(CALM);
        let (phone, before) = (ada.phone(0), sessions(&ada).await.len());
        let (mine, number, prompt) = waiting(&ada, &phone, &lane).await;
        let theirs = mine.stolen();
        warm(&lane).await;
        warm_phone(&phone).await;
        let answer = phone
            .sign_answer(&phone.answer_claims(&prompt, approve(&number)).unwrap())
            .unwrap();
        let (asking, phone) = (theirs.clone(), phone.clone());
        let racers = (0..RACERS).map(move |racer| {
            let (asking, phone, answer) = (asking.clone(), phone.clone(), answer.clone());
            let id = prompt.id;
            async move {
                if racer % 2 == 0 {
                    phone.send_answer(id, &answer).await.unwrap().status
                } else {
                    asking
                        .post("/api/v1/sign-ins/current/prompt", serde_json::Value::Null)
                        .await
                        .status
                        .as_u16()
                }
            }
        });
        let statuses = together(racers).await;
        assert!(
            statuses.iter().all(|status| [200, 409].contains(status)),
            "round {round}: {statuses:?}"
        );
        let (first, second) = (page(&mine).await, page(&theirs).await);
        let opened = [&first, &second].into_iter().filter(|page| *page == "complete").count();
        assert!(opened <= 1, "round {round}: {first} and {second}");
        assert_eq!(sessions(&ada).await.len() - before, opened, "round {round}");
        world.pass(CALM);
        world.pass(CALM);
    }
}
