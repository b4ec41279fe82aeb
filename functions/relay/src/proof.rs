//! Whose phone it is: the proof that each request of a paired phone carries.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use countersign_domain::device::octets::MessageId;
use countersign_domain::device::verify::{Claimed, Expected, LEEWAY, read_kid, verify_proof};
use countersign_domain::encoding::{base64url, sha256};
use countersign_domain::methods::authenticator::Phone;
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::refusal::Refusal;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiError, ApiResult};
use countersign_platform::store::{Consistency, Saved};
use jiff::SignedDuration;
use serde::de::DeserializeOwned;

use crate::State;

/// A request as it was signed, not believed yet.
pub(crate) struct Signed {
    /// Whose it claims to be.
    pub(crate) claimed: Claimed,
    proof: String,
    htm: String,
    htu: String,
    pub(crate) body: Bytes,
}

impl Signed {
    /// The authenticator that it names.
    pub(crate) async fn authenticator(
        &self,
        state: &State,
        consistency: Consistency,
    ) -> Result<Option<Authenticator>, Fault> {
        state
            .people
            .authenticator(self.claimed.account, self.claimed.authenticator, consistency)
            .await
    }

    /// Checks the proof against the authenticator that it names. One that was removed, or never was, is gone: `410`.
    pub(crate) fn check(
        &self,
        state: &State,
        found: Option<Authenticator>,
    ) -> Result<(Authenticator, MessageId), Refusal> {
        let now = state.house.now();
        let alive = |one: &Authenticator| one.standing == Standing::Active || one.is_pending(now);
        let authenticator = found.filter(alive).ok_or(Refusal::DeviceRemoved)?;
        let Binding::Authenticator(phone) = &authenticator.binding else {
            return Err(Refusal::DeviceRemoved);
        };
        let expected = Expected {
            htm: &self.htm,
            htu: &self.htu,
            body: &self.body,
        };
        let claims = verify_proof(&self.proof, &phone.key, expected, now)?;
        Ok((authenticator, claims.jti))
    }
}

impl FromRequest<State> for Signed {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &State) -> Result<Self, ApiError> {
        let header = request
            .headers()
            .get("countersign-proof")
            .and_then(|value| value.to_str().ok());
        let proof = header.ok_or(Refusal::DeviceProofInvalid)?.to_owned();
        let claimed = read_kid(&proof)?;
        let htm = request.method().as_str().to_owned();
        let htu = format!("{}{}", state.house.origin, request.uri().path());
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Refusal::Malformed("The body could not be read."))?;
        Ok(Self {
            claimed,
            proof,
            htm,
            htu,
            body,
        })
    }
}

/// A phone whose proof was checked and taken: the same proof is not accepted again.
pub(crate) struct Proven {
    pub(crate) authenticator: Authenticator,
    pub(crate) body: Bytes,
}

impl Proven {
    /// What is kept about the phone.
    pub(crate) fn phone(&self) -> Result<&Phone, Fault> {
        match &self.authenticator.binding {
            Binding::Authenticator(phone) => Ok(phone),
            _ => Err(Fault::Defect("a proof by something that is no phone")),
        }
    }
}

impl FromRequest<State> for Proven {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &State) -> Result<Self, ApiError> {
        let signed = Signed::from_request(request, state).await?;
        let found = signed.authenticator(state, Consistency::Strong).await?;
        let (authenticator, jti) = signed.check(state, found)?;
        once(state, &authenticator, jti).await?;
        Ok(Self {
            authenticator,
            body: signed.body,
        })
    }
}

/// Takes a proof's id. The attack: a request that was read on the way, sent again. It is kept for as long as the proof's time is accepted.
pub(crate) async fn once(state: &State, authenticator: &Authenticator, jti: MessageId) -> ApiResult<()> {
    let key = base64url(sha256(format!("{}|{jti}", authenticator.id)));
    let kept = SignedDuration::from_secs(i64::try_from(2 * LEEWAY + 1).unwrap_or(181));
    let now = state.house.now();
    let expires_at = now.saturating_add(kept).unwrap_or(now);
    match state.once.take_once(&key, now, expires_at).await? {
        Saved::Won => Ok(()),
        Saved::Lost => Err(Refusal::DeviceProofInvalid.into()),
    }
}

/// A body that was read as bytes, because its hash is signed.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> ApiResult<T> {
    countersign_platform::http::json::parse(body)
}
