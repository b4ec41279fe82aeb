//! Hardware tokens: imported row by row, never shown, activated by serial number and code, and in one pair of hands.

use countersign_tests::{Answer, Browser, Member, World, codes};
use serde_json::{Value, json};
use totp_rs::Secret;

use crate::support::{enter, signed_out, stored};

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

#[tokio::test]
async fn a_row_is_a_token_and_a_second_import_of_the_file_changes_nothing() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").create().await;
    let file = row("", "FT-1") + &row("ADA", "ft-2") + &row("", "FT-3");
    let first = import(&desk, &file).await.expect(200);
    assert_eq!(
        first.body,
        json!({ "rows": 3, "imported": 3, "already_there": 0, "flaws": [] })
    );
    assert_eq!(list(&desk, "available").await, ["FT-1", "FT-3"]);
    assert_eq!(list(&desk, "assigned").await, ["FT-2"]);
    let token = desk.get("/api/v1/hardware-tokens/ft-2").await.expect(200);
    assert_eq!(
        (token.text("/holder"), token.text("/user_name"), token.text("/model")),
        (ada.account.to_string().as_str(), "ada", "c200")
    );
    let before = stored(&world).await;
    let again = import(&desk, &file).await.expect(200);
    assert_eq!(
        again.body,
        json!({ "rows": 3, "imported": 0, "already_there": 3, "flaws": [] })
    );
    let tokens = |rows: &std::collections::BTreeMap<String, String>| {
        let of_tokens = rows.iter().filter(|(key, _)| key.contains("TOKEN#"));
        of_tokens.map(|(key, row)| format!("{key} {row}")).collect::<Vec<_>>()
    };
    assert_eq!(tokens(&stored(&world).await), tokens(&before));
    assert_eq!(tokens(&before).len(), 3);
}

#[tokio::test]
async fn a_bad_row_is_told_by_line_and_column_and_the_others_are_kept() {
    let world = World::start().await;
    let desk = desk(&world).await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let other = Secret::from(seed("other")).to_base32();
    let file = [
        row("", "FT-2"),
        row("nobody", "FT-3"),
        "too,few\n".to_owned(),
        ",FT-4,not base32!,30,Feitian,c200\n".to_owned(),
        format!(",FT-1,{other},30,Feitian,c200\n"),
        row("", "=CMD()"),
        row("", "FT-5").replace(",30,", ",31,"),
        row("", "FT-6"),
    ]
    .concat();
    let body = json!({ "csv": format!("\u{feff}{HEADER}\r\n{}", file.replace('\n', "\r\n")), "first_line": 402 });
    let told = desk.post(IMPORT, body).await.expect(200);
    assert_eq!((&told.body["rows"], &told.body["imported"]), (&json!(8), &json!(2)));
    let flaws: Vec<_> = told.body["flaws"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flaw| {
            (
                flaw["line"].as_u64().unwrap(),
                flaw["column_name"].as_str(),
                flaw["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        flaws,
        [
            (403, Some("upn"), "upn.unknown"),
            (404, None, "row.columns"),
            (405, Some("secret key"), "secret_key.invalid"),
            (406, Some("serial number"), "serial_number.taken"),
            (407, Some("serial number"), "serial_number.invalid"),
            (408, Some("time interval"), "time_interval.invalid"),
        ]
    );
    assert_eq!(list(&desk, "available").await, ["FT-1", "FT-2", "FT-6"]);
    // What was wrong is not repeated: it may be a seed in the wrong column.
    assert!(!told.body.to_string().contains("base32!") && !told.body.to_string().contains(&other));
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_and_one_that_is_too_large_is_sent_in_pieces() {
    let world = World::start().await;
    let desk = desk(&world).await;
    for csv in [
        String::new(),
        row("", "FT-1"),
        format!("{HEADER}\n"),
        "\0".to_owned(),
        "a".repeat(50_000),
    ] {
        desk.post(IMPORT, json!({ "csv": csv }))
            .await
            .expect_problem(422, "import.invalid");
    }
    desk.post(
        IMPORT,
        json!({ "csv": format!("{HEADER}\n{}", row("", "FT-1").repeat(1200)) }),
    )
    .await
    .expect_problem(413, "request.too_large");
    assert!(list(&desk, "available").await.is_empty());
}

#[tokio::test]
async fn a_list_of_tokens_is_paged_and_ends() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let rows: String = (0..120).map(|n| row("", &format!("FT-{n:03}"))).collect();
    import(&desk, &rows).await.expect(200);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = desk
            .get(&format!("/api/v1/hardware-tokens?state=available{cursor}"))
            .await
            .expect(200);
        seen.extend(
            page.body["tokens"]
                .as_array()
                .unwrap()
                .iter()
                .map(|token| token["serial"].clone()),
        );
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(
        seen,
        (0..120).map(|n| json!(format!("FT-{n:03}"))).collect::<Vec<Value>>()
    );
    desk.get("/api/v1/hardware-tokens?cursor=%23")
        .await
        .expect_problem(400, "cursor.invalid");
}

#[tokio::test]
async fn a_token_is_activated_by_serial_and_code_signs_in_and_stays_with_its_holder_when_removed() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    let eve = world.member("eve").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let code = shown(&world, "FT-1", 0);
    let done = activate(&browser, " ft-1 ", &code).await.expect(200);
    assert_eq!(done.text("/method/detail"), "Feitian c200, serial number FT-1");
    assert_eq!(list(&desk, "active").await, ["FT-1"]);
    // The code that activated it is used up by that.
    sign_in(&ada, &code)
        .await
        .1
        .expect_problem(401, "challenge.code_rejected");
    world.pass(30);
    let (other, answer) = sign_in(&ada, &shown(&world, "FT-1", 0)).await;
    answer.expect(200);
    let method = done.text("/method/id").to_owned();
    browser
        .delete(&format!("/api/v1/me/methods/{method}"))
        .await
        .expect(200);
    signed_out(&other).await;
    assert_eq!(list(&desk, "assigned").await, ["FT-1"]);
    let hers = eve.signed_in_by_number().await;
    world.pass(30);
    activate(&hers, "FT-1", &shown(&world, "FT-1", 0))
        .await
        .expect_problem(401, "token.rejected");
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
}

#[tokio::test]
async fn a_code_that_was_spent_before_a_removal_activates_nothing_after_it() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let done = activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
    world.pass(30);
    let spent = shown(&world, "FT-1", 0);
    sign_in(&ada, &spent).await.1.expect(200);
    let method = done.text("/method/id").to_owned();
    browser
        .delete(&format!("/api/v1/me/methods/{method}"))
        .await
        .expect(200);
    for code in [spent, shown(&world, "FT-1", -1)] {
        activate(&browser, "FT-1", &code)
            .await
            .expect_problem(401, "token.rejected");
    }
}

#[tokio::test]
async fn the_drift_of_a_tokens_clock_is_learned_and_never_taken_for_more_than_two_steps() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FT-1", &shown(&world, "FT-1", 3))
        .await
        .expect_problem(401, "token.rejected");
    activate(&browser, "FT-1", &shown(&world, "FT-1", 2)).await.expect(200);
    for (ahead, taken) in [
        (3, false),
        (0, false),
        (2, true),
        (0, false),
        (1, true),
        (0, true),
        (2, false),
        (-1, true),
    ] {
        world.pass(150);
        let (_, answer) = sign_in(&ada, &shown(&world, "FT-1", ahead)).await;
        assert_eq!(answer.status.is_success(), taken, "{ahead} steps ahead: {answer:?}");
    }
}

#[tokio::test]
async fn a_wrong_serial_number_and_a_wrong_code_are_one_answer() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    world.member("bob").create().await;
    import(&desk, &(row("", "FREE") + &row("bob", "HIS"))).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    let wrong = codes::wrong_code(&seed("FREE"), world.now(), 1);
    let mut told = Vec::new();
    for (serial, code) in [
        ("NEVER", wrong.clone()),
        ("HIS", shown(&world, "HIS", 0)),
        ("FREE", wrong),
    ] {
        let mut answer = activate(&browser, serial, &code)
            .await
            .expect_problem(401, "token.rejected");
        answer.body["request_id"] = Value::Null;
        told.push(answer.body);
    }
    assert!(told.iter().all(|one| *one == told[0]), "{told:?}");
    assert_eq!(list(&desk, "assigned").await, ["HIS"]);
}

#[tokio::test]
async fn guesses_at_tokens_are_counted_for_the_account_whatever_the_serial_number() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    for n in 0..5 {
        activate(&browser, &format!("FT-{n}"), "000000")
            .await
            .expect_problem(401, "token.rejected");
    }
    let closed = activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await;
    assert_eq!(closed.expect_problem(429, "attempts.exhausted").retry_after(), Some(60));
    world.pass(60);
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
}

#[tokio::test]
async fn guesses_of_many_accounts_at_one_token_share_its_count_and_strangers_cannot_close_what_is_kept_for_another() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &(row("", "FREE") + &row("ada", "HERS")))
        .await
        .expect(200);
    for n in 0..5 {
        let guesser = world.member(&format!("guesser{n}")).with_phone().create().await;
        let browser = guesser.signed_in_by_number().await;
        let wrong = codes::wrong_code(&seed("FREE"), world.now(), n);
        activate(&browser, "FREE", &wrong)
            .await
            .expect_problem(401, "token.rejected");
        activate(&browser, "HERS", "000000")
            .await
            .expect_problem(401, "token.rejected");
    }
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FREE", &shown(&world, "FREE", 0))
        .await
        .expect_problem(429, "attempts.exhausted");
    activate(&browser, "HERS", &shown(&world, "HERS", 0)).await.expect(200);
}

#[tokio::test]
async fn tokens_change_hands_only_as_their_state_allows() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    import(&desk, &row("", "FT-1")).await.expect(200);
    let token = "/api/v1/hardware-tokens/FT-1";
    let assign = async |name: &str| {
        desk.post(&format!("{token}/assign"), json!({ "user_name": name }))
            .await
    };
    let unassign = async || desk.post(&format!("{token}/unassign"), Value::Null).await;
    unassign().await.expect_problem(409, "token.state_conflict");
    assign("nobody").await.expect_problem(404, "account.not_found");
    assert_eq!(assign("Ada").await.expect(200).text("/state"), "assigned");
    desk.delete(token).await.expect_problem(409, "token.state_conflict");
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
    assign("root").await.expect_problem(409, "token.in_use");
    unassign().await.expect_problem(409, "token.in_use");
    desk.delete(token).await.expect_problem(409, "token.in_use");
    let methods = browser.get("/api/v1/me/methods").await.expect(200);
    let all = methods.body["methods"].as_array().unwrap().iter();
    let id = all.clone().find(|one| one["kind"] == "hardware_oath").unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    browser.delete(&format!("/api/v1/me/methods/{id}")).await.expect(200);
    assert_eq!(unassign().await.expect(200).text("/state"), "available");
    desk.delete(token).await.expect(204);
    desk.delete(token).await.expect_problem(404, "token.not_found");
    desk.get("/api/v1/hardware-tokens/%23")
        .await
        .expect_problem(404, "token.not_found");
}

#[tokio::test]
async fn a_seed_is_sealed_for_its_row_and_shown_to_nobody() {
    let world = World::start().await;
    let desk = desk(&world).await;
    let ada = world.member("ada").with_phone().create().await;
    let file = row("", "FT-1") + &row("", "FT-2");
    import(&desk, &file).await.expect(200);
    import(&desk, &file).await.expect(200);
    let browser = ada.signed_in_by_number().await;
    activate(&browser, "FT-1", &shown(&world, "FT-1", 0)).await.expect(200);
    for path in ["?state=available", "?state=active", "/FT-1", "/FT-2"] {
        desk.get(&format!("/api/v1/hardware-tokens{path}")).await.expect(200);
    }
    browser.get("/api/v1/me/methods").await.expect(200);
    let mut seen: String = stored(&world).await.into_values().collect();
    for browser in [&desk, &browser] {
        seen.extend(browser.heard().into_iter().map(|(_, answer)| answer));
    }
    for serial in ["FT-1", "FT-2"] {
        let text = String::from_utf8(seed(serial)).unwrap();
        let base32 = Secret::from(seed(serial)).to_base32();
        assert!(!seen.contains(&text) && !seen.contains(&base32), "{serial}");
    }
    assert!(!desk.heard().iter().any(|(_, answer)| answer.contains("sealed")));
    // The seed of one row does not open in another's.
    let key = |serial: &str| aws_sdk_dynamodb::types::AttributeValue::S(format!("TOKEN#{serial}"));
    let sort = || aws_sdk_dynamodb::types::AttributeValue::S("TOKEN".to_owned());
    let table = "directory";
    let other = world
        .database()
        .get_item()
        .table_name(table)
        .key("PK", key("FT-1"))
        .key("SK", sort());
    let other = other.send().await.unwrap().item.unwrap()["sealed_seed"].clone();
    let swap = world
        .database()
        .update_item()
        .table_name(table)
        .key("PK", key("FT-2"))
        .key("SK", sort());
    swap.update_expression("SET sealed_seed = :other")
        .expression_attribute_values(":other", other)
        .send()
        .await
        .unwrap();
    world.pass(30);
    activate(&browser, "FT-2", &shown(&world, "FT-1", 0)).await.expect(500);
}
