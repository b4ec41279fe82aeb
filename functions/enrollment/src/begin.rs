//! `POST /api/v1/me/methods`: begins a ceremony.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::methods::MethodKind;
use countersign_domain::names::MethodName;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::EnrollingSession;
use countersign_platform::http::words::PasskeyAttachment;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::EnrollmentView;
use crate::{kinds, message};

/// What to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddMethod {
    /// One of `addable`.
    #[schema(example = "totp")]
    kind: String,
    /// What to call it; it can be changed later.
    #[serde(default)]
    name: Option<String>,
    /// For a passkey: where its authenticator is to be; anywhere, where it is absent.
    #[serde(default)]
    pub(crate) attachment: Option<PasskeyAttachment>,
    /// A hardware token's serial number, as printed on it; for that kind only.
    #[serde(default)]
    pub(crate) serial: Option<String>,
    /// The number that codes go to, for `sms` and `voice`: national in `country`, or international.
    #[serde(default)]
    pub(crate) number: Option<String>,
    /// The country that a national number is of: two letters (ISO 3166-1).
    #[serde(default)]
    pub(crate) country: Option<String>,
}

/// Begin to add a method.
///
/// Needs a proof not older than five minutes. The ceremony lives fifteen minutes. New recovery codes replace the old ones when one of them is
/// confirmed.
#[utoipa::path(
    post, path = "/api/v1/me/methods", tag = "enrollment", request_body = AddMethod,
    responses((status = 201, body = EnrollmentView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn begin(
    State(state): State<crate::State>,
    EnrollingSession(session): EnrollingSession,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<AddMethod>,
) -> ApiResult<(StatusCode, Json<EnrollmentView>)> {
    let kind = MethodKind::parse(&request.kind).ok_or(Refusal::MethodNotOffered)?;
    let name = request.name.as_deref().map(str::parse::<MethodName>).transpose()?;
    let (house, now) = (&state.house, state.house.now());
    let person = state.person(&session).await?;
    person.may_change(&session, None, &house.policy, now)?;
    person.may_begin(kind, &house.policy, now)?;
    let entropy = house.entropy.as_ref();
    let bare = Enrollment::begin(session.account, name, Stage::Pairing, &house.policy, entropy, now);
    let enrollment = kinds::begin(&state, kind, &person, bare, &request).await?;
    let pairing = match enrollment.stage {
        Stage::Pairing => Some(enrollment.pairing(house.keys.keyring().await?.pepper.expose(), &house.policy)),
        _ => None,
    };
    state
        .enrollments
        .begin_enrollment(&enrollment, pairing.as_ref())
        .await?;
    if kinds::phone::is_one(&enrollment) {
        let view = message::send(&state, &caller, &headers, &session, enrollment).await?;
        return Ok((StatusCode::CREATED, Json(view)));
    }
    Ok((
        StatusCode::CREATED,
        Json(kinds::draw(&state, &enrollment, &person).await?),
    ))
}
