//! Where a person was going before signing in: a path of ours and nothing else.

use serde::{Deserialize, Serialize};

/// A path on this origin. The attack: a link to our sign-in that ends on somebody else's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Takes a path that begins with one slash, is of printable ASCII and holds no backslash (browsers read `/\` as `//`).
    pub fn parse(text: &str) -> Option<Self> {
        let local = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
        (local && text.len() <= 512 && text.bytes().all(|b| b.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReturnTo {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("must be a path of this site")
    }
}

impl From<ReturnTo> for String {
    fn from(path: ReturnTo) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_taken() {
        assert!(ReturnTo::parse("/activity?from=1#x").is_some());
        for foreign in [
            "",
            "activity",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a b",
            "/\u{e9}",
            "/a\nb",
        ] {
            assert!(ReturnTo::parse(foreign).is_none(), "{foreign:?}");
        }
    }
}
