//! Revocation: removing methods, ending sessions, signing out.

use serde_json::json;

use crate::cast::Cast;
use crate::gateway::Event;

const REMOVAL: &str = "GET /api/v1/me/methods/{id}/removal";
const REMOVE: &str = "DELETE /api/v1/me/methods/{id}";
const END: &str = "DELETE /api/v1/me/sessions/{id}";
const EVERYWHERE: &str = "POST /api/v1/me/sign-out-everywhere";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let phone = cast.ada.phone().id.to_string();
    let generator = cast.ada.generator().0.to_string();
    let only = cast.dorothy.generator().0.to_string();
    let (current, other) = (cast.laptop.session().to_string(), cast.tablet.session().to_string());
    let everywhere = |keep: bool| {
        Event::page(EVERYWHERE, &[])
            .session(&cast.laptop)
            .json(&json!({ "keep_current": keep }))
    };
    vec![
        ("removals-show", Event::page(REMOVAL, &[&phone]).session(&cast.laptop)),
        (
            "removals-show-last",
            Event::page(REMOVAL, &[&only]).session(&cast.office),
        ),
        (
            "methods-remove",
            Event::page(REMOVE, &[&generator]).session(&cast.laptop),
        ),
        (
            "methods-remove-current",
            Event::page(REMOVE, &[&phone]).session(&cast.laptop),
        ),
        (
            "methods-remove-last",
            Event::page(REMOVE, &[&only]).session(&cast.office),
        ),
        (
            "methods-remove-stale",
            Event::page(REMOVE, &[&generator]).session(&cast.tablet),
        ),
        (
            "sessions-list",
            Event::page("GET /api/v1/me/sessions", &[]).session(&cast.laptop),
        ),
        ("sessions-end", Event::page(END, &[&other]).session(&cast.laptop)),
        (
            "sessions-end-current",
            Event::page(END, &[&current]).session(&cast.laptop),
        ),
        ("sessions-end-foreign", Event::page(END, &[&other]).session(&cast.desk)),
        ("sign-out-everywhere", everywhere(false)),
        ("sign-out-everywhere-else", everywhere(true)),
        (
            "sign-out",
            Event::page("POST /api/v1/sign-out", &[]).session(&cast.laptop),
        ),
    ]
}
