//! Where and with what somebody acts: the caller as a record or a prompt shows it.

use serde::{Deserialize, Serialize};

/// What is known of the other side of a request. Nothing in it is a proof.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// City and country in words; absent when the edge does not say ("unknown place").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Country as ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The network's number, `AS64496`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// Browser, as its user agent claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// Operating system, as its user agent claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// `desktop`, `phone`, `tablet` or `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_kind: Option<String>,
}

impl Place {
    /// The place in words, or that it is not known.
    pub fn described(&self) -> &str {
        self.place.as_deref().unwrap_or("unknown place")
    }

    /// "Firefox on Linux", as far as known.
    pub fn agent(&self) -> String {
        match (self.browser.as_deref(), self.os.as_deref()) {
            (Some(browser), Some(os)) => format!("{browser} on {os}"),
            (Some(one), None) | (None, Some(one)) => one.to_owned(),
            (None, None) => "unknown browser".to_owned(),
        }
    }
}
