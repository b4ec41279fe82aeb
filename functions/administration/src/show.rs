//! `GET /api/v1/people/{id}`: one person.

use axum::extract::State;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::{ApiResult, Json, Path, Problem};

use crate::view::PersonView;

/// Show a person.
#[utoipa::path(
    get, path = "/api/v1/people/{id}", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = PersonView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn show(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Path(id): Path<String>,
) -> ApiResult<Json<PersonView>> {
    state.administrator(&session).await?;
    Ok(Json(PersonView::whole(&state.find(&id).await?)))
}
