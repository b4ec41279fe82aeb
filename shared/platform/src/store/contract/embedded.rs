//! An embedded DynamoDB of its own for each test, in memory, on the loopback interface.

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::aws::Aws;
use crate::config::{Config, Tables};
use crate::store::DynamoStore;
use crate::store::dynamo::schema;

fn tables() -> Tables {
    Config::local("http://localhost").tables
}

/// A database that is served until this is dropped: a thousand rounds must not leave a thousand listeners.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) endpoint: String,
    pub(super) store: DynamoStore,
    _stop: oneshot::Sender<()>,
}

/// A new one with its tables.
pub(super) async fn open() -> Embedded {
    serve(&dynoxide::Database::memory().unwrap()).await
}

/// Serves one and makes its tables.
pub(super) async fn serve(database: &dynoxide::Database) -> Embedded {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (_stop, stopped) = oneshot::channel();
    let until = async move { stopped.await.unwrap_or(()) };
    tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database.clone(), until));
    let store = at(&endpoint);
    schema::create_missing(&Aws::at(&endpoint).dynamodb(), &tables())
        .await
        .unwrap();
    Embedded { endpoint, store, _stop }
}

/// The store behind an address.
pub(super) fn at(endpoint: &str) -> DynamoStore {
    DynamoStore::new(Aws::at(endpoint).dynamodb(), tables())
}
