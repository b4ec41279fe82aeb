//! Which passwords are acceptable: length, block-list, strength; no composition rules (NIST SP 800-63B-4 §3.1.1.2).

use super::normalized;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::secret::Secret;

/// Words that every guesser tries first and that the estimator does not know.
const BLOCKED: &[&str] = &[
    "countersign",
    "password",
    "passwort",
    "motdepasse",
    "contraseña",
    "letmein",
    "welcome1",
    "changeme",
    "administrator",
];
/// zxcvbn score (0–4) that is good enough beside a second factor: over 10^8 guesses.
const GOOD_ENOUGH: u8 = 3;

/// A password that has passed the rules. The only way to one is [`Assessment::acceptable`].
#[derive(Debug, Clone)]
pub struct Acceptable(Secret<String>);

impl Acceptable {
    /// The password.
    pub const fn secret(&self) -> &Secret<String> {
        &self.0
    }
}

/// What the rules say of a password.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// 0 (guessed at once) to 4 (very hard to guess).
    pub score: u8,
    /// Why it is not taken, if it is not.
    pub refusal: Option<Refusal>,
    /// What would make it better, in plain words.
    pub suggestions: Vec<String>,
    password: Secret<String>,
}

impl Assessment {
    /// The password, if the rules take it.
    pub fn acceptable(self) -> Result<Acceptable, Refusal> {
        self.refusal.map_or(Ok(Acceptable(self.password)), Err)
    }
}

/// Holds a password against the rules. `personal` are words that a guesser who knows the person would try: names, organization, mail.
pub fn assess(policy: &Policy, typed: &Secret<String>, personal: &[&str]) -> Assessment {
    let password = normalized(typed);
    let length = password.expose().chars().count();
    // The estimator's cost grows with the square of the length; its verdict does not change beyond a hundred characters.
    let head: String = password.expose().chars().take(100).collect();
    let estimate = zxcvbn::zxcvbn(&head, personal);
    let score = u8::from(estimate.score());
    let refusal = if length < policy.password_shortest {
        Some(Refusal::PasswordTooShort(policy.password_shortest))
    } else if length > policy.password_longest {
        Some(Refusal::PasswordTooLong)
    } else if blocked(password.expose(), personal) {
        Some(Refusal::PasswordBlockListed)
    } else if score < GOOD_ENOUGH {
        Some(Refusal::PasswordTooWeak)
    } else {
        None
    };
    let suggestions = estimate
        .feedback()
        .map(|f| f.suggestions().iter().map(ToString::to_string).collect())
        .unwrap_or_default();
    Assessment {
        score,
        refusal,
        suggestions,
        password,
    }
}

/// Whether most of the password is a blocked or personal word.
fn blocked(password: &str, personal: &[&str]) -> bool {
    let plain = password.to_lowercase();
    let words = BLOCKED
        .iter()
        .copied()
        .chain(personal.iter().copied().filter(|word| word.chars().count() >= 4));
    words
        .map(str::to_lowercase)
        .any(|word| plain.contains(&word) && plain.chars().count() < word.chars().count() + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> Option<Refusal> {
        assess(
            &Policy::default(),
            &Secret::new(password.to_owned()),
            &["ada", "ada.lovelace", "Example"],
        )
        .refusal
    }

    #[test]
    fn each_rule_gives_its_own_reason() {
        assert_eq!(verdict("k7#Lq2"), Some(Refusal::PasswordTooShort(8)));
        assert_eq!(verdict(&"ab1 ".repeat(65)), Some(Refusal::PasswordTooLong));
        assert_eq!(verdict("Password2026!"), Some(Refusal::PasswordBlockListed));
        assert_eq!(verdict("ada.lovelace99"), Some(Refusal::PasswordBlockListed));
        assert_eq!(verdict("qwertyuiop12"), Some(Refusal::PasswordTooWeak));
    }

    #[test]
    fn a_phrase_of_unrelated_words_needs_no_digits_or_signs() {
        assert_eq!(verdict("violet harbor sings quietly"), None);
    }

    #[test]
    fn a_password_of_256_characters_is_taken() {
        assert_eq!(
            verdict(&format!("violet harbor sings quietly {}", "z".repeat(228))),
            None
        );
    }
}
