//! One running service: started in a millisecond or two, gone when it is dropped.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use countersign_device::{Client, Origin};
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::policy::Policy;
use countersign_local::database::{self, Database};
use countersign_local::service::{self, Parts};
use countersign_platform::aws::Aws;
use countersign_platform::clock::{Clock as _, TestClock};
use countersign_platform::delivery::{Deliver, Recorded};
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::keys::{Keyring, StaticKeys};
use countersign_platform::store::DynamoStore;
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::browser::Browser;
use crate::member::MemberBuilder;

/// The service, its database and its clock.
pub struct World {
    /// `http://127.0.0.1:<port>`.
    pub origin: String,
    /// Stands at noon until it is moved.
    pub clock: Arc<TestClock>,
    /// What would have gone out.
    pub outbox: Arc<Recorded>,
    /// The parts that the service is made of, the store among them.
    pub parts: Parts<DynamoStore>,
    /// The methods policy as it was last put in force past the service.
    pub(crate) rules: Mutex<MethodsPolicy>,
    database: Database,
    server: JoinHandle<()>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl World {
    /// Starts the service on a database in memory.
    pub async fn start() -> Self {
        Self::start_through(|endpoint| endpoint).await
    }

    /// Starts the service with something between it and its database: given the database's URL, answer with the URL to use instead.
    pub async fn start_through(between: impl FnOnce(String) -> String) -> Self {
        Self::start_with(between, Arc::new(Recorded::default()), |outbox| outbox).await
    }

    /// Starts the service with its parts changed: another policy, another configuration.
    pub async fn start_as(adjust: impl FnOnce(&mut Parts<DynamoStore>)) -> Self {
        Self::build(
            |endpoint| endpoint,
            Arc::new(Recorded::default()),
            |outbox| outbox,
            adjust,
        )
        .await
    }

    /// The same, with no limit to how long it waits for its database: for tests that ask for more at once than the machine can do, or
    /// that hold a request up.
    pub async fn start_unhurried(between: impl FnOnce(String) -> String) -> Self {
        let place = OnceLock::new();
        let at = |endpoint: String| place.get_or_init(|| between(endpoint)).clone();
        Self::build(
            at,
            Arc::new(Recorded::default()),
            |outbox| outbox,
            |parts| {
                let client = Aws::at(place.get().expect("an endpoint")).dynamodb();
                let unhurried = client
                    .config()
                    .to_builder()
                    .timeout_config(TimeoutConfig::disabled())
                    .build();
                parts.store = Arc::new(DynamoStore::new(
                    aws_sdk_dynamodb::Client::from_conf(unhurried),
                    database::names(),
                ));
            },
        )
        .await
    }

    /// Starts the service with another sender.
    pub async fn start_with(
        between: impl FnOnce(String) -> String,
        outbox: Arc<Recorded>,
        sender: impl FnOnce(Arc<dyn Deliver>) -> Arc<dyn Deliver>,
    ) -> Self {
        Self::build(between, outbox, sender, |_| ()).await
    }

    async fn build(
        between: impl FnOnce(String) -> String,
        outbox: Arc<Recorded>,
        sender: impl FnOnce(Arc<dyn Deliver>) -> Arc<dyn Deliver>,
        adjust: impl FnOnce(&mut Parts<DynamoStore>),
    ) -> Self {
        let database = database::open(None).await.expect("the embedded database");
        let endpoint = between(database.endpoint());
        let store = Arc::new(DynamoStore::new(Aws::at(&endpoint).dynamodb(), database::names()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let clock = Arc::new(TestClock::at("2026-11-24T12:00:00Z".parse().expect("a time")));
        let recorded: Arc<dyn Deliver> = Arc::<Recorded>::clone(&outbox);
        let mut parts = Parts {
            store,
            deliver: sender(recorded),
            outbox: None,
            clock: Arc::<TestClock>::clone(&clock),
            entropy: Arc::new(SystemEntropy),
            keys: Arc::new(StaticKeys::new(Keyring::generate().expect("keys"))),
            policy: Policy::default(),
            config: service::config(origin.clone(), "Example", database::names()),
        };
        adjust(&mut parts);
        let routes = parts.router().into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("serving");
        });
        Self {
            origin,
            clock,
            outbox,
            parts,
            rules: Mutex::default(),
            database,
            server,
        }
    }

    /// A client of the database itself, past the service.
    pub fn database(&self) -> aws_sdk_dynamodb::Client {
        self.database.client()
    }

    /// The time in this world.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves time on.
    pub fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.origin)
    }

    /// A phone's app, its clock set to the time in this world.
    pub fn app(&self) -> Client {
        let origin: Origin = self.origin.parse().expect("an origin");
        Client::new(origin)
            .expect("a client")
            .with_clock_offset(self.now().duration_since(Timestamp::now()))
    }

    /// A member to be: say what they have, then [`MemberBuilder::create`].
    pub fn member(&self, user_name: &str) -> MemberBuilder<'_> {
        MemberBuilder::new(self, user_name)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}
