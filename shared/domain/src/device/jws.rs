//! A compact JWS taken apart, and its payload handed out only after its signature held (RFC 7515 §5.2).

use jsonwebtoken::Algorithm;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::key::DeviceKey;
use crate::encoding::from_base64url;
use crate::ids::AuthenticatorId;

/// Longest message that is looked at, in bytes.
const LIMIT: usize = 8 * 1024;

/// What a signed message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Binds a key to an account.
    Pairing,
    /// Goes with a request.
    Proof,
    /// Answers a prompt.
    Answer,
    /// Hands an account over to another phone's key.
    HandOver,
}

impl Kind {
    /// `typ` of the header: explicit typing, so that one kind is never taken for another (RFC 8725 §3.11).
    pub const fn typ(self) -> &'static str {
        match self {
            Self::Pairing => "countersign-pairing+jwt",
            Self::Proof => "countersign-proof+jwt",
            Self::Answer => "countersign-answer+jwt",
            Self::HandOver => "countersign-hand-over+jwt",
        }
    }
}

/// The whole of a header. Anything else in it is refused: `jku`, `x5u` and `x5c` would let the sender say where the key comes from, `crit`
/// and `b64` change what is signed (RFC 7515 §4.1, RFC 7797).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    alg: String,
    typ: String,
    pub(super) kid: Option<AuthenticatorId>,
    pub(super) jwk: Option<DeviceKey>,
}

/// Why a message is not taken.
pub(super) enum Fault {
    /// Not signed by the key, not of the kind, or no JWS at all.
    Untrusted,
    /// Signed by the key, but not what the protocol lets it claim.
    Misshapen,
}

/// A JWS's parts; nothing of it is proven yet.
pub(super) struct Parts<'a> {
    pub(super) header: Header,
    signed: &'a str,
    payload: &'a str,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes a text apart; `None` where it is no compact JWS with our header.
    pub(super) fn read(jws: &'a str) -> Option<Self> {
        if jws.len() > LIMIT {
            return None;
        }
        let (signed, signature) = jws.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header = serde_json::from_slice(&from_base64url(header)?).ok()?;
        Some(Self {
            header,
            signed,
            payload,
            signature,
        })
    }

    /// The payload before the signature was checked: good for finding the key to check it by, and for nothing else.
    pub(super) fn unverified<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&from_base64url(self.payload)?).ok()
    }

    /// The payload of a message of this kind, signed by this key. The algorithm is ours to say, never the header's (RFC 8725 §3.1).
    pub(super) fn open<T: DeserializeOwned>(&self, kind: Kind, key: &DeviceKey) -> Result<T, Fault> {
        let named_rightly = match kind {
            Kind::Pairing => self.header.kid.is_none(),
            Kind::Proof | Kind::Answer | Kind::HandOver => self.header.kid.is_some() && self.header.jwk.is_none(),
        };
        if self.header.alg != "ES256" || self.header.typ != kind.typ() || !named_rightly {
            return Err(Fault::Untrusted);
        }
        let key = key.decoding().ok_or(Fault::Untrusted)?;
        match jsonwebtoken::crypto::verify(self.signature, self.signed.as_bytes(), &key, Algorithm::ES256) {
            Ok(true) => self.unverified().ok_or(Fault::Misshapen),
            Ok(false) | Err(_) => Err(Fault::Untrusted),
        }
    }
}
