//! Rows to domain types and back. A row that cannot be understood is a fault that names the place and never the value.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::Deserializer;
use serde_path_to_error::Segment;

use super::Table;
use super::attribute::{PK, SK};
use crate::fault::Fault;

/// A row as the database has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// A row of a domain type, without its key.
pub(super) fn encode(value: &impl Serialize) -> Result<Item, Fault> {
    serde_dynamo::to_item(value).map_err(|_| Fault::Defect("a type cannot be written as a row"))
}

/// The domain type of a row.
pub(super) fn decode<T: DeserializeOwned>(table: Table, item: Item) -> Result<T, Fault> {
    let key = format!(
        "{} {}",
        text(&item, PK).unwrap_or_default(),
        text(&item, SK).unwrap_or_default()
    );
    let item = serde_dynamo::Item::from(item);
    let attributes = serde_dynamo::AttributeValue::M(item.into());
    serde_path_to_error::deserialize(Deserializer::from_attribute_value(attributes))
        .map_err(|error| Fault::damaged(table.name(), key, attribute_of(&error)))
}

/// The attribute that an error is about. Only names come out of it: its text may hold what was stored.
fn attribute_of(error: &serde_path_to_error::Error<serde_dynamo::Error>) -> String {
    let path = error.path().iter().find_map(|segment| match segment {
        Segment::Map { key } => Some(key.clone()),
        _ => None,
    });
    let missing = || {
        error
            .inner()
            .to_string()
            .strip_prefix("missing field `")?
            .strip_suffix('`')
            .map(str::to_owned)
    };
    path.or_else(missing).unwrap_or_else(|| "(several)".to_owned())
}

/// An attribute that is text.
pub(super) fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// An attribute that is a whole number.
pub(super) fn number(item: &Item, name: &str) -> Option<i64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

/// Whole seconds, rounded up.
pub(super) fn whole(at: Timestamp) -> i64 {
    at.as_second().saturating_add(i64::from(at.subsec_nanosecond() > 0))
}

/// A time as the database's expiry has it: rounded up, so that no row is cleaned up before its end.
pub(super) fn seconds(at: Timestamp) -> AttributeValue {
    AttributeValue::N(whole(at).to_string())
}

/// A time to compare an expiry with: whole seconds, rounded down. What this lets through for a fraction of a second, the exact time in the
/// row refuses.
pub(super) fn seconds_now(now: Timestamp) -> AttributeValue {
    AttributeValue::N(now.as_second().to_string())
}

#[cfg(test)]
mod tests {
    use countersign_domain::attempts::Attempts;

    use super::*;

    fn row(attempts: &str) -> Item {
        Item::from([
            (PK.to_owned(), AttributeValue::S("GUESSES#x".to_owned())),
            (SK.to_owned(), AttributeValue::S("familiar".to_owned())),
            ("fails".to_owned(), AttributeValue::S(attempts.to_owned())),
        ])
    }

    #[test]
    fn a_damaged_row_is_named_by_table_key_and_attribute_and_not_by_what_it_holds() {
        let fault = decode::<Attempts>(Table::Sessions, row("hunter2")).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "damaged data in sessions, row GUESSES#x familiar, attribute fails"
        );
        assert!(!format!("{fault:?}{}", fault.story()).contains("hunter2"));
    }

    #[test]
    fn a_missing_attribute_is_named() {
        let fault = decode::<countersign_domain::enrollment::Pairing>(Table::Sessions, row("0")).unwrap_err();
        assert!(fault.to_string().ends_with("attribute id"), "{fault}");
    }

    #[test]
    fn an_expiry_is_rounded_up_and_the_time_it_is_compared_with_down() {
        let at = Timestamp::from_millisecond(1_500).unwrap();
        assert_eq!(seconds(at), AttributeValue::N("2".to_owned()));
        assert_eq!(seconds_now(at), AttributeValue::N("1".to_owned()));
    }
}
