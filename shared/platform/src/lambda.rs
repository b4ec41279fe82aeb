//! A router as a Lambda function behind an HTTP API: who called and under which id, and the path without its stage.

use axum::Router;
use axum::body::Body;
use http::uri::PathAndQuery;
use http::{Request, Uri};
use lambda_http::request::{LambdaRequest, RequestContext};
use lambda_http::{Adapter, Context, LambdaEvent, RequestExt as _, Service as _, service_fn};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::fault::Fault;
use crate::http::{ClientAddress, RequestId};

/// Serves requests until the environment ends.
pub async fn run(router: Router) -> Result<(), lambda_http::Error> {
    lambda_http::run(service_fn(move |request| {
        let router = router.clone();
        async move { router.oneshot(adapted(request)).await }
    }))
    .await
}

/// Serves requests, and answers events that have a `countersign` of their own: those of an operator who invokes the function itself. An
/// HTTP API wraps what callers send, so none of them can send one.
pub async fn run_and_act<A, F>(router: Router, act: A) -> Result<(), lambda_http::Error>
where
    A: Fn(Value) -> F + Send + Sync,
    F: Future<Output = Result<Value, Fault>> + Send,
{
    let serve = Adapter::from(service_fn(move |request| {
        let router = router.clone();
        async move { router.oneshot(adapted(request)).await }
    }));
    let act = &act;
    lambda_http::lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let mut serve = serve.clone();
        async move {
            if event.payload.get("countersign").is_some() {
                return act(event.payload).await.map_err(lambda_http::Error::from);
            }
            let request: LambdaRequest = serde_json::from_value(event.payload)?;
            let answer = serve.call(LambdaEvent::new(request, event.context)).await?;
            Ok(serde_json::to_value(answer)?)
        }
    }))
    .await
}

/// Answers events that are no requests: for a function that has no routes.
pub async fn act<A, F>(act: A) -> Result<(), lambda_http::Error>
where
    A: Fn(Value) -> F + Send + Sync,
    F: Future<Output = Result<Value, Fault>> + Send,
{
    let act = &act;
    lambda_http::lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| async move {
        act(event.payload).await.map_err(lambda_http::Error::from)
    }))
    .await
}

/// The request that an event of API Gateway stands for, as the routes of a function meet it: for tests that send sample events.
pub fn request_of(event: &str, request_id: &str) -> Result<Request<Body>, serde_json::Error> {
    let mut context = Context::default();
    request_id.clone_into(&mut context.request_id);
    lambda_http::request::from_str(event).map(|request| adapted(request.with_lambda_context(context)))
}

/// The address comes from API Gateway's own context (`requestContext.http.sourceIp`), which a caller cannot write.
fn adapted(request: lambda_http::Request) -> Request<Body> {
    let mut source = None;
    let mut stage = None;
    if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() {
        source = context.http.source_ip.as_deref().and_then(|text| text.parse().ok());
        stage = context.stage.clone().filter(|stage| stage != "$default");
    }
    let id = request
        .lambda_context_ref()
        .map(|context| RequestId(context.request_id.as_str().into()));
    let (mut parts, body) = request.into_parts();
    parts.uri = without_stage(&parts.uri, stage.as_deref());
    if let Some(address) = source {
        parts.extensions.insert(ClientAddress(address));
    }
    if let Some(id) = id {
        parts.extensions.insert(id);
    }
    Request::from_parts(parts, Body::new(body))
}

/// The path as the routes have it; a named stage stands in front of it.
fn without_stage(uri: &Uri, stage: Option<&str>) -> Uri {
    let path = uri.path();
    let stripped = stage.and_then(|stage| path.strip_prefix('/')?.strip_prefix(stage));
    let path = stripped
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .unwrap_or(path);
    let path = if path.is_empty() { "/" } else { path };
    let whole = uri
        .query()
        .map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    PathAndQuery::try_from(whole).map_or_else(|_| uri.clone(), Uri::from)
}

#[cfg(test)]
mod tests {
    use axum::routing::post;
    use serde_json::{Value, json};

    use super::*;
    use crate::http::Caller;

    fn event(stage: &str, path: &str) -> lambda_http::Request {
        let event = json!({
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "a=b%20c",
            "cookies": ["x=1", "__Host-cs-session=abc"],
            "headers": { "host": "id.example.com", "x-forwarded-for": "198.51.100.1", "content-type": "application/json" },
            "requestContext": {
                "accountId": "1", "apiId": "a", "domainName": "id.example.com", "domainPrefix": "id", "stage": stage,
                "requestId": "api-gateway-id", "routeKey": "$default", "time": "now", "timeEpoch": 1,
                "http": { "method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7", "userAgent": "x" },
            },
            "body": "eyJhIjoxfQ==", "isBase64Encoded": true,
        });
        lambda_http::request::from_str(&event.to_string()).unwrap()
    }

    async fn answer(request: lambda_http::Request) -> Value {
        let handler = |caller: Caller, uri: Uri, headers: http::HeaderMap, body: String| async move {
            let session = crate::http::Cookie::Session
                .read(&headers)
                .map(|token| token.expose().clone());
            json!({ "address": caller.address, "uri": uri.to_string(), "body": body, "session": session }).to_string()
        };
        let router = Router::new().route("/api/v1/sign-ins", post(handler));
        let response = router.oneshot(adapted(request)).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    #[tokio::test]
    async fn an_event_arrives_with_its_address_cookies_and_body_whatever_the_stage() {
        let expected = json!({
            "address": "192.0.2.7", "uri": "/api/v1/sign-ins?a=b%20c", "body": "{\"a\":1}", "session": "abc",
        });
        assert_eq!(answer(event("$default", "/api/v1/sign-ins")).await, expected);
        assert_eq!(answer(event("live", "/live/api/v1/sign-ins")).await, expected);
        assert_eq!(answer(event("live", "/api/v1/sign-ins")).await, expected);
    }

    #[test]
    fn only_a_whole_stage_is_taken_off() {
        let path = |uri: &'static str, stage| without_stage(&Uri::from_static(uri), Some(stage)).to_string();
        assert_eq!(path("https://h/live/x?q", "live"), "/x?q");
        assert_eq!(path("https://h/lively/x", "live"), "/lively/x");
        assert_eq!(path("https://h/live", "live"), "/");
    }
}
