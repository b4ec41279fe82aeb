//! The second factor: asked for whatever the door, and no step on the way to it can be left out.

use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::enter;

#[tokio::test]
async fn a_registered_second_factor_is_always_asked_for() {
    let world = World::start().await;
    let with_phone = world.member("ada").with_phone().create().await;
    let with_code = world.member("bea").with_totp().create().await;
    let with_both = world.member("cleo").with_totp().with_phone().create().await;
    let administrator = world.member("root").administrator().with_totp().create().await;
    for member in [&with_phone, &with_code, &with_both, &administrator] {
        let browser = world.browser();
        let page = member.enter_password(&browser).await.expect(200);
        assert_ne!(page.text("/state"), "complete");
        assert_eq!(browser.cookie("__Host-cs-session"), None);
        browser.get("/api/v1/me").await.expect_problem(401, "session.required");
    }
    // Nor does it help to be known, to be signed in already, or to have been a moment ago.
    let browser = with_code.signed_in_by_code().await;
    let page = with_code.enter_password(&browser).await.expect(200);
    assert_eq!(page.text("/state"), "choose");
    let again = json!({ "password": countersign_tests::PASSWORD });
    assert_eq!(
        browser
            .post("/api/v1/reauthentications", again)
            .await
            .expect(200)
            .text("/state"),
        "choose"
    );
    browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
    assert_eq!(
        with_code.enter_password(&browser).await.expect(200).text("/state"),
        "choose"
    );
}

#[tokio::test]
async fn no_step_of_a_sign_in_can_be_skipped() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let eve = world.member("eve").with_phone().with_totp().create().await;
    let not_under_way = "sign_in.not_under_way";
    // Without the password, none of the later steps is there.
    let browser = world.browser();
    browser
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, not_under_way);
    browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect_problem(409, not_under_way);
    enter(&browser, &ada.code(0)).await.expect_problem(409, not_under_way);
    // Empty ones are none.
    browser
        .post("/api/v1/sign-ins", json!({ "user_name": "ada", "password": "" }))
        .await
        .expect_problem(401, "sign_in.rejected");
    ada.enter_password(&browser).await.expect(200);
    enter(&browser, "").await.expect_problem(401, "challenge.code_rejected");
    browser
        .post("/api/v1/sign-ins/current/code", json!({}))
        .await
        .expect_problem(400, "request.malformed");
    browser
        .post("/api/v1/sign-ins/current/code", json!({ "code": null }))
        .await
        .expect_problem(400, "request.malformed");
    // Another account's factor is no factor here; nor is a phone a generator.
    for id in [eve.generators[0].1, eve.phones[0].1, ada.phones[0].1] {
        let body = json!({ "authenticator_id": id, "code": eve.code(0) });
        browser
            .post("/api/v1/sign-ins/current/code", body)
            .await
            .expect_problem(404, "method.not_found");
    }
    for id in [eve.phones[0].1, ada.generators[0].1] {
        let body = json!({ "authenticator_id": id });
        browser
            .post("/api/v1/sign-ins/current/prompt", body)
            .await
            .expect_problem(404, "method.not_found");
    }
    enter(&browser, &eve.code(0))
        .await
        .expect_problem(401, "challenge.code_rejected");
    // The cookie that carries the steps is sealed, and dies after ten minutes or when it is given up.
    let cookie = browser.cookie("__Host-cs-sign-in").unwrap();
    let flip = if cookie.ends_with('A') { "B" } else { "A" };
    for forged in [
        "",
        "1.",
        "1.AAAA",
        "2.AAAA",
        &cookie[2..],
        &cookie[..cookie.len() - 1],
        &format!("{}{flip}", &cookie[..cookie.len() - 1]),
    ] {
        let thief = world.browser();
        thief.set_cookie("__Host-cs-sign-in", forged);
        enter(&thief, &ada.code(0)).await.expect_problem(409, not_under_way);
    }
    world.pass(10 * 60 - 1);
    browser.get("/api/v1/sign-ins/current").await.expect(200);
    world.pass(1);
    enter(&browser, &ada.code(0)).await.expect_problem(409, not_under_way);
    ada.enter_password(&browser).await.expect(200);
    browser.delete("/api/v1/sign-ins/current").await.expect(204);
    enter(&browser, &ada.code(0)).await.expect_problem(409, not_under_way);
}
