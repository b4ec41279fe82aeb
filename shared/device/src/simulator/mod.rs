//! A phone for people without one, and for tests: pairs, shows prompts and answers them from a terminal.

mod answer;
mod auto;
mod complaint;
mod list;
mod open;
mod pair;
mod remove;
mod say;
mod state;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;

pub use complaint::Complaint;
use state::State;

/// A phone simulator. Its keys lie in the state file in the clear: it is for development and tests, never for a real account.
#[derive(Debug, Parser)]
#[command(name = "simulator")]
pub struct Arguments {
    /// File that keeps the simulated phone.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        default_value = ".countersign/simulator.json"
    )]
    state: PathBuf,
    /// Only this account (for `pair`: what to call it here; otherwise its user name).
    #[arg(long, global = true, value_name = "NAME")]
    account: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Pair with the account that shows this code.
    Pair(Pair),
    /// List accounts and open prompts.
    List,
    /// Approve the open prompt with the number on the sign-in page.
    Approve {
        /// The digits that the page shows.
        number: String,
    },
    /// Deny the open prompt.
    Deny(Deny),
    /// Wait for prompts, and ask here for the number of each.
    Auto {
        /// Deny every prompt instead of asking.
        #[arg(long)]
        deny: bool,
        #[command(flatten)]
        reason: Deny,
    },
    /// End this phone's entry in the account, as the app's "remove account" does.
    Remove,
}

#[derive(Debug, Args)]
struct Pair {
    /// The code, or the whole link of the QR code.
    code: String,
    /// The service's origin, where the code is no link.
    #[arg(long, default_value = "http://localhost:8080")]
    origin: String,
    /// What the member sees in the list.
    #[arg(long, default_value = "Simulated phone")]
    model: String,
}

#[derive(Debug, Clone, Copy, Args)]
struct Deny {
    /// Say that somebody else signs in, rather than that the mind was changed.
    #[arg(long)]
    not_me: bool,
}

impl From<Deny> for Decision {
    fn from(deny: Deny) -> Self {
        Self::Deny {
            reason: if deny.not_me {
                DenyReason::NotMe
            } else {
                DenyReason::ChangedMind
            },
        }
    }
}

/// Does what the arguments say.
///
/// # Errors
/// [`Complaint`], which says what to do about it.
pub async fn run(arguments: Arguments) -> Result<(), Complaint> {
    let Arguments {
        state: file,
        account,
        command,
    } = arguments;
    let mut state = State::load(file)?;
    let account = account.as_deref();
    match command {
        Command::Pair(pair) => pair::pair(&mut state, account, &pair).await,
        Command::List => list::list(&mut state, account).await,
        Command::Approve { number } => {
            answer::answer(
                &mut state,
                account,
                Decision::Approve {
                    number: Secret::new(number),
                },
            )
            .await
        }
        Command::Deny(deny) => answer::answer(&mut state, account, deny.into()).await,
        Command::Auto { deny, reason } => auto::auto(&mut state, account, deny.then(|| reason.into())).await,
        Command::Remove => remove::remove(&mut state, account).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
        let parsed = Arguments::try_parse_from(["simulator", "deny", "--not-me", "--account", "ada"]).unwrap();
        assert_eq!(parsed.account.as_deref(), Some("ada"));
        assert!(matches!(parsed.command, Command::Deny(Deny { not_me: true })));
        let auto = Arguments::try_parse_from(["simulator", "auto", "--deny"]).unwrap();
        assert!(matches!(auto.command, Command::Auto { deny: true, .. }));
        assert!(Arguments::try_parse_from(["simulator", "approve"]).is_err());
    }
}
