//! Binds sign-in methods to an account: links, ceremonies, names and the default.

mod accept;
mod begin;
mod ceremony;
mod confirm;
mod default;
mod inspect;
mod kinds;
mod message;
mod methods;
mod password_check;
mod readiness;
mod rename;
mod test_prompt;
mod view;

use std::sync::Arc;

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::ids::AccountId;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::{Scope, Session};
use countersign_platform::delivery::Deliver;
use countersign_platform::house::House;
use countersign_platform::http::session::Authenticates;
use countersign_platform::http::{ApiResult, Caller};
use countersign_platform::noticing::Notifier;
use countersign_platform::opening::Opening;
use countersign_platform::prompting::Prompter;
use countersign_platform::store::{
    BindMethods, Consistency, CountGuesses, EndSessions, KeepEnrollments, KeepInvitations, KeepPhones, KeepPrompts,
    OpenSessions, ReadPeople, ReadSessions, ReadTokens, RecordActivity, SendCodes,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, chance, keys, policy.
    pub house: House,
    /// Whose methods.
    pub people: Arc<dyn ReadPeople>,
    /// To bind them.
    pub bind: Arc<dyn BindMethods>,
    /// Ceremonies.
    pub enrollments: Arc<dyn KeepEnrollments>,
    /// First codes to a number.
    pub send: Arc<dyn SendCodes>,
    /// Test prompts.
    pub prompts: Arc<dyn KeepPrompts>,
    /// Links.
    pub invitations: Arc<dyn KeepInvitations>,
    /// Whose session it is.
    pub sessions: Arc<dyn ReadSessions>,
    /// To open the first one.
    pub open: Arc<dyn OpenSessions>,
    /// To take one back.
    pub end: Arc<dyn EndSessions>,
    /// To say what happened.
    pub activity: Arc<dyn RecordActivity>,
    /// Hardware tokens, to activate one.
    pub tokens: Arc<dyn ReadTokens>,
    /// Wrong answers to them.
    pub guesses: Arc<dyn CountGuesses>,
    /// Push channels that are gone.
    pub phones: Arc<dyn KeepPhones>,
    /// To send test prompts and first codes.
    pub deliver: Arc<dyn Deliver>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T>(house: House, store: &Arc<T>, deliver: Arc<dyn Deliver>) -> Self
    where
        T: ReadPeople
            + BindMethods
            + KeepEnrollments
            + SendCodes
            + KeepPrompts
            + KeepPhones
            + KeepInvitations
            + ReadSessions
            + OpenSessions
            + EndSessions
            + RecordActivity
            + ReadTokens
            + CountGuesses
            + 'static,
    {
        Self {
            house,
            people: Arc::<T>::clone(store),
            bind: Arc::<T>::clone(store),
            enrollments: Arc::<T>::clone(store),
            send: Arc::<T>::clone(store),
            prompts: Arc::<T>::clone(store),
            invitations: Arc::<T>::clone(store),
            sessions: Arc::<T>::clone(store),
            open: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
            tokens: Arc::<T>::clone(store),
            guesses: Arc::<T>::clone(store),
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

    fn notifier(&self) -> Notifier<'_> {
        Notifier {
            house: &self.house,
            deliver: self.deliver.as_ref(),
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

    /// The person of a session. The attack: a session that the password alone opened, kept until the member has registered a method,
    /// and then used to add another one. It is void from that moment on; and, with a request that was under way, from the end of all
    /// sessions on.
    async fn person(&self, session: &Session) -> ApiResult<Person> {
        let person = self.people.person(session.account, Consistency::Strong).await?;
        let person = person
            .filter(|person| person.account.is_active())
            .ok_or(Refusal::SessionRequired)?;
        let bound = person.has_second_factor();
        if session.scope == Scope::Registration && (bound || session.epoch != person.account.epoch) {
            return Err(Refusal::SessionRequired.into());
        }
        Ok(person)
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
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("enrollment::State")
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
        .routes(routes!(inspect::inspect))
        .routes(routes!(password_check::password_check))
        .routes(routes!(accept::accept))
        .routes(routes!(methods::methods, begin::begin))
        .routes(routes!(ceremony::enrollment, ceremony::cancel))
        .routes(routes!(confirm::confirm))
        .routes(routes!(message::message))
        .routes(routes!(test_prompt::test_prompt))
        .routes(routes!(default::make_default))
        .routes(routes!(rename::rename))
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
