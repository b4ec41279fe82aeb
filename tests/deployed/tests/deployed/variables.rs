//! The environment that each function was deployed with, and what a function says that lacks a part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use countersign_deployed::{Function, deployed};
use countersign_platform::config::{VARIABLES, Variable};

/// What the rehearsal alone is given.
const REHEARSED: &str = "COUNTERSIGN_REHEARSED";

/// Whether a function is to have a variable.
fn is_for(name: &str, variable: &str) -> bool {
    variable != REHEARSED || name == "rehearsal"
}

/// Whether a function stops without a variable.
fn needs(name: &str, variable: &Variable) -> bool {
    variable.required || (variable.name == REHEARSED && name == "rehearsal")
}

/// Starts a function's program with this environment; what it said until it ended. Nobody serves it: one that is content fails to reach
/// the runtime.
fn said_by(function: &Function, environment: &BTreeMap<String, String>) -> String {
    let ran = Command::new(&function.bootstrap)
        .env_clear()
        .envs(environment)
        .envs([
            ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9"),
            ("AWS_LAMBDA_FUNCTION_NAME", "f"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ])
        .envs([
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "x"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
        ])
        .output()
        .unwrap();
    assert!(!ran.status.success(), "{ran:?}");
    format!(
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    )
}

#[test]
#[ignore = "needs a deployment: make test-deployed"]
fn each_function_has_every_variable_and_no_other() {
    for (name, function) in &deployed().functions {
        let documented = VARIABLES.iter().map(|variable| variable.name);
        let documented: BTreeSet<_> = documented.filter(|variable| is_for(name, variable)).collect();
        let set: BTreeSet<_> = function.environment.keys().map(String::as_str).collect();
        let missing: Vec<_> = documented.difference(&set).collect();
        let extra: Vec<_> = set.difference(&documented).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{name}: missing {missing:?}, extra {extra:?}"
        );
        for variable in VARIABLES.iter().filter(|variable| needs(name, variable)) {
            assert_ne!(function.environment[variable.name], "", "{name}: {}", variable.name);
        }
    }
}

#[test]
#[ignore = "needs a deployment: make test-deployed"]
fn a_function_that_lacks_a_variable_names_it_and_ends() {
    for (name, function) in &deployed().functions {
        let content = said_by(function, &function.environment);
        assert!(!content.contains("COUNTERSIGN_"), "{name}, given everything: {content}");
        for variable in VARIABLES.iter().filter(|variable| needs(name, variable)) {
            let mut environment = function.environment.clone();
            environment.remove(variable.name);
            let said = said_by(function, &environment);
            assert!(
                said.contains(variable.name) && said.contains("is missing"),
                "{name} without {}: {said}",
                variable.name
            );
        }
    }
}
