//! A stand-in for Lambda's runtime API on the loopback interface: hands out events, takes answers, and knows when it was first asked.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long anything may take before the measurement gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The path of a poll (2018-06-01 is the interface's only version).
const NEXT: &str = "/2018-06-01/runtime/invocation/next";

/// The runtime API of one function's process.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    known: Mutex<Known>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Known {
    /// When each poll came.
    polls: Vec<Instant>,
    events: VecDeque<(String, String)>,
    /// What was answered, by request id; an error report as `Err`.
    answers: BTreeMap<String, Result<Value, String>>,
}

/// One request of the function's.
struct Request {
    line: String,
    body: String,
}

impl RuntimeApi {
    /// Starts one.
    ///
    /// # Panics
    /// Where no port can be opened.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, shared) = (listener.local_addr().unwrap(), Arc::<Shared>::default());
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Self { address, shared }
    }

    /// Where it listens, as `AWS_LAMBDA_RUNTIME_API` has it.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// When the function first asked for work; `None` if it did not within [`PATIENCE`] or `gone` says that it never will.
    pub fn first_poll(&self, gone: impl FnMut() -> bool) -> Option<Instant> {
        self.shared.wait(gone, |known| known.polls.first().copied())
    }

    /// How often it has asked for work.
    pub fn polls(&self) -> usize {
        self.shared.lock().polls.len()
    }

    /// Waits until it has asked for work that often.
    pub fn polled(&self, times: usize, gone: impl FnMut() -> bool) -> bool {
        self.shared
            .wait(gone, |known| (known.polls.len() >= times).then_some(()))
            .is_some()
    }

    /// Hands out an event and waits for what is answered; an error that the function reports is `Err`.
    pub fn invoke(&self, id: &str, event: &str, gone: impl FnMut() -> bool) -> Option<Result<Value, String>> {
        self.shared.lock().events.push_back((id.to_owned(), event.to_owned()));
        self.shared.changed.notify_all();
        self.shared.wait(gone, |known| known.answers.remove(id))
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<T>(&self, mut gone: impl FnMut() -> bool, mut look: impl FnMut(&mut Known) -> Option<T>) -> Option<T> {
        let end = Instant::now() + PATIENCE;
        let mut known = self.lock();
        loop {
            if let Some(found) = look(&mut known) {
                return Some(found);
            }
            if Instant::now() > end || gone() {
                return None;
            }
            let tick = Duration::from_millis(20);
            known = self
                .changed
                .wait_timeout(known, tick)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// One connection, for as long as it is kept alive.
    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut writer = stream;
        while let Some(request) = read(&mut reader) {
            let mut words = request.line.split(' ');
            let (verb, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let answer = if verb == "GET" && path == NEXT {
                self.next()
            } else {
                self.take(path, request.body)
            };
            if writer.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }

    /// Notes the poll, and answers when there is an event.
    fn next(&self) -> String {
        let now = Instant::now();
        let mut known = self.lock();
        known.polls.push(now);
        self.changed.notify_all();
        loop {
            if let Some((id, event)) = known.events.pop_front() {
                return format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nlambda-runtime-aws-request-id: {id}\r\n\
                     lambda-runtime-deadline-ms: 4102444800000\r\n\
                     lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-west-1:123456789012:function:bench\r\n\r\n{event}",
                    event.len()
                );
            }
            known = self.changed.wait(known).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes an answer or an error report: `…/invocation/<id>/response`, `…/invocation/<id>/error`, `…/init/error`.
    fn take(&self, path: &str, body: String) -> String {
        let mut parts = path.rsplit('/');
        let (kind, id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let answer = match kind {
            "response" => serde_json::from_str(&body).map_err(|error| format!("{error}: {body}")),
            _ => Err(body),
        };
        self.lock().answers.insert(id.to_owned(), answer);
        self.changed.notify_all();
        "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n".to_owned()
    }
}

/// The next request; none when the other side has gone.
fn read(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = header.trim_end().split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        line,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
