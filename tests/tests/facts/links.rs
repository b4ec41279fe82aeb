//! Links by which people enter: once, in time, the newest only.

use countersign_tests::{Browser, PASSWORD, World};
use serde_json::{Value, json};

use crate::support::{is_alive, mailed_token};

const ACCEPT: &str = "/api/v1/invitations/accept";
const INSPECT: &str = "/api/v1/invitations/inspect";
const INVALID: &str = "invitation.invalid";

/// An administrator's browser, and the id and link of a person that they have just made.
async fn invited(world: &World) -> (Browser, String, String) {
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let person = json!({ "user_name": "ada", "display_name": "Ada", "mail": "ada@example.org", "role": "member" });
    let made = admin.post("/api/v1/people", person).await.expect(201);
    (admin, made.text("/id").to_owned(), mailed_token(world))
}

fn with_password(token: &str) -> Value {
    json!({ "token": token, "password": PASSWORD })
}

#[tokio::test]
async fn an_enrollment_link_is_good_once() {
    let world = World::start().await;
    let (_, _, token) = invited(&world).await;
    let page = world
        .browser()
        .post(INSPECT, json!({ "token": token }))
        .await
        .expect(200);
    assert_eq!((page.text("/kind"), page.text("/user_name")), ("enrollment", "ada"));
    let (browser, thief) = (world.browser(), world.browser());
    let entered = browser.post(ACCEPT, with_password(&token)).await.expect(200);
    assert_eq!(entered.text("/next/kind"), "register");
    thief
        .post(ACCEPT, json!({ "token": token, "password": "another phrase entirely" }))
        .await
        .expect_problem(410, INVALID);
    thief
        .post(INSPECT, json!({ "token": token }))
        .await
        .expect_problem(410, INVALID);
    assert!(is_alive(&browser).await && !is_alive(&thief).await);
    let start = json!({ "user_name": "ada", "password": "another phrase entirely" });
    thief
        .post("/api/v1/sign-ins", start)
        .await
        .expect_problem(401, "sign_in.rejected");
}

#[tokio::test]
async fn an_expired_enrollment_link_opens_nothing() {
    let world = World::start().await;
    let (_, id, token) = invited(&world).await;
    world.pass(24 * 3600 - 1);
    world
        .browser()
        .post(INSPECT, json!({ "token": token }))
        .await
        .expect(200);
    world.pass(1);
    world
        .browser()
        .post(INSPECT, json!({ "token": token }))
        .await
        .expect_problem(410, INVALID);
    world
        .browser()
        .post(ACCEPT, with_password(&token))
        .await
        .expect_problem(410, INVALID);
    // Unknown and garbled tokens are told nothing else.
    let (cut, other) = (&token[1..], token.replace(&token[..2], "AA"));
    for junk in [
        "",
        "junk",
        cut,
        &other,
        &format!("{token}="),
        &"A".repeat(43),
        &"é".repeat(43),
    ] {
        world
            .browser()
            .post(INSPECT, json!({ "token": junk }))
            .await
            .expect_problem(410, INVALID);
    }
    let root = world.parts.store.clone();
    let person = countersign_platform::store::ReadPeople::person(
        root.as_ref(),
        id.parse().unwrap(),
        countersign_platform::store::Consistency::Strong,
    );
    assert_eq!(
        person.await.unwrap().unwrap().account.status,
        countersign_domain::accounts::Status::Invited
    );
}

#[tokio::test]
async fn a_new_enrollment_link_kills_the_old() {
    let world = World::start().await;
    let (admin, id, old) = invited(&world).await;
    let again = admin
        .post(&format!("/api/v1/people/{id}/invitation"), Value::Null)
        .await
        .expect(200);
    assert_eq!(
        (again.text("/sent_to"), &again.body["sent"]),
        ("ada@example.org", &json!(true))
    );
    let new = mailed_token(&world);
    assert_ne!(old, new);
    world
        .browser()
        .post(INSPECT, json!({ "token": old }))
        .await
        .expect_problem(410, INVALID);
    world
        .browser()
        .post(ACCEPT, with_password(&old))
        .await
        .expect_problem(410, INVALID);
    world.browser().post(ACCEPT, with_password(&new)).await.expect(200);
    // Who has entered gets no other link.
    admin
        .post(&format!("/api/v1/people/{id}/invitation"), Value::Null)
        .await
        .expect_problem(409, "account.state_conflict");
}

#[tokio::test]
async fn a_password_that_is_not_taken_leaves_the_link_good() {
    let world = World::start().await;
    let (_, _, token) = invited(&world).await;
    let browser = world.browser();
    let rules = [
        ("k7#Lq2", "password.too_short"),
        (&*"ab1 ".repeat(65), "password.too_long"),
        ("Password2026!", "password.block_listed"),
        ("ada@example.org1", "password.block_listed"),
        ("qwertyuiop12", "password.too_weak"),
    ];
    for (password, code) in rules {
        let check = json!({ "token": token, "user_name": "ada", "password": password });
        let said = browser
            .post("/api/v1/invitations/password-check", check)
            .await
            .expect(200);
        assert_eq!(
            (&said.body["acceptable"], said.text("/code")),
            (&json!(false), code),
            "{password}"
        );
        let accept = json!({ "token": token, "password": password });
        browser.post(ACCEPT, accept).await.expect_problem(422, code);
        assert!(!is_alive(&browser).await);
    }
    let check = json!({ "token": token, "user_name": "ada", "password": PASSWORD });
    let said = browser
        .post("/api/v1/invitations/password-check", check)
        .await
        .expect(200);
    assert_eq!((&said.body["acceptable"], said.body.get("code")), (&json!(true), None));
    browser.post(ACCEPT, with_password(&token)).await.expect(200);
    let check = json!({ "token": token, "user_name": "ada", "password": PASSWORD });
    browser
        .post("/api/v1/invitations/password-check", check)
        .await
        .expect_problem(410, INVALID);
}

#[tokio::test]
async fn the_first_administrators_link_is_dead_once_somebody_has_set_up() {
    let world = World::start().await;
    let token = || async {
        let link = world.parts.first_administrator_link().await.unwrap().unwrap();
        link.expose().split_once("#token=").unwrap().1.to_owned()
    };
    let late = token().await;
    world.pass(3599);
    let (fresh, second) = (token().await, token().await);
    world.pass(1);
    world
        .browser()
        .post(INSPECT, json!({ "token": late }))
        .await
        .expect_problem(410, INVALID);
    let (browser, other) = (world.browser(), world.browser());
    let accept = |token: &str, name: &str| json!({ "token": token, "user_name": name, "display_name": "Root", "password": PASSWORD });
    browser
        .post(ACCEPT, json!({ "token": fresh, "password": PASSWORD }))
        .await
        .expect_problem(422, "user_name.invalid");
    browser
        .post(ACCEPT, accept(&fresh, "a b"))
        .await
        .expect_problem(422, "user_name.invalid");
    browser.post(ACCEPT, accept(&fresh, "root")).await.expect(200);
    for token in [&late, &second, &fresh] {
        other
            .post(INSPECT, json!({ "token": token }))
            .await
            .expect_problem(410, INVALID);
        other
            .post(ACCEPT, accept(token, "mallory"))
            .await
            .expect_problem(410, INVALID);
    }
    assert!(world.parts.first_administrator_link().await.unwrap().is_none());
    let me = browser.get("/api/v1/me").await.expect(200);
    assert_eq!(
        (me.text("/account/role"), me.text("/session/scope")),
        ("administrator", "registration")
    );
}
