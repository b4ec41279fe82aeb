//! What can happen to a request on its way to the database.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

/// How long anything may take on the way to the proxy.
const PATIENCE: Duration = Duration::from_secs(40);

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trick {
    /// The database asks to slow down; nothing is carried out.
    Throttle,
    /// It is carried out, and the reply does not arrive.
    LoseReply,
    /// A read sees nothing, as one that is too old does.
    SeeNothing,
}

/// What comes after the last request that is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing, as if the function had died there.
    Dead,
    /// The database asks to slow down, however often it is asked.
    Throttled,
}

/// A request that waits in the proxy, so that something else can happen before it is carried out.
#[derive(Debug, Clone)]
pub struct Held {
    arrived: Arc<Semaphore>,
    released: Arc<Semaphore>,
}

impl Held {
    pub(super) fn new() -> Self {
        let none = || Arc::new(Semaphore::new(0));
        Self {
            arrived: none(),
            released: none(),
        }
    }

    /// Waits until it is there. A request that never comes fails the test by name, and does not hang it.
    pub async fn arrived(&self) {
        let arrived = tokio::time::timeout(PATIENCE, self.arrived.acquire()).await;
        arrived
            .expect("the request that was to be held never came")
            .expect("a proxy")
            .forget();
    }

    /// Lets it go on.
    pub fn release(&self) {
        self.released.add_permits(1);
    }

    /// Is there, and waits.
    pub(super) async fn wait(&self) {
        self.arrived.add_permits(1);
        self.released.acquire().await.expect("a test").forget();
    }
}

/// What happens to a request.
#[derive(Debug, Clone)]
pub(super) enum Fate {
    Trick(Trick),
    Hold(Held),
    HoldReply(Held),
}

/// A fate that waits for its request.
#[derive(Debug, Clone)]
pub(super) struct Trap {
    pub(super) operation: &'static str,
    pub(super) about: &'static str,
    pub(super) fate: Fate,
    pub(super) times: usize,
}
