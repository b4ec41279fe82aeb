//! `POST /api/v1/sign-out`: ends the session that asks.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::activity::What;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::{ApiResult, Caller, Cookie, Problem, SetCookie};

/// Sign out here.
#[utoipa::path(
    post, path = "/api/v1/sign-out", tag = "revocation",
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn sign_out(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    caller: Caller,
) -> ApiResult<(SetCookie, StatusCode)> {
    state.end.end_session(session.account, &session.id).await?;
    state
        .record(
            &state
                .event(session.account, What::SignedOut, &caller)
                .session(session.id),
        )
        .await?;
    Ok((Cookie::Session.clear(), StatusCode::NO_CONTENT))
}
