//! `DELETE /api/v1/me/methods/{id}`: the method goes, and every session that it opened goes with it.

use axum::extract::State;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Cookie, Json, Path, Problem, SetCookie};
use serde::Serialize;
use utoipa::ToSchema;

/// What followed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Removed {
    /// How many sessions ended.
    sessions_ended: usize,
    /// Whether this one was among them.
    signed_out: bool,
}

/// Remove a method.
///
/// Needs a proof not older than five minutes. The last usable method stays: `method.last_or_required`.
#[utoipa::path(
    delete, path = "/api/v1/me/methods/{id}", tag = "revocation",
    params(("id" = String, Path, description = "The authenticator's id, `aut_…`.")),
    responses((status = 200, body = Removed), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn remove_method(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<(Option<SetCookie>, Json<Removed>)> {
    let id = id.parse::<AuthenticatorId>().map_err(|_| Refusal::MethodNotFound)?;
    let (policy, now) = (&state.house.policy, state.house.now());
    let ended = state
        .remover()
        .remove(session.account, id, Place::from(&caller), |person| {
            person.may_change(&session, Some(id), policy, now)
        })
        .await?;
    let signed_out = ended.contains(&session.id);
    let cookie = signed_out.then(|| Cookie::Session.clear());
    Ok((
        cookie,
        Json(Removed {
            sessions_ended: ended.len(),
            signed_out,
        }),
    ))
}
