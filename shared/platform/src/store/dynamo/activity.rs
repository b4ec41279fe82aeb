//! Activity: rows that are appended and listed, newest first.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use countersign_domain::activity::{Claim, Event};
use countersign_domain::ids::{AccountId, ActivityId};
use jiff::Timestamp;

use super::attribute::{PK, TTL};
use super::key::{Key, account};
use super::row::{decode, encode, number, whole};
use super::send::Written;
use super::trouble::fault;
use super::write::{Write, attribute};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{Page, ReadActivity, Record, RecordActivity};

/// The row of a change, as a part of its transaction.
pub(super) fn told(tell: Option<&Record>) -> Result<Option<Write>, Fault> {
    tell.map(|Record { event, expires_at }| {
        Ok(Write::put(Key::activity(event.account, event.id), encode(event)?).until(*expires_at))
    })
    .transpose()
}

#[async_trait]
impl RecordActivity for DynamoStore {
    /// A row that is there is left as it is: it can only be this one, sent again.
    async fn record(&self, event: &Event, expires_at: Timestamp) -> Result<(), Fault> {
        let append = Write::put(Key::activity(event.account, event.id), encode(event)?)
            .until(expires_at)
            .if_absent();
        self.write("activity: record", append, ReturnValue::None).await?;
        Ok(())
    }
}

#[async_trait]
impl ReadActivity for DynamoStore {
    async fn activity(
        &self,
        of: AccountId,
        after: Option<ActivityId>,
        limit: u16,
        now: Timestamp,
    ) -> Result<Page<Event>, Fault> {
        let what = "activity: list";
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Activity))
            .key_condition_expression("#PK = :pk")
            .expression_attribute_names("#PK", PK)
            .expression_attribute_values(":pk", AttributeValue::S(account(of)))
            .set_exclusive_start_key(after.map(|id| Key::activity(of, id).attributes()))
            .scan_index_forward(false)
            .consistent_read(false)
            .limit(i32::from(limit) + 1); // one more tells whether there is a next page
        let output = query.send().await.map_err(|error| fault(what, &error.into()))?;
        let mut more = output.last_evaluated_key.is_some();
        let mut items = Vec::new();
        for row in output.items.unwrap_or_default() {
            if number(&row, TTL).is_some_and(|end| end <= whole(now)) {
                more = false; // what is older is past its end as well
                break;
            }
            items.push(decode::<Event>(Table::Activity, row)?);
        }
        more |= items.len() > usize::from(limit);
        items.truncate(usize::from(limit));
        let next = items.last().filter(|_| more).map(|event| event.id.to_string());
        Ok(Page { items, next })
    }

    async fn claim(&self, account: AccountId, id: ActivityId, claim: Claim) -> Result<Option<Event>, Fault> {
        let keep = Write::update(Key::activity(account, id), "SET #claim = :claim")
            .if_there()
            .value(":claim", attribute(&claim)?);
        match self.write("activity: claim", keep, ReturnValue::AllNew).await? {
            Written::Done(row) => decode(Table::Activity, row).map(Some),
            Written::Refused(_) => Ok(None),
        }
    }
}
