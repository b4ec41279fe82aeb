//! Delivery as its callers see it: always an answer, soon, and one line when it failed.

use std::time::Instant;

use countersign_domain::delivery::Mail;
use countersign_domain::encoding::base64url;
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::{AccountId, PromptId};
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use jiff::Timestamp;

use super::*;
use crate::clock::SystemClock;
use crate::keys::{Keyring, StaticKeys};
use crate::telemetry::Captured;

fn cloud(endpoint: &str) -> CloudDelivery {
    let keys = Arc::new(StaticKeys::new(Keyring::generate().unwrap()));
    CloudDelivery::new(
        &Aws::at(endpoint),
        &Config::local("https://id.example.com"),
        keys,
        Arc::new(SystemClock),
    )
}

fn push(channel: Channel) -> Delivery {
    let entropy = Seeded::new("delivery");
    let account = AccountId::new(Timestamp::UNIX_EPOCH, &entropy);
    Delivery::Push {
        account,
        prompt: PromptId::new(Timestamp::UNIX_EPOCH, &entropy),
        channel,
    }
}

fn subscription(endpoint: &str) -> Channel {
    let key = web_push_native::p256::PublicKey::from_affine(web_push_native::p256::AffinePoint::GENERATOR).unwrap();
    let point = web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint::to_encoded_point(&key, false);
    Channel::WebPush {
        endpoint: Secret::new(endpoint.to_owned()),
        p256dh: base64url(point.as_bytes()),
        auth: Secret::new(base64url([7; 16])),
    }
}

#[tokio::test]
async fn what_hangs_is_given_up_after_two_seconds_with_one_line_and_no_secret() {
    let hole = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", hole.local_addr().unwrap());
    let cloud = cloud(&address);
    let link = Secret::new("https://id.example.com/welcome#token=hunter2".to_owned());
    let mail = Delivery::Mail {
        to: "a@b.example".into(),
        message: Mail::EnrollmentLink {
            display_name: "Ada".into(),
            link,
        },
    };
    let pushed = push(subscription(&format!("{address}/capability")));
    let (captured, _guard) = Captured::here();
    let started = Instant::now();
    let (mail, push) = tokio::join!(cloud.deliver(&mail), cloud.deliver(&pushed));
    assert_eq!((mail, push), (Sent::Failed, Sent::Failed));
    assert!(
        started.elapsed() < LIMIT + Duration::from_millis(500),
        "{:?}",
        started.elapsed()
    );
    let lines = captured.lines();
    for channel in ["mail", "web_push"] {
        assert_eq!(
            lines
                .iter()
                .filter(|line| line["level"] == "WARN" && line["channel"] == channel)
                .count(),
            1
        );
        assert!(
            lines
                .iter()
                .any(|line| line["Deliveries"] == 1 && line["channel"] == channel && line["outcome"] == "failed")
        );
    }
    let ours: Vec<_> = lines
        .iter()
        .filter(|line| {
            line["target"]
                .as_str()
                .is_some_and(|target| target.starts_with("countersign"))
        })
        .collect();
    assert!(!format!("{ours:?}").contains("hunter2") && !format!("{ours:?}").contains("capability"));
}

#[tokio::test]
async fn a_phone_without_a_channel_polls() {
    let cloud = cloud("http://127.0.0.1:1");
    assert_eq!(cloud.deliver(&push(Channel::None)).await, Sent::NoChannel);
    let native = cloud.register(Channel::Apns {
        token: Secret::new("t".into()),
        endpoint_arn: Some("arn:evil".into()),
    });
    let native = native.await.unwrap();
    assert!(
        matches!(native, Channel::Apns { endpoint_arn: None, .. }),
        "what the phone says of SNS is not believed"
    );
    assert_eq!(cloud.deliver(&push(native)).await, Sent::NoChannel);
}

#[tokio::test]
async fn a_channel_is_checked_when_it_is_registered() {
    let cloud = cloud("http://127.0.0.1:1");
    assert!(
        cloud
            .register(subscription("https://fcm.googleapis.com/x"))
            .await
            .is_ok()
    );
    let refused = cloud.register(subscription("https://push.example.com/x")).await;
    assert!(matches!(refused, Err(ApiError::Refused(Refusal::ChannelInvalid))));
}
