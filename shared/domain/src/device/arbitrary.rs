//! Facts about what nobody would send: it is refused, and nothing panics.

use proptest::prelude::*;
use serde_json::Value;

use super::testing::{KINDS, check, claims, header, sign, untrusted};
use super::verify::read_kid;

proptest! {
    #[test]
    fn arbitrary_text_is_refused_and_never_panics(text in any::<String>(), parts in "[A-Za-z0-9_=-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,90}") {
        for kind in KINDS {
            prop_assert_eq!(check(kind, &text), untrusted(kind));
            prop_assert_eq!(check(kind, &parts), untrusted(kind));
        }
        prop_assert!(read_kid(&text).is_err());
        let _ = text.parse::<super::code::PairingCode>();
        let _ = text.parse::<super::key::DeviceKey>();
        let _ = text.parse::<super::words::Model>();
    }

    #[test]
    fn arbitrary_claims_rightly_signed_never_panic(text in any::<String>(), number in any::<i64>()) {
        for kind in KINDS {
            for name in claims(kind).as_object().unwrap().keys() {
                for value in [Value::from(text.as_str()), Value::from(number), Value::Null] {
                    let mut claims = claims(kind);
                    claims[name] = value;
                    let _ = check(kind, &sign(&header(kind), &claims));
                }
            }
        }
    }
}
