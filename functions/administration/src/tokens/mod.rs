//! Hardware tokens: imported from a file, listed, kept for somebody, deleted.

mod custody;
mod delete;
mod import;
mod list;
mod rows;
mod view;

use countersign_domain::names::SerialNumber;
use countersign_domain::refusal::Refusal;
use countersign_domain::tokens::HardwareToken;
use countersign_platform::http::ApiResult;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;

/// The routes of the inventory with their document.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list_tokens))
        .routes(routes!(import::import_tokens))
        .routes(routes!(list::show_token, delete::delete_token))
        .routes(routes!(custody::assign_token))
        .routes(routes!(custody::unassign_token))
}

impl State {
    /// A token by the serial number in a path.
    async fn find_token(&self, serial: &str) -> ApiResult<HardwareToken> {
        let serial: SerialNumber = serial.parse().map_err(|_| Refusal::TokenNotFound)?;
        Ok(self.tokens.token(&serial).await?.ok_or(Refusal::TokenNotFound)?)
    }
}
