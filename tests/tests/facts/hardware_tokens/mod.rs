//! Hardware tokens: imported row by row, never shown, activated by serial number and code, and in one pair of hands.

mod activating;
mod inventory;

use countersign_tests::{Answer, Browser, Member, World, codes};
use serde_json::json;
use totp_rs::Secret;

use crate::support::enter;

const HEADER: &str = "upn,serial number,secret key,time interval,manufacturer,model";
const IMPORT: &str = "/api/v1/hardware-tokens/import";

/// The seed of a token, by its serial number.
fn seed(serial: &str) -> Vec<u8> {
    format!("{serial:*<20}").into_bytes()
}

/// The row of a token.
fn row(upn: &str, serial: &str) -> String {
    let secret = Secret::from(seed(serial)).to_base32();
    format!("{upn},{serial},{secret},30,Feitian,c200\n")
}

/// An administrator with a fresh proof.
async fn desk(world: &World) -> Browser {
    let root = world.member("root").administrator().with_phone().create().await;
    root.signed_in_by_number().await
}

async fn import(desk: &Browser, rows: &str) -> Answer {
    desk.post(IMPORT, json!({ "csv": format!("{HEADER}\n{rows}") })).await
}

async fn list(desk: &Browser, state: &str) -> Vec<String> {
    let page = desk
        .get(&format!("/api/v1/hardware-tokens?state={state}"))
        .await
        .expect(200);
    let tokens = page.body["tokens"].as_array().unwrap().iter();
    tokens
        .map(|token| token["serial"].as_str().unwrap().to_owned())
        .collect()
}

/// What a token's clock shows that is so many steps ahead.
fn shown(world: &World, serial: &str, ahead: i64) -> String {
    codes::code(&seed(serial), world.now() + jiff::SignedDuration::from_secs(30 * ahead))
}

/// A ceremony with a serial number, and the answer to a code.
async fn activate(browser: &Browser, serial: &str, code: &str) -> Answer {
    let begun = browser
        .post(
            "/api/v1/me/methods",
            json!({ "kind": "hardware_oath", "serial": serial }),
        )
        .await
        .expect(201);
    let confirm = format!("/api/v1/me/enrollments/{}/confirm", begun.text("/id"));
    browser.post(&confirm, json!({ "code": code })).await
}

/// A sign-in by a code of the one authenticator that has codes.
async fn sign_in(member: &Member<'_>, code: &str) -> (Browser, Answer) {
    let browser = member.world.browser();
    member.enter_password(&browser).await.expect(200);
    let answer = enter(&browser, code).await;
    (browser, answer)
}
