//! Hardware tokens: one row a token, which changes hands on condition; the lists go through the index of people, and decide nothing.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnValue};
use countersign_domain::accounts::Account;
use countersign_domain::methods::Authenticator;
use countersign_domain::names::SerialNumber;
use countersign_domain::tokens::{HardwareToken, List};

use super::attribute::{LAST_TRY, PEOPLE_PK, PEOPLE_SK, PK, TOKENS};
use super::key::Key;
use super::row::{Item, decode, encode, text};
use super::schema::PEOPLE_INDEX;
use super::send::Written;
use super::trouble::{fault, jittered, unique};
use super::write::{Write, attribute, names};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{Consistency, KeepTokens, KeptToken, Page, ReadTokens, Saved};

/// Tries of a batch whose rest the service hands back.
const TRIES: u32 = 6;

/// The partition of a list.
fn partition(list: List) -> String {
    format!("{TOKENS}{}", list.as_str())
}

/// A token's row, listed where it belongs.
fn put(token: &HardwareToken) -> Result<Write, Fault> {
    Ok(Write::put(Key::token(&token.serial), encode(token)?)
        .with(PEOPLE_PK, &partition(token.custody.list()))
        .with(PEOPLE_SK, &token.serial))
}

/// The token of an authenticator that becomes active, for this account and nobody else; nothing where the method has none.
pub(super) fn taken(authenticator: &Authenticator, account: &Account) -> Result<Option<Write>, Fault> {
    let Some(held) = authenticator.binding.token() else {
        return Ok(None);
    };
    let Some(mark) = authenticator.mark else {
        return Err(Fault::Defect("a token without the code that activates it"));
    };
    let set = format!(
        "SET #custody = :active, #holder = :holder, #user_name = :user_name, #authenticator = :authenticator, #mark = :mark, \
         #{PEOPLE_PK} = :list ADD #version :one"
    );
    let take = Write::update(Key::token(&held.serial), set)
        .when("(#custody = :available OR (#custody = :assigned AND #holder = :holder))")
        .when("(attribute_not_exists(#mark) OR #mark < :mark)")
        .text(":available", List::Available.as_str())
        .text(":assigned", List::Assigned.as_str())
        .text(":active", List::Active.as_str())
        .text(":holder", &account.id)
        .text(":user_name", &account.user_name)
        .text(":authenticator", &authenticator.id)
        .text(":list", &partition(List::Active))
        .number(":mark", mark)
        .number(":one", 1_u64);
    Ok(Some(take))
}

/// The token of an authenticator that goes: kept for its account, with its mark; nothing where the method has none.
pub(super) fn given_back(authenticator: &Authenticator) -> Result<Option<Write>, Fault> {
    let Some(held) = authenticator.binding.token() else {
        return Ok(None);
    };
    let (marked, mark) = match authenticator.mark {
        Some(mark) => (", #mark = :mark", Some(attribute(&mark)?)),
        None => ("", None),
    };
    let set = format!("SET #custody = :assigned, #{PEOPLE_PK} = :list{marked} REMOVE #authenticator ADD #version :one");
    let back = Write::update(Key::token(&held.serial), set)
        .when("#custody = :active AND #authenticator = :authenticator")
        .text(":assigned", List::Assigned.as_str())
        .text(":active", List::Active.as_str())
        .text(":authenticator", &authenticator.id)
        .text(":list", &partition(List::Assigned))
        .number(":one", 1_u64);
    Ok(Some(match mark {
        Some(mark) => back.value(":mark", mark),
        None => back,
    }))
}

#[async_trait]
impl ReadTokens for DynamoStore {
    async fn token(&self, serial: &SerialNumber) -> Result<Option<HardwareToken>, Fault> {
        self.read("directory: read token", &Key::token(serial), Consistency::Strong)
            .await
    }
}

#[async_trait]
impl KeepTokens for DynamoStore {
    async fn keep_token(&self, token: &HardwareToken) -> Result<KeptToken, Fault> {
        let attempt = unique();
        let keep = put(token)?.with(LAST_TRY, &attempt).if_absent();
        let written = self.write("directory: keep token", keep, ReturnValue::None).await?;
        match written {
            Written::Refused(Some(row)) if text(&row, LAST_TRY) != Some(&attempt) => {
                Ok(KeptToken::There(Box::new(decode(Table::Directory, row)?)))
            }
            Written::Done(_) | Written::Refused(_) => Ok(KeptToken::New),
        }
    }

    async fn tokens(&self, list: List, after: Option<&SerialNumber>, limit: u16) -> Result<Page<HardwareToken>, Fault> {
        let what = "directory: list tokens";
        let beyond = match after {
            Some(_) => format!(" AND #{PEOPLE_SK} > :after"),
            None => String::new(),
        };
        let condition = format!("#{PEOPLE_PK} = :list{beyond}");
        let mut query = self
            .client
            .query()
            .table_name(self.table(Table::Directory))
            .index_name(PEOPLE_INDEX)
            .set_expression_attribute_names(names([condition.as_str()]))
            .key_condition_expression(condition)
            .expression_attribute_values(":list", AttributeValue::S(partition(list)))
            .limit(i32::from(limit) + 1); // one more tells whether there is a next page
        if let Some(after) = after {
            query = query.expression_attribute_values(":after", AttributeValue::S(after.to_string()));
        }
        let output = query.send().await.map_err(|error| fault(what, &error.into()))?;
        let listed = output.items.unwrap_or_default();
        let more = listed.len() > usize::from(limit) || output.last_evaluated_key.is_some();
        let serials: Result<Vec<SerialNumber>, Fault> = listed.iter().take(usize::from(limit)).map(serial_of).collect();
        let serials = serials?;
        let mut items = self.tokens_of(what, &serials).await?;
        items.retain(|token| token.custody.list() == list);
        items.sort_by(|one, other| one.serial.cmp(&other.serial));
        let next = serials.last().filter(|_| more).map(ToString::to_string);
        Ok(Page { items, next })
    }

    async fn move_token(&self, token: &HardwareToken) -> Result<Saved, Fault> {
        let Some(before) = token.version.checked_sub(1) else {
            return Ok(Saved::Lost); // nothing has a version below 0
        };
        let attempt = unique();
        let save = put(token)?
            .with(LAST_TRY, &attempt)
            .when("#version = :before")
            .number(":before", before);
        let written = self.write("directory: move token", save, ReturnValue::None).await?;
        Ok(written.saved_by(&attempt))
    }

    async fn drop_token(&self, seen: &HardwareToken) -> Result<Saved, Fault> {
        let gone = Write::delete(Key::token(&seen.serial))
            .when("#version = :seen AND #sealed_seed = :seed")
            .text(":seed", &seen.sealed_seed)
            .number(":seen", seen.version);
        let written = self.write("directory: drop token", gone, ReturnValue::None).await?;
        Ok(written.saved())
    }
}

/// The serial number of a row of the index.
fn serial_of(row: &Item) -> Result<SerialNumber, Fault> {
    let found = text(row, PEOPLE_SK).and_then(|serial| serial.parse().ok());
    found.ok_or_else(|| {
        let key = text(row, PK).unwrap_or_default().to_owned();
        Fault::damaged(Table::Directory.name(), key, PEOPLE_SK.to_owned())
    })
}

impl DynamoStore {
    /// The tokens of these serial numbers that are there, in one request; what the service hands back again.
    async fn tokens_of(&self, what: &'static str, serials: &[SerialNumber]) -> Result<Vec<HardwareToken>, Fault> {
        let table = self.table(Table::Directory);
        let keys: Vec<Item> = serials.iter().map(|serial| Key::token(serial).attributes()).collect();
        let mut rest = (!keys.is_empty()).then(|| asked(table, keys)).transpose();
        let mut found = Vec::new();
        for tried in 0..TRIES {
            let Some(asking) = rest.map_err(|_| Fault::Defect(what))? else {
                return Ok(found);
            };
            let sent = self
                .client
                .batch_get_item()
                .set_request_items(Some(asking))
                .send()
                .await;
            let output = sent.map_err(|error| fault(what, &error.into()))?;
            let rows = output.responses.and_then(|mut tables| tables.remove(table));
            for row in rows.unwrap_or_default() {
                found.push(decode(Table::Directory, row)?);
            }
            rest = Ok(output.unprocessed_keys.filter(|left| !left.is_empty()));
            if matches!(rest, Ok(Some(_))) {
                tokio::time::sleep(jittered(std::time::Duration::from_millis(40) * 2_u32.pow(tried))).await;
            }
        }
        match rest {
            Ok(None) => Ok(found),
            _ => Err(Fault::unavailable(what, "rows were left over in each try")),
        }
    }
}

fn asked(table: &str, keys: Vec<Item>) -> Result<HashMap<String, KeysAndAttributes>, BuildError> {
    let keys = KeysAndAttributes::builder().set_keys(Some(keys)).build()?;
    Ok(HashMap::from([(table.to_owned(), keys)]))
}
