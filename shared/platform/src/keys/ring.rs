//! The key ring itself, derived from one secret: each key for its one purpose, by HKDF-SHA-256 (RFC 5869).

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use countersign_domain::encoding::base64url;
use countersign_domain::entropy::bytes;
use countersign_domain::secret::Secret;

use super::VapidKey;
use crate::entropy::SystemEntropy;
use crate::fault::Fault;
use crate::seal::SealingKeys;

/// A root of fewer characters cannot have come from the set-up.
const SHORTEST: usize = 40;

/// What a key is for; it is in the derivation, so that no key serves two purposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Seals secrets at rest.
    Data,
    /// Keys the hashes of what could be guessed.
    Pepper,
    /// Seals cookies.
    Cookie,
    /// Signs web pushes; a scalar of P-256.
    Vapid,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Data => "countersign data",
            Self::Pepper => "countersign pepper",
            Self::Cookie => "countersign cookie",
            Self::Vapid => "countersign vapid",
        }
    }
}

/// All keys of a deployment. `Debug` shows none of them.
pub struct Keyring {
    /// Seals secrets at rest, such as code generators' seeds. By one root; what any other sealed opens too.
    pub data: SealingKeys,
    /// Goes into hashes of what could be guessed: passwords, codes, names. By the oldest root: a hash cannot be moved to another.
    pub pepper: Secret<[u8; 32]>,
    /// Seals cookies; as `data`.
    pub cookie: SealingKeys,
    /// Signs web pushes. By the oldest root: subscriptions are bound to it.
    pub vapid: VapidKey,
    written: Secret<String>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

impl Keyring {
    /// A new secret, as a deployment's template makes one: for the local run and tests.
    pub fn generate() -> Result<Self, Fault> {
        let root = base64url(bytes::<48>(&SystemEntropy));
        Self::read(&Secret::new(format!("{{\"1\":\"{root}\"}}")))
    }

    /// Reads the secret: a JSON object of roots by number, such as `{"1":"…","2":"…","seal":"1"}`. The root that `seal` names seals, or the
    /// one of the highest number: so a root can be published first, and seal once every environment knows it.
    pub fn read(text: &Secret<String>) -> Result<Self, Fault> {
        let Roots { by_number, seals } = Roots::read(text)?;
        let oldest = by_number.values().next().ok_or(Fault::Keys("the secret has no root"))?;
        let first = by_number
            .get(&seals)
            .ok_or(Fault::Keys("the secret has no root of the number that seals"))?;
        let others = || by_number.iter().rev().filter(|(number, _)| **number != seals);
        let in_order = |purpose| {
            std::iter::once(first)
                .chain(others().map(|(_, root)| root))
                .map(move |root| derived(root, purpose))
        };
        Ok(Self {
            data: SealingKeys::new(in_order(Purpose::Data))?,
            pepper: derived(oldest, Purpose::Pepper)?,
            cookie: SealingKeys::new(in_order(Purpose::Cookie))?,
            vapid: VapidKey::new(&derived(oldest, Purpose::Vapid)?)?,
            written: text.clone(),
        })
    }

    /// The secret. It is everything: only Secrets Manager, or the local run's folder, may see it.
    pub const fn written(&self) -> &Secret<String> {
        &self.written
    }
}

/// The roots, and the number of the one that seals.
struct Roots {
    by_number: BTreeMap<u32, Secret<String>>,
    seals: u32,
}

impl Roots {
    fn read(text: &Secret<String>) -> Result<Self, Fault> {
        let form = || Fault::Keys("the secret is not a JSON object of roots by number");
        let number = |text: &str| text.parse::<u32>().map_err(|_| form());
        let mut written: BTreeMap<String, Secret<String>> = serde_json::from_str(text.expose()).map_err(|_| form())?;
        let named = written.remove("seal");
        let mut by_number = BTreeMap::new();
        for (name, root) in written {
            if root.expose().len() < SHORTEST {
                return Err(Fault::Keys("a root in the secret is shorter than 40 characters"));
            }
            by_number.insert(number(&name)?, root);
        }
        let seals = match named {
            Some(named) => number(named.expose())?,
            None => by_number.keys().last().copied().unwrap_or_default(),
        };
        Ok(Self { by_number, seals })
    }
}

/// The key of a root for a purpose.
pub fn derived(root: &Secret<String>, purpose: Purpose) -> Result<Secret<[u8; 32]>, Fault> {
    let mut key = [0; 32];
    Salt::new(HKDF_SHA256, b"")
        .extract(root.expose().as_bytes())
        .expand(&[purpose.label().as_bytes()], HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut key))
        .map_err(|_| Fault::Keys("a key could not be derived"))?;
    Ok(Secret::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(text: &str) -> Result<Keyring, Fault> {
        Keyring::read(&Secret::new(text.to_owned()))
    }

    fn root(letter: char) -> String {
        std::iter::repeat_n(letter, 64).collect()
    }

    #[test]
    fn a_key_ring_survives_being_written_and_read() {
        let ring = Keyring::generate().unwrap();
        let again = Keyring::read(ring.written()).unwrap();
        assert!(ring.pepper.matches(again.pepper.expose()));
        let sealed = ring.data.seal("x", b"seed").unwrap();
        assert_eq!(again.data.open("x", &sealed).unwrap().expose(), b"seed");
        assert_eq!(ring.vapid.public(), again.vapid.public());
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let root = Secret::new(root('a'));
        let of = |purpose| *derived(&root, purpose).unwrap().expose();
        let keys = [Purpose::Data, Purpose::Pepper, Purpose::Cookie, Purpose::Vapid].map(of);
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[at + 1..].contains(key));
        }
    }

    #[test]
    fn a_second_root_seals_what_is_new_and_the_first_opens_what_was() {
        let before = ring(&format!("{{\"1\":\"{}\"}}", root('a'))).unwrap();
        let after = ring(&format!("{{\"2\":\"{}\",\"1\":\"{}\"}}", root('b'), root('a'))).unwrap();
        let old = before.data.seal("x", b"seed").unwrap();
        assert_eq!(after.data.open("x", &old).unwrap().expose(), b"seed");
        let new = after.data.seal("x", b"seed").unwrap();
        assert_eq!(after.data.open("x", &new).unwrap().expose(), b"seed");
        assert!(before.data.open("x", &new).is_err());
        // What cannot be made anew stays: passwords are still right, phones are still reached.
        assert!(before.pepper.matches(after.pepper.expose()));
        assert_eq!(before.vapid.public(), after.vapid.public());
    }

    /// While a secret is rotated, some environments know more of it than others.
    #[test]
    fn a_root_that_is_published_first_is_known_to_all_before_it_seals() {
        let (one, two) = (root('a'), root('b'));
        let stages = [
            format!("{{\"1\":\"{one}\"}}"),
            format!("{{\"1\":\"{one}\",\"2\":\"{two}\",\"seal\":\"1\"}}"),
            format!("{{\"1\":\"{one}\",\"2\":\"{two}\"}}"),
        ];
        let rings = stages.map(|text| ring(&text).unwrap());
        // Neighbours run side by side: what either seals, the other opens.
        for pair in rings.windows(2) {
            for (seals, opens) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                let sealed = seals.data.seal("x", b"seed").unwrap();
                assert_eq!(opens.data.open("x", &sealed).unwrap().expose(), b"seed");
                let cookie = seals.cookie.seal_value("x", &7).unwrap();
                assert_eq!(opens.cookie.open_value::<i32>("x", &cookie), Some(7));
            }
        }
        let newest = rings[2].data.seal("x", b"seed").unwrap();
        assert!(
            rings[0].data.open("x", &newest).is_err(),
            "the newest root seals at last"
        );
    }

    #[test]
    fn no_key_prints() {
        let ring = Keyring::generate().unwrap();
        assert_eq!(format!("{ring:?}"), "Keyring(…)");
    }

    #[test]
    fn what_is_no_secret_of_ours_is_refused() {
        let long = root('a');
        for text in [
            String::new(),
            "{}".into(),
            long.clone(),
            "{\"1\":\"short\"}".into(),
            format!("{{\"first\":\"{long}\"}}"),
            format!("{{\"1\":\"{long}\",\"2\":\"\"}}"),
            format!("{{\"1\":\"{long}\",\"seal\":\"2\"}}"),
            format!("{{\"1\":\"{long}\",\"seal\":\"x\"}}"),
            "{\"seal\":\"1\"}".into(),
        ] {
            assert!(matches!(ring(&text), Err(Fault::Keys(_))), "{text}");
        }
    }
}
