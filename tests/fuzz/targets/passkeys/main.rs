//! Passkeys: what a browser brings is taken only if it was made here, for what was asked, by somebody verified; all else is refused in one way.
//!
//! An input's first letter says what the rest is. `n`, `u`: a new or a used credential as JSON, as it came. `o`: an attestation object. `c`:
//! client data of a registration. `C`: client data, `d`: authenticator data of an assertion, which is then rightly signed.
#![no_main]

#[path = "../../../../shared/platform/src/fault.rs"]
#[expect(dead_code, reason = "the platform's own; passkeys use a part of it")]
mod fault;
mod held;
mod house;
mod http;
#[path = "../../../../shared/platform/src/passkeys/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "the platform's own; the options that browsers are asked are not parsed"
)]
mod passkeys;

use countersign_domain::refusal::Refusal;
use libfuzzer_sys::fuzz_target;

use http::ApiError;

/// What does not hold is refused, and as one thing. A fault would be a defect that anybody can bring about.
fn refused(error: &ApiError) {
    assert!(
        matches!(error, ApiError::Refused(Refusal::PasskeyRejected)),
        "{error:?}"
    );
}

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    match first {
        b'n' => {
            if let Ok(given) = serde_json::from_slice(rest) {
                held::registered(&given, None);
            }
        }
        b'u' => {
            if let Ok(given) = serde_json::from_slice(rest) {
                held::asserted(&given, None, None);
            }
        }
        b'o' => held::registered(&held::new_credential(&held::client_data("webauthn.create"), rest), None),
        b'c' => held::registered(&held::new_credential(rest, &held::object()), Some(rest)),
        b'C' => held::asserted(&held::used_credential(rest, &held::data(1)), Some(rest), None),
        b'd' => held::asserted(
            &held::used_credential(&held::client_data("webauthn.get"), rest),
            None,
            Some(rest),
        ),
        _ => {}
    }
});
