//! Recovery codes: saved once, each good once, a spare beside other methods and never one of their own.

use countersign_tests::{Answer, Browser, Member, World};
use serde_json::{Value, json};

use crate::notices::changes;
use crate::support::{is_alive, signed_out};

const METHODS: &str = "/api/v1/me/methods";

/// A ceremony, and the codes that it shows.
async fn begin(browser: &Browser) -> (String, Vec<String>) {
    let begun = browser
        .post(METHODS, json!({ "kind": "recovery_codes" }))
        .await
        .expect(201);
    let codes = begun.body["prompts"][0]["codes"].as_array().unwrap().iter();
    let codes = codes.map(|code| code.as_str().unwrap().to_owned()).collect();
    (format!("/api/v1/me/enrollments/{}", begun.text("/id")), codes)
}

async fn confirm(browser: &Browser, ceremony: &str, code: &str) -> Answer {
    browser
        .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
        .await
}

/// A code in a sign-in of its own.
async fn enter(member: &Member<'_>, code: &str) -> (Browser, Answer) {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    let id = member.recovery_codes.as_ref().unwrap().1;
    let body = json!({ "authenticator_id": id, "code": code });
    let answer = browser.post("/api/v1/sign-ins/current/code", body).await;
    (browser, answer)
}

fn of_kind<'a>(methods: &'a Answer, kind: &str) -> Option<&'a Value> {
    methods.body["methods"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == kind)
}

#[tokio::test]
async fn codes_are_shown_until_one_of_them_is_typed_and_never_after() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (ceremony, codes) = begin(&browser).await;
    assert_eq!(codes.len(), 10);
    let again = browser.get(&ceremony).await.expect(200);
    assert_eq!(
        again.body["prompts"][0]["codes"],
        json!(codes),
        "a reload shows the same ones"
    );
    for wrong in ["", "A-2222-2222-2222-2222", &codes[0][2..]] {
        confirm(&browser, &ceremony, wrong)
            .await
            .expect_problem(401, "challenge.code_rejected");
    }
    let done = confirm(&browser, &ceremony, &codes[3].to_lowercase()).await.expect(200);
    assert_eq!(
        (done.text("/state"), &done.body["method"]["codes_left"]),
        ("complete", &json!(10))
    );
    browser.get(&ceremony).await.expect_problem(409, "enrollment.expired");
    assert_eq!(changes(&world), [("added", "Recovery codes".to_owned())]);
    let methods = browser.get(METHODS).await.expect(200);
    assert_eq!(of_kind(&methods, "recovery_codes").unwrap()["detail"], "10 of 10 left");
    let shown = methods.body.to_string();
    assert!(codes.iter().all(|code| !shown.contains(&code[2..])));
    // The one that was typed there opened nothing and is not spent.
    let other = world.browser();
    world.pass(30);
    ada.enter_password(&other).await.expect(200);
    let id = of_kind(&methods, "recovery_codes").unwrap()["id"].clone();
    let body = json!({ "authenticator_id": id, "code": codes[3] });
    other.post("/api/v1/sign-ins/current/code", body).await.expect(200);
}

#[tokio::test]
async fn a_recovery_code_opens_the_account_once_however_it_is_typed() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    let spelled = ada.recovery_code(6).to_lowercase().replace('-', " ");
    let (browser, answer) = enter(&ada, &spelled).await;
    let answer = answer.expect(200);
    assert_eq!(
        (answer.text("/state"), answer.body.get("codes_left")),
        ("complete", None)
    );
    let sessions = browser.get("/api/v1/me/sessions").await.expect(200);
    assert!(sessions.body.to_string().contains("Recovery codes"), "{sessions:?}");
    let methods = browser.get(METHODS).await.expect(200);
    assert_eq!(of_kind(&methods, "recovery_codes").unwrap()["codes_left"], 9);
    for code in [ada.recovery_code(6), &spelled] {
        let (other, again) = enter(&ada, code).await;
        again.expect_problem(401, "challenge.code_rejected");
        signed_out(&other).await;
    }
    enter(&ada, ada.recovery_code(7)).await.1.expect(200);
}

#[tokio::test]
async fn recovery_codes_are_only_a_spare() {
    let world = World::start().await;
    // Not the first method of an account.
    let bare = world.member("bea").create().await;
    let browser = world.browser();
    bare.enter_password(&browser).await.expect(200);
    browser
        .post(METHODS, json!({ "kind": "recovery_codes" }))
        .await
        .expect_problem(409, "method.needs_another_first");
    let methods = browser.get(METHODS).await.expect(200);
    let reasons = methods.body["not_available"].as_array().unwrap();
    let why = reasons.iter().find(|one| one["kind"] == "recovery_codes").unwrap();
    assert_eq!(why["code"], "method.needs_another_first");

    // Not asked first, not the default, and no reason to let the last other one go.
    let ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.text("/prompts/0/kind"), "code");
    assert_eq!(
        (page.text("/alternatives/0/prompt"), page.text("/alternatives/0/kind")),
        ("text", "recovery_codes")
    );
    let browser = ada.signed_in_by_code().await;
    let id = ada.recovery_codes.as_ref().unwrap().1;
    browser
        .put(&format!("{METHODS}/default"), json!({ "id": id }))
        .await
        .expect_problem(404, "method.not_found");
    browser
        .delete(&format!("{METHODS}/{}", ada.generators[0].1))
        .await
        .expect_problem(409, "method.last_or_required");
    browser.delete(&format!("{METHODS}/{id}")).await.expect(200);
    let (other, gone) = enter(&ada, ada.recovery_code(0)).await;
    gone.expect_problem(404, "method.not_found");
    signed_out(&other).await;
}

#[tokio::test]
async fn new_codes_void_the_old_ones_and_end_what_they_opened() {
    let world = World::start().await;
    let mut ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    let (by_code, answer) = enter(&ada, ada.recovery_code(0)).await;
    answer.expect(200);
    let browser = ada.signed_in_by_code().await;
    let (ceremony, codes) = begin(&browser).await;
    // Until the new ones are confirmed the old ones are good.
    enter(&ada, ada.recovery_code(1)).await.1.expect(200);
    confirm(&browser, &ceremony, &codes[0]).await.expect(200);
    assert_eq!(changes(&world), [("codes_renewed", "Recovery codes".to_owned())]);
    assert!(!is_alive(&by_code).await);
    assert!(is_alive(&browser).await);
    let methods = browser.get(METHODS).await.expect(200);
    let sets = methods.body["methods"].as_array().unwrap().iter();
    assert_eq!(sets.filter(|one| one["kind"] == "recovery_codes").count(), 1);
    let (other, old) = enter(&ada, ada.recovery_code(2)).await;
    old.expect_problem(404, "method.not_found");
    signed_out(&other).await;
    let id = of_kind(&methods, "recovery_codes").unwrap()["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    ada.recovery_codes = Some((codes, id));
    enter(&ada, ada.recovery_code(2)).await.1.expect(200);
}

#[tokio::test]
async fn wrong_recovery_codes_share_one_count_whichever_code_they_are_for() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    for letter in ["A", "B", "C", "J", "Z"] {
        let wrong = format!("{letter}-2222-2222-2222-2222");
        enter(&ada, &wrong)
            .await
            .1
            .expect_problem(401, "challenge.code_rejected");
    }
    let (browser, closed) = enter(&ada, ada.recovery_code(0)).await;
    closed.expect_problem(429, "attempts.exhausted");
    signed_out(&browser).await;
    world.pass(60);
    enter(&ada, ada.recovery_code(0)).await.1.expect(200);
}

#[tokio::test]
async fn the_last_codes_ask_for_new_ones_and_none_left_is_no_way_in() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().with_recovery_codes().create().await;
    for index in 0..10 {
        let (_, answer) = enter(&ada, ada.recovery_code(index)).await;
        let left = 9 - index;
        let told = answer.expect(200).body.get("codes_left").cloned();
        assert_eq!(told, (left <= 3).then(|| json!(left)), "after code {index}");
    }
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(
        page.body["alternatives"],
        json!([]),
        "a set that is used up is not offered"
    );
    let browser = ada.signed_in_by_code().await;
    let methods = browser.get(METHODS).await.expect(200);
    assert_eq!(of_kind(&methods, "recovery_codes").unwrap()["codes_left"], 0);
    let (ceremony, codes) = begin(&browser).await;
    confirm(&browser, &ceremony, &codes[9]).await.expect(200);
    let page = ada.enter_password(&world.browser()).await.expect(200);
    assert_eq!(page.text("/alternatives/0/kind"), "recovery_codes");
}
