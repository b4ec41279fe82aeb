//! Walks `vectors/`: every published example means to this code what it says it means.

use std::collections::BTreeSet;
use std::path::Path;

use countersign_domain::device::code::PairingCode;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::shown::Shown;
use countersign_domain::device::verify::{Expected, read_kid, verify_answer, verify_pairing, verify_proof};
use countersign_domain::refusal::Refusal;
use jiff::Timestamp;
use serde_json::Value;

const KNOWN: [&str; 6] = [
    "answer.json",
    "code.json",
    "key.json",
    "pairing.json",
    "proof.json",
    "shown.json",
];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"))
}

fn read(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}"))
}

fn list<'a>(file: &'a Value, name: &str) -> &'a [Value] {
    let list = file[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name} holds examples");
    list
}

fn now(file: &Value) -> Timestamp {
    text(&file["now"]).parse().unwrap()
}

fn key() -> DeviceKey {
    serde_json::from_value(read("key.json")["public"].clone()).unwrap()
}

/// What is said of a refused pairing or answer, as the server says it.
fn refusal(case: &Value, what: &'static str) -> Refusal {
    match case["refusal"].as_str() {
        None => Refusal::DeviceSignatureInvalid,
        Some("channel") => Refusal::ChannelInvalid,
        Some("malformed") => Refusal::Malformed(what),
        Some(other) => panic!("unknown refusal {other}"),
    }
}

#[test]
fn every_file_of_the_folder_is_checked_by_a_test() {
    let names = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "json"))
        .collect();
    assert_eq!(found, KNOWN.map(str::to_owned).into());
}

#[test]
fn keys_have_the_thumbprints_they_are_said_to_have() {
    let file = read("key.json");
    assert_eq!(key().thumbprint(), text(&file["thumbprint"]));
    let other: DeviceKey = serde_json::from_value(file["other_public"].clone()).unwrap();
    assert_eq!(other.thumbprint(), text(&file["other_thumbprint"]));
    assert!(
        serde_json::from_value::<DeviceKey>(file["private_for_tests_only"].clone()).is_err(),
        "a private key is no public one"
    );
}

#[test]
fn codes_mean_what_they_are_said_to_mean() {
    for case in list(&read("code.json"), "cases") {
        let code = text(&case["typed"]).parse::<PairingCode>().ok();
        assert_eq!(
            code.as_ref().map(PairingCode::canonical),
            case["canonical"].as_str(),
            "{case}"
        );
        assert_eq!(
            code.map(|code| code.to_string()).as_deref(),
            case["shown"].as_str(),
            "{case}"
        );
    }
}

#[test]
fn what_was_shown_hashes_as_it_is_said_to_hash() {
    for case in list(&read("shown.json"), "cases") {
        let shown: Shown = serde_json::from_value(case["shown"].clone()).unwrap();
        assert_eq!(shown.hash().to_string(), text(&case["hash"]), "{case}");
        assert_eq!(serde_json::to_value(shown).unwrap(), case["shown"]);
    }
}

#[test]
fn pairings_are_taken_and_refused_as_they_are_said_to_be() {
    let file = read("pairing.json");
    for case in list(&file, "accepted") {
        let (brought, claims) = verify_pairing(text(&case["jws"]), text(&file["htu"]), now(&file))
            .unwrap_or_else(|no| panic!("{no:?}: {case}"));
        assert_eq!(brought, key());
        assert_eq!(serde_json::to_value(claims).unwrap(), case["claims"]);
    }
    for case in list(&file, "refused") {
        let no = verify_pairing(text(&case["jws"]), text(&file["htu"]), now(&file)).map(|_| ());
        assert_eq!(no, Err(refusal(case, "pairing")), "{}", case["name"]);
    }
}

#[test]
fn proofs_are_taken_and_refused_as_they_are_said_to_be() {
    let file = read("proof.json");
    let check = |case: &Value| {
        let request = &case["request"];
        let expected = Expected {
            htm: text(&request["htm"]),
            htu: text(&request["htu"]),
            body: text(&request["body"]).as_bytes(),
        };
        verify_proof(text(&case["jws"]), &key(), expected, now(&file))
    };
    for case in list(&file, "accepted") {
        assert_eq!(serde_json::to_value(check(case).unwrap()).unwrap(), case["claims"]);
        let claimed = read_kid(text(&case["jws"])).unwrap();
        assert_eq!(claimed.account.to_string(), text(&file["account_id"]));
        assert_eq!(claimed.authenticator.to_string(), text(&file["authenticator_id"]));
    }
    for case in list(&file, "refused") {
        assert_eq!(check(case), Err(Refusal::DeviceProofInvalid), "{}", case["name"]);
    }
}

#[test]
fn answers_are_taken_and_refused_as_they_are_said_to_be() {
    let file = read("answer.json");
    for case in list(&file, "accepted") {
        let claims = verify_answer(text(&case["jws"]), &key(), now(&file)).unwrap();
        assert_eq!(serde_json::to_value(claims).unwrap(), case["claims"]);
    }
    for case in list(&file, "refused") {
        let no = verify_answer(text(&case["jws"]), &key(), now(&file)).map(|_| ());
        assert_eq!(no, Err(refusal(case, "answer")), "{}", case["name"]);
    }
}
