//! The phone's side: pairing, finding prompts, answering them, and the device itself (docs/protocol.md).

mod answer;
mod capabilities;
mod channel;
mod configuration;
mod device;
mod hand_over;
mod pair;
mod prompts;
mod proof;
mod remove;

use std::sync::Arc;

use countersign_platform::delivery::Deliver;
use countersign_platform::house::House;
use countersign_platform::prompting::Prompter;
use countersign_platform::removing::Remover;
use countersign_platform::store::{
    BindMethods, EndSessions, KeepEnrollments, KeepPhones, KeepPrompts, ReadPeople, ReadSessions, RecordActivity,
    RemoveMethods, TakeOnce,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, chance, keys, policy.
    pub house: House,
    /// Whose phone.
    pub people: Arc<dyn ReadPeople>,
    /// To keep a new one.
    pub bind: Arc<dyn BindMethods>,
    /// Channels, and proofs that are taken once.
    pub phones: Arc<dyn KeepPhones>,
    /// Their proofs, each good once.
    pub once: Arc<dyn TakeOnce>,
    /// Ceremonies and pairing codes.
    pub enrollments: Arc<dyn KeepEnrollments>,
    /// Prompts.
    pub prompts: Arc<dyn KeepPrompts>,
    /// To let a phone remove itself.
    pub methods: Arc<dyn RemoveMethods>,
    /// What it opened.
    pub sessions: Arc<dyn ReadSessions>,
    /// To end that.
    pub end: Arc<dyn EndSessions>,
    /// To say what happened.
    pub activity: Arc<dyn RecordActivity>,
    /// To send the test prompt.
    pub deliver: Arc<dyn Deliver>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T>(house: House, store: &Arc<T>, deliver: Arc<dyn Deliver>) -> Self
    where
        T: ReadPeople
            + BindMethods
            + KeepPhones
            + TakeOnce
            + KeepEnrollments
            + KeepPrompts
            + RemoveMethods
            + ReadSessions
            + EndSessions
            + RecordActivity
            + 'static,
    {
        Self {
            house,
            people: Arc::<T>::clone(store),
            bind: Arc::<T>::clone(store),
            phones: Arc::<T>::clone(store),
            once: Arc::<T>::clone(store),
            enrollments: Arc::<T>::clone(store),
            prompts: Arc::<T>::clone(store),
            methods: Arc::<T>::clone(store),
            sessions: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
            deliver,
        }
    }

    fn prompter(&self) -> Prompter<'_> {
        Prompter {
            house: &self.house,
            prompts: self.prompts.as_ref(),
            deliver: self.deliver.as_ref(),
            phones: self.phones.as_ref(),
            activity: self.activity.as_ref(),
        }
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
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("relay::State")
    }
}

/// The routes with their document.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(configuration::configuration))
        .routes(routes!(pair::pair))
        .routes(routes!(prompts::prompts))
        .routes(routes!(answer::answer))
        .routes(routes!(device::device, capabilities::change, remove::remove))
        .routes(routes!(channel::channel))
        .routes(routes!(hand_over::begin_hand_over))
        .routes(routes!(hand_over::show_hand_over, hand_over::cancel_hand_over))
        .routes(routes!(hand_over::confirm_hand_over))
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
