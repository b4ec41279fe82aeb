//! What a phone says about itself: model, language, capabilities, each bounded before anything keeps it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that a phone said breaks its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too long, empty, or with characters that it may not hold")]
pub struct InvalidWord;

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $valid:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidWord;
            fn from_str(text: &str) -> Result<Self, InvalidWord> {
                text.to_owned().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidWord;
            fn try_from(text: String) -> Result<Self, InvalidWord> {
                if $valid(&text) { Ok(Self(text)) } else { Err(InvalidWord) }
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.0
            }
        }
    };
}

word!(/// What the member sees in the list: 1–64 characters, not blank, none of them control or direction-changing.
    Model, is_model);
word!(/// A language tag (RFC 5646 §4.4.1: 35 characters are enough for all).
    Language, is_language);
word!(/// One thing that the app can do, as `number_matching`: 1–32 printable ASCII characters.
    Capability, is_capability);

fn is_model(text: &str) -> bool {
    // Overrides of direction would let a phone's name rewrite the text around it in the member's list.
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    !text.trim().is_empty() && text.chars().count() <= 64 && !text.chars().any(hidden)
}

fn is_language(text: &str) -> bool {
    (1..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_capability(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What the app can do: at most 16 capabilities; unknown ones are kept and ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Capability>", into = "Vec<Capability>")]
pub struct Capabilities(Vec<Capability>);

impl Capabilities {
    /// The app asks for the number that the sign-in page shows.
    pub const NUMBER_MATCHING: &str = "number_matching";
    /// The device can say that it was unlocked for an answer.
    pub const UNLOCK: &str = "unlock";

    /// Whether the app named this capability.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|capability| capability.as_str() == name)
    }
}

impl TryFrom<Vec<Capability>> for Capabilities {
    type Error = InvalidWord;
    fn try_from(capabilities: Vec<Capability>) -> Result<Self, InvalidWord> {
        if capabilities.len() <= 16 {
            Ok(Self(capabilities))
        } else {
            Err(InvalidWord)
        }
    }
}

impl From<Capabilities> for Vec<Capability> {
    fn from(capabilities: Capabilities) -> Self {
        capabilities.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_one_to_sixty_four_visible_characters() {
        assert!("Pixel 9".parse::<Model>().is_ok());
        assert!("é".repeat(64).parse::<Model>().is_ok());
        for text in ["", "  ", "a\nb", "a\u{202E}b", &"é".repeat(65)] {
            assert!(text.parse::<Model>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_language_is_at_most_thirty_five_characters_of_a_tag() {
        assert!("pt-BR".parse::<Language>().is_ok());
        for text in ["", "pt_BR", "<b>", &"a".repeat(36)] {
            assert!(text.parse::<Language>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn capabilities_are_at_most_sixteen_and_unknown_ones_are_kept() {
        let named = |count: usize| serde_json::to_string(&vec!["teleport"; count]).unwrap();
        assert!(
            serde_json::from_str::<Capabilities>(&named(16))
                .unwrap()
                .has("teleport")
        );
        assert!(serde_json::from_str::<Capabilities>(&named(17)).is_err());
        assert!(serde_json::from_str::<Capabilities>(&format!("[\"{}\"]", "a".repeat(33))).is_err());
    }
}
