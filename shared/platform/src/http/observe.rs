//! One log line a request, written where it leaves; and the last touch to its problem document: id and waiting time.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::encoding::base64url;
use countersign_domain::entropy;
use http::{Method, header};
use tracing::Instrument as _;

use super::caller::{RequestId, TrustedEdge};
use super::problem::{ApiError, Cause, Problem};
use super::{EdgeConfig, refusals};
use crate::entropy::SystemEntropy;
use crate::telemetry::{Metric, metric};

pub(super) async fn observe(State(edge): State<Arc<EdgeConfig>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_else(made);
    let method = known(request.method());
    // The route, not the path: paths hold ids, and what a stranger typed.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    request
        .extensions_mut()
        .insert(TrustedEdge(edge.edge_secret.clone().map(Arc::new)));

    let span = tracing::info_span!("request", request_id = %id.0);
    let mut response = next.run(request).instrument(span).await;
    let error = response.extensions_mut().remove::<Cause>().map(|cause| cause.0);
    if let Some(error) = &error {
        response = rewritten(response, Problem::of(error, &id.0, edge.clock.now()));
    }
    Line {
        edge: &edge,
        id: &id,
        method,
        route: &route,
        started,
    }
    .write(&response, error.as_deref());
    response
}

fn made() -> RequestId {
    RequestId(base64url(entropy::bytes::<12>(&SystemEntropy)).into())
}

/// The method by its name, or `_OTHER` as OpenTelemetry has it: a stranger's text does not go into the log.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "_OTHER",
    }
}

/// The same answer with a new document; headers that the route added, such as cookies and `Allow`, stay.
fn rewritten(old: Response, problem: Problem) -> Response {
    let (mut parts, _) = old.into_parts();
    let (document, body) = problem.into_response().into_parts();
    parts.status = document.status;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::RETRY_AFTER);
    for (name, value) in document
        .headers
        .into_iter()
        .filter_map(|(name, value)| Some((name?, value)))
    {
        parts.headers.insert(name, value);
    }
    Response::from_parts(parts, Body::new(body))
}

struct Line<'a> {
    edge: &'a EdgeConfig,
    id: &'a RequestId,
    method: &'static str,
    route: &'a str,
    started: Instant,
}

impl Line<'_> {
    /// A fault is for the operator, so an error; everything else went as it should.
    fn write(&self, response: &Response, error: Option<&ApiError>) {
        let Self { method, route, .. } = self;
        let (status, id, service) = (response.status().as_u16(), &*self.id.0, self.edge.service);
        let duration_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let code = match error {
            Some(ApiError::Refused(refusal)) => refusals::said(refusal).code,
            Some(ApiError::Malformed(_)) => "request.malformed",
            Some(ApiError::Objected(_)) => "policy.invalid",
            Some(ApiError::Failed(fault)) if fault.may_pass() => refusals::UNAVAILABLE.code,
            Some(ApiError::Failed(_)) => refusals::FAILED.code,
            None => "",
        };
        if let Some(ApiError::Failed(fault)) = error {
            metric(Metric::Failure { code: fault.kind() });
            tracing::error!(
                http.request.method = method,
                http.route = route,
                http.response.status_code = status,
                request_id = id,
                code,
                duration_ms,
                faas.name = service,
                fault = fault.kind(),
                error.message = fault.story(),
                "{method} {route} failed: {}",
                fault.kind()
            );
        } else {
            tracing::info!(
                http.request.method = method,
                http.route = route,
                http.response.status_code = status,
                request_id = id,
                code,
                duration_ms,
                faas.name = service,
                "{method} {route} answered {status}"
            );
        }
    }
}
