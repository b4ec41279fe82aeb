//! `make run`: builds nothing, starts everything, says where it is, and stops cleanly on Ctrl-C.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use countersign_local::{database, demo, document, keyring, outbox::Outbox, service};
use countersign_platform::clock::{Clock, SystemClock};
use countersign_platform::delivery::{CodeWords, WebPush};
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::keys::{Keys, StaticKeys};
use countersign_platform::telemetry;
use tokio::net::TcpListener;

/// The whole of Countersign in one process.
#[derive(Debug, Parser)]
struct Options {
    /// Where to listen on the loopback interface.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder that keeps everything.
    #[arg(long, default_value = ".countersign")]
    folder: PathBuf,
    /// The organization's name.
    #[arg(long, default_value = "Example")]
    organization: String,
    /// Invite a few people to look around with.
    #[arg(long)]
    demo: bool,
    /// Print the OpenAPI document and stop.
    #[arg(long)]
    openapi: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let options = Options::parse();
    if options.openapi {
        return say(&document::json()?);
    }
    telemetry::init("local");
    std::fs::create_dir_all(&options.folder)?;
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|error| {
        format!(
            "port {} cannot be opened ({error}): stop what uses it, or choose another with PORT=8081",
            options.port
        )
    })?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let database = database::open(Some(&options.folder.join("database.sqlite"))).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let keys: Arc<dyn Keys> = Arc::new(StaticKeys::new(keyring::open(&options.folder)?));
    let config = service::config(origin.clone(), &options.organization, database::names());
    let web_push = WebPush::new(&config, Arc::clone(&keys), Arc::clone(&clock));
    let outbox = Arc::new(Outbox::open(
        Some(options.folder.join("outbox.jsonl")),
        Arc::clone(&clock),
        web_push,
        CodeWords::of(&config),
    ));
    let parts = service::Parts {
        store: Arc::new(database.store()),
        deliver: Arc::<Outbox>::clone(&outbox),
        outbox: Some(outbox),
        clock,
        entropy: Arc::new(SystemEntropy),
        keys,
        policy: countersign_domain::policy::Policy::default(),
        config,
    };
    say(&format!(
        "Countersign is at {origin}\n  phone (web authenticator)  {origin}/authenticator\n  outbox                     {origin}/outbox\n"
    ))?;
    match parts.first_administrator_link().await? {
        Some(link) => say(&format!(
            "  first administrator        {}\n  (good once, for one hour; start again for a new one)\n",
            link.expose()
        ))?,
        None => say(&format!("  sign in                    {origin}/sign-in\n"))?,
    }
    if options.demo {
        let invited = demo::invite(&parts).await.map_err(|error| error.to_string())?;
        say(&format!(
            "  {invited} demo people invited: their links are in the outbox\n"
        ))?;
    }
    let routes = parts.router().into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, routes)
        .with_graceful_shutdown(interrupted())
        .await?;
    database.close().await;
    say("Stopped. Everything is kept for the next start.\n")
}

/// Ctrl-C, or being told to end.
async fn interrupted() {
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = ended => {}
    }
}

fn say(text: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    use std::io::Write as _;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(std::io::stdout().flush()?)
}
