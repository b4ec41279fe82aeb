//! How an account comes into the directory: its row, its name's row, and the mark that the organization is set up.

use countersign_domain::accounts::Account;
use jiff::Timestamp;

use super::attribute::{PEOPLE, PEOPLE_PK, PEOPLE_SK};
use super::key::Key;
use super::people::Named;
use super::row::{Item, encode};
use super::write::{Write, attribute};
use crate::fault::Fault;

/// The rows of a new account and of its name, if neither is there.
pub(super) fn in_full(account: &Account) -> Result<(Write, Write), Fault> {
    let profile = Write::put(Key::profile(account.id), encode(account)?)
        .if_absent()
        .with(PEOPLE_PK, PEOPLE)
        .with(PEOPLE_SK, &account.user_name);
    let name = Write::put(Key::name(&account.user_name), encode(&Named { account: account.id })?).if_absent();
    Ok((profile, name))
}

/// The mark that the organization is set up, if it was not.
pub(super) fn mark(now: Timestamp) -> Result<Write, Fault> {
    Ok(Write::put(Key::setup(), Item::from([("at".to_owned(), attribute(&now)?)])).if_absent())
}
