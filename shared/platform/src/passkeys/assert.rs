//! Using a passkey: what the browser is asked, and whether the assertion that it brings holds (WebAuthn Level 3 §7.2).

use countersign_domain::encoding::{base64url, from_base64url};
use countersign_domain::ids::AccountId;
use countersign_domain::methods::passkey::{Asserted, Ceremony, Passkey};
use countersign_domain::refusal::Refusal;
use serde_json::json;
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticationExtensionsClientOutputs, AuthenticationState, AuthenticatorAssertionResponseRaw,
    Credential, ParsedAttestation, PublicKeyCredential, RegisteredExtensions, UserVerificationPolicy,
};

use super::wire::{KIND, RequestOptions, UsedCredential};
use super::{PATIENCE, RelyingParty, bytes, rejected};
use crate::fault::Fault;
use crate::http::ApiResult;

impl UsedCredential {
    /// By which credential, base64url; only in the one spelling that there is of its bytes.
    pub fn credential_id(&self) -> Result<String, Refusal> {
        let canonical = base64url(bytes(&self.raw_id)?);
        if self.kind == KIND && self.id == canonical && self.raw_id == canonical {
            Ok(canonical)
        } else {
            Err(rejected("the credential's id or type"))
        }
    }

    /// Whose it says that it is; none where it does not say. A handle that is none of ours is nobody's.
    pub fn says_of(&self) -> Option<Option<AccountId>> {
        let handle = self
            .response
            .user_handle
            .as_deref()
            .filter(|handle| !handle.is_empty())?;
        Some(from_base64url(handle).as_deref().and_then(AccountId::of_handle))
    }
}

impl RelyingParty {
    /// What `navigator.credentials.get()` is asked; of nobody in particular where `allowed` is empty.
    pub fn request_options<'a>(
        &self,
        ceremony: &Ceremony,
        allowed: impl Iterator<Item = &'a Passkey>,
    ) -> RequestOptions {
        RequestOptions {
            challenge: ceremony.challenge.clone(),
            timeout: PATIENCE,
            rp_id: self.id.clone(),
            allow_credentials: allowed.map(Into::into).collect(),
            user_verification: "required",
        }
    }

    /// The assertion, if everything about it holds that needs no memory. The same one holds again and again: it is for the write on the
    /// authenticator to take it once.
    pub fn assert(&self, given: &UsedCredential, ceremony: &Ceremony, passkey: &Passkey) -> ApiResult<Asserted> {
        let response = AuthenticatorAssertionResponseRaw {
            authenticator_data: bytes(&given.response.authenticator_data)?,
            client_data_json: bytes(&given.response.client_data_json)?,
            signature: bytes(&given.response.signature)?,
            user_handle: None,
        };
        if !self.is_here(&response.client_data_json) {
            return Err(rejected("the origin").into());
        }
        let credential = PublicKeyCredential {
            id: given.id.clone(),
            raw_id: bytes(&given.raw_id)?,
            response,
            extensions: AuthenticationExtensionsClientOutputs::default(), // none were asked for (§7.2, step 19)
            type_: given.kind.clone(),
        };
        let found = self
            .core
            .authenticate_single_credential(&credential, &state(&ceremony.challenge)?, &known(passkey)?)
            .map_err(rejected)?;
        Ok(Asserted {
            credential_id: base64url(found.cred_id()),
            challenged_at: ceremony.drawn_at,
            expires_at: ceremony.expires_at,
            sign_count: found.counter(),
            backup_eligible: found.backup_eligible(),
            backed_up: found.backup_state(),
        })
    }
}

/// What the library needs to know of what was asked.
fn state(challenge: &str) -> Result<AuthenticationState, Fault> {
    let state = json!({
        "credentials": [],
        "policy": "required",
        "challenge": challenge,
        "appid": null,
        "allow_backup_eligible_upgrade": false,
    });
    serde_json::from_value(state).map_err(|_| Fault::Defect("the library takes another state of an authentication"))
}

/// A passkey as the library knows it. The counter is left to the domain, which tells a copy from an assertion that is wrong.
fn known(passkey: &Passkey) -> Result<Credential, Fault> {
    let unreadable = || Fault::Defect("a passkey that was kept cannot be read");
    Ok(Credential {
        cred_id: from_base64url(&passkey.credential_id).ok_or_else(unreadable)?,
        cred: serde_json::from_str(&passkey.public_key).map_err(|_| unreadable())?,
        counter: 0,
        transports: None,
        user_verified: true,
        backup_eligible: passkey.backup_eligible,
        backup_state: passkey.backed_up,
        registration_policy: UserVerificationPolicy::Required,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: AttestationFormat::None,
    })
}
