//! Codes that go out: each saved together with every budget it is taken from, in one transaction, or not at all.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::methods::sent_code::SentCode;
use countersign_domain::methods::{Authenticator, Standing};
use countersign_domain::sendings::Budget;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::DynamoStore;
use super::attribute::TTL;
use super::enrollments::put;
use super::key::Key;
use super::row::seconds;
use super::send::Transacted;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{Consistency, Reserved, SendCodes};

/// How long a window's count is kept after its end.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// What a window of a budget holds.
#[derive(Debug, Serialize, Deserialize)]
struct Window {
    sendings: u32,
}

/// One more of a budget, if there is one.
fn one_more(budget: &Budget) -> Write {
    let until = budget.window_ends.saturating_add(KEPT).unwrap_or(budget.window_ends);
    Write::update(
        Key::sendings(&budget.of, budget.window_ends),
        format!("SET #{TTL} = :ttl ADD #sendings :one"),
    )
    .when("(attribute_not_exists(#sendings) OR #sendings < :most)")
    .value(":ttl", seconds(until))
    .value(":one", AttributeValue::N("1".to_owned()))
    .number(":most", budget.most)
}

/// The code in place of the one before, if that is still the last one. The mark rises with it, so that no earlier code can be consumed any
/// more, not even by a request that has read it already.
fn replace(seen: &Authenticator, code: &SentCode) -> Result<Write, Fault> {
    let before = seen.binding.line().and_then(|line| line.sent.as_ref());
    let before = before.map(|sent| attribute(&sent.sending)).transpose()?;
    let path = if before.is_some() {
        "#binding.#sent.#sending"
    } else {
        "#binding.#sent"
    };
    Ok(Write::update(
        Key::authenticator(seen.account, seen.id),
        "SET #binding.#sent = :sent, #mark = :void",
    )
    .when("#standing = :active")
    .if_same(path, ":before", before)
    .value(":active", attribute(&Standing::Active)?)
    .value(":sent", attribute(code)?)
    .number(":void", code.sending.saturating_sub(1)))
}

impl DynamoStore {
    async fn reserve(&self, what: &'static str, save: Write, budgets: &[Budget]) -> Result<Reserved, Fault> {
        if let Some(place) = budgets.iter().position(|budget| budget.most == 0) {
            return Ok(Reserved::Spent(place)); // the first of a window has no count to be held against
        }
        let writes = std::iter::once(save).chain(budgets.iter().map(one_more)).collect();
        Ok(match self.transact(what, writes).await? {
            Transacted::Done => Reserved::Won,
            Transacted::Refused(places) => match places.first() {
                Some(place) if *place > 0 => Reserved::Spent(place - 1),
                _ => Reserved::Lost,
            },
        })
    }
}

#[async_trait]
impl SendCodes for DynamoStore {
    async fn send_code(&self, seen: &Authenticator, code: &SentCode, budgets: &[Budget]) -> Result<Reserved, Fault> {
        self.reserve("directory: send code", replace(seen, code)?, budgets)
            .await
    }

    async fn send_first_code(&self, ceremony: &Enrollment, budgets: &[Budget]) -> Result<Reserved, Fault> {
        let Some(before) = ceremony.version.checked_sub(1) else {
            return Ok(Reserved::Lost); // nothing has a version below 0
        };
        let save = put(ceremony)?.when("#version = :before").number(":before", before);
        self.reserve("sessions: send first code", save, budgets).await
    }

    async fn sendings(&self, budget: &Budget) -> Result<u32, Fault> {
        let key = Key::sendings(&budget.of, budget.window_ends);
        let window: Option<Window> = self
            .read("sessions: read sendings", &key, Consistency::Eventual)
            .await?;
        Ok(window.map_or(0, |window| window.sendings))
    }
}
