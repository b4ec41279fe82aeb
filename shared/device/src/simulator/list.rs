//! `list`: the accounts of this phone, and what waits for an answer.

use super::Complaint;
use super::open::unless_removed;
use super::say::{describe, say};
use super::state::State;
use crate::Status;

pub(super) async fn list(state: &mut State, name: Option<&str>) -> Result<(), Complaint> {
    for account in state.accounts(name)? {
        let phone = account.phone()?;
        let Some(device) = unless_removed(state, &account, phone.device().await)? else {
            continue;
        };
        let status = match device.status {
            Status::Pending => "pending: approve its test prompt",
            Status::Active => "active",
        };
        say(&format!(
            "{} at {} ({}), \"{}\", {status}",
            account.name, device.organization, account.origin, device.name
        ));
        let Some(open) = unless_removed(state, &account, phone.prompts().await)? else {
            continue;
        };
        for prompt in &open.prompts {
            say(&format!("  {}", describe(prompt)));
        }
        if open.prompts.is_empty() {
            say("  no open prompt");
        }
    }
    Ok(())
}
