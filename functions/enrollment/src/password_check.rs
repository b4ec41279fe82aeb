//! `POST /api/v1/invitations/password-check`: how good a password is, while it is typed.

use axum::extract::State;
use countersign_domain::passwords::{Assessment, assess};
use countersign_domain::people::Person;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::refusals::said;
use countersign_platform::http::{ApiError, ApiResult, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::inspect::find;

/// A password to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckPassword {
    /// From the link's fragment: only who holds a link may ask.
    #[schema(value_type = String, format = Password)]
    token: Secret<String>,
    /// The user name that goes with it.
    user_name: String,
    /// As typed so far.
    #[schema(value_type = String, format = Password)]
    password: Secret<String>,
}

/// What the rules say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasswordVerdict {
    /// 0 (guessed at once) to 4 (very hard to guess).
    #[schema(maximum = 4)]
    score: u8,
    /// Whether it would be taken.
    acceptable: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "password.block_listed")]
    code: Option<&'static str>,
    /// Why not, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
    /// What would make it better.
    suggestions: Vec<String>,
    /// The shortest length that is taken.
    min_length: usize,
}

/// Look at a password.
#[utoipa::path(
    post, path = "/api/v1/invitations/password-check", tag = "enrollment", request_body = CheckPassword,
    responses((status = 200, body = PasswordVerdict), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn password_check(
    State(state): State<crate::State>,
    Json(request): Json<CheckPassword>,
) -> ApiResult<Json<PasswordVerdict>> {
    let (_, person) = find(&state, &request.token).await?;
    let assessment = assessed(&state, &request.password, &request.user_name, "", person.as_ref()).await?;
    let said = assessment.refusal.map(|refusal| said(&refusal));
    Ok(Json(PasswordVerdict {
        score: assessment.score,
        acceptable: said.is_none(),
        code: said.as_ref().map(|said| said.code),
        reason: said.map(|said| said.detail.into_owned()),
        suggestions: assessment.suggestions,
        min_length: state.house.policy.password_shortest,
    }))
}

/// Holds a password against the rules, with the words that a guesser who knows the person would try. It takes milliseconds of
/// computing, so it leaves the thread that serves others.
pub(crate) async fn assessed(
    state: &crate::State,
    password: &Secret<String>,
    user_name: &str,
    display_name: &str,
    person: Option<&Person>,
) -> ApiResult<Assessment> {
    let mut personal = vec![
        state.house.organization.to_string(),
        user_name.to_owned(),
        display_name.to_owned(),
    ];
    if let Some(person) = person {
        personal.push(person.account.user_name.to_string());
        personal.push(person.account.display_name.to_string());
        personal.extend(person.account.mail.as_ref().map(ToString::to_string));
    }
    let (policy, password) = (state.house.policy, password.clone());
    let work = tokio::task::spawn_blocking(move || {
        let personal: Vec<&str> = personal
            .iter()
            .map(String::as_str)
            .filter(|word| !word.is_empty())
            .collect();
        assess(&policy, &password, &personal)
    });
    work.await
        .map_err(|_| ApiError::Failed(Fault::Defect("assessing a password panicked")))
}
