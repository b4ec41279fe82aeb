//! What the database says when it does not do as asked, sorted: try again in a moment, unavailable, or a defect of ours.

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;

use aws_sdk_dynamodb::Error;
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use countersign_domain::encoding::base64url;
use countersign_domain::entropy::bytes;

use crate::entropy::SystemEntropy;
use crate::fault::Fault;

/// How long to wait before each further try after a conflict, at most.
pub(super) const PAUSES: [Duration; 3] = [
    Duration::from_millis(20),
    Duration::from_millis(60),
    Duration::from_millis(180),
];

/// Why a request was not carried out.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Another transaction was at one of the rows: nothing was written, and in a moment it may be.
    Conflict(Fault),
    /// Anything else.
    Other(Fault),
}

impl Trouble {
    /// Sorts an error of the database.
    pub(super) fn of(what: &'static str, error: &Error) -> Self {
        match error {
            Error::TransactionConflictException(_) | Error::TransactionInProgressException(_) => {
                Self::Conflict(fault(what, error))
            }
            _ => Self::Other(fault(what, error)),
        }
    }

    /// The fault that it is if nobody tries again.
    pub(super) fn into_fault(self) -> Fault {
        match self {
            Self::Conflict(fault) | Self::Other(fault) => fault,
        }
    }
}

/// The fault of an error. Of what the service said only the error's name is kept, since its text can quote a request.
pub(super) fn fault(what: &'static str, error: &Error) -> Fault {
    match error.code() {
        Some("ValidationException" | "SerializationException" | "IdempotentParameterMismatchException") => {
            Fault::Defect(what)
        }
        Some(code) => Fault::unavailable(what, code.to_owned()),
        None => {
            let mut story = String::from("no answer");
            let mut cause = error.source();
            while let Some(next) = cause {
                let _ = write!(story, ": {next}");
                cause = next.source();
            }
            Fault::unavailable(what, story)
        }
    }
}

/// Carries a request out, again where another transaction was in the way: a few times, at random distances.
pub(super) async fn patiently<T, F>(mut request: impl FnMut() -> F + Send) -> Result<T, Fault>
where
    F: Future<Output = Result<T, Trouble>> + Send,
{
    for pause in PAUSES {
        match request().await {
            Err(Trouble::Conflict(_)) => tokio::time::sleep(jittered(pause)).await,
            done => return done.map_err(Trouble::into_fault),
        }
    }
    request().await.map_err(Trouble::into_fault)
}

/// Between half of a pause and all of it, so that those who met do not meet again.
pub(super) fn jittered(pause: Duration) -> Duration {
    let [chance] = bytes::<1>(&SystemEntropy);
    pause / 2 + pause * u32::from(chance) / 512
}

/// A name for one try that nobody else has.
pub(super) fn unique() -> String {
    base64url(bytes::<16>(&SystemEntropy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_at_least_half_and_never_more_than_whole() {
        for _ in 0..200 {
            let pause = jittered(Duration::from_millis(100));
            assert!((50..=100).contains(&pause.as_millis()), "{pause:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn conflicts_are_tried_four_times_and_then_reported() {
        let mut tries = 0;
        let outcome: Result<(), Fault> = patiently(|| {
            tries += 1;
            std::future::ready(Err(Trouble::Conflict(Fault::unavailable(
                "test",
                "TransactionConflict",
            ))))
        })
        .await;
        assert!(matches!(outcome, Err(Fault::Unavailable { .. })));
        assert_eq!(tries, 4);
    }
}
