//! Looking for secrets where none may be.

/// Whether a text holds a secret. Digits alone are met by chance inside times, ids and fractions: they count where they stand by themselves.
pub fn holds(text: &str, secret: &str) -> bool {
    let within = |c: char| c.is_ascii_alphanumeric();
    let by_itself = |at: usize| {
        let (before, after) = (&text[..at], &text[at + secret.len()..]);
        !before.ends_with(within) && !before.ends_with('.') && !after.starts_with(within)
    };
    let digits = secret.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(secret).any(|(at, _)| !digits || by_itself(at))
}
