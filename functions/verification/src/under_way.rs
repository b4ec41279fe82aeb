//! The sign-in under way, sealed in its cookie, and the mark that a browser has signed in before.

use axum::http::HeaderMap;
use countersign_domain::names::UserName;
use countersign_domain::passwords::Bucket;
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::UnderWay;
use countersign_platform::http::{ApiResult, Cookie, SetCookie};
use jiff::SignedDuration;

use crate::State;

const SIGN_IN: &str = "COOKIE|sign-in|1";
const KNOWN: &str = "COOKIE|known|1";
/// How long a browser stays familiar after its last sign-in.
const FAMILIAR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Reads the sign-in under way; a cookie that is forged, garbled or too old is none.
pub(crate) async fn read(state: &State, headers: &HeaderMap) -> ApiResult<UnderWay> {
    let cookie = Cookie::SignIn.read(headers).ok_or(Refusal::SignInNotUnderWay)?;
    let keyring = state.house.keys.keyring().await?;
    let under_way: UnderWay = keyring
        .cookie
        .open_value(SIGN_IN, cookie.expose())
        .ok_or(Refusal::SignInNotUnderWay)?;
    if state.house.now() < under_way.expires_at() {
        Ok(under_way)
    } else {
        Err(Refusal::SignInNotUnderWay.into())
    }
}

/// Writes it.
pub(crate) async fn write(state: &State, under_way: &UnderWay) -> ApiResult<SetCookie> {
    let value = state
        .house
        .keys
        .keyring()
        .await?
        .cookie
        .seal_value(SIGN_IN, under_way)?;
    Ok(Cookie::SignIn.set(&value, under_way.expires_at().duration_since(state.house.now())))
}

/// Under which count a wrong password of this browser falls.
pub(crate) async fn bucket(state: &State, headers: &HeaderMap, name: &UserName) -> ApiResult<Bucket> {
    let Some(cookie) = Cookie::Known.read(headers) else {
        return Ok(Bucket::Unfamiliar);
    };
    let known: Option<UserName> = state
        .house
        .keys
        .keyring()
        .await?
        .cookie
        .open_value(KNOWN, cookie.expose());
    Ok(if known.as_ref() == Some(name) {
        Bucket::Familiar
    } else {
        Bucket::Unfamiliar
    })
}

/// Marks the browser as one that this person signs in from.
pub(crate) async fn familiar(state: &State, name: &UserName) -> ApiResult<SetCookie> {
    let value = state.house.keys.keyring().await?.cookie.seal_value(KNOWN, name)?;
    Ok(Cookie::Known.set(&value, FAMILIAR))
}
