//! `DELETE /api/v1/people/{id}/sessions`: ends somebody's sessions.

use axum::extract::State;
use countersign_domain::activity::What;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

/// What followed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndedSessions {
    /// How many ended.
    sessions_ended: usize,
}

/// End all sessions of a person.
#[utoipa::path(
    delete, path = "/api/v1/people/{id}/sessions", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = EndedSessions), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn end_sessions(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<EndedSessions>> {
    state.administrator(&session).await?;
    let person = state.find(&id).await?;
    let sessions_ended = state.end_all(person.account.id).await?;
    state
        .record(person.account.id, What::SignedOutEverywhere, &caller)
        .await?;
    Ok(Json(EndedSessions { sessions_ended }))
}
