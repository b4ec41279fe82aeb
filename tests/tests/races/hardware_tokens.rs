//! Fifty at one token: whose code comes first, has it.

use std::fmt::Write as _;

use countersign_tests::{Browser, World, codes};
use reqwest::Method;
use serde_json::json;
use totp_rs::Secret;

use super::race::{RACERS, Tally, rounds, session_of, sessions, start, together, warm};

/// How many accounts are after one token.
const CONTENDERS: usize = 5;
const SEED: &[u8] = b"a token of 20 bytes.";

/// Keeps tokens of these serial numbers, through the door that administrators use.
async fn import(world: &World, lane: &Browser, serials: impl Iterator<Item = String>) {
    let root = world.member("root").administrator().with_totp().create().await;
    let desk = session_of(&root, lane, root.generators[0].1).await;
    let secret = Secret::from(SEED.to_vec()).to_base32();
    let mut csv = "upn,serial number,secret key,time interval,manufacturer,model\n".to_owned();
    for serial in serials {
        writeln!(csv, ",{serial},{secret},30,Feitian,c200").unwrap();
    }
    desk.post("/api/v1/hardware-tokens/import", json!({ "csv": csv }))
        .await
        .expect(200);
}

async fn begin(browser: &Browser, serial: &str) -> String {
    let begun = browser
        .post(
            "/api/v1/me/methods",
            json!({ "kind": "hardware_oath", "serial": serial }),
        )
        .await
        .expect(201);
    format!("/api/v1/me/enrollments/{}/confirm", begun.text("/id"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_token_is_activated_by_one_account() {
    let (world, lane) = start().await;
    let rounds = rounds(3);
    import(&world, &lane, (0..rounds).map(|round| format!("FT-{round}"))).await;
    for round in 0..rounds {
        let mut ceremonies = Vec::new();
        for n in 0..CONTENDERS {
            let one = world.member(&format!("member{round}-{n}")).with_totp().create().await;
            let browser = session_of(&one, &lane, one.generators[0].1).await;
            let confirm = begin(&browser, &format!("FT-{round}")).await;
            ceremonies.push((browser, confirm));
        }
        warm(&lane).await;
        let code = codes::code(SEED, world.now());
        let racers = ceremonies.iter().cycle().take(RACERS).map(|(browser, confirm)| {
            let (browser, confirm, body) = (browser.clone(), confirm.clone(), json!({ "code": code }));
            async move { browser.call(Method::POST, &confirm, body).await }
        });
        let answers = together(racers.collect::<Vec<_>>()).await;
        let tally = Tally::of(
            &answers,
            &["token.rejected", "attempts.exhausted", "enrollment.expired"],
        );
        assert_eq!(tally.won(), 1, "round {round}: {tally:?}");
        world.pass(61);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_code_of_a_token_signs_in_once() {
    let (world, lane) = start().await;
    import(&world, &lane, std::iter::once("FT-1".to_owned())).await;
    let ada = world.member("ada").with_totp().create().await;
    let browser = session_of(&ada, &lane, ada.generators[0].1).await;
    let confirm = begin(&browser, "FT-1").await;
    let done = browser
        .post(&confirm, json!({ "code": codes::code(SEED, world.now()) }))
        .await
        .expect(200);
    let token = done.text("/method/id").to_owned();
    for round in 0..rounds(3) {
        world.pass(30);
        let sign_ins = super::race::begun(&ada, &lane, 5).await;
        let before = sessions(&ada).await.len();
        warm(&lane).await;
        let code = codes::code(SEED, world.now());
        let racers = sign_ins.iter().cycle().take(RACERS).map(|sign_in| {
            let (browser, body) = (sign_in.stolen(), json!({ "authenticator_id": token, "code": code }));
            async move { browser.call(Method::POST, "/api/v1/sign-ins/current/code", body).await }
        });
        let answers = together(racers.collect::<Vec<_>>()).await;
        Tally::of(&answers, &["challenge.code_rejected", "attempts.exhausted"]);
        let completed = answers.iter().filter(|answer| answer.body["state"] == "complete");
        assert_eq!(completed.count(), 1, "round {round}");
        assert_eq!(sessions(&ada).await.len() - before, 1, "round {round}");
        super::race::forgive(&ada).await;
    }
}
