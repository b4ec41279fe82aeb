//! The end of a sign-in: the session, its cookies, and where to go.

use axum::response::{IntoResponse, Response};
use countersign_domain::activity::Event;
use countersign_domain::names::UserName;
use countersign_domain::place::Place;
use countersign_domain::sessions::Scope;
use countersign_domain::sign_in::Verified;
use countersign_platform::http::{ApiResult, Caller, Cookie, Json};
use countersign_platform::http::step::Next;
use countersign_platform::opening::session_cookie;
use countersign_platform::telemetry::{Metric, metric};

use crate::under_way;
use crate::view::View;

/// Opens the session and answers with its cookie; the sign-in's own is taken back.
pub(crate) async fn finish(
    state: &crate::State,
    caller: &Caller,
    name: &UserName,
    verified: &Verified,
    event: Option<Event>,
) -> ApiResult<Response> {
    let (session, token) = state.opening().open(verified, Place::from(caller), event).await?;
    metric(Metric::SignIn { outcome: "success" });
    let next = match verified.scope() {
        Scope::Registration => Next::Register,
        Scope::Full => Next::Return { to: verified.return_to().map_or("/", |path| path.as_str()).to_owned() },
    };
    let view = View::complete(name.to_string(), verified.aim(), next);
    let session = session_cookie(&state.house, &session, &token);
    let familiar = under_way::familiar(state, name).await?;
    Ok(respond((session, familiar, Cookie::SignIn.clear(), Json(view))))
}

/// Answers of several shapes as one type.
pub(crate) fn respond(answer: impl IntoResponse) -> Response {
    answer.into_response()
}
