//! Removing a method: the method with its record, then the sessions that it opened.

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::ids::{AccountId, AuthenticatorId, SessionId};
use countersign_domain::notices::Change;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;

use crate::delivery::Deliver;
use crate::ending::end_opened;
use crate::fault::Fault;
use crate::house::House;
use crate::http::ApiResult;
use crate::noticing::Notifier;
use crate::prompting::ROUNDS;
use crate::store::{Consistency, EndSessions, ReadPeople, ReadSessions, RemoveMethods, Saved};

/// What removing takes.
#[derive(Clone, Copy)]
pub struct Remover<'a> {
    /// Time, policy.
    pub house: &'a House,
    /// To decide what may go.
    pub people: &'a dyn ReadPeople,
    /// To let it go.
    pub methods: &'a dyn RemoveMethods,
    /// To find what it opened.
    pub sessions: &'a dyn ReadSessions,
    /// To end that.
    pub end: &'a dyn EndSessions,
    /// To tell the member.
    pub deliver: &'a dyn Deliver,
}

impl std::fmt::Debug for Remover<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Remover")
    }
}

impl Remover<'_> {
    /// Removes a method; the sessions that ended with it. Whether whoever asks may do so is asked of the person as it is read each time.
    pub async fn remove(
        self,
        account: AccountId,
        id: AuthenticatorId,
        place: Place,
        may: impl Fn(&Person) -> Result<(), Refusal> + Send + Sync,
    ) -> ApiResult<Vec<SessionId>> {
        let Self {
            house,
            people,
            methods,
            deliver,
            ..
        } = self;
        for _ in 0..ROUNDS {
            let person = people
                .person(account, Consistency::Strong)
                .await?
                .ok_or(Refusal::MethodNotFound)?;
            may(&person)?;
            let removal = match person.remove(id, &house.policy) {
                Err(Refusal::MethodNotFound) => {
                    // A request that died after the removal has left the sessions that the method opened.
                    self.end_opened(account, id).await?;
                    return Err(Refusal::MethodNotFound.into());
                }
                decided => decided?,
            };
            let removed = &removal.authenticator;
            let event = Event::new(
                account,
                What::MethodRemoved,
                Outcome::Success,
                place.clone(),
                house.entropy.as_ref(),
                house.now(),
            )
            .with(removed.kind().as_str(), removed.name.as_str());
            if methods.remove(&removal, Some(&house.telling(event))).await? == Saved::Lost {
                continue; // the account's methods changed meanwhile: decide again
            }
            let ended = self.end_opened(account, id).await?;
            let method = (removed.kind(), removed.name.as_str());
            Notifier { house, deliver }
                .tell(&person.account, Change::Removed, method, &place)
                .await;
            return Ok(ended);
        }
        Err(Fault::unavailable("directory: remove a method", "lost too often against others").into())
    }

    /// Ends the sessions that a method opened; those that were alive. Rows of sessions that are over may still stand: they go too, but it
    /// is not this that ended them.
    async fn end_opened(self, account: AccountId, id: AuthenticatorId) -> Result<Vec<SessionId>, Fault> {
        let opened = end_opened((self.sessions, self.end), account, &[id], None).await?;
        let (policy, now) = (&self.house.policy, self.house.now());
        let alive = opened.into_iter().filter(|one| one.is_alive(policy, now));
        Ok(alive.map(|one| one.id).collect())
    }
}
