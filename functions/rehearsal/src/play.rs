//! What is played: a wrong password, then a whole sign-in, and the end of its session.

use std::time::Duration;

use countersign_domain::secret::Secret;
use countersign_platform::http::Cookie;
use jiff::Timestamp;
use serde_json::json;
use totp_rs::{Algorithm, Builder};

use crate::State;
use crate::browser::{Answer, Browser};
use crate::failure::{At as _, Failure, expect};
use crate::stand_in::{self, StandIn, USER_NAME};

/// A version that takes longer than this for all of it is not one to go on with. Shorter than the function's own time, which must be left
/// for taking the stand-in out.
const TIME: Duration = Duration::from_mins(1);

/// Plays it, or says that it took too long.
pub(crate) async fn within_its_time(state: &State) -> Result<(), Failure> {
    in_time(play(state)).await
}

async fn in_time(play: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let late = format!("it took longer than {} seconds", TIME.as_secs());
    let late = |_| Err(Failure::new("finish in time", late));
    tokio::time::timeout(TIME, play).await.unwrap_or_else(late)
}

async fn play(state: &State) -> Result<(), Failure> {
    let stand_in = stand_in::enter(state).await?;
    refuse(state).await?;
    let mut browser = Browser::new(state);
    sign_in(state, &mut browser, &stand_in).await?;
    whose(&mut browser, &stand_in).await?;
    sign_out(state, &mut browser, &stand_in).await
}

/// A wrong password opens nothing.
async fn refuse(state: &State) -> Result<(), Failure> {
    const STEP: &str = "a wrong password";
    let mut browser = Browser::new(state);
    let answer = password(&mut browser, STEP, &stand_in::password(state)).await?;
    is(STEP, &answer, 401, "/code", "sign_in.rejected")?;
    if browser.holds(Cookie::SignIn) || browser.holds(Cookie::Session) {
        return Err(Failure::new(STEP, "it was refused and given a cookie"));
    }
    Ok(())
}

async fn password(browser: &mut Browser<'_>, step: &'static str, password: &Secret<String>) -> Result<Answer, Failure> {
    let body = json!({ "user_name": USER_NAME, "password": password.expose() });
    browser.post(step, "/api/v1/sign-ins", &body).await
}

/// The right password asks for a code, and the right code opens a session.
async fn sign_in(state: &State, browser: &mut Browser<'_>, stand_in: &StandIn) -> Result<(), Failure> {
    const PASSWORD: &str = "the password";
    const CODE: &str = "the code";
    let answer = password(browser, PASSWORD, &stand_in.password).await?;
    is(PASSWORD, &answer, 200, "/state", "choose")?;
    expect(PASSWORD, "the prompt", &answer.text("/prompts/0/kind"), &"code")?;
    holds(PASSWORD, browser, Cookie::SignIn)?;
    if browser.holds(Cookie::Session) {
        return Err(Failure::new(PASSWORD, "a session was opened without a second factor"));
    }
    let body = json!({ "code": code(&stand_in.seed, state.house.now()).expose() });
    let answer = browser.post(CODE, "/api/v1/sign-ins/current/code", &body).await?;
    is(CODE, &answer, 200, "/state", "complete")?;
    holds(CODE, browser, Cookie::Session)
}

/// The session is the stand-in's.
async fn whose(browser: &mut Browser<'_>, stand_in: &StandIn) -> Result<(), Failure> {
    const STEP: &str = "the session";
    let answer = browser.get(STEP, "/api/v1/me").await?;
    is(STEP, &answer, 200, "/account/id", &stand_in.account.to_string())?;
    expect(STEP, "the scope", &answer.text("/session/scope"), &"full")
}

/// Signing out is revocation's and not rehearsed; that an ended session opens nothing is this version's to see.
async fn sign_out(state: &State, browser: &mut Browser<'_>, stand_in: &StandIn) -> Result<(), Failure> {
    const STEP: &str = "the session when it has ended";
    stand_in::end_sessions(state, stand_in.account)
        .await
        .at("end the session")?;
    let answer = browser.get(STEP, "/api/v1/me").await?;
    is(STEP, &answer, 401, "/code", "session.required")
}

fn is(step: &'static str, answer: &Answer, status: u64, pointer: &str, text: &str) -> Result<(), Failure> {
    if answer.status != status {
        let code = answer.text("/code");
        return Err(Failure::new(
            step,
            format!("answered {} {code}, not {status}", answer.status),
        ));
    }
    expect(step, pointer.trim_start_matches('/'), &answer.text(pointer), &text)
}

fn holds(step: &'static str, browser: &Browser<'_>, cookie: Cookie) -> Result<(), Failure> {
    if browser.holds(cookie) {
        return Ok(());
    }
    Err(Failure::new(step, format!("no cookie {} came", cookie.name())))
}

/// What the stand-in's generator shows: by RFC 6238 alone, not by the code that is rehearsed.
fn code(seed: &Secret<Vec<u8>>, now: Timestamp) -> Secret<String> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(seed.expose().clone());
    Secret::new(
        totp.build_noncompliant()
            .generate(now.as_second().unsigned_abs())
            .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_version_that_never_answers_is_given_up() {
        let late = in_time(std::future::pending()).await.unwrap_err();
        assert_eq!(late, Failure::new("finish in time", "it took longer than 60 seconds"));
        assert_eq!(in_time(std::future::ready(Ok(()))).await, Ok(()));
    }
}
