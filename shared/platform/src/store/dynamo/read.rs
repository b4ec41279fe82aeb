//! Reads: one row by its key, or a partition by a query, page after page.

use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

use super::attribute::{PK, SK};
use super::key::Key;
use super::row::{Item, decode};
use super::trouble::fault;
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::Consistency;

impl Consistency {
    const fn is_strong(self) -> bool {
        matches!(self, Self::Strong)
    }
}

impl DynamoStore {
    /// A row by its key.
    pub(super) async fn row(
        &self,
        what: &'static str,
        key: &Key,
        consistency: Consistency,
    ) -> Result<Option<Item>, Fault> {
        let get = self
            .client
            .get_item()
            .table_name(self.table(key.table))
            .set_key(Some(key.attributes()));
        let output = get.consistent_read(consistency.is_strong()).send().await;
        Ok(output.map_err(|error| fault(what, &error.into()))?.item)
    }

    /// What a row holds.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        what: &'static str,
        key: &Key,
        consistency: Consistency,
    ) -> Result<Option<T>, Fault> {
        self.row(what, key, consistency)
            .await?
            .map(|item| decode(key.table, item))
            .transpose()
    }

    /// All rows of a partition whose sort keys begin so: one query, unless they are more than a megabyte.
    pub(super) async fn rows(
        &self,
        what: &'static str,
        table: Table,
        partition: String,
        prefix: &str,
        consistency: Consistency,
    ) -> Result<Vec<Item>, Fault> {
        let mut query = self
            .client
            .query()
            .table_name(self.table(table))
            .consistent_read(consistency.is_strong())
            .expression_attribute_names("#PK", PK)
            .expression_attribute_values(":pk", AttributeValue::S(partition));
        query = if prefix.is_empty() {
            query.key_condition_expression("#PK = :pk")
        } else {
            query
                .key_condition_expression("#PK = :pk AND begins_with(#SK, :prefix)")
                .expression_attribute_names("#SK", SK)
                .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
        };
        let mut rows = Vec::new();
        let mut from = None;
        loop {
            let output = query.clone().set_exclusive_start_key(from).send().await;
            let output = output.map_err(|error| fault(what, &error.into()))?;
            rows.extend(output.items.unwrap_or_default());
            from = output.last_evaluated_key;
            if from.is_none() {
                return Ok(rows);
            }
        }
    }
}
