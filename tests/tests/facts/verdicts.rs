//! What members say of their rows of activity.

use countersign_tests::World;
use serde_json::json;

const ACTIVITY: &str = "/api/v1/me/activity";

#[tokio::test]
async fn what_the_member_says_of_a_row_is_kept() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let eve = world
        .member("eve")
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let browser = ada.signed_in_by_number().await;
    let id = browser.get(ACTIVITY).await.expect(200).text("/events/0/id").to_owned();
    let verdict = format!("{ACTIVITY}/{id}/verdict");
    for said in ["not_me", "me"] {
        let row = browser.put(&verdict, json!({ "verdict": said })).await.expect(200);
        assert_eq!((row.text("/id"), row.text("/verdict")), (&*id, said));
        assert_eq!(browser.get(ACTIVITY).await.expect(200).text("/events/0/verdict"), said);
    }
    eve.put(&verdict, json!({ "verdict": "not_me" }))
        .await
        .expect_problem(404, "activity.not_found");
    for id in [
        "act_01KAVXGA00000000000000000A",
        "junk",
        "aut_01KAVXGA00000000000000000A",
    ] {
        let path = format!("{ACTIVITY}/{id}/verdict");
        browser
            .put(&path, json!({ "verdict": "me" }))
            .await
            .expect_problem(404, "activity.not_found");
    }
    for body in [
        json!({ "verdict": "maybe" }),
        json!({}),
        json!({ "verdict": "me", "outcome": "success" }),
    ] {
        browser
            .put(&verdict, body)
            .await
            .expect_problem(400, "request.malformed");
    }
    assert_eq!(browser.get(ACTIVITY).await.expect(200).text("/events/0/verdict"), "me");
}
