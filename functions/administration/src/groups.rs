//! `PUT /api/v1/people/{id}/groups`: the groups that policy goes by, in place of those that somebody was in.

use std::collections::BTreeSet;

use axum::extract::State;
use countersign_domain::activity::What;
use countersign_domain::names::GroupName;
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::PersonView;

/// The most groups that a person is in: their account stays under a kilobyte.
const MOST: usize = 20;

/// All of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaveGroups {
    /// Names of 1–64 letters, digits, `. _ -`; case does not matter.
    groups: Vec<String>,
}

/// Say which groups a person is in. It holds from their next request on.
#[utoipa::path(
    put, path = "/api/v1/people/{id}/groups", tag = "administration", request_body = SaveGroups,
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = PersonView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn save_groups(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
    Json(request): Json<SaveGroups>,
) -> ApiResult<Json<PersonView>> {
    let administrator = state.administrator(&session).await?;
    let mut person = state.find(&id).await?;
    let groups: BTreeSet<GroupName> = request
        .groups
        .iter()
        .map(|name| name.parse())
        .collect::<Result<_, _>>()?;
    if groups.len() > MOST {
        return Err(Refusal::GroupLimitReached(MOST).into());
    }
    person.account.groups.clone_from(&groups);
    if person.account.id == administrator.account.id {
        stays_in(&person, &state.house.policy)?;
    }
    let tell = state.telling(person.account.id, What::GroupsChanged, &caller);
    if state
        .policy
        .save_groups(person.account.id, &groups, Some(&tell))
        .await?
        == Saved::Lost
    {
        return Err(Refusal::AccountNotFound.into());
    }
    Ok(Json(PersonView::whole(&person)))
}

/// Whether a person still has a method that signs in by itself. The mistake: an administrator who edits what they fall under themselves and
/// is locked out by it, with nobody left to take it back.
pub(crate) fn stays_in(person: &Person, policy: &Policy) -> Result<(), Refusal> {
    let signs_in = person.usable(policy).iter().any(|one| !one.method().is_spare());
    if signs_in { Ok(()) } else { Err(Refusal::PolicyLocksOut) }
}
