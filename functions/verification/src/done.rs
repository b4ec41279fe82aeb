//! The end of a sign-in: the session, its cookies, and where to go.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use countersign_domain::activity::Event;
use countersign_domain::names::UserName;
use countersign_domain::place::Place;
use countersign_domain::sessions::Token;
use countersign_domain::sign_in::{Aim, Verified};
use countersign_platform::http::step::Next;
use countersign_platform::http::{ApiResult, Caller, Cookie, Json};
use countersign_platform::opening::session_cookie;
use countersign_platform::telemetry::{Metric, metric};

use crate::under_way;
use crate::view::View;

/// Opens the session and answers with its cookie; the sign-in's own is taken back.
pub(crate) async fn finish(
    state: &crate::State,
    headers: &HeaderMap,
    caller: &Caller,
    name: &UserName,
    verified: &Verified,
    event: Option<Event>,
) -> ApiResult<Response> {
    let (session, token) = state.opening().open(verified, Place::from(caller), event).await?;
    if *verified.aim() == Aim::SignIn {
        end_replaced(state, headers).await?;
    }
    metric(Metric::SignIn { outcome: "success" });
    let next = if verified.must_register() {
        Next::Register
    } else {
        Next::Return {
            to: verified.return_to().map_or("/", |path| path.as_str()).to_owned(),
        }
    };
    let view = View {
        codes_left: verified.few_codes_left(),
        ..View::complete(name.to_string(), verified.aim(), next)
    };
    let session = session_cookie(&state.house, &session, &token);
    let familiar = under_way::familiar(state, name).await?;
    Ok(respond((session, familiar, Cookie::SignIn.clear(), Json(view))))
}

/// Ends the session that this browser had until now (ASVS 5.0, 7.2.4): its cookie is overwritten, and whoever has a copy would go on with it.
async fn end_replaced(state: &crate::State, headers: &HeaderMap) -> ApiResult<()> {
    if let Some(old) = Cookie::Session
        .read(headers)
        .and_then(|cookie| Token::from_cookie(cookie.expose()))
    {
        state.end.end_session(old.account, &old.session()).await?;
    }
    Ok(())
}

/// Answers of several shapes as one type.
pub(crate) fn respond(answer: impl IntoResponse) -> Response {
    answer.into_response()
}
