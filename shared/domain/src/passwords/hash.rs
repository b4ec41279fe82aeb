//! Argon2id over the password, with a key that is kept apart from the database.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use super::normalized;
use crate::entropy::{self, Entropy};
use crate::secret::Secret;

/// 19 MiB, two passes, one lane (OWASP Password Storage; ASVS 5.0 appendix C).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// A password as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// PHC string: algorithm, parameters, salt, hash.
    hash: Secret<String>,
}

fn argon2(pepper: &[u8]) -> Option<Argon2<'_>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).ok()?;
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params).ok()
}

/// Hashes a password for keeping; `None` only if the machine is out of memory.
pub fn keep(pepper: &[u8], entropy: &dyn Entropy, typed: &Secret<String>) -> Option<Kept> {
    let salt = entropy::bytes::<16>(entropy);
    let hash = argon2(pepper)?
        .hash_password_with_salt(normalized(typed).expose().as_bytes(), &salt)
        .ok()?;
    Some(Kept {
        hash: Secret::new(hash.to_string()),
    })
}

/// Whether the password is the kept one. Costs the same for right and wrong.
pub fn verify(pepper: &[u8], kept: &Kept, typed: &Secret<String>) -> bool {
    let Ok(hash) = PasswordHash::new(kept.hash.expose()) else {
        return false;
    };
    argon2(pepper).is_some_and(|argon2| {
        argon2
            .verify_password(normalized(typed).expose().as_bytes(), &hash)
            .is_ok()
    })
}

/// The same work for a secret that we drew ourselves, with a salt that is kept beside it; `None` only if the machine is out of memory.
pub(crate) fn stretched(pepper: &[u8], salt: &[u8], secret: &Secret<String>) -> Option<Secret<[u8; 32]>> {
    let mut out = [0; 32];
    argon2(pepper)?
        .hash_password_into(secret.expose().as_bytes(), salt, &mut out)
        .ok()?;
    Some(Secret::new(out))
}

/// Does the work of [`verify`] for an account that has no password or does not exist, so that time tells nothing.
pub fn equalize(pepper: &[u8], typed: &Secret<String>) {
    let mut out = [0; 32];
    if let Some(argon2) = argon2(pepper) {
        let _ = argon2.hash_password_into(normalized(typed).expose().as_bytes(), b"no such account.", &mut out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[test]
    fn only_the_same_password_under_the_same_pepper_matches() {
        let kept = keep(b"pepper", &Seeded::new("salt"), &secret("correct horse battery")).unwrap();
        assert!(verify(b"pepper", &kept, &secret("correct horse battery")));
        assert!(!verify(b"pepper", &kept, &secret("correct horse batterz")));
        assert!(!verify(b"other", &kept, &secret("correct horse battery")));
    }

    #[test]
    fn a_long_password_counts_to_its_last_character() {
        let long = "x".repeat(255);
        let kept = keep(b"p", &Seeded::new("salt"), &secret(&format!("{long}a"))).unwrap();
        assert!(!verify(b"p", &kept, &secret(&format!("{long}b"))));
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_password() {
        let kept = keep(b"p", &Seeded::new("salt"), &secret("caf\u{e9} au lait")).unwrap();
        assert!(verify(b"p", &kept, &secret("cafe\u{301} au lait")));
    }
}
