//! Activity, in memory.

use async_trait::async_trait;
use countersign_domain::activity::{Claim, Event};
use countersign_domain::ids::{AccountId, ActivityId};
use jiff::Timestamp;

use super::{MemoryStore, State};
use crate::fault::Fault;
use crate::store::{Page, ReadActivity, Record, RecordActivity};

impl State {
    /// Appends the row of a change.
    pub(super) fn tell(&mut self, tell: Option<&Record>) {
        if let Some(Record { event, expires_at }) = tell {
            self.events
                .insert((event.account, event.id), (event.clone(), *expires_at));
        }
    }
}

#[async_trait]
impl RecordActivity for MemoryStore {
    async fn record(&self, event: &Event, expires_at: Timestamp) -> Result<(), Fault> {
        self.state()
            .events
            .entry((event.account, event.id))
            .or_insert_with(|| (event.clone(), expires_at));
        Ok(())
    }
}

#[async_trait]
impl ReadActivity for MemoryStore {
    async fn activity(
        &self,
        of: AccountId,
        after: Option<ActivityId>,
        limit: u16,
        now: Timestamp,
    ) -> Result<Page<Event>, Fault> {
        let state = self.state();
        let mut rest = state
            .events
            .iter()
            .rev()
            .filter(|((account, id), _)| *account == of && after.is_none_or(|after| *id < after))
            .map_while(|(_, (event, expires_at))| (now < *expires_at).then(|| event.clone()));
        let items: Vec<_> = rest.by_ref().take(usize::from(limit)).collect();
        let more = rest.next().is_some();
        let next = items.last().filter(|_| more).map(|event| event.id.to_string());
        Ok(Page { items, next })
    }

    async fn claim(&self, account: AccountId, id: ActivityId, claim: Claim) -> Result<Option<Event>, Fault> {
        Ok(self.state().events.get_mut(&(account, id)).map(|(event, _)| {
            event.claim = Some(claim);
            event.clone()
        }))
    }
}
