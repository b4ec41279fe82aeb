//! `GET /api/v1/sign-ins/current`: where the sign-in stands; the poll that moves the page on.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::activity::{Event, NumberMatch, Outcome, What};
use countersign_domain::device::claims::DenyReason;
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::Asks;
use countersign_domain::place::Place;
use countersign_domain::prompts::{Ledger, State as PromptState, number_of};
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::{Prompting, SignIn, UnderWay};
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::prompting::unanswered_event;
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};

use crate::prompt::APP;
use crate::view::View;
use crate::{done, message, under_way};

/// Where the sign-in stands.
///
/// While a prompt is out this is the poll: one read. When the phone has said yes, the answer brings the session's cookie.
#[utoipa::path(
    get, path = "/api/v1/sign-ins/current", tag = "verification",
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn current(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
) -> ApiResult<Response> {
    match under_way::read(&state, &headers).await? {
        UnderWay::Choosing(sign_in) => {
            let first = sign_in.ways.first().filter(|way| way.asks != Asks::Number);
            let view = match first {
                Some(way) if matches!(way.asks, Asks::Message { .. }) => message::drawn(&state, &sign_in, way).await?,
                first => View::choose(&sign_in, first, None),
            };
            Ok(done::respond(Json(view)))
        }
        UnderWay::Prompting(sign_in) => poll(&state, &headers, &caller, sign_in).await,
    }
}

async fn poll(
    state: &crate::State,
    headers: &HeaderMap,
    caller: &Caller,
    sign_in: SignIn<Prompting>,
) -> ApiResult<Response> {
    let mut ledger = state.prompts.ledger(sign_in.account, Consistency::Eventual).await?;
    if ledger.prompt(sign_in.state.prompt).is_none() {
        // It may be a moment too old to know the prompt; only a strong read says that another one took its place.
        ledger = state.prompts.ledger(sign_in.account, Consistency::Strong).await?;
    }
    let Some(prompt) = ledger.prompt(sign_in.state.prompt) else {
        return Ok(over(&sign_in, Refusal::ChallengeSuperseded));
    };
    match prompt.state {
        PromptState::Waiting if prompt.is_open(state.house.now()) => {
            let number = number_of(
                state.house.keys.keyring().await?.pepper.expose(),
                prompt.id,
                prompt.number_length,
            );
            let Prompting { way, delivered, .. } = &sign_in.state;
            Ok(done::respond(Json(View::waiting(
                &sign_in,
                way,
                prompt,
                &number,
                *delivered,
                state.house.now(),
            ))))
        }
        PromptState::Waiting => {
            lapse(state, &ledger).await?;
            Ok(over(&sign_in, Refusal::ChallengeExpired))
        }
        PromptState::Approved { .. } => redeem(state, headers, caller, sign_in, ledger).await,
        PromptState::Denied {
            reason: DenyReason::NotMe,
        } => Ok(over(&sign_in, Refusal::ChallengeReported)),
        PromptState::Denied {
            reason: DenyReason::ChangedMind,
        } => Ok(over(&sign_in, Refusal::ChallengeDenied)),
        PromptState::Mismatched => Ok(over(&sign_in, Refusal::NumberMismatch)),
        PromptState::Consumed | PromptState::Withdrawn => Ok(over(&sign_in, Refusal::ChallengeAnswered)),
        PromptState::Unanswered => Ok(over(&sign_in, Refusal::ChallengeExpired)),
    }
}

/// The prompt is over; the other ways, and why.
fn over(sign_in: &SignIn<Prompting>, why: Refusal) -> Response {
    done::respond(Json(View::choose(sign_in, None, Some(why))))
}

/// Notes once that nobody answered. Whoever saves it records it.
async fn lapse(state: &crate::State, ledger: &Ledger) -> ApiResult<()> {
    let Some(lapsed) = ledger.clone().lapse(&state.house.policy, state.house.now()) else {
        return Ok(());
    };
    let attempt = AttemptId::new(state.house.now(), state.house.entropy.as_ref());
    if state.prompts.save_ledger(&lapsed, attempt).await? == Saved::Won
        && let Some(prompt) = &lapsed.prompt
    {
        metric(Metric::Prompt {
            outcome: "challenge.expired",
        });
        state
            .house
            .record(
                state.activity.as_ref(),
                &unanswered_event(&state.house, lapsed.account, prompt),
            )
            .await?;
    }
    Ok(())
}

/// Consumes the approval, and only then opens the session. The attack: two pages, or one page twice, for one approval.
async fn redeem(
    state: &crate::State,
    headers: &HeaderMap,
    caller: &Caller,
    sign_in: SignIn<Prompting>,
    ledger: Ledger,
) -> ApiResult<Response> {
    let house = &state.house;
    let consumed = ledger.consume(sign_in.state.prompt, sign_in.purpose(), house.now());
    let consumed = match consumed {
        Ok(consumed) => consumed,
        Err(why) => return Ok(over(&sign_in, why)),
    };
    let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
    if state.prompts.save_ledger(&consumed.ledger, attempt).await? == Saved::Lost {
        return Ok(over(&sign_in, Refusal::ChallengeAnswered));
    }
    let way = sign_in.state.way.clone();
    let name = sign_in.user_name.clone();
    let verified = sign_in.proven_by_prompt(&consumed)?;
    let event = Event::new(
        verified.account(),
        What::SignIn,
        Outcome::Success,
        Place::from(caller),
        house.entropy.as_ref(),
        house.now(),
    )
    .app(APP)
    .with(way.kind.as_str(), way.name.as_str())
    .number(NumberMatch::Matched);
    done::finish(state, headers, caller, &name, &verified, Some(event)).await
}
