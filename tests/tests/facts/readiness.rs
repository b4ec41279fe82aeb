//! Readiness: what the page is told of a lost phone, the weakest way in, and what to add.

use countersign_tests::World;
use serde_json::json;

#[tokio::test]
async fn who_has_everything_on_one_phone_is_told_so() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let page = ada
        .signed_in_by_number()
        .await
        .get("/api/v1/me/methods")
        .await
        .expect(200);
    assert_eq!(page.text("/readiness/phone_lost"), "locked_out");
    assert_eq!(page.body["readiness"]["left"], json!([]));
    assert_eq!(page.text("/readiness/weakest/kind"), "totp");
    assert!(page.text("/readiness/weakest/lacks").ends_with('.'));
    let advice = page.body["readiness"]["add"].as_array().unwrap();
    assert!(advice.iter().any(|one| one["why"] == "phone_lost"), "{advice:?}");
}

#[tokio::test]
async fn a_second_phone_is_what_is_left_of_two() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_phone().create().await;
    let page = ada
        .signed_in_by_number()
        .await
        .get("/api/v1/me/methods")
        .await
        .expect(200);
    assert_eq!(page.text("/readiness/phone_lost"), "still_in");
    assert_eq!(page.body["readiness"]["left"].as_array().unwrap().len(), 1);
}
