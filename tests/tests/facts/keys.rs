//! The service without its keys: nobody gets in by what cannot be checked, and what needs no key goes on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use countersign_platform::fault::Fault;
use countersign_platform::keys::{Keyring, Keys};
use countersign_tests::World;
use serde_json::Value;

use crate::support::enter;

/// Keys that can be out of reach.
struct Switched {
    ring: Keyring,
    out: AtomicBool,
}

#[async_trait]
impl Keys for Switched {
    async fn keyring(&self) -> Result<&Keyring, Fault> {
        if self.out.load(Ordering::SeqCst) {
            return Err(Fault::unavailable("the keys", "out of reach"));
        }
        Ok(&self.ring)
    }
}

#[tokio::test]
async fn without_its_keys_the_service_opens_nothing_counts_nothing_and_says_when_to_try_again() {
    let keys = Arc::new(Switched {
        ring: Keyring::generate().unwrap(),
        out: AtomicBool::new(false),
    });
    let world = World::start_as(|parts| parts.keys = Arc::<Switched>::clone(&keys)).await;
    let ada = world.member("ada").with_totp().create().await;
    let signed_in = ada.signed_in_by_code().await;
    world.pass(30);
    let under_way = world.browser();
    ada.enter_password(&under_way).await.expect(200);

    keys.out.store(true, Ordering::SeqCst);
    let fresh = world.browser();
    // More often than wrong answers are allowed: a try that could not be looked at is none.
    for _ in 0..12 {
        let password = ada.enter_password(&fresh).await;
        let code = enter(&under_way, &ada.code(0)).await;
        for answer in [password, code] {
            let answer = answer.expect_problem(503, "service.unavailable");
            assert!(answer.retry_after().is_some_and(|seconds| seconds > 0));
        }
    }
    assert!(fresh.cookie("__Host-cs-sign-in").is_none() && under_way.cookie("__Host-cs-session").is_none());
    signed_in.get("/api/v1/me").await.expect(200);
    signed_in.get("/api/v1/me/activity").await.expect(200);
    signed_in.post("/api/v1/sign-out", Value::Null).await.expect(204);

    keys.out.store(false, Ordering::SeqCst);
    let done = enter(&under_way, &ada.code(0)).await.expect(200);
    assert_eq!(done.text("/state"), "complete");
    ada.enter_password(&fresh).await.expect(200);
}
