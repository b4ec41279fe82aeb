//! Phone numbers, parsed at the door: E.164, valid in its country's numbering plan, and of a kind that proves that one has a phone.

use std::fmt;
use std::str::FromStr;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::refusal::Refusal;

/// The longest text that is looked at: 15 digits (ITU-T E.164 §6.1) with what people put between them.
const LONGEST: usize = 32;

/// A country by its ISO 3166-1 code: two capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??") // two ASCII letters: see `from_str`
    }

    /// What its numbers begin with after the `+`; none, if it has no numbering plan.
    pub fn calling_code(self) -> Option<u16> {
        DATABASE.by_id(self.as_str()).map(phonenumber::Metadata::country_code)
    }

    fn id(self) -> Option<Id> {
        self.as_str().parse().ok()
    }

    /// What somebody here types. The library takes the trunk prefix of here off numbers of elsewhere too – in the United States the 1 off
    /// +49 151 – which refuses them or makes them a stranger's; so what is international is read without a home.
    fn read(self, typed: &str) -> Option<phonenumber::PhoneNumber> {
        let (id, plan) = (self.id()?, DATABASE.by_id(self.as_str())?);
        let begins = typed.find(|c: char| c == '+' || c.is_ascii_digit())?;
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let international = if typed.get(begins..)?.starts_with('+') {
            Some(digits.as_str())
        } else {
            let dialled = plan.international_prefix().and_then(|prefix| prefix.find(&digits));
            let dialled = dialled.filter(|found| found.start() == 0);
            dialled
                .and_then(|found| digits.get(found.end()..))
                .filter(|rest| !rest.starts_with('0'))
        };
        match international {
            Some(digits) => phonenumber::parse(None, format!("+{digits}")),
            None => phonenumber::parse(Some(id), typed),
        }
        .ok()
    }
}

impl FromStr for Country {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        match text.as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => Err(Refusal::PhoneNumberInvalid),
        }
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|_: Refusal| "not a country's two letters")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What goes to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// Text messages.
    Texts,
    /// Calls.
    Calls,
}

/// A number, with the country whose plan it is of. It is told only to whoever carries the message: pages and logs see it masked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNumber {
    e164: E164,
    country: Country,
    /// What it begins with after the `+`: kept, so that showing a number takes no numbering plans.
    calling_code: u16,
}

/// The number as the service that carries messages takes it. What is stored was parsed when it came in, so reading it back takes no
/// numbering plans, only its shape.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct E164(String);

impl TryFrom<String> for E164 {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if is_e164(&text) {
            Ok(Self(text))
        } else {
            Err("not an E.164 number")
        }
    }
}

/// Whether a text has the shape of an international number (ITU-T E.164 §6.1), whatever any numbering plan says of it.
pub fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.0
    }
}

impl PhoneNumber {
    /// Takes a number as people write it, national in `home` or international.
    ///
    /// Refused is what is no number of any plan, what has an extension, and what costs the organization or proves nothing: premium and
    /// shared-cost lines (the attack: a line of one's own that earns by each message), toll-free and company numbers, pagers, and `VoIP`,
    /// which proves no device (NIST SP 800-63B-4 §3.1.3.1). A text message also cannot go to a line that is known to be fixed.
    pub fn parse(text: &str, home: Country, carries: Carries) -> Result<Self, Refusal> {
        const NO: Refusal = Refusal::PhoneNumberInvalid;
        if text.len() > 4 * LONGEST {
            return Err(NO);
        }
        let typed: String = text.nfkc().filter(|c| !c.is_whitespace() && !hidden(*c)).collect();
        let written = typed.bytes().all(|b| b.is_ascii_digit() || b"+-.()/".contains(&b));
        if !written || typed.len() > LONGEST || !typed.bytes().any(|b| b.is_ascii_digit()) {
            return Err(NO);
        }
        let parsed = home.read(&typed).ok_or(NO)?;
        let fits = match parsed.number_type(&DATABASE) {
            Type::Mobile | Type::FixedLineOrMobile => true,
            Type::FixedLine => carries == Carries::Calls,
            _ => false,
        };
        if !fits || parsed.extension().is_some() || !phonenumber::is_valid(&parsed) {
            return Err(NO);
        }
        // The plan decides, not what was chosen: +1 876 is Jamaica, however it is written.
        let country = parsed.country().id().ok_or(NO)?;
        Ok(Self {
            e164: parsed
                .format()
                .mode(Mode::E164)
                .to_string()
                .try_into()
                .map_err(|_| NO)?,
            country: country.as_ref().parse()?,
            calling_code: parsed.country().code(),
        })
    }

    /// As the service that carries messages takes it.
    pub fn e164(&self) -> &str {
        &self.e164.0
    }

    /// The country whose plan it is of.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// As it is shown: the calling code and the last two digits, which tell one's own numbers apart and nobody else's.
    pub fn masked(&self) -> String {
        let last = self
            .e164
            .0
            .get(self.e164.0.len().saturating_sub(2)..)
            .unwrap_or_default();
        format!("+{} ··· ··{last}", self.calling_code)
    }
}

/// Marks of direction and the like, which come along when a number is copied from a page.
const fn hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn country(code: &str) -> Country {
        code.parse().unwrap()
    }

    fn parsed(text: &str, home: &str) -> Result<String, Refusal> {
        PhoneNumber::parse(text, country(home), Carries::Texts).map(|number| number.e164().to_owned())
    }

    #[test]
    fn a_number_is_taken_as_people_write_it() {
        for (text, home, e164) in [
            ("912 345 678", "PT", "+351912345678"),
            ("+351 912 345 678", "DE", "+351912345678"),
            ("00351 912345678", "DE", "+351912345678"),
            ("0151/23456789", "DE", "+4915123456789"),
            ("07911 123456", "GB", "+447911123456"),
            ("(201) 555-0123", "US", "+12015550123"),
            ("\u{202A}+351\u{A0}912\u{A0}345\u{A0}678\u{202C}", "PT", "+351912345678"),
            ("＋３５１９１２３４５６７８", "PT", "+351912345678"),
        ] {
            assert_eq!(parsed(text, home), Ok(e164.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn an_international_number_is_the_same_from_every_country() {
        for (text, e164) in [
            ("+49 151 23456789", "+4915123456789"), // begins as the trunk prefix of the United States does
            ("(+49) 151/23456789", "+4915123456789"),
            ("+49 (0)151 23456789", "+4915123456789"),
            ("+351 912 345 678", "+351912345678"),
            ("+1 876 210 1234", "+18762101234"),
        ] {
            for home in ["PT", "US", "DE", "RU", "HU", "JP"] {
                assert_eq!(parsed(text, home), Ok(e164.to_owned()), "{text:?} from {home}");
            }
        }
        for (text, home) in [
            ("011 49 151 23456789", "US"),
            ("810 49 151 23456789", "RU"),
            ("010 49 151 23456789", "JP"),
        ] {
            assert_eq!(
                parsed(text, home),
                Ok("+4915123456789".to_owned()),
                "{text:?} from {home}"
            );
        }
    }

    #[test]
    fn what_is_no_phone_of_a_person_is_refused() {
        for (text, home) in [
            ("", "PT"),
            ("+", "PT"),
            ("12", "PT"),
            ("912345678901234567890", "PT"),
            ("912 345 678;ext=12", "PT"),
            ("912 345 678 x12", "PT"),
            ("tel:+351912345678", "PT"),
            ("+351 212 345 678", "PT"), // a fixed line takes no texts
            ("0900 123456", "AT"),      // premium
            ("+1 900 555 0123", "US"),  // premium
            ("+1 800 723 3456", "US"),  // toll-free
            ("+44 56 1234 5678", "GB"), // VoIP
            ("+44 70 1234 5678", "GB"), // follows its owner, and costs
            ("+800 1234 5678", "PT"),   // of no country
            ("+979 123 456 789", "PT"), // premium of no country
            ("+999 1234 5678", "PT"),
        ] {
            assert_eq!(parsed(text, home), Err(Refusal::PhoneNumberInvalid), "{text:?}");
        }
        let fixed = PhoneNumber::parse("+351 212 345 678", country("PT"), Carries::Calls);
        assert_eq!(fixed.unwrap().e164(), "+351212345678");
    }

    /// The attack: a costly island behind a calling code that the organization allows.
    #[test]
    fn the_numbering_plan_says_the_country_and_not_the_one_who_types() {
        for (text, home, is) in [
            ("876 210 1234", "US", "JM"),
            ("+1 876 210 1234", "US", "JM"),
            ("+1 613 782 7274", "US", "CA"),
            ("+44 7700 300123", "GB", "JE"),
            ("+351 912 345 678", "US", "PT"),
        ] {
            let number = PhoneNumber::parse(text, country(home), Carries::Texts).unwrap();
            assert_eq!(number.country(), country(is), "{text}");
        }
    }

    #[test]
    fn a_number_is_shown_masked_everywhere() {
        let number = PhoneNumber::parse("912 345 642", country("PT"), Carries::Texts).unwrap();
        assert_eq!(number.masked(), "+351 ··· ··42");
        assert_eq!(format!("{number:?}"), "+351 ··· ··42");
    }

    #[test]
    fn a_stored_number_comes_back_as_it_went_and_nothing_else_does() {
        let number = PhoneNumber::parse("912 345 642", country("PT"), Carries::Texts).unwrap();
        let json = serde_json::to_value(&number).unwrap();
        assert_eq!(
            json,
            serde_json::json!({ "e164": "+351912345642", "country": "PT", "calling_code": 351 })
        );
        assert_eq!(serde_json::from_value::<PhoneNumber>(json).unwrap(), number);
        for text in ["351912345642", "+351 912", "+1", "+1234567890123456"] {
            let json = serde_json::json!({ "e164": text, "country": "PT", "calling_code": 351 });
            assert!(serde_json::from_value::<PhoneNumber>(json).is_err(), "{text}");
        }
        for code in ["P", "PRT", "P1", ""] {
            assert!(code.parse::<Country>().is_err(), "{code}");
        }
    }

    #[test]
    fn a_country_knows_its_calling_code() {
        let code = |code| country(code).calling_code();
        assert_eq!(
            [code("PT"), code("pt"), code("US"), code("CA"), code("ZZ")],
            [Some(351), Some(351), Some(1), Some(1), None]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever is typed is a number in E.164 that parses to itself, or refused; never anything else.
        #[test]
        fn whatever_is_typed_is_a_number_or_refused(text in "\\PC{0,40}", home in "[A-Z]{2}") {
            if let Ok(number) = PhoneNumber::parse(&text, country(&home), Carries::Calls) {
                let again = PhoneNumber::parse(number.e164(), country("PT"), Carries::Calls);
                prop_assert_eq!(again, Ok(number));
            }
        }

        /// The same among texts that come close.
        #[test]
        fn digits_and_signs_are_a_number_or_refused(text in "\\+?[0-9 ()./+-]{0,36}", home in prop::sample::select(vec!["PT", "US", "IT", "GB", "DE", "AR", "MX", "RU"])) {
            if let Ok(number) = PhoneNumber::parse(&text, country(home), Carries::Calls) {
                prop_assert!(number.e164().starts_with('+') && (8..=16).contains(&number.e164().len()));
                let again = PhoneNumber::parse(number.e164(), country("PT"), Carries::Calls);
                prop_assert_eq!(again, Ok(number));
            }
        }
    }
}
