//! The AWS clients: configured by the environment alone, in a millisecond or two, with nobody to ask and nothing to wait for.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};

/// Amazon's roots, out of the build script.
const ROOTS: &str = include_str!(concat!(env!("OUT_DIR"), "/amazon-roots.pem"));

/// One configuration and one pool of connections for every client.
#[derive(Debug, Clone)]
pub struct Aws {
    config: SdkConfig,
    endpoints: fn(&str) -> Option<String>,
}

impl Aws {
    /// What Lambda sets: region, the role's credentials, and endpoints where they are overridden (`config::AWS_VARIABLES`).
    pub fn from_env() -> Self {
        let provider = SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new());
        let config = configured(provider, env("AWS_REGION").map(Region::new), env("AWS_ENDPOINT_URL"));
        Self { config, endpoints: env }
    }

    /// An emulator at an address: for the local run and for tests.
    pub fn at(endpoint: &str) -> Self {
        let provider = SharedCredentialsProvider::new(Credentials::new("local", "local", None, None, "local"));
        let config = configured(
            provider,
            Some(Region::from_static("eu-west-1")),
            Some(endpoint.to_owned()),
        );
        Self {
            config,
            endpoints: |_| None,
        }
    }

    /// A client of DynamoDB.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let mut config = aws_sdk_dynamodb::config::Builder::from(&self.config);
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_DYNAMODB") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    /// A client of SNS.
    pub fn sns(&self) -> aws_sdk_sns::Client {
        let mut config = aws_sdk_sns::config::Builder::from(&self.config);
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_SNS") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_sns::Client::from_conf(config.build())
    }

    /// A client that places calls. Nobody is called twice because an answer was slow.
    pub fn calls(&self) -> aws_sdk_pinpointsmsvoicev2::Client {
        let mut config =
            aws_sdk_pinpointsmsvoicev2::config::Builder::from(&self.config).retry_config(RetryConfig::disabled());
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_pinpointsmsvoicev2::Client::from_conf(config.build())
    }

    /// A client of SES.
    pub fn ses(&self) -> aws_sdk_sesv2::Client {
        let mut config = aws_sdk_sesv2::config::Builder::from(&self.config);
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_SESV2") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_sesv2::Client::from_conf(config.build())
    }

    /// A client of Secrets Manager.
    pub fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        let mut config = aws_sdk_secretsmanager::config::Builder::from(&self.config);
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_SECRETS_MANAGER") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_secretsmanager::Client::from_conf(config.build())
    }

    /// A client of Lambda. A function that was never called before takes its time, and no call is made twice: a code is good once.
    pub fn lambda(&self) -> aws_sdk_lambda::Client {
        let patient = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(10))
            .operation_timeout(Duration::from_secs(10))
            .build();
        let mut config = aws_sdk_lambda::config::Builder::from(&self.config)
            .timeout_config(patient)
            .retry_config(RetryConfig::disabled());
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_LAMBDA") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_lambda::Client::from_conf(config.build())
    }

    /// A client of `CodeDeploy`.
    pub fn codedeploy(&self) -> aws_sdk_codedeploy::Client {
        let mut config = aws_sdk_codedeploy::config::Builder::from(&self.config);
        if let Some(endpoint) = (self.endpoints)("AWS_ENDPOINT_URL_CODEDEPLOY") {
            config.set_endpoint_url(Some(endpoint));
        }
        aws_sdk_codedeploy::Client::from_conf(config.build())
    }
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Somebody waits at the other end: three tries in less than three seconds, then a 503 that says so.
fn configured(credentials: SharedCredentialsProvider, region: Option<Region>, endpoint: Option<String>) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(500))
        .operation_attempt_timeout(Duration::from_millis(900))
        .operation_timeout(Duration::from_millis(2800))
        .build();
    let retries = RetryConfig::standard()
        .with_max_attempts(3)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(200));
    let roots = TrustStore::empty().with_pem_certificate(ROOTS);
    let mut client = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
    if let Ok(tls) = TlsContext::builder().with_trust_store(roots).build() {
        client = client.tls_context(tls);
    }
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(credentials)
        .timeout_config(timeouts)
        .retry_config(retries)
        .http_client(client.build_https())
        .region(region);
    config.set_endpoint_url(endpoint);
    config.build()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn only_amazons_roots_are_trusted() {
        let roots = ROOTS.matches("BEGIN CERTIFICATE").count();
        assert!((4..=5).contains(&roots), "{roots}");
    }

    #[tokio::test]
    async fn a_service_that_hangs_is_given_up_within_three_seconds() {
        let hole = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Aws::at(&format!("http://{}", hole.local_addr().unwrap())).secrets();
        let started = Instant::now();
        assert!(client.list_secrets().send().await.is_err());
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    }
}
