//! Registering a passkey: what the browser is asked, and whether the credential that it brings holds (WebAuthn Level 3 §7.1).

use countersign_domain::accounts::Account;
use countersign_domain::encoding::base64url;
use countersign_domain::methods::passkey::{Aaguid, Attachment, Passkey, PasskeySettings};
use countersign_domain::refusal::Refusal;
use serde::Deserialize;
use serde_json::json;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AuthenticatorAttestationResponseRaw, Credential, RegisterPublicKeyCredential, RegistrationExtensionsClientOutputs,
    RegistrationState, RequestRegistrationExtensions,
};

use super::roots::roots;
use super::wire::{CreationOptions, Descriptor, KIND, NewCredential, Parameters, Party, Selection, User};
use super::{PATIENCE, RelyingParty, bytes, rejected};
use crate::fault::Fault;
use crate::http::ApiResult;

/// The kinds of key that are offered, best first; no other is taken (§7.1, step 20). By COSE's number and by the library's name.
const ALGORITHMS: [(i32, &str); 3] = [(-7, "ES256"), (-35, "ES384"), (-257, "RS256")];
/// The ways to reach an authenticator that the standard names (§5.8.4).
const TRANSPORTS: [&str; 6] = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];
/// The longest credential id, in bytes (§4, "Credential ID").
const LONGEST_ID: usize = 1023;
/// Where a model stands in authenticator data: after the hash of the relying party, the flags and the counter (§6.1, §6.5.1).
const AAGUID: std::ops::Range<usize> = 37..53;

/// What was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The challenge, base64url.
    pub challenge: &'a str,
    /// Where the authenticator is to be, if it matters.
    pub attachment: Option<Attachment>,
    /// What the organization decides.
    pub settings: &'a PasskeySettings,
}

impl RelyingParty {
    /// What `navigator.credentials.create()` is asked. The key must be discoverable, so that it can sign in without a user name, and the
    /// person verified, so that it is two factors.
    pub fn creation_options(
        &self,
        asked: Asked<'_>,
        account: &Account,
        existing: impl Iterator<Item = Descriptor>,
    ) -> CreationOptions {
        let (attachment, hints) = match asked.attachment {
            None => (None, Vec::new()),
            Some(Attachment::Platform) => (Some("platform"), vec!["client-device"]),
            Some(Attachment::CrossPlatform) => (Some("cross-platform"), vec!["security-key", "hybrid"]),
        };
        CreationOptions {
            rp: Party {
                id: self.id.clone(),
                name: self.name.clone(),
            },
            user: User {
                id: base64url(account.id.handle()),
                name: account.user_name.to_string(),
                display_name: account.display_name.to_string(),
            },
            challenge: asked.challenge.to_owned(),
            pub_key_cred_params: ALGORITHMS
                .iter()
                .map(|(alg, _)| Parameters { kind: KIND, alg: *alg })
                .collect(),
            timeout: PATIENCE,
            exclude_credentials: existing.collect(),
            authenticator_selection: Selection {
                authenticator_attachment: attachment,
                resident_key: "required",
                require_resident_key: true,
                user_verification: "required",
            },
            attestation: if asked.settings.wants_attestation() {
                "direct"
            } else {
                "none"
            },
            hints,
        }
    }

    /// The passkey that a browser has made, if it holds. Whether policy takes it is for the domain to say, but for the proof of its model.
    pub fn register(&self, given: &NewCredential, asked: Asked<'_>) -> ApiResult<Passkey> {
        let (id, object) = (bytes(&given.raw_id)?, bytes(&given.response.attestation_object)?);
        let client_data = bytes(&given.response.client_data_json)?;
        if given.kind != KIND || given.id != given.raw_id || !(1..=LONGEST_ID).contains(&id.len()) {
            return Err(rejected("the credential's id or type").into());
        }
        if !self.is_here(&client_data) {
            return Err(rejected("the origin").into());
        }
        let model = aaguid(&object).ok_or_else(|| rejected("the attestation object"))?;
        let credential = RegisterPublicKeyCredential {
            id: given.id.clone(),
            raw_id: id,
            response: AuthenticatorAttestationResponseRaw {
                attestation_object: object,
                client_data_json: client_data,
                transports: None,
            },
            type_: given.kind.clone(),
            extensions: RegistrationExtensionsClientOutputs::default(), // none were asked for (§7.1, step 18)
        };
        let roots = roots(&asked.settings.attestation)?;
        let state = state(asked.challenge)?;
        let register = |roots| self.core.register_credential(&credential, &state, roots);
        let mut made = match &roots {
            None => register(None),
            Some(_) => Err(WebauthnError::AttestationCertificateTrustStoreEmpty),
        };
        for root in roots.iter().flatten() {
            made = made.or_else(|_| register(Some(root)));
        }
        let made = made.map_err(|error| refusal(&error))?;
        if made.cred_id != credential.raw_id {
            return Err(rejected("another credential's id").into());
        }
        Ok(kept(given, &made, model, roots.is_some())?)
    }
}

/// What the library needs to know of what was asked. It draws challenges itself, by a chance that tests cannot set; ours is put in its place.
fn state(challenge: &str) -> Result<RegistrationState, Fault> {
    let state = json!({
        "policy": "required",
        "exclude_credentials": [],
        "challenge": challenge,
        "credential_algorithms": ALGORITHMS.map(|(_, name)| name),
        "require_resident_key": true,
        "authenticator_attachment": null,
        "extensions": RequestRegistrationExtensions::default(),
        "allow_synchronised_authenticators": true,
    });
    serde_json::from_value(state).map_err(|_| Fault::Defect("the library takes another state of a registration"))
}

fn kept(given: &NewCredential, made: &Credential, aaguid: Aaguid, attested: bool) -> Result<Passkey, Fault> {
    let public_key = serde_json::to_string(&made.cred).map_err(|_| Fault::Defect("a public key cannot be written"))?;
    let format = serde_json::to_value(&made.attestation_format).unwrap_or_default();
    let transports = TRANSPORTS
        .iter()
        .filter(|one| given.response.transports.iter().any(|said| said == *one));
    Ok(Passkey {
        credential_id: base64url(&made.cred_id),
        public_key,
        aaguid,
        sign_count: made.counter,
        backup_eligible: made.backup_eligible,
        backed_up: made.backup_state,
        transports: transports.map(|one| (*one).to_owned()).collect(),
        attachment: match given.authenticator_attachment.as_deref() {
            Some("platform") => Some(Attachment::Platform),
            Some("cross-platform") => Some(Attachment::CrossPlatform),
            _ => None,
        },
        attestation_format: format.as_str().unwrap_or("none").to_owned(),
        attested,
    })
}

/// The model in an attestation object. The library reads it, and hands it on for two of the forms only.
fn aaguid(object: &[u8]) -> Option<Aaguid> {
    #[derive(Deserialize)]
    struct Object<'a> {
        #[serde(rename = "authData", borrow)]
        auth_data: &'a [u8],
    }
    let object: Object<'_> = serde_cbor_2::from_slice(object).ok()?;
    Some(Aaguid::new(object.auth_data.get(AAGUID)?.try_into().ok()?))
}

/// A proof of the model that is missing or leads nowhere is the policy's no; everything else is no credential.
fn refusal(error: &WebauthnError) -> Refusal {
    match error {
        WebauthnError::MissingAttestationCaList
        | WebauthnError::AttestationCertificateTrustStoreEmpty
        | WebauthnError::AttestationNotVerifiable
        | WebauthnError::AttestationChainNotTrusted(_)
        | WebauthnError::AttestationLeafCertMissing
        | WebauthnError::AttestationUntrustedAaguid
        | WebauthnError::AttestationFormatMissingAaguid => Refusal::PasskeyNotAllowed,
        error => rejected(error),
    }
}
