//! What a page may load and use: only this origin's files, no script made from text, the camera for the authenticator alone.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Content Security Policy Level 3 with Trusted Types: injected markup stays markup.
const CONTENT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     manifest-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types countersign",
);

/// Powerful features, off.
const NO_FEATURES: HeaderValue =
    HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()");

/// The same, with the camera that reads pairing codes.
const CAMERA: HeaderValue =
    HeaderValue::from_static("camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()");

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const WORKER_SCOPE: HeaderName = HeaderName::from_static("service-worker-allowed");

/// Adds the policies of an address.
pub(crate) fn add(headers: &mut HeaderMap, path: &str) {
    let features = if path == "/authenticator" { CAMERA } else { NO_FEATURES };
    headers.insert(header::CONTENT_SECURITY_POLICY, CONTENT);
    headers.insert(PERMISSIONS, features);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if path == "/authenticator/sw.js" {
        // The worker's file lies one level below the page that it serves.
        headers.insert(WORKER_SCOPE, HeaderValue::from_static("/authenticator"));
    }
}
