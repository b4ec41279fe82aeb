//! Phones that are reached through SNS, text messages, and the simulator at the command line.

use std::process::Command;

use countersign_deployed::calls::Call;
use countersign_deployed::people::{self, add_phone, poll};
use countersign_deployed::{deployed, sent};
use countersign_domain::delivery::Channel;
use countersign_domain::secret::Secret;
use countersign_tests::enrolling::approve;
use serde_json::Value;

/// A phone of that kind is registered at its application, and a sign-in's push tells it which prompt waits and nothing else.
async fn is_told_only_which_prompt_waits(user_name: &str, kind: &str, channel: Channel, token: &str) {
    let joan = people::invited(user_name).await;
    let phone = add_phone(&joan.browser, channel).await;
    let registered = sent::recorded("CreatePlatformEndpoint").await;
    let registered = registered
        .iter()
        .find(|call| call["parameters"]["Token"] == token)
        .unwrap();
    assert_eq!(registered["status"], 200, "{registered}");
    assert_eq!(
        registered["parameters"]["PlatformApplicationArn"],
        deployed().applications[kind]
    );
    assert_eq!(registered["parameters"].get("CustomUserData"), None, "{registered}");

    let (browser, page) = joan.enter_password().await;
    assert_eq!(page.text("/prompts/0/delivery"), "sent", "{page:?}");
    let number = page.text("/prompts/0/number").to_owned();
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let published = sent::recorded("Publish").await;
    let of_this = published.iter().filter(|call| {
        call["parameters"]["Message"]
            .to_string()
            .contains(&prompt.id.to_string())
    });
    let [push] = of_this.collect::<Vec<_>>()[..] else {
        panic!("{published:?}")
    };
    assert_eq!(push["status"], 200, "{push}");
    assert_eq!(push["parameters"]["MessageStructure"], "json");
    let bodies: Value = serde_json::from_str(push["parameters"]["Message"].as_str().unwrap()).unwrap();
    let told = told(&bodies, kind);
    // Neither the number, nor who signs in, nor where from: a lock screen is read by others.
    let shown = format!("{bodies}").replace(&prompt.id.to_string(), "");
    for secret in [
        user_name,
        "Lovelace",
        "example.org",
        "127.0.0.1",
        "Firefox",
        phone.account().to_string().as_str(),
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let digits: Vec<_> = shown
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| *run == number)
        .collect();
    assert!(
        digits.is_empty() || number == "10" || number == "120",
        "{number} in {shown}"
    );
    assert_eq!(told, prompt.id.to_string(), "{bodies}");
    approve(&phone, &number).await;
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

/// The prompt that a push names in its platform's own body; each has no other field than the protocol's.
fn told(bodies: &Value, kind: &str) -> String {
    let platform = if kind == "apns" { "APNS" } else { "GCM" };
    let body: Value = serde_json::from_str(bodies[platform].as_str().unwrap()).unwrap();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let told = if kind == "apns" {
        assert_eq!(
            (names(&body), names(&body["aps"])),
            (
                vec!["aps".to_owned(), "prompt".to_owned()],
                ["alert", "category", "sound"].map(str::to_owned).to_vec()
            ),
            "{body}"
        );
        &body["prompt"]
    } else {
        let message = &body["fcmV1Message"]["message"];
        assert_eq!(
            names(message),
            ["android", "data", "notification"].map(str::to_owned),
            "{body}"
        );
        assert_eq!(names(&message["data"]), ["prompt"].map(str::to_owned), "{body}");
        &message["data"]["prompt"]
    };
    told.as_str().unwrap().to_owned()
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn an_apple_phone_is_told_only_which_prompt_waits() {
    let token = "a9".repeat(32);
    let channel = Channel::Apns {
        token: Secret::new(token.clone()),
        endpoint_arn: None,
    };
    is_told_only_which_prompt_waits("joan", "apns", channel, &token).await;
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn an_android_phone_is_told_only_which_prompt_waits() {
    let token = format!("fcm-{}", "b8".repeat(60));
    let channel = Channel::Fcm {
        token: Secret::new(token.clone()),
        endpoint_arn: None,
    };
    is_told_only_which_prompt_waits("hedy", "fcm", channel, &token).await;
}

/// Codes go out of the functions that add numbers and sign people in, and of no other.
#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn only_enrollment_and_verification_send_text_messages() {
    const TO: &str = "+4915187654321";
    let sms = Call::sns("Publish", &[("PhoneNumber", TO), ("Message", "a code")]);
    let mut allowed = 0;
    for (name, function) in &deployed().functions {
        let said = sms.by(&function.credentials).await;
        let may = ["enrollment", "verification"].contains(&name.as_str());
        assert_eq!(said.is_denied(), !may, "{name}: {said:?}");
        allowed += usize::from(may);
    }
    assert_eq!(sent::text_messages(TO).await.len(), allowed);
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn the_simulator_pairs_and_approves_at_the_deployed_origin() {
    let simulator = std::env::var("COUNTERSIGN_SIMULATOR").expect("the path of the simulator");
    let state = countersign_deployed::file().with_extension("simulator");
    let simulate = |arguments: &[&str]| {
        let ran = Command::new(&simulator)
            .arg("--state")
            .arg(&state)
            .args(arguments)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{arguments:?}: {ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let mary = people::invited("mary").await;
    let (ceremony, code) = mary.browser.begin_phone().await;
    let said = simulate(&["pair", code.canonical(), "--origin", &deployed().origin]);
    assert!(said.contains("Paired with Example as mary of Lovelace"), "{said}");
    let page = mary.browser.get(&ceremony).await.expect(200);
    simulate(&["approve", page.text("/prompts/0/number")]);
    assert_eq!(mary.browser.get(&ceremony).await.expect(200).text("/state"), "complete");
    let (browser, page) = mary.enter_password().await;
    simulate(&["approve", page.text("/prompts/0/number")]);
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}
