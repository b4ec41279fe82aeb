//! An embedded DynamoDB of its own for each test, in memory, on the loopback interface.

use tokio::net::TcpListener;

use crate::aws::Aws;
use crate::config::{Config, Tables};
use crate::store::DynamoStore;
use crate::store::dynamo::schema;

pub(super) fn tables() -> Tables {
    Config::local("http://localhost").tables
}

/// Starts one and makes the tables; it ends with the test's runtime.
pub(super) async fn start() -> String {
    serve(&dynoxide::Database::memory().unwrap()).await
}

/// Serves one and makes the tables.
pub(super) async fn serve(database: &dynoxide::Database) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
    schema::create_missing(&Aws::at(&endpoint).dynamodb(), &tables())
        .await
        .unwrap();
    endpoint
}

/// The store behind an address.
pub(super) fn at(endpoint: &str) -> DynamoStore {
    DynamoStore::new(Aws::at(endpoint).dynamodb(), tables())
}

/// A new store.
pub(super) async fn open() -> DynamoStore {
    at(&start().await)
}
