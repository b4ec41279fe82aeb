//! Each function is a folder with a small main, its own routes, and the ports that the architecture names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use crate::handler::{FUNCTIONS, routes};
use crate::written::{part, path, read};

/// A function's main only wires.
const LINES_OF_MAIN: usize = 25;

#[test]
fn every_folder_of_functions_is_a_function_with_a_small_main() {
    let folder = fs::read_dir(path("functions")).unwrap();
    let there: BTreeSet<String> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, FUNCTIONS.map(str::to_owned).into());
    for name in FUNCTIONS {
        let main = read(&format!("functions/{name}/src/main.rs"));
        assert!(
            main.lines().count() <= LINES_OF_MAIN,
            "{name}: {} lines",
            main.lines().count()
        );
        assert!(
            main.contains(&format!("Boot::from_env(\"{name}\")")),
            "{name} does not boot under its own name"
        );
        assert!(
            main.contains("#[tokio::main(flavor = \"current_thread\")]"),
            "{name} starts more threads than it needs"
        );
    }
}

#[test]
fn every_route_stands_under_the_prefix_of_its_function() {
    for route in routes() {
        let prefix = if route.function == "relay" {
            "/device/v1/"
        } else {
            "/api/v1/"
        };
        assert!(route.path.starts_with(prefix), "{} of {}", route.key(), route.function);
    }
}

#[test]
fn every_route_is_served_by_the_function_that_the_document_names_and_by_no_other() {
    let mut served: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let documents = [
        ("enrollment", countersign_enrollment::routes().into_openapi()),
        ("verification", countersign_verification::routes().into_openapi()),
        ("activity", countersign_activity::routes().into_openapi()),
        ("revocation", countersign_revocation::routes().into_openapi()),
        ("relay", countersign_relay::routes().into_openapi()),
        ("administration", countersign_administration::routes().into_openapi()),
    ];
    for (function, document) in documents {
        let document = serde_json::to_value(document).unwrap();
        for (path, verbs) in document["paths"].as_object().unwrap() {
            for (verb, operation) in verbs.as_object().unwrap() {
                if operation.get("responses").is_some() {
                    served
                        .entry(format!("{} {path}", verb.to_uppercase()))
                        .or_default()
                        .push(function);
                }
            }
        }
    }
    let named: BTreeMap<String, Vec<&str>> = routes()
        .iter()
        .map(|route| (route.key(), vec![route.function.as_str()]))
        .collect();
    assert_eq!(served, named);
}

#[test]
fn the_architecture_names_the_ports_of_every_function() {
    let mut table = String::from("| function | ports |\n|---|---|\n");
    for name in FUNCTIONS {
        let source = read(&format!("functions/{name}/src/lib.rs"));
        let ports: Vec<String> = ports(&source).iter().map(|port| format!("`{port}`")).collect();
        let ports = if ports.is_empty() {
            "none".to_owned()
        } else {
            ports.join(", ")
        };
        writeln!(table, "| {name} | {ports} |").unwrap();
    }
    part("docs/architecture.md", "ports", &table);
}

/// The ports in a function's `State`, in its order.
fn ports(source: &str) -> Vec<&str> {
    let state = source
        .split_once("pub struct State {")
        .and_then(|(_, rest)| rest.split_once("\n}"));
    let fields = state.map_or("", |(fields, _)| fields);
    fields
        .lines()
        .filter_map(|line| line.split_once("Arc<dyn ")?.1.split_once('>'))
        .map(|(port, _)| port)
        .collect()
}
