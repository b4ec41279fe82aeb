//! Where a service is: scheme, host and port.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::Error;

/// A service's origin (RFC 6454 §4), written without a path: `https://mfa.example`. Plain `http` only to this very machine: elsewhere the
/// network could read what a member is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin {
    text: String,
    loopback: bool,
}

impl Origin {
    /// Whether the service runs on this machine.
    pub(crate) const fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether it is spoken to without TLS.
    pub(crate) fn is_plain(&self) -> bool {
        self.text.starts_with("http://")
    }

    /// The URL of a path, as it is called and as `htu` names it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Origin {
    type Err = Error;

    /// Reads an origin; a path of `/` is forgiven, any other is not.
    fn from_str(text: &str) -> Result<Self, Error> {
        let url = Url::parse(text.trim()).map_err(|_| Error::Origin)?;
        let loopback = match url.host().ok_or(Error::Origin)? {
            Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let safe = url.scheme() == "https" || (url.scheme() == "http" && loopback);
        if !bare || !safe || url.password().is_some() {
            return Err(Error::Origin);
        }
        Ok(Self {
            text: url.origin().ascii_serialization(),
            loopback,
        })
    }
}

impl TryFrom<String> for Origin {
    type Error = Error;
    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_or_on_this_machine_and_has_no_path() {
        for (text, origin) in [
            ("https://MFA.example/", "https://mfa.example"),
            ("https://mfa.example:8443", "https://mfa.example:8443"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), origin);
        }
        for text in [
            "",
            "mfa.example",
            "http://mfa.example",
            "ftp://localhost",
            "https://mfa.example/x",
            "https://u@mfa.example",
            "https://a/?b",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
