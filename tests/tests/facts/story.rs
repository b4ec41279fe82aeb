//! One person's whole story, as the README tells it.

use countersign_tests::World;
use serde_json::json;

#[tokio::test]
async fn a_member_signs_in_by_number_and_sees_it() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    let activity = browser.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(activity.text("/events/0/kind"), "sign_in");
    assert_eq!(activity.text("/events/0/number_match"), "matched");
}

#[tokio::test]
async fn removing_a_method_ends_the_sessions_it_opened() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let by_number = ada.signed_in_by_number().await;
    let by_code = ada.signed_in_by_code().await;
    let phone = ada.phones[0].1;
    let preview = by_code.get(&format!("/api/v1/me/methods/{phone}/removal")).await.expect(200);
    assert_eq!(preview.body["sessions_ended"], 1);
    let removed = by_code.delete(&format!("/api/v1/me/methods/{phone}")).await.expect(200);
    assert_eq!(removed.body, json!({ "sessions_ended": 1, "signed_out": false }));
    by_number.get("/api/v1/me").await.expect_problem(401, "session.required");
    by_code.get("/api/v1/me").await.expect(200);
}
