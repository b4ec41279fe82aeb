//! Codes: consumed and counted on the authenticator's own row, which is the only one that parallel answers meet at.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::attempts::Attempts;
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::{Authenticator, Binding, Standing};
use jiff::Timestamp;

use super::DynamoStore;
use super::attribute::LAST_TRY;
use super::key::Key;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{ConsumeCodes, Saved};

/// An update of an authenticator that is there, on the condition that its attempts are still those of `seen`.
fn if_still(seen: &Authenticator, expression: String) -> Result<Write, Fault> {
    let update = Write::update(Key::authenticator(seen.account, seen.id), expression).if_there();
    let fails = attribute(&seen.attempts.fails)?;
    let counted = match seen.attempts.fails {
        0 => "(attribute_not_exists(#attempts.#fails) OR #attempts.#fails = :fails)",
        _ => "#attempts.#fails = :fails",
    };
    let blocked_until = seen.attempts.blocked_until.as_ref().map(attribute).transpose()?;
    Ok(update
        .when(counted)
        .value(":fails", fails)
        .if_same("#attempts.#blocked_until", ":blocked", blocked_until))
}

#[async_trait]
impl ConsumeCodes for DynamoStore {
    async fn consume_code(
        &self,
        seen: &Authenticator,
        mark: u64,
        learned: Option<&Binding>,
        at: Timestamp,
        attempt: AttemptId,
    ) -> Result<Saved, Fault> {
        let mut set = format!("SET #mark = :mark, #attempts = :none, #last_used_at = :at, #{LAST_TRY} = :try");
        if learned.is_some() {
            set += ", #binding = :binding";
        }
        let mut consume = if_still(seen, set)?
            .when("#standing = :active AND (attribute_not_exists(#mark) OR #mark < :mark)")
            .value(":active", attribute(&Standing::Active)?)
            .number(":mark", mark)
            .value(":none", attribute(&Attempts::default())?)
            .value(":at", attribute(&at)?)
            .text(":try", &attempt);
        if let Some(learned) = learned {
            let before = seen.mark.as_ref().map(attribute).transpose()?;
            consume = consume
                .value(":binding", attribute(learned)?)
                .if_same("#mark", ":before", before);
        }
        let written = self
            .write("directory: consume code", consume, ReturnValue::None)
            .await?;
        Ok(written.saved_by(&attempt))
    }

    async fn count_wrong_code(&self, seen: &Authenticator, next: Attempts, attempt: AttemptId) -> Result<Saved, Fault> {
        let count = if_still(seen, format!("SET #attempts = :next, #{LAST_TRY} = :try"))?
            .value(":next", attribute(&next)?)
            .text(":try", &attempt);
        let written = self
            .write("directory: count wrong code", count, ReturnValue::None)
            .await?;
        Ok(written.saved_by(&attempt))
    }
}
