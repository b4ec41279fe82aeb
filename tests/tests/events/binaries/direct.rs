//! The events that are no requests: an operator's, and the hook of a deployment.

use std::sync::Arc;

use serde_json::{Value, json};
use wiremock::matchers::path_regex;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::binaries::machine::{Machine, Running};
use crate::catalogue::direct;
use crate::gateway;
use crate::written;

const VERSION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:countersign-verification:7";

/// A file of `events/`, and that it is of that function.
fn file(function: &str, name: &str) -> String {
    assert!(direct().iter().any(|one| (one.function, one.name) == (function, name)));
    written::read(&format!("events/{name}.json"))
}

fn post(function: &Running, name: &str, text: &str) -> Value {
    function.invoke(&gateway::id(name, 16), text).unwrap()
}

fn body(answer: &Value) -> Value {
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_gets_a_link_that_opens_until_the_organization_is_set_up() {
    let machine = Machine::start().await;
    let (administration, enrollment) = (
        machine.function("administration", &[]),
        machine.function("enrollment", &[]),
    );
    let ask = || {
        post(
            &administration,
            "operator-link",
            &file("administration", "operator-link"),
        )
    };
    let said = ask();
    assert_eq!(said["expires_at"], "2026-11-24T13:00:00Z", "{said}");
    let token = said["link"]
        .as_str()
        .unwrap()
        .strip_prefix("https://id.example.com/welcome#token=")
        .unwrap();

    // The link of the answer in place of the one in the sample.
    let mut inspect: Value = serde_json::from_str(&written::read("events/invitations-inspect-first.json")).unwrap();
    inspect["body"] = json!(json!({ "token": token }).to_string());
    inspect["headers"]["content-length"] = json!(inspect["body"].as_str().unwrap().len().to_string());
    let opened = post(&enrollment, "inspect", &inspect.to_string());
    assert_eq!(
        (&opened["statusCode"], &body(&opened)["kind"]),
        (&json!(200), &json!("first_administrator")),
        "{opened}"
    );

    let accepted = post(
        &enrollment,
        "accept",
        &written::read("events/invitations-accept-first.json"),
    );
    assert_eq!(accepted["statusCode"], 200, "{accepted}");
    assert_eq!(ask()["code"], "account.state_conflict");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_nobody_knows_is_answered_with_the_one_that_is() {
    let machine = Machine::start().await;
    let administration = machine.function("administration", &[]);
    let said = post(&administration, "unknown", &file("administration", "operator-unknown"));
    assert_eq!(said["code"], "request.malformed");
    assert!(
        said["fix"].as_str().unwrap().contains("first-administrator-link"),
        "{said}"
    );
}

/// A Lambda that has one version of one function: the binary of verification.
async fn lambda(verification: Arc<Running>) -> MockServer {
    let server = MockServer::start().await;
    let invoke = move |request: &Request| {
        let event = String::from_utf8(request.body.clone()).unwrap();
        match verification.wait("rehearsed", &event) {
            Ok(answer) => ResponseTemplate::new(200).set_body_json(answer),
            Err(report) => ResponseTemplate::new(200)
                .insert_header("x-amz-function-error", "Unhandled")
                .set_body_string(report),
        }
    };
    Mock::given(path_regex("^/2015-03-31/functions/.*verification(:|%3A)7/invocations$"))
        .respond_with(invoke)
        .mount(&server)
        .await;
    server
}

/// What deployments were told.
async fn told(machine: &Machine) -> Vec<Value> {
    let requests = machine.cloud.received_requests().await.unwrap();
    let hooks = requests.iter().filter(|one| {
        one.headers
            .get("x-amz-target")
            .is_some_and(|target| target.to_str().unwrap().starts_with("CodeDeploy"))
    });
    hooks.map(|one| serde_json::from_slice(&one.body).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_of_the_real_version_lets_the_deployment_go_on() {
    let machine = Machine::start().await;
    let lambda = lambda(Arc::new(machine.function("verification", &[]))).await;
    let settings = [
        ("COUNTERSIGN_REHEARSED", VERSION),
        ("AWS_ENDPOINT_URL_LAMBDA", &lambda.uri()),
    ];
    let rehearsal = machine.function("rehearsal", &settings);
    let by_hand = post(&rehearsal, "by hand", &file("rehearsal", "rehearsals-run-by-hand"));
    assert_eq!(
        (by_hand, told(&machine).await),
        (json!({ "outcome": "Succeeded" }), vec![]),
        "{}",
        rehearsal.said()
    );
    let hook = file("rehearsal", "rehearsals-run");
    assert_eq!(
        post(&rehearsal, "hook", &hook),
        json!({ "outcome": "Succeeded" }),
        "{}",
        rehearsal.said()
    );
    let hook: Value = serde_json::from_str(&hook).unwrap();
    let expected = json!({
        "deploymentId": hook["DeploymentId"], "lifecycleEventHookExecutionId": hook["LifecycleEventHookExecutionId"], "status": "Succeeded",
    });
    assert_eq!(told(&machine).await, [expected]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_of_a_version_that_is_not_there_takes_the_deployment_back() {
    let machine = Machine::start().await;
    let nobody = MockServer::start().await;
    let settings = [
        ("COUNTERSIGN_REHEARSED", VERSION),
        ("AWS_ENDPOINT_URL_LAMBDA", &nobody.uri()),
    ];
    let rehearsal = machine.function("rehearsal", &settings);
    let said = post(&rehearsal, "hook", &file("rehearsal", "rehearsals-run"));
    assert_eq!(
        (&said["outcome"], &said["step"]),
        (&json!("Failed"), &json!("a wrong password")),
        "{said}"
    );
    assert_eq!(told(&machine).await[0]["status"], "Failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_without_a_version_does_not_start_and_names_the_setting() {
    let machine = Machine::start().await;
    let rehearsal = machine.function("rehearsal", &[]);
    let told = tokio::task::block_in_place(|| rehearsal.ended());
    assert!(
        told.contains("COUNTERSIGN_REHEARSED") && told.lines().count() == 1,
        "{told}"
    );
}
