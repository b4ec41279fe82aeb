//! AAGUIDs: which model of authenticator holds a credential (WebAuthn Level 3 §6.5.1). Without attestation it is only what it says of itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The text is not an AAGUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an AAGUID such as 2fc0579f-8113-47ea-b116-bb5a8db9202a")]
pub struct InvalidAaguid;

/// A model of authenticator. All zeroes where it does not say.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Aaguid([u8; 16]);

/// How many hexadecimal digits stand between the dashes (RFC 9562 §4).
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

impl Aaguid {
    /// From its bytes.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Whether it names no model.
    pub fn is_silent(self) -> bool {
        self.0 == [0; 16]
    }
}

impl fmt::Display for Aaguid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Aaguid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Aaguid {
    type Err = InvalidAaguid;

    fn from_str(text: &str) -> Result<Self, InvalidAaguid> {
        let groups: Vec<usize> = text.split('-').map(str::len).collect();
        if groups != GROUPS || !text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()) {
            return Err(InvalidAaguid);
        }
        let number = u128::from_str_radix(&text.replace('-', ""), 16).map_err(|_| InvalidAaguid)?;
        Ok(Self(number.to_be_bytes()))
    }
}

impl TryFrom<String> for Aaguid {
    type Error = InvalidAaguid;
    fn try_from(text: String) -> Result<Self, InvalidAaguid> {
        text.parse()
    }
}

impl From<Aaguid> for String {
    fn from(aaguid: Aaguid) -> Self {
        aaguid.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aaguid_comes_back_as_it_went_and_anything_else_is_none() {
        let text = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
        assert_eq!(text.parse::<Aaguid>().unwrap().to_string(), text);
        assert_eq!(text.to_uppercase().parse::<Aaguid>().unwrap().to_string(), text);
        assert!(Aaguid::default().is_silent() && !text.parse::<Aaguid>().unwrap().is_silent());
        for wrong in [
            "",
            "2fc0579f",
            "2fc0579f811347eab116bb5a8db9202a",
            &text[1..],
            "zzc0579f-8113-47ea-b116-bb5a8db9202a",
        ] {
            assert!(wrong.parse::<Aaguid>().is_err(), "{wrong}");
        }
        assert!("+fc0579f-8113-47ea-b116-bb5a8db9202a".parse::<Aaguid>().is_err());
    }
}
