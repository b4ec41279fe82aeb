//! Each route has an event, and says no to one who shows nothing.

use std::fmt::Write as _;

use insta::assert_snapshot;
use serde_json::Value;

use crate::catalogue::samples;
use crate::handler::{Route, route_of, routes, send};
use crate::stage::Stage;

/// Routes that nobody has to be signed in for, and what protects each.
const OPEN: &[(&str, &str)] = &[
    ("POST /api/v1/sign-ins", "it asks for the password itself"),
    ("DELETE /api/v1/sign-ins/current", "it only takes a cookie back"),
    ("POST /api/v1/invitations/inspect", "the link's token is in the body"),
    (
        "POST /api/v1/invitations/password-check",
        "the link's token is in the body",
    ),
    ("POST /api/v1/invitations/accept", "the link's token is in the body"),
    (
        "POST /api/v1/sign-ins/passkey/options",
        "a challenge is given to everybody, and names nobody",
    ),
    (
        "POST /api/v1/sign-ins/phone",
        "a number is shown to everybody, whether or not anybody can answer it",
    ),
    (
        "POST /device/v1/pairings",
        "the pairing code and the new key's signature are in the body",
    ),
    ("POST /api/v1/sign-ins/pass", "it asks for the pass itself"),
    ("GET /device/v1/configuration", "it says what the pages say"),
];

#[tokio::test]
async fn every_route_has_an_event() {
    let stage = Stage::set().await;
    let events: Vec<Value> = samples(&stage.cast)
        .iter()
        .map(|sample| sample.event.written(sample.name))
        .collect();
    let covered: Vec<&Route> = events.iter().filter_map(route_of).collect();
    let missing: Vec<String> = routes()
        .iter()
        .filter(|route| !covered.contains(route))
        .map(Route::key)
        .collect();
    assert!(missing.is_empty(), "no event in events/ for {missing:?}");
}

/// The usual event of each route, stripped of cookies and proof.
#[tokio::test]
async fn every_route_refuses_who_shows_nothing() {
    let names = samples(&Stage::set().await.cast);
    let mut told = String::new();
    for route in routes() {
        let stage = Stage::set().await;
        let key = route.key();
        let usual = names
            .iter()
            .find(|sample| route_of(&sample.event.written(sample.name)) == Some(route))
            .unwrap();
        let answer = send(&stage, usual.name, &anonymous(usual.event.written(usual.name))).await;
        let problem: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let status = answer.status.as_u16();
        let open = OPEN.iter().find(|(open, _)| *open == key);
        assert_eq!(open.is_none(), matches!(status, 401 | 409), "{key} answered {status}");
        let said = open.map_or_else(|| problem["code"].as_str().unwrap(), |(_, why)| *why);
        writeln!(told, "{key}: {status} {said}").unwrap();
    }
    assert_snapshot!(told, @r"
    GET /api/v1/hardware-tokens: 401 session.required
    POST /api/v1/hardware-tokens/import: 401 session.required
    DELETE /api/v1/hardware-tokens/{serial}: 401 session.required
    GET /api/v1/hardware-tokens/{serial}: 401 session.required
    POST /api/v1/hardware-tokens/{serial}/assign: 401 session.required
    POST /api/v1/hardware-tokens/{serial}/unassign: 401 session.required
    POST /api/v1/invitations/accept: 200 the link's token is in the body
    POST /api/v1/invitations/inspect: 200 the link's token is in the body
    POST /api/v1/invitations/password-check: 200 the link's token is in the body
    GET /api/v1/me: 401 session.required
    GET /api/v1/me/activity: 401 session.required
    PUT /api/v1/me/activity/{id}/verdict: 401 session.required
    DELETE /api/v1/me/enrollments/{id}: 401 session.required
    GET /api/v1/me/enrollments/{id}: 401 session.required
    POST /api/v1/me/enrollments/{id}/confirm: 401 session.required
    POST /api/v1/me/enrollments/{id}/message: 401 session.required
    POST /api/v1/me/enrollments/{id}/prompt: 401 session.required
    GET /api/v1/me/methods: 401 session.required
    POST /api/v1/me/methods: 401 session.required
    PUT /api/v1/me/methods/default: 401 session.required
    DELETE /api/v1/me/methods/{id}: 401 session.required
    PATCH /api/v1/me/methods/{id}: 401 session.required
    GET /api/v1/me/methods/{id}/removal: 401 session.required
    GET /api/v1/me/sessions: 401 session.required
    DELETE /api/v1/me/sessions/{id}: 401 session.required
    POST /api/v1/me/sign-out-everywhere: 401 session.required
    GET /api/v1/people: 401 session.required
    POST /api/v1/people: 401 session.required
    GET /api/v1/people/{id}: 401 session.required
    POST /api/v1/people/{id}/disable: 401 session.required
    POST /api/v1/people/{id}/enable: 401 session.required
    PUT /api/v1/people/{id}/groups: 401 session.required
    POST /api/v1/people/{id}/invitation: 401 session.required
    DELETE /api/v1/people/{id}/pass: 401 session.required
    GET /api/v1/people/{id}/pass: 401 session.required
    POST /api/v1/people/{id}/pass: 401 session.required
    DELETE /api/v1/people/{id}/sessions: 401 session.required
    GET /api/v1/policy/methods: 401 session.required
    PUT /api/v1/policy/methods: 401 session.required
    POST /api/v1/reauthentications: 401 session.required
    POST /api/v1/reauthentications/passkey/options: 401 session.required
    POST /api/v1/sign-ins: 200 it asks for the password itself
    DELETE /api/v1/sign-ins/current: 204 it only takes a cookie back
    GET /api/v1/sign-ins/current: 409 sign_in.not_under_way
    POST /api/v1/sign-ins/current/code: 409 sign_in.not_under_way
    POST /api/v1/sign-ins/current/message: 409 sign_in.not_under_way
    POST /api/v1/sign-ins/current/passkey/options: 409 sign_in.not_under_way
    POST /api/v1/sign-ins/current/prompt: 409 sign_in.not_under_way
    POST /api/v1/sign-ins/pass: 200 it asks for the pass itself
    POST /api/v1/sign-ins/passkey: 409 passkey.expired
    POST /api/v1/sign-ins/passkey/options: 200 a challenge is given to everybody, and names nobody
    POST /api/v1/sign-ins/phone: 200 a number is shown to everybody, whether or not anybody can answer it
    POST /api/v1/sign-out: 401 session.required
    PUT /device/v1/channel: 401 device.proof_invalid
    GET /device/v1/configuration: 200 it says what the pages say
    DELETE /device/v1/device: 401 device.proof_invalid
    GET /device/v1/device: 401 device.proof_invalid
    PUT /device/v1/device: 401 device.proof_invalid
    POST /device/v1/hand-overs: 401 device.proof_invalid
    DELETE /device/v1/hand-overs/{id}: 401 device.proof_invalid
    GET /device/v1/hand-overs/{id}: 401 device.proof_invalid
    POST /device/v1/hand-overs/{id}/confirm: 401 device.proof_invalid
    POST /device/v1/pairings: 201 the pairing code and the new key's signature are in the body
    GET /device/v1/prompts: 401 device.proof_invalid
    POST /device/v1/prompts/{id}/answer: 401 device.proof_invalid
    ");
}

fn anonymous(mut event: Value) -> Value {
    let fields = event.as_object_mut().unwrap();
    fields.remove("cookies");
    fields["headers"].as_object_mut().unwrap().remove("countersign-proof");
    event
}
