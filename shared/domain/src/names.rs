//! Names that people type, parsed at the door: user names, display names, method names, mail addresses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::refusal::Refusal;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $refusal:expr, $parse:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Refusal;
            fn from_str(text: &str) -> Result<Self, Refusal> {
                let parse: fn(&str) -> Option<String> = $parse;
                parse(text).map(Self).ok_or($refusal)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.parse().map_err(|_: Refusal| concat!("not a valid ", stringify!($name)).to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

name!(
    /// What a person signs in with: 1–64 characters, letters, digits and `. _ - @ +`, kept in lower case and NFKC, so that one person has
    /// one counter however the name is spelled.
    UserName,
    Refusal::UserNameInvalid,
    |text| {
        let canonical: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
        (within(&canonical, 64) && canonical.chars().all(allowed)).then_some(canonical)
    }
);

name!(
    /// How a person is greeted: 1–64 characters, no control characters, NFC.
    DisplayName,
    Refusal::DisplayNameInvalid,
    |text| shown(text, 64)
);

name!(
    /// What a member calls an authenticator: 1–64 characters, no control characters, NFC.
    MethodName,
    Refusal::NameInvalid,
    |text| shown(text, 64)
);

name!(
    /// What an organization calls a strength of its own: 1–64 characters, no control characters, NFC.
    StrengthName,
    Refusal::NameInvalid,
    |text| shown(text, 64)
);

name!(
    /// The name of a group: 1–64 characters, letters, digits and `. _ -`, kept in lower case and NFKC.
    GroupName,
    Refusal::GroupInvalid,
    |text| {
        let canonical: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        (within(&canonical, 64) && canonical.chars().all(allowed)).then_some(canonical)
    }
);

name!(
    /// A mail address, as far as its form tells: one `@`, a domain with a dot or `localhost`, at most 254 characters (RFC 5321 §4.5.3).
    MailAddress,
    Refusal::MailInvalid,
    |text| {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;:\"@".contains(c));
        let dotted = domain == "localhost" || (domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'));
        (within(text, 254) && local.len() <= 64 && plain(local) && plain(domain) && dotted).then(|| text.to_owned())
    }
);

name!(
    /// A hardware token's serial number, as it is printed on it: 1–64 letters and digits of ASCII, `- _ .`, kept in upper case and without
    /// spaces, so that one token has one row and one counter however its number is typed.
    SerialNumber,
    Refusal::SerialInvalid,
    |text| {
        let canonical: String = text.nfkc().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let some = canonical.chars().any(|c| c.is_ascii_alphanumeric());
        (some && within(&canonical, 64) && canonical.chars().all(allowed)).then_some(canonical)
    }
);

name!(
    /// A manufacturer or a model, as printed on a thing: 1–64 characters for display.
    Label,
    Refusal::NameInvalid,
    |text| shown(text, 64)
);

fn within(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.chars().count())
}

/// Text for display: trimmed, NFC, without control characters and without the marks that turn the reading direction around,
/// since they let one name look like another.
fn shown(text: &str, most: usize) -> Option<String> {
    let text: String = text.trim().nfc().collect();
    let bad = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (within(&text, most) && !text.chars().any(bad)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_user_name_are_one() {
        for spelling in ["ada", " Ada ", "ADA", "ａｄａ"] {
            assert_eq!(spelling.parse::<UserName>().unwrap().as_str(), "ada", "{spelling}");
        }
    }

    #[test]
    fn a_user_name_with_strange_characters_is_refused() {
        for bad in ["", " ", "a b", "a/b", "a#b", "a\u{0}b", &"x".repeat(65)] {
            assert_eq!(bad.parse::<UserName>(), Err(Refusal::UserNameInvalid), "{bad:?}");
        }
    }

    #[test]
    fn a_shown_name_cannot_turn_the_text_around() {
        assert!("Ada \u{202E}evil".parse::<DisplayName>().is_err());
        assert!("Zoë".parse::<DisplayName>().is_ok());
    }

    #[test]
    fn spellings_of_one_serial_number_are_one() {
        for spelling in ["FT-0042", " ft-0042 ", "ft -00 42", "ＦＴ-0042"] {
            assert_eq!(
                spelling.parse::<SerialNumber>().unwrap().as_str(),
                "FT-0042",
                "{spelling}"
            );
        }
        for bad in ["", "  ", "--", "..", "A/B", "A#B", "ÄB", "=1+1", &"1".repeat(65)] {
            assert_eq!(bad.parse::<SerialNumber>(), Err(Refusal::SerialInvalid), "{bad:?}");
        }
    }

    #[test]
    fn a_mail_address_needs_a_plausible_form() {
        assert!("ada@example.org".parse::<MailAddress>().is_ok());
        for bad in [
            "ada",
            "@example.org",
            "ada@",
            "a b@example.org",
            "ada@example",
            "a@b@c.org",
            "ada@.org",
        ] {
            assert!(bad.parse::<MailAddress>().is_err(), "{bad}");
        }
    }
}
