//! SNS: pushes to native phones by way of Apple and Google, and text messages.

use aws_sdk_sns::Client;
use aws_sdk_sns::config::retry::RetryConfig;
use aws_sdk_sns::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_sns::operation::create_platform_endpoint::CreatePlatformEndpointError as Creation;
use aws_sdk_sns::operation::publish::PublishError;
use aws_sdk_sns::types::MessageAttributeValue;
use countersign_domain::delivery::{Sent, Tongue, Why};
use countersign_domain::ids::PromptId;
use countersign_domain::refusal::Refusal;
use serde_json::json;

use super::reason;
use super::text::{CodeWords, text};
use crate::config::{Applications, Config, Phones};
use crate::fault::Fault;
use crate::http::ApiError;

/// Sends through SNS.
#[derive(Debug)]
pub(super) struct Sns {
    client: Client,
    applications: Applications,
    phones: Phones,
    words: CodeWords,
}

impl Sns {
    pub(super) fn new(client: Client, config: &Config) -> Self {
        Self {
            client,
            applications: config.applications.clone(),
            phones: config.phones.clone(),
            words: CodeWords::of(config),
        }
    }

    /// Makes an Apple device reachable. `None`: this deployment has no application for it, so the phone polls.
    pub(super) async fn register_apple(&self, token: &str) -> Result<Option<String>, ApiError> {
        self.register(self.applications.apns.as_deref(), token).await
    }

    /// Makes a Firebase device reachable, as above.
    pub(super) async fn register_firebase(&self, token: &str) -> Result<Option<String>, ApiError> {
        self.register(self.applications.fcm.as_deref(), token).await
    }

    /// `CreatePlatformEndpoint` gives the same endpoint for the same token, but errs when its attributes differ, and leaves an
    /// endpoint disabled that once failed: so token and `Enabled` are set either way.
    async fn register(&self, application: Option<&str>, token: &str) -> Result<Option<String>, ApiError> {
        let Some(application) = application else {
            return Ok(None);
        };
        let made = self
            .client
            .create_platform_endpoint()
            .platform_application_arn(application)
            .token(token)
            .send()
            .await;
        let arn = match made {
            Ok(endpoint) => endpoint.endpoint_arn,
            Err(error) => match (existing(error.message().unwrap_or_default()), error.as_service_error()) {
                (Some(arn), _) => Some(arn.to_owned()),
                (None, Some(Creation::InvalidParameterException(_))) => return Err(Refusal::ChannelInvalid.into()),
                _ => return Err(Fault::unavailable("SNS: make an endpoint", reason(&error)).into()),
            },
        };
        let arn = arn.ok_or(Fault::Delivery("SNS named no endpoint"))?;
        self.client
            .set_endpoint_attributes()
            .endpoint_arn(&arn)
            .attributes("Token", token)
            .attributes("Enabled", "true")
            .send()
            .await
            .map_err(|error| Fault::unavailable("SNS: enable an endpoint", reason(&error)))?;
        Ok(Some(arn))
    }

    /// Tells a phone that a prompt waits; which one is all that it tells.
    pub(super) async fn push(&self, arn: &str, prompt: PromptId) -> Result<Sent, Fault> {
        let alert = |value: &str| {
            MessageAttributeValue::builder()
                .data_type("String")
                .string_value(value)
                .build()
                .ok()
        };
        let attributes = [
            ("AWS.SNS.MOBILE.APNS.PUSH_TYPE", "alert"),
            ("AWS.SNS.MOBILE.APNS.PRIORITY", "10"),
            ("AWS.SNS.MOBILE.APNS.TTL", "120"),
        ];
        let attributes = attributes
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), alert(value)?)))
            .collect();
        let result = self
            .client
            .publish()
            .target_arn(arn)
            .message_structure("json")
            .message(bodies(prompt))
            .set_message_attributes(Some(attributes))
            .send()
            .await;
        match result {
            Ok(_) => Ok(Sent::Sent),
            Err(error) => match error.as_service_error() {
                Some(PublishError::EndpointDisabledException(_) | PublishError::NotFoundException(_)) => {
                    Ok(Sent::ChannelGone)
                }
                _ => Err(Fault::unavailable("SNS: push", reason(&error))),
            },
        }
    }

    /// Sends a code in a text message, once: a message that may have gone out is not paid for again.
    ///
    /// A sender's name only where the organization has one registered: in many countries others are dropped.
    pub(super) async fn sms(&self, to: &str, code: &str, language: Tongue) -> Result<Sent, Fault> {
        let attributes = [
            ("AWS.SNS.SMS.SMSType", Some("Transactional")),
            ("AWS.SNS.SMS.SenderID", self.phones.texts_as.as_deref()),
            ("AWS.MM.SMS.OriginationNumber", self.phones.texts_from.as_deref()),
        ];
        let attribute = |value: &str| {
            let whole = MessageAttributeValue::builder().data_type("String").string_value(value);
            whole.build().ok()
        };
        let attributes = attributes
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), attribute(value?)?)))
            .collect();
        let once = aws_sdk_sns::config::Builder::new().retry_config(RetryConfig::disabled());
        let sent = self
            .client
            .publish()
            .phone_number(to)
            .message(self.words.text(code, language))
            .set_message_attributes(Some(attributes))
            .customize()
            .config_override(once)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(Sent::Sent),
            Err(error) => why(&error)
                .map(Sent::Refused)
                .ok_or_else(|| Fault::unavailable("SNS: text message", reason(&error))),
        }
    }
}

/// Why SNS does not carry a text message, where that is about the number or the organization and not about us. It has no words of its own
/// for some: "opted out" is told in the sentence of an invalid parameter.
fn why<R>(error: &SdkError<PublishError, R>) -> Option<Why> {
    let told = error.message().unwrap_or_default().to_ascii_lowercase();
    match error.code()? {
        "OptedOut" | "OptedOutException" => Some(Why::OptedOut),
        "InvalidParameter" | "InvalidParameterException" if told.contains("opted out") => Some(Why::OptedOut),
        "InvalidParameter" | "InvalidParameterException" | "InvalidParameterValue" => Some(Why::Unreachable),
        "LimitExceeded" | "LimitExceededException" | "QuotaExceeded" | "Throttled" | "ThrottledException" => {
            Some(Why::QuotaSpent)
        }
        _ => None,
    }
}

/// The endpoint that an error names: "… Endpoint arn:… already exists with the same Token, but different attributes."
fn existing(message: &str) -> Option<&str> {
    let (before, _) = message.split_once(" already exists")?;
    before.split_whitespace().last().filter(|arn| arn.starts_with("arn:"))
}

/// One body a platform (docs/protocol.md, "Notifications"), each as text in the JSON that SNS takes; 4 kB at most.
fn bodies(prompt: PromptId) -> String {
    let (title, body, prompt) = (text("push.title"), text("push.body"), prompt.to_string());
    let alert = json!({ "title": title, "body": body });
    let apns =
        json!({ "aps": { "alert": alert, "sound": "default", "category": "SIGN_IN" }, "prompt": prompt }).to_string();
    let message = json!({
        "notification": { "title": title, "body": body },
        "data": { "prompt": prompt },
        "android": { "priority": "high", "ttl": "120s" },
    });
    let fcm = json!({ "fcmV1Message": { "message": message } }).to_string();
    json!({ "default": body, "APNS": apns, "APNS_SANDBOX": apns, "GCM": fcm }).to_string()
}

#[cfg(test)]
mod tests;
