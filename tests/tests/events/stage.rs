//! What every sample event meets: noon, seeded chance, one fixed key ring, and the same people in memory.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use countersign_domain::encoding::{base64url, from_base64url, sha256};
use countersign_domain::entropy::Seeded;
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;
use countersign_local::service::{self, Parts};
use countersign_local::{database, service::config};
use countersign_platform::clock::TestClock;
use countersign_platform::delivery::{Deliver, Recorded};
use countersign_platform::keys::{Keyring, Purpose, StaticKeys, derived};
use countersign_platform::store::MemoryStore;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::cast::Cast;

/// The host that the events are sent to.
pub(crate) const HOST: &str = "id.example.com";
/// Its origin.
pub(crate) const ORIGIN: &str = "https://id.example.com";
/// What the distribution in front adds, where there is one.
pub(crate) const EDGE_SECRET: &str = "only-the-edge-knows-this";

/// The time at which everything happens.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// The service before one event.
pub(crate) struct Stage {
    pub(crate) parts: Parts<MemoryStore>,
    pub(crate) outbox: Arc<Recorded>,
    pub(crate) cast: Cast,
}

impl Stage {
    /// The same each time.
    pub(crate) async fn set() -> Self {
        let outbox = Arc::new(Recorded::default());
        let deliver: Arc<dyn Deliver> = Arc::<Recorded>::clone(&outbox);
        let mut config = config(ORIGIN.to_owned(), "Example", database::names());
        config.edge_secret = Some(Secret::new(EDGE_SECRET.to_owned()));
        config.help_url = Some("https://help.example.com/sign-in".parse().unwrap());
        let parts = service::Parts {
            store: Arc::new(MemoryStore::new()),
            deliver,
            outbox: None,
            clock: Arc::new(TestClock::at(now())),
            entropy: Arc::new(Seeded::new("what the handlers draw")),
            keys: Arc::new(StaticKeys::new(keyring())),
            policy: Policy::default(),
            config,
        };
        let cast = Cast::enter(&parts).await;
        Self { parts, outbox, cast }
    }
}

/// The root of the ring: for these events only, it protects nothing.
const ROOT: &str = "the root of all keys of these sample events, the same each time";

fn key(purpose: Purpose) -> [u8; 32] {
    *derived(&Secret::new(ROOT.to_owned()), purpose).unwrap().expose()
}

/// The pepper of the ring.
pub(crate) fn pepper() -> [u8; 32] {
    key(Purpose::Pepper)
}

/// A ring that is the same each time.
fn keyring() -> Keyring {
    Keyring::read(&Secret::new(json!({ "1": ROOT }).to_string())).unwrap()
}

/// A value sealed for a cookie. The service draws each nonce; here it follows from what is sealed, so that the event is the same each time.
pub(crate) fn sealed(purpose: &str, value: &impl Serialize) -> String {
    let mut bytes = serde_json::to_vec(value).unwrap();
    let nonce: [u8; 12] = sha256(&bytes)[..12].try_into().unwrap();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key(Purpose::Cookie)).unwrap());
    let nonce_for = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce_for, Aad::from(purpose), &mut bytes)
        .unwrap();
    let sealed = format!("1.{}", base64url([nonce.as_slice(), &bytes].concat()));
    assert!(from_base64url(&sealed[2..]).is_some());
    sealed
}
