//! The organization's side: people, their links, their standing.

mod create;
mod end_sessions;
mod groups;
mod invite;
mod list;
pub mod operator;
mod pass;
mod policy;
mod show;
mod standing;
mod tokens;
mod view;

use std::sync::Arc;

use countersign_domain::accounts::Role;
use countersign_domain::activity::{By, Event, Outcome, What};
use countersign_domain::ids::AccountId;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::Session;
use countersign_platform::delivery::Deliver;
use countersign_platform::fault::Fault;
use countersign_platform::house::House;
use countersign_platform::http::session::Authenticates;
use countersign_platform::http::{ApiResult, Caller};
use countersign_platform::store::{
    AdministerPeople, Consistency, EndSessions, IssuePasses, KeepInvitations, KeepPolicy, KeepTokens, ReadPeople,
    ReadSessions, Record, RecordActivity,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, chance, policy.
    pub house: House,
    /// People, read.
    pub people: Arc<dyn ReadPeople>,
    /// People, administered.
    pub administer: Arc<dyn AdministerPeople>,
    /// Passes.
    pub passes: Arc<dyn IssuePasses>,
    /// Links.
    pub invitations: Arc<dyn KeepInvitations>,
    /// Hardware tokens.
    pub tokens: Arc<dyn KeepTokens>,
    /// Sessions, read.
    pub sessions: Arc<dyn ReadSessions>,
    /// Sessions, ended.
    pub end: Arc<dyn EndSessions>,
    /// Policy and groups, changed.
    pub policy: Arc<dyn KeepPolicy>,
    /// To say what happened.
    pub activity: Arc<dyn RecordActivity>,
    /// To send links.
    pub deliver: Arc<dyn Deliver>,
}

impl State {
    /// Takes each port from one store.
    pub fn new<T>(house: House, store: &Arc<T>, deliver: Arc<dyn Deliver>) -> Self
    where
        T: ReadPeople
            + AdministerPeople
            + IssuePasses
            + KeepInvitations
            + KeepTokens
            + ReadSessions
            + EndSessions
            + KeepPolicy
            + RecordActivity
            + 'static,
    {
        Self {
            house,
            people: Arc::<T>::clone(store),
            administer: Arc::<T>::clone(store),
            passes: Arc::<T>::clone(store),
            invitations: Arc::<T>::clone(store),
            tokens: Arc::<T>::clone(store),
            sessions: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            policy: Arc::<T>::clone(store),
            activity: Arc::<T>::clone(store),
            deliver,
        }
    }

    /// The administrator whose session it is. The role is read with each request: who lost it has lost it at once.
    async fn administrator(&self, session: &Session) -> ApiResult<Person> {
        let person = self
            .people
            .person(session.account, Consistency::Strong)
            .await?
            .ok_or(Refusal::SessionRequired)?;
        match person.account.role {
            Role::Administrator if person.account.is_active() => Ok(person),
            Role::Administrator | Role::Member => Err(Refusal::RoleRequired.into()),
        }
    }

    /// A person by the id in a path.
    async fn find(&self, id: &str) -> ApiResult<Person> {
        let id = id.parse::<AccountId>().map_err(|_| Refusal::AccountNotFound)?;
        Ok(self
            .people
            .person(id, Consistency::Strong)
            .await?
            .ok_or(Refusal::AccountNotFound)?)
    }

    /// A row about what an administrator does to an account.
    fn telling(&self, account: AccountId, what: What, caller: &Caller) -> Record {
        let (house, place) = (&self.house, Place::from(caller));
        let event = Event::new(
            account,
            what,
            Outcome::Information,
            place,
            house.entropy.as_ref(),
            house.now(),
        )
        .by(By::Administrator);
        house.telling(event)
    }

    async fn record(&self, account: AccountId, what: What, caller: &Caller) -> Result<(), Fault> {
        let Record { event, expires_at } = self.telling(account, what, caller);
        self.activity.record(&event, expires_at).await
    }

    /// Ends every session of an account; how many there were. The epoch first, for sign-ins under way.
    async fn end_all(&self, account: AccountId) -> ApiResult<usize> {
        let _ = self.end.raise_epoch(account).await?;
        let sessions = self.sessions.sessions(account).await?;
        let ids: Vec<_> = sessions.iter().map(|session| session.id.clone()).collect();
        self.end.end_sessions(account, &ids).await?;
        Ok(sessions
            .iter()
            .filter(|session| session.is_alive(&self.house.policy, self.house.now()))
            .count())
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("administration::State")
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
        .routes(routes!(list::list, create::create))
        .routes(routes!(show::show))
        .routes(routes!(pass::show, pass::issue, pass::revoke))
        .routes(routes!(invite::invite))
        .routes(routes!(standing::disable))
        .routes(routes!(standing::enable))
        .routes(routes!(end_sessions::end_sessions))
        .routes(routes!(groups::save_groups))
        .routes(routes!(policy::methods_policy, policy::save_methods_policy))
        .merge(tokens::routes())
}

/// The routes, ready to serve.
pub fn router(state: State) -> axum::Router {
    axum::Router::from(routes()).with_state(state)
}
