//! `DELETE /api/v1/me/sessions/{id}`: ends one session.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::activity::What;
use countersign_domain::ids::SessionId;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Caller, Cookie, Path, Problem, SetCookie};

/// End one session.
#[utoipa::path(
    delete, path = "/api/v1/me/sessions/{id}", tag = "revocation",
    params(("id" = String, Path, description = "The session's id, `ses_…`.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn end_session(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<(Option<SetCookie>, StatusCode)> {
    let id = id.parse::<SessionId>().map_err(|_| Refusal::SessionNotFound)?;
    // Only this account's sessions are under its key: somebody else's id is simply not there.
    if !state.end.end_session(session.account, &id).await? {
        return Err(Refusal::SessionNotFound.into());
    }
    state
        .record(
            &state
                .event(session.account, What::SessionEnded, &caller)
                .session(id.clone()),
        )
        .await?;
    Ok((
        (id == session.id).then(|| Cookie::Session.clear()),
        StatusCode::NO_CONTENT,
    ))
}
