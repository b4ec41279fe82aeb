//! A token as administrators see one: never its seed.

use countersign_domain::tokens::{Custody, HardwareToken, List};
use countersign_platform::http::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// In whose hands a token is.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenState {
    /// In nobody's: whoever has it in hand may activate it.
    #[default]
    Available,
    /// Kept for one person, who alone may activate it.
    Assigned,
    /// In use as a sign-in method.
    Active,
}

impl From<List> for TokenState {
    fn from(list: List) -> Self {
        match list {
            List::Available => Self::Available,
            List::Assigned => Self::Assigned,
            List::Active => Self::Active,
        }
    }
}

impl From<TokenState> for List {
    fn from(state: TokenState) -> Self {
        match state {
            TokenState::Available => Self::Available,
            TokenState::Assigned => Self::Assigned,
            TokenState::Active => Self::Active,
        }
    }
}

/// A hardware token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HardwareToken)]
pub(crate) struct TokenView {
    /// As printed on it.
    #[schema(example = "FT-0042")]
    serial: String,
    manufacturer: String,
    model: String,
    /// Seconds between two codes.
    time_interval: u64,
    state: TokenState,
    /// Whose it is, `acc_…`; absent while it is available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    holder: Option<String>,
    /// Their user name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    user_name: Option<String>,
    added_at: Time,
}

impl TokenView {
    pub(crate) fn of(token: &HardwareToken) -> Self {
        let held = match &token.custody {
            Custody::Available => None,
            Custody::Assigned { holder, user_name } | Custody::Active { holder, user_name, .. } => {
                Some((holder.to_string(), user_name.to_string()))
            }
        };
        let (holder, user_name) = held.unzip();
        Self {
            serial: token.serial.to_string(),
            manufacturer: token.manufacturer.to_string(),
            model: token.model.to_string(),
            time_interval: token.period,
            state: token.custody.list().into(),
            holder,
            user_name,
            added_at: token.added_at.into(),
        }
    }
}
