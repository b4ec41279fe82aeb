//! The edge as a caller meets it: every answer is a problem document or carries the right headers, whatever was asked.

mod leaving;

use axum::body::{Body, to_bytes};
use axum::routing::{get, post};
use http::{HeaderMap, Request, StatusCode, header};
use jiff::Timestamp;
use serde_json::Value;
use tower::ServiceExt as _;

use super::*;
use crate::clock::TestClock;
use crate::telemetry::Captured;

const ORIGIN: &str = "https://id.example.com";

fn service() -> Router {
    async fn broken() {
        panic!("hunter2");
    }
    async fn echo(Json(body): Json<Value>) -> Json<Value> {
        Json(body)
    }
    let router = Router::new()
        .route(
            "/api/v1/things/{id}",
            get(async || "thing").delete(async || StatusCode::NO_CONTENT),
        )
        .route("/api/v1/echo", post(echo))
        .route("/device/v1/echo", post(echo))
        .route("/api/v1/broken", get(broken))
        .route(
            "/api/v1/muted",
            get(async || {
                let cookie = Cookie::Session.clear();
                (
                    cookie,
                    ApiError::Refused(Refusal::PromptMuted(Timestamp::from_second(1_020).unwrap())),
                )
            }),
        )
        .route(
            "/page",
            get(async || {
                (
                    [
                        (header::CONTENT_SECURITY_POLICY, "default-src 'self'"),
                        (header::CACHE_CONTROL, "max-age=60"),
                    ],
                    "page",
                )
            }),
        );
    let clock = Arc::new(TestClock::at(Timestamp::from_second(1_000).unwrap()));
    edge(
        router,
        EdgeConfig {
            service: "test",
            origin: ORIGIN.into(),
            edge_secret: None,
            clock,
        },
    )
}

async fn send(request: http::request::Builder, body: impl Into<Body>) -> (StatusCode, HeaderMap, String) {
    let response = service().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

fn request(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path)
}

fn ours(method: &str, path: &str) -> http::request::Builder {
    request(method, path)
        .header("origin", ORIGIN)
        .header("content-type", "application/json")
}

async fn code(request: http::request::Builder, body: impl Into<Body>) -> (u16, String) {
    let (status, headers, body) = send(request, body).await;
    assert_eq!(headers["content-type"], "application/problem+json", "{body}");
    let problem: Problem = serde_json::from_str(&body).unwrap();
    assert_eq!(problem.status, status.as_u16());
    assert!(!problem.request_id.is_empty());
    (problem.status, problem.code.into_owned())
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_verb_are_problem_documents() {
    assert_eq!(
        code(request("GET", "/nothing"), "").await,
        (404, "request.not_found".into())
    );
    assert_eq!(
        code(ours("PATCH", "/api/v1/things/1"), "").await,
        (405, "request.method_not_allowed".into())
    );
    let (_, headers, _) = send(ours("PATCH", "/api/v1/things/1"), "").await;
    assert!(headers["allow"].to_str().unwrap().contains("DELETE"));
}

#[tokio::test]
async fn a_change_from_another_site_is_refused_before_its_route() {
    let foreign = |method| request(method, "/api/v1/things/1").header("origin", "https://evil.example");
    assert_eq!(
        code(foreign("DELETE"), "").await,
        (403, "request.foreign_origin".into())
    );
    assert_eq!(code(request("DELETE", "/api/v1/things/1"), "").await.0, 403);
    assert_eq!(send(ours("DELETE", "/api/v1/things/1"), "").await.0, 204);
    assert_eq!(
        send(
            request("DELETE", "/api/v1/things/1").header("sec-fetch-site", "same-origin"),
            ""
        )
        .await
        .0,
        204
    );
    assert_eq!(send(foreign("GET"), "").await.0, 200);
}

#[tokio::test]
async fn a_phone_needs_no_origin_but_still_sends_json() {
    let device = || request("POST", "/device/v1/echo");
    assert_eq!(
        send(device().header("content-type", "application/json"), "{}").await.0,
        200
    );
    assert_eq!(
        code(device(), "{}").await,
        (415, "request.unsupported_media_type".into())
    );
    assert_eq!(code(device().header("content-type", "text/plain"), "{}").await.0, 415);
}

#[tokio::test]
async fn a_large_body_is_refused_however_it_is_sent() {
    let large = || "1".repeat(guard::BODY_LIMIT + 1);
    assert_eq!(
        code(ours("POST", "/api/v1/echo"), large()).await,
        (413, "request.too_large".into())
    );
    assert_eq!(
        code(ours("POST", "/api/v1/echo").header("content-length", "9999999"), "{}")
            .await
            .0,
        413
    );
    assert_eq!(
        code(ours("POST", "/api/v1/echo").header("content-length", "2"), large())
            .await
            .0,
        413
    );
    let chunks = (0..100).map(|_| Ok::<_, std::io::Error>("1".repeat(1024)));
    assert_eq!(
        code(
            ours("POST", "/api/v1/echo"),
            Body::from_stream(futures::stream::iter(chunks))
        )
        .await
        .0,
        413
    );
    let just = format!("\"{}\"", "1".repeat(guard::BODY_LIMIT - 2));
    assert_eq!(send(ours("POST", "/api/v1/echo"), just).await.0, 200);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_malformed() {
    let chunks = [Ok("{"), Err(std::io::Error::other("reset"))];
    let body = Body::from_stream(futures::stream::iter(chunks));
    assert_eq!(
        code(ours("POST", "/api/v1/echo"), body).await,
        (400, "request.malformed".into())
    );
    assert_eq!(code(ours("POST", "/api/v1/echo"), "").await.0, 400);
}

#[tokio::test]
async fn a_panic_is_a_500_that_tells_nothing() {
    let (captured, _guard) = Captured::here();
    assert_eq!(
        code(request("GET", "/api/v1/broken"), "").await,
        (500, "service.failed".into())
    );
    assert!(!captured.text().contains("hunter2"));
    assert!(
        captured
            .lines()
            .iter()
            .any(|line| line["Failures"] == 1 && line["code"] == "defect")
    );
}

#[tokio::test]
async fn a_wait_is_counted_by_the_edges_clock_and_cookies_survive() {
    let (status, headers, body) = send(request("GET", "/api/v1/muted"), "").await;
    assert_eq!((status.as_u16(), headers["retry-after"].to_str().unwrap()), (429, "20"));
    assert_eq!(serde_json::from_str::<Problem>(&body).unwrap().retry_after, Some(20));
    assert!(headers.contains_key("set-cookie"));
}
