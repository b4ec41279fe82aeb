//! `GET /api/v1/people`: everybody, by user name.

use axum::extract::State;
use countersign_domain::names::UserName;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Json, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::view::PersonView;

/// People on a page.
const PAGE: u16 = 50;

/// Where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct From {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct People {
    people: Vec<PersonView>,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List people.
#[utoipa::path(
    get, path = "/api/v1/people", operation_id = "list_people", tag = "administration", params(From),
    responses((status = 200, body = People), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn list(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Query(from): Query<From>,
) -> ApiResult<Json<People>> {
    state.administrator(&session).await?;
    let after = from
        .cursor
        .map(|cursor| cursor.parse::<UserName>().map_err(|_| Refusal::CursorInvalid))
        .transpose()?;
    let page = state
        .administer
        .people(after.as_ref().map(UserName::as_str), PAGE)
        .await?;
    Ok(Json(People {
        people: page.items.iter().map(PersonView::listed).collect(),
        next_cursor: page.next,
    }))
}
