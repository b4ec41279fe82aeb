//! `DELETE /api/v1/sign-ins/current`: gives the sign-in up.

use axum::http::StatusCode;
use countersign_platform::http::{Cookie, Problem, SetCookie};

/// Give the sign-in up. A prompt that is out dies by its time.
#[utoipa::path(
    delete, path = "/api/v1/sign-ins/current", operation_id = "cancel_sign_in", tag = "verification",
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn cancel() -> (SetCookie, StatusCode) {
    (Cookie::SignIn.clear(), StatusCode::NO_CONTENT)
}
