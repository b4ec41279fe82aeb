//! `PUT /api/v1/me/activity/{id}/verdict`: "This was me", "This wasn't me".

use axum::extract::State;
use countersign_domain::activity::Claim;
use countersign_domain::ids::ActivityId;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::words::Verdict;
use countersign_platform::http::{ApiResult, Json, Path, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::Event;

/// What the member says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictRequest {
    /// Whether it was them.
    verdict: Verdict,
}

/// Keep what the member says of a row.
#[utoipa::path(
    put, path = "/api/v1/me/activity/{id}/verdict", tag = "activity",
    params(("id" = String, Path, description = "The row's id, `act_…`.")), request_body = VerdictRequest,
    responses((status = 200, body = Event), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn verdict(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Path(id): Path<String>,
    Json(request): Json<VerdictRequest>,
) -> ApiResult<Json<Event>> {
    let id = id.parse::<ActivityId>().map_err(|_| Refusal::ActivityNotFound)?;
    let event = state
        .activity
        .claim(session.account, id, Claim::from(request.verdict))
        .await?
        .ok_or(Refusal::ActivityNotFound)?;
    Ok(Json(Event::from(event)))
}
