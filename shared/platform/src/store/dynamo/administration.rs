//! Administering people: the list by an index that decides nothing, accounts made and moved on condition.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::ids::AccountId;

use super::activity::told;
use super::attribute::{PEOPLE, PEOPLE_PK, PEOPLE_SK};
use super::entering::in_full;
use super::key::Key;
use super::row::decode;
use super::schema::PEOPLE_INDEX;
use super::trouble::fault;
use super::write::{Write, attribute, names};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{AdministerPeople, Page, Record, Saved};

#[async_trait]
impl AdministerPeople for DynamoStore {
    async fn people(&self, after: Option<&str>, limit: u16) -> Result<Page<Account>, Fault> {
        let beyond = if after.is_some() {
            format!(" AND #{PEOPLE_SK} > :after")
        } else {
            String::new()
        };
        let condition = format!("#{PEOPLE_PK} = :people{beyond}");
        let mut query = self
            .client
            .query()
            .table_name(self.table(Table::Directory))
            .index_name(PEOPLE_INDEX)
            .set_expression_attribute_names(names([condition.as_str()]))
            .key_condition_expression(condition)
            .expression_attribute_values(":people", AttributeValue::S(PEOPLE.to_owned()))
            .limit(i32::from(limit) + 1); // one more tells whether there is a next page
        if let Some(after) = after {
            query = query.expression_attribute_values(":after", AttributeValue::S(after.to_owned()));
        }
        let output = query
            .send()
            .await
            .map_err(|error| fault("directory: list people", &error.into()))?;
        let rows = output.items.unwrap_or_default();
        let more = rows.len() > usize::from(limit) || output.last_evaluated_key.is_some();
        let items: Result<Vec<Account>, Fault> = rows
            .into_iter()
            .take(usize::from(limit))
            .map(|row| decode(Table::Directory, row))
            .collect();
        let items = items?;
        let next = items
            .last()
            .filter(|_| more)
            .map(|account| account.user_name.to_string());
        Ok(Page { items, next })
    }

    async fn create(&self, account: &Account, tell: Option<&Record>) -> Result<Saved, Fault> {
        let (profile, name) = in_full(account)?;
        let writes = [profile, name].into_iter().chain(told(tell)?).collect();
        Ok(self.transact("directory: create account", writes).await?.into())
    }

    async fn move_status(
        &self,
        account: AccountId,
        from: Status,
        to: Status,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let moved = Write::update(Key::profile(account), "SET #status = :to ADD #epoch :one")
            .when("#status = :from")
            .value(":from", attribute(&from)?)
            .value(":to", attribute(&to)?)
            .number(":one", 1_u64);
        let writes = std::iter::once(moved).chain(told(tell)?).collect();
        Ok(self.transact("directory: move account", writes).await?.into())
    }
}
