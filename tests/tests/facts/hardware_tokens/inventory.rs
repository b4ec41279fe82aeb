//! The inventory: what an import keeps and tells, what a list shows, and who has which token.

use countersign_tests::World;
use serde_json::{Value, json};
use totp_rs::Secret;

use super::{HEADER, IMPORT, activate, desk, import, list, row, seed, shown};
use crate::support::stored;

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
    activate(&browser, "FT-2", &shown(&world, "FT-1", 0))
        .await
        .expect_problem(503, "service.unavailable");
}
