//! A row of activity as the API shows it.

use countersign_domain::activity;
use countersign_platform::http::agent::DeviceKind;
use countersign_platform::http::time::Time;
use countersign_platform::http::words::{By, EventKind, EventOutcome, NumberMatch, Verdict};
use serde::Serialize;
use utoipa::ToSchema;

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
    kind: EventKind,
    /// How it went.
    outcome: EventOutcome,
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
    /// The kind of machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<DeviceKind>)]
    device_kind: Option<String>,
    /// The session that it opened or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    session_id: Option<String>,
    /// `matched` or `mismatched`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    number_match: Option<NumberMatch>,
    /// `member` or `administrator`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
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
            kind: event.what.into(),
            outcome: event.outcome.into(),
            code: event.code,
            app: event.app,
            method: event.used.map(|used| UsedMethod {
                kind: used.kind,
                name: used.name,
            }),
            place: place.place,
            address: place.address,
            network: place.network,
            browser: place.browser,
            os: place.os,
            device_kind: place.device_kind,
            session_id: event.session.map(String::from),
            number_match: event.number_match.map(NumberMatch::from),
            by: event.by.map(By::from),
            verdict: event.claim.map(Verdict::from),
        }
    }
}
