//! What a request must be before any route sees it: from our own pages where it changes something, small, and JSON.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use countersign_domain::refusal::Refusal;
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::EdgeConfig;
use super::problem::ApiError;

/// The largest body that is taken, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Phones have no origin: these requests carry a signed proof instead, and no cookie counts there.
const PROVED_BY_SIGNATURE: &str = "/device/v1/";

pub(super) async fn check(
    State(edge): State<Arc<EdgeConfig>>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    );
    if changes && !request.uri().path().starts_with(PROVED_BY_SIGNATURE) && !is_ours(request.headers(), &edge.origin) {
        return Err(Refusal::ForeignOrigin.into());
    }
    Ok(next.run(read_whole(request).await?).await)
}

/// Cross-site request forgery: a browser cannot be made to lie in `Origin` (RFC 6454 §7) nor in `Sec-Fetch-Site`. An `Origin` that
/// is there decides alone; without one the browser must say that it comes from here.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(one), None) => one == origin,
        (None, _) => headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin"),
        _ => false,
    }
}

/// Reads the body up to the limit, whatever `Content-Length` says, and hands it on in one piece.
async fn read_whole(request: Request) -> Result<Request, ApiError> {
    let (parts, body) = request.into_parts();
    let said = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|length| length > BODY_LIMIT as u64) {
        return Err(Refusal::TooLarge.into());
    }
    let body = Limited::new(body, BODY_LIMIT).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Refusal::TooLarge
        } else {
            Refusal::Malformed("The body could not be read.")
        }
    })?;
    let body = body.to_bytes();
    if !body.is_empty() && !is_json(&parts.headers) {
        return Err(Refusal::UnsupportedMediaType.into());
    }
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Plain forms cannot send this type across origins without asking first.
fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(one), None) = (types.next(), types.next()) else {
        return false;
    };
    let essence = one
        .to_str()
        .ok()
        .and_then(|text| text.split(';').next())
        .unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        is_ours(&headers, "https://id.example.com")
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        assert!(ours(&[("origin", "https://id.example.com")]));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[
            ("origin", "https://id.example.com"),
            ("sec-fetch-site", "same-site")
        ]));
        for foreign in [
            vec![],
            vec![("origin", "null")],
            vec![("origin", "https://id.example.com.evil.example")],
            vec![("origin", "http://id.example.com")],
            vec![("origin", "https://id.example.com:444")],
            vec![("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
            vec![("origin", "https://id.example.com"), ("origin", "https://evil.example")],
            vec![("sec-fetch-site", "same-site")],
            vec![("sec-fetch-site", "none")],
            vec![("sec-fetch-site", "cross-site")],
        ] {
            assert!(!ours(&foreign), "{foreign:?}");
        }
    }

    #[test]
    fn only_json_is_json() {
        let json = |text| {
            is_json(
                &[(header::CONTENT_TYPE, HeaderValue::from_static(text))]
                    .into_iter()
                    .collect(),
            )
        };
        assert!(json("application/json") && json("Application/JSON; charset=utf-8"));
        assert!(
            !json("text/plain")
                && !json("application/json-patch+json")
                && !json("")
                && !json("text/plain;application/json")
        );
    }
}
