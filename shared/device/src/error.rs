//! What can go wrong for a phone, as its app has to tell it.

use jiff::Timestamp;
use serde::Deserialize;

/// Why a call did not do what it was for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The service said no, and why.
    #[error(transparent)]
    Problem(Box<Problem>),
    /// The service cannot be reached, or did not answer in time.
    #[error("cannot reach {0}")]
    Unreachable(String, #[source] reqwest::Error),
    /// The answer is not one of the protocol: another server, or a proxy's page.
    #[error("unexpected answer (HTTP status {status}): is this a Countersign service?")]
    Unexpected {
        /// HTTP status.
        status: u16,
    },
    /// The origin cannot be used.
    #[error("not a service's origin: give https://host, or http://localhost:port")]
    Origin,
    /// The key cannot be made, read or used.
    #[error("the phone's key cannot be used")]
    Key,
    /// A message could not be written as JSON or signed.
    #[error("the message cannot be signed")]
    Message,
}

impl Error {
    /// The problem's stable code, as `device.removed`, where the service gave one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => Some(&problem.code),
            _ => None,
        }
    }

    /// What to do about it, where the service said so.
    pub fn fix(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => problem.fix.as_deref(),
            _ => None,
        }
    }
}

/// What the service answered instead (RFC 9457); unknown members are ignored.
#[derive(Debug, Clone, Deserialize, thiserror::Error)]
#[error("{}", detail.as_deref().or(title.as_deref()).unwrap_or(code))]
pub struct Problem {
    /// HTTP status.
    #[serde(default)]
    pub status: u16,
    /// Stable code, as `challenge.expired`.
    pub code: String,
    /// What it is, in short.
    #[serde(default)]
    pub title: Option<String>,
    /// What it is, this time.
    #[serde(default)]
    pub detail: Option<String>,
    /// What to do about it.
    #[serde(default)]
    pub fix: Option<String>,
    /// The server's time (`Date`), to correct a clock by.
    #[serde(skip)]
    pub server_time: Option<Timestamp>,
}
