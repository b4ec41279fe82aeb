//! What is kept as a password hash: the password itself, a temporary access pass, recovery codes.

use countersign_domain::methods::look_up::LookedUp;
use countersign_domain::methods::pass::{Pass, PassSettings, Wanted};
use countersign_domain::methods::recovery_codes::Codes;
use countersign_domain::methods::{Binding, Response};
use countersign_domain::passwords;
use countersign_domain::secret::Secret;
use countersign_platform::entropy::SystemEntropy;

use super::timing::{Measured, beside};
use super::{Given, bare};
use crate::members::PASSWORD;

const ARGON2ID: &str = "Argon2id";

/// The password: NFC, the stored text taken apart, hashed, compared.
pub(super) fn password(given: &Given) -> Measured {
    let (pepper, password) = (given.pepper(), Secret::new(PASSWORD.to_owned()));
    let kept = passwords::keep(pepper, &SystemEntropy, &password).unwrap();
    let argon2 = bare::argon2id(pepper);
    beside(
        "password",
        || assert!(passwords::verify(pepper, &kept, &password)),
        ARGON2ID,
        || bare::stretched(&argon2, PASSWORD.as_bytes()),
    )
}

/// A temporary access pass of eight characters.
pub(super) fn pass(given: &Given) -> Measured {
    let terms = PassSettings::default().terms(Wanted::default(), given.now).unwrap();
    let (pass, shown) = Pass::issue(terms, given.pepper(), &SystemEntropy).unwrap();
    looked_up(given, "temporary access pass", Binding::Pass(pass), &shown)
}

/// The last of ten recovery codes.
pub(super) fn recovery_code(given: &Given) -> Measured {
    let codes = Codes::draw(&SystemEntropy);
    let set = codes.keep(given.pepper(), &SystemEntropy).unwrap();
    let last = Secret::new(codes.shown().pop().unwrap());
    looked_up(given, "recovery code", Binding::RecoveryCodes(set), &last)
}

fn looked_up(given: &Given, computation: &'static str, binding: Binding, typed: &Secret<String>) -> Measured {
    let (pepper, bound) = (given.pepper(), given.bound(binding));
    let salt = bound.binding.salt().unwrap();
    let argon2 = bare::argon2id(pepper);
    let right = || {
        let hashed = LookedUp::new(pepper, salt, typed).unwrap();
        bound.check(None, &Response::LookUp(&hashed), given.now).is_right()
    };
    beside(
        computation,
        || assert!(right()),
        ARGON2ID,
        || bare::stretched(&argon2, typed.expose().as_bytes()),
    )
}
