//! Tokens, cookies and signed messages: each is good for its own purpose and from its own place.

use countersign_tests::World;

use crate::support::{asked, claims, refused};

#[tokio::test]
async fn a_signed_message_of_another_kind_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let phone = ada.phone(0);
    let claims = claims(&phone, &prompt, &digits);
    // A proof in place of an answer, an answer in place of a proof, though both are signed by the very key.
    let proof = phone.sign_proof(&claims).unwrap();
    refused(
        &phone.send_answer(prompt.id, &proof).await.unwrap(),
        401,
        "device.signature_invalid",
    );
    let path = "/device/v1/prompts";
    let honest = phone.proof_claims(&reqwest::Method::GET, path, None).unwrap();
    let answer = phone.sign_answer(&honest).unwrap();
    let reply = phone
        .send(reqwest::Method::GET, path, None, Some(&answer))
        .await
        .unwrap();
    refused(&reply, 401, "device.proof_invalid");
    // Nothing that is signed elsewhere in the service is a message of the phone, or a cookie.
    let cookie = browser.cookie("__Host-cs-sign-in").unwrap();
    let reply = phone
        .send(reqwest::Method::GET, path, None, Some(&cookie))
        .await
        .unwrap();
    refused(&reply, 401, "device.proof_invalid");
    let known = ada.signed_in_by_number().await.cookie("__Host-cs-known").unwrap();
    let thief = world.browser();
    for token in [&known, &answer, &cookie] {
        thief.set_cookie("__Host-cs-session", token);
        thief.get("/api/v1/me").await.expect_problem(401, "session.required");
        thief.set_cookie("__Host-cs-sign-in", token);
    }
    thief.set_cookie("__Host-cs-sign-in", &known);
    thief
        .get("/api/v1/sign-ins/current")
        .await
        .expect_problem(409, "sign_in.not_under_way");
}

#[tokio::test]
async fn a_forged_cut_or_foreign_cookie_is_no_session() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let eve = world.member("eve").with_phone().create().await;
    let cookie = ada.signed_in_by_number().await.cookie("__Host-cs-session").unwrap();
    let eves = eve.signed_in_by_number().await.cookie("__Host-cs-session").unwrap();
    let (account, secret) = cookie.split_once('.').unwrap();
    let (_, eves_secret) = eves.split_once('.').unwrap();
    let flipped: String = secret.chars().rev().collect();
    let junk = [
        String::new(),
        ".".to_owned(),
        account.to_owned(),
        format!("{account}."),
        secret.to_owned(),
        format!("{account}.{}", &secret[1..]),
        format!("{account}.{secret}A"),
        format!("{account}.{secret}="),
        format!("{account}.{flipped}"),
        format!("{}.{secret}", account.to_lowercase()),
        // Eve's secret for Ada's account, and the other way round.
        format!("{account}.{eves_secret}"),
        format!("{}.{secret}", eve.account),
        // What the lists show is not what the cookie holds.
        format!(
            "{account}.{}",
            countersign_domain::encoding::base64url(countersign_domain::encoding::sha256(secret))
        ),
        "A".repeat(4000),
        "acc_01KAVXGA00000000000000000A.null".to_owned(),
    ];
    for value in junk {
        let browser = world.browser();
        browser.set_cookie("__Host-cs-session", &value);
        browser.get("/api/v1/me").await.expect_problem(401, "session.required");
    }
    // Under another name, twice, or beside another one, it is no session either.
    let headers = [
        format!("cs-session={cookie}"),
        format!("__Secure-cs-session={cookie}"),
        format!("__Host-cs-session={cookie}; __Host-cs-session={eves}"),
        format!("__Host-cs-session=\"{cookie}\""),
        format!("__Host-cs-session={cookie}, __Host-cs-session={cookie}"),
    ];
    for header in headers {
        let browser = world.browser();
        let request = browser
            .request(reqwest::Method::GET, "/api/v1/me")
            .header("cookie", header);
        browser.send(request).await.expect_problem(401, "session.required");
    }
}
