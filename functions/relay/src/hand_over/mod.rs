//! Moving to a new phone: the old one shows a code, the new one pairs and is tested, and the old one signs the new one's key.

mod begin;
mod confirm;
mod show;

pub(crate) use begin::*;
pub(crate) use confirm::*;
pub(crate) use show::*;

use countersign_domain::device::octets::Digest;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::EnrollmentId;
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiResult;
use countersign_platform::http::time::Time;
use countersign_platform::store::Consistency;
use serde::Serialize;
use utoipa::ToSchema;

use crate::State;

/// Where a hand-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HandOverState {
    /// For the new phone to pair with the code.
    Waiting,
    /// For the number to be typed on the new phone.
    Testing,
    /// The number was typed: confirm.
    Tested,
    /// The number was not typed in time, or not that one. Start again.
    Ended,
}

/// A hand-over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandOver {
    /// `enr_…`.
    id: String,
    state: HandOverState,
    /// The pairing code, `ABCDE-FGHJK`; while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    code: Option<String>,
    /// A link that opens the authenticator with the code; while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    uri: Option<String>,
    /// The link as a QR code; while waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    qr: Option<HandOverQr>,
    /// The digits to type on the new phone; while testing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    number: Option<String>,
    /// The new phone, once it has paired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    to: Option<NewPhone>,
    /// When the code, the number or the whole is over.
    expires_at: Time,
    poll_after_ms: u32,
}

/// A QR code to draw as one SVG path.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandOverQr {
    /// Modules a side, quiet zone included: the view box is `0 0 size size`.
    size: usize,
    /// Path data of the dark modules.
    path: String,
}

/// The new phone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewPhone {
    /// `aut_…`.
    authenticator_id: String,
    model: String,
    /// Thumbprint of its key (RFC 7638), base64url: what the old phone signs.
    jkt: String,
}

impl NewPhone {
    fn of(one: &Authenticator) -> Option<Self> {
        let Binding::Authenticator(phone) = &one.binding else {
            return None;
        };
        Some(Self {
            authenticator_id: one.id.to_string(),
            model: phone.model.to_string(),
            jkt: phone.key.thumbprint(),
        })
    }
}

/// The thumbprint of a phone's key.
fn thumbprint(one: &Authenticator) -> Option<Digest> {
    if let Binding::Authenticator(phone) = &one.binding {
        phone.key.thumbprint().parse().ok()
    } else {
        None
    }
}

/// The open hand-over of that id from that phone.
async fn find(state: &State, from: &Authenticator, id: &str) -> ApiResult<Enrollment> {
    let id = id.parse::<EnrollmentId>().map_err(|_| Refusal::HandOverExpired)?;
    let found = state.enrollments.enrollment(from.account, id).await?;
    let mine = |one: &Enrollment| one.is_open(state.house.now()) && one.handed_over_by == Some(from.id);
    Ok(found.filter(mine).ok_or(Refusal::HandOverExpired)?)
}

/// The person of a phone that is in use and that policy gives: a pending one, or one that was taken away, hands nothing over.
async fn person(state: &State, from: &Authenticator) -> ApiResult<Person> {
    let person = state.people.person(from.account, Consistency::Strong).await?;
    let policy = &state.house.policy;
    let usable = |person: &Person| {
        let old = person.authenticator(from.id);
        person.account.is_active() && old.is_some_and(|one| person.can_use(one, policy))
    };
    Ok(person.filter(usable).ok_or(Refusal::DeviceRemoved)?)
}

/// The new phone of a hand-over that is at its test.
fn tested<'a>(person: &'a Person, hand_over: &Enrollment) -> Option<&'a Authenticator> {
    match hand_over.stage {
        Stage::Testing { authenticator, .. } => person.authenticator(authenticator),
        _ => None,
    }
}
