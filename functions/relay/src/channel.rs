//! `PUT /device/v1/channel`: another push channel.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::delivery::Channel;
use countersign_domain::device::channel::check;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::{ApiResult, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::proof::{Proven, parse};

/// The channel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenewChannel {
    /// See docs/protocol.md, "Channels".
    #[schema(value_type = Object)]
    channel: Channel,
}

/// Renew the push channel.
#[utoipa::path(
    put, path = "/device/v1/channel", tag = "relay", request_body = RenewChannel,
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn channel(State(state): State<crate::State>, proven: Proven) -> ApiResult<StatusCode> {
    let request: RenewChannel = parse(&proven.body)?;
    check(&request.channel)?;
    let channel = state.deliver.register(request.channel).await?;
    match state
        .phones
        .save_channel(proven.authenticator.account, proven.authenticator.id, &channel)
        .await?
    {
        Saved::Won => Ok(StatusCode::NO_CONTENT),
        Saved::Lost => Err(Refusal::DeviceRemoved.into()),
    }
}
