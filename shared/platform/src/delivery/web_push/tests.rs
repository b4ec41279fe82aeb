//! Web pushes read by another implementation than the one that wrote them, at a push service that records.

mod phone;

use countersign_domain::entropy::Seeded;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use self::phone::Phone;
use super::*;
use crate::clock::TestClock;
use crate::keys::{Keyring, StaticKeys};

fn web_push() -> WebPush {
    let keys = Arc::new(StaticKeys::new(Keyring::generate().unwrap()));
    let clock = Arc::new(TestClock::at(Timestamp::from_second(1_000_000).unwrap()));
    WebPush::new(&Config::local("https://id.example.com"), keys, clock)
}

fn ids() -> (AccountId, PromptId) {
    let entropy = Seeded::new("web push");
    (
        AccountId::new(Timestamp::UNIX_EPOCH, &entropy),
        PromptId::new(Timestamp::UNIX_EPOCH, &entropy),
    )
}

async fn service(status: u16) -> MockServer {
    let server = MockServer::start().await;
    let redirected = server.uri() + "/elsewhere";
    Mock::given(any())
        .respond_with(ResponseTemplate::new(status).insert_header("location", redirected))
        .mount(&server)
        .await;
    server
}

async fn pushed(push: &WebPush, phone: &Phone, server: &MockServer) -> Result<Sent, Fault> {
    let (account, prompt) = ids();
    push.send(
        account,
        prompt,
        &(server.uri() + "/p/capability"),
        &phone.p256dh,
        &base64url(phone.auth),
    )
    .await
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.headers[name].to_str().unwrap()
}

#[tokio::test]
async fn the_phone_can_read_the_push_and_it_tells_nothing_but_the_prompt() {
    let (push, phone, server) = (web_push(), Phone::new(), service(201).await);
    assert_eq!(pushed(&push, &phone, &server).await.unwrap(), Sent::Sent);
    let request = &server.received_requests().await.unwrap()[0];
    let (_, prompt) = ids();
    let expected = json!({ "web_push": 8030, "notification": {
        "title": "Countersign", "body": "Open to answer a sign-in request.",
        "navigate": "https://id.example.com/authenticator", "tag": prompt,
    } });
    assert_eq!(phone.read(&request.body), expected);
    for (name, value) in [("ttl", "120"), ("urgency", "high"), ("content-encoding", "aes128gcm")] {
        assert_eq!(header(request, name), value);
    }
    let topic = header(request, "topic");
    assert!(topic.len() == 32 && !topic.contains("acc_"), "{topic}");
}

#[tokio::test]
async fn the_signature_is_for_this_push_service_and_by_our_key() {
    let (push, phone, server) = (web_push(), Phone::new(), service(201).await);
    pushed(&push, &phone, &server).await.unwrap();
    let request = &server.received_requests().await.unwrap()[0];
    let (token, key) = header(request, "authorization")
        .strip_prefix("vapid t=")
        .unwrap()
        .split_once(", k=")
        .unwrap();
    assert_eq!(key, push.keys.keyring().await.unwrap().vapid.public());

    let point = from_base64url(key).unwrap();
    let key = DecodingKey::from_ec_components(&base64url(&point[1..33]), &base64url(&point[33..])).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&[server.uri()]);
    validation.validate_exp = false; // the test's clock stands elsewhere
    let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims;
    assert_eq!(
        (&claims["sub"], &claims["exp"]),
        (&json!("mailto:security@example.com"), &json!(1_003_600))
    );
}

#[tokio::test]
async fn what_the_push_service_answers_becomes_a_value() {
    for (status, expected) in [
        (200, Some(Sent::Sent)),
        (404, Some(Sent::ChannelGone)),
        (410, Some(Sent::ChannelGone)),
        (429, None),
        (500, None),
        (307, None),
    ] {
        let server = service(status).await;
        assert_eq!(
            pushed(&web_push(), &Phone::new(), &server).await.ok(),
            expected,
            "{status}"
        );
        assert_eq!(
            server.received_requests().await.unwrap().len(),
            1,
            "no redirect is followed"
        );
    }
}

#[tokio::test]
async fn a_failure_does_not_name_the_endpoint() {
    let server = service(500).await;
    let answered = pushed(&web_push(), &Phone::new(), &server).await.unwrap_err().story();
    let (account, prompt) = ids();
    let phone = Phone::new();
    let closed = web_push()
        .send(
            account,
            prompt,
            "http://127.0.0.1:1/capability",
            &phone.p256dh,
            &base64url(phone.auth),
        )
        .await;
    for story in [answered, closed.unwrap_err().story()] {
        assert!(!story.contains("capability"), "{story}");
    }
}

#[test]
fn only_known_push_services_are_posted_to() {
    let mut push = web_push();
    let (point, auth) = (Phone::new().p256dh, base64url([7; 16]));
    for allowed in [
        "http://127.0.0.1:8080/p",
        "http://localhost/p",
        "https://fcm.googleapis.com/fcm/send/x",
        "https://wns2-par02p.notify.windows.com/w/?token=x",
    ] {
        assert_eq!(push.check(allowed, &point, &auth), Ok(()), "{allowed}");
    }
    push.push.allow_loopback = false;
    for refused in [
        "http://127.0.0.1:8080/p",
        "http://localhost/p",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://evilfcm.googleapis.com.example/x",
        "https://evil-fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://push.example.com/x",
        "file:///etc/passwd",
        "",
    ] {
        assert_eq!(
            push.check(refused, &point, &auth),
            Err(Refusal::ChannelInvalid),
            "{refused}"
        );
    }
}

#[test]
fn damaged_keys_are_refused() {
    let push = web_push();
    let (endpoint, point, auth) = ("https://web.push.apple.com/x", Phone::new().p256dh, base64url([7; 16]));
    let off_the_curve = base64url([[4].as_slice(), &[1; 64]].concat());
    for (point, auth) in [
        (&off_the_curve, &auth),
        (&base64url([4; 33]), &auth),
        (&point, &base64url([7; 15])),
        (&String::new(), &auth),
    ] {
        assert_eq!(push.check(endpoint, point, auth), Err(Refusal::ChannelInvalid));
    }
}
