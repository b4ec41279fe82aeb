//! Who calls, as far as the wire tells: address, place, network and browser. Shown and counted by; junk never fails a request.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use countersign_domain::secret::Secret;
use http::HeaderMap;
use http::header::USER_AGENT;
use http::request::Parts;

use super::agent::{self, DeviceKind};
use super::place::{self, Place};

/// The address that the connection came from, set by the Lambda adapter or by the local server. `X-Forwarded-For` is never read:
/// anyone can write it (CVE-2023-36456).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The id of the request, in logs and in problem documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);

/// The secret that the edge in front of us adds to each request; only then are its place headers believed.
#[derive(Debug, Clone)]
pub(crate) struct TrustedEdge(pub(crate) Option<Arc<Secret<String>>>);

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The address as canonical text (RFC 5952; an IPv4-mapped one as IPv4); `unknown` if the connection has none.
    pub address: String,
    /// "Lisbon, PT".
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// "AS1234".
    pub network: Option<String>,
    /// "Firefox".
    pub browser: Option<String>,
    /// "Linux".
    pub os: Option<String>,
    /// The kind of machine.
    pub device_kind: DeviceKind,
    /// The start of the `User-Agent` as it came, printable ASCII only.
    pub user_agent: String,
    /// The request's id.
    pub request_id: String,
}

impl Caller {
    /// What one customer of a network has: the address, or the /64 of an IPv6 one, of which each address can be had for the asking.
    pub fn address_block(&self) -> String {
        self.address.parse::<Ipv6Addr>().map_or_else(
            |_| self.address.clone(),
            |address| Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        )
    }

    /// Reads what the headers tell.
    fn read(parts: &Parts) -> Self {
        let extensions = &parts.extensions;
        let trusted = extensions
            .get::<TrustedEdge>()
            .is_some_and(|edge| comes_through(edge, &parts.headers));
        let Place {
            address: viewer,
            name: place,
            country,
            network,
        } = if trusted {
            place::read(&parts.headers)
        } else {
            Place::default()
        };
        let address = viewer.or_else(|| extensions.get::<ClientAddress>().map(|client| client.0));
        let user_agent: String = parts
            .headers
            .get(USER_AGENT)
            .map(|value| {
                value
                    .as_bytes()
                    .iter()
                    .filter(|byte| matches!(byte, b' '..=b'~'))
                    .take(256)
                    .map(|byte| char::from(*byte))
            })
            .into_iter()
            .flatten()
            .collect();
        let agent = agent::parse(&user_agent);
        Self {
            address: address.map_or_else(|| "unknown".to_owned(), |address| address.to_canonical().to_string()),
            place,
            country,
            network,
            browser: agent.browser,
            os: agent.os,
            device_kind: agent.kind,
            user_agent,
            request_id: extensions
                .get::<RequestId>()
                .map(|id| id.0.to_string())
                .unwrap_or_default(),
        }
    }
}

fn comes_through(edge: &TrustedEdge, headers: &HeaderMap) -> bool {
    let sent = headers.get("x-countersign-edge");
    edge.0
        .as_ref()
        .zip(sent)
        .is_some_and(|(secret, sent)| secret.matches(sent.as_bytes()))
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(parts))
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn caller(headers: &[(&str, &str)]) -> Caller {
        let mut request = Request::builder()
            .extension(ClientAddress("::ffff:192.0.2.7".parse().unwrap()))
            .extension(TrustedEdge(Some(Arc::new(Secret::new("edge-secret".to_owned())))));
        for (name, value) in headers {
            request = request.header(*name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        Caller::read(&request.body(()).unwrap().into_parts().0)
    }

    const PLACE: [(&str, &str); 5] = [
        ("cloudfront-viewer-address", "203.0.113.9:46532"),
        ("cloudfront-viewer-country", "PT"),
        ("cloudfront-viewer-city", "Lisbon"),
        ("cloudfront-viewer-asn", "64500"),
        ("x-forwarded-for", "198.51.100.1"),
    ];

    #[test]
    fn a_forwarded_address_is_never_believed() {
        assert_eq!(
            caller(&[("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=203.0.113.9")]).address,
            "192.0.2.7"
        );
    }

    #[test]
    fn place_headers_are_nothing_without_the_edges_secret() {
        let plain = caller(&PLACE);
        assert_eq!(
            (plain.address.as_str(), &plain.place, &plain.network),
            ("192.0.2.7", &None, &None)
        );
        let wrong = caller(&[PLACE.as_slice(), &[("x-countersign-edge", "edge-secre")]].concat());
        assert_eq!((wrong.address.as_str(), &wrong.country), ("192.0.2.7", &None));
    }

    #[test]
    fn the_edge_tells_address_place_and_network() {
        let caller = caller(&[PLACE.as_slice(), &[("x-countersign-edge", "edge-secret")]].concat());
        assert_eq!(caller.address, "203.0.113.9");
        assert_eq!(caller.place.as_deref(), Some("Lisbon, PT"));
        assert_eq!(caller.network.as_deref(), Some("AS64500"));
    }

    #[test]
    fn without_a_secret_in_the_configuration_no_edge_is_trusted() {
        let edge = TrustedEdge(None);
        let mut headers = HeaderMap::new();
        headers.insert("x-countersign-edge", http::HeaderValue::from_static(""));
        assert!(!comes_through(&edge, &headers));
    }

    #[test]
    fn a_user_agent_is_cut_and_cleaned() {
        let long = "é".repeat(10) + &"a".repeat(1000);
        assert_eq!(caller(&[("user-agent", &long)]).user_agent, "a".repeat(256));
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_headers_hold_there_is_a_caller(values: [Vec<u8>; 7]) {
            let names = [
                "user-agent", "x-countersign-edge", "cloudfront-viewer-address", "cloudfront-viewer-country",
                "cloudfront-viewer-city", "cloudfront-viewer-asn", "cookie",
            ];
            let mut headers = HeaderMap::new();
            for (name, value) in names.into_iter().zip(values) {
                let _ = http::HeaderValue::from_bytes(&value).map(|value| headers.insert(name, value));
            }
            place::read(&headers);
            crate::http::Cookie::Session.read(&headers);
            let mut parts = Request::new(()).into_parts().0;
            parts.headers = headers;
            proptest::prop_assert_eq!(Caller::read(&parts).address, "unknown");
        }
    }
}
