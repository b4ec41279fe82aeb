//! `PUT /api/v1/me/methods/default`: which method is asked first.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::activity::What;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::notices::Change;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_platform::fault::Fault;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakeDefault {
    /// `aut_…`.
    id: String,
}

/// Ask this method first. Needs a proof not older than five minutes.
#[utoipa::path(
    put, path = "/api/v1/me/methods/default", tag = "enrollment", request_body = MakeDefault,
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn make_default(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Json(request): Json<MakeDefault>,
) -> ApiResult<StatusCode> {
    let id = request
        .id
        .parse::<AuthenticatorId>()
        .map_err(|_| Refusal::MethodNotFound)?;
    for _ in 0..ROUNDS {
        let person = state.person(&session).await?;
        person.may_change(&session, None, &state.house.policy, state.house.now())?;
        let chosen = person.chosen(Some(id), &state.house.policy)?;
        if chosen.method().is_spare() {
            return Err(Refusal::MethodNotFound.into());
        }
        if person.account.default == Some(id) {
            return Ok(StatusCode::NO_CONTENT);
        }
        let event = state
            .event(session.account, What::DefaultChanged, &caller)
            .with(chosen.kind().as_str(), chosen.name.as_str());
        let (version, tell) = (person.account.methods_version, state.house.telling(event));
        if state
            .bind
            .save_default(session.account, id, version, Some(&tell))
            .await?
            == Saved::Won
        {
            let method = (chosen.kind(), chosen.name.as_str());
            state
                .notifier()
                .tell(&person.account, Change::DefaultChanged, method, &Place::from(&caller))
                .await;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::unavailable("directory: save the default", "lost too often against others").into())
}
