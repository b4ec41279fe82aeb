//! A function's binary as a process of its own, in the environment that Lambda gives it, and with nobody else to talk to.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crate::runtime_api::{PATIENCE, RuntimeApi};

/// The functions, in the order of the house.
pub const FUNCTIONS: [&str; 7] = [
    "enrollment",
    "verification",
    "activity",
    "revocation",
    "relay",
    "administration",
    "portal",
];

/// What a deployment sets: an example of each variable that a function cannot do without.
pub const SETTINGS: [(&str, &str); 8] = [
    ("COUNTERSIGN_ORIGIN", "https://id.example.com"),
    ("COUNTERSIGN_ORGANIZATION", "Example"),
    ("COUNTERSIGN_TABLE_DIRECTORY", "directory"),
    ("COUNTERSIGN_TABLE_SESSIONS", "sessions"),
    ("COUNTERSIGN_TABLE_ACTIVITY", "activity"),
    (
        "COUNTERSIGN_SECRET",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:countersign-AbCdEf",
    ),
    ("COUNTERSIGN_MAIL_FROM", "Example <no-reply@example.com>"),
    ("COUNTERSIGN_VAPID_SUBJECT", "mailto:security@example.com"),
];

/// A listener that nobody should call.
#[derive(Debug)]
pub struct Trap {
    address: SocketAddr,
    calls: Arc<AtomicUsize>,
}

impl Trap {
    /// Sets one.
    pub fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, calls) = (listener.local_addr().unwrap(), Arc::<AtomicUsize>::default());
        let counted = Arc::clone(&calls);
        thread::spawn(move || {
            for _ in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { address, calls }
    }

    /// How often somebody has called.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// As a URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// A running function. It ends when it is dropped.
#[derive(Debug)]
pub struct Function {
    child: Child,
    /// When it was started.
    pub started: Instant,
    /// Its log, standard output and error in one file.
    log: PathBuf,
}

/// The binary of that name, beside the program that asks.
///
/// # Panics
/// Where it was not built, saying how to.
pub fn binary(beside: &Path, name: &str) -> PathBuf {
    let path = beside.join(name);
    let profile = if beside.ends_with("release") { " --release" } else { "" };
    assert!(
        path.is_file(),
        "{} is not there: build the programs first, with `make binaries` or `cargo build --workspace --bins{profile}`",
        path.display()
    );
    path
}

impl Function {
    /// Starts a binary. Of the environment it gets what Lambda sets, the settings, and the trap for every other address.
    pub fn start(binary: &Path, api: &RuntimeApi, trap: &Trap, settings: &[(&str, &str)]) -> Self {
        let log = log_file();
        let out = File::create(&log).unwrap();
        let mut command = Command::new(binary);
        command
            .env_clear()
            .envs([
                ("AWS_LAMBDA_RUNTIME_API", api.address().to_string().as_str()),
                ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
                ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
                ("AWS_REGION", "eu-west-1"),
                ("AWS_ACCESS_KEY_ID", "bench"),
                ("AWS_SECRET_ACCESS_KEY", "bench"),
                ("AWS_SESSION_TOKEN", "bench"),
                ("AWS_ENDPOINT_URL", trap.url().as_str()),
                ("HTTP_PROXY", trap.url().as_str()),
                ("HTTPS_PROXY", trap.url().as_str()),
                ("NO_PROXY", "127.0.0.1"),
                ("TZ", ":UTC"),
            ])
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stderr(out.try_clone().unwrap())
            .stdout(out);
        let started = Instant::now();
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary.display()));
        Self { child, started, log }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    pub fn gone(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// What it has said.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

fn log_file() -> PathBuf {
    static COUNT: OnceLock<AtomicUsize> = OnceLock::new();
    let number = COUNT.get_or_init(AtomicUsize::default).fetch_add(1, Ordering::SeqCst);
    env::temp_dir().join(format!("countersign-function-{}-{number}.log", std::process::id()))
}
