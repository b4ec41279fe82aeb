//! What the member was shown on the phone, and the hash by which an answer is bound to it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::octets::Digest;
use crate::encoding::sha256;

/// Where a sign-in comes from, as far as it is known; unknown parts are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The application that is signed in to.
    pub app: String,
    /// City and country.
    pub place: String,
    /// Browser and system.
    pub browser: String,
    /// The caller's IP address.
    pub address: String,
    /// When it was asked.
    pub at: Timestamp,
}

impl Shown {
    /// SHA-256 of what an answer says it was given for (docs/protocol.md, "Prompts"). The parts hold no line breaks: who makes a `Shown`
    /// writes them.
    pub fn hash(&self) -> Digest {
        let at = self.at.to_string();
        Digest::new(sha256(
            [
                "countersign-shown-v1",
                &self.app,
                &self.place,
                &self.browser,
                &self.address,
                &at,
            ]
            .join("\n"),
        ))
    }
}
