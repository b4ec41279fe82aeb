//! `GET` and `DELETE /api/v1/me/enrollments/{id}`: where a ceremony stands, and giving it up.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::device::claims::DenyReason;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::{AttemptId, AuthenticatorId, EnrollmentId, PromptId};
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::people::Person;
use countersign_domain::prompts::{Ledger, Purpose, State as PromptState, number_of};
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::Session;
use countersign_platform::fault::Fault;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::step::{Ended, PushDelivery, poll_after_ms};
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::seeds;
use countersign_platform::store::{Consistency, Saved};

use crate::confirm::activate;
use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

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
        let ledger = state.prompts.ledger(session.account, Consistency::Strong).await?;
        let approved = ledger
            .prompt(prompt)
            .is_some_and(|prompt| prompt.is_approved(state.house.now()));
        if !approved {
            let view = testing(&state, &enrollment, &person, authenticator, prompt, &ledger).await?;
            return Ok(Json(view).into_response());
        }
        let consumed = ledger.consume(prompt, Purpose::Test { flow: enrollment.id }, state.house.now())?;
        let attempt = AttemptId::new(state.house.now(), state.house.entropy.as_ref());
        if state.prompts.save_ledger(&consumed.ledger, attempt).await? == Saved::Won {
            let tested = person
                .authenticator(authenticator)
                .cloned()
                .ok_or(Refusal::EnrollmentExpired)?;
            return activate(&state, &caller, &session, person, tested, &enrollment).await;
        }
    }
    Ok(Json(draw(&state, &enrollment, &person).await?).into_response())
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
        .filter(|one| one.is_open(state.house.now()))
        .ok_or(Refusal::EnrollmentExpired)?)
}

/// The ceremony as the page draws it.
pub(crate) async fn draw(state: &crate::State, enrollment: &Enrollment, person: &Person) -> ApiResult<EnrollmentView> {
    match &enrollment.stage {
        Stage::Pairing => {
            let code = enrollment.pairing_code(state.house.keys.keyring().await?.pepper.expose());
            let expires_at = enrollment.pairing_expires_at(&state.house.policy);
            let view = |at, prompts| EnrollmentView::new(enrollment, at, prompts);
            if state.house.now() >= expires_at {
                let ended = Some(Ended::from(Refusal::PairingExpired));
                return Ok(EnrollmentView {
                    ended,
                    ..view(EnrollmentState::Ended, Vec::new())
                });
            }
            let prompt = EnrollmentPrompt::pairing(
                &state.house.origin,
                code.canonical(),
                code.to_string(),
                expires_at.into(),
            );
            Ok(EnrollmentView {
                poll_after_ms: Some(1000),
                ..view(EnrollmentState::Waiting, vec![prompt])
            })
        }
        Stage::Testing { authenticator, prompt } => {
            let ledger = state.prompts.ledger(enrollment.account, Consistency::Strong).await?;
            testing(state, enrollment, person, *authenticator, *prompt, &ledger).await
        }
        Stage::Seed { sealed_seed } => {
            let seed = seeds::open_offered(&state.house, enrollment.account, enrollment.id, sealed_seed).await?;
            let generator = Generator::usual(String::new());
            let user_name = person.account.user_name.as_str();
            let offer = totp::offer(&generator, &seed, &state.house.organization, user_name)
                .ok_or(Fault::Defect("a seed that no generator takes"))?;
            let (uri, secret) = (offer.uri.expose().clone(), offer.typed.expose().clone());
            let prompt = EnrollmentPrompt::totp(uri, secret, generator.digits, generator.period);
            Ok(EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt]))
        }
    }
}

async fn testing(
    state: &crate::State,
    enrollment: &Enrollment,
    person: &Person,
    phone: AuthenticatorId,
    id: PromptId,
    ledger: &Ledger,
) -> ApiResult<EnrollmentView> {
    let view = |at, prompts| EnrollmentView::new(enrollment, at, prompts);
    let ended = |why| EnrollmentView {
        ended: Some(Ended::from(why)),
        ..view(EnrollmentState::Ended, Vec::new())
    };
    let Some(prompt) = ledger.prompt(id) else {
        return Ok(ended(Refusal::ChallengeSuperseded));
    };
    Ok(match prompt.state {
        PromptState::Waiting if prompt.is_open(state.house.now()) => {
            let number = number_of(
                state.house.keys.keyring().await?.pepper.expose(),
                prompt.id,
                prompt.number_length,
            );
            let drawn = EnrollmentPrompt::Number {
                prompt_id: prompt.id.to_string(),
                number: number.digits().expose().clone(),
                expires_at: prompt.expires_at.into(),
                device: person
                    .authenticator(phone)
                    .map(|one| one.name.to_string())
                    .unwrap_or_default(),
                delivery: PushDelivery::Sent,
            };
            let poll_after_ms = Some(poll_after_ms(prompt.opened_at, state.house.now()));
            EnrollmentView {
                poll_after_ms,
                ..view(EnrollmentState::Testing, vec![drawn])
            }
        }
        PromptState::Denied {
            reason: DenyReason::NotMe,
        } => ended(Refusal::ChallengeReported),
        PromptState::Denied {
            reason: DenyReason::ChangedMind,
        } => ended(Refusal::ChallengeDenied),
        PromptState::Mismatched => ended(Refusal::NumberMismatch),
        PromptState::Waiting
        | PromptState::Unanswered
        | PromptState::Approved { .. }
        | PromptState::Consumed
        | PromptState::Withdrawn => ended(Refusal::ChallengeExpired),
    })
}
