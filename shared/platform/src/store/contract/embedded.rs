//! An embedded DynamoDB of its own for each test, in memory, on the loopback interface.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
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
    /// Held, not used: when it is dropped, the server stops.
    #[expect(dead_code, reason = "it works by being dropped")]
    stop: oneshot::Sender<()>,
}

/// A new one with its tables.
pub(super) async fn open() -> Embedded {
    serve(&dynoxide::Database::memory().unwrap()).await
}

/// Serves one and makes its tables.
pub(super) async fn serve(database: &dynoxide::Database) -> Embedded {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let until = async move { stopped.await.unwrap_or(()) };
    tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database.clone(), until));
    let store = at(&endpoint);
    schema::create_missing(&Aws::at(&endpoint).dynamodb(), &tables())
        .await
        .unwrap();
    Embedded { endpoint, store, stop }
}

/// The store behind an address. Its client waits as long as it takes: a request that a slow machine gives up and sends again would change
/// what a test counts.
pub(super) fn at(endpoint: &str) -> DynamoStore {
    let config = Aws::at(endpoint).dynamodb().config().to_builder();
    let endless = TimeoutConfig::disabled();
    DynamoStore::new(Client::from_conf(config.timeout_config(endless).build()), tables())
}
