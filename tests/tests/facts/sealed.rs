//! Sealed values belong to their row: moved to another one, they open nothing.

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_tests::World;
use serde_json::json;

use crate::support::signed_out;

async fn sealed_seed(world: &World, of: (AccountId, AuthenticatorId)) -> String {
    let row = world.database().get_item().table_name("directory");
    let row = row.key("PK", AttributeValue::S(format!("ACCOUNT#{}", of.0)));
    let row = row
        .key("SK", AttributeValue::S(format!("AUTHENTICATOR#{}", of.1)))
        .send()
        .await
        .unwrap()
        .item
        .unwrap();
    row["binding"].as_m().unwrap()["sealed_seed"].as_s().unwrap().clone()
}

async fn put_sealed_seed(world: &World, of: (AccountId, AuthenticatorId), sealed: &str) {
    let update = world.database().update_item().table_name("directory");
    let update = update.key("PK", AttributeValue::S(format!("ACCOUNT#{}", of.0)));
    let update = update.key("SK", AttributeValue::S(format!("AUTHENTICATOR#{}", of.1)));
    let update = update
        .update_expression("SET #binding.#seed = :seed")
        .expression_attribute_names("#binding", "binding");
    let update = update.expression_attribute_names("#seed", "sealed_seed");
    update
        .expression_attribute_values(":seed", AttributeValue::S(sealed.to_owned()))
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_sealed_value_does_not_open_on_another_row() {
    let world = World::start().await;
    let eve = world.member("eve").with_totp().create().await;
    let ada = world.member("ada").with_totp().with_totp().create().await;
    let (first, second) = ((ada.account, ada.generators[0].1), (ada.account, ada.generators[1].1));
    let eves = sealed_seed(&world, (eve.account, eve.generators[0].1)).await;
    let (own, other) = (sealed_seed(&world, first).await, sealed_seed(&world, second).await);
    // Eve's seed on Ada's row, Ada's own from another row, cut, changed, and none at all.
    let changed = own.replace(&own[10..12], if &own[10..12] == "AA" { "BB" } else { "AA" });
    let codes = [eve.code(0), ada.code(0), ada.code(1)];
    for planted in [&*eves, &other, &own[..own.len() - 1], &changed, "", "1.", "junk"] {
        put_sealed_seed(&world, first, planted).await;
        for code in &codes {
            let browser = world.browser();
            ada.enter_password(&browser).await.expect(200);
            let body = json!({ "authenticator_id": first.1, "code": code });
            let answer = browser
                .post("/api/v1/sign-ins/current/code", body)
                .await
                .expect_problem(503, "service.unavailable");
            assert!(!answer.body.to_string().contains("seal"), "{answer:?}");
            signed_out(&browser).await;
        }
    }
    // The other ways are as they were, and so is this one once its own value is back.
    for index in [1, 0] {
        put_sealed_seed(&world, first, &own).await;
        let browser = world.browser();
        ada.enter_password(&browser).await.expect(200);
        let body = json!({ "authenticator_id": ada.generators[index].1, "code": ada.code(index) });
        browser.post("/api/v1/sign-ins/current/code", body).await.expect(200);
    }
}
