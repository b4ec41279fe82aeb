//! `POST /api/v1/invitations/inspect`: what a link is for, before anything is typed.

use axum::extract::State;
use countersign_domain::invitations::{For, Invitation, LinkToken};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::store::Consistency;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The link's token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InspectInvitation {
    /// From the link's fragment.
    #[schema(value_type = String, format = Password)]
    token: Secret<String>,
}

/// Whom a link lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InvitationKind {
    /// Whoever sets the organization up: chooses a name as well.
    FirstAdministrator,
    /// A person whose account is there already.
    Enrollment,
}

/// What a link is for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(crate) struct Inspected {
    kind: InvitationKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    display_name: Option<String>,
    organization: String,
    expires_at: Time,
}

/// Look at a link.
#[utoipa::path(
    post, path = "/api/v1/invitations/inspect", tag = "enrollment", request_body = InspectInvitation,
    responses((status = 200, body = Inspected), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn inspect(
    State(state): State<crate::State>,
    Json(request): Json<InspectInvitation>,
) -> ApiResult<Json<Inspected>> {
    let (invitation, person) = find(&state, &request.token).await?;
    let account = person.as_ref().map(|person| &person.account);
    Ok(Json(Inspected {
        kind: account.map_or(InvitationKind::FirstAdministrator, |_| InvitationKind::Enrollment),
        user_name: account.map(|account| account.user_name.to_string()),
        display_name: account.map(|account| account.display_name.to_string()),
        organization: state.house.organization.to_string(),
        expires_at: invitation.expires_at.into(),
    }))
}

/// The invitation behind a token, and the person it is for, if it is still good.
pub(crate) async fn find(state: &crate::State, token: &Secret<String>) -> ApiResult<(Invitation, Option<Person>)> {
    let token = LinkToken::parse(token.expose()).ok_or(Refusal::InvitationInvalid)?;
    let found = state.invitations.invitation(&token.invitation()).await?;
    let invitation = found
        .filter(|one| one.is_open(state.house.now()))
        .ok_or(Refusal::InvitationInvalid)?;
    match invitation.whom {
        For::FirstAdministrator if state.invitations.is_set_up().await? => Err(Refusal::InvitationInvalid.into()),
        For::FirstAdministrator => Ok((invitation, None)),
        For::Enrollment { account } => {
            let person = state.people.person(account, Consistency::Strong).await?;
            Ok((invitation, Some(person.ok_or(Refusal::InvitationInvalid)?)))
        }
    }
}
