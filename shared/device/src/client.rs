//! One installation of an app at one service: asks who it is, pairs, and sends what phones sign.

use std::time::Duration;

use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::PairingClaims;
use countersign_domain::device::code::PairingCode;
use countersign_domain::device::octets::InstallationId;
use countersign_domain::device::words::{Capabilities, Capability, Language, Model};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, header};
use serde_json::json;

use crate::key::draw;
use crate::{Configuration, Error, Origin, Paired, Phone, Reply, SigningKey};

/// Path that pairings are posted to.
const PAIRINGS: &str = "/device/v1/pairings";
/// Longest wait for an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// One installation of an app at one service. Cloning shares its connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    origin: Origin,
    installation: InstallationId,
    clock_offset: SignedDuration,
}

impl Client {
    /// A new installation for a service.
    ///
    /// # Errors
    /// [`Error::Unreachable`] where no HTTP client can be made, [`Error::Key`] without randomness.
    pub fn new(origin: Origin) -> Result<Self, Error> {
        // A proof is for one URL: following a redirect would hand it to another.
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT);
        let builder = if origin.is_loopback() {
            builder.no_proxy()
        } else {
            builder
        };
        // Plain HTTP needs no certificates, and reading the machine's takes longer than many a request.
        let builder = if origin.is_plain() {
            builder.tls_certs_only([])
        } else {
            builder
        };
        let http = builder
            .build()
            .map_err(|error| Error::Unreachable(origin.to_string(), error))?;
        Ok(Self {
            http,
            origin,
            installation: draw()?,
            clock_offset: SignedDuration::ZERO,
        })
    }

    /// The same, as an installation that is there already.
    #[must_use]
    pub fn with_installation(self, installation: InstallationId) -> Self {
        Self { installation, ..self }
    }

    /// The same, with a clock that is off by so much.
    #[must_use]
    pub fn with_clock_offset(self, clock_offset: SignedDuration) -> Self {
        Self { clock_offset, ..self }
    }

    /// The service's origin.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The phone's time, as it signs it.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(self.clock_offset)
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Asks the service who it is.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn configuration(&self) -> Result<Configuration, Error> {
        self.send(Method::GET, "/device/v1/configuration", None, None)
            .await?
            .success()
    }

    /// Makes a key and binds it to the account that showed the code. The phone is pending until it answered its test prompt.
    ///
    /// # Errors
    /// [`Error`]; `pairing.expired` where the code is unknown, used or too old.
    pub async fn pair(&self, code: &PairingCode, model: &Model, channel: Channel) -> Result<(Phone, Paired), Error> {
        let key = SigningKey::generate()?;
        let jws = key.sign(&key.pairing_header()?, &self.pairing_claims(code, model, channel)?)?;
        let paired: Paired = self.send_pairing(&jws).await?.success()?;
        Ok((self.phone(key, paired.account_id, paired.authenticator_id), paired))
    }

    /// A phone that was paired before.
    pub fn phone(&self, key: SigningKey, account: AccountId, authenticator: AuthenticatorId) -> Phone {
        Phone::new(self.clone(), key, account, authenticator)
    }

    /// What [`Self::pair`] claims.
    ///
    /// # Errors
    /// [`Error::Key`] without randomness.
    pub fn pairing_claims(&self, code: &PairingCode, model: &Model, channel: Channel) -> Result<PairingClaims, Error> {
        Ok(PairingClaims {
            code: code.clone(),
            htu: self.origin.url(PAIRINGS),
            iat: self.now().as_second(),
            jti: draw()?,
            installation: self.installation,
            channel,
            model: model.clone(),
            language: "en".parse::<Language>().map_err(|_| Error::Message)?,
            capabilities: capabilities().ok_or(Error::Message)?,
        })
    }

    /// Posts a pairing.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::Unexpected`].
    pub async fn send_pairing(&self, jws: &str) -> Result<Reply, Error> {
        let body = json!({ "pairing": jws }).to_string();
        self.send(Method::POST, PAIRINGS, Some(body.into_bytes()), None).await
    }

    /// Sends any request.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::Unexpected`].
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        proof: Option<&str>,
    ) -> Result<Reply, Error> {
        let mut request = self.http.request(method, self.origin.url(path));
        if let Some(proof) = proof {
            request = request.header("Countersign-Proof", proof);
        }
        if let Some(body) = body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        let origin = self.origin.to_string();
        match request.send().await {
            Ok(response) => Reply::read(&origin, response).await,
            Err(error) => Err(Error::Unreachable(origin, error)),
        }
    }
}

/// What this client can do.
fn capabilities() -> Option<Capabilities> {
    let named: Result<Vec<Capability>, _> = [Capabilities::NUMBER_MATCHING, Capabilities::UNLOCK]
        .map(str::parse)
        .into_iter()
        .collect();
    named.ok()?.try_into().ok()
}
