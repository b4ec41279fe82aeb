//! Pushes that come late, not at all, or cannot be sent: none of them decides anything.

use std::sync::Arc;

use countersign_domain::delivery::{Delivery, Sent};
use countersign_platform::delivery::Recorded;
use countersign_tests::World;

use crate::support::{asked, enter, number, poll, signed_out};

#[tokio::test]
async fn a_late_push_opens_nothing() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let pushed: Vec<_> = world
        .outbox
        .sent()
        .into_iter()
        .filter(|sent| matches!(sent, Delivery::Push { .. }))
        .collect();
    assert_eq!(pushed.len(), 1);
    assert!(matches!(pushed[0], Delivery::Push { prompt: id, .. } if id == prompt.id));
    world.pass(11 * 60);
    let late = ada.phone(0).answer(&prompt, number(&digits)).await.unwrap_err();
    assert_eq!(late.code(), Some("challenge.expired"));
    browser
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    signed_out(&browser).await;
}

#[tokio::test]
async fn a_phone_without_pushes_finds_its_prompt() {
    let outbox = Arc::new(Recorded::answering(Sent::NoChannel));
    let world = World::start_with(|endpoint| endpoint, outbox, |sender| sender).await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    assert_eq!(
        (page.text("/prompts/0/delivery"), &page.body["poll_after_ms"]),
        ("not_sent", &1000.into())
    );
    assert_eq!(poll(&browser).await.body["poll_after_ms"], 1000);
    ada.open_prompt(0).await;
    assert_eq!(poll(&browser).await.body["poll_after_ms"], 1000);
    world.pass(1);
    assert_eq!(poll(&browser).await.body["poll_after_ms"], 500);
    ada.approve(0, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

#[tokio::test]
async fn a_delivery_that_fails_never_fails_a_sign_in() {
    for sent in [Sent::Failed, Sent::ChannelGone] {
        let world = World::start_with(
            |endpoint| endpoint,
            Arc::new(Recorded::answering(sent)),
            |sender| sender,
        )
        .await;
        let ada = world.member("ada").with_phone().with_totp().create().await;
        let (browser, _, _) = asked(&ada).await;
        let page = poll(&browser).await;
        assert_eq!(page.text("/prompts/0/delivery"), "not_sent");
        assert_eq!(page.text("/alternatives/0/prompt"), "code");
        ada.signed_in_by_number().await;
        enter(&browser, &ada.code(0)).await.expect(200);
    }
}

#[tokio::test]
async fn a_channel_that_is_gone_is_forgotten_and_one_that_fails_is_not() {
    for (sent, left) in [(Sent::ChannelGone, "none"), (Sent::Failed, "fcm"), (Sent::Sent, "fcm")] {
        let world = World::start_with(
            |endpoint| endpoint,
            Arc::new(Recorded::answering(sent)),
            |sender| sender,
        )
        .await;
        let ada = world.member("ada").with_phone().create().await;
        let channel = serde_json::from_value(serde_json::json!({ "kind": "fcm", "token": "ab:12" })).unwrap();
        ada.phone(0).renew_channel(channel).await.unwrap();
        let (browser, _, digits) = asked(&ada).await;
        assert_eq!(ada.phone(0).device().await.unwrap().channel, left, "{sent:?}");
        ada.approve(0, &digits).await;
        assert_eq!(poll(&browser).await.text("/state"), "complete");
    }
}
