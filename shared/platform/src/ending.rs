//! Ending the sessions that methods opened, when those methods are gone.

use countersign_domain::ids::{AccountId, AuthenticatorId, SessionId};
use countersign_domain::sessions::Session;

use crate::fault::Fault;
use crate::store::{EndSessions, ReadSessions};

/// Ends what any of these methods opened, but `keep`; the rows that stood, over ones among them. It is called after the methods are gone: a
/// sign-in that is between its check and its session looks once more, and finds its method gone.
pub async fn end_opened(
    (sessions, end): (&dyn ReadSessions, &dyn EndSessions),
    account: AccountId,
    by: &[AuthenticatorId],
    keep: Option<&SessionId>,
) -> Result<Vec<Session>, Fault> {
    if by.is_empty() {
        return Ok(Vec::new());
    }
    let mut opened = sessions.sessions(account).await?;
    opened.retain(|one| Some(&one.id) != keep && by.iter().any(|method| one.was_opened_with(*method)));
    let ids: Vec<SessionId> = opened.iter().map(|one| one.id.clone()).collect();
    end.end_sessions(account, &ids).await?;
    Ok(opened)
}
