//! Makers of security keys, and what they say of a key when it is registered: the packed form (WebAuthn Level 3 §8.2) and none.

use std::collections::BTreeMap;

use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, SigningKey as _, date_time_ymd,
};
use serde_cbor_2::Value;
use serde_json::Value as Json;

use crate::passkeys::SoftPasskey;

/// The extension that says of which model a certificate's keys are (§8.2.1).
const MODEL: [u64; 10] = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 4];
/// COSE's number of ES256.
const ES256: i128 = -7;

/// What is said of a model, and in which form.
pub(crate) struct Attestation {
    form: &'static str,
    statement: BTreeMap<Value, Value>,
}

impl Attestation {
    /// Nothing.
    pub(crate) fn none() -> Self {
        Self {
            form: "none",
            statement: BTreeMap::new(),
        }
    }

    /// A signature, by the key of a certificate or by the passkey's own.
    pub(crate) fn packed(signature: &[u8], certificate: Option<Vec<u8>>) -> Self {
        let chain = certificate.map(|one| (text("x5c"), Value::Array(vec![Value::Bytes(one)])));
        let signature = (text("sig"), Value::Bytes(signature.to_vec()));
        let statement = [(text("alg"), Value::Integer(ES256)), signature];
        Self {
            form: "packed",
            statement: statement.into_iter().chain(chain).collect(),
        }
    }

    /// The attestation object around these authenticator data (§6.5.4).
    pub(crate) fn object(self, data: Vec<u8>) -> Vec<u8> {
        let object = BTreeMap::from([
            (text("fmt"), text(self.form)),
            (text("attStmt"), Value::Map(self.statement)),
            (text("authData"), Value::Bytes(data)),
        ]);
        serde_cbor_2::to_vec(&object).unwrap()
    }
}

fn text(of: &str) -> Value {
    Value::Text(of.to_owned())
}

/// A maker: a root, and the certificate and key that are in every key of one model.
#[derive(Debug)]
pub struct Maker {
    root: Certificate,
    certificate: Certificate,
    key: KeyPair,
}

impl Maker {
    /// One of keys of that model, with a root that is good until that year.
    pub fn until(year: i32, model: [u8; 16]) -> Self {
        let (root, key) = (root(year), KeyPair::generate().unwrap());
        let issuer = KeyPair::generate().unwrap();
        let made = root.self_signed(&issuer).unwrap();
        let certificate = batch(model).signed_by(&key, &Issuer::new(root, issuer)).unwrap();
        Self {
            root: made,
            certificate,
            key,
        }
    }

    /// One of keys of that model.
    pub fn of(model: [u8; 16]) -> Self {
        Self::until(2060, model)
    }

    /// Its root, in PEM.
    pub fn root(&self) -> String {
        self.root.pem()
    }

    /// The certificate of its keys, in PEM.
    pub fn certificate(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn vouches(&self, signed: &[u8]) -> Attestation {
        Attestation::packed(&self.key.sign(signed).unwrap(), Some(self.certificate.der().to_vec()))
    }
}

impl SoftPasskey {
    /// The answer to creation options, with what a maker says of the model.
    pub fn create_vouched(&mut self, maker: &Maker, options: &Json, origin: &str) -> Json {
        self.create_with(options, origin, |_| (), |_, signed| maker.vouches(signed))
    }

    /// The same with what nobody but the passkey itself says of it.
    pub fn create_vouching_for_itself(&mut self, options: &Json, origin: &str) -> Json {
        let by_itself = |key: &SigningKey, signed: &[u8]| {
            let signature: DerSignature = key.sign(signed);
            Attestation::packed(signature.as_bytes(), None)
        };
        self.create_with(options, origin, |_| (), by_itself)
    }
}

fn root(year: i32) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("A maker's root");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(year, 1, 1);
    params
}

/// As §8.2.1 has it.
fn batch(model: [u8; 16]) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("A maker's keys");
    params
        .distinguished_name
        .push(DnType::OrganizationalUnitName, "Authenticator Attestation");
    params.is_ca = IsCa::ExplicitNoCa;
    let octets = [&[0x04, 16], model.as_slice()].concat(); // an OCTET STRING in the extension's own
    params.custom_extensions = vec![CustomExtension::from_oid_content(&MODEL, octets)];
    params
}

fn named(name: &str) -> DistinguishedName {
    let mut all = DistinguishedName::new();
    all.push(DnType::CountryName, "PT");
    all.push(DnType::OrganizationName, "A maker");
    all.push(DnType::CommonName, name);
    all
}
