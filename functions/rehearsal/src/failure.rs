//! Why a rehearsal failed: at which step, and a reason that holds no secret and no text of the version's own.

use std::fmt::Display;

use countersign_platform::fault::Fault;

/// A step that went otherwise than it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) step: &'static str,
    pub(crate) reason: String,
}

impl Failure {
    pub(crate) fn new(step: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { step, reason }
    }
}

/// Names the step that something failed at.
pub(crate) trait At<T> {
    fn at(self, step: &'static str) -> Result<T, Failure>;
}

impl<T> At<T> for Result<T, Fault> {
    fn at(self, step: &'static str) -> Result<T, Failure> {
        self.map_err(|fault| Failure::new(step, fault.story()))
    }
}

impl<T> At<T> for Option<T> {
    fn at(self, step: &'static str) -> Result<T, Failure> {
        self.ok_or_else(|| Failure::new(step, "lost against another rehearsal, or against an administrator"))
    }
}

/// That something is as it must be, or what it is instead.
pub(crate) fn expect<T: PartialEq + Display>(step: &'static str, what: &str, is: &T, must: &T) -> Result<(), Failure> {
    if is == must {
        return Ok(());
    }
    Err(Failure::new(step, format!("{what} is {is}, not {must}")))
}
