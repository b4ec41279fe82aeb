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
use countersign_platform::keys::{Keyring, StaticKeys};
use countersign_platform::store::MemoryStore;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

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

/// A key of the ring: for these events only, it protects nothing.
fn key(name: &str) -> [u8; 32] {
    sha256(format!("sample key: {name}"))
}

/// The pepper of the ring.
pub(crate) fn pepper() -> [u8; 32] {
    key("pepper")
}

/// A ring that is the same each time. Its push key is the one of the published test vectors.
fn keyring() -> Keyring {
    let vectors: Value = serde_json::from_str(include_str!("../../../shared/device/vectors/key.json")).unwrap();
    let written = json!({
        "version": 1, "data": base64url(key("data")), "pepper": base64url(pepper()), "cookie": base64url(key("cookie")),
        "vapid": vectors["pkcs8_for_tests_only"],
    });
    Keyring::read(&Secret::new(written.to_string())).unwrap()
}

/// A value sealed for a cookie. The service draws each nonce; here it follows from what is sealed, so that the event is the same each time.
pub(crate) fn sealed(purpose: &str, value: &impl Serialize) -> String {
    let mut bytes = serde_json::to_vec(value).unwrap();
    let nonce: [u8; 12] = sha256(&bytes)[..12].try_into().unwrap();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key("cookie")).unwrap());
    let nonce_for = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce_for, Aad::from(purpose), &mut bytes)
        .unwrap();
    let sealed = format!("1.{}", base64url([nonce.as_slice(), &bytes].concat()));
    assert!(from_base64url(&sealed[2..]).is_some());
    sealed
}
