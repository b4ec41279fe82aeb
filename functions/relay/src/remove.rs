//! `DELETE /device/v1/device`: the phone ends itself, like being removed on the security-info page.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::place::Place;
use countersign_platform::http::{ApiResult, Caller, Problem};

use crate::proof::Proven;

/// End this phone. The last usable method stays: `method.last_or_required`.
#[utoipa::path(
    delete, path = "/device/v1/device", tag = "relay",
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn remove(State(state): State<crate::State>, caller: Caller, proven: Proven) -> ApiResult<StatusCode> {
    let one = &proven.authenticator;
    state
        .remover()
        .remove(one.account, one.id, Place::from(&caller), |_| Ok(())) // its key has signed for it
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
