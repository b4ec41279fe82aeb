//! The story of the README, over HTTP, by the functions that were deployed.

use countersign_deployed::people::{self, Invited, add_phone, add_totp, code, poll};
use countersign_deployed::{deployed, sent};
use countersign_domain::delivery::Channel;
use countersign_tests::enrolling::approve;
use countersign_tests::{Browser, PASSWORD};
use serde_json::{Value, json};

async fn is_alive(browser: &Browser) -> bool {
    browser.get("/api/v1/me").await.status == 200
}

/// A browser that signed in by the number on its page.
async fn signed_in_by_number(ada: &Invited, phone: &countersign_device::Phone) -> Browser {
    let (browser, page) = ada.enter_password().await;
    assert_eq!(
        (page.text("/state"), page.text("/prompts/0/device")),
        ("waiting", "Pixel 9"),
        "{page:?}"
    );
    approve(phone, page.text("/prompts/0/number")).await;
    let done = poll(&browser).await;
    assert_eq!(
        (done.text("/state"), done.text("/next/to")),
        ("complete", "/activity"),
        "{done:?}"
    );
    browser
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn an_operator_gets_the_first_administrators_link_once() {
    let admin = people::administrator().await;
    assert_eq!(
        admin.get("/api/v1/me").await.expect(200).text("/account/role"),
        "administrator"
    );
    let again = people::first_administrator_link().await;
    assert_eq!(
        (again["link"].as_str(), again["code"].as_str()),
        (None, Some("account.state_conflict")),
        "{again}"
    );
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn an_invitation_comes_by_mail_from_the_organizations_sender() {
    people::invited("mila").await;
    let mails = sent::mails("mila@example.org").await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    let text = mail["BodyText"].as_str().unwrap();
    assert_eq!(mail["Source"], format!("no-reply@{}", deployed().mail_domain));
    assert!(
        text.contains("mila of Lovelace") && text.contains(&format!("{}/", deployed().origin)),
        "{text}"
    );
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn a_person_is_invited_pairs_signs_in_removes_and_signs_out_everywhere() {
    let ada = people::invited("ada").await;
    let phone = add_phone(&ada.browser, Channel::None).await;
    // The number.
    let by_number = signed_in_by_number(&ada, &phone).await;
    // A code.
    let seed = add_totp(&by_number).await;
    let (by_code, _) = ada.enter_password().await;
    let entered = by_code
        .post("/api/v1/sign-ins/current/code", json!({ "code": code(&seed) }))
        .await
        .expect(200);
    assert_eq!(entered.text("/state"), "complete", "{entered:?}");
    // Activity.
    let activity = by_code.get("/api/v1/me/activity").await.expect(200);
    let kinds: Vec<_> = activity.body["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["kind"].as_str().unwrap(), event["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(kinds[0], ("sign_in", "success"), "{kinds:?}");
    assert!(
        kinds.iter().filter(|kind| **kind == ("sign_in", "success")).count() >= 2,
        "{kinds:?}"
    );
    // Removal: the session that the phone opened ends at once, and the phone is told.
    let method = format!("/api/v1/me/methods/{}", phone.authenticator());
    assert_eq!(
        by_code.get(&format!("{method}/removal")).await.expect(200).body["allowed"],
        json!(true)
    );
    by_code.delete(&method).await.expect(200);
    assert!(!is_alive(&by_number).await && is_alive(&by_code).await);
    assert_eq!(phone.prompts().await.unwrap_err().code(), Some("device.removed"));
    // Everywhere.
    let out = by_code
        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": false }))
        .await;
    out.expect(200);
    assert!(!is_alive(&by_code).await && !is_alive(&ada.browser).await);
    // The administrator is still there, and sees her with one method.
    let admin = people::administrator().await;
    let shown = admin.get(&format!("/api/v1/people/{}", ada.id)).await.expect(200);
    assert_eq!(
        (shown.text("/status"), &shown.body["methods"]),
        ("active", &json!(1)),
        "{shown:?}"
    );
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn a_wrong_number_ends_the_prompt_and_opens_nothing() {
    let eve = people::invited("eve").await;
    let phone = add_phone(&eve.browser, Channel::None).await;
    let (browser, page) = eve.enter_password().await;
    let wrong = if page.text("/prompts/0/number") == "11" {
        "12"
    } else {
        "11"
    };
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let decision = countersign_domain::device::claims::Decision::Approve {
        number: countersign_domain::secret::Secret::new(wrong.to_owned()),
    };
    assert_eq!(
        phone.answer(&prompt, decision).await.unwrap_err().code(),
        Some("challenge.number_mismatch")
    );
    assert_ne!(poll(&browser).await.text("/state"), "complete");
    assert!(!is_alive(&browser).await);
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn somebody_who_was_disabled_is_out_at_once_and_back_when_enabled() {
    let ida = people::invited("ida").await;
    let phone = add_phone(&ida.browser, Channel::None).await;
    let browser = signed_in_by_number(&ida, &phone).await;
    let admin = people::administrator().await;
    admin
        .post(&format!("/api/v1/people/{}/disable", ida.id), Value::Null)
        .await
        .expect(200);
    assert!(!is_alive(&browser).await);
    let start = json!({ "user_name": "ida", "password": PASSWORD });
    assert_eq!(deployed().browser().post("/api/v1/sign-ins", start).await.status, 401);
    admin
        .post(&format!("/api/v1/people/{}/enable", ida.id), Value::Null)
        .await
        .expect(200);
    signed_in_by_number(&ida, &phone).await;
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn everything_else_is_the_portals() {
    let browser = deployed().browser();
    for page in ["/", "/sign-in", "/authenticator"] {
        let answer = browser.get(page).await.expect(200);
        assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{page}");
    }
    browser
        .get("/api/v1/nothing")
        .await
        .expect_problem(404, "request.not_found");
}
