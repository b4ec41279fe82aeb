//! `POST /api/v1/hardware-tokens/{serial}/assign` and `/unassign`: keeps a token for one person, or for nobody.

use axum::extract::State;
use countersign_domain::names::UserName;
use countersign_domain::refusal::Refusal;
use countersign_domain::tokens::HardwareToken;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Json, Path, Problem};
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::TokenView;

/// For whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignToken {
    /// Their user name.
    user_name: String,
}

/// Keep a token for one person, who alone can activate it then. Needs a proof not older than five minutes.
#[utoipa::path(
    post, path = "/api/v1/hardware-tokens/{serial}/assign", tag = "administration", request_body = AssignToken,
    params(("serial" = String, Path, description = "The serial number, as printed on the token.")),
    responses((status = 200, body = TokenView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn assign_token(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    Path(serial): Path<String>,
    Json(request): Json<AssignToken>,
) -> ApiResult<Json<TokenView>> {
    state.administrator(&session).await?;
    let token = state.find_token(&serial).await?;
    let user_name: UserName = request.user_name.parse().map_err(|_| Refusal::AccountNotFound)?;
    let holder = state.people.account_named(&user_name).await?;
    let holder = holder.ok_or(Refusal::AccountNotFound)?;
    save(&state, token.assign(holder, user_name)?).await
}

/// Take an assigned token back: it is available again. Needs a proof not older than five minutes.
#[utoipa::path(
    post, path = "/api/v1/hardware-tokens/{serial}/unassign", tag = "administration",
    params(("serial" = String, Path, description = "The serial number, as printed on the token.")),
    responses((status = 200, body = TokenView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn unassign_token(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    Path(serial): Path<String>,
) -> ApiResult<Json<TokenView>> {
    state.administrator(&session).await?;
    let token = state.find_token(&serial).await?;
    save(&state, token.unassign()?).await
}

/// Saves a token in other hands, unless somebody moved it meanwhile.
async fn save(state: &crate::State, token: HardwareToken) -> ApiResult<Json<TokenView>> {
    if state.tokens.move_token(&token).await? == Saved::Lost {
        return Err(Refusal::TokenStateConflict.into());
    }
    Ok(Json(TokenView::of(&token)))
}
