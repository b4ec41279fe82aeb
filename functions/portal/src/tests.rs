//! What a browser sees when it asks for pages and files.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::files::FILES;
use super::router;

async fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers
        .iter()
        .fold(Request::builder().method(method).uri(path), |request, (name, value)| {
            request.header(*name, *value)
        });
    router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn body(response: Response) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

fn header_of<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

const PAGES: [&str; 11] = [
    "/",
    "/add-method?kind=totp",
    "/activity",
    "/sessions",
    "/people",
    "/policy",
    "/hardware-tokens",
    "/people/acc_1",
    "/sign-in",
    "/welcome",
    "/authenticator",
];

#[tokio::test]
async fn every_page_comes_with_its_policies() {
    for path in PAGES {
        let response = ask("GET", path, &[]).await;
        let expected = if FILES.is_empty() {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::OK
        };
        assert_eq!(response.status(), expected, "{path}");
        assert_eq!(header_of(&response, "cache-control"), Some("no-cache"), "{path}");
        let policy = header_of(&response, "content-security-policy").unwrap();
        assert!(
            policy.contains("script-src 'self'") && policy.contains("require-trusted-types-for 'script'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
    }
}

#[tokio::test]
async fn only_the_authenticator_may_use_the_camera() {
    for path in PAGES.into_iter().filter(|_| !FILES.is_empty()) {
        let response = ask("GET", path, &[]).await;
        let camera = header_of(&response, "permissions-policy")
            .unwrap()
            .contains("camera=(self)");
        assert_eq!(camera, path == "/authenticator", "{path}");
    }
}

#[tokio::test]
async fn an_address_without_a_page_leads_home() {
    for path in [
        "/nowhere",
        "/people/acc_1/more",
        "/portal.html",
        "/assets/none.js",
        "/assets/../sign-in",
    ] {
        let response = ask("GET", path, &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            String::from_utf8(body(response).await).unwrap().contains("href=\"/\""),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_program_is_told_in_its_own_form() {
    let response = ask("GET", "/api/v1/nothing", &[]).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(header_of(&response, "content-type"), Some("application/problem+json"));
    assert_eq!(ask("POST", "/", &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn every_file_is_sent_in_the_form_that_was_asked_for() {
    for file in FILES.iter().filter(|file| !file.media.starts_with("text/html")) {
        for (accept, coding, bytes) in [
            ("identity", None, Some(file.identity)),
            ("gzip", Some("gzip"), file.gzip),
            ("gzip, br", Some("br"), file.brotli),
        ] {
            let Some(bytes) = bytes else { continue };
            let response = ask("GET", file.path, &[("accept-encoding", accept)]).await;
            assert_eq!(header_of(&response, "content-encoding"), coding, "{}", file.path);
            assert_eq!(header_of(&response, "content-type"), Some(file.media), "{}", file.path);
            let forever = header_of(&response, "cache-control").unwrap().contains("immutable");
            assert_eq!(forever, file.path.starts_with("/assets/"), "{}", file.path);
            assert_eq!(body(response).await, bytes, "{}", file.path);
        }
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    for path in PAGES.into_iter().filter(|_| !FILES.is_empty()) {
        let first = ask("GET", path, &[("accept-encoding", "br")]).await;
        let tag = header_of(&first, "etag").unwrap().to_owned();
        let again = ask("GET", path, &[("accept-encoding", "br"), ("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert!(body(again).await.is_empty(), "{path}");
        let other = ask("GET", path, &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
        assert_eq!(other.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn asking_for_the_head_sends_no_body() {
    for path in PAGES.into_iter().filter(|_| !FILES.is_empty()) {
        let whole = ask("GET", path, &[]).await;
        let head = ask("HEAD", path, &[]).await;
        assert_eq!(
            head.headers()[header::CONTENT_LENGTH],
            whole.headers()[header::CONTENT_LENGTH],
            "{path}"
        );
        assert!(body(head).await.is_empty(), "{path}");
    }
}
