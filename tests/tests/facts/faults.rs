//! Faults of the database between two writes, and of whole tables: what is half done opens nothing, and can be gone on from.

use countersign_tests::{Answer, Metered, PASSWORD, Trick};
use serde_json::json;

use crate::support::{enter, is_alive};

/// More than the tries that the service makes of one request.
const ALWAYS: usize = 100;

#[track_caller]
fn unavailable(answer: &Answer) {
    answer.clone().expect_problem(503, "service.unavailable");
    assert!(answer.retry_after().is_some());
}

#[tokio::test]
async fn a_removal_that_fails_half_way_leaves_no_way_in() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let (by_number, by_code) = (ada.signed_in_by_number().await, ada.signed_in_by_code().await);
    let phone = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    database.play("TransactWriteItems", "AUTHENTICATOR#", Trick::Throttle, ALWAYS);
    unavailable(&by_code.delete(&phone).await);
    database.heal();
    assert!(is_alive(&by_number).await, "nothing is changed yet");
    by_code.delete(&phone).await.expect(200);
    assert!(!is_alive(&by_number).await);
    // Signing out everywhere: the epoch stands though the sessions could not be listed.
    let under_way = world.browser();
    ada.enter_password(&under_way).await.expect(200);
    world.pass(30);
    database.play("Query", "SESSION#", Trick::Throttle, ALWAYS);
    unavailable(
        &by_code
            .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))
            .await,
    );
    database.heal();
    enter(&under_way, &ada.code(0))
        .await
        .expect_problem(409, "sign_in.not_under_way");
    by_code
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_pairing_whose_replies_are_lost_still_pairs_its_phone_once() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (ceremony, code) = browser.begin_phone().await;
    // The code is taken, the authenticator is put, its test prompt is opened: each meets its own write.
    database.play("UpdateItem", "PAIRING#", Trick::LoseReply, 1);
    database.play("PutItem", "AUTHENTICATOR#", Trick::LoseReply, 1);
    database.play("PutItem", "ENROLLMENT#", Trick::LoseReply, 1);
    let (phone, _) = world.pair(&code).await;
    assert_eq!(database.heal(), 3);
    let again = world
        .app()
        .pair(
            &code,
            &"Pixel 9".parse().unwrap(),
            countersign_domain::delivery::Channel::None,
        )
        .await;
    assert_eq!(again.unwrap_err().code(), Some("pairing.expired"));
    // The proof that comes with the phone's first request, and what makes the phone count.
    database.play("PutItem", "PROOF#", Trick::LoseReply, 1);
    database.play("TransactWriteItems", "AUTHENTICATOR#", Trick::LoseReply, 1);
    let done = browser.confirm_phone(&ceremony, &phone).await.expect(200);
    assert_eq!((done.text("/state"), database.heal()), ("complete", 2));
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(
        methods.body["methods"].as_array().unwrap().len(),
        3,
        "phone, generator, password"
    );
}

#[tokio::test]
async fn a_table_that_is_out_is_told_in_time_and_opens_nothing() {
    let (world, database) = Metered::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    for (operation, about) in [
        ("GetItem", "\"sessions\""),
        ("Query", "\"directory\""),
        ("GetItem", "\"directory\""),
    ] {
        database.play(operation, about, Trick::Throttle, ALWAYS);
        for sign_in in [false, true] {
            let (started, fresh) = (std::time::Instant::now(), world.browser());
            let answer = if sign_in {
                ada.enter_password(&fresh).await
            } else {
                browser.get("/api/v1/me").await
            };
            assert!(
                answer.status == 503 || (!sign_in && answer.status == 200),
                "{operation} {about}: {answer:?}"
            );
            // It gives up after 2.8 s; the rest is for a machine that has other things to do.
            assert!(started.elapsed().as_secs() < 6, "{operation} {about}");
            assert_eq!(fresh.cookie("__Host-cs-sign-in"), None);
        }
        database.heal();
    }
    assert!(is_alive(&browser).await);
}
