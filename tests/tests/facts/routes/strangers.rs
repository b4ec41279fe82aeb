//! Every route asked by somebody it does not let in.

use countersign_tests::{Answer, Browser, World};
use serde_json::Value;

use super::table::{Door, Route, routes};
use super::{Cast, changes};
use crate::support::{stored, whole_problem};

/// A route asked as a page would, by whoever's browser it is.
async fn knock(browser: &Browser, route: &Route) -> Answer {
    browser
        .call(
            route.method.clone(),
            &route.path(),
            route.body.clone().unwrap_or(Value::Null),
        )
        .await
}

/// What whoever has nothing is told.
fn turned_away(route: &Route) -> (u16, &'static str) {
    match route.door {
        Door::Open(status, code) => (status, code),
        Door::SignIn => (409, "sign_in.not_under_way"),
        Door::Session | Door::Administrator => (401, "session.required"),
        Door::Phone => (401, "device.proof_invalid"),
    }
}

#[tokio::test]
async fn no_route_lets_in_whoever_has_nothing() {
    let world = World::start().await;
    world.member("root").administrator().with_phone().create().await;
    let before = stored(&world).await;
    let junk = [
        "junk",
        "",
        "1.AAAA",
        "acc_01KAVXGA00000000000000000A.AAAA",
        "%00",
        "\"x\"",
        "a;b=c",
        &"x".repeat(4000),
    ];
    for route in routes() {
        for cookie in [None].into_iter().chain(junk.into_iter().map(Some)) {
            let browser = world.browser();
            for name in ["__Host-cs-session", "__Host-cs-sign-in", "__Host-cs-known"] {
                cookie.inspect(|junk| browser.set_cookie(name, junk));
            }
            let answer = knock(&browser, &route).await;
            assert_eq!(
                (answer.status.as_u16(), answer.code()),
                turned_away(&route),
                "{route:?} with {cookie:?}"
            );
            if !answer.status.is_success() {
                whole_problem(&answer);
            }
            // Only the one open door to sign-in counts passwords, and only for one minute's worth of them.
            if route.path() == "/api/v1/sign-ins" {
                world.pass(3600);
            }
        }
    }
    let counted = |key: &String| key.starts_with("sessions GUESSES#") || key.starts_with("sessions ADDRESS#");
    // What a sign-in without a password asks of a name that nobody has: an account of the beginning of time, which is none.
    let of_nobody = |key: &String| key.contains(" ACCOUNT#acc_0000000000");
    let mut after = stored(&world).await;
    after.retain(|key, _| !counted(key) && !of_nobody(key));
    assert_eq!(after, before);
}

#[tokio::test]
async fn no_route_finds_what_nobody_has() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    for route in routes()
        .into_iter()
        .filter(|route| route.path().contains("0000000A") || route.path().contains("AAAA"))
    {
        let body = route.body.as_ref().map(|body| body.to_string().into_bytes());
        let request = cast
            .request(&route, body.as_deref())
            .header("content-type", "application/json");
        let answer = cast.browser.send(request.body(body.unwrap_or_default())).await;
        whole_problem(&answer);
        // What a phone signs is looked at before what it is about: this is not signed.
        let expected: &[u16] = if route.is_a_phones() { &[401, 409] } else { &[404, 409] };
        assert!(expected.contains(&answer.status.as_u16()), "{route:?}: {answer:?}");
    }
}

#[tokio::test]
async fn a_foreign_origin_changes_nothing() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    let before = stored(&world).await;
    let own = world.origin.as_str();
    let longer = format!("{own}.evil.example");
    let other_port = format!("{}1", world.origin);
    let https = world.origin.replace("http:", "https:");
    let foreign: [&[(&str, &str)]; 11] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", &longer)],
        &[("origin", &other_port)],
        &[("origin", &https)],
        &[("origin", own), ("origin", "https://evil.example")],
        &[("origin", "https://evil.example"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("referer", own)],
    ];
    for route in routes()
        .into_iter()
        .filter(|route| changes(route) && !route.is_a_phones())
    {
        for headers in foreign {
            let mut request = cast.browser.request(route.method.clone(), &route.path());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            if let Some(body) = &route.body {
                request = request.json(body);
            }
            cast.browser
                .send(request)
                .await
                .expect_problem(403, "request.foreign_origin");
        }
    }
    assert_eq!(stored(&world).await, before);
    // A browser that says that it comes from here is one of ours.
    let ours = cast
        .browser
        .request(reqwest::Method::DELETE, "/api/v1/sign-ins/current")
        .header("sec-fetch-site", "same-origin");
    cast.browser.send(ours).await.expect(204);
}

#[tokio::test]
async fn reading_changes_nothing() {
    let world = World::start().await;
    let root = world
        .member("root")
        .administrator()
        .with_phone()
        .with_totp()
        .create()
        .await;
    let browser = root.signed_in_by_code().await;
    let (totp, _) = browser.begin_totp().await;
    let (pairing, _) = browser.begin_phone().await;
    let page = root.enter_password(&browser).await.expect(200);
    assert_eq!(page.text("/state"), "waiting");
    let own = [
        totp,
        pairing,
        format!("/api/v1/me/methods/{}/removal", root.phones[0].1),
        format!("/api/v1/people/{}", root.account),
    ];
    let listed = routes()
        .into_iter()
        .filter(|route| !changes(route) && route.door != Door::Phone)
        .map(|route| route.path());
    let before = stored(&world).await;
    for path in listed.chain(own) {
        // From another site as well: what a link or an image can have a browser do.
        let request = browser
            .request(reqwest::Method::GET, &path)
            .header("sec-fetch-site", "cross-site");
        let answer = browser.send(request.header("origin", "https://evil.example")).await;
        assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        let head = browser.send(browser.request(reqwest::Method::HEAD, &path)).await;
        assert_eq!(head.status, answer.status, "{path}");
    }
    assert_eq!(stored(&world).await, before);
}
