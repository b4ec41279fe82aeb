//! `GET` and `DELETE /api/v1/me/enrollments/{id}`: where a ceremony stands, and giving it up.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::EnrollmentId;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::Session;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};

use crate::confirm::activate;
use crate::kinds::{self, authenticator::Outcome};
use crate::view::EnrollmentView;

/// Where a ceremony stands.
///
/// This is the poll while a phone pairs and is tested. When the test has been answered with its number, the method becomes active.
#[utoipa::path(
    get, path = "/api/v1/me/enrollments/{id}", tag = "enrollment",
    params(("id" = String, Path, description = "The ceremony's id, `enr_…`.")),
    responses((status = 200, body = EnrollmentView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn enrollment(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Response> {
    let enrollment = find(&state, &session, &id).await?;
    let person = state.person(&session).await?;
    if let Stage::Testing { authenticator, prompt } = enrollment.stage {
        let test = kinds::authenticator::Test {
            enrollment: &enrollment,
            person: &person,
            phone: authenticator,
            prompt,
        };
        match test.outcome(&state).await? {
            Outcome::Pending(view) => return Ok(Json(view).into_response()),
            Outcome::Passed(tested) => return activate(&state, &caller, &session, person, *tested, &enrollment).await,
            Outcome::TakenElsewhere => {}
        }
    }
    Ok(Json(kinds::draw(&state, &enrollment, &person).await?).into_response())
}

/// Give a ceremony up.
#[utoipa::path(
    delete, path = "/api/v1/me/enrollments/{id}", operation_id = "cancel_enrollment", tag = "enrollment",
    params(("id" = String, Path, description = "The ceremony's id, `enr_…`.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn cancel(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    let enrollment = find(&state, &session, &id).await?;
    state.enrollments.end_enrollment(session.account, enrollment.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An open ceremony of this session's account.
pub(crate) async fn find(state: &crate::State, session: &Session, id: &str) -> ApiResult<Enrollment> {
    let id = id.parse::<EnrollmentId>().map_err(|_| Refusal::EnrollmentExpired)?;
    let found = state.enrollments.enrollment(session.account, id).await?;
    Ok(found
        // A hand-over is the old phone's to finish: a page would add the new phone and leave the old one.
        .filter(|one| one.is_open(state.house.now()) && one.handed_over_by.is_none())
        .ok_or(Refusal::EnrollmentExpired)?)
}
