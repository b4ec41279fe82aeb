//! What SNS is sent, and what its answers become, on a server that records.

use std::collections::BTreeMap;

use countersign_domain::entropy::Seeded;
use jiff::Timestamp;
use serde_json::Value;
use wiremock::matchers::body_string_contains;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::aws::Aws;

const APP: &str = "arn:aws:sns:eu-west-1:123456789012:app/APNS/countersign";
const ENDPOINT: &str = "arn:aws:sns:eu-west-1:123456789012:endpoint/APNS/countersign/1";

fn sns(server: &MockServer) -> Sns {
    let mut config = Config::local("https://id.example.com");
    config.applications = Applications {
        apns: Some(APP.into()),
        fcm: None,
    };
    config.phones.texts_as = Some("EXAMPLE".to_owned());
    Sns::new(Aws::at(&server.uri()).sns(), &config)
}

fn prompt() -> PromptId {
    PromptId::new(Timestamp::UNIX_EPOCH, &Seeded::new("sns"))
}

async fn answering(action: &str, status: u16, body: String) -> MockServer {
    let server = MockServer::start().await;
    answer(&server, action, status, body).await;
    server
}

async fn answer(server: &MockServer, action: &str, status: u16, body: String) {
    let response = ResponseTemplate::new(status).set_body_raw(body, "text/xml");
    Mock::given(body_string_contains(format!("Action={action}&")))
        .respond_with(response)
        .mount(server)
        .await;
}

fn result(action: &str, inner: &str) -> String {
    format!(
        "<{action}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><{action}Result>{inner}</{action}Result></{action}Response>"
    )
}

fn error(code: &str, message: &str) -> String {
    format!(
        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    )
}

async fn requests(server: &MockServer) -> Vec<BTreeMap<String, String>> {
    let requests = server.received_requests().await.unwrap();
    requests
        .iter()
        .map(|request| url::form_urlencoded::parse(&request.body).into_owned().collect())
        .collect()
}

#[tokio::test]
async fn a_push_carries_a_body_for_each_platform_and_nothing_but_the_prompt() {
    let server = answering("Publish", 200, result("Publish", "<MessageId>m</MessageId>")).await;
    assert_eq!(sns(&server).push(ENDPOINT, prompt()).await.unwrap(), Sent::Sent);
    let sent = &requests(&server).await[0];
    assert_eq!(
        (sent["TargetArn"].as_str(), sent["MessageStructure"].as_str()),
        (ENDPOINT, "json")
    );
    let message: BTreeMap<String, String> = serde_json::from_str(&sent["Message"]).unwrap();
    assert_eq!(message["default"], "Open to answer a sign-in request.");
    let alert = json!({ "title": "Countersign", "body": "Open to answer a sign-in request." });
    let apns = json!({ "aps": { "alert": alert, "sound": "default", "category": "SIGN_IN" }, "prompt": prompt() });
    assert_eq!(serde_json::from_str::<Value>(&message["APNS"]).unwrap(), apns);
    let fcm = json!({ "fcmV1Message": { "message": {
        "notification": alert, "data": { "prompt": prompt() }, "android": { "priority": "high", "ttl": "120s" },
    } } });
    assert_eq!(serde_json::from_str::<Value>(&message["GCM"]).unwrap(), fcm);
}

#[tokio::test]
async fn a_disabled_or_deleted_endpoint_is_a_channel_that_is_gone() {
    for code in ["EndpointDisabled", "NotFound"] {
        let server = answering("Publish", 400, error(code, "x")).await;
        assert_eq!(
            sns(&server).push(ENDPOINT, prompt()).await.unwrap(),
            Sent::ChannelGone,
            "{code}"
        );
    }
}

#[tokio::test]
async fn a_phone_is_registered_and_its_endpoint_enabled() {
    let made = result(
        "CreatePlatformEndpoint",
        &format!("<EndpointArn>{ENDPOINT}</EndpointArn>"),
    );
    let server = answering("CreatePlatformEndpoint", 200, made).await;
    answer(
        &server,
        "SetEndpointAttributes",
        200,
        result("SetEndpointAttributes", ""),
    )
    .await;
    assert_eq!(
        sns(&server).register_apple("token").await.unwrap().as_deref(),
        Some(ENDPOINT)
    );
    let sent = requests(&server).await;
    assert_eq!(
        (sent[0]["PlatformApplicationArn"].as_str(), sent[0]["Token"].as_str()),
        (APP, "token")
    );
    assert!(sent[1].values().any(|value| value == "Enabled") && sent[1].values().any(|value| value == "true"));
    assert!(!sent[0].contains_key("CustomUserData"), "no personal data");
}

#[tokio::test]
async fn an_endpoint_that_exists_with_other_attributes_is_taken_over() {
    let message = format!(
        "Invalid parameter: Token Reason: Endpoint {ENDPOINT} already exists with the same Token, but different attributes."
    );
    let server = answering("CreatePlatformEndpoint", 400, error("InvalidParameter", &message)).await;
    answer(
        &server,
        "SetEndpointAttributes",
        200,
        result("SetEndpointAttributes", ""),
    )
    .await;
    assert_eq!(
        sns(&server).register_apple("token").await.unwrap().as_deref(),
        Some(ENDPOINT)
    );
    assert_eq!(requests(&server).await[1]["EndpointArn"], ENDPOINT);
}

#[tokio::test]
async fn a_bad_token_is_refused_and_an_outage_is_a_fault() {
    let server = answering(
        "CreatePlatformEndpoint",
        400,
        error("InvalidParameter", "Invalid parameter: Token"),
    )
    .await;
    assert!(matches!(
        sns(&server).register_apple("x").await,
        Err(ApiError::Refused(Refusal::ChannelInvalid))
    ));
    let server = answering("CreatePlatformEndpoint", 500, error("InternalError", "x")).await;
    assert!(matches!(
        sns(&server).register_apple("x").await,
        Err(ApiError::Failed(Fault::Unavailable { .. }))
    ));
}

#[tokio::test]
async fn without_an_application_the_phone_polls() {
    let server = MockServer::start().await;
    assert_eq!(sns(&server).register_firebase("token").await.unwrap(), None);
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn a_text_message_goes_to_a_number_as_transactional() {
    let server = answering("Publish", 200, result("Publish", "<MessageId>m</MessageId>")).await;
    let sending = sns(&server);
    let sent = sending.sms("+351912345678", "123456", Tongue::English).await.unwrap();
    assert_eq!(sent, Sent::Sent);
    let sent = &requests(&server).await[0];
    assert_eq!(sent["PhoneNumber"], "+351912345678");
    assert!(
        sent["Message"].ends_with("\n\n@id.example.com #123456"),
        "{}",
        sent["Message"]
    );
    for value in ["Transactional", "EXAMPLE"] {
        assert!(sent.values().any(|given| given == value), "{value}");
    }
    assert!(!sent.values().any(|given| given.contains("OriginationNumber")));
}

#[tokio::test]
async fn what_sns_refuses_is_told_in_our_words_and_not_tried_again() {
    for (code, message, why) in [
        (
            "InvalidParameter",
            "Invalid parameter: Phone number is opted out",
            Why::OptedOut,
        ),
        ("InvalidParameter", "Invalid parameter: PhoneNumber", Why::Unreachable),
        ("Throttled", "Rate exceeded", Why::QuotaSpent),
    ] {
        let server = answering("Publish", 400, error(code, message)).await;
        let sending = sns(&server);
        let sent = sending.sms("+351912345678", "123456", Tongue::English).await.unwrap();
        assert_eq!(sent, Sent::Refused(why), "{message}");
        assert_eq!(requests(&server).await.len(), 1, "{code}");
    }
}

#[tokio::test]
async fn an_outage_of_texts_is_a_fault_and_is_not_tried_again() {
    let server = answering("Publish", 500, error("InternalError", "+351912345678")).await;
    let sending = sns(&server);
    let fault = sending
        .sms("+351912345678", "123456", Tongue::English)
        .await
        .unwrap_err();
    assert_eq!(
        fault.story().clone(),
        "SNS: text message is unavailable: it refused: InternalError"
    );
    assert_eq!(requests(&server).await.len(), 1);
}
