//! JSON in and out, and paths and queries, with problem documents where they do not have the shape that the route takes.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request};
use axum::response::{IntoResponse, Response};
use countersign_domain::methods::rules::Objection;
use countersign_domain::refusal::Refusal;
use http::request::Parts;
use http::{HeaderValue, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::problem::ApiError;
use crate::fault::Fault;

/// A JSON body. Types that come in carry `deny_unknown_fields`: a misspelt field is a mistake to tell, not to swallow.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let body = read(request, state).await?;
        if body.is_empty() {
            return Err(Refusal::Malformed("The body is missing.").into());
        }
        parse(&body).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ApiError> {
        let body = read(request, state).await?;
        if body.is_empty() {
            Ok(None)
        } else {
            parse(&body).map(|value| Some(Self(value)))
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => (
                [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))],
                body,
            )
                .into_response(),
            Err(_) => ApiError::Failed(Fault::Defect("an answer could not be written as JSON")).into_response(),
        }
    }
}

/// The values in a route's path.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let axum::extract::Path(value) = axum::extract::Path::from_request_parts(parts, state)
            .await
            .map_err(|_| Refusal::Malformed("The address holds something that is not an id of the kind it takes."))?;
        Ok(Self(value))
    }
}

/// The values in a query.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let axum::extract::Query(value) = axum::extract::Query::from_request_parts(parts, state)
            .await
            .map_err(|_| Refusal::Malformed("The query does not have the parameters that this address takes."))?;
        Ok(Self(value))
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state)
        .await
        .map_err(|_| Refusal::Malformed("The body could not be read.").into())
}

/// Reads a body that was taken as bytes, because its hash is signed. It has to be an object: serde would read a struct from an array of its
/// values as well, and a field could be sent without its name.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(ApiError::Malformed("The body is not an object.".to_owned()));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        ApiError::Malformed(describe(error.inner(), &path))
    })?;
    json.end().map_err(|error| ApiError::Malformed(describe(&error, "")))?;
    Ok(value)
}

/// Reads a document of ours that is no secret, and says to whoever edits it exactly what is wrong where: by a JSON pointer, and by what
/// stands in serde's words after "expected", which names our fields and types and not what was sent.
pub fn whole<T: DeserializeOwned>(document: &serde_json::Value) -> Result<T, Objection> {
    if !document.is_object() {
        return Err(Objection::new("", "The document is not an object."));
    }
    serde_path_to_error::deserialize(document).map_err(|error| {
        let pointer = error.path().iter().map(step).collect::<String>();
        let said = error.inner().to_string();
        let says = match said.rsplit_once(", expected ") {
            Some((_, expected)) => format!("It takes {expected}."),
            None => match quoted(&said, "missing field `") {
                Some(field) => format!("The field `{field}` is missing."),
                None => ours(&said),
            },
        };
        Objection::new(pointer, says)
    })
}

/// What a type of ours says of a value that it does not take, as a sentence.
fn ours(said: &str) -> String {
    if said == "not a valid GroupName" {
        return "This is not the name of a group: 1 to 64 letters, digits, dots, dashes or underscores.".to_owned();
    }
    let mut letters = said.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!(
        "{}{}.",
        first.unwrap_or_default(),
        letters.as_str().trim_end_matches('.')
    )
}

/// One step of a JSON pointer (RFC 6901 §3).
fn step(segment: &serde_path_to_error::Segment) -> String {
    use serde_path_to_error::Segment;
    match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    }
}

/// Where it went wrong. serde's own messages repeat the value, which may be a password: only names of *our* fields are taken from
/// them.
fn describe(error: &serde_json::Error, path: &str) -> String {
    if error.is_syntax() || error.is_eof() {
        return format!(
            "The body is not JSON: line {}, column {}.",
            error.line(),
            error.column()
        );
    }
    let message = error.to_string();
    if let Some(field) = quoted(&message, "missing field `") {
        return format!("The field `{field}` is missing.");
    }
    if let Some(field) = quoted(&message, "duplicate field `") {
        return format!("The field `{field}` is there twice.");
    }
    if message.starts_with("unknown field") {
        return format!(
            "There is a field that is not known, before line {}, column {}.",
            error.line(),
            error.column()
        );
    }
    let ours = path.len() <= 64
        && path
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'[' | b']'));
    if ours && !path.is_empty() && path != "." {
        format!("The field `{path}` does not have the form it takes.")
    } else {
        format!(
            "The body does not have the form it takes, before line {}, column {}.",
            error.line(),
            error.column()
        )
    }
}

fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split_once('`').map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Body {
        user_name: String,
        #[serde(default)]
        digits: Option<u8>,
    }

    fn detail(body: &str) -> String {
        match parse::<Body>(body.as_bytes()) {
            Err(ApiError::Malformed(detail)) => detail,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_shape_is_told_by_field_and_place() {
        assert_eq!(detail("{}"), "The field `user_name` is missing.");
        assert_eq!(
            detail(r#"{"user_name":"a","user_name":"b"}"#),
            "The field `user_name` is there twice."
        );
        assert_eq!(
            detail(r#"{"user_name":"a","digits":"x"}"#),
            "The field `digits` does not have the form it takes."
        );
        assert_eq!(detail(r#"{"user_name":"#), "The body is not JSON: line 1, column 13.");
        assert_eq!(
            detail(r#"{"user_name":"a"} x"#),
            "The body is not JSON: line 1, column 19."
        );
        assert_eq!(detail(r#" ["a", 1]"#), "The body is not an object.");
        assert_eq!(
            detail("7"),
            "The body does not have the form it takes, before line 1, column 1."
        );
    }

    #[test]
    fn what_was_sent_is_never_repeated() {
        for body in [
            r#"{"hunter2":1}"#,
            r#"{"user_name":{"hunter2":1}}"#,
            r#"{"user_name":"a","digits":"hunter2"}"#,
            r#""hunter2""#,
            r#"[{"hunter2":1}]"#,
            r#"{"user_name":"a","hunter2":1}"#,
            "hunter2",
        ] {
            assert!(!detail(body).contains("hunter2"), "{body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_body_makes_the_parser_panic(body: Vec<u8>) {
            let _ = parse::<Body>(&body);
            let _ = parse::<serde_json::Value>(&body);
        }
    }
}
