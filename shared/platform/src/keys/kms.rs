//! The key ring from its encrypted form: one KMS call an environment, made when a key is first needed.

use async_trait::async_trait;
use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;
use countersign_domain::secret::Secret;
use tokio::sync::OnceCell;

use super::{Keyring, Keys};
use crate::fault::Fault;

/// What KMS authenticates with the ciphertext: another service's ciphertext under the same key does not open here.
pub const ENCRYPTION_CONTEXT: (&str, &str) = ("service", "countersign");

/// Keys that KMS unwraps.
#[derive(Debug)]
pub struct KmsKeys {
    client: Client,
    ciphertext: Vec<u8>,
    keyring: OnceCell<Keyring>,
}

impl KmsKeys {
    /// Keys out of `COUNTERSIGN_KEYRING`. Nothing is asked yet.
    pub const fn new(client: Client, ciphertext: Vec<u8>) -> Self {
        Self {
            client,
            ciphertext,
            keyring: OnceCell::const_new(),
        }
    }

    /// Encrypts a new key ring under a KMS key, for the set-up command; the answer goes into `COUNTERSIGN_KEYRING` as base64.
    pub async fn wrap(client: &Client, key_id: &str, keyring: &Keyring) -> Result<Vec<u8>, Fault> {
        let (name, value) = ENCRYPTION_CONTEXT;
        let answer = client
            .encrypt()
            .key_id(key_id)
            .plaintext(Blob::new(keyring.written().expose().as_bytes()))
            .encryption_context(name, value)
            .send()
            .await
            .map_err(|error| Fault::unavailable("KMS: encrypt the key ring", error))?;
        answer
            .ciphertext_blob
            .map(Blob::into_inner)
            .ok_or(Fault::Keys("KMS returned no ciphertext"))
    }

    async fn unwrap(&self) -> Result<Keyring, Fault> {
        let (name, value) = ENCRYPTION_CONTEXT;
        let answer = self
            .client
            .decrypt()
            .ciphertext_blob(Blob::new(self.ciphertext.clone()))
            .encryption_context(name, value)
            .send()
            .await
            .map_err(|error| Fault::unavailable("KMS: decrypt the key ring", error))?;
        let plain = answer
            .plaintext
            .map(Blob::into_inner)
            .and_then(|bytes| String::from_utf8(bytes).ok());
        Keyring::read(&plain.map(Secret::new).ok_or(Fault::Keys("KMS returned no text"))?)
    }
}

#[async_trait]
impl Keys for KmsKeys {
    /// A failure is not kept: while KMS is out, codes wait and passkeys go on; when it is back, the next request has the keys.
    async fn keyring(&self) -> Result<&Keyring, Fault> {
        self.keyring.get_or_try_init(|| self.unwrap()).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wiremock::matchers::{body_partial_json, header};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::aws::Aws;

    fn answer(ring: &Keyring) -> ResponseTemplate {
        use base64::Engine as _;
        let plain = base64::engine::general_purpose::STANDARD.encode(ring.written().expose());
        ResponseTemplate::new(200).set_body_json(json!({ "KeyId": "k", "Plaintext": plain }))
    }

    #[tokio::test]
    async fn keys_are_unwrapped_once_with_their_context_and_a_failure_is_not_kept() {
        let kms = MockServer::start().await;
        let ring = Keyring::generate().unwrap();
        let keys = KmsKeys::new(Aws::at(&kms.uri()).kms(), vec![1, 2, 3]);

        let down = Mock::given(header("x-amz-target", "TrentService.Decrypt"))
            .respond_with(ResponseTemplate::new(400).set_body_json(json!({ "__type": "KMSInternalException" })));
        let guard = kms.register_as_scoped(down).await;
        assert!(keys.keyring().await.unwrap_err().may_pass());
        drop(guard);

        let expected = json!({ "CiphertextBlob": "AQID", "EncryptionContext": { "service": "countersign" } });
        Mock::given(header("x-amz-target", "TrentService.Decrypt"))
            .and(body_partial_json(expected))
            .respond_with(answer(&ring))
            .expect(1)
            .mount(&kms)
            .await;
        for _ in 0..3 {
            assert_eq!(keys.keyring().await.unwrap().vapid.public(), ring.vapid.public());
        }
    }

    #[tokio::test]
    async fn a_text_that_is_no_key_ring_is_a_fault() {
        let kms = MockServer::start().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "KeyId": "k", "Plaintext": "e30=" })))
            .mount(&kms)
            .await;
        let keys = KmsKeys::new(Aws::at(&kms.uri()).kms(), vec![1]);
        assert!(matches!(keys.keyring().await, Err(Fault::Keys(_))));
    }
}
