//! `POST /api/v1/sign-ins`: user name and password, and then what the account has besides.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::methods::Asks;
use countersign_domain::names::UserName;
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sign_in::{Aim, Begun, Choosing, ReturnTo, SignIn, UnderWay, begin};
use countersign_platform::http::{ApiResult, Caller, Json, Problem, SetCookie};
use countersign_platform::store::Consistency;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::password::Attempt;
use crate::view::View;
use crate::{done, message, prompt, under_way};

/// Who wants in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartSignIn {
    /// As typed; case does not matter.
    user_name: String,
    /// As typed.
    #[schema(value_type = String, format = Password)]
    password: Secret<String>,
    /// Where the person was going: a path of this site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    return_to: Option<ReturnTo>,
}

/// Start a sign-in.
///
/// The answer is the same, in text, status and time, for an unknown name, a wrong password and a disabled account: `sign_in.rejected`.
#[utoipa::path(
    post, path = "/api/v1/sign-ins", tag = "verification", request_body = StartSignIn,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn start(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<StartSignIn>,
) -> ApiResult<Response> {
    // A name that nobody can have is answered like one that nobody has.
    let name: UserName = request.user_name.parse().map_err(|_| Refusal::SignInRejected)?;
    let bucket = under_way::bucket(&state, &headers, &name).await?;
    let attempt = Attempt {
        state: &state,
        name: &name,
        password: &request.password,
        bucket,
        caller: &caller,
    };
    let person = attempt.check().await?;
    proceed(&state, &headers, &caller, &person, Aim::SignIn, request.return_to).await
}

/// After the right password: the second factor, or a session to register the first one.
pub(crate) async fn proceed(
    state: &crate::State,
    headers: &HeaderMap,
    caller: &Caller,
    person: &Person,
    aim: Aim,
    return_to: Option<ReturnTo>,
) -> ApiResult<Response> {
    let house = &state.house;
    match begin(
        person,
        aim,
        return_to,
        &house.policy,
        house.entropy.as_ref(),
        house.now(),
    )? {
        Begun::SecondFactor(sign_in) => {
            let (cookie, view) = ask(state, headers, caller, person, sign_in).await?;
            Ok(done::respond((cookie, Json(view))))
        }
        Begun::Registration(verified) => {
            done::finish(state, headers, caller, &person.account.user_name, &verified, None).await
        }
    }
}

/// Asks for the first way. If prompts pause, the choice is offered with the reason.
async fn ask(
    state: &crate::State,
    headers: &HeaderMap,
    caller: &Caller,
    person: &Person,
    sign_in: SignIn<Choosing>,
) -> ApiResult<(SetCookie, View)> {
    let Ok(way) = sign_in.way(None).cloned() else {
        let view = View::choose(&sign_in, None, Some(Refusal::MethodNotFound));
        return Ok((under_way::write(state, &UnderWay::Choosing(sign_in)).await?, view));
    };
    if matches!(way.asks, Asks::Message { .. }) {
        let view = message::ask(state, caller, headers, person, &sign_in, &way).await?;
        return Ok((under_way::write(state, &UnderWay::Choosing(sign_in)).await?, view));
    }
    if way.asks != Asks::Number {
        let view = View::choose(&sign_in, Some(&way), None);
        return Ok((under_way::write(state, &UnderWay::Choosing(sign_in)).await?, view));
    }
    let ledger = state.prompts.ledger(sign_in.account, Consistency::Eventual).await?;
    prompt::send(state, caller, person, ledger, sign_in, way).await
}
