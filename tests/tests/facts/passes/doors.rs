//! Coming in by a pass: what is told to whoever tries, and what a pass stands for at which door.

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::methods::pass::Terms;
use countersign_platform::store::{Consistency, ReadPeople as _};
use countersign_tests::{World, codes};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{at, desk, hour, sign_in};
use crate::support::{guess, is_alive, signed_out, told};

#[tokio::test]
async fn what_is_wrong_with_a_pass_cannot_be_told_from_the_answer() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let bea = world.member("bea").with_totp().create().await;
    let cleo = world.member("cleo").with_totp().create().await;
    let dora = world.member("dora").with_totp().create().await;
    let desk = desk(&world).await;
    let (over, _) = cleo
        .issue_pass(Terms {
            ends_at: world.now() + SignedDuration::from_secs(10),
            ..hour(&world)
        })
        .await;
    world.pass(10);
    let (right, _) = ada.issue_pass(hour(&world)).await;
    let (used, _) = bea.issue_pass(hour(&world)).await;
    sign_in(&world.browser(), "bea", &used).await.expect(200);
    let (disabled, _) = dora.issue_pass(hour(&world)).await;
    desk.post(&format!("/api/v1/people/{}/disable", dora.account), Value::Null)
        .await
        .expect(200);
    let answers = [
        ("unknown", sign_in(&world.browser(), "nobody", &right).await),
        ("no name", sign_in(&world.browser(), "not a name", &right).await),
        ("wrong", sign_in(&world.browser(), "ada", "2222-2222").await),
        ("empty", sign_in(&world.browser(), "ada", "").await),
        ("endless", sign_in(&world.browser(), "ada", &"A".repeat(5000)).await),
        ("none", sign_in(&world.browser(), "root", &right).await),
        ("over", sign_in(&world.browser(), "cleo", &over).await),
        ("used", sign_in(&world.browser(), "bea", &used).await),
        ("disabled", sign_in(&world.browser(), "dora", &disabled).await),
        ("password", guess(&world.browser(), "ada", "not her password").await),
    ];
    let expected = told(&answers[0].1);
    for (name, answer) in &answers {
        assert_eq!(answer.code(), "sign_in.rejected", "{name}");
        assert_eq!(told(answer), expected, "{name}");
    }
    sign_in(&world.browser(), "ada", &right).await.expect(200);
}

#[tokio::test]
async fn guesses_at_a_pass_are_counted_by_name_before_they_are_looked_at_and_apart_from_passwords() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let (right, id) = ada.issue_pass(hour(&world)).await;
    for name in ["ada", "nobody"] {
        for n in 0..10 {
            sign_in(&world.browser(), name, &format!("2222-22{n:02}"))
                .await
                .expect_problem(401, "sign_in.rejected");
        }
        let closed = sign_in(&world.browser(), name, &right).await;
        let closed = closed.expect_problem(429, "attempts.exhausted");
        assert_eq!(closed.retry_after(), Some(60), "{name}");
    }
    let stored = world
        .parts
        .store
        .authenticator(ada.account, id, Consistency::Strong)
        .await
        .unwrap();
    assert_eq!(stored.unwrap().attempts.fails, 10, "on the pass itself too");
    // Who is shut out at one door gets in at the other.
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    signed_out(&browser).await;
    world.pass(60);
    sign_in(&world.browser(), "ada", &right).await.expect(200);
    let stored = world
        .parts
        .store
        .authenticator(ada.account, id, Consistency::Strong)
        .await
        .unwrap();
    assert_eq!(stored.unwrap().attempts.fails, 0);
}

#[tokio::test]
async fn a_pass_stands_for_the_second_factor_after_the_password_and_is_asked_for_first() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (right, id) = ada.issue_pass(hour(&world)).await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/prompts/0/kind"), page.text("/prompts/0/of")),
        ("text", "pass")
    );
    let body = json!({ "authenticator_id": id, "code": "2222-2222" });
    let code = "/api/v1/sign-ins/current/code";
    browser
        .post(code, body)
        .await
        .expect_problem(401, "challenge.code_rejected");
    let body = json!({ "authenticator_id": id, "code": right });
    browser.post(code, body).await.expect(200);
    let me = browser.get("/api/v1/me").await.expect(200);
    let ends_at = (world.now() + SignedDuration::from_hours(1)).to_string();
    assert_eq!(
        me.text("/session/expires_at"),
        ends_at,
        "it ends with the pass at this door too"
    );
    // One use, whichever door.
    sign_in(&world.browser(), "ada", &right)
        .await
        .expect_problem(401, "sign_in.rejected");
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.text("/prompts/0/kind"), "number");
}

#[tokio::test]
async fn an_account_without_methods_enters_by_a_pass_to_add_one() {
    let world = World::start().await;
    let ada = world.member("ada").create().await;
    let (right, _) = ada.issue_pass(hour(&world)).await;
    // A pass is no method of the account: the password still leads to registering, and nowhere else.
    let by_password = world.browser();
    let page = ada.enter_password(&by_password).await.expect(200);
    assert_eq!(page.text("/next/kind"), "register");
    by_password
        .get("/api/v1/me/sessions")
        .await
        .expect_problem(403, "session.registration_only");

    let browser = world.browser();
    let done = sign_in(&browser, "ada", &right).await.expect(200);
    assert_eq!(done.text("/next/kind"), "register");
    let (ceremony, seed) = browser.begin_totp().await;
    let code = codes::code(&seed, world.now());
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect(200);
    assert!(is_alive(&browser).await);
    by_password
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(401, "session.required");
}

#[tokio::test]
async fn policy_holds_for_passes_that_are_out() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let desk = desk(&world).await;
    let (right, _) = ada.issue_pass(hour(&world)).await;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let off = [("enabled".to_owned(), AttributeValue::Bool(false))].into();
    let policy = world.database().put_item().table_name("directory");
    let policy = policy.item("PK", text("POLICY")).item("SK", text("METHODS"));
    let policy = policy.item("version", AttributeValue::N("1".to_owned()));
    policy.item("pass", AttributeValue::M(off)).send().await.unwrap();
    sign_in(&world.browser(), "ada", &right)
        .await
        .expect_problem(401, "sign_in.rejected");
    desk.post(&at(&ada), json!({}))
        .await
        .expect_problem(403, "policy.method_not_allowed");
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.body["alternatives"], json!([]));
    // What is there can be taken away.
    desk.delete(&at(&ada)).await.expect(204);
}
