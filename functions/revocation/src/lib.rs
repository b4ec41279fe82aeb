//! Takes trust away: removes a method, ends sessions, signs out everywhere.

mod end_session;
mod removal;
mod remove_method;
mod sessions;
mod sign_out;
mod sign_out_everywhere;

use std::sync::Arc;

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::ids::AccountId;
use countersign_domain::place::Place;
use countersign_platform::delivery::Deliver;
use countersign_platform::fault::Fault;
use countersign_platform::house::House;
use countersign_platform::http::Caller;
use countersign_platform::http::session::Authenticates;
use countersign_platform::removing::Remover;
use countersign_platform::store::{EndSessions, ReadPeople, ReadSessions, RecordActivity, RemoveMethods};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, policy.
    pub house: House,
    /// Whose session it is, and which there are.
    pub sessions: Arc<dyn ReadSessions>,
    /// To end them.
    pub end: Arc<dyn EndSessions>,
    /// To decide what may go.
    pub people: Arc<dyn ReadPeople>,
    /// To let it go.
    pub methods: Arc<dyn RemoveMethods>,
    /// To say so.
    pub activity: Arc<dyn RecordActivity>,
    /// To tell the member.
    pub deliver: Arc<dyn Deliver>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T>(house: House, store: &Arc<T>, deliver: Arc<dyn Deliver>) -> Self
    where
        T: ReadSessions + EndSessions + ReadPeople + RemoveMethods + RecordActivity + 'static,
    {
        Self {
            house,
            sessions: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            people: Arc::<T>::clone(store),
            methods: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
            deliver,
        }
    }

    fn event(&self, account: AccountId, what: What, caller: &Caller) -> Event {
        Event::new(
            account,
            what,
            Outcome::Success,
            Place::from(caller),
            self.house.entropy.as_ref(),
            self.house.now(),
        )
    }

    fn remover(&self) -> Remover<'_> {
        Remover {
            house: &self.house,
            people: self.people.as_ref(),
            methods: self.methods.as_ref(),
            sessions: self.sessions.as_ref(),
            end: self.end.as_ref(),
            deliver: self.deliver.as_ref(),
        }
    }

    async fn record(&self, event: &Event) -> Result<(), Fault> {
        self.house.record(self.activity.as_ref(), event).await
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("revocation::State")
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
        .routes(routes!(removal::removal))
        .routes(routes!(remove_method::remove_method))
        .routes(routes!(sessions::sessions))
        .routes(routes!(end_session::end_session))
        .routes(routes!(sign_out_everywhere::sign_out_everywhere))
        .routes(routes!(sign_out::sign_out))
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
