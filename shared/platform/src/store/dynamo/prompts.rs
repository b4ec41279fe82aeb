//! The ledger of an account's prompts: one row, saved whole on the condition of its version.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::ids::{AccountId, AttemptId};
use countersign_domain::prompts::Ledger;
use jiff::{SignedDuration, Timestamp};

use super::DynamoStore;
use super::attribute::LAST_TRY;
use super::key::Key;
use super::row::encode;
use super::write::Write;
use crate::fault::Fault;
use crate::store::{Consistency, KeepPrompts, Saved};

/// How long a ledger is kept after all in it is over: strikes count for a while, and a late question wants its answer.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// When nothing in a ledger matters any more. One that is gone is an empty one, so its end must not come while prompts pause.
fn end(ledger: &Ledger) -> Timestamp {
    let prompt = ledger.prompt.as_ref().map(|prompt| prompt.expires_at);
    let last = ledger
        .strikes
        .iter()
        .copied()
        .chain(ledger.muted_until)
        .chain(prompt)
        .max();
    last.map_or(Timestamp::MAX, |last| {
        last.saturating_add(KEPT).unwrap_or(Timestamp::MAX)
    })
}

#[async_trait]
impl KeepPrompts for DynamoStore {
    async fn ledger(&self, account: AccountId, consistency: Consistency) -> Result<Ledger, Fault> {
        let stored = self
            .read("sessions: read prompts", &Key::ledger(account), consistency)
            .await?;
        Ok(stored.unwrap_or_else(|| Ledger::empty(account)))
    }

    async fn save_ledger(&self, ledger: &Ledger, attempt: AttemptId) -> Result<Saved, Fault> {
        let put = Write::put(Key::ledger(ledger.account), encode(ledger)?)
            .until(end(ledger))
            .with(LAST_TRY, &attempt);
        let put = match ledger.version.checked_sub(1) {
            None => return Ok(Saved::Lost), // nothing has a version below 0
            Some(0) => put.if_absent(),
            Some(before) => put.when("#version = :before").number(":before", before),
        };
        let written = self.write("sessions: save prompts", put, ReturnValue::None).await?;
        Ok(written.saved_by(&attempt))
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::entropy::Seeded;

    use super::*;

    #[test]
    fn a_ledger_outlives_the_pause_of_its_prompts() {
        let account = AccountId::new(Timestamp::UNIX_EPOCH, &Seeded::new("ledger"));
        let until = Timestamp::from_second(1_000_000).unwrap();
        let muted = Ledger {
            muted_until: Some(until),
            strikes: vec![Timestamp::UNIX_EPOCH],
            ..Ledger::empty(account)
        };
        assert!(end(&muted) > until);
    }
}
