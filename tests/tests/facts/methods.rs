//! The security-info page: what it lists, names and prefers.

use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::asked;

#[tokio::test]
async fn methods_are_listed_with_what_they_are_good_for() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    let page = browser.get("/api/v1/me/methods").await.expect(200);
    let shapes: Vec<_> = page.body["methods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|method| {
            let text = |field: &str| method[field].as_str().unwrap().to_owned();
            (
                text("kind"),
                text("detail"),
                text("strength"),
                method["is_default"] == json!(true),
                method["removable"] == json!(true),
            )
        })
        .collect();
    let of = |kind: &str, detail: &str, strength: &str, default, removable| {
        (
            kind.to_owned(),
            detail.to_owned(),
            strength.to_owned(),
            default,
            removable,
        )
    };
    assert_eq!(
        shapes,
        [
            of("authenticator", "Test phone", "possession", true, true),
            of("totp", "6 digits, new every 30 seconds", "possession", false, true),
            of("password", "", "knowledge", false, false),
        ]
    );
    for method in page.body["methods"].as_array().unwrap() {
        assert!(
            !method["lacks"].as_array().unwrap().is_empty() && method["added_at"].is_string(),
            "{method}"
        );
    }
    assert_eq!(page.body["addable"].as_array().unwrap().len(), 5);
    assert_eq!(page.text("/fresh_until"), "2026-11-24T12:05:00Z");
    // The last one that is left cannot be removed, and says so beforehand.
    browser
        .delete(&format!("/api/v1/me/methods/{}", ada.generators[0].1))
        .await
        .expect(200);
    let page = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(page.body["methods"][0]["removable"], json!(false));
}

#[tokio::test]
async fn a_method_can_be_renamed_but_not_to_mislead() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let method = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    for name in [
        "",
        "   ",
        "a\nb",
        "a\u{0}b",
        "a\u{202e}b",
        "a\u{2066}b",
        &"x".repeat(65),
    ] {
        browser
            .patch(&method, json!({ "name": name }))
            .await
            .expect_problem(422, "name.invalid");
        let begin = json!({ "kind": "totp", "name": name });
        browser
            .post("/api/v1/me/methods", begin)
            .await
            .expect_problem(422, "name.invalid");
    }
    for (name, kept) in [
        ("Work phone", "Work phone"),
        ("  Zoë's <b>phone</b> ", "Zoë's <b>phone</b>"),
        ("cafe\u{301}", "café"),
    ] {
        assert_eq!(
            browser
                .patch(&method, json!({ "name": name }))
                .await
                .expect(200)
                .text("/name"),
            kept
        );
        assert_eq!(ada.phone(0).device().await.unwrap().name, kept);
        assert_eq!(
            browser
                .get("/api/v1/me/methods")
                .await
                .expect(200)
                .text("/methods/0/name"),
            kept
        );
    }
    let (page, _, _) = asked(&ada).await;
    assert_eq!(
        page.get("/api/v1/sign-ins/current")
            .await
            .expect(200)
            .text("/prompts/0/device"),
        "café"
    );
}

#[tokio::test]
async fn the_default_is_what_is_asked_first() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    let browser = ada.signed_in_by_number().await;
    let first = async || {
        let page = ada.enter_password(&world.browser()).await.expect(200);
        page.text("/prompts/0/kind").to_owned()
    };
    assert_eq!(first().await, "number");
    let default = |id: String| json!({ "id": id });
    browser
        .put("/api/v1/me/methods/default", default(ada.generators[0].1.to_string()))
        .await
        .expect(204);
    assert_eq!(first().await, "code");
    browser
        .put("/api/v1/me/methods/default", default(ada.phones[0].1.to_string()))
        .await
        .expect(204);
    assert_eq!(first().await, "number");
    for junk in ["password", "junk", "aut_01KAVXGA00000000000000000A"] {
        browser
            .put("/api/v1/me/methods/default", default(junk.to_owned()))
            .await
            .expect_problem(404, "method.not_found");
    }
    // What is not offered cannot be begun.
    for kind in ["pigeon", "password", "TOTP", "PASSKEY", ""] {
        let begin = browser.post("/api/v1/me/methods", json!({ "kind": kind })).await;
        begin.expect_problem(403, "policy.method_not_allowed");
    }
}

#[tokio::test]
async fn the_number_is_the_same_each_time_the_page_is_loaded() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    assert_eq!((digits.len(), prompt.number_length), (2, 2));
    for _ in 0..3 {
        world.pass(30);
        assert_eq!(
            browser
                .get("/api/v1/sign-ins/current")
                .await
                .expect(200)
                .text("/prompts/0/number"),
            digits
        );
    }
    // The phone is never told it, whatever it asks for.
    for path in ["/device/v1/prompts", "/device/v1/device"] {
        let told = ada.phone(0).call(reqwest::Method::GET, path, None).await.unwrap();
        assert!(!names(&told.body).contains(&"number".to_owned()), "{told:?}");
    }
}

/// All names of fields in a value.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| [vec![name.clone()], names(value)].concat())
            .collect(),
        Value::Array(values) => values.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}
