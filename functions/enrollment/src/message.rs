//! `POST /api/v1/me/enrollments/{id}/message`: a new code to the number that is being added.

use axum::extract::State;
use axum::http::HeaderMap;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::Session;
use countersign_platform::fault::Fault;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::sending::{Sender, language};

use crate::ceremony::find;
use crate::kinds::phone;
use crate::view::EnrollmentView;

/// Send a new code to the number that is being added.
///
/// The code before is dead. It may be asked for thirty seconds after the last one.
#[utoipa::path(
    post, path = "/api/v1/me/enrollments/{id}/message", operation_id = "send_first_code", tag = "enrollment",
    params(("id" = String, Path, description = "The ceremony's id, `enr_…`.")),
    responses((status = 200, body = EnrollmentView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn message(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    headers: HeaderMap,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<EnrollmentView>> {
    let enrollment = find(&state, &session, &id).await?;
    if phone::is_over(&state, &enrollment) {
        return Err(Refusal::EnrollmentExpired.into());
    }
    Ok(Json(send(&state, &caller, &headers, &session, enrollment).await?))
}

/// Sends a code, and draws the ceremony as it then is.
pub(crate) async fn send(
    state: &crate::State,
    caller: &Caller,
    headers: &HeaderMap,
    session: &Session,
    first_read: Enrollment,
) -> ApiResult<EnrollmentView> {
    let sender = Sender {
        house: &state.house,
        codes: state.send.as_ref(),
        deliver: state.deliver.as_ref(),
        caller,
        language: language(headers),
    };
    let mut enrollment = first_read;
    for _ in 0..ROUNDS {
        let person = state.person(session).await?;
        if !person.may_use(enrollment.kind()) {
            return Err(Refusal::MethodNotOffered.into());
        }
        if let Some((enrollment, out)) = sender.send_first(&person, &enrollment).await? {
            return Ok(phone::drawn(state, &enrollment, out.sent.into()));
        }
        enrollment = find(state, session, &enrollment.id.to_string()).await?;
    }
    Err(Fault::unavailable("sessions: send a first code", "lost too often against others").into())
}
