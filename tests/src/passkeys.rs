//! A software authenticator: makes passkeys and uses them as a browser would hand them on, each part of which a test can spoil.

use countersign_domain::encoding::{base64url, from_base64url, sha256};
use countersign_domain::entropy::{Entropy, bytes};
use countersign_domain::methods::passkey::{Aaguid, Passkey};
use countersign_platform::entropy::SystemEntropy;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};

use crate::attestation::Attestation;

/// User present.
pub const UP: u8 = 0x01;
/// User verified.
pub const UV: u8 = 0x04;
/// Backup eligible.
pub const BE: u8 = 0x08;
/// Backed up.
pub const BS: u8 = 0x10;
/// Attested credential data included.
const AT: u8 = 0x40;

/// One passkey with its key.
#[derive(Debug, Clone)]
pub struct SoftPasskey {
    key: SigningKey,
    /// Its credential id.
    pub id: Vec<u8>,
    /// The model that it says to be.
    pub aaguid: [u8; 16],
    /// Its counter; raised by each use, unless it is zero.
    pub counter: u32,
    /// Whether its provider syncs it.
    pub synced: bool,
    attested: bool,
    /// Whose it is.
    pub handle: Vec<u8>,
}

/// What goes into an answer, before it is signed.
#[derive(Debug, Clone)]
pub struct Said {
    /// The client data.
    pub client_data: Value,
    /// The relying party's id, whose hash is signed.
    pub rp_id: String,
    /// The flags.
    pub flags: u8,
    /// The counter.
    pub counter: u32,
    /// The credential's id.
    pub id: Vec<u8>,
    /// COSE's number of the key's algorithm.
    pub alg: i8,
    /// The user handle.
    pub handle: Option<Vec<u8>>,
}

impl Default for SoftPasskey {
    fn default() -> Self {
        Self::new()
    }
}

impl SoftPasskey {
    /// A new one, not synced, without a counter, of a model of its own.
    pub fn new() -> Self {
        Self::drawn(&SystemEntropy)
    }

    /// The same by that chance.
    pub fn drawn(entropy: &dyn Entropy) -> Self {
        Self {
            key: SigningKey::from_slice(&bytes::<32>(entropy)).unwrap(),
            id: bytes::<32>(entropy).to_vec(),
            aaguid: *b"a software token",
            counter: 0,
            synced: false,
            attested: false,
            handle: Vec::new(),
        }
    }

    /// The same, synced.
    pub const fn synced(mut self) -> Self {
        self.synced = true;
        self
    }

    /// The same, as one whose maker's word was found good when it was registered.
    pub const fn attested(mut self) -> Self {
        self.attested = true;
        self
    }

    /// The same, with a counter.
    pub const fn counting(mut self) -> Self {
        self.counter = 1;
        self
    }

    /// Its id as browsers write it.
    pub fn credential_id(&self) -> String {
        base64url(&self.id)
    }

    /// As it is kept after a registration.
    pub fn kept(&self) -> Passkey {
        let [x, y] = self.point();
        let (x, y) = (base64url(x), base64url(y));
        let key = json!({ "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": x, "y": y } } });
        Passkey {
            credential_id: self.credential_id(),
            public_key: key.to_string(),
            aaguid: Aaguid::new(self.aaguid),
            sign_count: self.counter,
            backup_eligible: self.synced,
            backed_up: self.synced,
            transports: vec!["internal".to_owned()],
            attachment: None,
            attestation_format: "none".to_owned(),
            attested: self.attested,
        }
    }

    fn point(&self) -> [Vec<u8>; 2] {
        let point = self.key.verifying_key().to_encoded_point(false);
        [point.x().unwrap().to_vec(), point.y().unwrap().to_vec()]
    }

    fn flags(&self) -> u8 {
        UP | UV | if self.synced { BE | BS } else { 0 }
    }

    /// The answer to creation options, each part of it as `change` leaves it.
    pub fn create(&mut self, options: &Value, origin: &str, change: impl FnOnce(&mut Said)) -> Value {
        self.create_with(options, origin, change, |_, _| Attestation::none())
    }

    /// The same, with what is said of it by whoever signs that.
    pub(crate) fn create_with(
        &mut self,
        options: &Value,
        origin: &str,
        change: impl FnOnce(&mut Said),
        attest: impl FnOnce(&SigningKey, &[u8]) -> Attestation,
    ) -> Value {
        self.handle = from_base64url(options["user"]["id"].as_str().unwrap()).unwrap();
        let mut said = self.said("webauthn.create", options, origin, options["rp"]["id"].as_str());
        said.flags |= AT;
        change(&mut said);
        let mut data = authenticator_data(&said);
        if said.flags & AT != 0 {
            data.extend(self.aaguid);
            data.extend(u16::try_from(said.id.len()).unwrap().to_be_bytes());
            data.extend(&said.id);
            data.extend(self.cose(said.alg));
        }
        let client_data = said.client_data.to_string();
        let signed = [data.as_slice(), &sha256(&client_data)].concat();
        let attestation = attest(&self.key, &signed);
        let response = json!({
            "clientDataJSON": base64url(client_data),
            "attestationObject": base64url(attestation.object(data)),
            "transports": ["internal", "hybrid", "carrier-pigeon"],
        });
        credential(&said.id, &response)
    }

    /// The answer to request options, each part of it as `change` leaves it.
    pub fn get(&mut self, options: &Value, origin: &str, change: impl FnOnce(&mut Said)) -> Value {
        if self.counter > 0 {
            self.counter += 1;
        }
        let mut said = self.said("webauthn.get", options, origin, options["rpId"].as_str());
        change(&mut said);
        let (data, client_data) = (authenticator_data(&said), said.client_data.to_string());
        let signed = [data.as_slice(), &sha256(&client_data)].concat();
        let signature: DerSignature = self.key.sign(&signed);
        let response = json!({
            "clientDataJSON": base64url(client_data),
            "authenticatorData": base64url(data),
            "signature": base64url(signature.as_bytes()),
            "userHandle": said.handle.as_ref().map(base64url),
        });
        credential(&said.id, &response)
    }

    fn said(&self, kind: &str, options: &Value, origin: &str, rp_id: Option<&str>) -> Said {
        Said {
            client_data: json!({ "type": kind, "challenge": options["challenge"], "origin": origin, "crossOrigin": false }),
            rp_id: rp_id.unwrap().to_owned(),
            flags: self.flags(),
            counter: self.counter,
            id: self.id.clone(),
            alg: -7,
            handle: Some(self.handle.clone()),
        }
    }

    /// The public key as COSE writes it (RFC 9053 §7.1.1).
    fn cose(&self, alg: i8) -> Vec<u8> {
        let negative = |number: i8| 0x20 | (-1 - number).unsigned_abs();
        let [x, y] = self.point();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03];
        match alg {
            -24..=-1 => key.push(negative(alg)),
            _ => key.extend([0x38, (-1 - alg).unsigned_abs()]),
        }
        key.extend([negative(-1), 0x01]);
        for (label, coordinate) in [(-2, x), (-3, y)] {
            key.extend([negative(label), 0x58, 32]);
            key.extend(coordinate);
        }
        key
    }
}

fn authenticator_data(said: &Said) -> Vec<u8> {
    [
        sha256(&said.rp_id).as_slice(),
        &[said.flags],
        &said.counter.to_be_bytes(),
    ]
    .concat()
}

fn credential(id: &[u8], response: &Value) -> Value {
    let id = base64url(id);
    json!({
        "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
        "clientExtensionResults": {}, "response": response,
    })
}
