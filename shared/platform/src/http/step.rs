//! Parts of a step that a page draws, the same for sign-in and enrollment.

use countersign_domain::refusal::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

use super::refusals::said;

/// Whether a push was handed over. It never decides anything: opening the app finds the prompt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushDelivery {
    /// It was.
    Sent,
    /// It was not: the member opens the app.
    NotSent,
}

impl From<bool> for PushDelivery {
    fn from(delivered: bool) -> Self {
        if delivered { Self::Sent } else { Self::NotSent }
    }
}

/// Why the last prompt is over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ended {
    /// The code.
    #[schema(value_type = String, example = "challenge.denied")]
    pub code: &'static str,
    /// What happened.
    pub detail: String,
    /// What to do.
    #[schema(value_type = String)]
    pub fix: &'static str,
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        let said = said(&refusal);
        Self {
            code: said.code,
            detail: said.detail.into_owned(),
            fix: said.fix,
        }
    }
}

/// Where to go when it is done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Next {
    /// Back to where the person was going.
    Return {
        /// A path of this site.
        to: String,
    },
    /// To register a first method: the session is good for nothing else.
    Register,
}

/// The prompt to ask again after: half a second once the phone has it open, for then the answer is near.
pub const fn poll_after_ms(opened: bool) -> u32 {
    if opened { 500 } else { 1000 }
}
