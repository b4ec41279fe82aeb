//! `GET /api/v1/hardware-tokens` and `/{serial}`: the inventory, by state and serial number.

use axum::extract::State;
use countersign_domain::names::SerialNumber;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{TokenState, TokenView};

/// Tokens on a page.
const PAGE: u16 = 50;

/// Which, and where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct From {
    /// In which state; the available ones, if it is not said.
    #[serde(default)]
    #[param(inline)]
    state: TokenState,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HardwareTokens {
    tokens: Vec<TokenView>,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List hardware tokens of one state.
#[utoipa::path(
    get, path = "/api/v1/hardware-tokens", tag = "administration", params(From),
    responses((status = 200, body = HardwareTokens), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn list_tokens(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Query(from): Query<From>,
) -> ApiResult<Json<HardwareTokens>> {
    state.administrator(&session).await?;
    let after = from
        .cursor
        .map(|cursor| cursor.parse::<SerialNumber>().map_err(|_| Refusal::CursorInvalid))
        .transpose()?;
    let page = state.tokens.tokens(from.state.into(), after.as_ref(), PAGE).await?;
    Ok(Json(HardwareTokens {
        tokens: page.items.iter().map(TokenView::of).collect(),
        next_cursor: page.next,
    }))
}

/// Show one hardware token. Its seed is never shown.
#[utoipa::path(
    get, path = "/api/v1/hardware-tokens/{serial}", tag = "administration",
    params(("serial" = String, Path, description = "The serial number, as printed on the token.")),
    responses((status = 200, body = TokenView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn show_token(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Path(serial): Path<String>,
) -> ApiResult<Json<TokenView>> {
    state.administrator(&session).await?;
    Ok(Json(TokenView::of(&state.find_token(&serial).await?)))
}
