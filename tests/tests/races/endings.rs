//! Endings: what signs out, disables or removes wins against every sign-in that began before it, however close the two are.

use countersign_domain::device::claims::Decision;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Member};
use reqwest::Method;
use serde_json::{Value, json};

use super::race::{RACERS, Tally, forgive, is_alive, rounds, session_of, sessions, start, together, warm};

/// What a sign-in that is finishing may be told.
const TOLD: [&str; 4] = [
    "challenge.code_rejected",
    "attempts.exhausted",
    "sign_in.not_under_way",
    "method.not_found",
];

/// One request of a racer.
#[derive(Clone)]
struct Step {
    browser: Browser,
    method: Method,
    path: String,
    body: Value,
}

impl Step {
    fn new(browser: &Browser, method: Method, path: impl Into<String>, body: Value) -> Self {
        Self {
            browser: browser.clone(),
            method,
            path: path.into(),
            body,
        }
    }

    async fn go(self) -> Answer {
        self.browser.call(self.method, &self.path, self.body).await
    }
}

/// A sign-in that only has to finish, in as many copies as racers: a fifth of them by a prompt that was approved, the others by the
/// code of one of the generators.
async fn finishing(member: &Member<'_>, lane: &Browser) -> Vec<Step> {
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
async fn race(steps: Vec<Step>, ending: Step, round: usize) -> Answer {
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
    for round in 0..rounds(6) {
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
async fn disabling_an_account_beats_a_sign_in_that_is_finishing() {
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
    let root = world.member("root").with_totp().administrator().create().await;
    let person = format!("/api/v1/people/{}", ada.account);
    for round in 0..rounds(4) {
        let administrator = session_of(&root, &lane, root.generators[0].1).await;
        let steps = finishing(&ada, &lane).await;
        let browsers: Vec<Browser> = steps.iter().map(|step| step.browser.clone()).collect();
        warm(&lane).await;
        race(
            steps,
            Step::new(&administrator, Method::POST, format!("{person}/disable"), Value::Null),
            round,
        )
        .await
        .expect(200);
        assert_eq!(sessions(&ada).await.len(), 0, "round {round}");
        // Enabled again, nothing of before comes back to life.
        administrator
            .post(&format!("{person}/enable"), Value::Null)
            .await
            .expect(200);
        for browser in &browsers {
            assert!(!is_alive(browser).await, "round {round}: alive again");
        }
        forgive(&ada).await;
        world.pass(60);
    }
}

/// The widest gap there is: the account is read, then a password is compared for long, then the session opens.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn disabling_an_account_beats_a_password_that_is_being_compared() {
    let (world, lane) = start().await;
    let ada = world.member("ada").create().await;
    let root = world.member("root").with_totp().administrator().create().await;
    for round in 0..rounds(1).div_ceil(10) {
        let administrator = session_of(&root, &lane, root.generators[0].1).await;
        let entering = json!({ "user_name": ada.user_name, "password": countersign_tests::PASSWORD });
        let browsers: Vec<Browser> = (0..RACERS).map(|_| lane.stolen()).collect();
        warm(&lane).await;
        let mut racers: Vec<Step> = browsers
            .iter()
            .map(|browser| Step::new(browser, Method::POST, "/api/v1/sign-ins", entering.clone()))
            .collect();
        racers.push(Step::new(
            &administrator,
            Method::POST,
            format!("/api/v1/people/{}/disable", ada.account),
            Value::Null,
        ));
        let mut answers = together(racers.into_iter().map(Step::go)).await;
        answers.pop().unwrap().expect(200);
        Tally::of(
            &answers,
            &["sign_in.rejected", "sign_in.not_under_way", "attempts.exhausted"],
        );
        for browser in &browsers {
            assert!(!is_alive(browser).await, "round {round}");
        }
        assert_eq!(sessions(&ada).await.len(), 0, "round {round}");
        administrator
            .post(&format!("/api/v1/people/{}/enable", ada.account), Value::Null)
            .await
            .expect(200);
        world.pass(7_200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn removing_a_method_beats_a_sign_in_with_it() {
    let (world, lane) = start().await;
    for round in 0..rounds(4) {
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
    for round in 0..rounds(5) {
        // Two are begun, in two tabs; each is finished in as many copies as half of the racers.
        let tabs = [current.stolen(), current.stolen()];
        for tab in &tabs {
            tab.post(
                "/api/v1/reauthentications",
                json!({ "password": countersign_tests::PASSWORD }),
            )
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
