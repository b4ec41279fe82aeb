//! Passkeys whose maker vouches for their model, by a certificate that leads to a root in the policy.

use countersign_tests::attestation::Maker;
use countersign_tests::{Answer, Browser, Member, SoftPasskey, World};
use serde_json::{Value, json};

use super::begin;

/// Trusts these roots, and nothing without one of them.
async fn trusted(world: &World, roots: &[String]) {
    let settings = json!({ "attestation": { "mode": "required", "roots": roots } });
    world
        .rules(|policy| policy.passkey.settings = serde_json::from_value(settings).unwrap())
        .await;
}

/// Adds what `make` makes of the options.
async fn add(browser: &Browser, make: impl FnOnce(&Value) -> Value) -> Answer {
    let (confirm, options) = begin(browser, &Value::Null).await;
    assert_eq!(options["attestation"], "direct");
    browser.post(&confirm, json!({ "credential": make(&options) })).await
}

/// Signs in with the passkey, from the first screen; what that session is.
async fn session(member: &mut Member<'_>, key: SoftPasskey) -> Value {
    let id = member
        .phones
        .first()
        .map_or_else(|| member.generators[0].1, |(_, id)| *id);
    member.passkeys = vec![(key, id)];
    let browser = member.signed_in_by_passkey().await;
    browser.get("/api/v1/me").await.expect(200).body["session"].clone()
}

/// A provider that syncs a key hands it on, whoever made the first one: that one stays at the second level.
#[tokio::test]
async fn a_key_that_its_maker_vouches_for_opens_a_session_of_the_third_level_unless_it_is_synced() {
    for (mut key, aal, level) in [
        (SoftPasskey::new(), 3, "device_bound"),
        (SoftPasskey::new().synced(), 2, "phishing_resistant"),
    ] {
        let world = World::start().await;
        // All three roots have the same name.
        let (other, maker, another) = (Maker::of([9; 16]), Maker::of(key.aaguid), Maker::of([8; 16]));
        trusted(&world, &[other.root(), maker.root(), another.root()]).await;
        let mut ada = world.member("ada").with_totp().create().await;
        let (browser, origin) = (ada.signed_in_by_code().await, &world.origin);
        let added = add(&browser, |options| key.create_vouched(&maker, options, origin));
        added.await.expect(200);
        let session = session(&mut ada, key).await;
        assert_eq!((&session["aal"], &session["level"]), (&json!(aal), &json!(level)));
    }
}

#[tokio::test]
async fn no_key_is_taken_that_no_trusted_maker_vouches_for() {
    let world = World::start().await;
    let model = SoftPasskey::new().aaguid;
    let (trusted_one, stranger) = (Maker::of(model), Maker::of(model));
    trusted(&world, &[trusted_one.root()]).await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (browser, origin) = (&browser, &world.origin);
    let refused = |what: &'static str, status: u16, code: &'static str, answer: Answer| {
        assert_eq!((answer.status.as_u16(), answer.code()), (status, code), "{what}");
    };
    let not_allowed = (403, "policy.passkey_not_allowed");
    let key = || SoftPasskey::new();
    let by_a_stranger = add(browser, |options| key().create_vouched(&stranger, options, origin)).await;
    refused(
        "by a stranger of the same name",
        not_allowed.0,
        not_allowed.1,
        by_a_stranger,
    );
    let by_itself = add(browser, |options| key().create_vouching_for_itself(options, origin)).await;
    refused("by itself", not_allowed.0, not_allowed.1, by_itself);
    let by_nobody = add(browser, |options| key().create(options, origin, |_| ())).await;
    refused("by nobody", not_allowed.0, not_allowed.1, by_nobody);
    let another_model = add(browser, |options| {
        let mut other = SoftPasskey::new();
        other.aaguid = [9; 16];
        other.create_vouched(&trusted_one, options, origin)
    });
    refused("for another model", 401, "passkey.rejected", another_model.await);
    // What is signed is what the browser heard: a statement that was made for another challenge is none for this one.
    let replayed = add(browser, |options| {
        let mut elsewhere = options.clone();
        elsewhere["challenge"] = json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        let mut made = key().create_vouched(&trusted_one, &elsewhere, origin);
        let here = key().create(options, origin, |_| ());
        made["response"]["clientDataJSON"] = here["response"]["clientDataJSON"].clone();
        made
    });
    refused("for another challenge", 401, "passkey.rejected", replayed.await);
}
