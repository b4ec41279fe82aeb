//! What an event left behind: rows of activity and messages, so that a snapshot shows both the answer and what came of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use countersign_domain::activity::Event;
use countersign_domain::delivery::Delivery;
use countersign_domain::ids::ActivityId;
use countersign_platform::store::{AdministerPeople as _, ReadActivity as _};

use serde::Serialize;

use crate::stage::{Stage, now};

/// The rows that are there.
pub(crate) async fn rows(stage: &Stage) -> Vec<(String, Event)> {
    let mut rows = Vec::new();
    for account in stage.parts.store.people(None, 100).await.unwrap().items {
        let page = stage.parts.store.activity(account.id, None, 100, now()).await.unwrap();
        rows.extend(
            page.items
                .into_iter()
                .map(|event| (account.user_name.to_string(), event)),
        );
    }
    rows
}

/// The rows that are new since then, and the messages.
pub(crate) async fn since(stage: &Stage, before: &[(String, Event)]) -> String {
    let known: BTreeSet<ActivityId> = before.iter().map(|(_, event)| event.id).collect();
    let mut text = String::new();
    for (name, event) in rows(stage).await.iter().filter(|(_, event)| !known.contains(&event.id)) {
        writeln!(text, "recorded for {name}: {}", told(event)).unwrap();
    }
    for delivery in stage.outbox.sent() {
        let what = match delivery {
            Delivery::Push { channel, .. } => format!("a push by {}", channel.kind()),
            Delivery::Mail { to, .. } => format!("a mail to {to}"),
            Delivery::Sms { to, .. } => format!("a text message to {}", to.e164()),
            Delivery::Voice { to, .. } => format!("a call to {}", to.e164()),
        };
        writeln!(text, "sent: {what}").unwrap();
    }
    text
}

fn told(event: &Event) -> String {
    let mut told = format!("{}, {}", word(&event.what), word(&event.outcome));
    let details = [
        event.code.clone(),
        event
            .used
            .as_ref()
            .map(|used| format!("with {} “{}”", used.kind, used.name)),
        event.place.address.as_ref().map(|address| format!("from {address}")),
        event.place.place.clone(),
        event.number_match.map(|number| format!("number {}", word(&number))),
        event.by.map(|by| format!("by {}", word(&by))),
    ];
    for detail in details.into_iter().flatten() {
        write!(told, ", {detail}").unwrap();
    }
    told
}

/// The word that a value is written as.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}
