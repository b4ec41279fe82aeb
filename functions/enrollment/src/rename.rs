//! `PATCH /api/v1/me/methods/{id}`: another name.

use axum::extract::State;
use countersign_domain::activity::What;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::Standing;
use countersign_domain::names::MethodName;
use countersign_domain::notices::Change;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::MethodView;

/// The name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenameMethod {
    /// 1–64 characters.
    name: String,
}

/// Rename a method. Needs a proof not older than five minutes.
#[utoipa::path(
    patch, path = "/api/v1/me/methods/{id}", tag = "enrollment", request_body = RenameMethod,
    params(("id" = String, Path, description = "The authenticator's id, `aut_…`.")),
    responses((status = 200, body = MethodView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn rename(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
    Json(request): Json<RenameMethod>,
) -> ApiResult<Json<MethodView>> {
    let id = id.parse::<AuthenticatorId>().map_err(|_| Refusal::MethodNotFound)?;
    let name = request.name.parse::<MethodName>()?;
    let person = state.person(&session).await?;
    let one = person
        .authenticator(id)
        .filter(|one| one.standing == Standing::Active)
        .ok_or(Refusal::MethodNotFound)?;
    person.may_change(&session, Some(id), &state.house.policy, state.house.now())?;
    let event = state
        .event(session.account, What::MethodRenamed, &caller)
        .with(one.kind().as_str(), name.as_str());
    let tell = state.house.telling(event);
    if state.bind.rename(session.account, id, &name, Some(&tell)).await? == Saved::Lost {
        return Err(Refusal::MethodNotFound.into());
    }
    let method = (one.kind(), name.as_str());
    state
        .notifier()
        .tell(&person.account, Change::Renamed, method, &Place::from(&caller))
        .await;
    let mut renamed = one.clone();
    renamed.name = name;
    Ok(Json(MethodView::of(&person, &renamed, &state.house.policy)))
}
