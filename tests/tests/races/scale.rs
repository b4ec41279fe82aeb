//! A large organization and a long history, written past the service, since nobody has time to live through them.

use countersign_domain::accounts::{Account, Role};
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::ids::AccountId;
use countersign_domain::place::Place;
use countersign_tests::{Member, Metered};
use futures::StreamExt as _;
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Rows of one request (the service's limit).
const BATCH: usize = 25;

/// A value as the database writes it on the wire.
fn attribute(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "NULL": true }),
        Value::Bool(yes) => json!({ "BOOL": yes }),
        Value::Number(number) => json!({ "N": number.to_string() }),
        Value::String(text) => json!({ "S": text }),
        Value::Array(list) => json!({ "L": list.iter().map(attribute).collect::<Vec<_>>() }),
        Value::Object(map) => json!({ "M": attributes(map) }),
    }
}

fn attributes(map: &Map<String, Value>) -> Value {
    map.iter()
        .map(|(name, value)| (name.clone(), attribute(value)))
        .collect::<Map<_, _>>()
        .into()
}

/// A row: what it holds, and its keys.
fn row(value: &impl Serialize, keys: Value) -> Value {
    let (mut value, keys) = (serde_json::to_value(value).unwrap(), keys);
    value.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    attributes(value.as_object().unwrap())
}

async fn put(metered: &Metered, table: &str, rows: &[Value]) {
    futures::stream::iter(rows.chunks(BATCH))
        .for_each_concurrent(4, async |rows| {
            let puts: Vec<Value> = rows
                .iter()
                .map(|row| json!({ "PutRequest": { "Item": row } }))
                .collect();
            let answer = metered
                .ask("BatchWriteItem", json!({ "RequestItems": { table: puts } }))
                .await;
            assert_eq!(answer["UnprocessedItems"], json!({}));
        })
        .await;
}

/// So many more accounts, and as many rows of activity for one of them, a page of them at least.
pub(crate) async fn fill(metered: &Metered, member: &Member<'_>, many: usize) {
    let (entropy, now) = (member.world.parts.entropy.as_ref(), member.world.now());
    let mut directory = Vec::with_capacity(2 * many);
    for n in 0..many {
        let (id, name) = (AccountId::new(now, entropy), format!("{}{n:05}", member.user_name));
        let account = Account::invited(
            id,
            name.parse().unwrap(),
            name.parse().unwrap(),
            None,
            Role::Member,
            now,
        );
        let keys = json!({ "PK": format!("ACCOUNT#{id}"), "SK": "PROFILE", "people_pk": "PEOPLE", "people_sk": name });
        directory.push(row(&account, keys));
        directory.push(row(
            &json!({ "account": id }),
            json!({ "PK": format!("NAME#{name}"), "SK": "NAME" }),
        ));
    }
    put(metered, "directory", &directory).await;
    let history = (0..many.max(25)).map(|n| {
        let at = now - SignedDuration::from_mins(i64::try_from(n).unwrap());
        let place = Place {
            address: Some("203.0.113.9".to_owned()),
            browser: Some("Firefox".to_owned()),
            os: Some("Linux".to_owned()),
            ..Place::default()
        };
        let event = Event::new(member.account, What::SignIn, Outcome::Success, place, entropy, at)
            .app("Security info")
            .with("totp", "Code generator");
        let kept = at + SignedDuration::from_hours(24 * 30);
        row(
            &event,
            json!({ "PK": format!("ACCOUNT#{}", member.account), "SK": event.id, "ttl": kept.as_second() }),
        )
    });
    put(metered, "activity", &history.collect::<Vec<_>>()).await;
}
