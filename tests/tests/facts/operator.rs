//! What an operator asks by invoking the administration function itself.

use std::sync::Arc;

use countersign_administration::{State, operator};
use countersign_tests::{PASSWORD, World};
use serde_json::{Value, json};

async fn invoke(world: &World, event: Value) -> Value {
    let parts = &world.parts;
    let state = State::new(parts.house(), &parts.store, Arc::clone(&parts.deliver));
    operator::answer(&state, &event).await.unwrap()
}

#[tokio::test]
async fn an_operator_gets_a_link_for_the_first_administrator_until_there_is_one() {
    let world = World::start().await;
    let ask = json!({ "countersign": "first-administrator-link" });
    let answer = invoke(&world, ask.clone()).await;
    let token = answer["link"].as_str().unwrap().split_once("#token=").unwrap().1;
    let in_an_hour: jiff::Timestamp = answer["expires_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(in_an_hour.as_second() - world.now().as_second(), 3_600);
    let accept = json!({ "token": token, "user_name": "root", "display_name": "Root", "password": PASSWORD });
    let browser = world.browser();
    browser.post("/api/v1/invitations/accept", accept).await.expect(200);

    let again = invoke(&world, ask).await;
    assert_eq!(
        (again["code"].as_str(), again.get("link")),
        (Some("account.state_conflict"), None)
    );
}

#[tokio::test]
async fn an_act_that_is_not_known_is_answered_with_the_ones_that_are() {
    let world = World::start().await;
    for event in [json!({ "countersign": "drop-tables" }), json!({ "countersign": 5 })] {
        let answer = invoke(&world, event).await;
        assert_eq!(answer["code"], "request.malformed");
        assert!(answer["fix"].as_str().unwrap().contains("first-administrator-link"));
    }
}
