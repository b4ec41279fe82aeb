//! Sessions, in memory.

use async_trait::async_trait;
use countersign_domain::ids::{AccountId, SessionId};
use countersign_domain::sessions::Session;
use jiff::Timestamp;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{EndSessions, OpenSessions, ReadSessions, Saved};

#[async_trait]
impl ReadSessions for MemoryStore {
    async fn session(&self, account: AccountId, id: &SessionId) -> Result<Option<Session>, Fault> {
        Ok(self.state().sessions.get(&(account, id.clone())).cloned())
    }

    async fn sessions(&self, account: AccountId) -> Result<Vec<Session>, Fault> {
        let state = self.state();
        Ok(state
            .sessions
            .iter()
            .filter(|((of, _), _)| *of == account)
            .map(|(_, session)| session.clone())
            .collect())
    }

    async fn touch_session(&self, account: AccountId, id: &SessionId, at: Timestamp) -> Result<(), Fault> {
        if let Some(session) = self.state().sessions.get_mut(&(account, id.clone())) {
            session.last_seen_at = at;
        }
        Ok(())
    }
}

#[async_trait]
impl OpenSessions for MemoryStore {
    async fn open_session(&self, session: &Session) -> Result<(), Fault> {
        self.state()
            .sessions
            .insert((session.account, session.id.clone()), session.clone());
        Ok(())
    }
}

#[async_trait]
impl EndSessions for MemoryStore {
    async fn end_session(&self, account: AccountId, id: &SessionId) -> Result<bool, Fault> {
        Ok(self.state().sessions.remove(&(account, id.clone())).is_some())
    }

    async fn end_sessions(&self, account: AccountId, ids: &[SessionId]) -> Result<(), Fault> {
        let mut state = self.state();
        for id in ids {
            state.sessions.remove(&(account, id.clone()));
        }
        Ok(())
    }

    async fn raise_epoch(&self, account: AccountId) -> Result<Saved, Fault> {
        Ok(self.state().accounts.get_mut(&account).map_or(Saved::Lost, |account| {
            account.epoch += 1;
            Saved::Won
        }))
    }
}
