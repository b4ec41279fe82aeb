//! Opening a session: save it, record it, then look once more whether the account still allows it.

use countersign_domain::activity::Event;
use countersign_domain::place::Place;
use countersign_domain::sessions::{Session, Token};
use countersign_domain::sign_in::{Aim, Verified};

use crate::fault::Fault;
use crate::house::House;
use crate::http::{ApiResult, Cookie, SetCookie};
use crate::store::{Consistency, EndSessions, OpenSessions, ReadPeople, RecordActivity};

/// What opening a session takes.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// Time, chance, policy.
    pub house: &'a House,
    /// To look once more.
    pub people: &'a dyn ReadPeople,
    /// To save it.
    pub open: &'a dyn OpenSessions,
    /// To take it back, and to end the one that it replaces.
    pub end: &'a dyn EndSessions,
    /// To record it.
    pub activity: &'a dyn RecordActivity,
}

impl std::fmt::Debug for Opening<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opening")
    }
}

impl Opening<'_> {
    /// Opens the session that a finished sign-in is worth. The attack: signing out everywhere (or disabling, or removing the method)
    /// between the check and the session. Signing out raises the epoch first and deletes the rows after; here the row is saved first
    /// and the epoch read after. Whatever the order, one of the two sees the other.
    pub async fn open(self, verified: &Verified, place: Place, event: Option<Event>) -> ApiResult<(Session, Token)> {
        let Self {
            house,
            people,
            open,
            end,
            activity,
        } = self;
        let (session, token) = Session::open(
            verified.account(),
            verified.scope(),
            verified.proofs().to_vec(),
            place,
            &house.policy,
            house.entropy.as_ref(),
            house.now(),
        );
        let session = session.under(verified.epoch()).until(verified.ends_at());
        let record = async {
            match event.map(|event| event.session(session.id.clone())) {
                Some(event) => house.record(activity, &event).await,
                None => Ok::<(), Fault>(()),
            }
        };
        let (saved, recorded) = tokio::join!(open.open_session(&session), record);
        saved?;
        let person = match recorded {
            Ok(()) => people.person(verified.account(), Consistency::Strong).await,
            Err(fault) => Err(fault), // a sign-in that cannot be recorded does not happen
        };
        let allowed = person
            .map_err(Into::into)
            .and_then(|person| verified.still_holds(person.as_ref(), &house.policy).map_err(Into::into));
        if let Err(refused) = allowed {
            end.end_session(session.account, &session.id).await?;
            return Err(refused);
        }
        if let Aim::Reauthenticate { session: replaced } = verified.aim() {
            end.end_session(session.account, replaced).await?;
        }
        Ok((session, token))
    }
}

/// The cookie of a session that was just opened.
pub fn session_cookie(house: &House, session: &Session, token: &Token) -> SetCookie {
    Cookie::Session.set(
        token.to_cookie().expose(),
        session.expires_at.duration_since(house.now()),
    )
}
