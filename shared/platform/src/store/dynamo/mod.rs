//! The ports on DynamoDB: three tables, one request a call where one can do it, each decision a condition of its write.

mod activity;
mod administration;
mod attribute;
mod codes;
mod enrollments;
mod entering;
mod guesses;
mod invitations;
mod key;
mod methods;
mod passes;
mod people;
mod phones;
mod policy;
mod prompts;
mod read;
mod row;
pub mod schema;
mod send;
mod sendings;
mod sessions;
mod tokens;
mod trouble;
mod write;

use aws_sdk_dynamodb::Client;

use crate::config::Tables;

/// The store of a deployment.
#[derive(Debug, Clone)]
pub struct DynamoStore {
    client: Client,
    tables: Tables,
}

/// One of the three tables, by the name that the code, the documents and the log call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Directory,
    Sessions,
    Activity,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Sessions => "sessions",
            Self::Activity => "activity",
        }
    }
}

impl DynamoStore {
    /// The store in these tables.
    pub const fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    /// What a table is called in this deployment.
    fn table(&self, table: Table) -> &str {
        match table {
            Table::Directory => &self.tables.directory,
            Table::Sessions => &self.tables.sessions,
            Table::Activity => &self.tables.activity,
        }
    }
}
