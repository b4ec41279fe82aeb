//! The shapes that browsers take and give (WebAuthn Level 3 §5.1.8 to §5.1.10): `parseCreationOptionsFromJSON` and `toJSON`.

use countersign_domain::methods::passkey::Passkey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What `navigator.credentials.create()` is asked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyCreationOptions)]
pub struct CreationOptions {
    pub(super) rp: Party,
    pub(super) user: User,
    /// 32 bytes, base64url.
    pub(super) challenge: String,
    pub(super) pub_key_cred_params: Vec<Parameters>,
    /// Milliseconds.
    pub(super) timeout: u32,
    /// What the account has already.
    pub(super) exclude_credentials: Vec<Descriptor>,
    pub(super) authenticator_selection: Selection,
    /// `none` or `direct`.
    #[schema(value_type = String)]
    pub(super) attestation: &'static str,
    #[schema(value_type = Vec<String>)]
    pub(super) hints: Vec<&'static str>,
}

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PasskeyRelyingParty)]
pub struct Party {
    pub(super) id: String,
    pub(super) name: String,
}

/// For whom.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyUser)]
pub struct User {
    /// The user handle, base64url.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) display_name: String,
}

/// A kind of key that is taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PasskeyParameters)]
pub struct Parameters {
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub(super) kind: &'static str,
    /// COSE algorithm.
    pub(super) alg: i32,
}

/// What the authenticator must be.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeySelection)]
pub struct Selection {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub(super) authenticator_attachment: Option<&'static str>,
    #[schema(value_type = String)]
    pub(super) resident_key: &'static str,
    pub(super) require_resident_key: bool,
    #[schema(value_type = String)]
    pub(super) user_verification: &'static str,
}

/// One credential.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PasskeyDescriptor)]
pub struct Descriptor {
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: &'static str,
    /// Base64url.
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transports: Vec<String>,
}

impl From<&Passkey> for Descriptor {
    fn from(passkey: &Passkey) -> Self {
        Self {
            kind: KIND,
            id: passkey.credential_id.clone(),
            transports: passkey.transports.clone(),
        }
    }
}

/// The one kind of credential.
pub(super) const KIND: &str = "public-key";

/// What `navigator.credentials.get()` is asked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PasskeyRequestOptions)]
pub struct RequestOptions {
    /// 32 bytes, base64url.
    pub(super) challenge: String,
    /// Milliseconds.
    pub(super) timeout: u32,
    pub(super) rp_id: String,
    /// Empty where the passkey itself says whose it is.
    pub(super) allow_credentials: Vec<Descriptor>,
    #[schema(value_type = String)]
    pub(super) user_verification: &'static str,
}

/// What `navigator.credentials.create()` gave, as `toJSON()` writes it; what is not named here is not looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewPasskey)]
pub struct NewCredential {
    pub(super) id: String,
    pub(super) raw_id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) authenticator_attachment: Option<String>,
    pub(super) response: AttestationResponse,
}

/// The authenticator's part of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewPasskeyResponse)]
pub struct AttestationResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: String,
    pub(super) attestation_object: String,
    #[serde(default)]
    pub(super) transports: Vec<String>,
}

/// What `navigator.credentials.get()` gave, as `toJSON()` writes it; what is not named here is not looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UsedPasskey)]
pub struct UsedCredential {
    pub(super) id: String,
    pub(super) raw_id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) response: AssertionResponse,
}

/// The authenticator's part of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UsedPasskeyResponse)]
pub struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: String,
    pub(super) authenticator_data: String,
    pub(super) signature: String,
    #[serde(default)]
    pub(super) user_handle: Option<String>,
}
