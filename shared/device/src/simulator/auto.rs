//! `auto`: waits for prompts and answers each. The number is only on the sign-in page, so it is asked for here.

use std::collections::BTreeSet;
use std::time::Duration;

use countersign_domain::device::claims::Decision;
use countersign_domain::ids::PromptId;
use countersign_domain::secret::Secret;

use super::answer::{check, settle};
use super::open::prompts;
use super::say::{ask, describe, say};
use super::state::State;
use super::{Complaint, Deny};
use crate::Error;

/// Wait after the service could not be reached.
const RETRY: Duration = Duration::from_secs(3);

/// Answers with `always`, or with what is typed. It ends with its last account, or with stdin.
pub(super) async fn auto(state: &mut State, name: Option<&str>, always: Option<Decision>) -> Result<(), Complaint> {
    let mut left_alone = BTreeSet::new();
    let mut away = false;
    say("Waiting for prompts; Ctrl-C ends.");
    loop {
        let asked = match prompts(state, name).await {
            Err(Complaint::Device(Error::Unreachable(origin, _))) => {
                if !std::mem::replace(&mut away, true) {
                    say(&format!("Cannot reach {origin}; trying again."));
                }
                tokio::time::sleep(RETRY).await;
                continue;
            }
            asked => asked?,
        };
        away = false;
        for open in asked.open {
            if left_alone.contains(&open.prompt.id) {
                continue;
            }
            say(&format!("{}: {}", open.account.name, describe(&open.prompt)));
            let decision = match &always {
                Some(decision) => decision.clone(),
                None => match typed(open.prompt.id, &mut left_alone) {
                    Typed::Decision(decision) => decision,
                    Typed::Nothing => continue,
                    Typed::End => return Ok(()),
                },
            };
            // A prompt that is over, or a wrong number, ends that prompt and not the waiting.
            if let Err(complaint) = settle(state, &open, decision).await {
                say(&complaint.report());
                left_alone.insert(open.prompt.id);
            }
        }
        let Some(poll_after_ms) = asked.poll_after_ms else {
            return Ok(());
        };
        tokio::time::sleep(Duration::from_millis(poll_after_ms)).await;
    }
}

enum Typed {
    Decision(Decision),
    Nothing,
    End,
}

/// What the member types: the number; `n` for "not me"; an empty line leaves the prompt alone.
fn typed(prompt: PromptId, left_alone: &mut BTreeSet<PromptId>) -> Typed {
    loop {
        match ask("Number on the page (n: it is not me; empty: leave it)?").as_deref() {
            None => return Typed::End,
            Some("") => {
                left_alone.insert(prompt);
                return Typed::Nothing;
            }
            Some("n" | "N") => return Typed::Decision(Deny { not_me: true }.into()),
            Some(number) => match check(number) {
                Ok(()) => {
                    return Typed::Decision(Decision::Approve {
                        number: Secret::new(number.to_owned()),
                    });
                }
                Err(complaint) => say(&complaint.report()),
            },
        }
    }
}
