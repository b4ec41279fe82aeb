//! `PUT /device/v1/device`: what the phone can do now.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::device::words::Capabilities;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::{ApiResult, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::proof::{Proven, parse};

/// What the phone can do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeDevice {
    /// See docs/protocol.md, "Pairing"; at most 16.
    #[schema(value_type = Vec<String>)]
    capabilities: Capabilities,
}

/// Say what this phone can do now: that a screen lock was set up, or is gone.
#[utoipa::path(
    put, path = "/device/v1/device", operation_id = "change_device", tag = "relay", request_body = ChangeDevice,
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn change(State(state): State<crate::State>, proven: Proven) -> ApiResult<StatusCode> {
    let request: ChangeDevice = parse(&proven.body)?;
    let phone = &proven.authenticator;
    let saving = state
        .phones
        .save_capabilities(phone.account, phone.id, &request.capabilities);
    match saving.await? {
        Saved::Won => Ok(StatusCode::NO_CONTENT),
        Saved::Lost => Err(Refusal::DeviceRemoved.into()),
    }
}
