//! Each sample event through the real handler, and what came back: a snapshot an event, in `snapshots/`.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use http::HeaderMap;
use insta::{Settings, assert_snapshot};
use serde_json::Value;

use crate::catalogue::{Sample, samples};
use crate::handler::{Answer, route_of, send};
use crate::recorded;
use crate::stage::Stage;
use crate::written::HOW;

/// On every answer; checked for all of them and left out of the snapshots.
const ALWAYS: [(&str, &str); 7] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("date", "Tue, 24 Nov 2026 12:00:00 GMT"),
];
/// On every answer that is no page.
const USUAL: [(&str, &str); 2] = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    ),
];
/// A text longer than this is only measured: paths of QR codes.
const LONG: usize = 160;

#[tokio::test]
async fn every_event_is_answered_as_its_snapshot_says() {
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut changed = Vec::new();
    for sample in samples(&Stage::set().await.cast) {
        let told = told(&Stage::set().await, &sample).await;
        let compared = catch_unwind(AssertUnwindSafe(|| {
            settings.bind(|| assert_snapshot!(sample.name, told));
        }));
        changed.extend(compared.err().map(|_| sample.name));
    }
    assert!(
        changed.is_empty(),
        "answered otherwise: {changed:?}; if that is meant: {HOW}"
    );
}

async fn told(stage: &Stage, sample: &Sample) -> String {
    let event = sample.event.written(sample.name);
    let rows = recorded::rows(stage).await;
    let answer = send(stage, sample.name, &event).await;
    always(sample.name, &answer.headers);
    let page = route_of(&event).is_none();
    let (key, path) = (event["routeKey"].as_str().unwrap(), event["rawPath"].as_str().unwrap());
    let asked = if page { path } else { key };
    let mut told = format!("{asked}\n{}\n", answer.status);
    for (name, value) in shown(&answer.headers) {
        writeln!(told, "{name}: {value}").unwrap();
    }
    told += &body(&answer, page);
    told += &recorded::since(stage, &rows).await;
    told
}

fn always(name: &str, headers: &HeaderMap) {
    for (header, value) in ALWAYS {
        assert_eq!(
            headers.get_all(header).iter().collect::<Vec<_>>(),
            [value],
            "{header} of {name}"
        );
    }
}

/// The headers that tell this answer from others. What a build of the web app decides is left out.
fn shown(headers: &HeaderMap) -> Vec<(String, String)> {
    let known = |name: &str, value: &str| {
        ALWAYS.iter().any(|(always, _)| *always == name)
            || USUAL.contains(&(name, value))
            || name == "etag"
            || name == "content-length"
    };
    let text = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let kept = text.filter(|(name, value)| !known(name, value));
    let mut kept: Vec<_> = kept
        .map(|(name, value)| {
            if name == "set-cookie" {
                (name, masked(&value))
            } else {
                (name, value)
            }
        })
        .collect();
    kept.sort();
    kept
}

/// A cookie without its value, which is drawn anew each time.
pub(crate) fn masked(cookie: &str) -> String {
    let (name, rest) = cookie.split_once('=').unwrap();
    let (value, attributes) = rest.split_once(';').unwrap();
    let value = match value {
        "" => "",
        sealed if sealed.starts_with("1.") => "<sealed>",
        _ => "<token>",
    };
    format!("{name}={value};{attributes}")
}

fn body(answer: &Answer, page: bool) -> String {
    let json = answer
        .headers
        .get("content-type")
        .is_some_and(|kind| kind.to_str().unwrap().ends_with("json"));
    match (answer.body.as_slice(), json) {
        ([], _) => String::new(),
        (bytes, true) => {
            let mut value: Value = serde_json::from_slice(bytes).unwrap();
            measure(&mut value);
            format!("\n{}\n", serde_json::to_string_pretty(&value).unwrap())
        }
        _ if page => "\n(a page)\n".to_owned(),
        (bytes, false) => format!("\n{}\n", String::from_utf8_lossy(bytes)),
    }
}

fn measure(value: &mut Value) {
    match value {
        Value::String(text) if text.len() > LONG => *text = format!("({} characters)", text.len()),
        Value::Array(items) => items.iter_mut().for_each(measure),
        Value::Object(fields) => fields.values_mut().for_each(measure),
        _ => {}
    }
}
