//! What stands around a binary: the runtime API, the database with everybody in it, the rest of the cloud, and a clock that shows noon.

use std::collections::HashMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest};
use countersign_bench::function::{Function, SETTINGS, Trap, binary};
use countersign_bench::process;
use countersign_bench::runtime_api::RuntimeApi;
use countersign_local::database::{self, Database};
use countersign_platform::delivery::Recorded;
use serde_json::{Value, json};
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::cast::Cast;
use crate::stage::{EDGE_SECRET, HELP, ORIGIN, now, parts, secret};

type Row = HashMap<String, AttributeValue>;

/// Where distributions put the library that shows a process another time.
const FAKETIME: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib64/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
];

/// All but the functions.
pub(crate) struct Machine {
    database: Database,
    /// The rows of each table, as the events expect them.
    before: Vec<(String, Vec<Row>)>,
    pub(crate) cloud: MockServer,
    trap: Trap,
}

/// A function's binary, waiting for events.
pub(crate) struct Running {
    name: &'static str,
    api: RuntimeApi,
    function: Mutex<Function>,
}

impl Machine {
    pub(crate) async fn start() -> Self {
        let database = database::open(None).await.unwrap();
        Cast::enter(&parts(Arc::new(database.store()), Arc::new(Recorded::default()))).await;
        let mut before = Vec::new();
        let names = database::names();
        for table in [names.directory, names.sessions, names.activity] {
            let rows = rows(&database.client(), &table).await;
            before.push((table, rows));
        }
        Self {
            database,
            before,
            cloud: cloud().await,
            trap: Trap::set(),
        }
    }

    /// Starts a function's binary with these settings beside the usual ones.
    pub(crate) fn function(&self, name: &'static str, settings: &[(&str, &str)]) -> Running {
        let (database, cloud, library) = (self.database.endpoint(), self.cloud.uri(), faketime());
        let noon = now().strftime("%Y-%m-%d %H:%M:%S").to_string();
        let others = [
            ("COUNTERSIGN_ORIGIN", ORIGIN),
            ("COUNTERSIGN_EDGE_SECRET", EDGE_SECRET),
            ("COUNTERSIGN_HELP_URL", HELP),
            ("AWS_ENDPOINT_URL_DYNAMODB", database.as_str()),
            ("AWS_ENDPOINT_URL_SECRETS_MANAGER", cloud.as_str()),
            ("AWS_ENDPOINT_URL_SESV2", cloud.as_str()),
            ("AWS_ENDPOINT_URL_CODEDEPLOY", cloud.as_str()),
            // The time of day stands at noon; waiting goes on as it does.
            ("LD_PRELOAD", library),
            ("FAKETIME", noon.as_str()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        let settings = [SETTINGS.as_slice(), &others, settings].concat();
        let api = RuntimeApi::start();
        let program = binary(beside(), &format!("countersign-{name}"));
        let function = Mutex::new(Function::start(&program, &api, &self.trap, &settings));
        Running { name, api, function }
    }

    /// Puts the rows back as they were before any event.
    pub(crate) async fn reset(&self) {
        let client = self.database.client();
        for (table, before) in &self.before {
            let after = rows(&client, table).await;
            let put = before.iter().filter(|row| !after.contains(row)).map(put);
            let gone = |row: &&Row| !before.iter().any(|before| key(before) == key(row));
            let delete = after.iter().filter(gone).map(delete);
            let writes: Vec<WriteRequest> = put.chain(delete).collect();
            for batch in writes.chunks(25) {
                let sent = client
                    .batch_write_item()
                    .request_items(table, batch.to_vec())
                    .send()
                    .await
                    .unwrap();
                assert!(sent.unprocessed_items.unwrap_or_default().is_empty());
            }
        }
    }

    /// How often a binary has called anybody that this machine does not know.
    pub(crate) fn strangers_called(&self) -> usize {
        self.trap.calls()
    }
}

impl Running {
    /// Hands it an event; what it reports instead of an answer is `Err`.
    pub(crate) fn invoke(&self, id: &str, event: &str) -> Result<Value, String> {
        tokio::task::block_in_place(|| self.wait(id, event))
    }

    /// The same, on a thread that has nothing else to do.
    pub(crate) fn wait(&self, id: &str, event: &str) -> Result<Value, String> {
        let gone = || self.function.lock().unwrap().gone();
        let answer = self.api.invoke(id, event, gone);
        answer.unwrap_or_else(|| panic!("{} answered nothing to {id} and said: {}", self.name, self.said()))
    }

    /// What it said last, once it has stopped with an error.
    pub(crate) fn ended(&self) -> String {
        let status = self.function.lock().unwrap().ended();
        assert!(status.is_some_and(|status| !status.success()), "{} goes on", self.name);
        self.said()
    }

    /// The most memory that it has had, in kB.
    pub(crate) fn peak_kb(&self) -> u64 {
        process::peak_kb(self.function.lock().unwrap().pid())
    }

    /// Its log.
    pub(crate) fn said(&self) -> String {
        self.function.lock().unwrap().said()
    }
}

/// The folder of the programs: above the one of the tests.
fn beside() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        env::current_exe()
            .unwrap()
            .parent()
            .unwrap()
            .parent()
            .unwrap()
            .to_owned()
    })
}

fn faketime() -> &'static str {
    let found = FAKETIME.into_iter().find(|path| Path::new(path).exists());
    found.unwrap_or_else(|| panic!("libfaketime is missing, without which the binaries would find every event too old: run tools/debian-packages"))
}

/// What the functions ask of the cloud beside the database: the secret, mails, a deployment that waits.
async fn cloud() -> MockServer {
    let server = MockServer::start().await;
    let answers = [
        ("secretsmanager.GetSecretValue", json!({ "SecretString": secret() })),
        ("CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus", json!({})),
    ];
    for (target, answer) in answers {
        Mock::given(header("x-amz-target", target))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount(&server)
            .await;
    }
    Mock::given(path("/v2/email/outbound-emails"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "sample" })))
        .mount(&server)
        .await;
    server
}

async fn rows(client: &Client, table: &str) -> Vec<Row> {
    let scanned = client.scan().table_name(table).send().await.unwrap();
    assert!(scanned.last_evaluated_key.is_none(), "{table} is larger than a page");
    scanned.items.unwrap_or_default()
}

fn key(row: &Row) -> [&AttributeValue; 2] {
    [&row["PK"], &row["SK"]]
}

fn put(row: &Row) -> WriteRequest {
    let put = PutRequest::builder().set_item(Some(row.clone())).build().unwrap();
    WriteRequest::builder().put_request(put).build()
}

fn delete(row: &Row) -> WriteRequest {
    let [pk, sk] = key(row);
    let delete = DeleteRequest::builder()
        .key("PK", pk.clone())
        .key("SK", sk.clone())
        .build()
        .unwrap();
    WriteRequest::builder().delete_request(delete).build()
}
