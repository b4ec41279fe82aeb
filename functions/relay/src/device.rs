//! `GET /device/v1/device`: what the service knows of this phone.

use axum::extract::State;
use countersign_domain::device::words::Capabilities;
use countersign_domain::methods::Standing;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::proof::Proven;

/// This phone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Device {
    /// `acc_…`.
    account_id: String,
    /// `aut_…`.
    authenticator_id: String,
    /// What the member calls it.
    name: String,
    organization: String,
    user_name: String,
    display_name: String,
    status: DeviceStatus,
    added_at: Time,
    /// The push channel's kind: `web_push`, `apns`, `fcm` or `none`.
    #[schema(value_type = String, example = "web_push")]
    channel: &'static str,
    /// What it said that it can do.
    #[schema(value_type = Vec<String>)]
    capabilities: Capabilities,
}

/// Whether it counts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceStatus {
    /// Waiting for its test prompt.
    Pending,
    /// In use.
    Active,
}

/// What the service knows of this phone.
#[utoipa::path(
    get, path = "/device/v1/device", tag = "relay",
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 200, body = Device), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn device(State(state): State<crate::State>, proven: Proven) -> ApiResult<Json<Device>> {
    let one = &proven.authenticator;
    let person = state
        .people
        .person(one.account, Consistency::Eventual)
        .await?
        .ok_or(Refusal::DeviceRemoved)?;
    Ok(Json(Device {
        account_id: one.account.to_string(),
        authenticator_id: one.id.to_string(),
        name: one.name.to_string(),
        organization: state.house.organization.to_string(),
        user_name: person.account.user_name.to_string(),
        display_name: person.account.display_name.to_string(),
        status: match one.standing {
            Standing::Pending => DeviceStatus::Pending,
            Standing::Active => DeviceStatus::Active,
        },
        added_at: one.added_at.into(),
        channel: proven.phone()?.channel.kind(),
        capabilities: proven.phone()?.capabilities.clone(),
    }))
}
