//! The embedded DynamoDB: opened on a file or in memory, served on the loopback interface, spoken to like the real one.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use countersign_platform::aws::Aws;
use countersign_platform::config::Tables;
use countersign_platform::fault::Fault;
use countersign_platform::store::DynamoStore;
use countersign_platform::store::dynamo::schema;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often rows past their end are cleaned up. The real service takes up to days: nothing may depend on it.
const SWEEP: Duration = Duration::from_mins(1);

/// The tables' names here.
pub fn names() -> Tables {
    Tables {
        directory: "directory".to_owned(),
        sessions: "sessions".to_owned(),
        activity: "activity".to_owned(),
    }
}

/// The three tables, described in the one place that describes them.
pub fn tables() -> Result<[CreateTableInput; 3], Fault> {
    schema::tables(&names())
}

/// A running database. It stops when it is dropped, and is known to have stopped after [`Database::close`].
pub struct Database {
    address: SocketAddr,
    aws: Aws,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Opens the database in that file, or in memory, and makes the tables that are missing.
///
/// Only a file is cleaned of rows past their end. What is in memory goes with the process, and tests keep it there: by their clock, which is
/// not the machine's, a session may be alive that the clean-up takes for one of last week.
pub async fn open(path: Option<&Path>) -> Result<Database, Fault> {
    let embedded = embedded(path)?;
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(listening)?;
    let address = listener.local_addr().map_err(listening)?;
    let (stop, stopped) = watch::channel(false);
    let serving = dynoxide::server::serve_with_shutdown(listener, embedded.clone(), until(stopped.clone()));
    let server = tokio::spawn(async move {
        if let Err(error) = serving.await {
            tracing::error!(error, "the embedded database stopped");
        }
    });
    let sweeper = path.map(|_| tokio::spawn(sweep(embedded, stopped)));
    let aws = Aws::at(&format!("http://{address}"));
    let database = Database {
        address,
        aws,
        stop,
        tasks: std::iter::once(server).chain(sweeper).collect(),
    };
    schema::create_missing(&database.client(), &names()).await?;
    Ok(database)
}

impl Database {
    /// A client of it.
    pub fn client(&self) -> Client {
        self.aws.dynamodb()
    }

    /// The store in it.
    pub fn store(&self) -> DynamoStore {
        DynamoStore::new(self.client(), names())
    }

    /// Where it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it: requests that run are finished, then the file is closed.
    pub async fn close(mut self) {
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            let _ = task.await;
        }
    }
}

fn embedded(path: Option<&Path>) -> Result<dynoxide::Database, Fault> {
    let what = "database: open";
    let opened = match path {
        Some(path) => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|error| Fault::unavailable(what, error))?;
            }
            let file = path
                .to_str()
                .ok_or_else(|| Fault::unavailable(what, "the file's name is not UTF-8"))?;
            dynoxide::Database::new(file)
        }
        None => dynoxide::Database::memory(),
    };
    opened.map_err(|error| Fault::unavailable(what, error.to_string()))
}

fn listening(error: std::io::Error) -> Fault {
    Fault::unavailable("database: listen", error)
}

/// Ends when it is told to, or when nobody is left who could tell it.
async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Cleans up rows past their end, on a thread of its own, since it waits for the disk.
async fn sweep(embedded: dynoxide::Database, stopped: watch::Receiver<bool>) {
    let mut rounds = tokio::time::interval(SWEEP);
    let end = until(stopped);
    tokio::pin!(end);
    loop {
        tokio::select! {
            () = &mut end => return,
            _ = rounds.tick() => {}
        }
        let embedded = embedded.clone();
        match tokio::task::spawn_blocking(move || embedded.sweep_ttl()).await {
            Ok(Ok(swept)) => tracing::debug!(swept, "rows past their end were cleaned up"),
            Ok(Err(error)) => tracing::warn!(%error, "rows past their end could not be cleaned up"),
            Err(error) => tracing::warn!(%error, "the clean-up ended early"),
        }
    }
}

#[cfg(test)]
mod tests;
