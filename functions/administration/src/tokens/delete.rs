//! `DELETE /api/v1/hardware-tokens/{serial}`: a token that is in nobody's hands leaves the inventory, and its seed with it.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Path, Problem};
use countersign_platform::store::Saved;

/// Delete an available token. Needs a proof not older than five minutes.
#[utoipa::path(
    delete, path = "/api/v1/hardware-tokens/{serial}", tag = "administration",
    params(("serial" = String, Path, description = "The serial number, as printed on the token.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn delete_token(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    Path(serial): Path<String>,
) -> ApiResult<StatusCode> {
    state.administrator(&session).await?;
    let token = state.find_token(&serial).await?;
    token.may_be_deleted()?;
    if state.tokens.drop_token(&token).await? == Saved::Lost {
        return Err(Refusal::TokenStateConflict.into());
    }
    Ok(StatusCode::NO_CONTENT)
}
