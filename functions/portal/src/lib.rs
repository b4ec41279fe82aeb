//! The portal function: serves the web app.

mod answer;
mod encoding;
mod files;
mod policy;

use axum::Router;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiError;

use files::Found;

/// Everything that no other function's route takes. It needs no state: the pages are the same for everybody.
pub fn router() -> Router {
    Router::new().route("/", any(serve)).route("/{*path}", any(serve))
}

async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if files::is_interface(path) {
        return ApiError::Refused(Refusal::RouteNotFound).into_response();
    }
    let reads = method == Method::GET || method == Method::HEAD;
    match files::find(path) {
        _ if !reads => ApiError::Refused(Refusal::VerbNotAllowed).into_response(),
        Found::Page(file) => answer::page(file, path, &method, &headers),
        Found::Asset(file) => answer::asset(file, path, &method, &headers),
        Found::NotBuilt => answer::not_built(),
        Found::Nothing => answer::not_found(&method, &headers),
    }
}

#[cfg(test)]
mod tests;
