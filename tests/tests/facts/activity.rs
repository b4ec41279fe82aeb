//! Recent activity: every kind of row with its fields, page by page, and what the member says of it.

use std::collections::BTreeSet;

use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_tests::{Browser, PASSWORD, World, codes};
use serde_json::{Value, json};

use crate::support::{enter, guess, mailed_token, poll};

const ACTIVITY: &str = "/api/v1/me/activity";

/// All rows, newest first.
async fn rows(browser: &Browser) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = browser.get(&format!("{ACTIVITY}{cursor}")).await.expect(200);
        rows.extend(page.body["events"].as_array().unwrap().iter().cloned());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("?cursor={next}"),
            None => return rows,
        }
    }
}

/// A row's kind, outcome, and what else it has beside when and from where.
fn fields(row: &Value) -> String {
    let mut more: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    more.retain(|field| !["id", "at", "kind", "outcome", "address", "browser", "os", "device_kind"].contains(field));
    format!(
        "{} {}: {}",
        row["kind"].as_str().unwrap(),
        row["outcome"].as_str().unwrap(),
        more.join(" ")
    )
}

#[tokio::test]
async fn every_kind_of_event_is_recorded_with_its_fields() {
    let world = World::start().await;
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let person = json!({ "user_name": "ada", "display_name": "Ada", "mail": "ada@example.org", "role": "member" });
    let id = admin
        .post("/api/v1/people", person)
        .await
        .expect(201)
        .text("/id")
        .to_owned();
    let browser = world.browser();
    let accept = json!({ "token": mailed_token(&world), "password": PASSWORD });
    browser.post("/api/v1/invitations/accept", accept).await.expect(200);
    let (ceremony, seed) = browser.begin_totp().await;
    browser
        .post(
            &format!("{ceremony}/confirm"),
            json!({ "code": codes::code(&seed, world.now()) }),
        )
        .await
        .expect(200);
    let (ceremony, code) = browser.begin_phone().await;
    let (phone, paired) = world.pair(&code).await;
    browser.confirm_phone(&ceremony, &phone).await.expect(200);
    let method = format!("/api/v1/me/methods/{}", paired.authenticator_id);
    browser
        .patch(&method, json!({ "name": "Work phone" }))
        .await
        .expect(200);
    browser
        .put("/api/v1/me/methods/default", json!({ "id": paired.authenticator_id }))
        .await
        .expect(204);
    world.pass(30);
    let phone = world
        .app()
        .phone(phone.key().clone(), phone.account(), phone.authenticator());

    // Sign-ins that fail, prompts that end without one, and one that goes well.
    let other = world.browser();
    guess(&other, "ada", "wrong").await.expect(401);
    guess(&other, "ada", PASSWORD).await.expect(200);
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    phone
        .answer(
            &prompt,
            Decision::Deny {
                reason: DenyReason::ChangedMind,
            },
        )
        .await
        .unwrap();
    enter(&other, &codes::wrong_code(&seed, world.now(), 1))
        .await
        .expect(401);
    let page = other
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    countersign_tests::enrolling::approve(&phone, page.text("/prompts/0/number")).await;
    assert_eq!(poll(&other).await.text("/state"), "complete");

    // Ends of all kinds.
    let session = other.get("/api/v1/me").await.expect(200).text("/session/id").to_owned();
    browser
        .delete(&format!("/api/v1/me/sessions/{session}"))
        .await
        .expect(204);
    browser
        .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))
        .await
        .expect(200);
    browser.delete(&method).await.expect(200);
    browser.post("/api/v1/sign-out", Value::Null).await.expect(204);
    for act in ["disable", "enable"] {
        admin
            .post(&format!("/api/v1/people/{id}/{act}"), Value::Null)
            .await
            .expect(200);
    }
    admin
        .put(&format!("/api/v1/people/{id}/groups"), json!({ "groups": ["staff"] }))
        .await
        .expect(200);
    guess(&browser, "ada", PASSWORD).await.expect(200);
    enter(&browser, &codes::code(&seed, world.now())).await.expect(200);

    let rows = rows(&browser).await;
    let kinds: BTreeSet<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    let document = serde_json::to_value(countersign_local::document::document()).unwrap();
    let all = document["components"]["schemas"]["EventKind"]["enum"]
        .as_array()
        .unwrap();
    // What administrators do to the organization stands in their own activity (facts/policy.rs), a copied key in
    // facts/passkeys, passes in facts/passes.
    let elsewhere = ["policy_changed", "passkey_copied", "pass_issued", "pass_revoked"];
    let of_members = all.iter().filter(|kind| !elsewhere.contains(&kind.as_str().unwrap()));
    assert_eq!(
        kinds,
        of_members.map(|kind| kind.as_str().unwrap()).collect(),
        "each kind that the document names"
    );
    let shapes: BTreeSet<String> = rows.iter().map(fields).collect();
    let expected = [
        "account_disabled information: by",
        "account_enabled information: by",
        "default_changed success: method",
        "groups_changed information: by",
        "invited information: by",
        "method_added success: method",
        "method_removed success: method",
        "method_renamed success: method",
        "password_set success: method session_id",
        "prompt failure: app code method",
        "session_ended success: session_id",
        "sign_in failure: app code method",
        "sign_in failure: code method",
        "sign_in success: app method number_match session_id",
        "sign_in success: app method session_id",
        "signed_out success: session_id",
        "signed_out_everywhere success: session_id",
    ];
    assert_eq!(shapes, expected.map(str::to_owned).into());
    for row in &rows {
        assert_eq!(row["address"], "127.0.0.1", "{row}");
        assert!(row["browser"].is_string() && row["at"].is_string(), "{row}");
    }
}

#[tokio::test]
async fn activity_is_paged_newest_first() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let browser = ada.signed_in_by_number().await;
    let method = format!("/api/v1/me/methods/{}", ada.phones[0].1);
    for n in 1..45 {
        world.pass(1);
        browser
            .patch(&method, json!({ "name": format!("Phone {n}") }))
            .await
            .expect(200);
    }
    let (mut sizes, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = browser.get(&format!("{ACTIVITY}{cursor}")).await.expect(200);
        sizes.push(page.body["events"].as_array().unwrap().len());
        let Some(next) = page.body["next_cursor"].as_str() else {
            break;
        };
        cursor = format!("?cursor={next}");
    }
    assert_eq!(sizes, [20, 20, 5]);
    let rows = rows(&browser).await;
    let names: Vec<_> = rows
        .iter()
        .map(|row| row["method"]["name"].as_str().unwrap().to_owned())
        .collect();
    let expected: Vec<_> = (1..45)
        .rev()
        .map(|n| format!("Phone {n}"))
        .chain(["Test phone".to_owned()])
        .collect();
    assert_eq!(names, expected);
    // Only what the list gave out is a cursor; another account's place in it shows nothing of that account.
    let eve = world
        .member("eve")
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    let place = rows[3]["id"].as_str().unwrap();
    let page = eve.get(&format!("{ACTIVITY}?cursor={place}")).await.expect(200);
    assert_eq!(page.body["events"], json!([]));
    for junk in [
        "junk",
        "",
        "aut_01KAVXGA00000000000000000A",
        &place.to_lowercase(),
        "act_",
        "%00",
        "%ff",
    ] {
        let page = eve.get(&format!("{ACTIVITY}?cursor={junk}")).await;
        assert!(
            page.status == 400 && ["cursor.invalid", "request.malformed"].contains(&page.code()),
            "{junk}: {page:?}"
        );
    }
    eve.get(&format!("{ACTIVITY}?cursor={place}&limit=1000"))
        .await
        .expect_problem(400, "request.malformed");
}
