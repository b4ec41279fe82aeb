//! User agents in words: "Firefox on Linux", and what kind of machine that is. Shown to people, never decided on.

use woothee::parser::Parser;

/// What a `User-Agent` says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// "Firefox"; absent when nothing is known.
    pub browser: Option<String>,
    /// "Linux"; absent when nothing is known.
    pub os: Option<String>,
    /// The kind of machine.
    pub kind: DeviceKind,
}

/// The kind of machine that a request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DeviceKind {
    /// A computer.
    Desktop,
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A program, a television, or nothing that is known.
    #[default]
    Other,
}

impl DeviceKind {
    /// As it stands in answers and rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Other => "other",
        }
    }
}

/// Reads a `User-Agent` (RFC 9110 §10.1.5). Anything is accepted; what is not understood is left out.
pub fn parse(text: &str) -> Agent {
    let Some(found) = Parser::new().parse(text) else {
        return Agent {
            browser: None,
            os: None,
            kind: DeviceKind::Other,
        };
    };
    let known = |name: &str| (name != "UNKNOWN").then(|| name.to_owned());
    let os = known(found.os).map(|os| match os.as_str() {
        "Mac OSX" => "macOS".to_owned(),
        "iPhone" | "iPod" => "iOS".to_owned(),
        "iPad" => "iPadOS".to_owned(),
        windows if windows.starts_with("Windows") && !windows.contains("Phone") => "Windows".to_owned(),
        _ => os,
    });
    let tablet = found.os == "iPad" || (found.os == "Android" && !text.contains("Mobile"));
    let kind = match found.category {
        "pc" => DeviceKind::Desktop,
        "smartphone" if tablet => DeviceKind::Tablet,
        "smartphone" | "mobilephone" => DeviceKind::Phone,
        _ => DeviceKind::Other,
    };
    Agent {
        browser: known(found.name),
        os,
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_told_apart() {
        use DeviceKind::{Desktop, Other, Phone, Tablet};
        let cases = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox",
                "Linux",
                Desktop,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome",
                "Windows",
                Desktop,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge",
                "Windows",
                Desktop,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari",
                "macOS",
                Desktop,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari",
                "iOS",
                Phone,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome",
                "Android",
                Phone,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome",
                "Android",
                Tablet,
            ),
        ];
        for (text, browser, os, kind) in cases {
            let agent = parse(text);
            assert_eq!(
                (agent.browser.as_deref(), agent.os.as_deref(), agent.kind),
                (Some(browser), Some(os), kind)
            );
        }
        assert_eq!(parse("curl/8.5.0").kind, Other);
    }

    #[test]
    fn junk_is_nobody() {
        for junk in ["", "-", "\u{fffd}", "Mozilla", &"x".repeat(4096)] {
            assert_eq!(parse(junk).kind, DeviceKind::Other, "{junk}");
        }
    }
}
