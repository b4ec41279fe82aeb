//! Reads that come from the past: where one need not be consistent, the oldest one there can be turns nobody away and lets nobody in.

use countersign_domain::device::claims::Decision;
use countersign_domain::secret::Secret;
use countersign_tests::{Metered, Trick};
use serde_json::{Value, json};

use super::race::session_of;

/// Every read that need not be consistent sees nothing.
fn blind(metered: &Metered) {
    for operation in ["GetItem", "Query"] {
        metered.play(operation, "\"ConsistentRead\":false", Trick::SeeNothing, usize::MAX);
    }
}

#[tokio::test]
async fn a_read_that_is_too_old_turns_nobody_away() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (browser, phone) = (world.browser(), ada.phone(0));
    ada.enter_password(&browser).await.expect(200);
    blind(&metered);
    assert_eq!(
        browser.get("/api/v1/sign-ins/current").await.expect(200).text("/state"),
        "waiting"
    );
    let page = browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    assert_eq!(page.text("/state"), "waiting");
    // The phone finds its prompt at the next question.
    assert!(phone.prompts().await.unwrap().prompts.is_empty());
    metered.heal();
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    blind(&metered);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    assert_eq!(
        browser.get("/api/v1/sign-ins/current").await.expect(200).text("/state"),
        "complete"
    );
    browser.get("/api/v1/me").await.expect(200);
    metered.heal();

    ada.enter_password(&browser).await.expect(200);
    blind(&metered);
    let done = browser
        .post("/api/v1/sign-ins/current/code", json!({ "code": ada.code(0) }))
        .await
        .expect(200);
    assert_eq!((done.text("/state"), metered.heal() > 0), ("complete", true));
}

/// The attack: go on with what was taken away, as long as somewhere it is still seen.
#[tokio::test]
async fn a_read_that_is_too_old_lets_nobody_in() {
    let (world, metered) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().with_totp().create().await;
    let current = session_of(&ada, &world.browser(), ada.generators[1].1).await;
    let (by_number, by_code, phone) = (world.browser(), world.browser(), ada.phone(0));
    ada.enter_password(&by_code).await.expect(200);
    let page = ada.enter_password(&by_number).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    // Whoever reads a moment too late sees what was there a moment ago: the code and the answer arrive with that picture, and are held
    // until it is wrong.
    let picture = [
        metered.hold_reply("Query", "\"ConsistentRead\":false"),
        metered.hold_reply("GetItem", "AUTHENTICATOR#"),
    ];
    let code = json!({ "authenticator_id": ada.generators[0].1, "code": ada.code(0) });
    let entering = tokio::spawn(async move { by_code.post("/api/v1/sign-ins/current/code", code).await });
    let answering = tokio::spawn(async move { phone.answer(&prompt, Decision::Approve { number }).await });
    for held in &picture {
        held.arrived().await;
    }
    for id in [ada.generators[0].1, ada.phones[0].1] {
        current.delete(&format!("/api/v1/me/methods/{id}")).await.expect(200);
    }
    for held in &picture {
        held.release();
    }
    entering.await.unwrap().expect_problem(404, "method.not_found");
    answering.await.unwrap().unwrap();
    by_number
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    current.get("/api/v1/me").await.expect(200);
}
