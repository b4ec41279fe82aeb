//! The methods policy: who may change it, what a change must be, and how it holds for everybody at once.

use std::collections::BTreeSet;

use countersign_domain::ids::AccountId;
use countersign_platform::store::{KeepPolicy as _, Saved};
use countersign_tests::attestation::Maker;
use countersign_tests::{Answer, Browser, Member, World};
use reqwest::Method;
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::support::{enter, guess};

const POLICY: &str = "/api/v1/policy/methods";

/// The document, and its entity tag.
async fn read(browser: &Browser) -> (Value, String) {
    let answer = browser.get(POLICY).await.expect(200);
    let tag = answer.headers["etag"].to_str().unwrap().to_owned();
    (answer.body, tag)
}

async fn save(browser: &Browser, world: &World, tag: Option<&str>, policy: &Value) -> Answer {
    let mut request = browser
        .request(Method::PUT, POLICY)
        .header(ORIGIN, &world.origin)
        .json(policy);
    if let Some(tag) = tag {
        request = request.header("if-match", tag);
    }
    browser.send(request).await
}

async fn administrator(world: &World) -> Member<'_> {
    world
        .member("root")
        .administrator()
        .with_phone()
        .with_totp()
        .create()
        .await
}

/// The places that an answer objects to.
fn pointers(answer: &Answer) -> Vec<String> {
    let errors = answer.body["errors"].as_array().unwrap();
    errors
        .iter()
        .map(|one| one["pointer"].as_str().unwrap().to_owned())
        .collect()
}

/// Puts a value at a place, or takes away what is there.
fn put(policy: &mut Value, place: &str, value: Option<Value>) {
    let (within, name) = place.rsplit_once('/').unwrap();
    let fields = policy.pointer_mut(within).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(name.to_owned(), value),
        None => fields.remove(name),
    };
}

async fn join(world: &World, account: AccountId, group: &str) {
    let groups = BTreeSet::from([group.parse().unwrap()]);
    let saved = world.parts.store.save_groups(account, &groups, None).await.unwrap();
    assert_eq!(saved, Saved::Won);
}

#[tokio::test]
async fn a_policy_is_saved_over_the_version_that_was_read_and_over_no_other() {
    let world = World::start().await;
    let browser = administrator(&world).await.signed_in_by_number().await;
    let (mut policy, tag) = read(&browser).await;
    assert_eq!((tag.as_str(), &policy["version"]), ("\"0\"", &json!(0)));
    policy["system_preferred"] = json!(true);
    save(&browser, &world, None, &policy)
        .await
        .expect_problem(428, "policy.version_required");
    save(&browser, &world, Some("*"), &policy)
        .await
        .expect_problem(428, "policy.version_required");
    for other in ["\"1\"", "W/\"0\"", "0", "\"\""] {
        save(&browser, &world, Some(other), &policy)
            .await
            .expect_problem(412, "policy.version_conflict");
    }
    let saved = save(&browser, &world, Some(&tag), &policy).await.expect(200);
    assert_eq!(
        (saved.headers["etag"].to_str().unwrap(), &saved.body["version"]),
        ("\"1\"", &json!(1))
    );
    save(&browser, &world, Some(&tag), &policy)
        .await
        .expect_problem(412, "policy.version_conflict");
    let (read_again, tag) = read(&browser).await;
    assert_eq!((read_again, tag.as_str()), (saved.body, "\"1\""));
    // It stands in the administrator's own activity.
    let rows = browser.get("/api/v1/me/activity").await.expect(200);
    let changed = rows.body["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "policy_changed");
    assert_eq!(changed.count(), 1);
}

#[tokio::test]
async fn the_policy_is_for_administrators_with_a_fresh_proof() {
    let world = World::start().await;
    let root = administrator(&world).await.signed_in_by_number().await;
    let ada = world
        .member("ada")
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let (policy, tag) = read(&root).await;
    ada.get(POLICY).await.expect_problem(403, "role.required");
    save(&ada, &world, Some(&tag), &policy)
        .await
        .expect_problem(403, "role.required");
    world.pass(5 * 60);
    root.get(POLICY).await.expect(200);
    let stale = save(&root, &world, Some(&tag), &policy).await;
    stale.expect_problem(401, "session.reauthentication_required");
}

#[tokio::test]
async fn what_is_wrong_is_told_by_place_and_nothing_is_saved() {
    let world = World::start().await;
    let browser = administrator(&world).await.signed_in_by_number().await;
    let (policy, tag) = read(&browser).await;
    let edits: [(&str, &str, Option<Value>); 9] = [
        (
            "/totp/excluded/1",
            "/totp/excluded",
            Some(json!(["guests", "not a group"])),
        ),
        ("/totp/enabled", "/totp/enabled", Some(json!("yes"))),
        ("/totp", "/totp", Some(json!([]))),
        ("/totp/exluded", "/totp/exluded", Some(json!([]))),
        ("/carrier_pigeon", "/carrier_pigeon", Some(policy["totp"].clone())),
        ("/totp/groups", "/totp/groups", None),
        ("/totp", "/totp", None),
        ("/version", "/version", Some(json!(7))),
        ("/system_preferred", "/system_preferred", Some(json!(1))),
    ];
    for (place, field, value) in edits {
        let mut edited = policy.clone();
        put(&mut edited, field, value);
        let refused = save(&browser, &world, Some(&tag), &edited)
            .await
            .expect_problem(422, "policy.invalid");
        assert_eq!(pointers(&refused), [place], "{:?}", refused.body);
        assert!(
            refused.body["errors"][0]["detail"].as_str().unwrap().ends_with('.'),
            "{:?}",
            refused.body
        );
    }
    for body in [json!([policy]), json!(7), json!("x")] {
        let refused = save(&browser, &world, Some(&tag), &body).await;
        assert!([400, 422].contains(&refused.status.as_u16()), "{refused:?}");
    }
    let mut large = policy.clone();
    large["totp"]["groups"] = (0..20_000).map(|n| json!(format!("g{n}"))).collect();
    save(&browser, &world, Some(&tag), &large)
        .await
        .expect_problem(413, "request.too_large");
    assert_eq!(read(&browser).await.0, policy);
}

#[tokio::test]
async fn nobody_is_left_without_a_method_and_least_of_all_who_edits() {
    let world = World::start().await;
    let browser = administrator(&world).await.signed_in_by_number().await;
    let (policy, tag) = read(&browser).await;
    let kinds: Vec<String> = policy
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, rule)| rule.is_object())
        .map(|(kind, _)| kind.clone())
        .collect();
    let mut none = policy.clone();
    for kind in &kinds {
        none[kind]["enabled"] = json!(false);
    }
    let refused = save(&browser, &world, Some(&tag), &none)
        .await
        .expect_problem(422, "policy.invalid");
    assert_eq!(pointers(&refused), [""]);
    // Somebody in the group would have nothing.
    let mut some = none.clone();
    some["totp"]["enabled"] = json!(true);
    some["totp"]["excluded"] = json!(["guests"]);
    let refused = save(&browser, &world, Some(&tag), &some)
        .await
        .expect_problem(422, "policy.invalid");
    assert!(refused.body["errors"][0]["detail"].as_str().unwrap().contains("guests"));
    // Everybody has something, but not the one who asks: a member of the group, with a method for the others only.
    let bob = world.member("bob").administrator().with_totp().create().await;
    join(&world, bob.account, "staff").await;
    let bobs = bob.signed_in_by_code().await;
    let mut staff = policy.clone();
    staff["totp"]["excluded"] = json!(["staff"]);
    save(&bobs, &world, Some(&tag), &staff)
        .await
        .expect_problem(409, "policy.locks_you_out");
    assert_eq!(read(&browser).await.0, policy);
    save(&browser, &world, Some(&tag), &staff).await.expect(200);
}

#[tokio::test]
async fn exclusion_holds_at_once_and_says_its_rule() {
    let world = World::start().await;
    let root = administrator(&world).await.signed_in_by_number().await;
    let ada = world.member("ada").with_phone().with_totp().create().await;
    join(&world, ada.account, "guests").await;
    let browser = ada.signed_in_by_number().await;
    let (mut policy, tag) = read(&root).await;
    policy["totp"]["excluded"] = json!(["guests"]);
    save(&root, &world, Some(&tag), &policy).await.expect(200);
    let page = browser.get("/api/v1/me/methods").await.expect(200);
    let barred = page.body["not_available"].as_array().unwrap();
    let totp = barred.iter().find(|one| one["kind"] == "totp").unwrap();
    assert_eq!(totp["policy"], "Methods policy: Code generator app");
    assert_eq!(totp["code"], "policy.method_not_allowed");
    assert!(totp["reason"].as_str().unwrap().contains("guests"), "{totp}");
    browser
        .post("/api/v1/me/methods", json!({ "kind": "totp" }))
        .await
        .expect_problem(403, "policy.method_not_allowed");
    // Nor does the one that is bound sign in any more.
    let other = world.browser();
    ada.enter_password(&other).await.expect(200);
    let code = ada.code(0);
    assert!(!enter(&other, &code).await.status.is_success());
    assert_eq!(guess(&world.browser(), "ada", "wrong").await.code(), "sign_in.rejected");
}

#[tokio::test]
async fn the_strongest_is_asked_first_where_policy_says_so() {
    let world = World::start().await;
    let root = administrator(&world).await.signed_in_by_number().await;
    let mut ada = world.member("ada").with_totp().create().await;
    ada.bind_phone().await;
    let browser = ada.signed_in_by_code().await;
    let first = async || {
        let page = ada.enter_password(&world.browser()).await.expect(200);
        page.text("/prompts/0/kind").to_owned()
    };
    assert_eq!(first().await, "code", "the default is the generator");
    let (mut policy, tag) = read(&root).await;
    policy["system_preferred"] = json!(true);
    save(&root, &world, Some(&tag), &policy).await.expect(200);
    assert_eq!(first().await, "number");
    let page = browser.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(page.body["system_preferred"], true);
}

#[tokio::test]
async fn groups_are_set_whole_and_by_administrators() {
    let world = World::start().await;
    let root = administrator(&world).await;
    let browser = root.signed_in_by_number().await;
    let ada = world.member("ada").with_phone().create().await;
    let groups = format!("/api/v1/people/{}/groups", ada.account);
    let saved = browser
        .put(&groups, json!({ "groups": ["Staff", "lisbon", "staff"] }))
        .await
        .expect(200);
    assert_eq!(saved.body["groups"], json!(["lisbon", "staff"]));
    let shown = browser
        .get(&format!("/api/v1/people/{}", ada.account))
        .await
        .expect(200);
    assert_eq!(shown.body["groups"], json!(["lisbon", "staff"]));
    for bad in ["", "a b", "a/b", &"x".repeat(65)] {
        browser
            .put(&groups, json!({ "groups": [bad] }))
            .await
            .expect_problem(422, "group.invalid");
    }
    let many: Vec<String> = (0..21).map(|n| format!("g{n}")).collect();
    browser
        .put(&groups, json!({ "groups": many }))
        .await
        .expect_problem(422, "group.limit_reached");
    browser.put(&groups, json!({ "groups": [] })).await.expect(200);
    let rows = ada
        .signed_in_by_number()
        .await
        .get("/api/v1/me/activity")
        .await
        .expect(200);
    let told = rows.body["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["kind"] == "groups_changed");
    assert_eq!(told.count(), 2);
    // Joining a group that all of one's methods exclude would be the last thing that one does.
    let (mut policy, tag) = read(&browser).await;
    for kind in ["authenticator", "totp"] {
        policy[kind]["excluded"] = json!(["guests"]);
    }
    let mine = format!("/api/v1/people/{}/groups", root.account);
    let saved = save(&browser, &world, Some(&tag), &policy).await;
    if saved.status == 200 {
        browser
            .put(&mine, json!({ "groups": ["guests"] }))
            .await
            .expect_problem(409, "policy.locks_you_out");
    } else {
        saved.expect_problem(422, "policy.invalid"); // there is no other method that guests could have
    }
    browser.put(&mine, json!({ "groups": ["staff"] })).await.expect(200);
}

/// Kept, each of these would refuse every passkey.
#[tokio::test]
async fn a_root_that_can_prove_nothing_is_refused() {
    let world = World::start().await;
    let browser = administrator(&world).await.signed_in_by_number().await;
    let (mut policy, tag) = read(&browser).await;
    let (maker, past) = (Maker::of([1; 16]), Maker::until(2026, [1; 16]));
    let garbage = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----";
    let cut = maker.root().replacen("MII", "MI", 1);
    let roots = [
        maker.root(),
        "nothing".to_owned(),
        garbage.to_owned(),
        cut,
        maker.root() + &maker.root(),
        maker.certificate(),
        past.root(),
    ];
    policy["passkey"]["settings"]["attestation"] = json!({ "mode": "required", "roots": roots });
    let refused = save(&browser, &world, Some(&tag), &policy)
        .await
        .expect_problem(422, "policy.invalid");
    let places: Vec<String> = (1..roots.len())
        .map(|at| format!("/passkey/settings/attestation/roots/{at}"))
        .collect();
    assert_eq!(pointers(&refused), places, "{}", refused.body);
    let says = |at: usize| refused.body["errors"][at - 1]["detail"].as_str().unwrap();
    assert!(
        says(1).contains("not one certificate in PEM")
            && says(5).contains("keyCertSign")
            && says(6).contains("not valid today")
    );
    policy["passkey"]["settings"]["attestation"]["roots"] = json!([maker.root()]);
    save(&browser, &world, Some(&tag), &policy).await.expect(200);
}
