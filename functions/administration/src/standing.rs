//! `POST /api/v1/people/{id}/disable` and `/enable`: suspends an account, and lets it back.

use axum::extract::State;
use countersign_domain::accounts::Status;
use countersign_domain::activity::What;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::store::Saved;

use crate::view::PersonView;

/// Disable an account: no sign-in, and every session ends.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/disable", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = PersonView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn disable(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<PersonView>> {
    let administrator = state.administrator(&session).await?;
    let mut person = state.find(&id).await?;
    if person.account.id == administrator.account.id {
        return Err(Refusal::AccountLastAdministrator.into());
    }
    if person.account.status == Status::Invited {
        return Err(Refusal::AccountStateConflict.into());
    }
    let tell = state.telling(person.account.id, What::AccountDisabled, &caller);
    let moved = state
        .administer
        .move_status(person.account.id, Status::Active, Status::Disabled, Some(&tell))
        .await?;
    // Also where it was disabled before: a request that died after the move has left its sessions.
    state.end_all(person.account.id).await?;
    if moved == Saved::Lost {
        return Err(Refusal::AccountStateConflict.into());
    }
    person.account.status = Status::Disabled;
    Ok(Json(PersonView::whole(&person)))
}

/// Enable an account again.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/enable", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = PersonView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn enable(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<PersonView>> {
    state.administrator(&session).await?;
    let mut person = state.find(&id).await?;
    let tell = state.telling(person.account.id, What::AccountEnabled, &caller);
    if state
        .administer
        .move_status(person.account.id, Status::Disabled, Status::Active, Some(&tell))
        .await?
        == Saved::Lost
    {
        return Err(Refusal::AccountStateConflict.into());
    }
    person.account.status = Status::Active;
    Ok(Json(PersonView::whole(&person)))
}
