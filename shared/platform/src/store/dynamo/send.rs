//! Sends writes: one as a request of its own, several as a transaction, deletions in batches.

use std::time::Duration;

use aws_sdk_dynamodb::Error;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    CancellationReason, DeleteRequest, PutRequest, ReturnValue, ReturnValuesOnConditionCheckFailure, WriteRequest,
};

use super::key::Key;
use super::row::Item;
use super::trouble::{Trouble, fault, jittered, patiently, unique};
use super::write::{Act, Write};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::Saved;

/// Rows in one batch (the service's limit).
const BATCH: usize = 25;
/// Tries of a batch whose rest the service hands back.
const BATCH_TRIES: u32 = 6;

/// What became of a write on condition.
#[derive(Debug)]
pub(super) enum Written {
    /// The condition held; the attributes that were asked for.
    Done(Item),
    /// It did not; the row as it is instead, if there is one.
    Refused(Option<Item>),
}

impl Written {
    /// Lost where the condition did not hold.
    pub(super) fn saved(&self) -> Saved {
        match self {
            Self::Done(_) => Saved::Won,
            Self::Refused(_) => Saved::Lost,
        }
    }

    /// Lost where the condition did not hold, unless that is because this very try had been carried out before and its reply was lost.
    pub(super) fn saved_by(&self, attempt: &impl ToString) -> Saved {
        match self {
            Self::Refused(Some(row))
                if super::row::text(row, super::attribute::LAST_TRY) == Some(&attempt.to_string()) =>
            {
                Saved::Won
            }
            written => written.saved(),
        }
    }
}

/// What became of a transaction.
#[derive(Debug)]
pub(super) enum Transacted {
    /// All was written.
    Done,
    /// Nothing was; whose conditions did not hold, by place.
    Refused(Vec<usize>),
}

impl From<Transacted> for Saved {
    fn from(transacted: Transacted) -> Self {
        match transacted {
            Transacted::Done => Self::Won,
            Transacted::Refused(_) => Self::Lost,
        }
    }
}

impl DynamoStore {
    /// Sends one write, and gets the row as `returns` says.
    pub(super) async fn write(&self, what: &'static str, write: Write, returns: ReturnValue) -> Result<Written, Fault> {
        patiently(|| self.write_once(what, write.clone(), returns.clone())).await
    }

    async fn write_once(&self, what: &'static str, write: Write, returns: ReturnValue) -> Result<Written, Trouble> {
        let (names, values, key) = (write.names(), write.values(), write.key.attributes());
        let (table, old) = (self.table(write.key.table), ReturnValuesOnConditionCheckFailure::AllOld);
        let sent = match write.act {
            Act::Put(item) => self
                .client
                .put_item()
                .table_name(table)
                .set_item(Some(item))
                .set_condition_expression(write.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values_on_condition_check_failure(old)
                .send()
                .await
                .map(|output| output.attributes)
                .map_err(Error::from),
            Act::Update(expression) => self
                .client
                .update_item()
                .table_name(table)
                .set_key(Some(key))
                .update_expression(expression)
                .set_condition_expression(write.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values(returns)
                .return_values_on_condition_check_failure(old)
                .send()
                .await
                .map(|output| output.attributes)
                .map_err(Error::from),
            Act::Delete => self
                .client
                .delete_item()
                .table_name(table)
                .set_key(Some(key))
                .set_condition_expression(write.condition)
                .set_expression_attribute_names(names)
                .set_expression_attribute_values(values)
                .return_values(returns)
                .return_values_on_condition_check_failure(old)
                .send()
                .await
                .map(|output| output.attributes)
                .map_err(Error::from),
            Act::Check => return Err(Trouble::Other(Fault::Defect("a condition alone is not a write"))),
        };
        match sent {
            Ok(attributes) => Ok(Written::Done(attributes.unwrap_or_default())),
            Err(Error::ConditionalCheckFailedException(refused)) => Ok(Written::Refused(refused.item)),
            Err(error) => Err(Trouble::of(what, &error)),
        }
    }

    /// Sends writes as one transaction. Its token stays the same through all tries, so that a try whose reply was lost is not carried out
    /// again.
    pub(super) async fn transact(&self, what: &'static str, writes: Vec<Write>) -> Result<Transacted, Fault> {
        let token = unique();
        patiently(|| self.transact_once(what, writes.clone(), token.clone())).await
    }

    async fn transact_once(
        &self,
        what: &'static str,
        writes: Vec<Write>,
        token: String,
    ) -> Result<Transacted, Trouble> {
        let items: Result<Vec<_>, BuildError> = writes.into_iter().map(|write| write.in_transaction(self)).collect();
        let items = items.map_err(|_| Trouble::Other(Fault::Defect(what)))?;
        let sent = self
            .client
            .transact_write_items()
            .set_transact_items(Some(items))
            .client_request_token(token)
            .send()
            .await;
        match sent.map_err(Error::from) {
            Ok(_) => Ok(Transacted::Done),
            Err(Error::TransactionCanceledException(cancelled)) => sorted(what, cancelled.cancellation_reasons()),
            Err(error) => Err(Trouble::of(what, &error)),
        }
    }

    /// Puts and deletes rows without conditions, not as a transaction: each batch one request, what the service hands back again.
    pub(super) async fn batch(
        &self,
        what: &'static str,
        table: Table,
        puts: Vec<Item>,
        deletes: &[Key],
    ) -> Result<(), Fault> {
        let defect = |_: BuildError| Fault::Defect(what);
        let mut requests = Vec::with_capacity(puts.len() + deletes.len());
        for item in puts {
            let put = PutRequest::builder().set_item(Some(item)).build().map_err(defect)?;
            requests.push(WriteRequest::builder().put_request(put).build());
        }
        for key in deletes {
            let delete = DeleteRequest::builder()
                .set_key(Some(key.attributes()))
                .build()
                .map_err(defect)?;
            requests.push(WriteRequest::builder().delete_request(delete).build());
        }
        for batch in requests.chunks(BATCH) {
            self.send_batch(what, table, batch.to_vec()).await?;
        }
        Ok(())
    }

    async fn send_batch(&self, what: &'static str, table: Table, mut rest: Vec<WriteRequest>) -> Result<(), Fault> {
        let table = self.table(table);
        for tried in 0..BATCH_TRIES {
            let sent = self.client.batch_write_item().request_items(table, rest).send().await;
            let output = sent.map_err(|error| fault(what, &error.into()))?;
            rest = output
                .unprocessed_items
                .and_then(|mut left| left.remove(table))
                .unwrap_or_default();
            if rest.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(jittered(Duration::from_millis(40) * 2_u32.pow(tried))).await;
        }
        Err(Fault::unavailable(what, "rows were left over in each try"))
    }
}

/// What cancelled a transaction. A condition that did not hold decides; only where all held is it worth trying again.
fn sorted(what: &'static str, reasons: &[CancellationReason]) -> Result<Transacted, Trouble> {
    let given = |code: &'static str| move |reason: &CancellationReason| reason.code() == Some(code);
    let refused: Vec<usize> = reasons
        .iter()
        .enumerate()
        .filter(|(_, reason)| given("ConditionalCheckFailed")(reason))
        .map(|(place, _)| place)
        .collect();
    if !refused.is_empty() {
        return Ok(Transacted::Refused(refused));
    }
    if reasons.iter().any(given("TransactionConflict")) {
        return Err(Trouble::Conflict(Fault::unavailable(what, "TransactionConflict")));
    }
    if reasons.iter().any(given("ValidationError")) {
        return Err(Trouble::Other(Fault::Defect(what)));
    }
    let code = reasons
        .iter()
        .filter_map(CancellationReason::code)
        .find(|code| *code != "None");
    Err(Trouble::Other(Fault::unavailable(
        what,
        code.unwrap_or("TransactionCanceled").to_owned(),
    )))
}
