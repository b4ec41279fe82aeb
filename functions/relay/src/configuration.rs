//! `GET /device/v1/configuration`: what an app needs to know before it pairs.

use axum::extract::State;
use countersign_platform::http::{ApiResult, Json, Problem};
use serde::Serialize;
use utoipa::ToSchema;

/// The service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceConfiguration {
    /// The version of the device protocol.
    protocol: u32,
    organization: String,
    /// P-256 point, uncompressed, base64url (RFC 8292 §3.2).
    vapid_public_key: String,
    capabilities: Vec<&'static str>,
    help_url: Option<String>,
}

/// What an app needs to know.
#[utoipa::path(
    get, path = "/device/v1/configuration", tag = "relay",
    responses((status = 200, body = DeviceConfiguration), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn configuration(State(state): State<crate::State>) -> ApiResult<Json<DeviceConfiguration>> {
    Ok(Json(DeviceConfiguration {
        protocol: 1,
        organization: state.house.organization.to_string(),
        vapid_public_key: state.house.keys.keyring().await?.vapid.public().to_owned(),
        capabilities: vec!["number_matching", "unlock", "passwordless"],
        help_url: state.house.help_url.as_ref().map(ToString::to_string),
    }))
}
