//! The table of all routes: who may knock at each, and a body as it takes it.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

/// Whom a route lets in, and what the others are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// Everybody; what this table's body comes to, where it comes to a refusal.
    Open(u16, &'static str),
    /// Whoever has a sign-in under way.
    SignIn,
    /// Whoever has a session.
    Session,
    /// Administrators.
    Administrator,
    /// Paired phones.
    Phone,
}

use Door::{Administrator, Open, Phone, Session, SignIn};

/// One route.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) method: Method,
    template: &'static str,
    pub(super) door: Door,
    /// A body of the right shape, where it takes one.
    pub(super) body: Option<Value>,
}

impl Route {
    /// Its path, with an id of the right kind that nobody has.
    pub(super) fn path(&self) -> String {
        let kinds = [
            ("/enrollments/", "enr_"),
            ("/hand-overs/", "enr_"),
            ("/methods/", "aut_"),
            ("/activity/", "act_"),
            ("/people/", "acc_"),
            ("/prompts/", "prm_"),
        ];
        let kind = kinds
            .iter()
            .find(|(part, _)| self.template.contains(part))
            .map_or("ses_", |(_, kind)| kind);
        let id = if kind == "ses_" {
            format!("ses_{}", "A".repeat(43))
        } else {
            format!("{kind}01KAVXGA00000000000000000A")
        };
        self.template.replace("{id}", &id).replace("{serial}", "FT-NOBODYS")
    }

    pub(super) fn is_a_phones(&self) -> bool {
        self.template.starts_with("/device/v1/")
    }

    /// Whether it takes a whole document, under its version: what is wrong in one is told by its place (facts/policy.rs).
    pub(super) fn takes_a_document(&self) -> bool {
        self.template == "/api/v1/policy/methods"
    }

    /// The fields that its body must have, as the document says.
    pub(super) fn required(&self) -> Vec<String> {
        let document = serde_json::to_value(countersign_local::document::document()).unwrap();
        let operation = &document["paths"][self.template][self.method.as_str().to_lowercase()];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let schema = schema["oneOf"].as_array().and_then(|any| any.last()).unwrap_or(schema);
        let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) else {
            return Vec::new();
        };
        let required = document["components"]["schemas"][name]["required"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        required
            .iter()
            .map(|field| field.as_str().unwrap().to_owned())
            .collect()
    }
}

/// Verb, path, door, body.
const TABLE: &[(&str, &str, Door, &str)] = &[
    ("GET", "/api/v1/hardware-tokens", Administrator, ""),
    (
        "POST",
        "/api/v1/hardware-tokens/import",
        Administrator,
        r#"{"csv":"c","first_line":2}"#,
    ),
    ("GET", "/api/v1/hardware-tokens/{serial}", Administrator, ""),
    ("DELETE", "/api/v1/hardware-tokens/{serial}", Administrator, ""),
    (
        "POST",
        "/api/v1/hardware-tokens/{serial}/assign",
        Administrator,
        r#"{"user_name":"u"}"#,
    ),
    ("POST", "/api/v1/hardware-tokens/{serial}/unassign", Administrator, ""),
    (
        "POST",
        "/api/v1/invitations/accept",
        Open(410, "invitation.invalid"),
        r#"{"token":"t","password":"p","user_name":"u","display_name":"d"}"#,
    ),
    (
        "POST",
        "/api/v1/invitations/inspect",
        Open(410, "invitation.invalid"),
        r#"{"token":"t"}"#,
    ),
    (
        "POST",
        "/api/v1/invitations/password-check",
        Open(410, "invitation.invalid"),
        r#"{"token":"t","user_name":"u","password":"p"}"#,
    ),
    ("GET", "/api/v1/me", Session, ""),
    ("GET", "/api/v1/me/activity", Session, ""),
    (
        "PUT",
        "/api/v1/me/activity/{id}/verdict",
        Session,
        r#"{"verdict":"me"}"#,
    ),
    ("GET", "/api/v1/me/enrollments/{id}", Session, ""),
    ("DELETE", "/api/v1/me/enrollments/{id}", Session, ""),
    (
        "POST",
        "/api/v1/me/enrollments/{id}/confirm",
        Session,
        r#"{"code":"123456","name":"n"}"#,
    ),
    ("POST", "/api/v1/me/enrollments/{id}/message", Session, ""),
    ("POST", "/api/v1/me/enrollments/{id}/prompt", Session, ""),
    ("GET", "/api/v1/me/methods", Session, ""),
    ("POST", "/api/v1/me/methods", Session, r#"{"kind":"totp","name":"n"}"#),
    (
        "PUT",
        "/api/v1/me/methods/default",
        Session,
        r#"{"id":"aut_01KAVXGA00000000000000000A"}"#,
    ),
    ("PATCH", "/api/v1/me/methods/{id}", Session, r#"{"name":"n"}"#),
    ("DELETE", "/api/v1/me/methods/{id}", Session, ""),
    ("GET", "/api/v1/me/methods/{id}/removal", Session, ""),
    ("GET", "/api/v1/me/sessions", Session, ""),
    ("DELETE", "/api/v1/me/sessions/{id}", Session, ""),
    (
        "POST",
        "/api/v1/me/sign-out-everywhere",
        Session,
        r#"{"keep_current":true}"#,
    ),
    ("GET", "/api/v1/people", Administrator, ""),
    (
        "POST",
        "/api/v1/people",
        Administrator,
        r#"{"user_name":"u","display_name":"d","mail":"m@example.org","role":"member"}"#,
    ),
    ("GET", "/api/v1/people/{id}", Administrator, ""),
    ("POST", "/api/v1/people/{id}/disable", Administrator, ""),
    ("POST", "/api/v1/people/{id}/enable", Administrator, ""),
    ("POST", "/api/v1/people/{id}/invitation", Administrator, ""),
    (
        "PUT",
        "/api/v1/people/{id}/groups",
        Administrator,
        r#"{"groups":["staff"]}"#,
    ),
    ("GET", "/api/v1/people/{id}/pass", Administrator, ""),
    (
        "POST",
        "/api/v1/people/{id}/pass",
        Administrator,
        r#"{"one_time":true,"starts_at":"2026-11-24T12:00:00Z"}"#,
    ),
    ("DELETE", "/api/v1/people/{id}/pass", Administrator, ""),
    ("DELETE", "/api/v1/people/{id}/sessions", Administrator, ""),
    ("GET", "/api/v1/policy/methods", Administrator, ""),
    ("PUT", "/api/v1/policy/methods", Administrator, r#"{"version":0}"#),
    (
        "POST",
        "/api/v1/reauthentications",
        Session,
        r#"{"password":"p","return_to":"/"}"#,
    ),
    ("POST", "/api/v1/reauthentications/passkey/options", Session, ""),
    (
        "POST",
        "/api/v1/sign-ins",
        Open(401, "sign_in.rejected"),
        r#"{"user_name":"u","password":"p","return_to":"/"}"#,
    ),
    (
        "POST",
        "/api/v1/sign-ins/phone",
        Open(200, ""),
        r#"{"user_name":"u","return_to":"/"}"#,
    ),
    (
        "POST",
        "/api/v1/sign-ins/pass",
        Open(401, "sign_in.rejected"),
        r#"{"user_name":"u","pass":"p","return_to":"/"}"#,
    ),
    ("GET", "/api/v1/sign-ins/current", SignIn, ""),
    ("DELETE", "/api/v1/sign-ins/current", Open(204, ""), ""),
    (
        "POST",
        "/api/v1/sign-ins/current/code",
        SignIn,
        r#"{"code":"123456","authenticator_id":"aut_01KAVXGA00000000000000000A"}"#,
    ),
    (
        "POST",
        "/api/v1/sign-ins/current/message",
        SignIn,
        r#"{"authenticator_id":"aut_01KAVXGA00000000000000000A","again":true}"#,
    ),
    (
        "POST",
        "/api/v1/sign-ins/current/prompt",
        SignIn,
        r#"{"authenticator_id":"aut_01KAVXGA00000000000000000A"}"#,
    ),
    ("POST", "/api/v1/sign-ins/current/passkey/options", SignIn, ""),
    ("POST", "/api/v1/sign-ins/passkey/options", Open(200, ""), ""),
    (
        "POST",
        "/api/v1/sign-ins/passkey",
        Open(409, "passkey.expired"),
        r#"{"credential":{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}},"return_to":"/"}"#,
    ),
    ("POST", "/api/v1/sign-out", Session, ""),
    ("GET", "/device/v1/configuration", Open(200, ""), ""),
    (
        "POST",
        "/device/v1/pairings",
        Open(401, "device.signature_invalid"),
        r#"{"pairing":"a.b.c"}"#,
    ),
    ("GET", "/device/v1/prompts", Phone, ""),
    ("POST", "/device/v1/prompts/{id}/answer", Phone, r#"{"answer":"a.b.c"}"#),
    ("GET", "/device/v1/device", Phone, ""),
    (
        "PUT",
        "/device/v1/device",
        Phone,
        r#"{"capabilities":["number_matching"]}"#,
    ),
    ("DELETE", "/device/v1/device", Phone, ""),
    ("POST", "/device/v1/hand-overs", Phone, ""),
    ("GET", "/device/v1/hand-overs/{id}", Phone, ""),
    ("DELETE", "/device/v1/hand-overs/{id}", Phone, ""),
    (
        "POST",
        "/device/v1/hand-overs/{id}/confirm",
        Phone,
        r#"{"hand_over":"a.b.c"}"#,
    ),
    ("PUT", "/device/v1/channel", Phone, r#"{"channel":{"kind":"none"}}"#),
];

/// All of them.
pub(super) fn routes() -> Vec<Route> {
    let route = |&(method, template, door, body): &(&str, &'static str, Door, &str)| Route {
        method: method.parse().unwrap(),
        template,
        door,
        body: (!body.is_empty()).then(|| serde_json::from_str(body).unwrap()),
    };
    TABLE.iter().map(route).collect()
}

#[test]
fn every_route_of_the_document_is_in_the_table_and_no_other() {
    let document = serde_json::to_value(countersign_local::document::document()).unwrap();
    let mut there = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let body = if operation.get("requestBody").is_some() {
                " with a body"
            } else {
                ""
            };
            there.insert(format!("{} {path}{body}", method.to_uppercase()));
        }
    }
    let body = |route: &Route| if route.body.is_some() { " with a body" } else { "" };
    let known = routes()
        .iter()
        .map(|route| format!("{} {}{}", route.method, route.template, body(route)))
        .collect();
    assert_eq!(there, known, "say in the table whom a new route lets in");
}
