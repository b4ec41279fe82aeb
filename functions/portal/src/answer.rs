//! Sends a file: in the form that was asked for, or only the word that nothing changed.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::encoding;
use crate::files::{self, File};
use crate::policy;

/// Asks again each time, and is told quickly when nothing changed.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// Names under `/assets/` carry a hash of the content, so a name never means anything else (RFC 8246).
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// A document.
pub(crate) fn page(file: &'static File, path: &str, method: &Method, headers: &HeaderMap) -> Response {
    send(StatusCode::OK, file, path, REVALIDATE, method, headers)
}

/// A script, a style sheet, an image.
pub(crate) fn asset(file: &'static File, path: &str, method: &Method, headers: &HeaderMap) -> Response {
    let cache = if path.starts_with("/assets/") {
        FOREVER
    } else {
        REVALIDATE
    };
    send(StatusCode::OK, file, path, cache, method, headers)
}

/// A small page with a way home.
pub(crate) fn not_found(method: &Method, headers: &HeaderMap) -> Response {
    match files::file("/not-found.html") {
        Some(file) => send(StatusCode::NOT_FOUND, file, "", REVALIDATE, method, headers),
        None => plain(StatusCode::NOT_FOUND, NOT_FOUND),
    }
}

/// Tells a developer what is missing.
pub(crate) fn not_built() -> Response {
    plain(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT)
}

const NOT_FOUND: &str = "<!doctype html><html lang=\"en\"><title>Page not found</title><h1>Page not found</h1>\
    <p><a href=\"/\">Go to Security info</a></p></html>";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>The web app is not built</title><h1>The web app is not built</h1>\
    <p>Run <code>npm ci</code> and <code>npm run build</code> in <code>functions/portal/web</code>, then build again.</p></html>";

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response();
    policy::add(response.headers_mut(), "");
    response.headers_mut().insert(header::CACHE_CONTROL, REVALIDATE);
    response
}

fn send(
    status: StatusCode,
    file: &'static File,
    path: &str,
    cache: HeaderValue,
    method: &Method,
    asked: &HeaderMap,
) -> Response {
    let (bytes, coding) = encoding::choose(file, asked);
    // Each form has a tag of its own: a strong one names bytes, not content (RFC 9110, section 8.8.3).
    let tag = format!(
        "\"{}{}\"",
        file.tag,
        coding.map_or("", |name| if name == "br" { "-b" } else { "-g" })
    );
    let unchanged = status == StatusCode::OK && knows(asked, &tag);
    let body = if unchanged || *method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(bytes)
    };
    let mut response = Response::new(body);
    *response.status_mut() = if unchanged { StatusCode::NOT_MODIFIED } else { status };
    let headers = response.headers_mut();
    policy::add(headers, path);
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    if !unchanged {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
    }
    response
}

/// Whether the browser already has these bytes; compared weakly, as `If-None-Match` is (RFC 9110, section 13.1.2).
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let named = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    named
        .flat_map(|value| value.split(','))
        .map(|item| item.trim().trim_start_matches("W/"))
        .any(|item| item == tag || item == "*")
}
