//! Chance as an argument: who draws randomness is handed a source, so that tests can seed it.

/// A source of unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// `N` bytes from a source.
pub fn bytes<const N: usize>(entropy: &dyn Entropy) -> [u8; N] {
    let mut buffer = [0; N];
    entropy.fill(&mut buffer);
    buffer
}

/// A text of `length` characters of `alphabet` (at most 256 of them), each equally likely.
pub fn text(entropy: &dyn Entropy, alphabet: &[u8], length: usize) -> String {
    let fair = 256 - 256 % alphabet.len(); // bytes at or above would favour the alphabet's first characters
    let mut out = String::with_capacity(length);
    while out.len() < length {
        let [byte] = bytes::<1>(entropy);
        if let Some(character) = alphabet
            .get(usize::from(byte) % alphabet.len())
            .filter(|_| usize::from(byte) < fair)
        {
            out.push(char::from(*character));
        }
    }
    out
}

/// A repeatable source: a hash chain over a seed. It is as unpredictable as its seed: for tests, and for what is derived from a key.
#[derive(Debug)]
pub struct Seeded(std::sync::Mutex<[u8; 32]>);

impl Seeded {
    /// A source that gives the same bytes for the same seed.
    pub fn new(seed: &str) -> Self {
        Self(std::sync::Mutex::new(crate::encoding::sha256(seed)))
    }
}

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in buffer.chunks_mut(32) {
            *state = crate::encoding::sha256(*state);
            chunk.iter_mut().zip(state.iter()).for_each(|(to, from)| *to = *from);
        }
    }
}
