//! A function that dies between two requests to the database: whatever it had written by then opens nothing, and can be gone on from.

use countersign_domain::device::claims::Decision;
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, End, Member, Metered, PASSWORD, codes};
use serde_json::{Value, json};

use super::race::{is_alive, session_of, sessions};

/// More requests than any flow makes.
const MOST: usize = 16;

async fn code(browser: &Browser, code: String) -> Answer {
    browser
        .post("/api/v1/sign-ins/current/code", json!({ "code": code }))
        .await
}

/// Lets a flow die after each number of requests, until it lives; after each death `go_on` shows that one can.
async fn dying<F: AsyncFnMut(usize) -> Answer>(metered: &Metered, mut flow: F, mut go_on: impl AsyncFnMut(usize)) {
    for requests in 0..MOST {
        let answer = flow(requests).await;
        metered.heal();
        if answer.status.is_success() {
            assert!(requests > 1, "a flow of {requests} requests");
            return;
        }
        let answer = answer.expect_problem(503, "service.unavailable");
        assert!(answer.retry_after().is_some_and(|seconds| seconds > 0));
        go_on(requests).await;
    }
    panic!("more than {MOST} requests");
}

async fn signs_in(member: &Member<'_>) {
    member.world.pass(30);
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    assert_eq!(
        code(&browser, member.code(0)).await.expect(200).text("/state"),
        "complete"
    );
    browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
}

#[tokio::test]
async fn a_sign_in_that_dies_anywhere_opens_nothing_and_the_next_one_works() {
    sign_ins_that_end(End::Dead).await;
}

#[tokio::test]
async fn a_sign_in_that_is_throttled_anywhere_opens_nothing_and_the_next_one_works() {
    sign_ins_that_end(End::Throttled).await;
}

async fn sign_ins_that_end(end: End) {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (lane, tried) = (world.browser(), std::cell::RefCell::new(world.browser()));
    let go_on = async |requests| {
        assert!(
            tried.borrow().cookie("__Host-cs-session").is_none(),
            "after {requests} requests"
        );
        signs_in(&ada).await;
    };
    let by_code = async |requests| {
        world.pass(30);
        let browser = lane.stolen();
        ada.enter_password(&browser).await.expect(200);
        tried.replace(browser.clone());
        metered.end_after(requests, end);
        code(&browser, ada.code(0)).await
    };
    dying(&metered, by_code, go_on).await;
    let by_number = async |requests| {
        world.pass(1_800); // the prompts of the sign-ins before count no more
        let (browser, phone) = (lane.stolen(), ada.phone(0));
        let page = ada.enter_password(&browser).await.expect(200);
        let prompt = phone.prompts().await.unwrap().prompts.remove(0);
        let number = Secret::new(page.text("/prompts/0/number").to_owned());
        phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
        tried.replace(browser.clone());
        metered.end_after(requests, end);
        browser.get("/api/v1/sign-ins/current").await
    };
    dying(&metered, by_number, go_on).await;
}

#[tokio::test]
async fn a_password_step_that_dies_anywhere_is_counted_or_not_looked_at() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (lane, tried) = (world.browser(), std::cell::RefCell::new(world.browser()));
    let password = async |requests| {
        tried.replace(lane.stolen());
        let browser = tried.borrow().clone();
        metered.end_after(requests, End::Dead);
        browser
            .post(
                "/api/v1/sign-ins",
                json!({ "user_name": ada.user_name, "password": PASSWORD }),
            )
            .await
    };
    let go_on = async |requests| {
        assert!(
            tried.borrow().cookie("__Host-cs-sign-in").is_none(),
            "after {requests} requests"
        );
        signs_in(&ada).await;
    };
    dying(&metered, password, go_on).await;
}

#[tokio::test]
async fn a_first_method_whose_confirmation_dies_anywhere_is_bound_or_can_be() {
    let (world, metered) = Metered::start().await;
    for requests in 0..MOST {
        let ada = world.member(&format!("ada{requests}")).create().await;
        let browser = world.browser();
        ada.enter_password(&browser).await.expect(200);
        let (ceremony, seed) = browser.begin_totp().await;
        let confirm = async |browser: &Browser| {
            let body = json!({ "code": codes::code(&seed, world.now()) });
            browser.post(&format!("{ceremony}/confirm"), body).await
        };
        metered.end_after(requests, End::Dead);
        let answer = confirm(&browser).await;
        metered.heal();
        if answer.status.is_success() {
            assert!(requests > 5);
            return;
        }
        // Either it is not bound and the same page goes on, or it is bound and good for a sign-in; in no case is it both or neither.
        if confirm(&browser).await.status.is_success() {
            assert!(is_alive(&browser).await, "after {requests} requests");
            continue;
        }
        world.pass(30);
        let browser = world.browser();
        let page = ada.enter_password(&browser).await.expect(200);
        assert_eq!(page.text("/state"), "choose", "after {requests} requests");
        code(&browser, codes::code(&seed, world.now())).await.expect(200);
    }
    panic!("more than {MOST} requests");
}

async fn is_bound(browser: &Browser, method: &str) -> bool {
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    let id = method.rsplit('/').next().unwrap();
    methods.body["methods"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["id"] == id)
}

/// How many removals the member is shown.
async fn removals(browser: &Browser) -> usize {
    let rows = browser.get("/api/v1/me/activity").await.expect(200);
    let rows = rows.body["events"].as_array().unwrap();
    rows.iter().filter(|row| row["kind"] == "method_removed").count()
}

#[tokio::test]
async fn a_removal_that_dies_anywhere_is_finished_by_the_next_one() {
    let (world, metered) = Metered::start().await;
    for requests in 0..MOST {
        let ada = world
            .member(&format!("ada{requests}"))
            .with_phone()
            .with_totp()
            .create()
            .await;
        let current = session_of(&ada, &world.browser(), ada.phones[0].1).await;
        let opened = session_of(&ada, &world.browser(), ada.generators[0].1).await;
        let removal = format!("/api/v1/me/methods/{}", ada.generators[0].1);
        metered.end_after(requests, End::Dead);
        let answer = current.delete(&removal).await;
        metered.heal();
        if answer.status.is_success() {
            assert!(requests > 4);
            return;
        }
        // What was done was told, with it.
        let (gone, told) = (!is_bound(&current, &removal).await, removals(&current).await);
        assert_eq!(told, usize::from(gone), "after {requests} requests");
        let again = current.delete(&removal).await;
        assert!(
            [200, 404].contains(&again.status.as_u16()),
            "after {requests} requests: {again:?}"
        );
        assert!(!is_alive(&opened).await, "after {requests} requests");
        assert!(is_alive(&current).await, "after {requests} requests");
    }
    panic!("more than {MOST} requests");
}

#[tokio::test]
async fn an_end_of_sessions_that_dies_anywhere_is_finished_by_the_next_one() {
    let (world, metered) = Metered::start().await;
    let root = world.member("root").with_totp().administrator().create().await;
    for flow in ["sign-out-everywhere", "sessions", "disable"] {
        let mut lived = false;
        for requests in 0..MOST {
            let ada = world.member(&format!("{flow}{requests}")).with_totp().create().await;
            let current = session_of(&ada, &world.browser(), ada.generators[0].1).await;
            let administrator = session_of(&root, &world.browser(), root.generators[0].1).await;
            let person = format!("/api/v1/people/{}", ada.account);
            let end = async || match flow {
                "sign-out-everywhere" => {
                    current
                        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": false }))
                        .await
                }
                "sessions" => administrator.delete(&format!("{person}/sessions")).await,
                _ => administrator.post(&format!("{person}/disable"), Value::Null).await,
            };
            metered.end_after(requests, End::Dead);
            let answer = end().await;
            metered.heal();
            if answer.status.is_success() {
                lived = requests > 3;
                break;
            }
            let again = end().await;
            assert!(
                [200, 401, 409].contains(&again.status.as_u16()),
                "{flow} after {requests} requests: {again:?}"
            );
            assert_eq!(sessions(&ada).await.len(), 0, "{flow} after {requests} requests");
        }
        assert!(lived, "{flow}");
    }
}
