//! What the configuration takes and what it refuses.

use std::collections::BTreeMap;

use super::*;

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:countersign-AbCdEf";

fn complete() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("COUNTERSIGN_ORIGIN", "https://id.example.com/"),
        ("COUNTERSIGN_ORGANIZATION", "Example"),
        ("COUNTERSIGN_TABLE_DIRECTORY", "d"),
        ("COUNTERSIGN_TABLE_SESSIONS", "s"),
        ("COUNTERSIGN_TABLE_ACTIVITY", "a"),
        ("COUNTERSIGN_SECRET", SECRET),
        ("COUNTERSIGN_MAIL_FROM", "Example <no-reply@example.com>"),
        ("COUNTERSIGN_VAPID_SUBJECT", "mailto:security@example.com"),
        ("COUNTERSIGN_EDGE_SECRET", ""),
    ])
}

fn read(values: &BTreeMap<&str, &str>) -> Result<Config, ConfigError> {
    Config::from_lookup(|name| values.get(name).map(|value| (*value).to_owned()))
}

fn with(variable: &'static str, value: &'static str) -> Result<Config, ConfigError> {
    let mut values = complete();
    values.insert(variable, value);
    read(&values)
}

#[test]
fn a_complete_environment_is_read() {
    let config = read(&complete()).unwrap();
    assert_eq!(config.origin, "https://id.example.com");
    assert_eq!(config.secret, SECRET);
    assert!(config.edge_secret.is_none() && !config.push.allow_loopback);
    assert_eq!(config.push.services, Push::known_services());
}

#[test]
fn every_required_variable_is_asked_for_by_name_and_with_its_fix() {
    for variable in VARIABLES {
        let mut values = complete();
        values.remove(variable.name);
        match read(&values) {
            Err(error) => {
                assert!(variable.required, "{}", variable.name);
                assert_eq!(
                    error.to_string(),
                    format!("{} is missing: {}", variable.name, variable.doc)
                );
            }
            Ok(_) => assert!(!variable.required, "{}", variable.name),
        }
    }
}

#[test]
fn every_optional_variable_is_read_too() {
    for variable in VARIABLES
        .iter()
        .filter(|variable| !matches!(variable.name, "COUNTERSIGN_ORGANIZATION"))
    {
        if variable.name.starts_with("COUNTERSIGN_TABLE") {
            continue;
        }
        let error = with(variable.name, "\u{7}").unwrap_err();
        assert_eq!(
            (error.variable, error.problem),
            (variable.name, "is not what it must be")
        );
    }
}

#[test]
fn values_that_would_fail_later_are_refused_now() {
    for (variable, value) in [
        ("COUNTERSIGN_ORIGIN", "http://id.example.com"),
        ("COUNTERSIGN_ORIGIN", "https://id.example.com/path"),
        ("COUNTERSIGN_ORIGIN", "https://ID.example.com"),
        ("COUNTERSIGN_ORIGIN", "id.example.com"),
        ("COUNTERSIGN_HELP_URL", "javascript:alert(1)"),
        ("COUNTERSIGN_SECRET", "countersign"),
        ("COUNTERSIGN_EDGE_SECRET", "short"),
        ("COUNTERSIGN_MAIL_FROM", "no-reply"),
        ("COUNTERSIGN_VAPID_SUBJECT", "mailto:me@localhost"),
        ("COUNTERSIGN_VAPID_SUBJECT", "security@example.com"),
        ("COUNTERSIGN_PUSH_SERVICES", "com"),
        ("COUNTERSIGN_SNS_APNS_APPLICATION", "MyApp"),
    ] {
        assert_eq!(with(variable, value).unwrap_err().variable, variable, "{value}");
    }
}

#[test]
fn an_error_does_not_repeat_the_value() {
    assert!(
        !with("COUNTERSIGN_EDGE_SECRET", "hunter2")
            .unwrap_err()
            .to_string()
            .contains("hunter2")
    );
}
