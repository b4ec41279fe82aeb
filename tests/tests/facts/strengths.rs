//! Strengths: what a session's proofs are enough for, what an account still needs, and the third assurance level.

use countersign_domain::strengths::Named;
use countersign_tests::{Answer, Browser, SoftPasskey, World};
use serde_json::{Value, json};

use crate::passkeys::SECOND;
use crate::support::is_alive;

const DESK: &str = r#"[{"name":"Desk","any_of":[["password","hardware_oath"],["passkey"]]}]"#;

async fn world() -> World {
    let (world, own) = (World::start().await, serde_json::from_str::<Vec<Named>>(DESK).unwrap());
    world.rules(|rules| rules.strengths = own).await;
    world
}

async fn me(browser: &Browser) -> Answer {
    browser.get("/api/v1/me").await.expect(200)
}

/// A session by password and that passkey.
async fn by_passkey(world: &World, key: SoftPasskey) -> Browser {
    let mut ada = world.member("ada").create().await;
    ada.bind_passkey(key).await;
    let browser = world.browser();
    ada.enter_password(&browser).await.expect(200);
    ada.answer_with_passkey(&browser, 0, SECOND).await.expect(200);
    browser
}

#[tokio::test]
async fn a_session_says_which_strengths_it_satisfies() {
    let world = world().await;
    // The number was typed on a phone that was unlocked for it.
    let by_number = world
        .member("bob")
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    assert_eq!(
        me(&by_number).await.body["session"]["strengths"],
        json!(["multi_factor", "passwordless"])
    );
    let browser = by_passkey(&world, SoftPasskey::new()).await;
    assert_eq!(
        me(&browser).await.body["session"]["strengths"],
        json!(["multi_factor", "passwordless", "phishing_resistant", "Desk"])
    );
}

#[tokio::test]
async fn an_account_is_told_what_is_missing_for_each_strength() {
    let world = world().await;
    let browser = world.member("bob").with_totp().create().await.signed_in_by_code().await;
    let page = browser.get("/api/v1/me/methods").await.expect(200);
    let strengths = page.body["readiness"]["strengths"].as_array().unwrap();
    let of = |name: &str| strengths.iter().find(|one| one["name"] == name).unwrap();
    assert_eq!(of("multi_factor")["reached"], json!(true));
    assert_eq!(of("multi_factor")["missing"], json!([]));
    assert_eq!(
        *of("Desk"),
        json!({ "name": "Desk", "built_in": false, "reached": false, "missing": [["hardware_oath"], ["passkey"]] })
    );
}

#[tokio::test]
async fn only_an_attested_key_that_is_not_synced_opens_a_session_of_the_third_level() {
    let of = |body: &Value| (body["session"]["aal"].clone(), body["session"]["level"].clone());
    for (key, level) in [
        (SoftPasskey::new(), (2, "phishing_resistant")),
        (SoftPasskey::new().synced().attested(), (2, "phishing_resistant")),
        (SoftPasskey::new().attested(), (3, "device_bound")),
    ] {
        let world = World::start().await;
        let browser = by_passkey(&world, key).await;
        assert_eq!(of(&me(&browser).await.body), (json!(level.0), json!(level.1)));
        // It ends earlier, too (NIST SP 800-63B-4 §2.3.3).
        world.pass(15 * 60);
        assert_eq!(is_alive(&browser).await, level.0 == 2);
    }
}

/// The attack: a stolen session of the synced passkey, which is less than the account's best, adds a method.
#[tokio::test]
async fn who_has_a_key_that_stays_changes_methods_with_it() {
    let world = World::start().await;
    let mut ada = world.member("ada").create().await;
    ada.bind_passkey(SoftPasskey::new().synced()).await;
    ada.bind_passkey(SoftPasskey::new().attested()).await;
    for (index, may) in [(0, false), (1, true)] {
        let browser = world.browser();
        ada.enter_password(&browser).await.expect(200);
        ada.answer_with_passkey(&browser, index, SECOND).await.expect(200);
        let asked = browser.post("/api/v1/me/methods", json!({ "kind": "totp" })).await;
        if may {
            asked.expect(201);
        } else {
            asked.expect_problem(401, "session.stronger_proof_required");
        }
    }
}
