//! Files of hardware tokens: a row that was taken is taken again as it is written, and each other row is told by its line and column.
#![no_main]

use countersign_domain::refusal::Refusal;
use countersign_domain::tokens::import::{COLUMNS, Flaw, Row};
use libfuzzer_sys::fuzz_target;

#[path = "../../../functions/administration/src/tokens/rows.rs"]
mod rows;

/// A row as manufacturers write it.
fn written(row: &Row) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let user_name = row.user_name.as_ref().map(ToString::to_string).unwrap_or_default();
    let (seed, period) = (base32(row.seed.expose()), row.period.to_string());
    writer.write_record(COLUMNS).expect("memory");
    let rest = [
        row.serial.as_str(),
        &seed,
        &period,
        row.manufacturer.as_str(),
        row.model.as_str(),
    ];
    writer
        .write_record([user_name.as_str()].into_iter().chain(rest))
        .expect("memory");
    String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
}

/// RFC 4648 §6, without padding.
fn base32(bytes: &[u8]) -> String {
    let (mut text, mut bits, mut held) = (String::new(), 0u32, 0);
    for byte in bytes {
        (bits, held) = (bits << 8 | u32::from(*byte), held + 8);
        while held >= 5 {
            held -= 5;
            text.push(char::from(
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(bits >> held & 31) as usize],
            ));
        }
    }
    if held > 0 {
        text.push(char::from(
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(bits << (5 - held) & 31) as usize],
        ));
    }
    text
}

fn check(file: &str) {
    let read = match rows::rows(file) {
        Ok(read) => read,
        Err(refusal) => {
            assert!(matches!(refusal, Refusal::ImportInvalid(_)));
            return;
        }
    };
    let lines = 1 + file.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64;
    let mut last = 1;
    for (line, row) in read {
        assert!(line > last && line <= lines, "line {line} after {last} of {lines}");
        last = line;
        match row {
            Ok(row) => again(&row),
            Err((None, flaw)) => assert_eq!(flaw, Flaw::Columns),
            Err((Some(column), flaw)) => {
                assert!((1..=COLUMNS.len()).contains(&column));
                assert!(!matches!(flaw, Flaw::Columns | Flaw::UpnUnknown | Flaw::SerialTaken));
            }
        }
    }
}

fn again(row: &Row) {
    let all: Vec<_> = rows::rows(&written(row)).expect("a header").collect();
    let [(2, Ok(same))] = all.as_slice() else {
        panic!("a row is not taken as it is written: {all:?}");
    };
    assert_eq!(same.user_name, row.user_name);
    assert!(same.seed.matches(row.seed.expose()) && (16..=64).contains(&row.seed.expose().len()));
    assert!(row.period == 30 || row.period == 60);
    let rest = |row: &Row| {
        (
            row.serial.clone(),
            row.period,
            row.manufacturer.clone(),
            row.model.clone(),
        )
    };
    assert_eq!(rest(same), rest(row));
}

fuzz_target!(|file: &str| {
    check(file);
    check(&format!("{}\n{file}", COLUMNS.join(",")));
});
