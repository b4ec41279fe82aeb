//! `approve` and `deny`: answer the open prompt.

use countersign_domain::device::claims::Decision;

use super::Complaint;
use super::open::{Open, prompts, unless_removed};
use super::say::{describe, say};
use super::state::State;
use crate::Outcome;

pub(super) async fn answer(state: &mut State, name: Option<&str>, decision: Decision) -> Result<(), Complaint> {
    if let Decision::Approve { number } = &decision {
        check(number.expose())?;
    }
    let mut open = prompts(state, name).await?.open.into_iter();
    match (open.next(), open.next()) {
        (Some(one), None) => settle(state, &one, decision).await,
        (Some(_), Some(_)) => Err(Complaint::told(
            "prompts of several accounts are open",
            "Say which with --account; `list` shows them.",
        )),
        (None, _) => Err(Complaint::told(
            "no prompt is open",
            "Sign in on a page first, then answer while it shows its number.",
        )),
    }
}

/// Sends the answer and says what became of it.
pub(super) async fn settle(state: &mut State, open: &Open, decision: Decision) -> Result<(), Complaint> {
    let outcome = open.phone.answer(&open.prompt, decision).await;
    match unless_removed(state, &open.account, outcome)? {
        Some(Outcome::Approved) => say(&format!("Approved: {}", describe(&open.prompt))),
        Some(Outcome::Denied) => say(&format!("Denied: {}", describe(&open.prompt))),
        None => {}
    }
    Ok(())
}

/// Refuses what the service would refuse as no number at all.
pub(super) fn check(number: &str) -> Result<(), Complaint> {
    if (1..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(Complaint::told(
        "that is no number",
        "Give the digits that the sign-in page shows, as `approve 42`.",
    ))
}
