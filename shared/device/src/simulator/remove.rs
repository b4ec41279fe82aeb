//! `remove`: ends this phone's entry in the account, and forgets its key.

use super::Complaint;
use super::open::unless_removed;
use super::say::say;
use super::state::State;

pub(super) async fn remove(state: &mut State, name: Option<&str>) -> Result<(), Complaint> {
    let mut accounts = state.accounts(name)?.into_iter();
    let (Some(account), None) = (accounts.next(), accounts.next()) else {
        return Err(Complaint::told(
            "this phone has several accounts",
            "Say which with --account; `list` shows them.",
        ));
    };
    let answer = account.phone()?.remove().await;
    if unless_removed(state, &account, answer)?.is_some() {
        state.forget(&account)?;
        say(&format!("Removed {} at {}.", account.name, account.organization));
    }
    Ok(())
}
