//! Chance from the operating system, for everything that must not be guessed.

use countersign_domain::entropy::Entropy;

/// The system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        #[expect(
            clippy::expect_used,
            reason = "without a random generator no answer of ours is safe: stop, never go on"
        )]
        aws_lc_rs::rand::fill(buffer).expect("the system's random generator");
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::entropy::bytes;

    use super::*;

    #[test]
    fn two_draws_differ() {
        assert_ne!(bytes::<32>(&SystemEntropy), bytes::<32>(&SystemEntropy));
    }
}
