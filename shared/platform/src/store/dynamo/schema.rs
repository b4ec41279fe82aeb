//! The three tables: keys, the index of people, and which attribute expires rows. The deployment's template says the same.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::Error;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableInputBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TimeToLiveSpecification,
};

use super::attribute::{PEOPLE_PK, PEOPLE_SK, PK, SK, TTL};
use super::trouble::fault;
use crate::config::Tables;
use crate::fault::Fault;

/// The index of the list of people.
pub const PEOPLE_INDEX: &str = "people";
/// What the index of people carries beside its keys: all of an account but its password.
pub const PEOPLE_ATTRIBUTES: [&str; 11] = [
    "id",
    "user_name",
    "display_name",
    "mail",
    "role",
    "status",
    "created_at",
    "epoch",
    "methods_version",
    "default",
    "password_set_at",
];

/// The three tables as they are asked for.
pub fn tables(names: &Tables) -> Result<[CreateTableInput; 3], Fault> {
    let asked = || -> Result<_, BuildError> {
        let people = GlobalSecondaryIndex::builder()
            .index_name(PEOPLE_INDEX)
            .set_key_schema(Some(vec![
                part(PEOPLE_PK, KeyType::Hash)?,
                part(PEOPLE_SK, KeyType::Range)?,
            ]))
            .projection(
                Projection::builder()
                    .projection_type(ProjectionType::Include)
                    .set_non_key_attributes(Some(PEOPLE_ATTRIBUTES.map(str::to_owned).to_vec()))
                    .build(),
            )
            .build()?;
        let directory = table(&names.directory, &[PK, SK, PEOPLE_PK, PEOPLE_SK])?.global_secondary_indexes(people);
        Ok([
            directory.build()?,
            table(&names.sessions, &[PK, SK])?.build()?,
            table(&names.activity, &[PK, SK])?.build()?,
        ])
    };
    asked().map_err(|_| Fault::Defect("the tables are described wrong"))
}

/// Makes the tables that are missing: for the local run and for tests. A deployment's are made by its template.
pub async fn create_missing(client: &Client, names: &Tables) -> Result<(), Fault> {
    let what = "database: create tables";
    for table in tables(names)? {
        let name = table.table_name.clone().unwrap_or_default();
        let request = client
            .create_table()
            .table_name(&name)
            .set_key_schema(table.key_schema)
            .set_attribute_definitions(table.attribute_definitions)
            .set_global_secondary_indexes(table.global_secondary_indexes)
            .set_billing_mode(table.billing_mode);
        match request.send().await.map_err(Error::from) {
            Ok(_) => expire_rows(client, name).await?,
            Err(Error::ResourceInUseException(_)) => {}
            Err(error) => return Err(fault(what, &error)),
        }
    }
    Ok(())
}

async fn expire_rows(client: &Client, table: String) -> Result<(), Fault> {
    let what = "database: let rows expire";
    let by = TimeToLiveSpecification::builder()
        .attribute_name(TTL)
        .enabled(true)
        .build();
    let by = by.map_err(|_| Fault::Defect(what))?;
    let request = client
        .update_time_to_live()
        .table_name(table)
        .time_to_live_specification(by);
    request
        .send()
        .await
        .map(|_| ())
        .map_err(|error| fault(what, &error.into()))
}

fn table(name: &str, attributes: &[&str]) -> Result<CreateTableInputBuilder, BuildError> {
    let defined: Result<Vec<_>, _> = attributes
        .iter()
        .map(|name| {
            AttributeDefinition::builder()
                .attribute_name(*name)
                .attribute_type(ScalarAttributeType::S)
                .build()
        })
        .collect();
    Ok(CreateTableInput::builder()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(vec![part(PK, KeyType::Hash)?, part(SK, KeyType::Range)?]))
        .set_attribute_definitions(Some(defined?)))
}

fn part(name: &str, kind: KeyType) -> Result<KeySchemaElement, BuildError> {
    KeySchemaElement::builder().attribute_name(name).key_type(kind).build()
}
