//! Activity: the list, and what the member says of a row.

use serde_json::json;

use crate::cast::Cast;
use crate::gateway::Event;

const LIST: &str = "GET /api/v1/me/activity";
const VERDICT: &str = "PUT /api/v1/me/activity/{id}/verdict";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let [newest, middle, _] = cast.rows.map(|row| row.to_string());
    vec![
        ("activity-list", Event::page(LIST, &[]).session(&cast.laptop)),
        (
            "activity-list-page",
            Event::page(LIST, &[])
                .session(&cast.laptop)
                .query(format!("cursor={newest}")),
        ),
        (
            "activity-list-bad-cursor",
            Event::page(LIST, &[])
                .session(&cast.laptop)
                .query("cursor=%3Cscript%3E"),
        ),
        (
            "activity-list-registering",
            Event::page(LIST, &[]).session(&cast.newcomer),
        ),
        (
            "activity-verdict",
            Event::page(VERDICT, &[&middle])
                .session(&cast.laptop)
                .json(&json!({ "verdict": "not_me" })),
        ),
        (
            "activity-verdict-foreign",
            Event::page(VERDICT, &[&middle])
                .session(&cast.desk)
                .json(&json!({ "verdict": "me" })),
        ),
    ]
}
