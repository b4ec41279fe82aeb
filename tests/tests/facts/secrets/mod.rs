//! No secret in the log at its loudest, in an answer that is not the one to give it, or in a row.

mod hunt;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use countersign_device::Phone;
use countersign_domain::delivery::{Channel, Delivery};
use countersign_domain::secret::Secret;
use countersign_platform::keys::{Purpose, derived};
use countersign_platform::telemetry::Captured;
use countersign_tests::enrolling::approve;
use countersign_tests::{PASSWORD, World, codes};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{enter, mailed_token, poll, stored};
use hunt::Hunt;

/// A phone that writes down what it is told.
async fn told(phone: &Phone, heard: &mut String) {
    for path in ["/device/v1/prompts", "/device/v1/device"] {
        let reply = phone.call(Method::GET, path, None).await.unwrap();
        assert_eq!(reply.status, 200);
        heard.push_str(&reply.body.to_string());
    }
}

fn channel() -> Channel {
    serde_json::from_value(json!({
        "kind": "web_push", "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/capability-of-this-phone",
        "p256dh": BASE64_URL_SAFE_NO_PAD.encode([4; 65]), "auth": BASE64_URL_SAFE_NO_PAD.encode(b"auth-of-16-bytes"),
    }))
    .unwrap()
}

#[tokio::test]
async fn no_secret_is_logged_answered_or_stored_in_the_clear() {
    let (log, _capturing) = Captured::here();
    // Six digits, so that a number is not found by chance.
    let world = World::start_as(|parts| parts.policy.number_length = 6).await;
    let mut hunt = Hunt::new();
    let keys: Value = serde_json::from_str(world.parts.keys.keyring().await.unwrap().written().expose()).unwrap();
    let root = keys["1"].as_str().unwrap().to_owned();
    for purpose in [Purpose::Data, Purpose::Pepper, Purpose::Cookie, Purpose::Vapid] {
        let key = derived(&Secret::new(root.clone()), purpose).unwrap();
        hunt.bytes(&format!("{purpose:?} key"), key.expose());
    }
    hunt.text("root of all keys", &root);

    // The first administrator sets up, a member enters by a link; each with a password and a generator or a phone.
    let first = world.parts.first_administrator_link().await.unwrap().unwrap();
    hunt.text("first link", first.expose().split_once("#token=").unwrap().1);
    let admin = world.browser();
    let accept = json!({ "token": first.expose().split_once('=').unwrap().1, "user_name": "root", "display_name": "Root", "password": PASSWORD });
    admin.post("/api/v1/invitations/accept", accept).await.expect(200);
    hunt.text("password", PASSWORD);
    hunt.text(
        "registration session",
        secret_of(&admin.cookie("__Host-cs-session").unwrap()),
    );
    let (ceremony, seed) = admin.begin_totp().await;
    hunt.bytes("seed", &seed);
    hunt.also(in_fours(&totp_rs::Secret::from(seed.clone()).to_base32()));
    let first_code = codes::code(&seed, world.now());
    admin
        .post(&format!("{ceremony}/confirm"), json!({ "code": first_code }))
        .await
        .expect(200);
    hunt.text("code", &first_code);
    hunt.text("first session", secret_of(&admin.cookie("__Host-cs-session").unwrap()));
    let person = json!({ "user_name": "ada", "display_name": "Ada", "mail": "ada@example.org", "role": "member" });
    admin.post("/api/v1/people", person).await.expect(201);
    let token = b"the seed of a token!".to_vec();
    hunt.bytes("token's seed", &token);
    let row = format!(
        "upn,serial number,secret key,time interval,manufacturer,model\n,FT-1,{},30,Feitian,c200\n,FT-1,bad,30,Feitian,c200",
        totp_rs::Secret::from(token).to_base32()
    );
    let file = json!({ "csv": row });
    admin.post("/api/v1/hardware-tokens/import", file).await.expect(200);
    admin.get("/api/v1/hardware-tokens").await.expect(200);
    let link = mailed_token(&world);
    hunt.text("link", &link);
    let typed = "coral lantern drifts westward";
    hunt.text("her password", typed);
    let browser = world.browser();
    let check = json!({ "token": link, "user_name": "ada", "password": typed });
    browser
        .post("/api/v1/invitations/password-check", check)
        .await
        .expect(200);
    browser
        .post(
            "/api/v1/invitations/accept",
            json!({ "token": link, "password": typed }),
        )
        .await
        .expect(200);
    let (ceremony, code) = browser.begin_phone().await;
    hunt.text("pairing code", code.canonical());
    hunt.also(code.to_string());
    let mut heard = String::new();
    let app = world.app();
    let (phone, _) = app.pair(&code, &"Pixel 9".parse().unwrap(), channel()).await.unwrap();
    hunt.bytes("phone's key", phone.key().pkcs8().expose());
    hunt.text("push auth", "auth-of-16-bytes");
    hunt.text("push address", "capability-of-this-phone");
    told(&phone, &mut heard).await;
    let page = browser.get(&ceremony).await.expect(200);
    hunt.text("test number", page.text("/prompts/0/number"));
    approve(&phone, page.text("/prompts/0/number")).await;
    browser.get(&ceremony).await.expect(200);

    // She signs in elsewhere: a wrong password, a wrong number, the right ones; and proves it once more.
    let other = world.browser();
    let wrong = "coral lantern drifts eastward";
    hunt.text("wrong password", wrong);
    let start = |password: &str| json!({ "user_name": "ada", "password": password });
    other.post("/api/v1/sign-ins", start(wrong)).await.expect(401);
    let page = other.post("/api/v1/sign-ins", start(typed)).await.expect(200);
    hunt.text("first number", page.text("/prompts/0/number"));
    told(&phone, &mut heard).await;
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let mistyped = if page.text("/prompts/0/number") == "271828" {
        "314159"
    } else {
        "271828"
    };
    hunt.text("mistyped number", mistyped);
    let decision = countersign_domain::device::claims::Decision::Approve {
        number: Secret::new(mistyped.to_owned()),
    };
    heard.push_str(&phone.answer(&prompt, decision).await.unwrap_err().to_string());
    let page = other
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200);
    hunt.text("second number", page.text("/prompts/0/number"));
    approve(&phone, page.text("/prompts/0/number")).await;
    poll(&other).await;
    hunt.text("second session", secret_of(&other.cookie("__Host-cs-session").unwrap()));
    admin
        .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    let mistyped = codes::wrong_code(&seed, world.now(), 123_456);
    hunt.text("wrong code", &mistyped);
    enter(&admin, &mistyped).await.expect(401);
    // Recovery codes are made and one is used; a pass is issued, mistyped and used.
    let page = admin
        .post("/api/v1/me/methods", json!({ "kind": "recovery_codes" }))
        .await
        .expect(201);
    let shown: Vec<String> = serde_json::from_value(page.body["prompts"][0]["codes"].clone()).unwrap();
    for (n, code) in shown.iter().enumerate() {
        hunt.text(&format!("recovery code {n}"), &code.replace('-', ""));
        hunt.also(code.clone());
    }
    let ceremony = format!("/api/v1/me/enrollments/{}", page.text("/id"));
    admin.get(&ceremony).await.expect(200);
    let wrong = "A-2345-6789-ABCD-EFGH";
    hunt.text("wrong recovery code", wrong);
    admin
        .post(&format!("{ceremony}/confirm"), json!({ "code": wrong }))
        .await
        .expect(401);
    let done = admin
        .post(&format!("{ceremony}/confirm"), json!({ "code": shown[3] }))
        .await
        .expect(200);
    let saved = world.browser();
    saved
        .post("/api/v1/sign-ins", json!({ "user_name": "root", "password": PASSWORD }))
        .await
        .expect(200);
    for (code, status) in [(wrong, 401), (&shown[0], 200)] {
        let code = json!({ "authenticator_id": done.text("/method/id"), "code": code });
        saved.post("/api/v1/sign-ins/current/code", code).await.expect(status);
    }
    hunt.text(
        "session by recovery code",
        secret_of(&saved.cookie("__Host-cs-session").unwrap()),
    );
    let people = admin.get("/api/v1/people").await.expect(200);
    let people = people.body["people"].as_array().unwrap();
    let ada = people.iter().find(|one| one["user_name"] == "ada").unwrap()["id"]
        .as_str()
        .unwrap();
    let at = format!("/api/v1/people/{ada}/pass");
    let issued = admin.post(&at, json!({ "length": 20 })).await.expect(201);
    hunt.text("pass", &issued.text("/secret").replace('-', ""));
    hunt.also(issued.text("/secret").to_owned());
    admin.get(&at).await.expect(200);
    let passing = world.browser();
    hunt.text("wrong pass", "2345-6789-ABCD");
    for (pass, status) in [("2345-6789-ABCD", 401), (issued.text("/secret"), 200)] {
        let body = json!({ "user_name": "ada", "pass": pass });
        passing.post("/api/v1/sign-ins/pass", body).await.expect(status);
    }
    hunt.text(
        "session by pass",
        secret_of(&passing.cookie("__Host-cs-session").unwrap()),
    );
    for path in [
        "/api/v1/me",
        "/api/v1/me/methods",
        "/api/v1/me/sessions",
        "/api/v1/me/activity",
    ] {
        other.get(path).await.expect(200);
        saved.get(path).await.expect(200);
        passing.get(path).await.expect(200);
        admin.get(path).await.expect(200);
    }
    admin.get("/api/v1/people").await.expect(200);

    // In answers: each only where it is to be given, once to whoever needs it.
    let mut given: Vec<String> = Vec::new();
    for browser in [&admin, &browser, &other, &saved, &passing] {
        for (path, answer) in browser.heard() {
            let path = path.split("/enr_").next().unwrap().to_owned();
            let path = if path.contains("/acc_") {
                "/api/v1/people/{id}/pass"
            } else {
                &path
            };
            let one_of_ten = |name: &str| {
                name.trim_end_matches(|c: char| c.is_ascii_digit())
                    .trim_end()
                    .to_owned()
            };
            let found = hunt.shown_in(&answer).into_iter().map(one_of_ten);
            given.extend(found.map(|name| format!("{path}: {name}")));
        }
    }
    given.sort();
    given.dedup();
    let expected = [
        "/api/v1/invitations/accept: registration session",
        "/api/v1/me/enrollments: first session",
        "/api/v1/me/enrollments: recovery code",
        "/api/v1/me/enrollments: test number",
        "/api/v1/me/methods: pairing code",
        "/api/v1/me/methods: recovery code",
        "/api/v1/me/methods: seed",
        "/api/v1/people/{id}/pass: pass",
        "/api/v1/sign-ins/current/code: session by recovery code",
        "/api/v1/sign-ins/current/prompt: second number",
        "/api/v1/sign-ins/current: second session",
        "/api/v1/sign-ins/pass: session by pass",
        "/api/v1/sign-ins: first number",
    ];
    assert_eq!(given, expected);
    assert_eq!(hunt.shown_in(&heard), Vec::<&str>::new(), "nothing to the phone");

    // In pushes: nothing. In rows: what a push needs, and nothing else.
    let pushes: Vec<_> = world
        .outbox
        .sent()
        .into_iter()
        .filter(|one| matches!(one, Delivery::Push { .. }))
        .collect();
    assert!(pushes.len() >= 3);
    assert_eq!(hunt.found_in(&format!("{pushes:?}")), Vec::<&str>::new());
    let rows = stored(&world).await;
    assert!(rows.len() > 12);
    for (key, row) in &rows {
        let found = hunt.found_in(&format!("{key} {row}"));
        let channel = key.contains(&phone.authenticator().to_string());
        assert_eq!(
            found,
            if channel {
                vec!["push auth", "push address"]
            } else {
                vec![]
            },
            "{key}"
        );
    }

    // In the log: nothing that we write; and libraries at their loudest, which no deployment lets speak, know no more than the rows.
    let text = log.text();
    let ours: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("\"target\":\"countersign"))
        .collect();
    assert!(
        ours.len() > 30 && text.lines().count() > 10 * ours.len(),
        "{} of {}",
        ours.len(),
        text.lines().count()
    );
    assert_eq!(hunt.found_in(&ours.join("\n")), Vec::<&str>::new());
    assert_eq!(hunt.found_in(&text), ["push auth", "push address"]);

    // And what is looked for would be found, in each of the places.
    tracing::info!(target: "countersign", "a slip: {}", code);
    assert_eq!(hunt.found_in(log.text().lines().last().unwrap()), ["pairing code"]);
    let slip = world.database().put_item().table_name("activity");
    let text = |text: String| aws_sdk_dynamodb::types::AttributeValue::S(text);
    let slip = slip.item("PK", text("X".to_owned())).item("SK", text("X".to_owned()));
    slip.item("slip", text(BASE64_STANDARD.encode(&seed)))
        .send()
        .await
        .unwrap();
    let rows = stored(&world).await;
    assert_eq!(hunt.found_in(&rows["activity X X"]), ["seed"]);
}

/// As a seed is shown for typing.
fn in_fours(base32: &str) -> String {
    base32
        .as_bytes()
        .chunks(4)
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The part of a session's cookie that is the secret.
fn secret_of(cookie: &str) -> &str {
    cookie.split_once('.').unwrap().1
}
