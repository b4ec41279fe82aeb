//! A proxy between the service and its database: it counts what a flow costs, and plays the faults that no emulator has.

mod cost;
mod fate;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub use cost::Cost;
pub use fate::{End, Held, Trick};

use cost::{Asked, units};
use fate::{Fate, Trap};

use crate::World;

/// While a flow is measured, replies wait until so long nothing new was asked: what is asked at the same time is then seen as such.
const LULL: Duration = Duration::from_millis(40);
/// The headers that are passed on.
const PASSED: [&str; 4] = ["x-amz-target", "content-type", "authorization", "x-amz-date"];
/// An emulator asks for a signature and does not check it.
const UNSIGNED: &str =
    "AWS4-HMAC-SHA256 Credential=local/20261124/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

#[derive(Debug)]
struct Inner {
    upstream: String,
    client: reqwest::Client,
    latest: Mutex<Option<Instant>>,
    asked: Mutex<Vec<Asked>>,
    traps: Mutex<Vec<Trap>>,
    sprung: Mutex<usize>,
    left: Mutex<Option<(usize, End)>>,
}

/// The proxy. Clones are the same one.
#[derive(Debug, Clone)]
pub struct Metered(Arc<Inner>);

impl Metered {
    /// A world whose database is asked through a proxy.
    pub async fn start() -> (World, Self) {
        let mut between = None;
        let world = World::start_unhurried(|upstream| between.insert(Self::before(upstream)).1.clone()).await;
        (world, between.expect("a proxy").0)
    }

    fn before(upstream: String) -> (Self, String) {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let metered = Self(Arc::new(Inner {
            upstream,
            client,
            latest: Mutex::default(),
            asked: Mutex::default(),
            traps: Mutex::default(),
            sprung: Mutex::default(),
            left: Mutex::default(),
        }));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let listener = TcpListener::from_std(listener).expect("a listener");
        let router = Router::new().fallback(pass).with_state(metered.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serving") });
        (metered, endpoint)
    }

    /// What a flow comes back with and what it costs.
    pub async fn cost<T>(&self, flow: impl Future<Output = T>) -> (T, Cost) {
        self.0.asked.lock().unwrap().clear();
        *self.0.latest.lock().unwrap() = Some(Instant::now());
        let outcome = flow.await;
        *self.0.latest.lock().unwrap() = None;
        let asked = std::mem::take(&mut *self.0.asked.lock().unwrap());
        (outcome, Cost::sum(&asked))
    }

    /// Asks the database itself, past the service.
    pub async fn ask(&self, operation: &str, body: Value) -> Value {
        let headers = HeaderMap::from_iter([
            (
                HeaderName::from_static("x-amz-target"),
                format!("DynamoDB_20120810.{operation}").parse().expect("a header"),
            ),
            (CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0")),
            (AUTHORIZATION, HeaderValue::from_static(UNSIGNED)),
            (
                HeaderName::from_static("x-amz-date"),
                HeaderValue::from_static("20261124T120000Z"),
            ),
        ]);
        let (status, answer) = self.forward(&headers, body).await;
        assert!(status.is_success(), "{operation}: {answer}");
        answer
    }

    /// Plays a trick with the next requests of an operation that are about something (part of a table's name, key or expression).
    pub fn play(&self, operation: &'static str, about: &'static str, trick: Trick, times: usize) {
        self.trap(operation, about, Fate::Trick(trick), times);
    }

    /// Holds the next request of an operation that is about something.
    pub fn hold(&self, operation: &'static str, about: &'static str) -> Held {
        let held = Held::new();
        self.trap(operation, about, Fate::Hold(held.clone()), 1);
        held
    }

    /// Holds its reply: who gets it then sees what was there before.
    pub fn hold_reply(&self, operation: &'static str, about: &'static str) -> Held {
        let held = Held::new();
        self.trap(operation, about, Fate::HoldReply(held.clone()), 1);
        held
    }

    fn trap(&self, operation: &'static str, about: &'static str, fate: Fate, times: usize) {
        self.0.traps.lock().unwrap().push(Trap {
            operation,
            about,
            fate,
            times,
        });
    }

    /// Carries so many more requests out and no other.
    pub fn end_after(&self, requests: usize, end: End) {
        *self.0.left.lock().unwrap() = Some((requests, end));
    }

    fn ended(&self) -> Option<End> {
        let mut left = self.0.left.lock().unwrap();
        let (requests, end) = left.as_mut()?;
        let over = (*requests == 0).then_some(*end);
        *requests = requests.saturating_sub(1);
        over
    }

    /// Plays no more tricks; how many were played since the last time.
    pub fn heal(&self) -> usize {
        *self.0.left.lock().unwrap() = None;
        self.0.traps.lock().unwrap().clear();
        std::mem::take(&mut *self.0.sprung.lock().unwrap())
    }

    fn fate(&self, operation: &str, body: &str) -> Option<Fate> {
        let mut traps = self.0.traps.lock().unwrap();
        let fits = |trap: &&mut Trap| trap.times > 0 && trap.operation == operation && body.contains(trap.about);
        let trap = traps.iter_mut().find(fits)?;
        trap.times -= 1;
        *self.0.sprung.lock().unwrap() += 1;
        Some(trap.fate.clone())
    }

    async fn forward(&self, headers: &HeaderMap, mut body: Value) -> (StatusCode, Value) {
        body["ReturnConsumedCapacity"] = "TOTAL".into();
        let mut request = self.0.client.post(&self.0.upstream).body(body.to_string());
        for name in PASSED {
            request = request.header(name, &headers[name]);
        }
        let response = request.send().await.expect("the database");
        let status = response.status();
        (status, response.json().await.expect("JSON"))
    }

    /// Waits for a lull, if a flow is measured.
    async fn lull(&self) {
        loop {
            let Some(latest) = *self.0.latest.lock().unwrap() else {
                return;
            };
            match LULL.checked_sub(latest.elapsed()) {
                Some(rest) if !rest.is_zero() => tokio::time::sleep(rest).await,
                _ => return,
            }
        }
    }
}

fn reply(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [("content-type", "application/x-amz-json-1.0")],
        body.to_string(),
    )
        .into_response()
}

fn error(status: StatusCode, kind: &str) -> Response {
    reply(
        status,
        &json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{kind}"), "message": "a trick" }),
    )
}

async fn pass(State(metered): State<Metered>, headers: HeaderMap, body: Bytes) -> Response {
    let operation = headers["x-amz-target"]
        .to_str()
        .unwrap()
        .rsplit('.')
        .next()
        .unwrap()
        .to_owned();
    match metered.ended() {
        Some(End::Dead) => return error(StatusCode::BAD_REQUEST, "AccessDeniedException"), // what is not tried again
        Some(End::Throttled) => return error(StatusCode::BAD_REQUEST, "ProvisionedThroughputExceededException"),
        None => {}
    }
    let fate = metered.fate(&operation, std::str::from_utf8(&body).unwrap());
    match &fate {
        Some(Fate::Trick(Trick::Throttle)) => {
            return error(StatusCode::BAD_REQUEST, "ProvisionedThroughputExceededException");
        }
        Some(Fate::Trick(Trick::SeeNothing)) => {
            return reply(StatusCode::OK, &json!({ "Count": 0, "ScannedCount": 0 }));
        }
        Some(Fate::Hold(held)) => held.wait().await,
        Some(Fate::HoldReply(_) | Fate::Trick(Trick::LoseReply)) | None => {}
    }
    let began = Instant::now();
    if let Some(latest) = metered.0.latest.lock().unwrap().as_mut() {
        *latest = began;
    }
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let (status, answer) = metered.forward(&headers, asked.clone()).await;
    metered.lull().await;
    let units = units(&operation, &asked, status, &answer);
    metered.0.asked.lock().unwrap().push(Asked {
        operation,
        began,
        ended: Instant::now(),
        units,
    });
    match fate {
        Some(Fate::Trick(Trick::LoseReply)) => {
            return error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError");
        }
        Some(Fate::HoldReply(held)) => held.wait().await,
        _ => {}
    }
    reply(status, &answer)
}
