//! Relay: what a phone sends, each with its signature.

use countersign_domain::entropy::Seeded;
use countersign_domain::ids::AuthenticatorId;
use serde_json::json;

use crate::cast::Cast;
use crate::gateway::Event;
use crate::phone::{Bound, Phone};
use crate::stage::now;

const PAIR: &str = "POST /device/v1/pairings";
const PROMPTS: &str = "GET /device/v1/prompts";
const ANSWER: &str = "POST /device/v1/prompts/{id}/answer";
const DEVICE: &str = "GET /device/v1/device";
/// A hand-over's id that nobody has.
const NOBODYS: &str = "enr_01KAVXGA00000000000000000D";
const CHANNEL: &str = "PUT /device/v1/channel";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let phone = cast.ada.phone();
    let pair =
        |code: &str| Event::app(PAIR, &[]).json(&json!({ "pairing": Phone::called("Edsger’s phone").pairing(code) }));
    let removed = Bound {
        id: AuthenticatorId::new(now(), &Seeded::new("removed")),
        ..phone.clone()
    };
    let stolen = Bound {
        phone: Phone::called("a thief’s phone"),
        ..phone.clone()
    };
    let remove = |phone: &Bound| phone.proves(Event::app("DELETE /device/v1/device", &[]), None);
    let channel = |channel| phone.proves(Event::app(CHANNEL, &[]), Some(&json!({ "channel": channel })));
    let hand_over = |route: &'static str, ids: &[&str], body: Option<serde_json::Value>| {
        phone.proves(Event::app(route, ids), body.as_ref())
    };
    let change = |can: serde_json::Value| {
        phone.proves(
            Event::app("PUT /device/v1/device", &[]),
            Some(&json!({ "capabilities": can })),
        )
    };
    let mut events = vec![
        ("configuration-show", Event::app("GET /device/v1/configuration", &[])),
        ("pairings-create", pair(&cast.code())),
        ("pairings-create-expired", pair("23456789AB")),
        ("prompts-list", phone.proves(Event::app(PROMPTS, &[]), None)),
        ("prompts-list-unproven", Event::app(PROMPTS, &[])),
        ("prompts-list-forged", stolen.proves(Event::app(PROMPTS, &[]), None)),
        ("device-show", phone.proves(Event::app(DEVICE, &[]), None)),
        (
            "device-show-pending",
            cast.barbara.phone().proves(Event::app(DEVICE, &[]), None),
        ),
        ("device-show-removed", removed.proves(Event::app(DEVICE, &[]), None)),
        ("device-change", change(json!(["number_matching", "unlock"]))),
        ("device-change-too-much", change(json!(vec!["teleport"; 17]))),
        ("hand-overs-create", hand_over("POST /device/v1/hand-overs", &[], None)),
        (
            "hand-overs-show-unknown",
            hand_over("GET /device/v1/hand-overs/{id}", &[NOBODYS], None),
        ),
        (
            "hand-overs-cancel-unknown",
            hand_over("DELETE /device/v1/hand-overs/{id}", &[NOBODYS], None),
        ),
        (
            "hand-overs-confirm-unsigned",
            hand_over(
                "POST /device/v1/hand-overs/{id}/confirm",
                &[NOBODYS],
                Some(json!({ "hand_over": "a.b.c" })),
            ),
        ),
        ("device-remove", remove(phone)),
        ("device-remove-last", remove(cast.grace.phone())),
        (
            "channel-renew",
            channel(json!({ "kind": "fcm", "token": "a-registration-token" })),
        ),
        ("channel-renew-unknown-kind", channel(json!({ "kind": "pigeon" }))),
    ];
    events.extend(answers(cast));
    events
}

fn answers(cast: &Cast) -> Vec<(&'static str, Event)> {
    let (phone, prompt, number) = (cast.ada.phone(), &cast.prompt, cast.number());
    let id = prompt.id.to_string();
    let wrong = if number == "10" { "11" } else { "10" };
    let answer = |decision| {
        let body = phone.answers(prompt.id, prompt.challenge, &prompt.shown, &decision);
        phone.proves(Event::app(ANSWER, &[&id]), Some(&body))
    };
    vec![
        (
            "prompts-answer",
            answer(json!({ "decision": "approve", "number": number })),
        ),
        (
            "prompts-answer-wrong",
            answer(json!({ "decision": "approve", "number": wrong })),
        ),
        (
            "prompts-answer-not-me",
            answer(json!({ "decision": "deny", "reason": "not_me" })),
        ),
        (
            "prompts-answer-changed-mind",
            answer(json!({ "decision": "deny", "reason": "changed_mind" })),
        ),
        (
            "prompts-answer-without-number",
            answer(json!({ "decision": "approve" })),
        ),
    ]
}
