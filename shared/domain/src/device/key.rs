//! A phone's public key, as it is registered and as its messages are checked by.

use std::fmt;
use std::str::FromStr;

use jsonwebtoken::DecodingKey;
use serde::{Deserialize, Serialize};

use super::octets::Octets;
use crate::encoding::{base64url, sha256};

/// The text is not a public P-256 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a public P-256 JWK of kty, crv, x and y")]
pub struct InvalidKey;

/// A phone's public P-256 key, a JWK of exactly `kty`, `crv`, `x` and `y` (RFC 7517 §4, RFC 7518 §6.2.1). Whether the point lies on the
/// curve shows when a signature is checked: no signature verifies by one that does not.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Jwk", into = "Jwk")]
pub struct DeviceKey {
    x: Octets<32>,
    y: Octets<32>,
}

/// The JWK as it travels. Unknown members are refused: a `d` would mean that the phone gave its private key away.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    kty: String,
    crv: String,
    x: Octets<32>,
    y: Octets<32>,
}

impl DeviceKey {
    /// The key of an uncompressed point's coordinates (SEC 1 §2.3.3), big-endian.
    pub const fn from_coordinates(x: [u8; 32], y: [u8; 32]) -> Self {
        Self {
            x: Octets::new(x),
            y: Octets::new(y),
        }
    }

    /// The key's name by its content: SHA-256 thumbprint, base64url (RFC 7638 §3).
    pub fn thumbprint(&self) -> String {
        base64url(sha256(format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
            self.x, self.y
        )))
    }

    /// The key as the verifier takes it.
    pub(super) fn decoding(&self) -> Option<DecodingKey> {
        DecodingKey::from_ec_components(&self.x.to_string(), &self.y.to_string()).ok()
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({})", self.thumbprint())
    }
}

impl FromStr for DeviceKey {
    type Err = InvalidKey;

    /// Reads the JWK's JSON.
    fn from_str(json: &str) -> Result<Self, InvalidKey> {
        serde_json::from_str(json).map_err(|_| InvalidKey)
    }
}

impl TryFrom<Jwk> for DeviceKey {
    type Error = InvalidKey;
    fn try_from(jwk: Jwk) -> Result<Self, InvalidKey> {
        if jwk.kty == "EC" && jwk.crv == "P-256" {
            Ok(Self { x: jwk.x, y: jwk.y })
        } else {
            Err(InvalidKey)
        }
    }
}

impl From<DeviceKey> for Jwk {
    fn from(key: DeviceKey) -> Self {
        Self {
            kty: "EC".into(),
            crv: "P-256".into(),
            x: key.x,
            y: key.y,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"; // RFC 7515 §A.3
    const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    fn jwk(kty: &str, crv: &str, x: &str, more: &str) -> String {
        format!(r#"{{"kty":"{kty}","crv":"{crv}","x":"{x}","y":"{Y}"{more}}}"#)
    }

    #[test]
    fn a_key_round_trips_as_its_four_members() {
        let key: DeviceKey = jwk("EC", "P-256", X, "").parse().unwrap();
        assert_eq!(serde_json::to_string(&key).unwrap(), jwk("EC", "P-256", X, ""));
    }

    #[test]
    fn the_thumbprint_hashes_the_members_in_the_order_of_the_standard() {
        let key: DeviceKey = jwk("EC", "P-256", X, "").parse().unwrap();
        assert_eq!(key.thumbprint(), "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
    }

    #[test]
    fn another_curve_a_short_coordinate_or_a_private_part_is_refused() {
        for json in [
            jwk("OKP", "P-256", X, ""),
            jwk("EC", "P-384", X, ""),
            jwk("EC", "P-256", &X[..42], ""),
            jwk("EC", "P-256", "", ""),
            jwk("EC", "P-256", X, r#","d":"AA""#),
            jwk("EC", "P-256", X, r#","crv":"P-256""#),
            "null".to_owned(),
        ] {
            assert!(json.parse::<DeviceKey>().is_err(), "{json}");
        }
    }
}
