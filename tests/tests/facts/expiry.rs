//! Rows that are past their end and still stand: the database may take days to clean up, and nothing may depend on it.

use countersign_domain::delivery::Channel;
use countersign_tests::{PASSWORD, World, codes};
use reqwest::Method;
use serde_json::json;

use crate::support::{enter, guess, is_alive, mailed_token, refused, stored};

#[tokio::test]
async fn expired_rows_that_still_stand_are_refused() {
    let world = World::start().await;
    let root = world
        .member("root")
        .administrator()
        .with_phone()
        .with_totp()
        .create()
        .await;
    let browser = root.signed_in_by_code().await;
    let person = json!({ "user_name": "ada", "display_name": "Ada", "mail": "ada@example.org", "role": "member" });
    browser.post("/api/v1/people", person).await.expect(201);
    let link = mailed_token(&world);
    let (totp, seed) = browser.begin_totp().await;
    let (_, code) = browser.begin_phone().await;
    let (pairing, paired) = browser.begin_phone().await;
    let (phone, _) = world.pair(&paired).await;
    let under_way = world.browser();
    let page = root.enter_password(&under_way).await.expect(200);
    let prompt = root.open_prompt(0).await;
    let first = world.parts.first_administrator_link().await.unwrap();
    let before = stored(&world).await;
    let kinds = [
        "SESSION#",
        "INVITATION#",
        "ENROLLMENT#",
        "PAIRING#",
        "PROMPT",
        "PROOF#",
        "GUESSES#",
        "AUTHENTICATOR#",
    ];
    for kind in kinds {
        assert!(
            kind == "GUESSES#" || before.keys().any(|key| key.contains(kind)),
            "{kind}"
        );
    }

    world.pass(25 * 3600);
    let after = stored(&world).await;
    assert!(
        before.keys().all(|key| after.contains_key(key)),
        "all of it still stands"
    );

    assert!(!is_alive(&browser).await);
    let accept = json!({ "token": link, "password": PASSWORD });
    browser
        .post("/api/v1/invitations/accept", accept)
        .await
        .expect_problem(410, "invitation.invalid");
    if let Some(first) = first {
        let token = first.expose().split_once("#token=").unwrap().1.to_owned();
        let accept = json!({ "token": token, "password": PASSWORD, "user_name": "x", "display_name": "X" });
        browser
            .post("/api/v1/invitations/accept", accept)
            .await
            .expect_problem(410, "invitation.invalid");
    }
    let pair = world
        .app()
        .pair(&code, &"Pixel 9".parse().unwrap(), Channel::None)
        .await;
    assert_eq!(pair.unwrap_err().code(), Some("pairing.expired"));
    let late = world
        .app()
        .phone(phone.key().clone(), root.account, phone.authenticator());
    refused(
        &late.call(Method::GET, "/device/v1/device", None).await.unwrap(),
        410,
        "device.removed",
    );
    let number = countersign_domain::secret::Secret::new(page.text("/prompts/0/number").to_owned());
    let decision = countersign_domain::device::claims::Decision::Approve { number };
    let answered = root.phone(0).answer(&prompt, decision).await.unwrap_err();
    assert_eq!(answered.code(), Some("challenge.expired"));
    enter(&under_way, &root.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");

    let again = root.signed_in_by_code().await;
    for ceremony in [&totp, &pairing] {
        again.get(ceremony).await.expect_problem(409, "enrollment.expired");
        let confirm = json!({ "code": codes::code(&seed, world.now()) });
        again
            .post(&format!("{ceremony}/confirm"), confirm)
            .await
            .expect_problem(409, "enrollment.expired");
    }
    let sessions = again.get("/api/v1/me/sessions").await.expect(200);
    assert_eq!(
        sessions.body["sessions"].as_array().unwrap().len(),
        1,
        "what is over is not listed"
    );
}

#[tokio::test]
async fn activity_is_kept_for_thirty_days_and_not_shown_after() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    ada.signed_in_by_number().await;
    let day = 24 * 3600;
    world.pass(15 * day);
    ada.signed_in_by_number().await;
    let listed = async || {
        let page = ada
            .signed_in_by_number()
            .await
            .get("/api/v1/me/activity")
            .await
            .expect(200);
        page.body["events"].as_array().unwrap().len()
    };
    world.pass(15 * day - 1);
    assert_eq!(listed().await, 3);
    world.pass(1);
    assert_eq!(listed().await, 3, "the first is gone, one has come");
    assert_eq!(
        stored(&world)
            .await
            .keys()
            .filter(|key| key.starts_with("activity "))
            .count(),
        4,
        "though it still stands"
    );
}

#[tokio::test]
async fn old_counts_of_wrong_passwords_end_by_themselves() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    for n in 0..9 {
        guess(&world.browser(), "ada", &format!("wrong {n}"))
            .await
            .expect_problem(401, "sign_in.rejected");
    }
    world.pass(24 * 3600);
    // Whether the row is gone or not, the right password gets in, and a tenth wrong one closes the name for a minute at most.
    guess(&world.browser(), "ada", "wrong again")
        .await
        .expect_problem(401, "sign_in.rejected");
    world.pass(60);
    ada.enter_password(&world.browser()).await.expect(200);
}
