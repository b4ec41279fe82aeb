//! Whose request it is: the session behind the cookie, as an argument of a handler.

use axum::extract::FromRequestParts;
use countersign_domain::refusal::Refusal;
use countersign_domain::sessions::{Scope, Session, Token};
use http::request::Parts;

use super::{ApiError, Cookie};
use crate::house::House;
use crate::store::ReadSessions;

/// A function's state that can tell whose a session is.
pub trait Authenticates: Clone + Send + Sync + 'static {
    /// Time and policy.
    fn house(&self) -> &House;
    /// The sessions.
    fn sessions(&self) -> &dyn ReadSessions;
}

/// Any live session, also one that may only register a first method.
#[derive(Debug, Clone)]
pub struct AnySession(pub Session);

/// A live session that is good for everything the account may do.
#[derive(Debug, Clone)]
pub struct FullSession(pub Session);

/// A full session whose proof is fresh: who holds it may change methods, and administer.
#[derive(Debug, Clone)]
pub struct FreshSession(pub Session);

/// A full session whose proof is fresh, or one that exists to register a first method: who holds it may begin to add one. That a
/// registering session is void once the account has a method is for the handler to check, which reads the account.
#[derive(Debug, Clone)]
pub struct EnrollingSession(pub Session);

impl<S: Authenticates> FromRequestParts<S> for AnySession {
    type Rejection = ApiError;

    /// One strong read: the first request after a revocation finds nothing.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let cookie = Cookie::Session.read(&parts.headers).ok_or(Refusal::SessionRequired)?;
        let token = Token::from_cookie(cookie.expose()).ok_or(Refusal::SessionRequired)?;
        let session = state.sessions().session(token.account, &token.session()).await?;
        let (policy, now) = (&state.house().policy, state.house().now());
        let session = session
            .filter(|session| session.is_alive(policy, now))
            .ok_or(Refusal::SessionRequired)?;
        if session.wants_touch(policy, now) {
            state
                .sessions()
                .touch_session(session.account, &session.id, now)
                .await?;
        }
        Ok(Self(session))
    }
}

impl<S: Authenticates> FromRequestParts<S> for FullSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let AnySession(session) = AnySession::from_request_parts(parts, state).await?;
        match session.scope {
            Scope::Full => Ok(Self(session)),
            Scope::Registration => Err(Refusal::RegistrationOnly.into()),
        }
    }
}

impl<S: Authenticates> FromRequestParts<S> for FreshSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let FullSession(session) = FullSession::from_request_parts(parts, state).await?;
        Ok(Self(fresh(session, state.house())?))
    }
}

impl<S: Authenticates> FromRequestParts<S> for EnrollingSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let AnySession(session) = AnySession::from_request_parts(parts, state).await?;
        match session.scope {
            Scope::Registration => Ok(Self(session)),
            Scope::Full => Ok(Self(fresh(session, state.house())?)),
        }
    }
}

fn fresh(session: Session, house: &House) -> Result<Session, Refusal> {
    if session.is_fresh(&house.policy, house.now()) {
        Ok(session)
    } else {
        Err(Refusal::ReauthenticationRequired)
    }
}
