//! What a function's `main` needs: configuration read, clients made, nothing asked of anybody yet.

use std::error::Error;
use std::sync::Arc;

use axum::Router;
use countersign_domain::policy::Policy;

use crate::aws::Aws;
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, ConfigError};
use crate::delivery::{CloudDelivery, Deliver};
use crate::entropy::SystemEntropy;
use crate::house::House;
use crate::http::{EdgeConfig, edge};
use crate::keys::{Keys, SecretKeys};
use crate::rehearsing::{CloudVersion, Deployments, InvokeVersion, ReportHook};
use crate::store::DynamoStore;
use crate::{lambda, telemetry};

/// A function about to serve.
#[derive(Clone)]
pub struct Boot {
    /// Time, chance, keys, policy.
    pub house: House,
    /// The three tables.
    pub store: Arc<DynamoStore>,
    /// Push, mail, SMS.
    pub deliver: Arc<dyn Deliver>,
    edge: EdgeConfig,
    aws: Aws,
    rehearsed: Result<String, ConfigError>,
}

impl std::fmt::Debug for Boot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Boot").field("edge", &self.edge).finish_non_exhaustive()
    }
}

impl Boot {
    /// Reads the environment; the error names the variable and what to set.
    pub fn from_env(service: &'static str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        telemetry::init(service);
        let config = Config::from_env()?;
        let rehearsed = config.rehearsed();
        let aws = Aws::from_env();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let keys: Arc<dyn Keys> = Arc::new(SecretKeys::new(aws.secrets(), config.secret.clone()));
        let deliver = Arc::new(CloudDelivery::new(&aws, &config, Arc::clone(&keys), Arc::clone(&clock)));
        let house = House {
            clock: Arc::clone(&clock),
            entropy: Arc::new(SystemEntropy),
            keys,
            policy: Policy::default(),
            origin: config.origin.as_str().into(),
            organization: config.organization.as_str().into(),
            help_url: config.help_url,
        };
        let store = Arc::new(DynamoStore::new(aws.dynamodb(), config.tables));
        let edge = EdgeConfig {
            service,
            origin: config.origin,
            edge_secret: config.edge_secret,
            clock,
        };
        Ok(Self {
            house,
            store,
            deliver,
            edge,
            aws,
            rehearsed,
        })
    }

    /// Serves the routes, and answers an operator who invokes the function itself.
    pub async fn serve_and_act<A, F>(self, routes: Router, act: A) -> Result<(), Box<dyn Error + Send + Sync>>
    where
        A: Fn(serde_json::Value) -> F + Send + Sync,
        F: Future<Output = Result<serde_json::Value, crate::fault::Fault>> + Send,
    {
        lambda::run_and_act(edge(routes, self.edge), act).await
    }

    /// The version of a function that the rehearsal tries.
    pub fn rehearsed(&self) -> Result<Arc<dyn InvokeVersion>, ConfigError> {
        let arn = self.rehearsed.clone()?;
        Ok(Arc::new(CloudVersion::new(self.aws.lambda(), arn)))
    }

    /// The deployments that wait for a rehearsal.
    pub fn deployments(&self) -> Arc<dyn ReportHook> {
        Arc::new(Deployments::new(self.aws.codedeploy()))
    }

    /// Answers events that are no requests, until the environment ends.
    pub async fn act<A, F>(self, act: A) -> Result<(), Box<dyn Error + Send + Sync>>
    where
        A: Fn(serde_json::Value) -> F + Send + Sync,
        F: Future<Output = Result<serde_json::Value, crate::fault::Fault>> + Send,
    {
        lambda::act(act).await
    }

    /// Serves the routes until the environment ends.
    pub async fn serve(self, routes: Router) -> Result<(), Box<dyn Error + Send + Sync>> {
        lambda::run(edge(routes, self.edge)).await
    }
}
