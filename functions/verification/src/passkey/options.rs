//! `POST …/passkey/options`: what the browser is asked, before a sign-in, in one, and in a session.

use axum::extract::State;
use axum::http::HeaderMap;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::passkey::{Ceremony, Whom};
use countersign_domain::methods::{Asks, Authenticator};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Json, Problem, SetCookie};
use countersign_platform::passkeys::{RelyingParty, RequestOptions};
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::under_way;

/// A challenge for a passkey. The browser keeps the rest of it in a sealed cookie.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyChallenge {
    /// For `navigator.credentials.get()`.
    options: RequestOptions,
    /// From when on no answer is taken.
    expires_at: Time,
}

/// Ask for a passkey before anything is known.
///
/// The passkey itself says whose it is. Also for autofill (conditional mediation).
#[utoipa::path(
    post, path = "/api/v1/sign-ins/passkey/options", tag = "verification",
    responses((status = 200, body = PasskeyChallenge), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn anybodys_passkey(
    State(state): State<crate::State>,
) -> ApiResult<(SetCookie, Json<PasskeyChallenge>)> {
    draw(&state, Whom::Anybody, &[]).await
}

/// Ask for a passkey as the second factor.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/current/passkey/options", tag = "verification",
    responses((status = 200, body = PasskeyChallenge), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn second_passkey(
    State(state): State<crate::State>,
    headers: HeaderMap,
) -> ApiResult<(SetCookie, Json<PasskeyChallenge>)> {
    let sign_in = under_way::read(&state, &headers).await?.choose();
    // Only a sign-in that has a passkey among its ways has proven enough to be told which passkeys its account has.
    if sign_in.ways.iter().all(|way| way.asks != Asks::Passkey) {
        return Err(Refusal::MethodNotFound.into());
    }
    let person = person(&state, sign_in.account, |person| {
        sign_in.check(&person.account, state.house.now())
    })
    .await?;
    let whom = Whom::SignIn {
        sign_in: sign_in.id,
        account: sign_in.account,
    };
    draw(&state, whom, &person.usable_passkeys(&state.house.policy)).await
}

/// Ask for a passkey to prove once more who it is.
#[utoipa::path(
    post, path = "/api/v1/reauthentications/passkey/options", tag = "verification",
    responses((status = 200, body = PasskeyChallenge), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn passkey_again(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
) -> ApiResult<(SetCookie, Json<PasskeyChallenge>)> {
    let person = person(&state, session.account, |_| Ok(())).await?;
    let whom = Whom::Again {
        session: session.id,
        account: session.account,
        epoch: person.account.epoch,
    };
    draw(&state, whom, &person.usable_passkeys(&state.house.policy)).await
}

/// The person, if they have a passkey and it `fits`. The first read may be a moment old: nobody is turned away by it.
async fn person(
    state: &crate::State,
    account: AccountId,
    fits: impl Fn(&Person) -> Result<(), Refusal>,
) -> ApiResult<Person> {
    let policy = &state.house.policy;
    let decide = |person: Option<Person>| {
        let person = person.filter(|person| person.account.is_active());
        let person = person.ok_or(Refusal::SignInNotUnderWay)?;
        fits(&person)?;
        if person.usable_passkeys(policy).is_empty() {
            return Err(Refusal::MethodNotFound);
        }
        Ok(person)
    };
    match decide(state.people.person(account, Consistency::Eventual).await?) {
        Ok(person) => Ok(person),
        Err(_) => Ok(decide(state.people.person(account, Consistency::Strong).await?)?),
    }
}

async fn draw(
    state: &crate::State,
    whom: Whom,
    allowed: &[&Authenticator],
) -> ApiResult<(SetCookie, Json<PasskeyChallenge>)> {
    let house = &state.house;
    let ceremony = Ceremony::draw(whom, &house.policy, house.entropy.as_ref(), house.now());
    let allowed = allowed.iter().filter_map(|one| one.binding.passkey());
    let options = RelyingParty::of(house)?.request_options(&ceremony, allowed);
    let challenge = PasskeyChallenge {
        options,
        expires_at: ceremony.expires_at.into(),
    };
    Ok((under_way::write_ceremony(state, &ceremony).await?, Json(challenge)))
}
