//! What each role may do beside its rows: the secret, pushes, mail; and what no role may.

use countersign_deployed::calls::Call;
use countersign_deployed::{Deployed, deployed};
use serde_json::json;

/// Who may do an act, and the calls that try it.
struct Right {
    what: &'static str,
    who: &'static [&'static str],
    call: Call,
}

const NOBODY: &[&str] = &[];

async fn rights(deployed: &'static Deployed) -> Vec<Right> {
    let right = |what, who, call| Right { what, who, call };
    let (apns, fcm) = (
        deployed.applications["apns"].as_str(),
        deployed.applications["fcm"].as_str(),
    );
    let foreign = deployed.applications["foreign"].as_str();
    let (ours, theirs) = (endpoint(apns).await, endpoint(foreign).await);
    let secret = json!({ "SecretId": deployed.outputs["Secret"] });
    let sender = |domain: &str| format!("no-reply@{domain}");
    let register = |application: &str| {
        Call::sns(
            "CreatePlatformEndpoint",
            &[("PlatformApplicationArn", application), ("Token", &"c7".repeat(32))],
        )
    };
    let enable = |endpoint: &str| {
        Call::sns(
            "SetEndpointAttributes",
            &[
                ("EndpointArn", endpoint),
                ("Attributes.entry.1.key", "Enabled"),
                ("Attributes.entry.1.value", "true"),
            ],
        )
    };
    let publish = |endpoint: &str| Call::sns("Publish", &[("TargetArn", endpoint), ("Message", "a fact")]);
    let other = deployed.functions["portal"].name.as_str();
    let rehearsed = deployed.functions["rehearsal"].environment["COUNTERSIGN_REHEARSED"].as_str();
    let table = deployed.table("directory");
    vec![
        right(
            "read the secret",
            &["enrollment", "verification", "relay"],
            Call::secrets("GetSecretValue", &secret),
        ),
        right(
            "write the secret",
            NOBODY,
            Call::secrets(
                "PutSecretValue",
                &json!({ "SecretId": deployed.outputs["Secret"], "SecretString": "{}" }),
            ),
        ),
        right("list secrets", NOBODY, Call::secrets("ListSecrets", &json!({}))),
        right("register an Apple device", &["relay"], register(apns)),
        right("register an Android device", &["relay"], register(fcm)),
        right("register at another application", NOBODY, register(foreign)),
        right("enable a device", &["relay"], enable(&ours)),
        right("enable another application's device", NOBODY, enable(&theirs)),
        right("push", &["enrollment", "verification", "relay"], publish(&ours)),
        right("push to another application's device", NOBODY, publish(&theirs)),
        right(
            "send mail",
            &["administration"],
            Call::mail(&sender(&deployed.mail_domain), "facts@example.org"),
        ),
        right(
            "send mail as somebody else",
            NOBODY,
            Call::mail(&sender("example.net"), "facts@example.org"),
        ),
        right("call a function", NOBODY, Call::invoke(other, &json!({}))),
        right(
            "call the rehearsed version",
            &["rehearsal"],
            Call::invoke(rehearsed, &json!({})),
        ),
        right("list keys", NOBODY, Call::kms("ListKeys", &json!({}))),
        right(
            "become another role",
            NOBODY,
            Call::sts(
                "AssumeRole",
                &[
                    ("RoleArn", &deployed.functions["administration"].role),
                    ("RoleSessionName", "other"),
                ],
            ),
        ),
        right("list roles", NOBODY, Call::iam("ListRoles", &[])),
        right("list tables", NOBODY, Call::dynamodb("ListTables", &json!({}))),
        right(
            "describe a table",
            NOBODY,
            Call::dynamodb("DescribeTable", &json!({ "TableName": table })),
        ),
        right(
            "back a table up",
            NOBODY,
            Call::dynamodb("CreateBackup", &json!({ "TableName": table, "BackupName": "facts" })),
        ),
        right(
            "leave a dead letter",
            &["rehearsal"],
            Call::message(&format!("{}-dead-letters", deployed.stack)),
        ),
        right("read logs", NOBODY, Call::logs("DescribeLogGroups", &json!({}))),
    ]
}

/// A device of an application, made by the root.
async fn endpoint(application: &str) -> String {
    let made = Call::sns(
        "CreatePlatformEndpoint",
        &[("PlatformApplicationArn", application), ("Token", &"d6".repeat(32))],
    );
    let said = made.by_root().await.body;
    let (_, rest) = said.split_once("<EndpointArn>").unwrap_or_else(|| panic!("{said}"));
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn each_role_reaches_what_its_function_sends_and_reads_and_nothing_else() {
    let mut wrong = Vec::new();
    for Right { what, who, call } in rights(deployed()).await {
        for (name, function) in &deployed().functions {
            let said = call.by(&function.credentials).await;
            let (may, should) = (!said.is_denied(), who.contains(&name.as_str()));
            if may != should || (should && said.status != 200) {
                wrong.push(format!(
                    "{name} {} {what}: {said:?}",
                    if may { "may" } else { "may not" }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn each_role_writes_its_own_log_and_no_other() {
    for (name, function) in &deployed().functions {
        for (other, its) in &deployed().functions {
            let stream = json!({ "logGroupName": its.log_group, "logStreamName": format!("facts-{name}") });
            let said = Call::logs("CreateLogStream", &stream).by(&function.credentials).await;
            assert_eq!(
                !said.is_denied(),
                name == other,
                "{name} in the log of {other}: {said:?}"
            );
        }
    }
}
