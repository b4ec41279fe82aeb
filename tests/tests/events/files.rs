//! The files in `events/` are the sample events of the catalogue, all of them and no others.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use countersign_bench::function::SETTINGS;

use crate::catalogue::{Direct, Sample, direct, samples};
use crate::handler::route_of;
use crate::stage::Stage;
use crate::written;

#[tokio::test]
async fn every_event_file_is_what_the_catalogue_writes() {
    let stage = Stage::set().await;
    let mut expected = BTreeSet::new();
    let requests = samples(&stage.cast);
    let requests = requests
        .iter()
        .map(|Sample { name, event }| (*name, event.written(name)));
    let others = direct().into_iter().map(|Direct { name, event, .. }| (name, event));
    for (name, event) in requests.chain(others) {
        let text = serde_json::to_string_pretty(&event).unwrap() + "\n";
        assert!(expected.insert(format!("{name}.json")), "{name} is there twice");
        written::file(&format!("events/{name}.json"), &text);
    }
    let others = ["README.md", "settings.env"];
    let strangers: Vec<_> = listed("events")
        .into_iter()
        .filter(|name| !others.contains(&name.as_str()) && !expected.contains(name))
        .collect();
    assert!(strangers.is_empty(), "no event of the catalogue: {strangers:?}");
}

#[test]
fn the_settings_for_trying_events_by_hand_are_all_that_a_function_needs() {
    let mut text = String::from(
        "# For a function that is started by hand (README.md): what a deployment sets, and what Lambda itself does. All of it is made up.\n",
    );
    let lambda = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "nobody"),
        ("AWS_SECRET_ACCESS_KEY", "nobody"),
        ("AWS_LAMBDA_FUNCTION_NAME", "_"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_RUNTIME_API", "http://127.0.0.1:9000/.rt"),
    ];
    for (name, value) in SETTINGS.into_iter().chain(lambda) {
        writeln!(text, "{name}='{value}'").unwrap();
    }
    written::file("events/settings.env", &text);
}

#[tokio::test]
async fn every_snapshot_is_of_an_event() {
    let stage = Stage::set().await;
    let events: BTreeSet<&str> = samples(&stage.cast).iter().map(|sample| sample.name).collect();
    let there = listed("tests/tests/events/snapshots");
    let of_none = |name: &&String| name.strip_suffix(".snap").is_some_and(|event| !events.contains(event));
    let strangers: Vec<_> = there.iter().filter(of_none).collect();
    assert!(strangers.is_empty(), "of no event: {strangers:?}");
}

fn listed(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(written::path(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn every_event_names_the_route_that_takes_it() {
    let stage = Stage::set().await;
    for Sample { name, event } in samples(&stage.cast) {
        let event = event.written(name);
        let key = route_of(&event).map_or_else(|| "$default".to_owned(), crate::handler::Route::key);
        assert_eq!(event["routeKey"], key, "{name}");
        assert_eq!(event["requestContext"]["routeKey"], key, "{name}");
    }
}

#[tokio::test]
async fn the_stage_is_set_the_same_each_time() {
    let (first, second) = (Stage::set().await, Stage::set().await);
    for (one, other) in samples(&first.cast).iter().zip(samples(&second.cast)) {
        assert_eq!(
            one.event.written(one.name),
            other.event.written(other.name),
            "{}",
            one.name
        );
    }
}
