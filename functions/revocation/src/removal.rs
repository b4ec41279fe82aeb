//! `GET /api/v1/me/methods/{id}/removal`: what removing a method would do, before it is done.

use axum::extract::State;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::refusal::Refusal;
use countersign_domain::removal::sessions_of;
use countersign_platform::http::refusals::said;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Json, Path, Problem};
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

/// What would follow.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Removal)]
pub(crate) struct Preview {
    /// Whether it may go.
    allowed: bool,
    /// How many sessions end with it.
    sessions_ended: usize,
    /// Whether this one is among them.
    ends_current: bool,
    /// What is asked first afterwards, if it was the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    new_default: Option<Default>,
    /// Why it may not go.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    refusal: Option<Why>,
}

/// The next default.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewDefault)]
pub(crate) struct Default {
    /// `aut_…`.
    id: String,
    /// What the member calls it.
    name: String,
}

/// A refusal, before it happens.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RemovalRefusal)]
pub(crate) struct Why {
    /// The code.
    code: &'static str,
    /// What is in the way.
    detail: String,
    /// What to do first.
    fix: &'static str,
}

/// What a removal would do.
#[utoipa::path(
    get, path = "/api/v1/me/methods/{id}/removal", tag = "revocation",
    params(("id" = String, Path, description = "The authenticator's id, `aut_…`.")),
    responses((status = 200, body = Preview), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn removal(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Path(id): Path<String>,
) -> ApiResult<Json<Preview>> {
    let id = id.parse::<AuthenticatorId>().map_err(|_| Refusal::MethodNotFound)?;
    let (person, sessions) = tokio::try_join!(
        state.people.person(session.account, Consistency::Strong),
        state.sessions.sessions(session.account)
    )?;
    let person = person.ok_or(Refusal::SessionRequired)?;
    let now = state.house.now();
    let ended = sessions_of(&sessions, id)
        .filter(|one| one.is_alive(&state.house.policy, now))
        .count();
    let preview = |allowed, new_default, refusal| Preview {
        allowed,
        sessions_ended: ended,
        ends_current: session.was_opened_with(id),
        new_default,
        refusal,
    };
    Ok(Json(match person.remove(id, &state.house.policy) {
        Ok(removal) => {
            let moved = removal
                .account
                .default
                .filter(|next| Some(*next) != person.account.default);
            let next = moved.and_then(|next| person.authenticator(next));
            preview(
                true,
                next.map(|one| Default {
                    id: one.id.to_string(),
                    name: one.name.to_string(),
                }),
                None,
            )
        }
        Err(Refusal::MethodLastOrRequired) => {
            let said = said(&Refusal::MethodLastOrRequired);
            preview(
                false,
                None,
                Some(Why {
                    code: said.code,
                    detail: said.detail.into_owned(),
                    fix: said.fix,
                }),
            )
        }
        Err(refusal) => return Err(refusal.into()),
    }))
}
