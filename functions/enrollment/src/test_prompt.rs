//! `POST /api/v1/me/enrollments/{id}/prompt`: a new test number for a phone that has paired.

use axum::extract::State;
use countersign_domain::enrollment::Stage;
use countersign_domain::place::Place;
use countersign_domain::prompts::Purpose;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::prompting::Ask;
use countersign_platform::store::Saved;

use crate::ceremony::find;
use crate::kinds;
use crate::view::EnrollmentView;

/// Show a new test number. The one before is void.
#[utoipa::path(
    post, path = "/api/v1/me/enrollments/{id}/prompt", tag = "enrollment",
    params(("id" = String, Path, description = "The ceremony's id, `enr_…`.")),
    responses((status = 200, body = EnrollmentView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn test_prompt(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<Json<EnrollmentView>> {
    let enrollment = find(&state, &session, &id).await?;
    let Stage::Testing { authenticator, .. } = enrollment.stage else {
        return Err(Refusal::EnrollmentExpired.into());
    };
    let person = state.person(&session).await?;
    let phone = person.authenticator(authenticator).ok_or(Refusal::EnrollmentExpired)?;
    let purpose = Purpose::Test { flow: enrollment.id };
    let opened = state
        .prompter()
        .open(Ask::to(
            phone,
            &person.rules,
            purpose,
            "Test of your authenticator",
            &Place::from(&caller),
        ))
        .await?;
    let testing = enrollment.testing(authenticator, opened.prompt.id);
    if state.enrollments.save_enrollment(&testing).await? == Saved::Lost {
        return Err(Refusal::ChallengeSuperseded.into());
    }
    Ok(Json(kinds::draw(&state, &testing, &person).await?))
}
