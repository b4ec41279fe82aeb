//! `POST /api/v1/invitations/accept`: a first password, and a session that may register a first method.

use axum::extract::State;
use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::activity::What;
use countersign_domain::ids::AccountId;
use countersign_domain::names::{DisplayName, UserName};
use countersign_domain::passwords::{self, Acceptable, Kept};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sign_in::Verified;
use countersign_platform::fault::Fault;
use countersign_platform::http::step::Next;
use countersign_platform::http::{ApiError, ApiResult, Caller, Json, Problem, SetCookie};
use countersign_platform::opening::session_cookie;
use countersign_platform::store::{Saved, SetUp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::inspect::find;
use crate::password_check::assessed;

/// Who enters.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptInvitation {
    /// From the link's fragment.
    #[schema(value_type = String, format = Password)]
    token: Secret<String>,
    /// For the first administrator: the name to sign in with.
    #[serde(default)]
    user_name: Option<String>,
    /// For the first administrator: how to be greeted.
    #[serde(default)]
    display_name: Option<String>,
    /// The password.
    #[schema(value_type = String, format = Password)]
    password: Secret<String>,
}

/// What comes next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Accepted {
    next: Next,
}

/// Accept a link.
///
/// Uses the link up. A name or password that is not taken leaves it good.
#[utoipa::path(
    post, path = "/api/v1/invitations/accept", tag = "enrollment", request_body = AcceptInvitation,
    responses((status = 200, body = Accepted), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn accept(
    State(state): State<crate::State>,
    caller: Caller,
    Json(request): Json<AcceptInvitation>,
) -> ApiResult<(SetCookie, Json<Accepted>)> {
    let (invitation, person) = find(&state, &request.token).await?;
    let now = state.house.now();
    let person = match person {
        None => {
            let (user_name, display_name) = names(&request)?;
            let kept = keep(
                &state,
                &request.password,
                user_name.as_str(),
                display_name.as_str(),
                None,
            )
            .await?;
            let id = AccountId::new(now, state.house.entropy.as_ref());
            let mut account = Account::invited(id, user_name, display_name, None, Role::Administrator, now);
            enter(&mut account, kept, now);
            match state.invitations.set_up(&invitation, &account, now).await? {
                SetUp::Done => Person::new(account, Vec::new()),
                SetUp::LinkSpent => return Err(Refusal::InvitationInvalid.into()),
                SetUp::NameTaken => return Err(Refusal::UserNameTaken.into()),
            }
        }
        Some(mut person) => {
            let kept = keep(&state, &request.password, "", "", Some(&person)).await?;
            if state
                .invitations
                .enter(&invitation, person.account.id, &kept, now)
                .await?
                == Saved::Lost
            {
                return Err(Refusal::InvitationInvalid.into());
            }
            enter(&mut person.account, kept, now);
            person
        }
    };
    let event = state
        .event(person.account.id, What::PasswordSet, &caller)
        .with("password", "Password");
    let verified = Verified::by_invitation(&person);
    let (session, token) = state
        .opening()
        .open(&verified, Place::from(&caller), Some(event))
        .await?;
    Ok((
        session_cookie(&state.house, &session, &token),
        Json(Accepted { next: Next::Register }),
    ))
}

fn enter(account: &mut Account, kept: Kept, now: jiff::Timestamp) {
    account.status = Status::Active;
    account.password = Some(kept);
    account.password_set_at = Some(now);
}

fn names(request: &AcceptInvitation) -> Result<(UserName, DisplayName), Refusal> {
    let user_name = request.user_name.as_deref().ok_or(Refusal::UserNameInvalid)?.parse()?;
    let display_name = request
        .display_name
        .as_deref()
        .ok_or(Refusal::DisplayNameInvalid)?
        .parse()?;
    Ok((user_name, display_name))
}

/// The password as it is kept, if the rules take it.
async fn keep(
    state: &crate::State,
    password: &Secret<String>,
    user_name: &str,
    display_name: &str,
    person: Option<&Person>,
) -> ApiResult<Kept> {
    let acceptable: Acceptable = assessed(state, password, user_name, display_name, person)
        .await?
        .acceptable()?;
    let pepper = state.house.keys.keyring().await?.pepper.clone();
    let entropy = std::sync::Arc::clone(&state.house.entropy);
    let work =
        tokio::task::spawn_blocking(move || passwords::keep(pepper.expose(), entropy.as_ref(), acceptable.secret()));
    let kept = work
        .await
        .map_err(|_| ApiError::Failed(Fault::Defect("hashing a password panicked")))?;
    Ok(kept.ok_or(Fault::Defect("a password could not be hashed"))?)
}
