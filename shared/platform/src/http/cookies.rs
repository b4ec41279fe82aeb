//! The four cookies, read strictly and written one way. A forged or garbled cookie is just no cookie.

use std::convert::Infallible;

use axum::response::{IntoResponseParts, ResponseParts};
use countersign_domain::secret::Secret;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;

/// One of our cookies. `__Host-` binds it to this host, `Path=/` and `Secure` (RFC 6265bis §4.1.3.2): no sister host can plant it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The session's token.
    Session,
    /// The sign-in under way, sealed.
    SignIn,
    /// That this browser has signed in before, sealed.
    Known,
    /// The challenge that a passkey is to answer, sealed.
    Passkey,
}

impl Cookie {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "__Host-cs-session",
            Self::SignIn => "__Host-cs-sign-in",
            Self::Known => "__Host-cs-known",
            Self::Passkey => "__Host-cs-passkey",
        }
    }

    /// Its value in a request. Two of the same name are none: which one is ours cannot be told.
    pub fn read(self, headers: &HeaderMap) -> Option<Secret<String>> {
        let mut values = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == self.name())
            .map(|(_, value)| value);
        let value = values.next()?;
        (values.next().is_none() && is_ours(value)).then(|| Secret::new(value.to_owned()))
    }

    /// Sets it for a time.
    #[must_use]
    pub fn set(self, value: &str, for_at_most: SignedDuration) -> SetCookie {
        self.write(value, for_at_most.as_secs().max(0))
    }

    /// Takes it back.
    #[must_use]
    pub fn clear(self) -> SetCookie {
        self.write("", 0)
    }

    fn write(self, value: &str, max_age: i64) -> SetCookie {
        let name = self.name();
        let text = format!("{name}={value}; Path=/; Max-Age={max_age}; Secure; HttpOnly; SameSite=Lax");
        SetCookie(
            HeaderValue::try_from(text)
                .ok()
                .filter(|_| value.is_empty() || is_ours(value)),
        )
    }
}

/// Our values are base64url, with dots between parts.
fn is_ours(value: &str) -> bool {
    (1..=3072).contains(&value.len())
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A `Set-Cookie` header, to be returned in front of a body: `(cookie, Json(answer))`. Several may be.
#[derive(Clone)]
pub struct SetCookie(Option<HeaderValue>);

impl std::fmt::Debug for SetCookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetCookie(…)")
    }
}

impl IntoResponseParts for SetCookie {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        if let Some(header) = self.0 {
            response.headers_mut().append(SET_COOKIE, header);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    fn read(cookies: &[&str]) -> Option<String> {
        let headers = cookies
            .iter()
            .map(|text| (COOKIE, HeaderValue::from_str(text).unwrap()))
            .collect();
        Cookie::Session.read(&headers).map(|value| value.expose().clone())
    }

    #[test]
    fn ours_is_found_among_others() {
        assert_eq!(
            read(&["a=b; __Host-cs-session=abc-_1.x; c=d"]).as_deref(),
            Some("abc-_1.x")
        );
        assert_eq!(read(&["a=b", "__Host-cs-session=abc"]).as_deref(), Some("abc"));
    }

    #[test]
    fn a_garbled_or_doubled_cookie_is_no_cookie() {
        for cookies in [
            vec!["__Host-cs-session="],
            vec!["__Host-cs-session"],
            vec!["__Host-cs-session=\"abc\""],
            vec!["__host-cs-session=abc"],
            vec!["cs-session=abc"],
            vec!["__Host-cs-session=a; __Host-cs-session=b"],
            vec!["__Host-cs-session=a", "__Host-cs-session=a"],
            vec!["__Host-cs-session=a b"],
            vec![],
        ] {
            assert_eq!(read(&cookies), None, "{cookies:?}");
        }
        assert_eq!(read(&[&format!("__Host-cs-session={}", "a".repeat(5000))]), None);
    }

    #[test]
    fn a_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        let response = (
            Cookie::Session.set("abc", SignedDuration::from_hours(24)),
            Cookie::SignIn.clear(),
            "",
        )
            .into_response();
        let cookies: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(
            cookies[0],
            "__Host-cs-session=abc; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            cookies[1],
            "__Host-cs-sign-in=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn nothing_can_be_smuggled_into_a_cookie() {
        for value in ["a; Domain=example.com", "a\r\nX: y", "a b"] {
            let response = (Cookie::Known.set(value, SignedDuration::from_hours(1)), "").into_response();
            assert!(!response.headers().contains_key(SET_COOKIE));
        }
    }
}
