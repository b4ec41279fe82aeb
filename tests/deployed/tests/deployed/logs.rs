//! What the functions log, read where it ends.

use countersign_deployed::calls::Call;
use countersign_deployed::people::{self, add_phone, add_totp, code, poll};
use countersign_deployed::{Function, deployed};
use countersign_domain::delivery::Channel;
use countersign_domain::encoding::base64url;
use countersign_domain::secret::Secret;
use countersign_tests::PASSWORD;
use countersign_tests::enrolling::approve;
use serde_json::{Value, json};

/// Everything that a function has logged.
async fn logged(function: &Function) -> String {
    let (mut lines, mut next) = (String::new(), Value::Null);
    loop {
        let mut page = json!({ "logGroupName": function.log_group });
        if next.is_string() {
            page["nextToken"] = next.clone();
        }
        let said = Call::logs("FilterLogEvents", &page).by_root().await;
        assert_eq!(said.status, 200, "{said:?}");
        let page = said.json();
        for event in page["events"].as_array().unwrap() {
            lines.push_str(event["message"].as_str().unwrap());
            lines.push('\n');
        }
        if page["nextToken"].is_null() || page["nextToken"] == next {
            return lines;
        }
        next = page["nextToken"].clone();
    }
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn nothing_secret_or_personal_is_logged() {
    let push = format!("fcm-{}", "e5".repeat(60));
    let channel = Channel::Fcm {
        token: Secret::new(push.clone()),
        endpoint_arn: None,
    };
    let grace = people::invited("grace").await;
    let phone = add_phone(&grace.browser, channel).await;
    let (browser, page) = grace.enter_password().await;
    approve(&phone, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    let seed = add_totp(&browser).await;
    let entered = code(&seed);
    let (by_code, _) = grace.enter_password().await;
    let typed = by_code.post("/api/v1/sign-ins/current/code", json!({ "code": entered }));
    typed.await.expect(200);

    let secrets = [
        PASSWORD.to_owned(),
        grace.token.clone(),
        grace.browser.cookie("__Host-cs-session").unwrap(),
        browser.cookie("__Host-cs-session").unwrap(),
        by_code.cookie("__Host-cs-session").unwrap(),
        push,
        base64url(&seed),
        format!("\"{entered}\""),
        base64url(phone.key().pkcs8().expose()),
    ];
    let personal = ["grace@example.org", "grace of Lovelace", "\"grace\""].map(str::to_owned);
    for name in ["enrollment", "verification", "relay", "administration"] {
        let logged = logged(&deployed().functions[name]).await;
        // It is the log, and of the very requests: so an absence means something.
        let faas = format!("\"faas.name\":\"{name}\"");
        assert!(
            logged.contains(&faas) && logged.contains("answered 201") || name == "verification",
            "{name}: {logged}"
        );
        for told in secrets.iter().chain(&personal) {
            assert!(!logged.contains(told.as_str()), "{told} in the log of {name}");
        }
    }
}
