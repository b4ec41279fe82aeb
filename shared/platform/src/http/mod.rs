//! The HTTP edge: what every request passes on its way in, and every answer on its way out.

pub mod agent;
pub mod caller;
pub mod conditions;
pub mod cookies;
pub mod guard;
mod headers;
pub mod json;
mod observe;
mod place;
pub mod problem;
pub mod refusals;
pub mod session;
pub mod step;
pub mod time;
pub mod words;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use tower_http::catch_panic::CatchPanicLayer;

use crate::clock::Clock;
use crate::config::Config;
use crate::fault::Fault;
pub use caller::{Caller, ClientAddress, RequestId};
pub use conditions::{IfMatch, entity_tag};
pub use cookies::{Cookie, SetCookie};
pub use json::{Json, Path, Query};
pub use problem::{Action, ApiError, ApiResult, Problem};

/// What the edge needs to know.
#[derive(Clone)]
pub struct EdgeConfig {
    /// The function's name in logs.
    pub service: &'static str,
    /// The one origin, as a browser writes it: `https://id.example.com`.
    pub origin: String,
    /// What the distribution in front adds as `x-countersign-edge`, if there is one.
    pub edge_secret: Option<Secret<String>>,
    /// The clock that `Date` and `Retry-After` go by.
    pub clock: Arc<dyn Clock>,
}

impl EdgeConfig {
    /// The edge of a function of a deployment.
    pub fn new(service: &'static str, config: &Config, clock: Arc<dyn Clock>) -> Self {
        Self {
            service,
            origin: config.origin.clone(),
            edge_secret: config.edge_secret.clone(),
            clock,
        }
    }
}

impl fmt::Debug for EdgeConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EdgeConfig")
            .field("service", &self.service)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// Puts the edge around routes. From the outside in: headers on everything, the log line and the request id, panics, what a request
/// must be, and problem documents where there is no route.
pub fn edge(router: Router, edge: EdgeConfig) -> Router {
    let edge = Arc::new(edge);
    router
        .fallback(async || ApiError::Refused(Refusal::RouteNotFound))
        .method_not_allowed_fallback(async || ApiError::Refused(Refusal::VerbNotAllowed))
        .layer(from_fn_with_state(Arc::clone(&edge), guard::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&edge), observe::observe))
        .layer(from_fn_with_state(edge, headers::add))
}

/// The panic's own text stays out of the answer and the log: it may hold what was being worked on. The hook logs where it was.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::Failed(Fault::Defect("a handler panicked")).into_response()
}

#[cfg(test)]
mod tests;
