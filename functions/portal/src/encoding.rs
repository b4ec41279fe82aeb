//! Chooses the form a file is sent in from `Accept-Encoding` (RFC 9110, section 12.5.3).

use axum::http::{HeaderMap, header};

use crate::files::File;

/// The bytes to send, and what `Content-Encoding` to name; `None` is as they are.
pub(crate) fn choose(file: &File, headers: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    let accepted = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",");
    let forms = [("br", file.brotli), ("gzip", file.gzip)];
    for (name, bytes) in forms {
        if let Some(bytes) = bytes.filter(|_| accepts(&accepted, name)) {
            return (bytes, Some(name));
        }
    }
    (file.identity, None)
}

/// Whether the coding is named (or `*` is) with a weight above zero; an exact name outweighs the star.
fn accepts(accepted: &str, coding: &str) -> bool {
    let weight = |wanted: &str| {
        accepted.split(',').find_map(|item| {
            let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
            name.trim().eq_ignore_ascii_case(wanted).then(|| positive(parameters))
        })
    };
    weight(coding).or_else(|| weight("*")).unwrap_or(false)
}

fn positive(parameters: &str) -> bool {
    let quality = parameters
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("q="));
    quality.is_none_or(|value| value.trim().parse::<f32>().is_ok_and(|number| number > 0.0))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn a_coding_is_sent_only_to_who_takes_it() {
        for (header, br, gzip) in [
            ("", false, false),
            ("gzip, deflate, br", true, true),
            ("GZIP", false, true),
            ("br;q=0, gzip;q=0.5", false, true),
            ("*", true, true),
            ("*, br;q=0", false, true),
            ("identity", false, false),
            ("brotli", false, false),
        ] {
            assert_eq!(accepts(header, "br"), br, "{header}");
            assert_eq!(accepts(header, "gzip"), gzip, "{header}");
        }
    }
}
