//! `POST /api/v1/people`: a new person, and the link that lets them in.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::accounts::Account;
use countersign_domain::activity::What;
use countersign_domain::ids::AccountId;
use countersign_domain::names::{DisplayName, MailAddress, UserName};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::words::Role;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::invite::send_link;
use crate::view::PersonView;

/// Who.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreatePerson {
    /// What they sign in with: 1–64 letters, digits, `. _ - @ +`.
    user_name: String,
    /// How they are greeted.
    display_name: String,
    /// Where the link goes.
    mail: String,
    role: Role,
}

/// Create a person. Needs a proof not older than five minutes.
#[utoipa::path(
    post, path = "/api/v1/people", tag = "administration", request_body = CreatePerson,
    responses((status = 201, body = PersonView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn create(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Json(request): Json<CreatePerson>,
) -> ApiResult<(StatusCode, Json<PersonView>)> {
    state.administrator(&session).await?;
    let user_name: UserName = request.user_name.parse()?;
    let display_name: DisplayName = request.display_name.parse()?;
    let mail: MailAddress = request.mail.parse()?;
    let now = state.house.now();
    let id = AccountId::new(now, state.house.entropy.as_ref());
    let account = Account::invited(id, user_name, display_name, Some(mail), request.role.into(), now);
    let tell = state.telling(id, What::Invited, &caller);
    if state.administer.create(&account, Some(&tell)).await? == Saved::Lost {
        return Err(Refusal::UserNameTaken.into());
    }
    send_link(&state, &account).await?;
    let person = Person::new(account, Vec::new());
    Ok((StatusCode::CREATED, Json(PersonView::whole(&person))))
}
