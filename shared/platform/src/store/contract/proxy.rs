//! A proxy in front of the embedded database: it writes down what is asked, and plays the faults that no emulator has.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::embedded::{self, Embedded};
use crate::fault::Fault;
use crate::store::DynamoStore;

/// What the proxy does instead of only passing a request on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trick {
    /// The request is carried out and its reply lost.
    LoseReply,
    /// The service asks to slow down.
    Throttle,
    /// Another transaction is at the row.
    Conflict,
    /// Another transaction is at one of the rows of this one.
    Cancel,
    /// The service leaves the second half of a batch for later.
    LeaveHalf,
}

/// One request as it was sent.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The operation.
    pub(super) operation: String,
    /// Its body.
    pub(super) body: Value,
}

#[derive(Debug, Clone)]
pub(super) struct Proxy {
    upstream: Arc<Embedded>,
    client: reqwest::Client,
    asked: Arc<Mutex<Vec<Asked>>>,
    tricks: Arc<Mutex<Vec<Trick>>>,
}

impl Proxy {
    /// A new database, a proxy before it, and the store that asks through it.
    pub(super) async fn start() -> (Self, DynamoStore) {
        let upstream = Arc::new(embedded::open().await);
        let proxy = Self {
            upstream,
            client: reqwest::Client::new(),
            asked: Arc::default(),
            tricks: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let store = embedded::at(&format!("http://{}", listener.local_addr().unwrap()));
        let router = Router::new().fallback(pass).with_state(proxy.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (proxy, store)
    }

    /// Plays these with the next requests, one each.
    pub(super) fn play(&self, tricks: &[Trick]) {
        self.tricks.lock().unwrap().extend(tricks.iter().rev());
    }

    /// What was asked since the last time.
    pub(super) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    async fn forward(&self, operation: &str, body: Bytes) -> Response {
        let request = self
            .client
            .post(&self.upstream.endpoint)
            .header("x-amz-target", format!("DynamoDB_20120810.{operation}"))
            .header("content-type", "application/x-amz-json-1.0")
            .header("authorization", "AWS4-HMAC-SHA256 Credential=local/20261124/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0")
            .header("x-amz-date", "20261124T120000Z")
            .body(body);
        let response = request.send().await.unwrap();
        let status = response.status();
        (
            status,
            [("content-type", "application/x-amz-json-1.0")],
            response.bytes().await.unwrap(),
        )
            .into_response()
    }
}

impl Asked {
    /// The operation, and for reads how they are made.
    fn described(&self) -> String {
        let strong = self.body["ConsistentRead"].as_bool().unwrap_or(false);
        match self.operation.as_str() {
            read @ ("GetItem" | "Query") => format!("{read} {}", if strong { "strong" } else { "eventual" }),
            write => write.to_owned(),
        }
    }
}

impl Proxy {
    /// Holds what a call asks against what it should.
    #[track_caller]
    pub(super) fn expect<'a, T>(
        &'a self,
        expected: &'a [&'a str],
        call: impl Future<Output = Result<T, Fault>> + 'a,
    ) -> impl Future<Output = T> + 'a {
        let place = std::panic::Location::caller();
        async move {
            self.asked();
            let answer = call.await.unwrap();
            let mut asked: Vec<_> = self.asked().iter().map(Asked::described).collect();
            let mut expected = expected.to_vec();
            // What is asked for at once arrives in any order.
            asked.sort_unstable();
            expected.sort_unstable();
            assert_eq!(asked, expected, "{place}");
            answer
        }
    }
}

fn error(status: StatusCode, kind: &str, more: &Value) -> Response {
    let mut body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{kind}"), "message": "a trick" });
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    (
        status,
        [("content-type", "application/x-amz-json-1.0")],
        body.to_string(),
    )
        .into_response()
}

async fn pass(State(proxy): State<Proxy>, headers: HeaderMap, body: Bytes) -> Response {
    let operation = headers["x-amz-target"]
        .to_str()
        .unwrap()
        .rsplit('.')
        .next()
        .unwrap()
        .to_owned();
    let asked: Value = serde_json::from_slice(&body).unwrap();
    proxy.asked.lock().unwrap().push(Asked {
        operation: operation.clone(),
        body: asked.clone(),
    });
    let trick = proxy.tricks.lock().unwrap().pop();
    match trick {
        None => proxy.forward(&operation, body).await,
        Some(Trick::LoseReply) => {
            proxy.forward(&operation, body).await;
            error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", &json!({}))
        }
        Some(Trick::Throttle) => error(
            StatusCode::BAD_REQUEST,
            "ProvisionedThroughputExceededException",
            &json!({}),
        ),
        Some(Trick::Conflict) => error(StatusCode::BAD_REQUEST, "TransactionConflictException", &json!({})),
        Some(Trick::Cancel) => {
            let reasons = json!({ "CancellationReasons": [{ "Code": "None" }, { "Code": "TransactionConflict" }] });
            error(StatusCode::BAD_REQUEST, "TransactionCanceledException", &reasons)
        }
        Some(Trick::LeaveHalf) => {
            let (table, requests) = asked["RequestItems"].as_object().unwrap().iter().next().unwrap();
            let (now, later) = requests
                .as_array()
                .unwrap()
                .split_at(requests.as_array().unwrap().len() / 2);
            let half = json!({ "RequestItems": { table.as_str(): now } });
            proxy.forward(&operation, half.to_string().into()).await;
            axum::Json(json!({ "UnprocessedItems": { table.as_str(): later } })).into_response()
        }
    }
}
