//! Passkeys on the wire: what a browser is asked, and whether what it brings back holds (WebAuthn Level 3 §7.1 and §7.2).
//!
//! `webauthn-rs` looks at signatures, attestation and flags. It keeps no memory: that a challenge is answered once, that a counter rises and
//! that a credential is the account's own is decided by the domain and made true by a write.

mod assert;
mod register;
mod roots;
mod wire;

use std::time::Duration;

use countersign_domain::encoding::from_base64url;
use countersign_domain::refusal::Refusal;
use serde::Deserialize;
use url::Url;
use webauthn_rs_core::WebauthnCore;

use crate::fault::Fault;
use crate::house::House;

pub use register::Asked;
pub use roots::objections;
pub use wire::{
    AssertionResponse, AttestationResponse, CreationOptions, NewCredential, Parameters, Party, RequestOptions,
    Selection, UsedCredential, User,
};

/// How long a browser waits for the person, in milliseconds: the longest that the standard advises where somebody is verified (§15.1).
const PATIENCE: u32 = 600_000;

/// The relying party: this house.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    id: String,
    name: String,
    origin: String,
    core: WebauthnCore,
}

impl RelyingParty {
    /// Its id is the host of the one origin, its name the organization's.
    pub fn of(house: &House) -> Result<Self, Fault> {
        let url = Url::parse(&house.origin).map_err(|_| Fault::Defect("the origin is not an address"))?;
        let id = url
            .host_str()
            .ok_or(Fault::Defect("the origin has no host"))?
            .to_owned();
        let (name, origin) = (house.organization.to_string(), house.origin.to_string());
        let patience = Duration::from_millis(PATIENCE.into());
        let core = WebauthnCore::new_unsafe_experts_only(&name, &id, vec![url], patience, Some(false), Some(false));
        Ok(Self { id, name, origin, core })
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the browser says of itself is this origin to the letter, and no frame of another site. The library compares origins as
    /// addresses and does not know `topOrigin`.
    fn is_here(&self, client_data: &[u8]) -> bool {
        let said: Result<ClientData<'_>, _> = serde_json::from_slice(client_data);
        said.is_ok_and(|said| {
            said.origin == self.origin && !said.cross_origin.unwrap_or(false) && said.top_origin.is_none()
        })
    }
}

/// The part of the client data that we look at ourselves.
#[derive(Deserialize)]
struct ClientData<'a> {
    origin: &'a str,
    #[serde(rename = "crossOrigin")]
    cross_origin: Option<bool>,
    #[serde(rename = "topOrigin")]
    top_origin: Option<serde_json::Value>,
}

/// The bytes of a field that a browser sent.
fn bytes(field: &str) -> Result<Vec<u8>, Refusal> {
    from_base64url(field).ok_or(Refusal::PasskeyRejected)
}

/// What does not hold is refused in one way, whatever it was: who tries out what is looked at learns nothing. The reason goes to the log of
/// whoever looks for it.
fn rejected(why: impl std::fmt::Display) -> Refusal {
    tracing::debug!(passkey.reason = %why, "what a browser brought does not hold");
    Refusal::PasskeyRejected
}
