//! Every function's routes in one router, over one store: the same code that runs on Lambda.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::extract::connect_info::ConnectInfo;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use countersign_administration::operator;
use countersign_domain::entropy::Entropy;
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;
use countersign_platform::clock::Clock;
use countersign_platform::config::{Applications, Config, Phones, Push, Tables};
use countersign_platform::delivery::Deliver;
use countersign_platform::fault::Fault;
use countersign_platform::house::House;
use countersign_platform::http::{ClientAddress, EdgeConfig, edge};
use countersign_platform::keys::Keys;
use countersign_platform::store::Store;

use crate::outbox::Outbox;
use crate::outbox_page;

/// What the one process is made of.
pub struct Parts<T> {
    /// The store.
    pub store: Arc<T>,
    /// What sends.
    pub deliver: Arc<dyn Deliver>,
    /// The outbox's page, if there is one.
    pub outbox: Option<Arc<Outbox>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// The keys.
    pub keys: Arc<dyn Keys>,
    /// The organization's numbers.
    pub policy: Policy,
    /// What a deployment would configure.
    pub config: Config,
}

impl<T> std::fmt::Debug for Parts<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("origin", &self.config.origin)
            .finish_non_exhaustive()
    }
}

impl<T: Store + 'static> Parts<T> {
    /// What every function has at hand.
    pub fn house(&self) -> House {
        House {
            clock: Arc::clone(&self.clock),
            entropy: Arc::clone(&self.entropy),
            keys: Arc::clone(&self.keys),
            policy: self.policy,
            origin: self.config.origin.as_str().into(),
            organization: self.config.organization.as_str().into(),
            help_url: self.config.help_url.clone(),
        }
    }

    /// All routes with the edge around them.
    pub fn router(&self) -> Router {
        let (house, store, deliver) = (self.house(), &self.store, &self.deliver);
        let enrollment = countersign_enrollment::State::new(house.clone(), store, Arc::clone(deliver));
        let verification = countersign_verification::State::new(house.clone(), store, Arc::clone(deliver));
        let relay = countersign_relay::State::new(house.clone(), store, Arc::clone(deliver));
        let administration = countersign_administration::State::new(house.clone(), store, Arc::clone(deliver));
        let mut routes = Router::new()
            .merge(countersign_enrollment::router(enrollment))
            .merge(countersign_verification::router(verification))
            .merge(countersign_activity::router(countersign_activity::State::new(
                house.clone(),
                store,
            )))
            .merge(countersign_revocation::router(countersign_revocation::State::new(
                house,
                store,
                Arc::clone(deliver),
            )))
            .merge(countersign_relay::router(relay))
            .merge(countersign_administration::router(administration))
            .merge(countersign_portal::router());
        if let Some(outbox) = &self.outbox {
            routes = routes.merge(outbox_page::router(Arc::clone(outbox)));
        }
        let config = EdgeConfig {
            service: "local",
            origin: self.config.origin.clone(),
            edge_secret: self.config.edge_secret.clone(),
            clock: Arc::clone(&self.clock),
        };
        edge(routes, config).layer(from_fn(address))
    }

    /// A first-administrator link, as long as nobody has used one.
    pub async fn first_administrator_link(&self) -> Result<Option<Secret<String>>, Fault> {
        let link = operator::first_administrator_link(&self.house(), self.store.as_ref()).await?;
        Ok(link.map(|(link, _)| link))
    }
}

/// The connection's address, as the Lambda adapter takes it from API Gateway.
async fn address(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        request.extensions_mut().insert(ClientAddress(peer.ip()));
    }
    next.run(request).await
}

/// A configuration for the local run: nothing in it leads to a cloud.
pub fn config(origin: String, organization: &str, tables: Tables) -> Config {
    Config {
        origin,
        organization: organization.to_owned(),
        help_url: None,
        tables,
        secret: String::new(),
        edge_secret: None,
        mail_from: "countersign@localhost".to_owned(),
        applications: Applications::default(),
        phones: Phones::default(),
        push: Push {
            allow_loopback: true,
            vapid_subject: "mailto:operator@example.org".to_owned(),
            services: Push::known_services(),
        },
        rehearsed: None,
    }
}
