//! One write on condition, in the making: the same for a request of its own and for a part of a transaction.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use jiff::Timestamp;
use serde::Serialize;

use super::DynamoStore;
use super::attribute::TTL;
use super::key::Key;
use super::row::{Item, seconds, seconds_now};
use crate::fault::Fault;

/// What a write does to its row.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// The whole row, key included.
    Put(Item),
    /// An update expression.
    Update(String),
    /// The row goes.
    Delete,
    /// Nothing; the condition must hold for the others.
    Check,
}

/// A write. In its expressions `#name` stands for the attribute of that name (so no name can be a reserved word) and `:value` for a value.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) key: Key,
    pub(super) act: Act,
    pub(super) condition: Option<String>,
    values: HashMap<String, AttributeValue>,
}

impl Write {
    fn new(key: Key, act: Act) -> Self {
        Self {
            key,
            act,
            condition: None,
            values: HashMap::new(),
        }
    }

    /// Puts a row.
    pub(super) fn put(key: Key, mut item: Item) -> Self {
        item.extend(key.attributes());
        Self::new(key, Act::Put(item))
    }

    /// Changes a row, or makes it: an update without a condition that names the row would.
    pub(super) fn update(key: Key, expression: impl Into<String>) -> Self {
        Self::new(key, Act::Update(expression.into()))
    }

    /// Deletes a row.
    pub(super) fn delete(key: Key) -> Self {
        Self::new(key, Act::Delete)
    }

    /// Only holds a condition, in a transaction.
    pub(super) fn check(key: Key) -> Self {
        Self::new(key, Act::Check)
    }

    /// On this condition too.
    pub(super) fn when(mut self, condition: impl AsRef<str>) -> Self {
        let condition = condition.as_ref();
        self.condition = Some(match self.condition {
            Some(before) => format!("{before} AND {condition}"),
            None => condition.to_owned(),
        });
        self
    }

    /// If the row is there.
    pub(super) fn if_there(self) -> Self {
        self.when("attribute_exists(#PK)")
    }

    /// If the row is not there.
    pub(super) fn if_absent(self) -> Self {
        self.when("attribute_not_exists(#PK)")
    }

    /// If the row is there and not past its end, whether or not the database has cleaned it up yet.
    pub(super) fn if_alive(self, now: Timestamp) -> Self {
        self.when(format!("#{TTL} > :now")).value(":now", seconds_now(now))
    }

    /// If an attribute is equal to a value, or absent where that is none.
    pub(super) fn if_same(self, path: &str, placeholder: &str, value: Option<AttributeValue>) -> Self {
        match value {
            Some(value) => self.when(format!("{path} = {placeholder}")).value(placeholder, value),
            None => self.when(format!("attribute_not_exists({path})")),
        }
    }

    /// What a placeholder stands for.
    pub(super) fn value(mut self, placeholder: &str, value: AttributeValue) -> Self {
        self.values.insert(placeholder.to_owned(), value);
        self
    }

    /// A placeholder that stands for text.
    pub(super) fn text(self, placeholder: &str, value: &(impl ToString + ?Sized)) -> Self {
        self.value(placeholder, AttributeValue::S(value.to_string()))
    }

    /// A placeholder that stands for a whole number.
    pub(super) fn number(self, placeholder: &str, value: impl Into<u64>) -> Self {
        self.value(placeholder, AttributeValue::N(value.into().to_string()))
    }

    /// The end of a row that is put.
    pub(super) fn until(mut self, end: Timestamp) -> Self {
        if let Act::Put(item) = &mut self.act {
            item.insert(TTL.to_owned(), seconds(end));
        }
        self
    }

    /// One more attribute of a row that is put.
    pub(super) fn with(mut self, name: &str, text: &(impl ToString + ?Sized)) -> Self {
        if let Act::Put(item) = &mut self.act {
            item.insert(name.to_owned(), AttributeValue::S(text.to_string()));
        }
        self
    }

    /// What the `#name`s of both expressions stand for; none where there are none, as the database wants it.
    pub(super) fn names(&self) -> Option<HashMap<String, String>> {
        let update = if let Act::Update(expression) = &self.act {
            expression.as_str()
        } else {
            ""
        };
        names([update, self.condition.as_deref().unwrap_or("")])
    }

    /// What the placeholders stand for; none where there are none, as the database wants it.
    pub(super) fn values(&self) -> Option<HashMap<String, AttributeValue>> {
        (!self.values.is_empty()).then(|| self.values.clone())
    }

    /// As a part of a transaction.
    pub(super) fn in_transaction(self, store: &DynamoStore) -> Result<TransactWriteItem, BuildError> {
        let table = store.table(self.key.table);
        let (names, values, key) = (self.names(), self.values(), self.key.attributes());
        let whole = TransactWriteItem::builder();
        Ok(match self.act {
            Act::Put(item) => whole.put(
                Put::builder()
                    .table_name(table)
                    .set_item(Some(item))
                    .set_condition_expression(self.condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .build()?,
            ),
            Act::Update(expression) => whole.update(
                Update::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .update_expression(expression)
                    .set_condition_expression(self.condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .build()?,
            ),
            Act::Delete => whole.delete(
                Delete::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .set_condition_expression(self.condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .build()?,
            ),
            Act::Check => whole.condition_check(
                ConditionCheck::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .set_condition_expression(self.condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .build()?,
            ),
        }
        .build())
    }
}

/// A domain value as an attribute.
pub(super) fn attribute(value: &impl Serialize) -> Result<AttributeValue, Fault> {
    serde_dynamo::to_attribute_value(value).map_err(|_| Fault::Defect("a value cannot be written as an attribute"))
}

/// The `#name`s in expressions.
pub(super) fn names<'a>(expressions: impl IntoIterator<Item = &'a str>) -> Option<HashMap<String, String>> {
    let parts = expressions
        .into_iter()
        .flat_map(|expression| expression.split('#').skip(1));
    let names = parts.map(|part| {
        part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
    });
    let found: HashMap<_, _> = names.map(|name| (format!("#{name}"), name.to_owned())).collect();
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_of_the_expressions_is_explained_once() {
        let found = names([
            "SET #attempts.#fails = :n",
            "attribute_exists(#PK) AND #attempts.#fails < :n",
        ])
        .unwrap();
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        let as_text: Vec<_> = found
            .iter()
            .map(|(short, name)| (short.as_str(), name.as_str()))
            .collect();
        assert_eq!(as_text, [("#PK", "PK"), ("#attempts", "attempts"), ("#fails", "fails")]);
        assert_eq!(names(["size(x)"]), None);
    }
}
