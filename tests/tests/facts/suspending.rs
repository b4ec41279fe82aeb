//! What becomes of an account that an administrator disables, or whose sessions they end.

use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::{enter, guess, is_alive, told};

#[tokio::test]
async fn disabling_an_account_ends_its_sessions() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let (one, two) = (ada.signed_in_by_number().await, ada.signed_in_by_code().await);
    let disable = format!("/api/v1/people/{}/disable", ada.account);
    let shown = admin.post(&disable, Value::Null).await.expect(200);
    assert_eq!((shown.text("/status"), &shown.body["methods"]), ("disabled", &json!(2)));
    assert!(!is_alive(&one).await && !is_alive(&two).await);
    // Not by the right password, and without saying why.
    let refused = told(
        &ada.enter_password(&world.browser())
            .await
            .expect_problem(401, "sign_in.rejected"),
    );
    assert_eq!(refused, told(&guess(&world.browser(), "nobody", "wrong").await));
    ada.enter_password(&one).await.expect_problem(401, "sign_in.rejected");
    admin
        .post(&disable, Value::Null)
        .await
        .expect_problem(409, "account.state_conflict");
    let enable = format!("/api/v1/people/{}/enable", ada.account);
    assert_eq!(
        admin.post(&enable, Value::Null).await.expect(200).text("/status"),
        "active"
    );
    admin
        .post(&enable, Value::Null)
        .await
        .expect_problem(409, "account.state_conflict");
    assert!(!is_alive(&one).await, "the old sessions do not come back");
    assert!(is_alive(&ada.signed_in_by_number().await).await);
}

#[tokio::test]
async fn a_disabled_account_cannot_finish_a_sign_in_under_way() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let newcomer = world.member("new").create().await;
    let registering = world.browser();
    newcomer.enter_password(&registering).await.expect(200);
    let (by_code, by_number) = (world.browser(), world.browser());
    ada.enter_password(&by_code).await.expect(200);
    let page = ada.enter_password(&by_number).await.expect(200);
    ada.approve(0, page.text("/prompts/0/number")).await;
    for account in [ada.account, newcomer.account] {
        admin
            .post(&format!("/api/v1/people/{account}/disable"), Value::Null)
            .await
            .expect(200);
    }
    enter(&by_code, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
    by_code
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect_problem(409, "sign_in.not_under_way");
    by_number
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
    registering
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(401, "session.required");
    // Enabled again, a sign-in of before stays void.
    admin
        .post(&format!("/api/v1/people/{}/enable", ada.account), Value::Null)
        .await
        .expect(200);
    enter(&by_code, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
    assert!(!is_alive(&by_code).await && !is_alive(&by_number).await);
}

#[tokio::test]
async fn an_administrator_ends_somebodys_sessions_and_sign_ins() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let (one, two) = (ada.signed_in_by_number().await, ada.signed_in_by_number().await);
    let under_way = world.browser();
    ada.enter_password(&under_way).await.expect(200);
    let ended = admin
        .delete(&format!("/api/v1/people/{}/sessions", ada.account))
        .await
        .expect(200);
    assert_eq!(ended.body, json!({ "sessions_ended": 2 }));
    assert!(!is_alive(&one).await && !is_alive(&two).await && is_alive(&admin).await);
    enter(&under_way, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
    assert!(is_alive(&ada.signed_in_by_number().await).await);
}
