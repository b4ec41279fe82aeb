//! One person's whole story, as the README tells it.

use countersign_tests::enrolling::approve;
use countersign_tests::{PASSWORD, World};
use serde_json::{Value, json};

use crate::support::{is_alive, mailed_token, poll};

#[tokio::test]
async fn a_person_is_invited_pairs_signs_in_and_signs_out_everywhere() {
    let world = World::start().await;
    // The organization is set up, and its administrator registers a generator.
    let link = world.parts.first_administrator_link().await.unwrap().unwrap();
    let token = link.expose().split_once("#token=").unwrap().1;
    let admin = world.browser();
    let accept =
        json!({ "token": token, "user_name": "root", "display_name": "Root", "password": "amber ferry counts slowly" });
    assert_eq!(
        admin
            .post("/api/v1/invitations/accept", accept)
            .await
            .expect(200)
            .text("/next/kind"),
        "register"
    );
    let (ceremony, seed) = admin.begin_totp().await;
    let code = countersign_tests::codes::code(&seed, world.now());
    admin
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
        .expect(200);
    // They invite Ada, who sets a password and pairs her phone.
    let person = json!({ "user_name": "ada", "display_name": "Ada L.", "mail": "ada@example.org", "role": "member" });
    let id = admin
        .post("/api/v1/people", person)
        .await
        .expect(201)
        .text("/id")
        .to_owned();
    let hers = world.browser();
    hers.post(
        "/api/v1/invitations/accept",
        json!({ "token": mailed_token(&world), "password": PASSWORD }),
    )
    .await
    .expect(200);
    let (ceremony, code) = hers.begin_phone().await;
    assert_eq!(hers.get(&ceremony).await.expect(200).text("/state"), "waiting");
    let (phone, paired) = world.pair(&code).await;
    assert_eq!(
        (paired.organization.as_str(), paired.display_name.as_str()),
        ("Example", "Ada L.")
    );
    let done = hers.confirm_phone(&ceremony, &phone).await.expect(200);
    assert_eq!(
        (done.text("/state"), done.text("/method/detail")),
        ("complete", "Pixel 9")
    );
    // She signs in at another browser by typing the number, and sees it.
    world.pass(60);
    let phone = world
        .app()
        .phone(phone.key().clone(), phone.account(), phone.authenticator());
    let other = world.browser();
    let start = json!({ "user_name": "Ada", "password": PASSWORD, "return_to": "/activity" });
    let page = other.post("/api/v1/sign-ins", start).await.expect(200);
    assert_eq!(
        (page.text("/state"), page.text("/prompts/0/device")),
        ("waiting", "Pixel 9")
    );
    approve(&phone, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&other).await.text("/next/to"), "/activity");
    let activity = other.get("/api/v1/me/activity").await.expect(200);
    assert_eq!(
        (activity.text("/events/0/kind"), activity.text("/events/0/outcome")),
        ("sign_in", "success")
    );
    // She signs out everywhere, here included; her administrator is still there, and sees her with one method.
    other
        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": false }))
        .await
        .expect(200);
    assert!(!is_alive(&hers).await && !is_alive(&other).await && is_alive(&admin).await);
    let shown = admin.get(&format!("/api/v1/people/{id}")).await.expect(200);
    assert_eq!((shown.text("/status"), &shown.body["methods"]), ("active", &json!(1)));
    admin.post("/api/v1/sign-out", Value::Null).await.expect(204);
}

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
    let preview = by_code
        .get(&format!("/api/v1/me/methods/{phone}/removal"))
        .await
        .expect(200);
    assert_eq!(preview.body["sessions_ended"], 1);
    let removed = by_code.delete(&format!("/api/v1/me/methods/{phone}")).await.expect(200);
    assert_eq!(removed.body, json!({ "sessions_ended": 1, "signed_out": false }));
    by_number
        .get("/api/v1/me")
        .await
        .expect_problem(401, "session.required");
    by_code.get("/api/v1/me").await.expect(200);
}
