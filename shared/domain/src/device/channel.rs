//! Which push channels a phone may name; whether the push service is a known one is configuration and checked where it is read.

use url::Url;

use crate::delivery::Channel;
use crate::encoding::from_base64url;
use crate::refusal::Refusal;

/// Longest URL or token of a push service, in bytes.
const LIMIT: usize = 4096;

/// Refuses a channel that a phone may not name (docs/protocol.md, "Channels"): [`Refusal::ChannelInvalid`].
///
/// An `endpoint_arn` from a phone would be another phone's: whoever set it would receive the pushes, or make us send to a stranger.
pub fn check(channel: &Channel) -> Result<(), Refusal> {
    let valid = match channel {
        Channel::WebPush { endpoint, p256dh, auth } => {
            is_endpoint(endpoint.expose()) && is_point(p256dh) && is_auth(auth.expose())
        }
        Channel::Apns { token, endpoint_arn } | Channel::Fcm { token, endpoint_arn } => {
            endpoint_arn.is_none() && is_token(token.expose())
        }
        Channel::None => true,
    };
    if valid { Ok(()) } else { Err(Refusal::ChannelInvalid) }
}

/// `https`, or plain `http` to this very machine (which only the local run's configuration lets through), with a host, without user
/// name or password.
fn is_endpoint(endpoint: &str) -> bool {
    let here = |url: &Url| url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    endpoint.len() <= LIMIT
        && Url::parse(endpoint).is_ok_and(|url| {
            let plain = url.has_host() && url.username().is_empty() && url.password().is_none();
            plain && (url.scheme() == "https" || here(&url))
        })
}

/// An uncompressed P-256 point (RFC 8291 §3.1).
fn is_point(text: &str) -> bool {
    from_base64url(text).is_some_and(|bytes| bytes.len() == 65 && bytes.first() == Some(&4))
}

/// 16 bytes (RFC 8291 §3.2).
fn is_auth(text: &str) -> bool {
    from_base64url(text).is_some_and(|bytes| bytes.len() == 16)
}

fn is_token(token: &str) -> bool {
    (1..=LIMIT).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::base64url;

    fn read(json: &serde_json::Value) -> Result<(), Refusal> {
        check(&serde_json::from_value(json.clone()).unwrap())
    }

    fn web_push(endpoint: &str) -> serde_json::Value {
        let point = base64url([4; 65]);
        serde_json::json!({ "kind": "web_push", "endpoint": endpoint, "p256dh": point, "auth": base64url([1; 16]) })
    }

    #[test]
    fn each_kind_of_channel_is_taken() {
        assert_eq!(read(&web_push("https://push.example/abc")), Ok(()));
        assert_eq!(read(&web_push("http://127.0.0.1:9/abc")), Ok(()));
        for json in [
            r#"{"kind":"apns","token":"ab12"}"#,
            r#"{"kind":"fcm","token":"a:b-c"}"#,
            r#"{"kind":"none"}"#,
        ] {
            assert_eq!(read(&serde_json::from_str(json).unwrap()), Ok(()), "{json}");
        }
    }

    #[test]
    fn a_phone_cannot_name_an_endpoint_of_ours() {
        for kind in ["apns", "fcm"] {
            let json = serde_json::json!({ "kind": kind, "token": "ab12", "endpoint_arn": "arn:aws:sns:eu-west-1:1:endpoint/x" });
            assert_eq!(read(&json), Err(Refusal::ChannelInvalid));
        }
    }

    #[test]
    fn an_endpoint_is_https_and_carries_no_credentials() {
        for endpoint in [
            "http://push.example/abc",
            "http://127.0.0.1.push.example/abc",
            "https://u:p@push.example/",
            "file:///etc/passwd",
            "push",
            "",
        ] {
            assert_eq!(read(&web_push(endpoint)), Err(Refusal::ChannelInvalid), "{endpoint}");
        }
    }

    #[test]
    fn keys_of_a_subscription_and_tokens_have_their_shape() {
        let mut short = web_push("https://push.example/abc");
        short["auth"] = "AAAA".into();
        assert_eq!(read(&short), Err(Refusal::ChannelInvalid));
        let mut compressed = web_push("https://push.example/abc");
        compressed["p256dh"] = base64url([2; 33]).into();
        assert_eq!(read(&compressed), Err(Refusal::ChannelInvalid));
        assert_eq!(
            read(&serde_json::json!({ "kind": "fcm", "token": "" })),
            Err(Refusal::ChannelInvalid)
        );
        assert_eq!(
            read(&serde_json::json!({ "kind": "fcm", "token": "a b" })),
            Err(Refusal::ChannelInvalid)
        );
    }
}
