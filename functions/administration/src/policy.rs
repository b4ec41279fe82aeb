//! `GET` and `PUT /api/v1/policy/methods`: which method is for whom, as one document under its version.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::activity::What;
use countersign_domain::methods::rules::{MethodsPolicy, Objection};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::fault::Fault;
use countersign_platform::http::json::whole;
use countersign_platform::http::session::{FreshSession, FullSession};
use countersign_platform::http::{ApiError, ApiResult, Caller, IfMatch, Json, Problem, entity_tag};
use countersign_platform::passkeys;
use countersign_platform::store::Saved;
use jiff::Timestamp;
use serde_json::Value;

use crate::groups::stays_in;

/// Show the methods policy, with its version as `ETag`.
///
/// One document: `version`, `system_preferred`, and for each method `enabled`, `groups`, `excluded` and `settings` (docs/methods.md).
#[utoipa::path(
    get, path = "/api/v1/policy/methods", tag = "administration",
    responses(
        (status = 200, body = Object, headers(("ETag" = String, description = "The version."))),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn methods_policy(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
) -> ApiResult<Response> {
    let administrator = state.administrator(&session).await?;
    Ok(shown(&administrator.rules))
}

/// Save the methods policy whole, over the version that `If-Match` names.
///
/// Nothing is saved if it has been changed since (`policy.version_conflict`), if a field does not hold what it may (`policy.invalid`, with
/// each field under `errors`), or if it would leave the administrator without a method (`policy.locks_you_out`). It holds from the next
/// request of everybody on.
#[utoipa::path(
    put, path = "/api/v1/policy/methods", tag = "administration", request_body = Object,
    params(("If-Match" = String, Header, description = "The `ETag` of the version that was edited.")),
    responses(
        (status = 200, body = Object, headers(("ETag" = String, description = "The new version."))),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn save_methods_policy(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    IfMatch(named): IfMatch,
    Json(given): Json<Value>,
) -> ApiResult<Response> {
    let administrator = state.administrator(&session).await?;
    let named = named.ok_or(Refusal::PolicyVersionRequired)?;
    let current = administrator.rules.version;
    if !named.contains(&entity_tag(current)) {
        return Err(Refusal::PolicyVersionConflict.into());
    }
    let policy = edited(&given, current, state.house.now())?;
    let under_it = Person {
        rules: Arc::new(policy.clone()),
        ..administrator
    };
    stays_in(&under_it, &state.house.policy)?;
    let tell = state.telling(under_it.account.id, What::PolicyChanged, &caller);
    match state.policy.save_methods_policy(&policy, Some(&tell)).await? {
        Saved::Won => Ok(shown(&policy)),
        Saved::Lost => Err(Refusal::PolicyVersionConflict.into()),
    }
}

/// The document as it is kept next.
fn edited(given: &Value, current: u64, now: Timestamp) -> ApiResult<MethodsPolicy> {
    let policy: MethodsPolicy = whole(given).map_err(|one| ApiError::Objected(vec![one]))?;
    let mut wrong = policy.edited(given).err().unwrap_or_default();
    wrong.extend(roots(&policy, now));
    if !wrong.is_empty() {
        return Err(ApiError::Objected(wrong));
    }
    if given.get("version").is_some() && policy.version != current {
        let says = "This is not the version that If-Match names. Leave it out, or send the one that was read.";
        return Err(ApiError::Objected(vec![Objection::new("/version", says)]));
    }
    let version = current
        .checked_add(1)
        .ok_or(Fault::Defect("the methods policy has no next version"))?;
    Ok(MethodsPolicy { version, ..policy })
}

/// What is wrong with the roots that passkeys are proven by.
fn roots(policy: &MethodsPolicy, now: Timestamp) -> impl Iterator<Item = Objection> {
    let wrong = passkeys::objections(&policy.passkey.settings, now);
    wrong.into_iter().map(|one| Objection {
        at: format!("/passkey/settings{}", one.at),
        ..one
    })
}

fn shown(policy: &MethodsPolicy) -> Response {
    ([(header::ETAG, entity_tag(policy.version))], Json(policy)).into_response()
}
