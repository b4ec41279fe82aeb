//! Methods and ceremonies as the API shows them.

use countersign_domain::enrollment::Enrollment;
use countersign_domain::methods::Authenticator;
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::qr;
use countersign_platform::http::step::{Channel, Ended, MessageDelivery, Next, PushDelivery};
use countersign_platform::http::time::Time;
use countersign_platform::http::words::{PasskeyAttachment, Strength};
use countersign_platform::passkeys::CreationOptions;
use serde::Serialize;
use utoipa::ToSchema;

/// One method of an account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Method)]
pub(crate) struct MethodView {
    /// `aut_…`, or `password`.
    id: String,
    /// One of the registered kinds, or `password`.
    kind: String,
    /// What the member calls it.
    name: String,
    /// The line below: the phone's model, the generator's parameters.
    detail: String,
    strength: Strength,
    added_at: Time,
    /// Absent if it never was; for prompts kept to the hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    last_used_at: Option<Time>,
    /// Whether it is asked first.
    is_default: bool,
    /// Whether it may be removed now.
    removable: bool,
    status: MethodStatus,
    /// What it lacks, in plain words.
    lacks: Vec<&'static str>,
    /// Codes that are left; only of recovery codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    codes_left: Option<usize>,
    /// When it is gone by itself; only of a pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ends_at: Option<Time>,
    /// Only of a passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    passkey: Option<PasskeyView>,
}

/// What a passkey is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyView {
    /// The model of what holds it, as a UUID; all zeroes where it does not say.
    aaguid: String,
    /// Whether its provider syncs it between devices; it stays on one otherwise.
    synced: bool,
    /// Where what holds it was when it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attachment: Option<PasskeyAttachment>,
    /// Whether policy takes one of its kind now; it cannot be used otherwise.
    allowed: bool,
}

/// Whether a method can be used.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MethodStatus {
    /// It can.
    Active,
    /// Too many wrong answers: remove it and add it again.
    Disabled,
}

impl MethodView {
    pub(crate) fn of(person: &Person, one: &Authenticator, policy: &Policy) -> Self {
        let method = one.method();
        Self {
            id: one.id.to_string(),
            kind: method.kind().to_owned(),
            name: one.name.to_string(),
            detail: method.detail(&one.binding),
            strength: method.strength().into(),
            added_at: one.added_at.into(),
            last_used_at: one.last_used_at.map(Time::from),
            is_default: person.account.default == Some(one.id),
            removable: person.remove(one.id, policy).is_ok(),
            status: if one.is_disabled(policy) {
                MethodStatus::Disabled
            } else {
                MethodStatus::Active
            },
            lacks: method.lacks().to_vec(),
            codes_left: one.binding.codes_left(),
            ends_at: one.binding.ends_at().map(Time::from),
            passkey: one.binding.passkey().map(|passkey| PasskeyView {
                aaguid: passkey.aaguid.to_string(),
                synced: passkey.backup_eligible,
                attachment: passkey.attachment.map(Into::into),
                allowed: person.is_allowed(one),
            }),
        }
    }

    pub(crate) fn password(person: &Person) -> Option<Self> {
        let set_at = person.account.password_set_at?;
        Some(Self {
            id: "password".to_owned(),
            kind: "password".to_owned(),
            name: "Password".to_owned(),
            detail: String::new(),
            strength: Strength::Knowledge,
            added_at: set_at.into(),
            last_used_at: None,
            is_default: false,
            removable: false,
            status: MethodStatus::Active,
            lacks: vec!["Whoever learns it can use it. It never opens your account alone."],
            codes_left: None,
            ends_at: None,
            passkey: None,
        })
    }
}

/// A QR code to draw as one SVG path.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Qr {
    /// Modules a side, quiet zone included: the view box is `0 0 size size`.
    size: usize,
    /// Path data of the dark modules.
    path: String,
}

impl Qr {
    fn of(text: &str) -> Option<Self> {
        qr::qr(text).map(|qr| Self {
            size: qr.size,
            path: qr.path,
        })
    }
}

/// What the page draws, by kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum EnrollmentPrompt {
    /// A code for the phone to scan or type.
    Pairing {
        /// What the QR code says: a link that opens the authenticator.
        uri: String,
        /// The code, `ABCDE-FGHJK`.
        code: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        qr: Option<Qr>,
        /// When the code is dead.
        expires_at: Time,
    },
    /// A number to show; it is typed on the phone.
    Number {
        /// `prm_…`.
        prompt_id: String,
        /// The digits.
        number: String,
        expires_at: Time,
        /// The phone's name.
        device: String,
        delivery: PushDelivery,
    },
    /// Codes to save; this is the only time that they are shown.
    RecoveryCodes {
        /// Each with its letter, `A-7K3M-Q9XW-2ABC-DEFG`.
        codes: Vec<String>,
    },
    /// A seed for a code generator.
    TotpSecret {
        /// `otpauth://…`.
        uri: String,
        /// Base32 in groups of four.
        secret: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        qr: Option<Qr>,
        digits: u8,
        /// Seconds.
        period: u64,
    },
    /// A passkey to make.
    Passkey {
        /// For `navigator.credentials.create()`.
        options: CreationOptions,
    },
    /// A code of a hardware token to ask for.
    TokenCode {
        /// The token's serial number, as it was understood.
        serial: String,
        digits: u8,
    },
    /// A code that went to the number, to be typed here.
    SentCode {
        /// How it went out.
        channel: Channel,
        /// The number, masked.
        number: String,
        /// How many digits.
        digits: u8,
        /// What became of it.
        delivery: MessageDelivery,
        /// When the code is dead.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        expires_at: Option<Time>,
        /// When the next one may be asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        again_at: Option<Time>,
    },
}

impl EnrollmentPrompt {
    pub(crate) fn pairing(origin: &str, code: &str, shown: String, expires_at: Time) -> Self {
        let uri = format!("{origin}/authenticator#pair={code}");
        Self::Pairing {
            qr: Qr::of(&uri),
            uri,
            code: shown,
            expires_at,
        }
    }

    pub(crate) fn totp(uri: String, secret: String, digits: u8, period: u64) -> Self {
        Self::TotpSecret {
            qr: Qr::of(&uri),
            uri,
            secret,
            digits,
            period,
        }
    }
}

/// Where a ceremony stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EnrollmentState {
    /// For the phone to pair, or for the first code.
    Waiting,
    /// For the test number to be typed on the phone.
    Testing,
    /// The method is active.
    Complete,
    /// The last test prompt is over; ask for a new one.
    Ended,
}

/// A ceremony.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Enrollment)]
pub(crate) struct EnrollmentView {
    /// `enr_…`.
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) state: EnrollmentState,
    pub(crate) prompts: Vec<EnrollmentPrompt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) ended: Option<Ended>,
    pub(crate) expires_at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) poll_after_ms: Option<u32>,
    /// Only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) method: Option<MethodView>,
    /// Only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) next: Option<Next>,
}

impl EnrollmentView {
    pub(crate) fn new(enrollment: &Enrollment, state: EnrollmentState, prompts: Vec<EnrollmentPrompt>) -> Self {
        Self {
            id: enrollment.id.to_string(),
            kind: enrollment.kind().as_str(),
            state,
            prompts,
            ended: None,
            expires_at: enrollment.expires_at.into(),
            poll_after_ms: None,
            method: None,
            next: None,
        }
    }
}
