//! Notices: each change of methods is told by mail, and a mail that does not go out changes nothing.

use std::sync::Arc;

use countersign_domain::delivery::{Delivery, Mail, Sent};
use countersign_domain::notices::Notice;
use countersign_platform::delivery::Recorded;
use countersign_tests::World;
use serde_json::json;

/// The notices that went out, with their addresses.
fn notices(world: &World) -> Vec<(String, Notice)> {
    let sent = world.outbox.sent().into_iter();
    let notice = |delivery| match delivery {
        Delivery::Mail {
            to,
            message: Mail::Notice(notice),
        } => Some((to, notice)),
        _ => None,
    };
    sent.filter_map(notice).collect()
}

/// What was told by mail: each change, and the name of its method.
pub(crate) fn changes(world: &World) -> Vec<(&'static str, String)> {
    let all = notices(world).into_iter();
    all.map(|(_, one)| (one.change.as_str(), one.name)).collect()
}

#[tokio::test]
async fn each_change_is_told_by_mail() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let (ceremony, seed) = browser.begin_totp().await;
    assert!(notices(&world).is_empty(), "what is not confirmed is no change");
    let confirm = json!({ "code": countersign_tests::codes::code(&seed, world.now()) });
    let added = browser.post(&format!("{ceremony}/confirm"), confirm).await.expect(200);
    let id = added.text("/method/id").to_owned();
    let method = format!("/api/v1/me/methods/{id}");
    browser.patch(&method, json!({ "name": "Desk" })).await.expect(200);
    browser
        .put("/api/v1/me/methods/default", json!({ "id": id }))
        .await
        .expect(204);
    browser
        .put("/api/v1/me/methods/default", json!({ "id": id }))
        .await
        .expect(204); // it was already
    browser.delete(&method).await.expect(200);
    browser.delete(&method).await.expect_problem(404, "method.not_found");
    assert_eq!(
        changes(&world),
        [
            ("added", "Code generator".to_owned()),
            ("renamed", "Desk".to_owned()),
            ("default_changed", "Desk".to_owned()),
            ("removed", "Desk".to_owned())
        ]
    );
    for (to, notice) in &notices(&world) {
        assert_eq!(
            (to.as_str(), &notice.link),
            ("ada@example.org", &format!("{}/activity", world.origin))
        );
        assert!(notice.method == "Code generator app" && notice.display_name == "ada" && notice.at == world.now());
    }
}

#[tokio::test]
async fn a_phone_that_removes_itself_is_told_too() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    ada.phone(0).remove().await.unwrap();
    let told = notices(&world);
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].1.change.as_str(), told[0].1.method.as_str()),
        ("removed", "Authenticator")
    );
}

#[tokio::test]
async fn a_notice_that_fails_fails_nothing() {
    for answer in [Sent::Failed, Sent::NoChannel] {
        let outbox = Arc::new(Recorded::answering(answer));
        let world = World::start_with(|endpoint| endpoint, outbox, |sender| sender).await;
        let ada = world.member("ada").with_totp().with_totp().create().await;
        let browser = ada.signed_in_by_code().await;
        browser
            .delete(&format!("/api/v1/me/methods/{}", ada.generators[1].1))
            .await
            .expect(200);
        let page = browser.get("/api/v1/me/methods").await.expect(200);
        assert_eq!(
            page.body["methods"].as_array().unwrap().len(),
            2,
            "the generator and the password"
        );
    }
}
