//! A row of activity as the API shows it.

use countersign_domain::activity::{self, By, Claim, NumberMatch, Outcome, What};
use countersign_platform::http::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the member says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// "This was me."
    Me,
    /// "This wasn't me."
    NotMe,
}

impl From<Verdict> for Claim {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Me => Self::Me,
            Verdict::NotMe => Self::NotMe,
        }
    }
}

impl From<Claim> for Verdict {
    fn from(claim: Claim) -> Self {
        match claim {
            Claim::Me => Self::Me,
            Claim::NotMe => Self::NotMe,
        }
    }
}

/// The method of a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UsedMethod {
    /// `authenticator`, `totp`, `password`.
    kind: String,
    /// What the member calls it.
    name: String,
}

/// One row. Fields that are not known are absent; a row without `place` comes from an unknown place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Event {
    /// `act_…`.
    id: String,
    /// When.
    at: Time,
    /// What happened.
    #[schema(value_type = String, example = "sign_in")]
    kind: What,
    /// `success`, `failure` or `information`.
    #[schema(value_type = String, example = "success")]
    outcome: Outcome,
    /// The reason as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "challenge.denied")]
    code: Option<String>,
    /// The app.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    app: Option<String>,
    /// The method that was used or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    method: Option<UsedMethod>,
    /// City and country.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    place: Option<String>,
    /// Network address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address: Option<String>,
    /// Network, `AS64496`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    network: Option<String>,
    /// Browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    browser: Option<String>,
    /// Operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    os: Option<String>,
    /// `desktop`, `phone`, `tablet` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    device_kind: Option<String>,
    /// The session that it opened or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    session_id: Option<String>,
    /// `matched` or `mismatched`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    number_match: Option<NumberMatch>,
    /// `member` or `administrator`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    by: Option<By>,
    /// What the member says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    verdict: Option<Verdict>,
}

impl From<activity::Event> for Event {
    fn from(event: activity::Event) -> Self {
        let place = event.place;
        Self {
            id: event.id.to_string(),
            at: event.at.into(),
            kind: event.what,
            outcome: event.outcome,
            code: event.code,
            app: event.app,
            method: event.used.map(|used| UsedMethod { kind: used.kind, name: used.name }),
            place: place.place,
            address: place.address,
            network: place.network,
            browser: place.browser,
            os: place.os,
            device_kind: place.device_kind,
            session_id: event.session.map(String::from),
            number_match: event.number_match,
            by: event.by,
            verdict: event.claim.map(Verdict::from),
        }
    }
}
