//! How a function starts: at once, alone, or not at all with a reason. Each function's own binary against a stand-in for the runtime API.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::fs;
use std::path::Path;

use countersign_bench::function::{FUNCTIONS, Function, SETTINGS, Trap, binary};
use countersign_bench::process;
use countersign_bench::runtime_api::RuntimeApi;
use countersign_platform::config::VARIABLES;
use serde_json::Value;

/// The folder of the programs, which Cargo names for those of this package.
fn beside() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_hello")).parent().unwrap()
}

fn start(name: &str, api: &RuntimeApi, trap: &Trap, settings: &[(&str, &str)]) -> Function {
    Function::start(&binary(beside(), &format!("countersign-{name}")), api, trap, settings)
}

/// A function that has asked for work.
fn waiting(name: &str, api: &RuntimeApi, trap: &Trap) -> Function {
    let mut function = start(name, api, trap, &SETTINGS);
    assert!(
        api.first_poll(|| function.gone()).is_some(),
        "{name} asked for nothing and said: {}",
        function.said()
    );
    function
}

/// A sample event without what says who sends it.
fn anonymous(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../events/{name}.json"));
    let mut event: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    event.as_object_mut().unwrap().remove("cookies");
    event["headers"].as_object_mut().unwrap().remove("countersign-proof");
    event.to_string()
}

/// One event for each function that needs no data to be answered, and what is answered.
const EVENTS: [(&str, &str, u64, &str); 7] = [
    ("enrollment", "methods-list", 401, "session.required"),
    ("verification", "me-show", 401, "session.required"),
    ("activity", "activity-list", 401, "session.required"),
    ("revocation", "sessions-list", 401, "session.required"),
    ("relay", "prompts-list", 401, "device.proof_invalid"),
    ("administration", "people-list", 401, "session.required"),
    ("portal", "pages-show-unknown-interface", 404, "request.not_found"),
];

#[test]
fn the_settings_of_these_tests_are_those_that_a_function_cannot_do_without() {
    let required: Vec<&str> = VARIABLES
        .iter()
        .filter(|one| one.required)
        .map(|one| one.name)
        .collect();
    assert_eq!(SETTINGS.map(|(name, _)| name).to_vec(), required);
}

/// Connections cost a cold start what nobody has asked for yet.
#[test]
fn a_function_asks_for_work_before_it_talks_to_anybody_else() {
    for name in FUNCTIONS {
        let (api, trap) = (RuntimeApi::start(), Trap::set());
        let function = waiting(name, &api, &trap);
        let port = format!(":{:04X}", api.address().port());
        let sockets = process::sockets(function.pid());
        // One, or two where the machine is busy and its client dialled again; but to nobody else.
        let leads_there = |socket: &String| socket.starts_with("tcp ") && socket.ends_with(&port);
        assert!(
            !sockets.is_empty() && sockets.iter().all(leads_there),
            "{name}: {sockets:?}"
        );
        assert_eq!(trap.calls(), 0, "{name} called another service");
        assert_eq!(process::threads(function.pid()), 1, "{name} started threads");
        assert_eq!(function.said(), "", "{name} had something to say");
    }
}

#[test]
fn a_function_answers_an_event_and_asks_for_the_next() {
    let id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    for (name, event, status, code) in EVENTS {
        let (api, trap) = (RuntimeApi::start(), Trap::set());
        let mut function = waiting(name, &api, &trap);
        let answer = api.invoke(id, &anonymous(event), || function.gone()).unwrap().unwrap();
        assert_eq!(answer["statusCode"], status, "{name}: {answer}");
        assert_eq!(
            answer["headers"]["content-type"], "application/problem+json",
            "{name}: {answer}"
        );
        assert_eq!(answer["isBase64Encoded"], false, "{name}: {answer}");
        let problem: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        assert_eq!(
            (&problem["code"], &problem["request_id"]),
            (&code.into(), &id.into()),
            "{name}"
        );
        assert!(api.polled(2, || function.gone()), "{name} did not go on");
        // Who shows nothing costs nothing: no key is unwrapped and no row is read to say no.
        assert_eq!(trap.calls(), 0, "{name} called another service");
        let line: Value = serde_json::from_str(function.said().lines().last().unwrap()).unwrap();
        assert_eq!(
            (&line["faas.name"], &line["request_id"]),
            (&name.into(), &id.into()),
            "{line}"
        );
    }
}

#[test]
fn an_event_that_is_none_is_reported_and_the_function_goes_on() {
    let (api, trap) = (RuntimeApi::start(), Trap::set());
    let mut function = waiting("verification", &api, &trap);
    // The last one cannot be a URI: the adapter under us panics over it.
    let query = anonymous("me-show").replace(r#""rawQueryString":"""#, r#""rawQueryString":"a=<b>""#);
    for event in ["{", "{}", "[]", query.as_str()] {
        let report = api.invoke("broken", event, || function.gone()).unwrap();
        assert!(report.is_err(), "{event}: {report:?}");
    }
    let answer = api
        .invoke("whole", &anonymous("me-show"), || function.gone())
        .unwrap()
        .unwrap();
    assert_eq!(answer["statusCode"], 401);
}

#[test]
fn a_function_without_a_setting_stops_and_names_it() {
    let (api, trap) = (RuntimeApi::start(), Trap::set());
    for (at, variable) in VARIABLES.iter().filter(|one| one.required).enumerate() {
        let name = FUNCTIONS[at % FUNCTIONS.len()];
        let settings: Vec<_> = SETTINGS
            .into_iter()
            .filter(|(name, _)| *name != variable.name)
            .collect();
        let mut function = start(name, &api, &trap, &settings);
        let status = function.ended().unwrap();
        assert!(!status.success(), "{name} without {}", variable.name);
        let said = function.said();
        assert!(
            said.contains(variable.name) && said.contains(variable.doc),
            "{name}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
    }
    assert_eq!(api.polls(), 0);
}

#[test]
fn a_page_leaves_a_function_compressed_as_base64() {
    let (api, trap) = (RuntimeApi::start(), Trap::set());
    let mut function = waiting("portal", &api, &trap);
    let answer = api
        .invoke("page", &anonymous("pages-show-compressed"), || function.gone())
        .unwrap()
        .unwrap();
    if answer["statusCode"] == 503 {
        return; // the web app was not built into it
    }
    assert_eq!(answer["statusCode"], 200, "{answer}");
    assert_eq!(
        (&answer["headers"]["content-encoding"], &answer["isBase64Encoded"]),
        (&"br".into(), &true.into())
    );
}
