//! Administrators and the others: who reaches people, and what becomes of whom they act on.

use countersign_tests::World;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{is_alive, mailed_token};

/// Every route to people, aimed at somebody.
fn routes(id: &str) -> Vec<(Method, String, Value)> {
    let person =
        json!({ "user_name": "new", "display_name": "New", "mail": "new@example.org", "role": "administrator" });
    vec![
        (Method::GET, "/api/v1/people".to_owned(), Value::Null),
        (Method::POST, "/api/v1/people".to_owned(), person),
        (Method::GET, format!("/api/v1/people/{id}"), Value::Null),
        (Method::POST, format!("/api/v1/people/{id}/invitation"), Value::Null),
        (Method::POST, format!("/api/v1/people/{id}/disable"), Value::Null),
        (Method::POST, format!("/api/v1/people/{id}/enable"), Value::Null),
        (Method::DELETE, format!("/api/v1/people/{id}/sessions"), Value::Null),
        (
            Method::PUT,
            format!("/api/v1/people/{id}/groups"),
            json!({ "groups": ["staff"] }),
        ),
    ]
}

#[tokio::test]
async fn people_are_for_administrators_only() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let root = world.member("root").administrator().with_phone().create().await;
    let (member, admin) = (ada.signed_in_by_number().await, root.signed_in_by_number().await);
    for id in [
        root.account.to_string(),
        ada.account.to_string(),
        "acc_01KAVXGA00000000000000000A".to_owned(),
        "junk".to_owned(),
    ] {
        for (method, path, body) in routes(&id) {
            member
                .call(method.clone(), &path, body.clone())
                .await
                .expect_problem(403, "role.required");
            world
                .browser()
                .call(method, &path, body)
                .await
                .expect_problem(401, "session.required");
        }
    }
    assert!(is_alive(&member).await && is_alive(&admin).await);
    let people = admin.get("/api/v1/people").await.expect(200);
    assert_eq!(people.body["people"].as_array().unwrap().len(), 2, "nobody was made");
    // Nobody is found under an id that nobody has.
    for id in [
        "acc_01KAVXGA00000000000000000A",
        "junk",
        "acc_01kavxga00000000000000000a",
        "%00",
        "..%2f",
    ] {
        for (method, path, body) in routes(id).split_off(2) {
            admin
                .call(method, &path, body)
                .await
                .expect_problem(404, "account.not_found");
        }
    }
    // No route of theirs sets a password, a role or a lasting method of somebody else: a pass ends by itself, and is told.
    let document = serde_json::to_value(countersign_local::document::document()).unwrap();
    let paths = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|path| path.starts_with("/api/v1/people"));
    assert_eq!(paths.count(), 8);
}

#[tokio::test]
async fn an_administrator_cannot_disable_themselves_nor_find_a_password() {
    let world = World::start().await;
    let root = world.member("root").administrator().with_phone().create().await;
    let admin = root.signed_in_by_number().await;
    admin
        .post(&format!("/api/v1/people/{}/disable", root.account), Value::Null)
        .await
        .expect_problem(409, "account.last_administrator");
    assert!(is_alive(&admin).await);
    let person = json!({ "user_name": "Ada", "display_name": "Ada L.", "mail": "ada@example.org", "role": "member" });
    let made = admin.post("/api/v1/people", person.clone()).await.expect(201);
    let token = mailed_token(&world);
    // The link goes to the person; who made the account never sees it.
    assert!(!made.body.to_string().contains(&token));
    let shown = admin
        .get(&format!("/api/v1/people/{}", made.text("/id")))
        .await
        .expect(200);
    assert_eq!(
        (shown.text("/user_name"), shown.text("/status"), &shown.body["methods"]),
        ("ada", "invited", &json!(0))
    );
    assert!(!shown.body.to_string().contains("password"));
    admin
        .post("/api/v1/people", person)
        .await
        .expect_problem(409, "user_name.taken");
    let refusals = [
        ("user_name", json!("a b"), 422, "user_name.invalid"),
        ("user_name", json!("ＡＤＡ"), 409, "user_name.taken"),
        ("display_name", json!("\u{202e}"), 422, "display_name.invalid"),
        ("mail", json!("nowhere"), 422, "mail.invalid"),
        ("role", json!("owner"), 400, "request.malformed"),
    ];
    for (field, value, status, code) in refusals {
        let mut person =
            json!({ "user_name": "bea", "display_name": "Bea", "mail": "bea@example.org", "role": "member" });
        person[field] = value;
        admin.post("/api/v1/people", person).await.expect_problem(status, code);
    }
}

#[tokio::test]
async fn people_are_listed_by_name_page_by_page() {
    let world = World::start_as(|_| ()).await;
    let admin = world
        .member("root")
        .administrator()
        .with_phone()
        .create()
        .await
        .signed_in_by_number()
        .await;
    for n in 0..60 {
        let person =
            json!({ "user_name": format!("p{n:02}"), "display_name": "P", "mail": "p@example.org", "role": "member" });
        admin.post("/api/v1/people", person).await.expect(201);
    }
    let (mut names, mut cursor) = (Vec::new(), String::new());
    for size in [50, 11] {
        let page = admin.get(&format!("/api/v1/people{cursor}")).await.expect(200);
        let people = page.body["people"].as_array().unwrap();
        assert_eq!(people.len(), size);
        names.extend(
            people
                .iter()
                .map(|person| person["user_name"].as_str().unwrap().to_owned()),
        );
        assert!(people.iter().all(|person| person.get("methods").is_none()));
        cursor = page.body["next_cursor"]
            .as_str()
            .map(|next| format!("?cursor={next}"))
            .unwrap_or_default();
    }
    assert!(cursor.is_empty() && names.is_sorted());
    admin
        .get("/api/v1/people?cursor=a%20b")
        .await
        .expect_problem(400, "cursor.invalid");
    admin
        .get("/api/v1/people?page=2")
        .await
        .expect_problem(400, "request.malformed");
}
