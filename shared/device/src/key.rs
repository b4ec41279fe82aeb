//! A phone's private key in software: what a real phone keeps in hardware and never gives out.

use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use countersign_domain::device::Kind;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::octets::Octets;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::secret::Secret;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use crate::Error;

/// A P-256 key that signs a phone's messages.
#[derive(Debug, Clone)]
pub struct SigningKey {
    pkcs8: Secret<Vec<u8>>,
    public: DeviceKey,
}

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    /// [`Error::Key`].
    pub fn generate() -> Result<Self, Error> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Self::from_pkcs8(document.map_err(|_| Error::Key)?.as_ref())
    }

    /// The key of a PKCS #8 document (RFC 5958), DER.
    ///
    /// # Errors
    /// [`Error::Key`].
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, Error> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(|_| Error::Key)?;
        let (mark, point) = pair.public_key().as_ref().split_first().ok_or(Error::Key)?;
        let (x, y) = point.split_first_chunk::<32>().ok_or(Error::Key)?;
        let y = <[u8; 32]>::try_from(y).map_err(|_| Error::Key)?;
        if *mark != 4 {
            return Err(Error::Key); // only the uncompressed form (SEC 1 §2.3.3) holds both coordinates
        }
        Ok(Self {
            pkcs8: Secret::new(pkcs8.to_vec()),
            public: DeviceKey::from_coordinates(*x, y),
        })
    }

    /// The private key as PKCS #8, to keep it.
    pub const fn pkcs8(&self) -> &Secret<Vec<u8>> {
        &self.pkcs8
    }

    /// The public half.
    pub const fn public(&self) -> &DeviceKey {
        &self.public
    }

    /// The header of a pairing.
    ///
    /// # Errors
    /// [`Error::Key`].
    pub fn pairing_header(&self) -> Result<Header, Error> {
        let jwk = serde_json::to_value(&self.public)
            .and_then(serde_json::from_value)
            .map_err(|_| Error::Key)?;
        Ok(Header {
            jwk: Some(jwk),
            ..typed(Kind::Pairing)
        })
    }

    /// Signs any header and claims: a compact JWS (RFC 7515 §7.1).
    ///
    /// # Errors
    /// [`Error::Message`].
    pub fn sign(&self, header: &Header, claims: &impl Serialize) -> Result<String, Error> {
        jsonwebtoken::encode(header, claims, &EncodingKey::from_ec_der(self.pkcs8.expose())).map_err(|_| Error::Message)
    }
}

/// The header of a message of a paired phone.
pub(crate) fn header(kind: Kind, authenticator: AuthenticatorId) -> Header {
    Header {
        kid: Some(authenticator.to_string()),
        ..typed(kind)
    }
}

fn typed(kind: Kind) -> Header {
    Header {
        typ: Some(kind.typ().to_owned()),
        ..Header::new(Algorithm::ES256)
    }
}

/// Draws random bytes from the system.
pub(crate) fn draw<const N: usize>() -> Result<Octets<N>, Error> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Error::Key)?;
    Ok(Octets::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_being_kept_and_does_not_print() {
        let key = SigningKey::generate().unwrap();
        assert_eq!(
            SigningKey::from_pkcs8(key.pkcs8().expose()).unwrap().public(),
            key.public()
        );
        assert_eq!(
            format!("{key:?}"),
            format!("SigningKey {{ pkcs8: Secret(…), public: {:?} }}", key.public())
        );
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(SigningKey::from_pkcs8(b"no key").is_err());
    }
}
