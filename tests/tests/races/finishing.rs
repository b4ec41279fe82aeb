//! Sign-ins that only have to finish, let go together with what is to end them.

use countersign_domain::device::claims::Decision;
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Member};
use reqwest::Method;
use serde_json::{Value, json};

use super::race::{RACERS, Tally, is_alive, together};

/// What a sign-in that is finishing may be told.
const TOLD: [&str; 4] = [
    "challenge.code_rejected",
    "attempts.exhausted",
    "sign_in.not_under_way",
    "method.not_found",
];

/// One request of a racer.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) browser: Browser,
    pub(crate) method: Method,
    path: String,
    body: Value,
}

impl Step {
    pub(crate) fn new(browser: &Browser, method: Method, path: impl Into<String>, body: Value) -> Self {
        Self {
            browser: browser.clone(),
            method,
            path: path.into(),
            body,
        }
    }

    pub(crate) async fn go(self) -> Answer {
        self.browser.call(self.method, &self.path, self.body).await
    }
}

/// A sign-in that only has to finish, in as many copies as racers: a fifth of them by a prompt that was approved, the others by the
/// code of one of the generators.
pub(crate) async fn finishing(member: &Member<'_>, lane: &Browser) -> Vec<Step> {
    let (begun, phone) = (lane.stolen(), member.phone(0));
    let page = member.enter_password(&begun).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    let ways = member.generators.len() + 1;
    let step = |racer: usize| match (racer % ways).checked_sub(1) {
        None => Step::new(&begun.stolen(), Method::GET, "/api/v1/sign-ins/current", Value::Null),
        Some(generator) => {
            let body = json!({ "authenticator_id": member.generators[generator].1, "code": member.code(generator) });
            Step::new(&begun.stolen(), Method::POST, "/api/v1/sign-ins/current/code", body)
        }
    };
    (0..RACERS).map(step).collect()
}

/// Lets the steps and the ending go together; the ending's answer. Afterwards nobody who only had to finish is signed in.
pub(crate) async fn race(steps: Vec<Step>, ending: Step, round: usize) -> Answer {
    let browsers: Vec<Browser> = steps.iter().map(|step| step.browser.clone()).collect();
    let mut racers = steps;
    racers.insert(racers.len() / 2, ending);
    let mut answers = together(racers.into_iter().map(Step::go)).await;
    let ended = answers.remove(browsers.len() / 2);
    Tally::of(&answers, &TOLD);
    let completed = answers
        .iter()
        .filter(|answer| answer.body["state"] == "complete")
        .count();
    for browser in &browsers {
        assert!(
            !is_alive(browser).await,
            "round {round}: alive after the end; {completed} had finished"
        );
    }
    ended
}
