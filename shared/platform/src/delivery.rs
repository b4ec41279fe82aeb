//! How messages travel: web push, SNS, SES. A delivery is bounded by two seconds, and its failure is a value that decides nothing.

mod calls;
mod mail;
mod notices;
mod recorded;
mod sns;
mod text;
mod web_push;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use countersign_domain::delivery::{Channel, Delivery, Sent};

use crate::aws::Aws;
use crate::clock::Clock;
use crate::config::Config;
use crate::fault::Fault;
use crate::http::ApiError;
use crate::keys::Keys;
use crate::telemetry::{Metric, metric};
pub use notices::{Told, told};
pub use recorded::Recorded;
pub use text::CodeWords;
pub use web_push::WebPush;

/// How long a delivery may take; the sign-in page waits behind it.
pub const LIMIT: Duration = Duration::from_secs(2);

/// Sending, and making ready for it.
#[async_trait]
pub trait Deliver: Send + Sync {
    /// Checks a channel that a phone names and makes it ready to send to. `ChannelInvalid` where that cannot be.
    async fn register(&self, channel: Channel) -> Result<Channel, ApiError>;
    /// Sends one thing.
    async fn deliver(&self, delivery: &Delivery) -> Sent;
    /// Whether there is something to place calls with.
    fn places_calls(&self) -> bool;
}

/// Delivery through the organization's own account, and to the browsers' push services.
#[derive(Debug)]
pub struct CloudDelivery {
    web_push: WebPush,
    sns: sns::Sns,
    calls: calls::Calls,
    mail: mail::Ses,
}

impl CloudDelivery {
    /// Clients are made, nothing is asked yet.
    pub fn new(aws: &Aws, config: &Config, keys: Arc<dyn Keys>, clock: Arc<dyn Clock>) -> Self {
        Self {
            web_push: WebPush::new(config, keys, clock),
            sns: sns::Sns::new(aws.sns(), config),
            calls: calls::Calls::new(aws.calls(), config.phones.calls_from.clone(), CodeWords::of(config)),
            mail: mail::Ses::new(aws.ses(), config),
        }
    }

    async fn hand_over(&self, delivery: &Delivery) -> Result<Sent, Fault> {
        match delivery {
            Delivery::Push {
                account,
                prompt,
                channel,
            } => match channel {
                Channel::WebPush { endpoint, p256dh, auth } => {
                    self.web_push
                        .send(*account, *prompt, endpoint.expose(), p256dh, auth.expose())
                        .await
                }
                Channel::Apns {
                    endpoint_arn: Some(arn),
                    ..
                }
                | Channel::Fcm {
                    endpoint_arn: Some(arn),
                    ..
                } => self.sns.push(arn, *prompt).await,
                Channel::Apns { .. } | Channel::Fcm { .. } | Channel::None => Ok(Sent::NoChannel),
            },
            Delivery::Mail { to, message } => self.mail.send(to, message).await,
            Delivery::Sms { to, code, language } => self.sns.sms(to.e164(), code.expose(), *language).await,
            Delivery::Voice { to, code, language } => self.calls.speak(to.e164(), code.expose(), *language).await,
        }
    }
}

#[async_trait]
impl Deliver for CloudDelivery {
    async fn register(&self, channel: Channel) -> Result<Channel, ApiError> {
        match channel {
            Channel::WebPush { endpoint, p256dh, auth } => {
                self.web_push.check(endpoint.expose(), &p256dh, auth.expose())?;
                Ok(Channel::WebPush { endpoint, p256dh, auth })
            }
            Channel::Apns { token, .. } => {
                let endpoint_arn = self.sns.register_apple(token.expose()).await?;
                Ok(Channel::Apns { token, endpoint_arn })
            }
            Channel::Fcm { token, .. } => {
                let endpoint_arn = self.sns.register_firebase(token.expose()).await?;
                Ok(Channel::Fcm { token, endpoint_arn })
            }
            Channel::None => Ok(Channel::None),
        }
    }

    async fn deliver(&self, delivery: &Delivery) -> Sent {
        let in_time = tokio::time::timeout(LIMIT, self.hand_over(delivery)).await;
        let result = in_time.unwrap_or(Err(Fault::Delivery("it took too long")));
        concluded(delivery, result)
    }

    fn places_calls(&self) -> bool {
        self.calls.are_set_up()
    }
}

/// Counts a delivery, and tells the operator of one that failed.
fn concluded(delivery: &Delivery, result: Result<Sent, Fault>) -> Sent {
    let channel = match delivery {
        Delivery::Push { channel, .. } => channel.kind(),
        Delivery::Mail { .. } => "mail",
        Delivery::Sms { .. } => "sms",
        Delivery::Voice { .. } => "voice",
    };
    let sent = result.unwrap_or_else(|fault| {
        tracing::warn!(
            channel,
            error.message = fault.story(),
            "a {channel} message could not be handed over"
        );
        Sent::Failed
    });
    let outcome = match sent {
        Sent::Sent => "sent",
        Sent::NoChannel => "no_channel",
        Sent::ChannelGone => "channel_gone",
        Sent::Failed => "failed",
        Sent::Refused(why) => why.as_str(),
    };
    metric(Metric::Delivery { outcome, channel });
    sent
}

/// What an AWS service said, by its code only: its sentences repeat addresses and tokens.
fn reason<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> String {
    let kind = match error {
        SdkError::TimeoutError(_) => "it took too long",
        SdkError::DispatchFailure(_) => "it could not be reached",
        SdkError::ServiceError(_) => "it refused",
        _ => "it was not understood",
    };
    error
        .code()
        .map_or_else(|| kind.to_owned(), |code| format!("{kind}: {code}"))
}

#[cfg(test)]
mod tests;
