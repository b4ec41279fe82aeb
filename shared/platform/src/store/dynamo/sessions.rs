//! Sessions: found by one read, listed by one query, ended by deleting their row.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::ids::{AccountId, SessionId};
use countersign_domain::sessions::Session;
use jiff::Timestamp;

use super::key::{Key, SESSION, account};
use super::row::{decode, encode};
use super::send::Written;
use super::write::{Write, attribute};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{Consistency, EndSessions, OpenSessions, ReadSessions, Saved};

#[async_trait]
impl ReadSessions for DynamoStore {
    async fn session(&self, account: AccountId, id: &SessionId) -> Result<Option<Session>, Fault> {
        self.read(
            "sessions: read session",
            &Key::session(account, id),
            Consistency::Strong,
        )
        .await
    }

    async fn sessions(&self, of: AccountId) -> Result<Vec<Session>, Fault> {
        let rows = self
            .rows(
                "sessions: list sessions",
                Table::Sessions,
                account(of),
                SESSION,
                Consistency::Strong,
            )
            .await?;
        rows.into_iter().map(|row| decode(Table::Sessions, row)).collect()
    }

    async fn touch_session(&self, account: AccountId, id: &SessionId, at: Timestamp) -> Result<(), Fault> {
        let touch = Write::update(Key::session(account, id), "SET #last_seen_at = :at")
            .if_there()
            .value(":at", attribute(&at)?);
        self.write("sessions: touch session", touch, ReturnValue::None).await?;
        Ok(())
    }
}

#[async_trait]
impl OpenSessions for DynamoStore {
    async fn open_session(&self, session: &Session) -> Result<(), Fault> {
        let put = Write::put(Key::session(session.account, &session.id), encode(session)?).until(session.expires_at);
        self.write("sessions: open session", put, ReturnValue::None).await?;
        Ok(())
    }
}

#[async_trait]
impl EndSessions for DynamoStore {
    async fn end_session(&self, account: AccountId, id: &SessionId) -> Result<bool, Fault> {
        let end = Write::delete(Key::session(account, id));
        let written = self.write("sessions: end session", end, ReturnValue::AllOld).await?;
        Ok(matches!(written, Written::Done(row) if !row.is_empty()))
    }

    async fn end_sessions(&self, account: AccountId, ids: &[SessionId]) -> Result<(), Fault> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup(); // a batch may not name a row twice
        let keys: Vec<_> = ids.iter().map(|id| Key::session(account, id)).collect();
        self.batch("sessions: end sessions", Table::Sessions, Vec::new(), &keys)
            .await
    }

    /// One whose reply is lost may raise it by two, which voids no less.
    async fn raise_epoch(&self, account: AccountId) -> Result<Saved, Fault> {
        let raise = Write::update(Key::profile(account), "ADD #epoch :one")
            .if_there()
            .number(":one", 1_u64);
        Ok(self
            .write("directory: raise epoch", raise, ReturnValue::None)
            .await?
            .saved())
    }
}
