//! `POST /device/v1/prompts/{id}/answer`: the phone's yes with its number, or no with its reason.

use axum::extract::State;
use countersign_domain::activity::{Event, NumberMatch, Outcome, What};
use countersign_domain::device::claims::{AnswerClaims, DenyReason};
use countersign_domain::device::verify::verify_answer;
use countersign_domain::ids::{AttemptId, PromptId};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::prompts::{Answered, Ledger, number_of};
use countersign_domain::refusal::Refusal;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Json, Path, Problem};
use countersign_platform::prompting::{ROUNDS, prompt_event};
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::proof::{Signed, parse};

/// "Last used" of a phone is kept to the hour: a write at each use would cost more than it tells.
const TOUCH: SignedDuration = SignedDuration::from_hours(1);

/// A signed answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    /// Compact JWS, `typ` `countersign-answer+jwt`.
    answer: String,
}

/// What it came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerOutcome {
    /// `approved` or `denied`.
    #[schema(value_type = String, example = "approved")]
    outcome: &'static str,
}

/// Answer a prompt.
///
/// The first answer decides. The same answer sent again gets the same outcome.
#[utoipa::path(
    post, path = "/device/v1/prompts/{id}/answer", tag = "relay", request_body = Answer,
    params(
        ("id" = String, Path, description = "The prompt's id, `prm_…`."),
        ("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")
    ),
    responses((status = 200, body = AnswerOutcome), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn answer(
    State(state): State<crate::State>,
    Path(id): Path<String>,
    signed: Signed,
) -> ApiResult<Json<AnswerOutcome>> {
    // Both may be a moment old. What the answer decides is written on condition, and who redeems it reads the person strongly once more:
    // a phone that was removed meanwhile opens nothing (docs/decisions/0002).
    let (found, ledger) = tokio::try_join!(
        signed.authenticator(&state, Consistency::Eventual),
        state.prompts.ledger(signed.claimed.account, Consistency::Eventual),
    )?;
    // The proof is not taken: the answer itself is good once, by the write that decides.
    let (authenticator, _) = match signed.check(&state, found) {
        // An app forgets its account at this word, so an old read does not say it: the phone may have been paired a moment ago.
        Err(Refusal::DeviceRemoved) => {
            signed.check(&state, signed.authenticator(&state, Consistency::Strong).await?)?
        }
        checked => checked?,
    };
    let request: Answer = parse(&signed.body)?;
    let claims = read(&state, &authenticator, &request.answer, &id)?;
    let answered = decide(&state, &authenticator, &claims, ledger).await?;
    match answered {
        Answered::Approved => Ok(Json(AnswerOutcome { outcome: "approved" })),
        Answered::Denied(_) => Ok(Json(AnswerOutcome { outcome: "denied" })),
        Answered::Mismatched => Err(Refusal::NumberMismatch.into()),
    }
}

/// The answer's claims, if they are signed by this phone and are about this prompt.
fn read(state: &crate::State, authenticator: &Authenticator, answer: &str, id: &str) -> ApiResult<AnswerClaims> {
    let Binding::Authenticator(phone) = &authenticator.binding else {
        return Err(Refusal::DeviceRemoved.into());
    };
    let claims = verify_answer(answer, &phone.key, state.house.now())?;
    let prompt = id.parse::<PromptId>().map_err(|_| Refusal::ChallengeExpired)?;
    if claims.acc != authenticator.account || claims.prompt != prompt {
        return Err(Refusal::DeviceSignatureInvalid.into());
    }
    Ok(claims)
}

/// Decides, and tells only what the write on condition made true. The attack: all ninety numbers at once, or yes against no.
async fn decide(
    state: &crate::State,
    authenticator: &Authenticator,
    claims: &AnswerClaims,
    first_read: Ledger,
) -> ApiResult<Answered> {
    let house = &state.house;
    let (attempt, now) = (AttemptId::new(house.now(), house.entropy.as_ref()), house.now());
    let mut ledger = first_read;
    for round in 0..ROUNDS {
        if let Some(before) = ledger.outcome_of(claims.prompt, claims.jti) {
            return Ok(before);
        }
        let length = ledger
            .prompt(claims.prompt)
            .map_or(house.policy.number_length, |prompt| prompt.number_length);
        let number = number_of(house.keys.keyring().await?.pepper.expose(), claims.prompt, length);
        match ledger
            .clone()
            .answer(authenticator.id, claims, &number, &house.policy, now)
        {
            Ok((decided, answered)) => {
                let saving = state.prompts.save_ledger(&decided, attempt);
                let (saved, ()) = tokio::try_join!(saving, note_use(state, authenticator, answered))?;
                if saved == Saved::Won {
                    tell(state, authenticator, &decided, answered).await?;
                    return Ok(answered);
                }
            }
            // The first read may be a moment old: no answer is turned away by it.
            Err(_) if round == 0 => {}
            Err(refusal) => return Err(refusal.into()),
        }
        ledger = state.prompts.ledger(ledger.account, Consistency::Strong).await?;
    }
    Err(Fault::unavailable("sessions: decide a prompt", "lost too often against others").into())
}

/// Notes when the phone was last used; it was, whether or not another answer is first.
async fn note_use(state: &crate::State, authenticator: &Authenticator, answered: Answered) -> Result<(), Fault> {
    let now = state.house.now();
    if answered == Answered::Approved
        && authenticator
            .last_used_at
            .is_none_or(|at| now.duration_since(at) >= TOUCH)
    {
        state
            .phones
            .touch_authenticator(authenticator.account, authenticator.id, now)
            .await?;
    }
    Ok(())
}

/// Records what ended without a sign-in; a sign-in is recorded when it is redeemed.
async fn tell(
    state: &crate::State,
    authenticator: &Authenticator,
    ledger: &Ledger,
    answered: Answered,
) -> ApiResult<()> {
    let house = &state.house;
    let (code, outcome) = match answered {
        Answered::Approved => ("", "approved"),
        Answered::Denied(DenyReason::NotMe) => ("challenge.reported", "reported"),
        Answered::Denied(DenyReason::ChangedMind) => ("challenge.denied", "denied"),
        Answered::Mismatched => ("challenge.number_mismatch", "mismatched"),
    };
    metric(Metric::Prompt { outcome });
    if answered == Answered::Approved {
        return Ok(());
    }
    if let Some(prompt) = &ledger.prompt {
        let event: Event = prompt_event(house, ledger.account, prompt, What::Prompt, Outcome::Failure)
            .because(code)
            .with(authenticator.kind().as_str(), authenticator.name.as_str());
        let event = if answered == Answered::Mismatched {
            event.number(NumberMatch::Mismatched)
        } else {
            event
        };
        house.record(state.activity.as_ref(), &event).await?;
    }
    Ok(())
}
