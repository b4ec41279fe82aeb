//! `POST /api/v1/sign-ins/current/message`: sends a code to a number that the account has confirmed before, after the first factor.

use axum::extract::State;
use axum::http::HeaderMap;
use countersign_domain::activity::Outcome;
use countersign_domain::delivery::Sent;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::{Asks, Authenticator};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::{Choosing, SignIn, UnderWay, Way};
use countersign_platform::fault::Fault;
use countersign_platform::http::step::MessageDelivery;
use countersign_platform::http::{ApiError, ApiResult, Caller, Json, Problem, SetCookie};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::sending::{Out, Sender, language};
use countersign_platform::store::Consistency;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::code::event;
use crate::under_way;
use crate::view::View;

/// To which number.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendMessage {
    /// `aut_…`; absent for the first number.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    authenticator_id: Option<AuthenticatorId>,
    /// Whether a new code is wanted though this sign-in has one that is still good.
    #[serde(default)]
    again: bool,
}

/// Send a code to a phone number.
///
/// The code before is dead. A new one may be asked for after thirty seconds; wrong guesses carry over. A sign-in that has a code which is
/// still good is shown that one, unless `again` asks for another.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/current/message", tag = "verification", request_body = SendMessage,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn message(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<SendMessage>,
) -> ApiResult<(SetCookie, Json<View>)> {
    let sign_in = under_way::read(&state, &headers).await?.choose();
    let asked = request.authenticator_id;
    if sign_in.proofs.is_empty() {
        return Err(Refusal::MethodNotFound.into()); // nothing goes out before a first factor (docs/threats.md, 64)
    }
    let fits = |way: &&Way| matches!(way.asks, Asks::Message { .. }) && asked.is_none_or(|id| way.authenticator == id);
    let way = sign_in.ways.iter().find(fits).cloned().ok_or(Refusal::MethodNotFound)?;
    let view = send(&state, &caller, &headers, &sign_in, &way, request.again).await?;
    Ok((
        under_way::write(&state, &UnderWay::Choosing(sign_in)).await?,
        Json(view),
    ))
}

/// Asks for a number's code as the first way. Where none can be sent now, the page says from when on, or offers the other ways with the
/// reason.
pub(crate) async fn ask(
    state: &crate::State,
    caller: &Caller,
    headers: &HeaderMap,
    person: &Person,
    sign_in: &SignIn<Choosing>,
    way: &Way,
) -> ApiResult<View> {
    let sender = sender(state, caller, headers);
    let to = person.chosen(Some(way.authenticator), &state.house.policy)?;
    match sender.send(person, to, &sign_in.id.to_string()).await {
        Ok(Some(out)) => told(state, caller, sign_in, way, to, &out).await,
        Ok(None) => send(state, caller, headers, sign_in, way, false).await,
        Err(ApiError::Refused(Refusal::SendingTooSoon(until))) => {
            Ok(View::message(sign_in, way, None, MessageDelivery::NotSent, Some(until)))
        }
        Err(ApiError::Refused(why)) => {
            let other = sign_in.ways.iter().find(|way| way.asks.is_ready());
            Ok(View::choose(sign_in, other, Some(why)))
        }
        Err(error) => Err(error),
    }
}

/// Where a sign-in stands that asks for a number's code first.
pub(crate) async fn drawn(state: &crate::State, sign_in: &SignIn<Choosing>, way: &Way) -> ApiResult<View> {
    let read = state
        .people
        .authenticator(sign_in.account, way.authenticator, Consistency::Strong);
    let to = read.await?;
    Ok(to
        .as_ref()
        .and_then(|to| kept(state, sign_in, way, to))
        .unwrap_or_else(|| {
            let last = to.as_ref().and_then(|to| to.binding.line()?.sent.as_ref());
            let again_at = last.map(|last| last.again_at(&state.house.policy));
            let again_at = again_at.filter(|at| *at > state.house.now());
            View::message(sign_in, way, None, MessageDelivery::NotSent, again_at)
        }))
}

/// The code that this sign-in has already and that is still good.
fn kept(state: &crate::State, sign_in: &SignIn<Choosing>, way: &Way, to: &Authenticator) -> Option<View> {
    let code = to.binding.line()?.sent.as_ref()?;
    let unspent = to.mark.is_none_or(|mark| mark < code.sending);
    let open = code.is_open(&sign_in.id.to_string(), state.house.now());
    let again_at = Some(code.again_at(&state.house.policy));
    (open && unspent).then(|| View::message(sign_in, way, Some(code), MessageDelivery::Sent, again_at))
}

async fn send(
    state: &crate::State,
    caller: &Caller,
    headers: &HeaderMap,
    sign_in: &SignIn<Choosing>,
    way: &Way,
    again: bool,
) -> ApiResult<View> {
    for _ in 0..ROUNDS {
        let person = state.people.person(sign_in.account, Consistency::Strong).await?;
        let person = person.ok_or(Refusal::SignInNotUnderWay)?;
        sign_in.check(&person.account, state.house.now())?;
        // Only a number that was confirmed and that policy still gives.
        let to = person.chosen(Some(way.authenticator), &state.house.policy)?;
        if !again && let Some(view) = kept(state, sign_in, way, to) {
            return Ok(view);
        }
        let sender = sender(state, caller, headers);
        if let Some(out) = sender.send(&person, to, &sign_in.id.to_string()).await? {
            return told(state, caller, sign_in, way, to, &out).await;
        }
    }
    Err(Fault::unavailable("directory: send a code", "lost too often against others").into())
}

/// The page of a code that went out; one that did not is recorded, and counts for nothing else.
async fn told(
    state: &crate::State,
    caller: &Caller,
    sign_in: &SignIn<Choosing>,
    way: &Way,
    to: &Authenticator,
    out: &Out,
) -> ApiResult<View> {
    let house = &state.house;
    if out.sent != Sent::Sent {
        let event = event(state, caller, to, Outcome::Failure).because("sending.failed");
        house.record(state.activity.as_ref(), &event).await?;
    }
    let again_at = Some(out.code.again_at(&house.policy));
    Ok(View::message(sign_in, way, Some(&out.code), out.sent.into(), again_at))
}

fn sender<'a>(state: &'a crate::State, caller: &'a Caller, headers: &HeaderMap) -> Sender<'a> {
    Sender {
        house: &state.house,
        codes: state.send.as_ref(),
        deliver: state.deliver.as_ref(),
        caller,
        language: language(headers),
    }
}
