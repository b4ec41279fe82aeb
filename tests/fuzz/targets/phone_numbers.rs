//! Phone numbers: whatever is typed is one number in E.164, the same from everywhere, or refused.
//!
//! An input is the two letters of a country, `t` for texts or `c` for calls, and what is typed: `PTt912 345 678`.
#![no_main]

use countersign_domain::phone_numbers::{Carries, Country, PhoneNumber};
use countersign_domain::refusal::Refusal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (Some(home), Some(typed)) = (input.get(..2), input.get(3..)) else {
        return;
    };
    let Ok(home) = home.parse::<Country>() else { return };
    let carries = if input.as_bytes()[2] == b't' {
        Carries::Texts
    } else {
        Carries::Calls
    };
    let number = match PhoneNumber::parse(typed, home, carries) {
        Ok(number) => number,
        Err(refusal) => {
            assert_eq!(refusal, Refusal::PhoneNumberInvalid);
            return;
        }
    };
    let e164 = number.e164();
    let digits = e164.strip_prefix('+').expect("an E.164 number begins with +");
    assert!((7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));

    // The plan says the country, so the number is the same from anywhere; and what takes texts takes calls.
    for from in ["PT", "US", home.as_str()] {
        let from = from.parse().expect("a country");
        assert_eq!(
            PhoneNumber::parse(e164, from, carries).as_ref(),
            Ok(&number),
            "from {from}"
        );
        assert_eq!(
            PhoneNumber::parse(e164, from, Carries::Calls).as_ref(),
            Ok(&number),
            "as calls from {from}"
        );
    }
    let code = number.country().calling_code().expect("a country with numbers");
    assert!(
        digits.starts_with(&code.to_string()),
        "the number is not of its country"
    );

    // Shown is the calling code and two digits, whatever the number.
    let shown = number.masked();
    assert_eq!(shown, format!("+{code} ··· ··{}", &digits[digits.len() - 2..]));
    assert_eq!(format!("{number:?}"), shown);

    let stored = serde_json::to_string(&number).expect("a number is written");
    assert_eq!(
        serde_json::from_str::<PhoneNumber>(&stored).ok().as_ref(),
        Some(&number)
    );
});
