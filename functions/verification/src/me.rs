//! `GET /api/v1/me`: whose session it is, and how fresh.

use axum::extract::State;
use countersign_domain::refusal::Refusal;
use countersign_domain::strengths::{amr, level, satisfied};
use countersign_platform::http::session::AnySession;
use countersign_platform::http::time::Time;
use countersign_platform::http::words::{Level, Role, SessionScope};
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    account: MyAccount,
    session: MySession,
    organization: Organization,
}

/// The account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyAccount {
    /// `acc_…`.
    id: String,
    user_name: String,
    display_name: String,
    role: Role,
    /// Whether it has a passkey that can be used, also to prove once more who it is.
    has_passkey: bool,
}

/// The session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MySession {
    /// `ses_…`.
    id: String,
    scope: SessionScope,
    /// How far its proofs reach, computed from them.
    level: Level,
    /// The authentication assurance level (NIST SP 800-63B-4), 1 to 3.
    aal: u8,
    /// The strengths that its proofs satisfy: those that are built in, then the organization's own.
    #[schema(example = json!(["multi_factor"]))]
    strengths: Vec<String>,
    /// How it was opened (RFC 8176).
    #[schema(value_type = Vec<String>, example = json!(["hwk", "mfa", "pwd"]))]
    amr: Vec<&'static str>,
    authenticated_at: Time,
    /// Until when methods may be changed without proving again.
    fresh_until: Time,
    expires_at: Time,
}

/// The organization.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Organization {
    name: String,
    /// Where members find help.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    help_url: Option<String>,
}

/// Whose session it is.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "verification",
    responses((status = 200, body = Me), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn me(State(state): State<crate::State>, AnySession(session): AnySession) -> ApiResult<Json<Me>> {
    let mut person = state.people.person(session.account, Consistency::Eventual).await?;
    if person.is_none() {
        // The account may have been made a moment ago, by the first administrator's link.
        person = state.people.person(session.account, Consistency::Strong).await?;
    }
    let person = person.ok_or(Refusal::SessionRequired)?;
    let has_passkey = !person.usable_passkeys(&state.house.policy).is_empty();
    let level = level(&session.proofs);
    let strengths = satisfied(&session.proofs, &person.rules.strengths).into_iter();
    let strengths = strengths.map(str::to_owned).collect();
    let account = person.account;
    Ok(Json(Me {
        account: MyAccount {
            id: account.id.to_string(),
            user_name: account.user_name.to_string(),
            display_name: account.display_name.to_string(),
            role: account.role.into(),
            has_passkey,
        },
        session: MySession {
            id: session.id.to_string(),
            scope: session.scope.into(),
            level: level.into(),
            aal: level.assurance(),
            strengths,
            amr: amr(&session.proofs),
            authenticated_at: session.authenticated_at.into(),
            fresh_until: session.fresh_until(&state.house.policy).into(),
            expires_at: session.expires_at.into(),
        },
        organization: Organization {
            name: state.house.organization.to_string(),
            help_url: state.house.help_url.as_ref().map(ToString::to_string),
        },
    }))
}
