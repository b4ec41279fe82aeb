//! What came back from the service, before anything is made of it.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Error, Problem};

/// An answer of the service.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body's JSON; null where there is none.
    pub body: Value,
    /// The server's time (`Date`, RFC 9110 §6.6.1).
    pub server_time: Option<Timestamp>,
}

impl Reply {
    /// Takes a response in.
    pub(crate) async fn read(origin: &str, response: reqwest::Response) -> Result<Self, Error> {
        let status = response.status().as_u16();
        let date = response
            .headers()
            .get(reqwest::header::DATE)
            .and_then(|date| date.to_str().ok());
        let server_time = date
            .and_then(|date| rfc2822::parse(date).ok())
            .map(|date| date.timestamp());
        let bytes = response
            .bytes()
            .await
            .map_err(|error| Error::Unreachable(origin.to_owned(), error))?;
        let body = if bytes.is_empty() {
            Some(Value::Null)
        } else {
            serde_json::from_slice(&bytes).ok()
        };
        Ok(Self {
            status,
            body: body.ok_or(Error::Unexpected { status })?,
            server_time,
        })
    }

    /// The success that it is, or the problem.
    ///
    /// # Errors
    /// [`Error::Problem`], [`Error::Unexpected`].
    pub fn success<T: DeserializeOwned>(self) -> Result<T, Error> {
        let status = self.status;
        if (200..300).contains(&status) {
            return serde_json::from_value(self.body).map_err(|_| Error::Unexpected { status });
        }
        let mut problem: Problem = serde_json::from_value(self.body).map_err(|_| Error::Unexpected { status })?;
        problem.status = status;
        problem.server_time = self.server_time;
        Err(Error::Problem(Box::new(problem)))
    }
}
