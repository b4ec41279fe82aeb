//! `POST /api/v1/reauthentications`: a fresh proof, in place of the session that asks.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::passwords::Bucket;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sign_in::{Aim, ReturnTo};
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::store::Consistency;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::password::Attempt;
use crate::start::proceed;
use crate::view::View;

/// The password once more; the second factor follows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reauthenticate {
    /// As typed.
    #[schema(value_type = String, format = Password)]
    password: Secret<String>,
    /// Where the person was: a path of this site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    return_to: Option<ReturnTo>,
}

/// Prove once more who it is.
///
/// All factors again (ASVS 5.0, 7.5.1). When it is done, a new session replaces this one.
#[utoipa::path(
    post, path = "/api/v1/reauthentications", tag = "verification", request_body = Reauthenticate,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn reauthenticate(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<Reauthenticate>,
) -> ApiResult<Response> {
    let person = state
        .people
        .person(session.account, Consistency::Eventual)
        .await?
        .ok_or(Refusal::SessionRequired)?;
    let name = person.account.user_name;
    let attempt = Attempt {
        state: &state,
        name: &name,
        password: &request.password,
        bucket: Bucket::Familiar,
        caller: &caller,
    };
    let person = attempt.check().await?;
    let aim = Aim::Reauthenticate { session: session.id };
    proceed(&state, &headers, &caller, &person, aim, request.return_to).await
}
