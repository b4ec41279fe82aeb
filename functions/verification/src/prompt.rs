//! `POST /api/v1/sign-ins/current/prompt`: a new number, to the phone that was chosen.

use axum::extract::State;
use axum::http::HeaderMap;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::Asks;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::prompts::{Ledger, number_of};
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::{Choosing, SignIn, UnderWay, Way};
use countersign_platform::http::{ApiError, ApiResult, Caller, Json, Problem, SetCookie};
use countersign_platform::prompting::{Ask, Opened};
use countersign_platform::store::Consistency;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::View;
use crate::{phone, under_way};

/// The app that the portal signs in to.
pub(crate) const APP: &str = "Security info";

/// Which phone.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendPrompt {
    /// `aut_…`; absent for the one that is asked first.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    authenticator_id: Option<AuthenticatorId>,
}

/// Send a new number. The one before is void.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/current/prompt", tag = "verification", request_body = Option<SendPrompt>,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn prompt(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    request: Option<Json<SendPrompt>>,
) -> ApiResult<(SetCookie, Json<View>)> {
    let sign_in = under_way::read(&state, &headers).await?.choose();
    if sign_in.proofs.is_empty() {
        let attempt = phone::Attempt {
            state: &state,
            caller: &caller,
            name: sign_in.user_name,
            return_to: sign_in.return_to,
        };
        return attempt.begin(&headers).await;
    }
    let wanted = request.and_then(|Json(request)| request.authenticator_id);
    let numbers = |way: &&Way| way.asks == Asks::Number && wanted.is_none_or(|id| way.authenticator == id);
    let way = sign_in
        .ways
        .iter()
        .find(numbers)
        .cloned()
        .ok_or(Refusal::MethodNotFound)?;
    let (mut person, ledger) = tokio::try_join!(
        state.people.person(sign_in.account, Consistency::Eventual),
        state.prompts.ledger(sign_in.account, Consistency::Eventual),
    )?;
    let now = state.house.now();
    let fits = |person: &Person| {
        sign_in.check(&person.account, now)?;
        person.chosen(Some(way.authenticator), &state.house.policy).map(|_| ())
    };
    if person.as_ref().is_none_or(|person| fits(person).is_err()) {
        // The first read may be a moment old: nobody is turned away by it.
        person = state.people.person(sign_in.account, Consistency::Strong).await?;
    }
    let person = person.ok_or(Refusal::SignInNotUnderWay)?;
    fits(&person)?;
    let (cookie, view) = send(&state, &caller, &person, ledger, sign_in, way).await?;
    Ok((cookie, Json(view)))
}

/// Opens a prompt and shows its number; or, while prompts pause, the choice with the reason.
pub(crate) async fn send(
    state: &crate::State,
    caller: &Caller,
    person: &Person,
    ledger: Ledger,
    sign_in: SignIn<Choosing>,
    way: Way,
) -> ApiResult<(SetCookie, View)> {
    let phone = person.chosen(Some(way.authenticator), &state.house.policy)?;
    let place = Place::from(caller);
    let ask = Ask::to(phone, &person.rules, sign_in.purpose(), APP, &place);
    match state.prompter().open_over(ledger, ask).await {
        Ok(opened) => shown(state, sign_in, way, &opened).await,
        Err(ApiError::Refused(Refusal::PromptMuted(until))) => {
            let other = sign_in.ways.iter().find(|way| way.asks.is_ready()).cloned();
            let view = View::choose(&sign_in, other.as_ref(), Some(Refusal::PromptMuted(until)));
            Ok((under_way::write(state, &UnderWay::Choosing(sign_in)).await?, view))
        }
        Err(error) => Err(error),
    }
}

/// The sign-in with its prompt out, and the number on the page.
pub(crate) async fn shown(
    state: &crate::State,
    sign_in: SignIn<Choosing>,
    way: Way,
    opened: &Opened,
) -> ApiResult<(SetCookie, View)> {
    let (house, Opened { prompt, delivered }) = (&state.house, opened);
    let pepper = house.keys.keyring().await?.pepper.expose();
    let number = number_of(pepper, prompt.id, prompt.number_length);
    let sign_in = sign_in.prompted(prompt.id, way.clone(), *delivered);
    let view = View::waiting(&sign_in, &way, prompt, &number, *delivered, house.now());
    Ok((under_way::write(state, &UnderWay::Prompting(sign_in)).await?, view))
}
