//! The key ring from Secrets Manager: one call an environment, made when a key is first needed.

use async_trait::async_trait;
use aws_sdk_secretsmanager::Client;
use countersign_domain::secret::Secret;
use tokio::sync::OnceCell;

use super::{Keyring, Keys};
use crate::fault::Fault;

/// Keys that Secrets Manager keeps, encrypted by the deployment's own KMS key.
#[derive(Debug)]
pub struct SecretKeys {
    client: Client,
    secret: String,
    keyring: OnceCell<Keyring>,
}

impl SecretKeys {
    /// Keys out of the secret that `COUNTERSIGN_SECRET` names. Nothing is asked yet.
    pub const fn new(client: Client, secret: String) -> Self {
        Self {
            client,
            secret,
            keyring: OnceCell::const_new(),
        }
    }

    async fn ask(&self) -> Result<Keyring, Fault> {
        let answer = self
            .client
            .get_secret_value()
            .secret_id(&self.secret)
            .send()
            .await
            .map_err(|error| Fault::unavailable("Secrets Manager: read the key ring", error))?;
        let text = answer.secret_string.map(Secret::new);
        Keyring::read(&text.ok_or(Fault::Keys("the secret has no text"))?)
    }
}

#[async_trait]
impl Keys for SecretKeys {
    /// A failure is not kept: while the secret is out of reach, codes wait and passkeys go on; afterwards the next request has the keys.
    async fn keyring(&self) -> Result<&Keyring, Fault> {
        self.keyring.get_or_try_init(|| self.ask()).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wiremock::matchers::{body_partial_json, header};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::aws::Aws;

    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:countersign-AbCdEf";

    fn keys(server: &MockServer) -> SecretKeys {
        SecretKeys::new(Aws::at(&server.uri()).secrets(), ARN.to_owned())
    }

    #[tokio::test]
    async fn the_secret_is_read_once_and_a_failure_is_not_kept() {
        let server = MockServer::start().await;
        let ring = Keyring::generate().unwrap();
        let keys = keys(&server);

        let down = Mock::given(header("x-amz-target", "secretsmanager.GetSecretValue"))
            .respond_with(ResponseTemplate::new(500).set_body_json(json!({ "__type": "InternalServiceError" })));
        let guard = server.register_as_scoped(down).await;
        assert!(keys.keyring().await.unwrap_err().may_pass());
        drop(guard);

        let answer = json!({ "ARN": ARN, "SecretString": ring.written().expose() });
        Mock::given(header("x-amz-target", "secretsmanager.GetSecretValue"))
            .and(body_partial_json(json!({ "SecretId": ARN })))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .expect(1)
            .mount(&server)
            .await;
        for _ in 0..3 {
            assert_eq!(keys.keyring().await.unwrap().vapid.public(), ring.vapid.public());
        }
    }

    #[tokio::test]
    async fn a_text_that_is_no_key_ring_is_a_fault() {
        let server = MockServer::start().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "SecretString": "{}" })))
            .mount(&server)
            .await;
        assert!(matches!(keys(&server).keyring().await, Err(Fault::Keys(_))));
    }
}
