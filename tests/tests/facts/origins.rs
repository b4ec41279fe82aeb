//! Links and returns: to this service's own origin, whatever a request says.

use countersign_tests::{PASSWORD, World};
use serde_json::json;

#[tokio::test]
async fn return_to_stays_on_this_origin() {
    let world = World::start().await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = world.browser();
    let foreign = [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "evil.example",
        "",
        "javascript:alert(1)",
        "/a b",
        "/\u{e9}",
        "/a\nb",
        " /a",
        &format!("/{}", "a".repeat(512)),
    ];
    for to in foreign {
        let start = json!({ "user_name": "ada", "password": PASSWORD, "return_to": to });
        browser
            .post("/api/v1/sign-ins", start)
            .await
            .expect_problem(400, "request.malformed");
    }
    let start = json!({ "user_name": "ada", "password": PASSWORD, "return_to": "/activity?from=1#x" });
    browser.post("/api/v1/sign-ins", start).await.expect(200);
    let done = crate::support::enter(&browser, &ada.code(0)).await.expect(200);
    assert_eq!(
        (done.text("/next/kind"), done.text("/next/to")),
        ("return", "/activity?from=1#x")
    );
    for to in foreign {
        let again = json!({ "password": PASSWORD, "return_to": to });
        browser
            .post("/api/v1/reauthentications", again)
            .await
            .expect_problem(400, "request.malformed");
    }
}

#[tokio::test]
async fn links_ignore_the_host_header() {
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
    let request = admin
        .request(reqwest::Method::POST, "/api/v1/people")
        .header("origin", &world.origin);
    let request = request
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");
    admin.send(request.json(&person)).await.expect(201);
    let sent = format!("{:?}", world.outbox.sent().last().unwrap());
    assert!(!sent.contains("evil"), "{sent}");
    let link = world
        .outbox
        .sent()
        .into_iter()
        .rev()
        .find_map(|delivery| match delivery {
            countersign_domain::delivery::Delivery::Mail { message, .. } => match message {
                countersign_domain::delivery::Mail::EnrollmentLink { link, .. } => Some(link.expose().clone()),
                countersign_domain::delivery::Mail::Notice(_) => None,
            },
            _ => None,
        });
    assert!(link.unwrap().starts_with(&format!("{}/welcome#token=", world.origin)));
    let request = admin
        .request(reqwest::Method::POST, "/api/v1/me/methods")
        .header("origin", &world.origin);
    let request = request
        .header("host", "evil.example")
        .json(&json!({ "kind": "authenticator" }));
    let page = admin.send(request).await.expect(201);
    assert!(
        page.text("/prompts/0/uri")
            .starts_with(&format!("{}/authenticator#pair=", world.origin))
    );
}
