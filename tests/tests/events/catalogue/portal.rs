//! Portal: pages and files, and addresses that are none.

use crate::gateway::Event;

pub(super) fn events() -> Vec<(&'static str, Event)> {
    vec![
        ("pages-show", Event::visit("/")),
        ("pages-show-sign-in", Event::visit("/sign-in")),
        ("pages-show-authenticator", Event::visit("/authenticator")),
        ("pages-show-stage", Event::visit("/activity").through("live")),
        (
            "pages-show-compressed",
            Event::visit("/sign-in").header("accept-encoding", "gzip, deflate, br"),
        ),
        ("pages-show-unknown", Event::visit("/no/such/page")),
        ("pages-show-unknown-interface", Event::visit("/api/v2/anything")),
    ]
}
