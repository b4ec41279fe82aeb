//! Errors as problem documents (RFC 9457): the domain's refusals and the platform's faults meet HTTP here, and only here.

use std::borrow::Cow;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use countersign_domain::methods::rules::Objection;
use countersign_domain::refusal::Refusal;
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusals::{FAILED, UNAVAILABLE, said};
use crate::fault::Fault;

/// What a handler answers with.
pub type ApiResult<T> = Result<T, ApiError>;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// An expected no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The request's shape is wrong; the text says where, and never repeats what was sent.
    #[error("malformed: {0}")]
    Malformed(String),
    /// A document breaks rules of its own; each field that does.
    #[error("objected to in {} places", .0.len())]
    Objected(Vec<Objection>),
    /// What nobody wanted.
    #[error(transparent)]
    Failed(Fault),
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem; one for each code.
    #[schema(value_type = String, example = "urn:problem-type:countersign:challenge.code_rejected")]
    pub r#type: Cow<'static, str>,
    /// A few words.
    #[schema(value_type = String)]
    pub title: Cow<'static, str>,
    /// The HTTP status again.
    pub status: u16,
    /// What happened, in a sentence.
    #[schema(value_type = String)]
    pub detail: Cow<'static, str>,
    /// The stable code that programs and translations go by.
    #[schema(value_type = String, example = "challenge.code_rejected")]
    pub code: Cow<'static, str>,
    /// What to do now, in a sentence.
    #[schema(value_type = String)]
    pub fix: Cow<'static, str>,
    /// What to tell the help desk.
    pub request_id: String,
    /// What a page can offer right away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub action: Option<Action>,
    /// Seconds until it makes sense to try again; also in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub retry_after: Option<u64>,
    /// What is wrong with which field of a document, where that is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(nullable = false)]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field (RFC 9457 §3, as its example has it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Where: a JSON pointer (RFC 6901) into the document that was sent; empty for the whole.
    #[schema(example = "/totp/excluded")]
    pub pointer: String,
    /// What is wrong, and what is allowed.
    pub detail: String,
}

/// What a page can offer with a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Action {
    /// `sign_in`, `reauthenticate` or `register`.
    #[schema(value_type = String, example = "reauthenticate")]
    pub kind: Cow<'static, str>,
    /// Where that is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub href: Option<String>,
}

impl Problem {
    /// The document for an error, as it is told at a time.
    pub fn of(error: &ApiError, request_id: &str, now: Timestamp) -> Self {
        match error {
            ApiError::Refused(refusal) => Self::refused(*refusal, request_id, now),
            ApiError::Malformed(detail) => {
                let generic = Self::refused(Refusal::Malformed(""), request_id, now);
                Self {
                    detail: detail.clone().into(),
                    ..generic
                }
            }
            ApiError::Objected(objections) => Self {
                errors: objections.iter().map(FieldProblem::from).collect(),
                ..Self::refused(Refusal::PolicyInvalid, request_id, now)
            },
            ApiError::Failed(fault) => Self::failed(fault, request_id),
        }
    }

    fn refused(refusal: Refusal, request_id: &str, now: Timestamp) -> Self {
        let said = said(&refusal);
        Self {
            r#type: problem_type(said.code),
            title: said.title.into(),
            status: said.status,
            detail: said.detail,
            code: said.code.into(),
            fix: said.fix.into(),
            request_id: request_id.to_owned(),
            action: action(refusal),
            retry_after: opens_again(refusal).map(|at| seconds_until(at, now)),
            errors: Vec::new(),
        }
    }

    fn failed(fault: &Fault, request_id: &str) -> Self {
        let (code, detail, retry_after) = if fault.may_pass() {
            (UNAVAILABLE, "A part of this service did not answer in time.", Some(2))
        } else {
            (FAILED, "This request could not be done.", None)
        };
        Self {
            r#type: problem_type(code.code),
            title: code.title.into(),
            status: code.status,
            detail: detail.into(),
            code: code.code.into(),
            fix: code.fix.into(),
            request_id: request_id.to_owned(),
            action: None,
            retry_after,
            errors: Vec::new(),
        }
    }
}

impl From<&Objection> for FieldProblem {
    fn from(objection: &Objection) -> Self {
        Self {
            pointer: objection.at.clone(),
            detail: objection.says.clone(),
        }
    }
}

fn problem_type(code: &str) -> Cow<'static, str> {
    format!("urn:problem-type:countersign:{code}").into()
}

fn action(refusal: Refusal) -> Option<Action> {
    let (kind, href) = match refusal {
        Refusal::SessionRequired | Refusal::SignInNotUnderWay => ("sign_in", "/sign-in"),
        Refusal::ReauthenticationRequired | Refusal::StrongerProofRequired | Refusal::MethodOnProbation(_) => {
            ("reauthenticate", "/sign-in?reauthenticate")
        }
        Refusal::RegistrationOnly => ("register", "/add-method"),
        _ => return None,
    };
    Some(Action {
        kind: kind.into(),
        href: Some(href.to_owned()),
    })
}

const fn opens_again(refusal: Refusal) -> Option<Timestamp> {
    match refusal {
        Refusal::PromptMuted(at)
        | Refusal::AttemptsExhausted(at)
        | Refusal::SendingTooSoon(at)
        | Refusal::SendingTooMany(at) => Some(at),
        _ => None,
    }
}

/// Rounded up, so that who waits that long is not sent away again.
fn seconds_until(at: Timestamp, now: Timestamp) -> u64 {
    let millis = at.as_millisecond().saturating_sub(now.as_millisecond());
    u64::try_from(millis).unwrap_or(0).div_ceil(1000).max(1)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The error that a response stands for. The edge takes it out, logs it, and writes the document anew with the request's id and
/// the time.
#[derive(Debug, Clone)]
pub(crate) struct Cause(pub(crate) Arc<ApiError>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = Problem::of(&self, "", Timestamp::now()).into_response();
        response.extensions_mut().insert(Cause(Arc::new(self)));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_seconds_rounded_up() {
        let now = Timestamp::from_second(1_000).unwrap();
        let error = ApiError::Refused(Refusal::AttemptsExhausted(
            Timestamp::from_millisecond(1_029_100).unwrap(),
        ));
        let problem = Problem::of(&error, "req", now);
        assert_eq!(problem.retry_after, Some(30));
        assert_eq!(problem.into_response().headers()["retry-after"], "30");
    }

    #[test]
    fn a_fault_tells_the_caller_nothing_of_itself() {
        let fault = Fault::damaged("directory", "ACCOUNT#acc_1", "sealed");
        let text = serde_json::to_string(&Problem::of(&fault.into(), "req", Timestamp::UNIX_EPOCH)).unwrap();
        assert!(text.contains("service.failed") && text.contains("\"request_id\":\"req\""));
        assert!(!text.contains("acc_1") && !text.contains("directory") && !text.contains("sealed"));
    }

    #[test]
    fn a_value_that_does_not_open_is_a_503_not_a_way_in() {
        let fault = Fault::Sealed {
            context: "AUTHENTICATOR|acc_1".into(),
        };
        assert_eq!(Problem::of(&fault.into(), "req", Timestamp::UNIX_EPOCH).status, 503);
    }

    #[test]
    fn an_old_proof_offers_to_sign_in_again() {
        let problem = Problem::of(&Refusal::ReauthenticationRequired.into(), "req", Timestamp::UNIX_EPOCH);
        assert_eq!(problem.action.unwrap().kind, "reauthenticate");
    }
}
