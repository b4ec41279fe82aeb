//! What every sample event meets: noon, seeded chance, one fixed key ring, and the same people in memory.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use countersign_domain::encoding::{base64url, from_base64url, sha256};
use countersign_domain::entropy::Seeded;
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;
use countersign_local::database;
use countersign_local::service::{Parts, config};
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

/// Where its members find help.
pub(crate) const HELP: &str = "https://help.example.com/sign-in";

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
        Self::sending(Recorded::default()).await
    }

    /// The same, with another sender.
    pub(crate) async fn sending(outbox: Recorded) -> Self {
        let outbox = Arc::new(outbox);
        let parts = parts(Arc::new(MemoryStore::new()), Arc::<Recorded>::clone(&outbox) as _);
        let cast = Cast::enter(&parts).await;
        Self { parts, outbox, cast }
    }
}

/// The service on a store.
pub(crate) fn parts<T>(store: Arc<T>, deliver: Arc<dyn Deliver>) -> Parts<T> {
    let mut config = config(ORIGIN.to_owned(), "Example", database::names());
    config.edge_secret = Some(Secret::new(EDGE_SECRET.to_owned()));
    config.help_url = Some(HELP.parse().unwrap());
    Parts {
        store,
        deliver,
        outbox: None,
        clock: Arc::new(TestClock::at(now())),
        entropy: Arc::new(Seeded::new("what the handlers draw")),
        keys: Arc::new(StaticKeys::new(Keyring::read(&Secret::new(secret())).unwrap())),
        policy: Policy::default(),
        config,
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

/// The secret that holds it, as Secrets Manager would.
pub(crate) fn secret() -> String {
    json!({ "1": ROOT }).to_string()
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
