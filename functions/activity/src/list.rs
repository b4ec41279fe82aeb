//! `GET /api/v1/me/activity`: a page of what happened, newest first.

use axum::extract::State;
use countersign_domain::ids::ActivityId;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Json, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::view::Event;

/// Rows on a page: about 8 kB, one read unit when read eventually.
const PAGE: u16 = 20;

/// Where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct From {
    /// `next_cursor` of the page before; absent for the newest.
    cursor: Option<String>,
}

/// A page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActivityPage)]
pub(crate) struct Page {
    /// The rows, newest first.
    events: Vec<Event>,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// Recent activity.
///
/// Every sign-in and every change to methods, successes and failures, for 30 days.
#[utoipa::path(
    get, path = "/api/v1/me/activity", operation_id = "list_activity", tag = "activity", params(From),
    responses((status = 200, body = Page), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn list(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Query(from): Query<From>,
) -> ApiResult<Json<Page>> {
    let after = from
        .cursor
        .map(|cursor| cursor.parse::<ActivityId>().map_err(|_| Refusal::CursorInvalid))
        .transpose()?;
    let page = state
        .activity
        .activity(session.account, after, PAGE, state.house.now())
        .await?;
    Ok(Json(Page {
        events: page.items.into_iter().map(Event::from).collect(),
        next_cursor: page.next,
    }))
}
