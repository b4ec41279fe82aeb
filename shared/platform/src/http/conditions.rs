//! Conditions of requests (RFC 9110 §13): a version as an entity tag, and the versions that a change names.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::header;
use http::request::Parts;

/// The strong entity tag of a version.
pub fn entity_tag(version: u64) -> String {
    format!("\"{version}\"")
}

/// The entity tags that a request names in `If-Match`; none, if it names none. `*` counts as none: it would save over whatever is there.
/// Weak ones are kept as they came and match nothing, as strong comparison wants it (RFC 9110 §8.8.3.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(pub Option<Vec<String>>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let lines = parts.headers.get_all(header::IF_MATCH).iter();
        let tags: Vec<String> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty() && tag != "*")
            .collect();
        Ok(Self((!tags.is_empty()).then_some(tags)))
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    async fn named(lines: &[&str]) -> Option<Vec<String>> {
        let mut request = Request::builder();
        for line in lines {
            request = request.header(header::IF_MATCH, *line);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let Ok(IfMatch(tags)) = IfMatch::from_request_parts(&mut parts, &()).await;
        tags
    }

    #[tokio::test]
    async fn a_version_is_named_exactly_or_not_at_all() {
        assert_eq!(named(&[]).await, None);
        assert_eq!(named(&["*"]).await, None);
        assert_eq!(named(&[""]).await, None);
        assert!(named(&["\"7\""]).await.unwrap().contains(&entity_tag(7)));
        assert!(named(&["\"6\", \"7\""]).await.unwrap().contains(&entity_tag(7)));
        for other in ["7", "W/\"7\"", "\"77\"", "\"7"] {
            assert!(!named(&[other]).await.unwrap().contains(&entity_tag(7)), "{other}");
        }
    }
}
