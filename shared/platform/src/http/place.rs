//! Where a request comes from, read from CloudFront's viewer headers. Each is optional; a strange value is left out.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// What the edge tells of a viewer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) address: Option<IpAddr>,
    pub(super) name: Option<String>,
    pub(super) country: Option<String>,
    pub(super) network: Option<String>,
}

/// Reads the headers. The caller has checked that they come from the edge.
pub(super) fn read(headers: &HeaderMap) -> Place {
    let country = text(headers, "cloudfront-viewer-country")
        .filter(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
    let name = text(headers, "cloudfront-viewer-country-name");
    let place = match (text(headers, "cloudfront-viewer-city"), &country, name) {
        (Some(city), Some(code), _) => Some(format!("{city}, {code}")),
        (_, _, Some(name)) => Some(name),
        (_, Some(code), None) => Some(code.clone()),
        _ => None,
    };
    let network = text(headers, "cloudfront-viewer-asn")
        .filter(|asn| asn.len() <= 10 && asn.bytes().all(|byte| byte.is_ascii_digit()))
        .map(|asn| format!("AS{asn}"));
    Place {
        address: text(headers, "cloudfront-viewer-address").and_then(|text| address(&text)),
        name: place,
        country,
        network,
    }
}

/// An address with a port; CloudFront writes IPv6 ones without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.rsplit_once(':').and_then(|(address, _)| address.parse().ok());
    text.parse::<SocketAddr>().map(|socket| socket.ip()).ok().or_else(bare)
}

/// A header's text: percent-decoded, at most 64 characters, without anything that could draw over a page or a log line.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    let text = String::from_utf8(percent_decoded(value)).ok()?;
    let text = text.trim();
    let plain = |character: char| {
        !character.is_control()
            && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    (!text.is_empty() && text.chars().count() <= 64 && text.chars().all(plain)).then(|| text.to_owned())
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let decoded = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        out.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn both_kinds_of_addresses_are_read() {
        for (text, expected) in [
            ("198.51.100.10:46532", "198.51.100.10"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("2001:0db8:0000:0000:0000:0000:0000:0001:46532", "2001:db8::1"),
        ] {
            assert_eq!(
                address(text).map(|ip| ip.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(address("nonsense"), None);
    }

    #[test]
    fn a_city_in_percent_code_is_read_and_a_missing_one_gives_the_country() {
        let read = |pairs| read(&headers(pairs)).name;
        assert_eq!(
            read(&[
                ("cloudfront-viewer-city", "S%C3%A3o%20Paulo"),
                ("cloudfront-viewer-country", "BR")
            ])
            .as_deref(),
            Some("São Paulo, BR")
        );
        assert_eq!(
            read(&[
                ("cloudfront-viewer-country", "PT"),
                ("cloudfront-viewer-country-name", "Portugal")
            ])
            .as_deref(),
            Some("Portugal")
        );
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn strange_values_are_left_out() {
        let strange = read(&headers(&[
            ("cloudfront-viewer-country", "pt<script>"),
            ("cloudfront-viewer-city", "%0d%0aSet-Cookie: x"),
            ("cloudfront-viewer-asn", "12; DROP"),
            ("cloudfront-viewer-address", "localhost:80"),
        ]));
        assert_eq!(strange, Place::default());
        assert_eq!(percent_decoded(b"100%"), b"100%");
        assert_eq!(percent_decoded(b"%zz%4"), b"%zz%4");
    }
}
