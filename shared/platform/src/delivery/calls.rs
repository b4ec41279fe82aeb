//! Voice: End User Messaging places a call and speaks a code.

use aws_sdk_pinpointsmsvoicev2::Client;
use aws_sdk_pinpointsmsvoicev2::error::SdkError;
use aws_sdk_pinpointsmsvoicev2::operation::send_voice_message::SendVoiceMessageError as Refusal;
use aws_sdk_pinpointsmsvoicev2::types::{
    ConflictExceptionReason as Conflict, VoiceId, VoiceMessageBodyTextType as Body,
};
use countersign_domain::delivery::{Sent, Tongue, Why};

use super::reason;
use super::text::CodeWords;
use crate::fault::Fault;

/// Seconds that a call may still be placed after it was asked for: later, its code is about to die.
const TIME_TO_LIVE: i32 = 300;

/// Places calls.
#[derive(Debug)]
pub(super) struct Calls {
    client: Client,
    /// The number or pool that calls come from; without one there are none.
    from: Option<String>,
    words: CodeWords,
}

impl Calls {
    pub(super) const fn new(client: Client, from: Option<String>, words: CodeWords) -> Self {
        Self { client, from, words }
    }

    /// Whether there is something to place calls with.
    pub(super) const fn are_set_up(&self) -> bool {
        self.from.is_some()
    }

    /// Calls a number and speaks a code.
    pub(super) async fn speak(&self, to: &str, code: &str, language: Tongue) -> Result<Sent, Fault> {
        let Some(from) = &self.from else {
            return Ok(Sent::Refused(Why::NotSetUp));
        };
        let call = self
            .client
            .send_voice_message()
            .destination_phone_number(to)
            .origination_identity(from)
            .message_body_text_type(Body::Ssml)
            .message_body(self.words.ssml(code, language))
            .voice_id(voice(language))
            .time_to_live(TIME_TO_LIVE);
        match call.send().await {
            Ok(_) => Ok(Sent::Sent),
            Err(error) => why(&error)
                .map(Sent::Refused)
                .ok_or_else(|| Fault::unavailable("End User Messaging: call", reason(&error))),
        }
    }
}

/// Whose voice speaks a language.
const fn voice(language: Tongue) -> VoiceId {
    match language {
        Tongue::English => VoiceId::Joanna,
        Tongue::German => VoiceId::Vicki,
        Tongue::French => VoiceId::Lea,
        Tongue::Spanish => VoiceId::Lucia,
        Tongue::Portuguese => VoiceId::Ines,
    }
}

/// Why the service says no, where that is about the number or the organization and not about us.
fn why<R>(error: &SdkError<Refusal, R>) -> Option<Why> {
    match error.as_service_error()? {
        Refusal::ConflictException(conflict) => match conflict.reason() {
            Some(Conflict::DestinationPhoneNumberOptedOut) => Some(Why::OptedOut),
            Some(
                Conflict::DestinationCountryBlockedByProtectConfiguration
                | Conflict::DestinationPhoneNumberBlockedByProtectNumberOverride
                | Conflict::DestinationPhoneNumberNotVerified,
            ) => Some(Why::Unreachable),
            _ => None,
        },
        Refusal::ServiceQuotaExceededException(_) => Some(Why::QuotaSpent),
        Refusal::ValidationException(_) => Some(Why::Unreachable),
        Refusal::ResourceNotFoundException(_) => Some(Why::NotSetUp),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wiremock::matchers::header;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::aws::Aws;
    use crate::config::Config;

    const FROM: &str = "arn:aws:sms-voice:eu-west-1:123456789012:phone-number/phone-1";

    async fn answering(status: u16, kind: &str, body: Value) -> MockServer {
        let server = MockServer::start().await;
        Mock::given(header("x-amz-target", "PinpointSMSVoiceV2.SendVoiceMessage"))
            .respond_with(
                ResponseTemplate::new(status)
                    .insert_header("x-amzn-errortype", kind)
                    .set_body_json(body),
            )
            .mount(&server)
            .await;
        server
    }

    fn calls(server: &MockServer, from: Option<&str>) -> Calls {
        let config = Config::local("https://id.example.com");
        Calls::new(
            Aws::at(&server.uri()).calls(),
            from.map(str::to_owned),
            CodeWords::of(&config),
        )
    }

    #[tokio::test]
    async fn a_call_speaks_the_code_in_the_members_language() {
        let server = answering(200, "", json!({ "MessageId": "m" })).await;
        let calls = calls(&server, Some(FROM));
        let sent = calls.speak("+351212345678", "123456", Tongue::Portuguese);
        assert_eq!(sent.await.unwrap(), Sent::Sent);
        let asked: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
        assert_eq!(asked["DestinationPhoneNumber"], "+351212345678");
        assert_eq!(asked["OriginationIdentity"], FROM);
        assert_eq!(
            (&asked["MessageBodyTextType"], &asked["VoiceId"]),
            (&json!("SSML"), &json!("INES"))
        );
        let body = asked["MessageBody"].as_str().unwrap();
        assert!(
            body.starts_with("<speak>") && body.matches("1<break").count() == 2,
            "{body}"
        );
    }

    #[tokio::test]
    async fn what_the_service_refuses_is_told_in_our_words() {
        for (status, kind, reason, why) in [
            (
                400,
                "ConflictException",
                "DESTINATION_PHONE_NUMBER_OPTED_OUT",
                Why::OptedOut,
            ),
            (
                400,
                "ConflictException",
                "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
                Why::Unreachable,
            ),
            (400, "ValidationException", "COUNTRY_NOT_ENABLED", Why::Unreachable),
            (
                402,
                "ServiceQuotaExceededException",
                "MONTHLY_SPEND_LIMIT_REACHED_FOR_VOICE",
                Why::QuotaSpent,
            ),
            (404, "ResourceNotFoundException", "x", Why::NotSetUp),
        ] {
            let server = answering(status, kind, json!({ "Message": "+351212345678", "Reason": reason })).await;
            let calls = calls(&server, Some(FROM));
            let sent = calls.speak("+351212345678", "123456", Tongue::English);
            assert_eq!(sent.await.unwrap(), Sent::Refused(why), "{reason}");
            assert_eq!(
                server.received_requests().await.unwrap().len(),
                1,
                "once: each call costs"
            );
        }
    }

    #[tokio::test]
    async fn an_outage_is_a_fault_that_tells_no_number_and_is_not_tried_again() {
        let server = answering(500, "InternalServerException", json!({ "Message": "+351212345678" })).await;
        let calls = calls(&server, Some(FROM));
        let sent = calls.speak("+351212345678", "123456", Tongue::English);
        let story = sent.await.unwrap_err().story().clone();
        assert!(
            story.contains("InternalServerException") && !story.contains("+351"),
            "{story}"
        );
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn without_a_number_to_call_from_nobody_is_called() {
        let server = MockServer::start().await;
        let calls = calls(&server, None);
        assert!(!calls.are_set_up());
        let sent = calls.speak("+351212345678", "123456", Tongue::English).await.unwrap();
        assert_eq!(sent, Sent::Refused(Why::NotSetUp));
        assert!(server.received_requests().await.unwrap().is_empty());
    }
}
