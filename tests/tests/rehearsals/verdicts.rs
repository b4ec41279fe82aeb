//! What becomes of each version.

use countersign_platform::telemetry::Captured;
use countersign_rehearsal::answer;
use countersign_tests::secrets::holds;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::stage::{Stage, event};
use crate::version::Spoiled;

#[tokio::test]
async fn a_healthy_version_succeeds() {
    let stage = Stage::set(Spoiled::Healthy).await;
    assert_eq!(stage.rehearse().await, (json!({ "outcome": "Succeeded" }), true));
    stage.is_clean().await;
    let seen = stage.version.seen.lock().unwrap();
    let steps = seen.iter().map(|(event, answer)| {
        (
            event["routeKey"].as_str().unwrap(),
            answer["statusCode"].as_u64().unwrap(),
        )
    });
    let expected = [
        ("POST /api/v1/sign-ins", 401),
        ("POST /api/v1/sign-ins", 200),
        ("POST /api/v1/sign-ins/current/code", 200),
        ("GET /api/v1/me", 200),
        ("GET /api/v1/me", 401),
    ];
    assert_eq!(steps.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn the_next_rehearsal_begins_where_the_last_one_ended() {
    let stage = Stage::set(Spoiled::Healthy).await;
    for _ in 0..3 {
        assert_eq!(stage.rehearse().await, (json!({ "outcome": "Succeeded" }), true));
        stage.is_clean().await;
    }
    assert_eq!(stage.person().await.unwrap().authenticators.len(), 1);
}

/// Lambda may deliver an asynchronous event several times, at once or later.
#[tokio::test]
async fn an_event_that_is_delivered_fifty_times_is_rehearsed_and_told_once() {
    let stage = Stage::set(Spoiled::Healthy).await;
    let event = event();
    let answers = join_all((0..50).map(|_| answer(&stage.state, &event))).await;
    let said = answers.into_iter().map(|answer| answer.unwrap()["outcome"].clone());
    let (done, repeated): (Vec<_>, Vec<_>) = said.partition(|outcome| outcome == "Succeeded");
    assert_eq!((done.len(), repeated.len()), (1, 49));
    assert!(repeated.iter().all(|outcome| outcome == "Repeated"), "{repeated:?}");
    assert_eq!(stage.told().len(), 1);
    stage.is_clean().await;
    // Lambda tries one that failed again a minute after: that is no copy, or the deployment would never be told.
    for (passed, outcome) in [(54, "Repeated"), (6, "Succeeded")] {
        stage.world.pass(passed);
        assert_eq!(answer(&stage.state, &event).await.unwrap()["outcome"], outcome);
    }
    stage.is_clean().await;
}

/// Each with the step that notices it.
const SPOILED: [(Spoiled, &str, &str); 9] = [
    (
        Spoiled::Broken,
        "a wrong password",
        "answered 500 sign_in.rejected, not 401",
    ),
    (Spoiled::TakesAnyPassword, "a wrong password", "answered 200 , not 401"),
    (Spoiled::NoCookies, "the password", "no cookie __Host-cs-sign-in came"),
    (
        Spoiled::OpenCookies,
        "the password",
        "a cookie is not bound to this host, or scripts can read it",
    ),
    (
        Spoiled::NoSecondFactor,
        "the password",
        "a session was opened without a second factor",
    ),
    (
        Spoiled::MixesUp,
        "the session",
        "account/id is acc_0001000000000000000REHEARS, not acc_0000000000000000000REHEARS",
    ),
    (
        Spoiled::Remembers,
        "the session when it has ended",
        "answered 200 , not 401",
    ),
    (Spoiled::NoAnswer, "a wrong password", "the answer has no status"),
    (
        Spoiled::DeadFrom(0),
        "a wrong password",
        "Lambda: invoke the rehearsed version is unavailable: it ended as Unhandled",
    ),
];

#[tokio::test]
async fn a_spoiled_version_fails_the_deployment_and_leaves_nothing_open() {
    for (spoiled, step, reason) in SPOILED {
        let stage = Stage::set(spoiled).await;
        let expected = json!({ "outcome": "Failed", "step": step, "reason": reason });
        assert_eq!(stage.rehearse().await, (expected, false), "{spoiled:?}");
        stage.is_clean().await;
    }
}

#[tokio::test]
async fn a_version_that_dies_at_any_step_fails_the_deployment_and_leaves_nothing_open() {
    for step in 0..5 {
        let stage = Stage::set(Spoiled::DeadFrom(step)).await;
        let (said, succeeded) = stage.rehearse().await;
        assert_eq!(
            (&said["outcome"], succeeded),
            (&json!("Failed"), false),
            "at {step}: {said}"
        );
        stage.is_clean().await;
    }
}

#[tokio::test]
async fn an_event_without_a_deployment_only_reports() {
    for (spoiled, outcome) in [(Spoiled::Healthy, "Succeeded"), (Spoiled::Broken, "Failed")] {
        let stage = Stage::set(spoiled).await;
        let said = answer(&stage.state, &json!({ "try": "it" })).await.unwrap();
        assert_eq!(said["outcome"], outcome);
        assert!(stage.is_silent());
        stage.is_clean().await;
    }
}

#[tokio::test]
async fn no_secret_of_a_rehearsal_is_logged_or_answered() {
    let captured = Captured::everywhere().unwrap();
    for (spoiled, outcome) in [
        (Spoiled::Healthy, "the rehearsal succeeded"),
        (Spoiled::MixesUp, "the rehearsal failed at “the session”"),
        (Spoiled::DeadFrom(3), "it ended as Unhandled"),
    ] {
        let stage = Stage::set(spoiled).await;
        let said = answer(&stage.state, &event()).await.unwrap().to_string();
        let log = captured.text();
        assert!(log.contains(outcome), "{spoiled:?}: no line says {outcome}");
        let mut secrets = Vec::new();
        for (event, answer) in stage.version.seen.lock().unwrap().iter() {
            let body: Value = serde_json::from_str(event["body"].as_str().unwrap_or("{}")).unwrap();
            secrets.extend(["password", "code"].map(|name| body[name].as_str().unwrap_or_default().to_owned()));
            let cookies = answer["cookies"].as_array().unwrap().iter();
            secrets.extend(cookies.map(|cookie| value(cookie.as_str().unwrap()).to_owned()));
        }
        secrets.retain(|secret| !secret.is_empty());
        assert!(secrets.len() >= 4, "{spoiled:?}");
        for secret in secrets {
            assert!(!holds(&log, &secret) && !holds(&said, &secret), "{spoiled:?}");
        }
    }
}

fn value(cookie: &str) -> &str {
    let (_, rest) = cookie.split_once('=').unwrap();
    rest.split_once(';').unwrap().0
}
