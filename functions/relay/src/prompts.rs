//! `GET /device/v1/prompts`: the open prompt of this phone, if there is one.

use axum::extract::State;
use countersign_domain::device::shown::Shown;
use countersign_domain::ids::AttemptId;
use countersign_domain::prompts::Prompt;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::proof::{Signed, once};

/// Open prompts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenPrompts {
    /// None or one.
    prompts: Vec<DevicePrompt>,
    /// When to ask again while the app is open.
    poll_after_ms: u32,
}

/// A prompt as the phone shows it. The number is not here: it is on the sign-in page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DevicePrompt {
    /// `prm_…`.
    id: String,
    /// `sign_in`, `passwordless` (the phone must unlock), `reauthenticate` or `test`.
    purpose: String,
    /// 32 bytes, base64url; goes into the answer.
    challenge: String,
    /// How many digits to ask for.
    number_length: u8,
    #[schema(value_type = ShownContext)]
    shown: Shown,
    created_at: Time,
    expires_at: Time,
}

/// What the member is shown; its hash goes into the answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShownContext {
    app: String,
    place: String,
    browser: String,
    address: String,
    #[schema(format = DateTime)]
    at: String,
}

impl From<&Prompt> for DevicePrompt {
    fn from(prompt: &Prompt) -> Self {
        Self {
            id: prompt.id.to_string(),
            purpose: prompt.purpose.as_str().to_owned(),
            challenge: prompt.challenge.to_string(),
            number_length: prompt.number_length,
            shown: prompt.shown.clone(),
            created_at: prompt.created_at.into(),
            expires_at: prompt.expires_at.into(),
        }
    }
}

/// Fetch the open prompt. Reading it marks it as opened.
#[utoipa::path(
    get, path = "/device/v1/prompts", tag = "relay",
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 200, body = OpenPrompts), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn prompts(State(state): State<crate::State>, signed: Signed) -> ApiResult<Json<OpenPrompts>> {
    let now = state.house.now();
    // A prompt that an old read does not see yet is seen at the next question; a phone that was removed is told so at once.
    let (found, ledger) = tokio::try_join!(
        signed.authenticator(&state, Consistency::Strong),
        state.prompts.ledger(signed.claimed.account, Consistency::Eventual),
    )?;
    let (authenticator, jti) = signed.check(&state, found)?;
    once(&state, &authenticator, jti).await?;
    let mine = |prompt: &&Prompt| prompt.is_open(now) && prompt.authenticator == authenticator.id;
    let prompts: Vec<DevicePrompt> = ledger
        .prompt
        .as_ref()
        .filter(mine)
        .map(DevicePrompt::from)
        .into_iter()
        .collect();
    let unopened = ledger
        .prompt
        .as_ref()
        .filter(mine)
        .is_some_and(|prompt| prompt.opened_at.is_none());
    if unopened {
        // Only a hint for the page to poll faster: if another write was first, it is not worth a second try.
        let attempt = AttemptId::new(now, state.house.entropy.as_ref());
        let _ = state.prompts.save_ledger(&ledger.fetched(now), attempt).await?;
    }
    Ok(Json(OpenPrompts {
        prompts,
        poll_after_ms: 2000,
    }))
}
