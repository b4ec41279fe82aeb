//! Web Push: a message to a browser's push service (RFC 8030), encrypted for the phone (RFC 8291), signed by us (RFC 8292).

use std::fmt;
use std::sync::{Arc, OnceLock};

use countersign_domain::delivery::Sent;
use countersign_domain::encoding::{base64url, from_base64url, keyed_hash};
use countersign_domain::ids::{AccountId, PromptId};
use countersign_domain::refusal::Refusal;
use http::StatusCode;
use reqwest::redirect::Policy;
use serde_json::json;
use url::{Host, Url};
use web_push_native::Auth;
use web_push_native::p256::PublicKey;

use super::LIMIT;
use super::text::text;
use crate::clock::Clock;
use crate::config::{Config, Push};
use crate::fault::Fault;
use crate::keys::{Keys, VapidKey};

/// A prompt lives two minutes; a later push would only confuse.
const TTL: &str = "120";
/// How long a signature is good for, in seconds; RFC 8292 §2 allows a day.
const SIGNATURE_LIFE: i64 = 3600;

/// Sends web pushes.
pub struct WebPush {
    keys: Arc<dyn Keys>,
    clock: Arc<dyn Clock>,
    push: Push,
    origin: String,
    http: OnceLock<reqwest::Client>,
}

impl fmt::Debug for WebPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebPush")
            .field("push", &self.push)
            .finish_non_exhaustive()
    }
}

impl WebPush {
    /// The HTTP client, with the machine's full trust store, is made when the first push goes out.
    pub fn new(config: &Config, keys: Arc<dyn Keys>, clock: Arc<dyn Clock>) -> Self {
        let (push, origin) = (config.push.clone(), config.origin.clone());
        Self {
            keys,
            clock,
            push,
            origin,
            http: OnceLock::new(),
        }
    }

    /// Checks a subscription. The attack: an endpoint inside the network that we would post to for a stranger (SSRF).
    pub fn check(&self, endpoint: &str, p256dh: &str, auth: &str) -> Result<(), Refusal> {
        let valid = self.allowed(endpoint).is_some() && keys(p256dh, auth).is_some();
        if valid { Ok(()) } else { Err(Refusal::ChannelInvalid) }
    }

    /// Tells a phone that a prompt waits; which one is all that it tells.
    pub async fn send(
        &self,
        account: AccountId,
        prompt: PromptId,
        endpoint: &str,
        p256dh: &str,
        auth: &str,
    ) -> Result<Sent, Fault> {
        // Checked again: the list may have become shorter since the phone was paired.
        let endpoint = self
            .allowed(endpoint)
            .ok_or(Fault::Delivery("a web push endpoint is not allowed"))?;
        let (public, auth) = keys(p256dh, auth).ok_or(Fault::Delivery("a web push subscription is damaged"))?;
        let ring = self.keys.keyring().await?;
        let body = web_push_native::encrypt(self.payload(prompt).into_bytes(), &public, &auth)
            .map_err(|_| Fault::Delivery("a web push could not be encrypted"))?;
        let topic = base64url(keyed_hash(
            ring.pepper.expose(),
            &[b"topic", account.to_string().as_bytes()],
        ));
        let answer = self
            .http()?
            .post(endpoint.clone())
            .header("Authorization", self.signature(&endpoint, &ring.vapid)?)
            .header("Content-Encoding", "aes128gcm")
            .header("Content-Type", "application/octet-stream")
            .header("TTL", TTL)
            .header("Urgency", "high")
            .header("Topic", topic.get(..32).unwrap_or_default()) // RFC 8030 §5.4: at most 32
            .body(body)
            .send()
            .await
            // The address itself is a capability: whoever has it can push to the phone.
            .map_err(|error| Fault::unavailable("a push service", error.without_url()))?;
        match answer.status() {
            status if status.is_success() => Ok(Sent::Sent),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Sent::ChannelGone),
            status => Err(Fault::unavailable("a push service", format!("it answered {status}"))),
        }
    }

    /// Readable as a declarative push, and as data by older browsers. Neither number, name, place nor address.
    fn payload(&self, prompt: PromptId) -> String {
        let navigate = format!("{}/authenticator", self.origin);
        let (title, body, tag) = (text("push.title"), text("push.body"), prompt.to_string());
        json!({ "web_push": 8030, "notification": { "title": title, "body": body, "navigate": navigate, "tag": tag } })
            .to_string()
    }

    /// `vapid t=…, k=…`: a JWT for this push service's origin, so that another one cannot use it.
    fn signature(&self, endpoint: &Url, key: &VapidKey) -> Result<String, Fault> {
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": self.clock.now().as_second() + SIGNATURE_LIFE,
            "sub": self.push.vapid_subject,
        });
        let header = json!({ "typ": "JWT", "alg": "ES256" });
        let signed = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
        let signature = base64url(key.sign(signed.as_bytes())?);
        Ok(format!("vapid t={signed}.{signature}, k={}", key.public()))
    }

    /// An address at a known push service and at no port of a stranger's choice; or, where that is allowed, on this machine.
    fn allowed(&self, endpoint: &str) -> Option<Url> {
        let url = Url::parse(endpoint).ok()?;
        let known = |host: &str| {
            let mut services = self.push.services.iter();
            services.any(|service| {
                host.strip_suffix(service)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        };
        let plain = url.username().is_empty() && url.password().is_none();
        let allowed = match (url.scheme(), url.host()?) {
            ("https", Host::Domain(host)) => url.port().is_none() && known(host),
            ("http", Host::Domain("localhost")) => self.push.allow_loopback,
            ("http", Host::Ipv4(address)) => self.push.allow_loopback && address.is_loopback(),
            _ => false,
        };
        (plain && allowed).then_some(url)
    }

    fn http(&self) -> Result<&reqwest::Client, Fault> {
        if let Some(client) = self.http.get() {
            return Ok(client);
        }
        let made = reqwest::Client::builder()
            .timeout(LIMIT)
            .redirect(Policy::none())
            .no_proxy()
            .build();
        let made = made.map_err(|_| Fault::Delivery("no HTTP client could be made"))?;
        Ok(self.http.get_or_init(|| made))
    }
}

/// The subscription's keys: an uncompressed point that lies on the curve, and 16 bytes.
fn keys(p256dh: &str, auth: &str) -> Option<(PublicKey, Auth)> {
    let point = from_base64url(p256dh).filter(|bytes| bytes.len() == 65)?;
    let auth: [u8; 16] = from_base64url(auth)?.try_into().ok()?;
    Some((PublicKey::from_sec1_bytes(&point).ok()?, Auth::from(auth)))
}

#[cfg(test)]
mod tests;
