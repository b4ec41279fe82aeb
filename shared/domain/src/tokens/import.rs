//! A row of an import: six fields to a token, or what is wrong with which of them.

use crate::names::{Label, SerialNumber, UserName};
use crate::secret::Secret;

/// The columns, in their order (the file that manufacturers deliver for Microsoft Entra).
pub const COLUMNS: [&str; 6] = [
    "upn",
    "serial number",
    "secret key",
    "time interval",
    "manufacturer",
    "model",
];
/// The longest field that is looked at, in bytes.
const LONGEST: usize = 256;
/// Shortest seed in bytes: 128 bits (RFC 4226 §4, R6).
const SHORTEST_SEED: usize = 16;
/// Longest seed in bytes: a block of the hash; a longer key would be hashed first.
const LONGEST_SEED: usize = 64;

/// A token to be.
#[derive(Debug, Clone)]
pub struct Row {
    /// For whom it is kept, where the file says so.
    pub user_name: Option<UserName>,
    /// Its serial number.
    pub serial: SerialNumber,
    /// Its seed.
    pub seed: Secret<Vec<u8>>,
    /// Seconds of a step.
    pub period: u64,
    /// Who made it.
    pub manufacturer: Label,
    /// What it is called there.
    pub model: Label,
}

/// Why a row was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Not six fields.
    Columns,
    /// A field is not text in UTF-8.
    Encoding,
    /// A field is longer than any of its kind.
    TooLong,
    /// No user name.
    Upn,
    /// A user name that no account has.
    UpnUnknown,
    /// No serial number.
    Serial,
    /// No seed in Base32, or too short or long a one.
    Seed,
    /// A step that no token has.
    Interval,
    /// Not a name to show.
    Name,
    /// Another token with this serial number, and another seed, is there.
    SerialTaken,
}

impl Flaw {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Columns,
        Self::Encoding,
        Self::TooLong,
        Self::Upn,
        Self::UpnUnknown,
        Self::Serial,
        Self::Seed,
        Self::Interval,
        Self::Name,
        Self::SerialTaken,
    ];

    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Columns => "row.columns",
            Self::Encoding => "row.encoding",
            Self::TooLong => "row.too_long",
            Self::Upn => "upn.invalid",
            Self::UpnUnknown => "upn.unknown",
            Self::Serial => "serial_number.invalid",
            Self::Seed => "secret_key.invalid",
            Self::Interval => "time_interval.invalid",
            Self::Name => "name.invalid",
            Self::SerialTaken => "serial_number.taken",
        }
    }

    /// What to do about it, in a sentence.
    pub const fn fix(self) -> &'static str {
        match self {
            Self::Columns => "Give the row six fields, and check that no quotation mark is left open.",
            Self::Encoding => "Save the file as CSV UTF-8.",
            Self::TooLong => "Shorten the field; check that a quotation mark is not left open.",
            Self::Upn => "Enter a user name of letters, digits, dots, dashes or underscores, or leave the field empty.",
            Self::UpnUnknown => "Create this person first, correct the user name, or leave the field empty.",
            Self::Serial => "Enter 1 to 64 letters, digits, dashes, dots or underscores, as printed on the token.",
            Self::Seed => "Enter the secret in Base32, as delivered: 16 to 64 bytes.",
            Self::Interval => "Enter 30 or 60.",
            Self::Name => "Enter 1 to 64 characters, without line breaks.",
            Self::SerialTaken => "Check the serial number. To replace the token that is there, delete it first.",
        }
    }
}

/// What is wrong, and in which column (from 1; none where it is the whole row).
pub type Fault = (Option<usize>, Flaw);

/// A row's fields to a token. The seed goes into no message: a flaw names its column.
pub fn parse<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Result<Row, Fault> {
    let fields: Vec<&[u8]> = fields.into_iter().take(COLUMNS.len() + 1).collect();
    let Ok(fields) = <[&[u8]; 6]>::try_from(fields) else {
        return Err((None, Flaw::Columns));
    };
    let [upn, serial, secret, interval, manufacturer, model] = fields;
    let field = |place: usize, bytes: &'a [u8]| {
        if bytes.len() > LONGEST {
            return Err((Some(place), Flaw::TooLong));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| (Some(place), Flaw::Encoding))?;
        Ok(text.trim())
    };
    let upn = field(1, upn)?;
    let user_name = match upn {
        "" => None,
        named => Some(named.parse().map_err(|_| (Some(1), Flaw::Upn))?),
    };
    Ok(Row {
        user_name,
        serial: field(2, serial)?.parse().map_err(|_| (Some(2), Flaw::Serial))?,
        seed: seed(field(3, secret)?).ok_or((Some(3), Flaw::Seed))?,
        period: match field(4, interval)? {
            "30" => 30,
            "60" => 60,
            _ => return Err((Some(4), Flaw::Interval)),
        },
        manufacturer: field(5, manufacturer)?.parse().map_err(|_| (Some(5), Flaw::Name))?,
        model: field(6, model)?.parse().map_err(|_| (Some(6), Flaw::Name))?,
    })
}

/// Whether a line is the header; upper and lower case and spaces around do not matter.
pub fn is_header<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> bool {
    let fields: Vec<&[u8]> = fields.into_iter().take(COLUMNS.len() + 1).collect();
    let same = |(field, column): (&&[u8], &&str)| field.trim_ascii().eq_ignore_ascii_case(column.as_bytes());
    fields.len() == COLUMNS.len() && fields.iter().zip(&COLUMNS).all(same)
}

/// The bytes of a seed in Base32 (RFC 4648 §6), with or without padding, spaces and lower case.
fn seed(text: &str) -> Option<Secret<Vec<u8>>> {
    let dense: String = text
        .trim_end_matches('=')
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let dense = Secret::new(dense);
    let bytes = totp_rs::Secret::try_from_base32(dense.expose()).ok()?;
    let seed = Secret::new(bytes.as_ref().to_vec());
    (SHORTEST_SEED..=LONGEST_SEED)
        .contains(&seed.expose().len())
        .then_some(seed)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn parsed(line: &str) -> Result<Row, Fault> {
        parse(line.split(',').map(str::as_bytes))
    }

    #[test]
    fn a_row_of_the_file_is_a_token() {
        let row = parsed(&format!(" Ada@example.org ,ft-1,{SECRET},60,Feitian,c200")).unwrap();
        assert_eq!(row.user_name.unwrap().as_str(), "ada@example.org");
        assert_eq!((row.serial.as_str(), row.period), ("FT-1", 60));
        assert_eq!(row.seed.expose(), b"12345678901234567890");
        assert_eq!((row.manufacturer.as_str(), row.model.as_str()), ("Feitian", "c200"));
        assert!(
            parsed(&format!(",ft-1,{SECRET},30,Feitian,c200"))
                .unwrap()
                .user_name
                .is_none()
        );
    }

    #[test]
    fn a_seed_is_read_however_it_is_grouped_or_padded() {
        for spelling in [
            "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ====",
        ] {
            assert_eq!(seed(spelling).unwrap().expose(), b"12345678901234567890", "{spelling}");
        }
    }

    #[test]
    fn each_flaw_is_told_by_its_column() {
        let long = "x".repeat(257);
        let column = |line: String| parsed(&line).map(|_| ()).unwrap_err();
        for (line, flaw) in [
            (String::new(), (None, Flaw::Columns)),
            (format!(",1,{SECRET},30,F"), (None, Flaw::Columns)),
            (format!(",1,{SECRET},30,F,M,more"), (None, Flaw::Columns)),
            (format!("a b,1,{SECRET},30,F,M"), (Some(1), Flaw::Upn)),
            (format!("{long},1,{SECRET},30,F,M"), (Some(1), Flaw::TooLong)),
            (format!(",,{SECRET},30,F,M"), (Some(2), Flaw::Serial)),
            (format!(",=1+1,{SECRET},30,F,M"), (Some(2), Flaw::Serial)),
            (",1,,30,F,M".to_owned(), (Some(3), Flaw::Seed)),
            (",1,GEZDGNBV,30,F,M".to_owned(), (Some(3), Flaw::Seed)),
            (format!(",1,{SECRET}1,30,F,M"), (Some(3), Flaw::Seed)),
            (format!(",1,{},30,F,M", SECRET.repeat(4)), (Some(3), Flaw::Seed)),
            (format!(",1,{SECRET},45,F,M"), (Some(4), Flaw::Interval)),
            (format!(",1,{SECRET},030,F,M"), (Some(4), Flaw::Interval)),
            (format!(",1,{SECRET},30,,M"), (Some(5), Flaw::Name)),
            (format!(",1,{SECRET},30,F,\u{202E}M"), (Some(6), Flaw::Name)),
        ] {
            assert_eq!(column(line.clone()), flaw, "{line}");
        }
        let latin = parse([b"".as_slice(), b"1", SECRET.as_bytes(), b"30", b"F\xFCr", b"M"]);
        assert_eq!(latin.map(|_| ()), Err((Some(5), Flaw::Encoding)));
    }

    #[test]
    fn the_header_is_known_in_any_case_and_nothing_else_is() {
        let known = |line: &str| is_header(line.split(',').map(str::as_bytes));
        assert!(known("upn,serial number,secret key,time interval,manufacturer,model"));
        assert!(known("UPN, Serial Number ,Secret Key,Time Interval,Manufacturer,Model"));
        for bad in [
            "",
            "upn",
            "upn,serial number,secret key,time interval,manufacturer",
            "serial number,upn,secret key,time interval,manufacturer,model",
        ] {
            assert!(!known(bad), "{bad}");
        }
    }

    #[test]
    fn every_flaw_has_a_code_of_its_own_and_a_sentence() {
        let codes: BTreeSet<_> = Flaw::ALL.iter().map(|flaw| flaw.code()).collect();
        assert_eq!(codes.len(), Flaw::ALL.len());
        assert!(Flaw::ALL.iter().all(|flaw| flaw.fix().ends_with('.')));
    }

    proptest! {
        #[test]
        fn no_row_makes_the_parser_panic_and_no_flaw_tells_its_field(fields in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..9)) {
            let _ = parse(fields.iter().map(Vec::as_slice));
            let _ = is_header(fields.iter().map(Vec::as_slice));
        }

        #[test]
        fn a_seed_that_is_too_short_or_long_is_none(text in "[A-Z2-7]{0,200}") {
            let found = seed(&text).map(|seed| seed.expose().len());
            prop_assert!(found.is_none_or(|length| (SHORTEST_SEED..=LONGEST_SEED).contains(&length)));
        }
    }
}
