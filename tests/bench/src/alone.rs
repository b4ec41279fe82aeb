//! What is computed for a sign-in, without HTTP and without a database.

use std::hint::black_box;
use std::time::{Duration, Instant};

use countersign_device::{Client, SigningKey};
use countersign_domain::attempts::Attempts;
use countersign_domain::device::verify::{Expected, verify_proof};
use countersign_domain::ids::{AccountId, AuthenticatorId, PromptId};
use countersign_domain::methods::totp::{Generator, new_seed};
use countersign_domain::methods::{Authenticator, Binding, Response, Standing};
use countersign_domain::passwords;
use countersign_domain::prompts::number_of;
use countersign_domain::secret::Secret;
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::keys::Keyring;
use jiff::Timestamp;
use reqwest::Method;
use serde::Serialize;
use totp_rs::{Algorithm, Builder};

use crate::figures::{Table, quantile};
use crate::members::PASSWORD;

/// How long each is repeated at a time, and how many times.
const BATCH: Duration = Duration::from_millis(200);
const BATCHES: usize = 9;

/// What was measured of one computation.
#[derive(Debug, Serialize)]
pub struct Measured {
    computation: &'static str,
    /// Median over the batches.
    nanoseconds: f64,
}

/// Computes everything often enough.
pub fn measure() -> Vec<Measured> {
    let ring = Keyring::generate().unwrap();
    let pepper = ring.pepper.expose();
    let password = Secret::new(PASSWORD.to_owned());
    let kept = passwords::keep(pepper, &SystemEntropy, &password).unwrap();
    let (generator, seed, code, now) = generator();
    let right = || generator.check(Some(&seed), &Response::Code(&code), now).is_right();
    let sealed = ring.data.seal("AUTHENTICATOR|bench", seed.expose()).unwrap();
    let prompt = PromptId::new(now, &SystemEntropy);
    let (key, proof, htu) = proof();
    let at = Timestamp::now();
    let expected = Expected {
        htm: "GET",
        htu: &htu,
        body: b"",
    };
    let cookie = ring
        .cookie
        .seal_value("bench", &vec!["a sign-in under way"; 12])
        .unwrap();
    vec![
        repeated("TOTP verification", || assert!(right())),
        repeated("Argon2id verification (19 MiB, 2, 1)", || {
            assert!(passwords::verify(pepper, &kept, &password));
        }),
        repeated("TOTP verification with Argon2id", || {
            assert!(passwords::verify(pepper, &kept, &password) && right());
        }),
        repeated("a seed unsealed (AES-256-GCM)", || {
            black_box(ring.data.open("AUTHENTICATOR|bench", &sealed).unwrap());
        }),
        repeated("a number derived (HMAC-SHA-256)", || {
            black_box(number_of(black_box(pepper), prompt, 2));
        }),
        repeated("a phone's proof verified (ES256)", || {
            black_box(verify_proof(&proof, key.public(), expected, at).unwrap());
        }),
        repeated("a push token signed (ES256)", || {
            black_box(ring.vapid.sign(b"header.claims").unwrap());
        }),
        repeated("a cookie opened (AES-256-GCM, JSON)", || {
            black_box(ring.cookie.open_value::<Vec<String>>("bench", &cookie).unwrap());
        }),
    ]
}

fn repeated(computation: &'static str, mut compute: impl FnMut()) -> Measured {
    let mut batches = Vec::new();
    for _ in 0..BATCHES {
        let (started, mut times) = (Instant::now(), 0_u32);
        while started.elapsed() < BATCH {
            compute();
            times += 1;
        }
        batches.push(started.elapsed().as_secs_f64() * 1e9 / f64::from(times));
    }
    Measured {
        computation,
        nanoseconds: quantile(&batches, 0.5),
    }
}

fn generator() -> (Authenticator, Secret<Vec<u8>>, Secret<String>, Timestamp) {
    let (now, seed) = (Timestamp::now(), new_seed(&SystemEntropy));
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30);
    let shown = totp
        .with_secret(seed.expose().clone())
        .build_noncompliant()
        .generate(now.as_second().unsigned_abs());
    let authenticator = Authenticator {
        id: AuthenticatorId::new(now, &SystemEntropy),
        account: AccountId::new(now, &SystemEntropy),
        name: "bench".parse().unwrap(),
        standing: Standing::Active,
        added_at: now,
        last_used_at: None,
        expires_at: None,
        attempts: Attempts::default(),
        mark: None,
        binding: Binding::Totp(Generator::usual(String::new())),
    };
    (authenticator, seed, Secret::new(shown.to_string()), now)
}

/// A phone's proof of `GET /device/v1/prompts`, as its client signs it.
fn proof() -> (SigningKey, String, String) {
    let (key, now) = (SigningKey::generate().unwrap(), Timestamp::now());
    let client = Client::new("http://127.0.0.1:1".parse().unwrap()).unwrap();
    let (account, id) = (
        AccountId::new(now, &SystemEntropy),
        AuthenticatorId::new(now, &SystemEntropy),
    );
    let phone = client.phone(key.clone(), account, id);
    let claims = phone.proof_claims(&Method::GET, "/device/v1/prompts", None).unwrap();
    (key, phone.sign_proof(&claims).unwrap(), claims.htu)
}

/// As a table.
pub fn table(measured: &[Measured]) -> Table {
    let mut table = Table::of(&["computation", "time"]);
    for one in measured {
        let time = match one.nanoseconds {
            long if long >= 1e6 => format!("{:.1} ms", long / 1e6),
            middle if middle >= 1e4 => format!("{:.0} µs", middle / 1e3),
            short => format!("{short:.0} ns"),
        };
        table.row(&[&one.computation, &time]);
    }
    table
}
