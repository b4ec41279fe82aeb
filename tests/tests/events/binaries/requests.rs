//! Every event that is a request, posted as it stands in its file.

use std::collections::BTreeMap;

use countersign_domain::delivery::Sent;
use countersign_platform::delivery::Recorded;
use serde_json::Value;

use crate::binaries::likeness::differences;
use crate::binaries::machine::{Machine, Running};
use crate::catalogue::samples;
use crate::gateway;
use crate::handler::{FUNCTIONS, function_of, route_of, send};
use crate::stage::Stage;
use crate::written;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_binary_answers_every_event_of_its_function_as_the_handlers_do() {
    let machine = Machine::start().await;
    let mut running: BTreeMap<&str, Running> = BTreeMap::new();
    let mut all = Vec::new();
    for sample in samples(&Stage::set().await.cast) {
        let text = written::read(&format!("events/{}.json", sample.name));
        let event: Value = serde_json::from_str(&text).unwrap();
        let name = function_of(&event);
        let function = running.entry(name).or_insert_with(|| machine.function(name, &[]));
        // Mails go out; these people's phones have no push channel, and the binary says so.
        let sent = if name == "administration" {
            Sent::Sent
        } else {
            Sent::NoChannel
        };
        let stage = Stage::sending(Recorded::answering(sent)).await;
        let expected = send(&stage, sample.name, &event).await;
        machine.reset().await;
        match function.invoke(&gateway::id(sample.name, 16), &text) {
            Ok(found) => {
                let differences = differences(&expected, &found, route_of(&event).is_none());
                all.extend(differences.into_iter().map(|one| format!("{}: {one}", sample.name)));
            }
            Err(report) => all.push(format!("{}: no answer but {report}", sample.name)),
        }
    }
    assert!(
        all.is_empty(),
        "the binaries answer otherwise than the handlers; if they are older than the code: `make binaries`\n{}",
        all.join("\n")
    );
    let asked: Vec<&str> = running.keys().copied().collect();
    let mut functions = FUNCTIONS.to_vec();
    functions.retain(|name| *name != "rehearsal");
    functions.sort_unstable();
    assert_eq!(asked, functions, "a function without an event");
    assert_eq!(machine.strangers_called(), 0);
}
