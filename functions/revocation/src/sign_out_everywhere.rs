//! `POST /api/v1/me/sign-out-everywhere`: ends every session, and voids every sign-in under way.

use axum::extract::State;
use countersign_domain::activity::What;
use countersign_domain::ids::SessionId;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::Session;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Caller, Cookie, Json, Problem, SetCookie};
use countersign_platform::store::Saved;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignOutEverywhere {
    /// Whether the session that asks goes on.
    keep_current: bool,
}

/// What followed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedOut {
    /// How many sessions ended.
    sessions_ended: usize,
    /// Whether the one that asked was among them.
    signed_out: bool,
}

/// Sign out everywhere.
///
/// The first request of each other session after the answer is refused.
#[utoipa::path(
    post, path = "/api/v1/me/sign-out-everywhere", tag = "revocation", request_body = SignOutEverywhere,
    responses((status = 200, body = SignedOut), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn sign_out_everywhere(
    State(state): State<crate::State>,
    FullSession(current): FullSession,
    caller: Caller,
    Json(request): Json<SignOutEverywhere>,
) -> ApiResult<(Option<SetCookie>, Json<SignedOut>)> {
    // The epoch first: a sign-in that saves its session after we list them finds the epoch raised and takes it back.
    if state.end.raise_epoch(current.account).await? == Saved::Lost {
        return Err(Refusal::SessionRequired.into());
    }
    let sessions = state.sessions.sessions(current.account).await?;
    let ended: Vec<Session> = sessions
        .into_iter()
        .filter(|one| !(request.keep_current && one.id == current.id))
        .collect();
    let ids: Vec<SessionId> = ended.iter().map(|one| one.id.clone()).collect();
    state.end.end_sessions(current.account, &ids).await?;
    state
        .record(
            &state
                .event(current.account, What::SignedOutEverywhere, &caller)
                .session(current.id),
        )
        .await?;
    let signed_out = !request.keep_current;
    let cookie = signed_out.then(|| Cookie::Session.clear());
    let sessions_ended = ended
        .iter()
        .filter(|one| one.is_alive(&state.house.policy, state.house.now()))
        .count();
    Ok((
        cookie,
        Json(SignedOut {
            sessions_ended,
            signed_out,
        }),
    ))
}
