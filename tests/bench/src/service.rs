//! The local process as a process of its own: its CPU time is then nobody else's. Its clock can be moved on, so that each member has a
//! new code.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use countersign_domain::policy::Policy;
use countersign_local::database;
use countersign_local::service::{Parts, config};
use countersign_platform::clock::{Clock, SystemClock};
use countersign_platform::delivery::Recorded;
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::keys::{Keyring, StaticKeys};
use countersign_platform::telemetry;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::members::{self, Member};
use crate::runtime_api::PATIENCE;

/// Seconds of a code's step: so far the clock is moved on at a time.
pub const STEP: i64 = 30;

/// The machine's clock, moved on.
#[derive(Debug, Default)]
struct Shifted(AtomicI64);

impl Clock for Shifted {
    fn now(&self) -> Timestamp {
        let shift = SignedDuration::from_secs(self.0.load(Ordering::SeqCst));
        SystemClock.now().saturating_add(shift).unwrap_or(Timestamp::MAX)
    }
}

/// What the process tells of itself once it serves.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ready {
    /// `http://127.0.0.1:<port>`.
    pub origin: String,
    /// The people in it.
    pub members: Vec<Member>,
}

/// Serves until the process is ended; says when it is ready in a file.
pub async fn serve(ready: &Path, count: usize) {
    let database = database::open(None).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let clock = Arc::new(Shifted::default());
    let parts = Parts {
        store: Arc::new(database.store()),
        deliver: Arc::new(Recorded::default()),
        outbox: None,
        clock: Arc::<Shifted>::clone(&clock),
        entropy: Arc::new(SystemEntropy),
        keys: Arc::new(StaticKeys::new(Keyring::generate().unwrap())),
        policy: Policy::default(),
        config: config(origin.clone(), "Example", database::names()),
    };
    let members = members::make(&parts, count).await;
    telemetry::init("bench");
    let later = Router::new().route("/bench/later", post(later)).with_state(clock);
    let routes = later
        .merge(parts.router())
        .into_make_service_with_connect_info::<SocketAddr>();
    let written = ready.with_extension("writing");
    fs::write(&written, serde_json::to_string(&Ready { origin, members }).unwrap()).unwrap();
    fs::rename(written, ready).unwrap();
    axum::serve(listener, routes).await.unwrap();
}

/// Moves the clock on by a code's step.
async fn later(State(clock): State<Arc<Shifted>>) -> StatusCode {
    clock.0.fetch_add(STEP, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

/// The process, seen from outside. It ends when this is dropped.
#[derive(Debug)]
pub struct Service {
    child: Child,
    file: PathBuf,
    /// What it told.
    pub ready: Ready,
}

impl Service {
    /// Starts this very program as the service.
    pub fn start(count: usize) -> Self {
        let file = env::temp_dir().join(format!("countersign-bench-{}.json", std::process::id()));
        let _ = fs::remove_file(&file);
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .arg("serve")
            .arg(&file)
            .arg(count.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let child = command.spawn().unwrap();
        let end = Instant::now() + PATIENCE;
        while !file.exists() {
            assert!(Instant::now() < end, "the service did not start");
            thread::sleep(Duration::from_millis(20));
        }
        let ready = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        Self { child, file, ready }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.file);
    }
}
