//! Codes by time: a generator's and a token's, from the sealed seed to the verdict.

use countersign_domain::methods::hardware_oath::Held;
use countersign_domain::methods::totp::{Generator, new_seed};
use countersign_domain::methods::{Authenticator, Binding, Response};
use countersign_domain::passwords;
use countersign_domain::secret::Secret;
use countersign_platform::entropy::SystemEntropy;
use jiff::Timestamp;
use totp_rs::{Algorithm, Builder};

use super::timing::{Measured, beside, by_itself};
use super::{Given, bare};
use crate::members::PASSWORD;

/// Seconds of a step.
const STEP: i64 = 30;

/// What a function has of one: the row, and the seed in it, sealed. The measurement knows the seed as well.
struct Kept {
    bound: Authenticator,
    row: String,
    sealed: String,
    seed: Secret<Vec<u8>>,
}

impl Kept {
    fn of(given: &Given, binding: Binding) -> Self {
        let (bound, seed) = (given.bound(binding), new_seed(&SystemEntropy));
        let row = format!("AUTHENTICATOR|{}|{}|totp|1", bound.account, bound.id);
        let sealed = given.ring.data.seal(&row, seed.expose()).unwrap();
        Self {
            bound,
            row,
            sealed,
            seed,
        }
    }

    fn opened(&self, given: &Given) -> Secret<Vec<u8>> {
        given.ring.data.open(&self.row, &self.sealed).unwrap()
    }

    /// What is shown at a distance of so many steps.
    fn code(&self, now: Timestamp, distance: i64) -> Secret<String> {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(STEP.unsigned_abs())
            .with_secret(self.seed.expose().clone())
            .build_noncompliant();
        let time = now.as_second() + STEP * distance;
        Secret::new(totp.generate(time.unsigned_abs()).to_string())
    }

    fn right(&self, given: &Given, code: &Secret<String>) -> bool {
        let seed = self.opened(given);
        self.bound
            .check(Some(&seed), &Response::Code(code), given.now)
            .is_right()
    }
}

/// A code generator's code: of this step, which is looked at first, and of the one before.
pub(super) fn generator(given: &Given) -> [Measured; 2] {
    let app = Kept::of(given, Binding::Totp(Generator::usual(String::new())));
    let (this, before) = (app.code(given.now, 0), app.code(given.now, -1));
    [
        beside(
            "code generator, this step",
            || assert!(app.right(given, &this)),
            "HMAC-SHA-1",
            || bare::hmac_sha1(app.seed.expose(), 1),
        ),
        beside(
            "code generator, the step before",
            || assert!(app.right(given, &before)),
            "2 × HMAC-SHA-1",
            || bare::hmac_sha1(app.seed.expose(), 2),
        ),
    ]
}

/// A token's code: of the last of three steps around its drift, and its first, of the last of the five within ±2.
pub(super) fn token(given: &Given) -> [Measured; 2] {
    let held = Held {
        serial: "FT-0042".parse().unwrap(),
        manufacturer: "Feitian".parse().unwrap(),
        model: "c200".parse().unwrap(),
        generator: Generator::usual(String::new()),
        drift: 0,
    };
    let token = Kept::of(given, Binding::HardwareOath(held.clone()));
    let (last, first) = (token.code(given.now, 1), token.code(given.now, 2));
    let bind = || held.clone().first_use(&token.opened(given), &first, None, given.now);
    [
        beside(
            "hardware token, third of three steps",
            || assert!(token.right(given, &last)),
            "3 × HMAC-SHA-1",
            || bare::hmac_sha1(token.seed.expose(), 3),
        ),
        beside(
            "hardware token's first code, fifth of ±2",
            || assert!(bind().is_some()),
            "5 × HMAC-SHA-1",
            || bare::hmac_sha1(token.seed.expose(), 5),
        ),
    ]
}

/// A sign-in with a password and a generator's code.
pub(super) fn with_password(given: &Given) -> Measured {
    let (pepper, password) = (given.pepper(), Secret::new(PASSWORD.to_owned()));
    let kept = passwords::keep(pepper, &SystemEntropy, &password).unwrap();
    let app = Kept::of(given, Binding::Totp(Generator::usual(String::new())));
    let code = app.code(given.now, 0);
    let argon2 = bare::argon2id(pepper);
    beside(
        "password and code generator",
        || assert!(passwords::verify(pepper, &kept, &password) && app.right(given, &code)),
        "Argon2id, HMAC-SHA-1",
        || {
            bare::hmac_sha1(app.seed.expose(), 1);
            bare::stretched(&argon2, PASSWORD.as_bytes())
        },
    )
}

/// The seed of a generator, by itself.
pub(super) fn unsealed(given: &Given) -> Measured {
    let app = Kept::of(given, Binding::Totp(Generator::usual(String::new())));
    by_itself("a seed unsealed (AES-256-GCM)", || app.opened(given))
}
