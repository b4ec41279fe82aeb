//! Shows what happened: recent activity, and what the member says of it.

mod list;
mod verdict;
mod view;

use std::sync::Arc;

use countersign_platform::house::House;
use countersign_platform::http::session::Authenticates;
use countersign_platform::store::{ReadActivity, ReadSessions};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, policy.
    pub house: House,
    /// Whose session it is.
    pub sessions: Arc<dyn ReadSessions>,
    /// The rows.
    pub activity: Arc<dyn ReadActivity>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T: ReadSessions + ReadActivity + 'static>(house: House, store: &Arc<T>) -> Self {
        Self {
            house,
            sessions: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
        }
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("activity::State")
    }
}

impl Authenticates for State {
    fn house(&self) -> &House {
        &self.house
    }

    fn sessions(&self) -> &dyn ReadSessions {
        self.sessions.as_ref()
    }
}

/// The routes with their document.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(verdict::verdict))
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
