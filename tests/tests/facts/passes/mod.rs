//! Temporary access passes: issued for somebody else, shown once, good for a while, and what they open ends with them.

mod doors;

use countersign_domain::methods::pass::Terms;
use countersign_tests::{Answer, Browser, Member, World, codes};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::notices::changes;
use crate::support::{enter, is_alive};

fn at(member: &Member<'_>) -> String {
    format!("/api/v1/people/{}/pass", member.account)
}

/// An administrator, just signed in.
async fn desk(world: &World) -> Browser {
    let root = world.member("root").administrator().with_totp().create().await;
    root.signed_in_by_code().await
}

async fn issue(desk: &Browser, member: &Member<'_>, wanted: Value) -> String {
    let issued = desk.post(&at(member), wanted).await.expect(201);
    issued.text("/secret").to_owned()
}

async fn sign_in(browser: &Browser, user_name: &str, pass: &str) -> Answer {
    let body = json!({ "user_name": user_name, "pass": pass });
    browser.post("/api/v1/sign-ins/pass", body).await
}

fn hour(world: &World) -> Terms {
    Terms {
        length: 8,
        starts_at: world.now(),
        ends_at: world.now() + SignedDuration::from_hours(1),
        once: true,
    }
}

#[tokio::test]
async fn who_lost_the_only_phone_gets_in_by_a_pass_binds_a_new_one_and_removes_the_old() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let desk = desk(&world).await;
    let issued = desk.post(&at(&ada), json!({})).await.expect(201);
    let secret = issued.text("/secret");
    assert_eq!((secret.len(), issued.text("/pass/status")), (9, "open"));
    assert_eq!(
        changes(&world),
        [("pass_issued", "Temporary access pass".to_owned())],
        "its owner is told, and not the pass"
    );
    let state = desk.get(&at(&ada)).await.expect(200);
    assert!(!state.body.to_string().contains(secret), "shown once");

    let browser = world.browser();
    let spelled = secret.to_lowercase().replace('-', " ");
    let done = sign_in(&browser, " ADA ", &spelled).await.expect(200);
    assert_eq!((done.text("/state"), done.text("/next/kind")), ("complete", "return"));
    let me = browser.get("/api/v1/me").await.expect(200);
    assert_eq!(me.text("/session/scope"), "full");
    assert_eq!(me.text("/session/expires_at"), issued.text("/pass/ends_at"));

    let old = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    browser
        .delete(&old)
        .await
        .expect_problem(409, "method.last_or_required");
    let (ceremony, seed) = browser.begin_totp().await;
    let code = codes::code(&seed, world.now());
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect(200);
    browser.delete(&old).await.expect(200);
    world.pass(30);
    let later = world.browser();
    ada.enter_password(&later).await.expect(200);
    enter(&later, &codes::code(&seed, world.now())).await.expect(200);

    // The pass is used up, what it opened ends with its time, and what was opened by the new method goes on.
    sign_in(&world.browser(), "ada", secret)
        .await
        .expect_problem(401, "sign_in.rejected");
    assert_eq!(desk.get(&at(&ada)).await.expect(200).text("/pass/status"), "used");
    world.pass(1800);
    for one in [&browser, &later, &desk] {
        assert!(is_alive(one).await);
    }
    world.pass(1770);
    assert!(!is_alive(&browser).await);
    assert!(is_alive(&later).await);
    assert_eq!(desk.get(&at(&ada)).await.expect(200).body.get("pass"), None);
}

#[tokio::test]
async fn a_pass_is_issued_by_an_administrator_with_a_fresh_proof_and_never_for_oneself() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let root = world.member("root").administrator().with_totp().create().await;
    let member = ada.signed_in_by_code().await;
    let desk = root.signed_in_by_code().await;
    for door in [member.post(&at(&root), json!({})).await, member.get(&at(&root)).await] {
        door.expect_problem(403, "role.required");
    }
    desk.post(&at(&root), json!({}))
        .await
        .expect_problem(403, "pass.not_for_oneself");
    assert_eq!(
        desk.get(&at(&root)).await.expect(200).body,
        json!({}),
        "nothing to issue"
    );
    issue(&desk, &ada, json!({})).await;
    world.pass(300);
    desk.post(&at(&ada), json!({}))
        .await
        .expect_problem(401, "session.reauthentication_required");
    desk.delete(&at(&ada))
        .await
        .expect_problem(401, "session.reauthentication_required");
    desk.get(&at(&ada)).await.expect(200);
    // The member sees who did it, and the pass among the methods.
    let activity = member.get("/api/v1/me/activity").await.expect(200);
    let events = activity.body["events"].as_array().unwrap().iter();
    let issued: Vec<_> = events.filter(|event| event["kind"] == "pass_issued").collect();
    assert_eq!((issued.len(), &issued[0]["by"]), (1, &json!("administrator")));
    let methods = member.get("/api/v1/me/methods").await.expect(200);
    let mine = methods.body["methods"].as_array().unwrap();
    assert!(
        mine.iter()
            .any(|one| one["kind"] == "pass" && one["ends_at"].is_string())
    );
}

#[tokio::test]
async fn a_pass_is_not_for_accounts_that_are_not_in_use() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let person = json!({ "user_name": "alan", "display_name": "Alan", "mail": "alan@example.org", "role": "member" });
    let invited = desk.post("/api/v1/people", person).await.expect(201);
    let pass = format!("/api/v1/people/{}/pass", invited.text("/id"));
    desk.post(&pass, json!({}))
        .await
        .expect_problem(409, "account.state_conflict");
    desk.delete(&pass).await.expect_problem(404, "pass.not_found");
}

#[tokio::test]
async fn what_is_outside_the_rules_is_not_issued() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let desk = desk(&world).await;
    for (wanted, code) in [
        (json!({ "lifetime_minutes": 9 }), "pass.lifetime_not_allowed"),
        (json!({ "lifetime_minutes": 481 }), "pass.lifetime_not_allowed"),
        (json!({ "length": 7 }), "pass.length_not_allowed"),
        (json!({ "length": 49 }), "pass.length_not_allowed"),
        (json!({ "starts_at": "2026-12-25T12:00:01Z" }), "pass.start_not_allowed"),
    ] {
        desk.post(&at(&ada), wanted).await.expect_problem(422, code);
    }
    assert_eq!(desk.get(&at(&ada)).await.expect(200).body.get("pass"), None);
    let longest = issue(&desk, &ada, json!({ "length": 48, "lifetime_minutes": 480 })).await;
    assert_eq!(longest.replace('-', "").len(), 48);
    sign_in(&world.browser(), "ada", &longest).await.expect(200);
}

#[tokio::test]
async fn a_pass_that_begins_later_is_none_until_then() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let desk = desk(&world).await;
    let starts_at = (world.now() + SignedDuration::from_mins(30)).to_string();
    let wanted = json!({ "starts_at": starts_at, "lifetime_minutes": 10, "one_time": false });
    let pass = issue(&desk, &ada, wanted).await;
    assert_eq!(desk.get(&at(&ada)).await.expect(200).text("/pass/status"), "not_yet");
    sign_in(&world.browser(), "ada", &pass)
        .await
        .expect_problem(401, "sign_in.rejected");
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.body["alternatives"], json!([]));
    world.pass(1800);
    sign_in(&world.browser(), "ada", &pass).await.expect(200);
    world.pass(599);
    sign_in(&world.browser(), "ada", &pass).await.expect(200);
    world.pass(1);
    sign_in(&world.browser(), "ada", &pass)
        .await
        .expect_problem(401, "sign_in.rejected");
}

#[tokio::test]
async fn a_pass_for_many_sign_ins_counts_them_and_all_end_when_it_is_revoked() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let desk = desk(&world).await;
    let pass = issue(&desk, &ada, json!({ "one_time": false })).await;
    let browsers = [world.browser(), world.browser(), world.browser()];
    for browser in &browsers {
        sign_in(browser, "ada", &pass).await.expect(200);
    }
    assert_eq!(desk.get(&at(&ada)).await.expect(200).body["pass"]["uses"], 3);
    let other = ada.signed_in_by_code().await;
    desk.delete(&at(&ada)).await.expect(204);
    for browser in &browsers {
        assert!(!is_alive(browser).await);
    }
    assert!(is_alive(&other).await);
    sign_in(&world.browser(), "ada", &pass)
        .await
        .expect_problem(401, "sign_in.rejected");
    desk.delete(&at(&ada)).await.expect_problem(404, "pass.not_found");
    let activity = other.get("/api/v1/me/activity").await.expect(200);
    let kinds: Vec<_> = activity.body["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["kind"])
        .collect();
    assert!(kinds.contains(&&json!("pass_revoked")));
}

#[tokio::test]
async fn an_account_has_one_pass_and_a_new_one_ends_what_the_old_one_opened() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let desk = desk(&world).await;
    let first = issue(&desk, &ada, json!({ "one_time": false })).await;
    let browser = world.browser();
    sign_in(&browser, "ada", &first).await.expect(200);
    let second = issue(&desk, &ada, json!({ "one_time": false })).await;
    assert!(!is_alive(&browser).await);
    sign_in(&browser, "ada", &first)
        .await
        .expect_problem(401, "sign_in.rejected");
    sign_in(&browser, "ada", &second).await.expect(200);
    // The member may take it away too, and is signed out by that.
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    let mine = methods.body["methods"].as_array().unwrap().iter();
    let ids: Vec<_> = mine
        .filter(|one| one["kind"] == "pass")
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 1);
    browser
        .delete(&format!("/api/v1/me/methods/{}", ids[0]))
        .await
        .expect(200);
    assert!(!is_alive(&browser).await);
}
