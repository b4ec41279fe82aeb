//! `GET` and `DELETE /device/v1/hand-overs/{id}`: where a hand-over stands, and giving it up.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::PromptId;
use countersign_domain::people::Person;
use countersign_domain::prompts::number_of;
use countersign_domain::qr;
use countersign_platform::http::{ApiResult, Json, Path, Problem};
use countersign_platform::store::Consistency;

use super::{HandOver, HandOverQr, HandOverState, NewPhone, find, person, tested};
use crate::proof::Proven;

/// When to ask again.
const POLL_MS: u32 = 1_000;

/// Where a hand-over stands.
#[utoipa::path(
    get, path = "/device/v1/hand-overs/{id}", tag = "relay",
    params(
        ("id" = String, Path, description = "The hand-over's id, `enr_…`."),
        ("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")
    ),
    responses((status = 200, body = HandOver), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn show_hand_over(
    State(state): State<crate::State>,
    Path(id): Path<String>,
    proven: Proven,
) -> ApiResult<Json<HandOver>> {
    let hand_over = find(&state, &proven.authenticator, &id).await?;
    let person = person(&state, &proven.authenticator).await?;
    Ok(Json(draw(&state, &hand_over, &person).await?))
}

/// Give a hand-over up.
#[utoipa::path(
    delete, path = "/device/v1/hand-overs/{id}", tag = "relay",
    params(
        ("id" = String, Path, description = "The hand-over's id, `enr_…`."),
        ("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")
    ),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn cancel_hand_over(
    State(state): State<crate::State>,
    Path(id): Path<String>,
    proven: Proven,
) -> ApiResult<StatusCode> {
    let hand_over = find(&state, &proven.authenticator, &id).await?;
    state
        .enrollments
        .end_enrollment(hand_over.account, hand_over.id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// As the old phone draws it.
pub(super) async fn draw(state: &crate::State, hand_over: &Enrollment, person: &Person) -> ApiResult<HandOver> {
    let bare = HandOver {
        id: hand_over.id.to_string(),
        state: HandOverState::Ended,
        code: None,
        uri: None,
        qr: None,
        number: None,
        to: tested(person, hand_over).and_then(NewPhone::of),
        expires_at: hand_over.expires_at.into(),
        poll_after_ms: POLL_MS,
    };
    match hand_over.stage {
        Stage::Pairing => code(state, hand_over, bare).await,
        Stage::Testing { prompt, .. } => test(state, hand_over, prompt, bare).await,
        _ => Ok(bare),
    }
}

async fn code(state: &crate::State, hand_over: &Enrollment, bare: HandOver) -> ApiResult<HandOver> {
    let expires_at = hand_over.pairing_expires_at(&state.house.policy);
    if state.house.now() >= expires_at {
        return Ok(bare);
    }
    let code = hand_over.pairing_code(state.house.keys.keyring().await?.pepper.expose());
    let uri = format!("{}/authenticator#pair={}", state.house.origin, code.canonical());
    Ok(HandOver {
        state: HandOverState::Waiting,
        qr: qr::qr(&uri).map(|qr| HandOverQr {
            size: qr.size,
            path: qr.path,
        }),
        code: Some(code.to_string()),
        uri: Some(uri),
        expires_at: expires_at.into(),
        ..bare
    })
}

async fn test(state: &crate::State, hand_over: &Enrollment, prompt: PromptId, bare: HandOver) -> ApiResult<HandOver> {
    let (ledger, now) = (
        state.prompts.ledger(hand_over.account, Consistency::Strong).await?,
        state.house.now(),
    );
    let Some(prompt) = ledger.prompt(prompt) else {
        return Ok(bare);
    };
    if prompt.is_approved(now) {
        return Ok(HandOver {
            state: HandOverState::Tested,
            expires_at: prompt.expires_at.into(),
            ..bare
        });
    }
    if !prompt.is_open(now) {
        return Ok(bare);
    }
    let pepper = state.house.keys.keyring().await?.pepper.expose();
    let number = number_of(pepper, prompt.id, prompt.number_length);
    Ok(HandOver {
        state: HandOverState::Testing,
        number: Some(number.digits().expose().clone()),
        expires_at: prompt.expires_at.into(),
        ..bare
    })
}
