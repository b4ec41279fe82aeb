//! Phones that are removed, and phones that remove themselves.

use countersign_tests::World;
use reqwest::Method;
use serde_json::json;

use crate::support::refused;

const DEVICE: &str = "/device/v1/device";
const CHANNEL: &str = "/device/v1/channel";

#[tokio::test]
async fn a_removed_phone_is_told_that_it_is_gone() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let phone = ada.phone(0);
    assert_eq!(phone.device().await.unwrap().name, "Test phone");
    browser
        .delete(&format!("/api/v1/me/methods/{}", ada.phones[0].1))
        .await
        .expect(200);
    refused(
        &phone.call(Method::GET, DEVICE, None).await.unwrap(),
        410,
        "device.removed",
    );
    refused(
        &phone.call(Method::GET, "/device/v1/prompts", None).await.unwrap(),
        410,
        "device.removed",
    );
    let body = json!({ "channel": { "kind": "none" } });
    refused(
        &phone.call(Method::PUT, CHANNEL, Some(&body)).await.unwrap(),
        410,
        "device.removed",
    );
    refused(
        &phone.call(Method::DELETE, DEVICE, None).await.unwrap(),
        410,
        "device.removed",
    );
    // A code generator is no phone, whoever signs in its name.
    let posing = world.app().phone(phone.key().clone(), ada.account, ada.generators[0].1);
    refused(
        &posing.call(Method::GET, DEVICE, None).await.unwrap(),
        410,
        "device.removed",
    );
}

#[tokio::test]
async fn a_phone_can_end_itself_but_not_as_the_last_method() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let by_number = ada.signed_in_by_number().await;
    let by_code = ada.signed_in_by_code().await;
    ada.phone(0).remove().await.unwrap();
    by_number
        .get("/api/v1/me")
        .await
        .expect_problem(401, "session.required");
    by_code.get("/api/v1/me").await.expect(200);
    refused(
        &ada.phone(0).call(Method::GET, DEVICE, None).await.unwrap(),
        410,
        "device.removed",
    );

    let bea = world.member("bea").with_phone().create().await;
    let last = bea.phone(0).remove().await.unwrap_err();
    assert_eq!(last.code(), Some("method.last_or_required"));
    bea.phone(0).device().await.unwrap();
    bea.signed_in_by_number().await;
}
