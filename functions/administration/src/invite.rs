//! `POST /api/v1/people/{id}/invitation`: a new link; the old one is dead.

use axum::extract::State;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::activity::What;
use countersign_domain::delivery::{Delivery, Mail, Sent};
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

/// Where the link went.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invited {
    /// The mail address.
    sent_to: String,
    /// Whether the mail was handed over; if not, try again.
    sent: bool,
    expires_at: Time,
}

/// Send a new link to somebody who has not entered yet.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/invitation", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = Invited), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn invite(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<Invited>> {
    state.administrator(&session).await?;
    let person = state.find(&id).await?;
    if person.account.status != Status::Invited {
        return Err(Refusal::AccountStateConflict.into());
    }
    let invited = send_link(&state, &person.account).await?;
    state.record(person.account.id, What::Invited, &caller).await?;
    Ok(Json(invited))
}

/// Keeps a new link and sends it.
pub(crate) async fn send_link(state: &crate::State, account: &Account) -> ApiResult<Invited> {
    let (house, to) = (
        &state.house,
        account.mail.as_ref().ok_or(Refusal::MailInvalid)?.to_string(),
    );
    let whom = For::Enrollment { account: account.id };
    let (invitation, token) = Invitation::new(whom, &house.policy, house.entropy.as_ref(), house.now());
    state.invitations.invite(&invitation).await?;
    let message = Mail::EnrollmentLink {
        display_name: account.display_name.to_string(),
        link: token.link(&house.origin),
    };
    let sent = state
        .deliver
        .deliver(&Delivery::Mail {
            to: to.clone(),
            message,
        })
        .await
        == Sent::Sent;
    Ok(Invited {
        sent_to: to,
        sent,
        expires_at: invitation.expires_at.into(),
    })
}
