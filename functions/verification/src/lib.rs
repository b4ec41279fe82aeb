//! Proves who it is: sign-ins, fresh proofs, and whose session it is.

mod cancel;
mod code;
mod current;
mod done;
mod guessing;
mod me;
mod message;
mod pass;
mod passkey;
mod password;
mod phone;
mod prompt;
mod reauthenticate;
mod start;
mod under_way;
mod view;

use std::sync::Arc;

use countersign_platform::delivery::Deliver;
use countersign_platform::house::House;
use countersign_platform::http::session::Authenticates;
use countersign_platform::opening::Opening;
use countersign_platform::prompting::Prompter;
use countersign_platform::store::{
    ConsumeCodes, CountGuesses, EndSessions, KeepPhones, KeepPrompts, OpenSessions, ReadPeople, ReadSessions,
    RecordActivity, SendCodes,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, chance, keys, policy.
    pub house: House,
    /// Who it may be.
    pub people: Arc<dyn ReadPeople>,
    /// Wrong passwords.
    pub guesses: Arc<dyn CountGuesses>,
    /// Codes.
    pub codes: Arc<dyn ConsumeCodes>,
    /// Codes that are sent.
    pub send: Arc<dyn SendCodes>,
    /// Prompts.
    pub prompts: Arc<dyn KeepPrompts>,
    /// Whose session it is.
    pub sessions: Arc<dyn ReadSessions>,
    /// To open one.
    pub open: Arc<dyn OpenSessions>,
    /// To take one back.
    pub end: Arc<dyn EndSessions>,
    /// To say what happened.
    pub activity: Arc<dyn RecordActivity>,
    /// Push channels that are gone.
    pub phones: Arc<dyn KeepPhones>,
    /// To send pushes and codes.
    pub deliver: Arc<dyn Deliver>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T>(house: House, store: &Arc<T>, deliver: Arc<dyn Deliver>) -> Self
    where
        T: ReadPeople
            + CountGuesses
            + ConsumeCodes
            + SendCodes
            + KeepPrompts
            + KeepPhones
            + ReadSessions
            + OpenSessions
            + EndSessions
            + RecordActivity
            + 'static,
    {
        Self {
            house,
            people: Arc::<T>::clone(store),
            guesses: Arc::<T>::clone(store),
            codes: Arc::<T>::clone(store),
            send: Arc::<T>::clone(store),
            prompts: Arc::<T>::clone(store),
            sessions: Arc::<T>::clone(store),
            open: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
            phones: Arc::<T>::clone(store),
            deliver,
        }
    }

    fn opening(&self) -> Opening<'_> {
        Opening {
            house: &self.house,
            people: self.people.as_ref(),
            open: self.open.as_ref(),
            end: self.end.as_ref(),
            activity: self.activity.as_ref(),
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
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("verification::State")
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
        .routes(routes!(start::start))
        .routes(routes!(phone::phone))
        .routes(routes!(pass::pass))
        .routes(routes!(reauthenticate::reauthenticate))
        .routes(routes!(current::current, cancel::cancel))
        .routes(routes!(prompt::prompt))
        .routes(routes!(message::message))
        .routes(routes!(code::code))
        .routes(routes!(passkey::options::anybodys_passkey))
        .routes(routes!(passkey::options::second_passkey))
        .routes(routes!(passkey::options::passkey_again))
        .routes(routes!(passkey::redeem::use_passkey))
        .routes(routes!(me::me))
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
