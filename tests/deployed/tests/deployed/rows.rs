//! What each role may do to which rows: exactly what the ports of its function do (docs/architecture.md, "The ports"), tried out.
//!
//! Every role tries every action on every kind of row of every table. So each denial stands beside calls of the same role that are allowed,
//! and a right too many fails like one too few.

use std::collections::{BTreeMap, BTreeSet};

use countersign_deployed::calls::{Call, Said};
use countersign_deployed::{Function, deployed};
use futures::StreamExt as _;
use futures::stream;
use serde_json::{Value, json};

/// A table, or an index of one; actions; and the partitions that they are done in.
type Right = (&'static str, &'static str, &'static str);

/// What each port does.
const PORTS: &[(&str, &[Right])] = &[
    ("ReadPeople", &[("directory", "GetItem Query", "ACCOUNT NAME POLICY")]),
    (
        "CountGuesses",
        &[("sessions", "GetItem PutItem UpdateItem DeleteItem", "GUESSES ADDRESS")],
    ),
    ("ConsumeCodes", &[("directory", "UpdateItem", "ACCOUNT")]),
    (
        "SendCodes",
        &[
            ("directory", "UpdateItem", "ACCOUNT SENDINGS"),
            ("sessions", "PutItem UpdateItem", "ACCOUNT SENDINGS"),
            ("sessions", "GetItem", "SENDINGS"),
        ],
    ),
    ("KeepPrompts", &[("sessions", "GetItem PutItem", "ACCOUNT")]),
    (
        "BindMethods",
        &[
            (
                "directory",
                "PutItem UpdateItem DeleteItem ConditionCheckItem",
                "ACCOUNT CREDENTIAL TOKEN",
            ),
            ("directory", "GetItem", "CREDENTIAL"),
            ("sessions", "DeleteItem", "ACCOUNT CREDENTIAL TOKEN"),
        ],
    ),
    ("KeepPhones", &[("directory", "UpdateItem", "ACCOUNT")]),
    ("TakeOnce", &[("sessions", "PutItem", "PROOF")]),
    (
        "RemoveMethods",
        &[("directory", "UpdateItem DeleteItem", "ACCOUNT CREDENTIAL TOKEN")],
    ),
    (
        "IssuePasses",
        &[("directory", "PutItem UpdateItem DeleteItem", "ACCOUNT")],
    ),
    (
        "KeepEnrollments",
        &[
            (
                "sessions",
                "GetItem PutItem DeleteItem BatchWriteItem",
                "ACCOUNT PAIRING",
            ),
            ("sessions", "UpdateItem", "PAIRING"),
        ],
    ),
    ("ReadSessions", &[("sessions", "GetItem Query UpdateItem", "ACCOUNT")]),
    ("OpenSessions", &[("sessions", "PutItem", "ACCOUNT")]),
    (
        "EndSessions",
        &[
            ("sessions", "DeleteItem BatchWriteItem", "ACCOUNT"),
            ("directory", "UpdateItem", "ACCOUNT"),
        ],
    ),
    // What a transaction touches stands in the right to each of its writes: see `stand/stricter.py`.
    (
        "RecordActivity",
        &[("activity", "PutItem", "ACCOUNT NAME CREDENTIAL POLICY TOKEN")],
    ),
    ("ReadActivity", &[("activity", "Query UpdateItem", "ACCOUNT")]),
    (
        "KeepInvitations",
        &[
            (
                "sessions",
                "GetItem PutItem DeleteItem",
                "ACCOUNT INVITATION NAME ORGANIZATION",
            ),
            ("directory", "PutItem", "ACCOUNT INVITATION NAME ORGANIZATION"),
            ("directory", "UpdateItem", "ACCOUNT INVITATION"),
            ("directory", "GetItem", "ORGANIZATION"),
        ],
    ),
    (
        "AdministerPeople",
        &[
            ("directory/people", "Query", "PEOPLE"),
            ("directory", "PutItem", "ACCOUNT NAME"),
            ("directory", "UpdateItem", "ACCOUNT"),
        ],
    ),
    (
        "KeepPolicy",
        &[
            ("directory", "PutItem", "ACCOUNT POLICY"),
            ("directory", "UpdateItem", "ACCOUNT"),
        ],
    ),
    ("ReadTokens", &[("directory", "GetItem", "TOKEN")]),
    (
        "KeepTokens",
        &[
            ("directory/people", "Query", "TOKENS"),
            ("directory", "GetItem BatchGetItem PutItem DeleteItem", "TOKEN"),
        ],
    ),
    ("Deliver", &[]),
];

/// What the rehearsal does, to its own account alone (functions/rehearsal/src/lib.rs).
const REHEARSAL: &[Right] = &[
    ("directory", "Query UpdateItem DeleteItem", OWN_ACCOUNT),
    ("directory", "UpdateItem DeleteItem Query", "INVITATION"),
    ("directory", "GetItem", "POLICY"),
    ("directory", "PutItem", OWN_ACCOUNT),
    ("directory", "PutItem", OWN_NAME),
    ("sessions", "Query PutItem DeleteItem BatchWriteItem", OWN_ACCOUNT),
    ("sessions", "PutItem DeleteItem", "INVITATION"),
    ("sessions", "PutItem", "PROOF"),
];
const OWN_ACCOUNT: &str = "ACCOUNT#acc_0000000000000000000REHEARS";
const OWN_NAME: &str = "NAME#countersign-rehearsal";

const PLACES: [&str; 4] = ["directory", "directory/people", "sessions", "activity"];
const PARTITIONS: [&str; 17] = [
    "ACCOUNT",
    "NAME",
    "CREDENTIAL",
    "ORGANIZATION",
    "POLICY",
    "PEOPLE",
    "GUESSES",
    "SENDINGS",
    "ADDRESS",
    "PROOF",
    "PAIRING",
    "INVITATION",
    "TOKEN",
    "TOKENS",
    "ELSE",
    OWN_ACCOUNT,
    OWN_NAME,
];
const BY_ROW: [&str; 8] = [
    "GetItem",
    "Query",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "ConditionCheckItem",
    "BatchGetItem",
    "BatchWriteItem",
];

/// One thing that may be tried: place, action, partition.
type Act = (&'static str, &'static str, &'static str);

/// The ports of each function, by the table that a test writes from their `State`.
fn ports() -> BTreeMap<String, Vec<String>> {
    let document = include_str!("../../../../docs/architecture.md");
    let (_, rest) = document.split_once("<!-- ports -->").unwrap();
    let (table, _) = rest.split_once("<!-- end of ports -->").unwrap();
    let rows = table.lines().filter(|line| line.contains('|')).skip(2);
    rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let ports = cells[1]
            .split(", ")
            .filter_map(|port| port.strip_prefix('`')?.strip_suffix('`'));
        (cells[0].to_owned(), ports.map(str::to_owned).collect())
    })
    .collect()
}

/// What a function is to be able to do, by its ports.
fn acts_of(name: &str, ports: &BTreeMap<String, Vec<String>>) -> BTreeSet<Act> {
    let of_port = |port: &String| {
        let found = PORTS.iter().find(|(name, _)| name == port);
        found.unwrap_or_else(|| panic!("{port} is not in PORTS")).1
    };
    let rights: Vec<_> = if name == "rehearsal" {
        REHEARSAL.iter().collect()
    } else {
        ports[name].iter().flat_map(of_port).collect()
    };
    let mut acts = BTreeSet::new();
    for (place, actions, partitions) in rights {
        for (action, given) in actions
            .split(' ')
            .flat_map(|action| partitions.split(' ').map(move |one| (action, one)))
        {
            // Whoever reaches every account reaches the rehearsal's.
            let covered = PARTITIONS
                .into_iter()
                .filter(|one| *one == given || one.split_once('#').is_some_and(|(kind, _)| kind == given));
            acts.extend(covered.map(|one| (*place, action, one)));
        }
    }
    acts
}

/// Everything that is tried. Scans name no partition: `*`.
fn every_act() -> Vec<Act> {
    let mut acts = Vec::new();
    for place in PLACES {
        let index = place.contains('/');
        for action in BY_ROW.into_iter().filter(|action| !index || *action == "Query") {
            acts.extend(
                PARTITIONS
                    .into_iter()
                    .filter(|one| *one != "*")
                    .map(|one| (place, action, one)),
            );
        }
        acts.push((place, "Scan", "*"));
    }
    acts
}

/// The call that tries an act, on a row that is not there and by a write that never happens.
fn tried((place, action, partition): Act) -> Call {
    let (table, index) = place
        .split_once('/')
        .map_or((place, None), |(table, index)| (table, Some(index)));
    let table = deployed().table(table);
    let partition = match partition {
        "ORGANIZATION" | "PEOPLE" | "POLICY" | OWN_ACCOUNT | OWN_NAME => partition.to_owned(),
        _ => format!("{partition}#nobody"),
    };
    let key = json!({ "PK": { "S": partition }, "SK": { "S": "nothing" } });
    let is_there = "attribute_exists(PK)";
    let query = |name: &str| json!({ "TableName": table, "KeyConditionExpression": "#PK = :pk", "ExpressionAttributeNames": { "#PK": name }, "ExpressionAttributeValues": { ":pk": { "S": partition } } });
    let body = match (action, index) {
        ("GetItem" | "DeleteItem", _) => json!({ "TableName": table, "Key": key }),
        ("Query", None) => query("PK"),
        ("Query", Some(index)) => {
            let mut query = query("people_pk");
            query["IndexName"] = Value::from(index);
            query
        }
        ("Scan", None) => json!({ "TableName": table }),
        ("Scan", Some(index)) => json!({ "TableName": table, "IndexName": index }),
        ("PutItem", _) => json!({ "TableName": table, "Item": key, "ConditionExpression": is_there }),
        ("UpdateItem", _) => {
            json!({ "TableName": table, "Key": key, "UpdateExpression": "SET a = :a", "ConditionExpression": is_there, "ExpressionAttributeValues": { ":a": { "S": "a" } } })
        }
        ("BatchGetItem", _) => json!({ "RequestItems": { table: { "Keys": [key] } } }),
        ("BatchWriteItem", _) => json!({ "RequestItems": { table: [{ "DeleteRequest": { "Key": key } }] } }),
        ("ConditionCheckItem", _) => {
            let check = json!({ "TableName": table, "Key": key, "ConditionExpression": is_there });
            return Call::dynamodb(
                "TransactWriteItems",
                &json!({ "TransactItems": [{ "ConditionCheck": check }] }),
            );
        }
        _ => panic!("{action}"),
    };
    Call::dynamodb(action, &body)
}

/// Whether the role was let through; what it was told then is that nothing is there.
fn is_allowed(act: Act, said: &Said) -> bool {
    let through = said.status == 200
        || ["ConditionalCheckFailedException", "TransactionCanceledException"]
            .iter()
            .any(|error| said.body.contains(error));
    assert_ne!(through, said.is_denied(), "{act:?}: {said:?}");
    through
}

async fn allowed(function: &'static Function) -> BTreeSet<Act> {
    let tries = stream::iter(every_act()).map(|act| async move { (act, tried(act).by(&function.credentials).await) });
    let said: Vec<_> = tries.buffer_unordered(8).collect().await;
    said.into_iter()
        .filter(|(act, said)| is_allowed(*act, said))
        .map(|(act, _)| act)
        .collect()
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn each_role_may_do_what_its_functions_ports_do_and_nothing_else() {
    let ports = ports();
    assert!(ports.keys().eq(deployed().functions.keys()), "{:?}", ports.keys());
    let mut wrong = Vec::new();
    for (name, function) in &deployed().functions {
        let (may, should) = (allowed(function).await, acts_of(name, &ports));
        wrong.extend(
            may.difference(&should)
                .map(|act| format!("{name} may {act:?}, and no port of it does")),
        );
        wrong.extend(
            should
                .difference(&may)
                .map(|act| format!("{name} may not {act:?}, and a port of it does")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Not by a list that somebody wrote: rows that a role must never touch, whatever its ports say.
#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn no_port_reaches_what_its_function_has_no_business_with() {
    for (name, acts) in [
        (
            "activity",
            vec![
                ("directory", "GetItem", "ACCOUNT"),
                ("directory", "UpdateItem", "ACCOUNT"),
                ("activity", "DeleteItem", "ACCOUNT"),
            ],
        ),
        (
            "relay",
            vec![
                ("sessions", "GetItem", "GUESSES"),
                ("sessions", "GetItem", "INVITATION"),
                ("directory/people", "Query", "PEOPLE"),
            ],
        ),
        (
            "revocation",
            vec![
                ("directory", "PutItem", "ACCOUNT"),
                ("sessions", "PutItem", "ACCOUNT"),
                ("activity", "Query", "ACCOUNT"),
            ],
        ),
        (
            "verification",
            vec![
                ("directory", "PutItem", "ACCOUNT"),
                ("directory", "DeleteItem", "ACCOUNT"),
                ("activity", "Query", "ACCOUNT"),
            ],
        ),
        (
            "enrollment",
            vec![
                ("sessions", "PutItem", "PROOF"),
                ("directory/people", "Query", "PEOPLE"),
            ],
        ),
        (
            "administration",
            vec![
                ("directory", "PutItem", "CREDENTIAL"),
                ("sessions", "GetItem", "PAIRING"),
                ("activity", "UpdateItem", "ACCOUNT"),
            ],
        ),
        (
            "portal",
            vec![
                ("directory", "GetItem", "NAME"),
                ("sessions", "Query", "ACCOUNT"),
                ("activity", "PutItem", "ACCOUNT"),
            ],
        ),
    ] {
        for act in acts {
            let said = tried(act).by(&deployed().functions[name].credentials).await;
            assert!(!is_allowed(act, &said), "{name} may {act:?}: {said:?}");
        }
    }
}
