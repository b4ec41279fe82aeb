//! Software OATH: codes of a generator that shares a seed with us (RFC 6238).

use std::num::NonZeroU64;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Totp};

use super::{Asks, Binding, Factor, Family, Method, Response, Strength, Verdict, Whereabouts};
use crate::entropy::{self, Entropy};
use crate::secret::Secret;

/// Seed length in bytes: 160 bits (RFC 4226 §4, R6).
const SEED_BYTES: usize = 20;

/// The hash that a generator computes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hash {
    /// The one that every generator knows.
    #[serde(rename = "SHA1")]
    Sha1,
    /// SHA-256.
    #[serde(rename = "SHA256")]
    Sha256,
    /// SHA-512.
    #[serde(rename = "SHA512")]
    Sha512,
}

/// What is kept about a generator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generator {
    /// The seed, sealed and bound to its row; opened by the platform.
    pub sealed_seed: String,
    /// Its hash.
    pub hash: Hash,
    /// Digits of a code: 6 or 8.
    pub digits: u8,
    /// Seconds of a step: 30 or 60.
    pub period: u64,
}

impl Generator {
    /// The kind that every app understands: SHA-1, 6 digits, 30 s.
    pub const fn usual(sealed_seed: String) -> Self {
        Self {
            sealed_seed,
            hash: Hash::Sha1,
            digits: 6,
            period: 30,
        }
    }

    fn totp(&self, seed: &Secret<Vec<u8>>) -> Builder {
        let algorithm = match self.hash {
            Hash::Sha1 => Algorithm::SHA1,
            Hash::Sha256 => Algorithm::SHA256,
            Hash::Sha512 => Algorithm::SHA512,
        };
        Builder::new()
            .with_algorithm(algorithm)
            .with_digits(self.digits)
            .with_skew(0)
            .with_step_duration(self.period)
            .with_secret(seed.expose().clone())
    }

    /// The step whose code this is: the current one or, because typing takes time, the one before (RFC 6238 §5.2: at most one).
    fn step_of(&self, seed: &Secret<Vec<u8>>, code: &str, now: Timestamp) -> Option<u64> {
        self.step_near(seed, code, now, [0, -1]).map(|(step, _)| step)
    }

    /// The step whose code this is, and how far it is from the current one, among those at these distances; the first that fits.
    pub(super) fn step_near(
        &self,
        seed: &Secret<Vec<u8>>,
        code: &str,
        now: Timestamp,
        distances: impl IntoIterator<Item = i8>,
    ) -> Option<(u64, i8)> {
        let period = NonZeroU64::new(self.period)?;
        let current = u64::try_from(now.as_second()).ok()? / period;
        let totp: Totp = self.totp(seed).build_noncompliant();
        distances.into_iter().find_map(|distance| {
            let step = current.checked_add_signed(i64::from(distance))?;
            let found = totp.check(code, step.checked_mul(self.period)?)?;
            Some((found, distance))
        })
    }
}

/// A code as it was typed, without spaces and dashes; `None` if it is not that many digits.
pub(super) fn digits_of(code: &Secret<String>, digits: u8) -> Option<Secret<String>> {
    let typed: Secret<String> = Secret::new(
        code.expose()
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect(),
    );
    let well_formed = typed.expose().len() == usize::from(digits) && typed.expose().bytes().all(|b| b.is_ascii_digit());
    well_formed.then_some(typed)
}

/// A new seed.
pub fn new_seed(entropy: &dyn Entropy) -> Secret<Vec<u8>> {
    Secret::new(entropy::bytes::<SEED_BYTES>(entropy).to_vec())
}

/// How a seed is handed to a generator.
#[derive(Debug, Clone)]
pub struct Offer {
    /// `otpauth://` URI for the QR code.
    pub uri: Secret<String>,
    /// The seed in base32, in groups of four, for typing.
    pub typed: Secret<String>,
}

/// The URI and the text of a seed. `None` if the parameters are not ones a generator takes.
pub fn offer(generator: &Generator, seed: &Secret<Vec<u8>>, organization: &str, user_name: &str) -> Option<Offer> {
    let issuer = organization.replace(':', " "); // a colon would end the issuer early
    let totp = generator
        .totp(seed)
        .with_account_name(user_name)
        .with_issuer(Some(issuer))
        .build()
        .ok()?;
    let base32: Vec<char> = totp.secret().to_base32().chars().collect();
    let groups: Vec<String> = base32.chunks(4).map(|group| group.iter().collect()).collect();
    Some(Offer {
        uri: Secret::new(totp.to_url().ok()?),
        typed: Secret::new(groups.join(" ")),
    })
}

/// The method.
#[derive(Debug)]
pub struct SoftwareOath;

impl Method for SoftwareOath {
    fn kind(&self) -> &'static str {
        "totp"
    }

    fn title(&self) -> &'static str {
        "Code generator app"
    }

    fn description(&self) -> &'static str {
        "Any app that shows a new code every 30 seconds. Works without a network."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    fn strength(&self) -> Strength {
        Strength::Possession
    }

    fn family(&self) -> Family {
        Family::Authenticators
    }

    fn whereabouts(&self) -> Whereabouts {
        Whereabouts::OnPhone
    }

    fn amr(&self) -> &'static [&'static str] {
        &["otp"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &["A false page can ask for the code and use it at once."]
    }

    fn asks(&self, binding: &Binding) -> Asks {
        let digits = if let Binding::Totp(generator) = binding {
            generator.digits
        } else {
            6
        };
        Asks::Code { digits }
    }

    fn detail(&self, binding: &Binding) -> String {
        let Binding::Totp(generator) = binding else {
            return String::new();
        };
        format!("{} digits, new every {} seconds", generator.digits, generator.period)
    }

    fn check(
        &self,
        binding: &Binding,
        secret: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Binding::Totp(generator), Some(seed), Response::Code(code)) = (binding, secret, response) else {
            return Verdict::Wrong;
        };
        let step = digits_of(code, generator.digits).and_then(|typed| generator.step_of(seed, typed.expose(), now));
        step.map_or(Verdict::Wrong, Verdict::marked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::Spend;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn step(verdict: &Verdict) -> Option<u64> {
        match verdict {
            Verdict::Right(Spend::Mark { mark, .. }) => Some(*mark),
            _ => None,
        }
    }

    /// RFC 6238 appendix B, from its file: time, code, hash.
    #[test]
    fn the_vectors_of_rfc_6238_are_accepted_at_their_step() {
        let mut seen = 0;
        for line in include_str!("vectors/rfc6238.csv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let [time, code, algorithm, key] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
            let hash = serde_json::from_value(serde_json::Value::String(algorithm.to_owned())).unwrap();
            let generator = Generator {
                sealed_seed: String::new(),
                hash,
                digits: 8,
                period: 30,
            };
            let shared = Secret::new(key.as_bytes().to_vec());
            let time: i64 = time.parse().unwrap();
            assert_eq!(
                generator.step_of(&shared, code, at(time)),
                Some(time.unsigned_abs() / 30),
                "{line}"
            );
            seen += 1;
        }
        assert_eq!(seen, 18);
    }

    /// RFC 4226 appendix D, from its file: counter, code. A time-based code is that of the counter which the step is (RFC 6238 §4).
    #[test]
    fn the_vectors_of_rfc_4226_are_the_codes_of_their_steps() {
        let seed = Secret::new(b"12345678901234567890".to_vec());
        let lines = include_str!("vectors/rfc4226.csv").lines();
        let vectors: Vec<(u64, &str)> = lines
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split_once(',').unwrap())
            .map(|(counter, code)| (counter.parse().unwrap(), code))
            .collect();
        assert_eq!(vectors.len(), 10);
        for period in [30, 60] {
            let generator = Generator {
                period,
                ..Generator::usual(String::new())
            };
            for (counter, code) in &vectors {
                let time = at(i64::try_from(counter * period).unwrap());
                assert_eq!(
                    generator.step_of(&seed, code, time),
                    Some(*counter),
                    "{counter}: {code}"
                );
            }
        }
    }

    #[test]
    fn the_previous_step_is_accepted_and_the_one_before_or_after_is_not() {
        let seed = Secret::new(b"12345678901234567890".to_vec());
        let binding = Binding::Totp(Generator {
            digits: 8,
            ..Generator::usual(String::new())
        });
        let code = Secret::new("94287082".to_owned()); // step 1: 30–59 s
        let step = |now| step(&SoftwareOath.check(&binding, Some(&seed), &Response::Code(&code), at(now)));
        assert_eq!([29, 59, 89, 90].map(step), [None, Some(1), Some(1), None]);
    }

    #[test]
    fn spaces_and_dashes_in_a_code_do_not_matter() {
        let seed = Secret::new(b"12345678901234567890".to_vec());
        let binding = Binding::Totp(Generator {
            digits: 8,
            ..Generator::usual(String::new())
        });
        let code = Secret::new(" 9428-7082 ".to_owned());
        let verdict = SoftwareOath.check(&binding, Some(&seed), &Response::Code(&code), at(59));
        assert_eq!(step(&verdict), Some(1));
    }

    #[test]
    fn an_offer_names_issuer_and_account_and_carries_the_seed() {
        let offer = offer(
            &Generator::usual(String::new()),
            &Secret::new(b"12345678901234567890".to_vec()),
            "Ex: ample",
            "ada",
        )
        .unwrap();
        assert_eq!(
            offer.uri.expose(),
            "otpauth://totp/Ex%20%20ample:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ex%20%20ample"
        );
        assert_eq!(offer.typed.expose(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
