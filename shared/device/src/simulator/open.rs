//! Finds open prompts, and forgets accounts that the service says are gone.

use super::Complaint;
use super::say::say;
use super::state::{Account, State};
use crate::{Error, Phone, Prompt, Prompts};

/// A prompt with the account that it is for.
pub(super) struct Open {
    pub(super) account: Account,
    pub(super) phone: Phone,
    pub(super) prompt: Prompt,
}

/// What the accounts were asked, or all of them.
pub(super) struct Asked {
    pub(super) open: Vec<Open>,
    /// When to ask again, in milliseconds; `None` where no account is left to ask for.
    pub(super) poll_after_ms: Option<u64>,
}

/// Asks for the prompts of the accounts of that name, or of all.
pub(super) async fn prompts(state: &mut State, name: Option<&str>) -> Result<Asked, Complaint> {
    let mut asked = Asked {
        open: Vec::new(),
        poll_after_ms: None,
    };
    for account in state.accounts(name)? {
        let phone = account.phone()?;
        let Some(Prompts { prompts, poll_after_ms }) = unless_removed(state, &account, phone.prompts().await)? else {
            continue;
        };
        asked.poll_after_ms = Some(asked.poll_after_ms.unwrap_or(u64::MAX).min(poll_after_ms).max(250));
        asked.open.extend(prompts.into_iter().map(|prompt| Open {
            account: account.clone(),
            phone: phone.clone(),
            prompt,
        }));
    }
    Ok(asked)
}

/// The answer, or `None` where the authenticator was removed: then the account is forgotten, and its user told how to pair again.
pub(super) fn unless_removed<T>(
    state: &mut State,
    account: &Account,
    answer: Result<T, Error>,
) -> Result<Option<T>, Complaint> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.code() == Some("device.removed") => {
            state.forget(account)?;
            say(&format!(
                "{} was removed at {} and is forgotten here.",
                account.name, account.organization
            ));
            say("To pair again: open the security-info page, add the authenticator, and run `pair <CODE>`.");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
