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

const fn right(what: &'static str, who: &'static [&'static str], call: Call) -> Right {
    Right { what, who, call }
}

fn of_the_secret(deployed: &Deployed) -> Vec<Right> {
    let secret = &deployed.outputs["Secret"];
    let (read, write) = (
        json!({ "SecretId": secret }),
        json!({ "SecretId": secret, "SecretString": "{}" }),
    );
    let readers = &["enrollment", "verification", "relay", "administration", "rehearsal"];
    vec![
        right("read the secret", readers, Call::secrets("GetSecretValue", &read)),
        right("write the secret", NOBODY, Call::secrets("PutSecretValue", &write)),
        right("list secrets", NOBODY, Call::secrets("ListSecrets", &json!({}))),
        right("list keys", NOBODY, Call::kms("ListKeys", &json!({}))),
    ]
}

async fn of_phones(deployed: &Deployed) -> Vec<Right> {
    let (apns, fcm) = (&deployed.applications["apns"], &deployed.applications["fcm"]);
    let foreign = &deployed.applications["foreign"];
    let (ours, theirs) = (endpoint(apns).await, endpoint(foreign).await);
    let token = "c7".repeat(32);
    let register = |application: &str| {
        let parameters = [("PlatformApplicationArn", application), ("Token", &token)];
        Call::sns("CreatePlatformEndpoint", &parameters)
    };
    let enable = |endpoint: &str| {
        let enabled = [
            ("Attributes.entry.1.key", "Enabled"),
            ("Attributes.entry.1.value", "true"),
        ];
        let parameters = [("EndpointArn", endpoint), enabled[0], enabled[1]];
        Call::sns("SetEndpointAttributes", &parameters)
    };
    let publish = |endpoint: &str| Call::sns("Publish", &[("TargetArn", endpoint), ("Message", "a fact")]);
    vec![
        right("register an Apple device", &["relay"], register(apns)),
        right("register an Android device", &["relay"], register(fcm)),
        right("register at another application", NOBODY, register(foreign)),
        right("enable a device", &["relay"], enable(&ours)),
        right("enable another application's device", NOBODY, enable(&theirs)),
        right("push", &["enrollment", "verification", "relay"], publish(&ours)),
        right("push to another application's device", NOBODY, publish(&theirs)),
    ]
}

fn of_mail(deployed: &Deployed) -> Vec<Right> {
    let mail = |from: &str, domain: &str| Call::mail(&format!("{from}@{domain}"), "facts@example.org");
    let ours = &deployed.mail_domain;
    let senders = &["enrollment", "revocation", "relay", "administration"];
    vec![
        right("send mail", senders, mail("no-reply", ours)),
        right("send mail as somebody else here", NOBODY, mail("director", ours)),
        right(
            "send mail as somebody elsewhere",
            NOBODY,
            mail("no-reply", "example.net"),
        ),
    ]
}

fn of_the_cloud(deployed: &Deployed) -> Vec<Right> {
    let rehearsed = &deployed.functions["rehearsal"].environment["COUNTERSIGN_REHEARSED"];
    let other = &deployed.functions["portal"].name;
    let role = &deployed.functions["administration"].role;
    let assume = [("RoleArn", role.as_str()), ("RoleSessionName", "other")];
    let table = json!({ "TableName": deployed.table("directory") });
    let backup = json!({ "TableName": deployed.table("directory"), "BackupName": "facts" });
    let letters = format!("{}-dead-letters", deployed.stack);
    vec![
        right("call a function", NOBODY, Call::invoke(other, &json!({}))),
        right(
            "call the rehearsed version",
            &["rehearsal"],
            Call::invoke(rehearsed, &json!({})),
        ),
        right("leave a dead letter", &["rehearsal"], Call::message(&letters)),
        right("become another role", NOBODY, Call::sts("AssumeRole", &assume)),
        right("list roles", NOBODY, Call::iam("ListRoles", &[])),
        right("list tables", NOBODY, Call::dynamodb("ListTables", &json!({}))),
        right("describe a table", NOBODY, Call::dynamodb("DescribeTable", &table)),
        right("back a table up", NOBODY, Call::dynamodb("CreateBackup", &backup)),
        right("read logs", NOBODY, Call::logs("DescribeLogGroups", &json!({}))),
    ]
}

async fn rights(deployed: &Deployed) -> Vec<Right> {
    let mut all = of_phones(deployed).await;
    all.extend(of_the_secret(deployed));
    all.extend(of_mail(deployed));
    all.extend(of_the_cloud(deployed));
    all
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
