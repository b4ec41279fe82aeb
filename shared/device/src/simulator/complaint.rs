//! What the simulator could not do, and what its user can do about it.

use std::path::PathBuf;

use super::say::plain;
use crate::Error;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Complaint {
    /// The service said no, or was not there.
    #[error(transparent)]
    Device(#[from] Error),
    /// The state file cannot be read or written.
    #[error("cannot use {}: {because}", file.display())]
    State {
        /// The file.
        file: PathBuf,
        /// Why not.
        because: String,
    },
    /// The command cannot be done as it was given.
    #[error("{what}")]
    Told {
        /// What is wrong.
        what: String,
        /// What to do about it.
        fix: &'static str,
    },
}

impl Complaint {
    /// A complaint about what was asked for.
    pub(super) fn told(what: impl Into<String>, fix: &'static str) -> Self {
        Self::Told { what: what.into(), fix }
    }

    /// What the terminal shows: what is wrong, its code, what to do.
    pub fn report(&self) -> String {
        let code = match self {
            Self::Device(error) => error.code().map(|code| format!(" [{code}]")),
            Self::State { .. } | Self::Told { .. } => None,
        };
        let fix = self.fix().map(|fix| format!("\n  {fix}"));
        plain(&format!(
            "error: {self}{}{}",
            code.unwrap_or_default(),
            fix.unwrap_or_default()
        ))
    }

    fn fix(&self) -> Option<&str> {
        match self {
            Self::Device(Error::Unreachable(..)) => {
                Some("Is it running? `make run` starts it; --origin says where it is.")
            }
            Self::Device(Error::Unexpected { .. }) => Some("Look at --origin: it is the address of the sign-in page."),
            Self::Device(Error::Origin) => Some("Give --origin as the sign-in page's address, without a path."),
            Self::Device(Error::Key | Error::Message) => Some("Pair again; the key in the state file is damaged."),
            Self::Device(Error::Problem(problem)) => problem.fix.as_deref(),
            Self::State { .. } => Some("Give another file with --state, or remove this one and pair again."),
            Self::Told { fix, .. } => Some(fix),
        }
    }
}
