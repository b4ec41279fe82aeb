//! The sign-in under way, sealed in its cookie, and the mark that a browser has signed in before.

use axum::http::HeaderMap;
use countersign_domain::methods::passkey::Ceremony;
use countersign_domain::names::UserName;
use countersign_domain::passwords::Bucket;
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::UnderWay;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Cookie, SetCookie};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::State;

const SIGN_IN: &str = "COOKIE|sign-in|2";
const PASSKEY: &str = "COOKIE|passkey|1";
const KNOWN: &str = "COOKIE|known|1";
/// How long a browser stays familiar after its last sign-in.
const FAMILIAR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Reads the sign-in under way; a cookie that is forged, garbled or too old is none.
pub(crate) async fn read(state: &State, headers: &HeaderMap) -> ApiResult<UnderWay> {
    let cookie = Cookie::SignIn.read(headers).ok_or(Refusal::SignInNotUnderWay)?;
    let keyring = state.house.keys.keyring().await?;
    let Padded { at: under_way, .. } = keyring
        .cookie
        .open_value::<Padded<UnderWay>>(SIGN_IN, cookie.expose())
        .ok_or(Refusal::SignInNotUnderWay)?;
    if state.house.now() < under_way.expires_at() {
        Ok(under_way)
    } else {
        Err(Refusal::SignInNotUnderWay.into())
    }
}

/// What is sealed: the sign-in, filled up to a multiple of [`STEP`] bytes. The attack: read from a cookie's length what it holds, such as
/// whether the account behind a user name is one.
#[derive(Serialize, Deserialize)]
struct Padded<T> {
    at: T,
    #[serde(default)]
    pad: String,
}

/// To which multiple of bytes a cookie is filled up.
const STEP: usize = 256;

impl<T: Serialize> Padded<T> {
    fn new(at: T) -> Result<Self, Fault> {
        let bare = Self { at, pad: String::new() };
        let length = serde_json::to_vec(&bare)
            .map_err(|_| Fault::Defect("a sign-in that is no JSON"))?
            .len();
        let pad = " ".repeat(length.next_multiple_of(STEP) - length);
        Ok(Self { pad, ..bare })
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
        .seal_value(SIGN_IN, &Padded::new(under_way)?)?;
    Ok(Cookie::SignIn.set(&value, under_way.expires_at().duration_since(state.house.now())))
}

/// Reads what a passkey was asked in this browser; a cookie that is forged, garbled or too old is none.
pub(crate) async fn read_ceremony(state: &State, headers: &HeaderMap) -> ApiResult<Ceremony> {
    let cookie = Cookie::Passkey.read(headers).ok_or(Refusal::PasskeyExpired)?;
    let keyring = state.house.keys.keyring().await?;
    let ceremony: Option<Ceremony> = keyring.cookie.open_value(PASSKEY, cookie.expose());
    let ceremony = ceremony.filter(|ceremony| ceremony.is_open(state.house.now()));
    Ok(ceremony.ok_or(Refusal::PasskeyExpired)?)
}

/// Writes it. A newer one takes the place of the one before.
pub(crate) async fn write_ceremony(state: &State, ceremony: &Ceremony) -> ApiResult<SetCookie> {
    let value = state.house.keys.keyring().await?.cookie.seal_value(PASSKEY, ceremony)?;
    Ok(Cookie::Passkey.set(&value, ceremony.expires_at.duration_since(state.house.now())))
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
