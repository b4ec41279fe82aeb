//! Binding a hardware token: its serial number and a code that it shows. Which of the two was wrong is never told, and both are counted.

use countersign_domain::attempts::Gate;
use countersign_domain::encoding::{base64url, keyed_hash};
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::names::{MethodName, SerialNumber};
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::policy::AttemptLimits;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::tokens::HardwareToken;
use countersign_platform::fault::Fault;
use countersign_platform::http::ApiResult;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::seeds;
use countersign_platform::store::Saved;
use jiff::SignedDuration;

use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// How long a count of wrong answers is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Digits of every token's code.
const DIGITS: u8 = 6;

/// Keeps the serial number. Whether there is such a token is looked up with the code.
pub(super) fn begin(bare: Enrollment, serial: Option<&str>) -> ApiResult<Enrollment> {
    let serial = serial.unwrap_or_default().parse()?;
    Ok(Enrollment {
        stage: Stage::Token { serial },
        ..bare
    })
}

/// The field for the code.
pub(super) fn draw(enrollment: &Enrollment, serial: &SerialNumber) -> EnrollmentView {
    let prompt = EnrollmentPrompt::TokenCode {
        serial: serial.to_string(),
        digits: DIGITS,
    };
    EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt])
}

/// The authenticator that a token's code makes of it.
pub(super) async fn tested(
    state: &crate::State,
    enrollment: &Enrollment,
    serial: &SerialNumber,
    code: &Secret<String>,
) -> ApiResult<Authenticator> {
    let (house, now, account) = (&state.house, state.house.now(), enrollment.account);
    let token = findable(state, account, serial).await?;
    let counts = Counts::of(state, account, serial, token.is_some()).await?;
    let reserved = counts.reserve(state).await?;
    let token = token.ok_or(Refusal::TokenRejected)?;
    let seed = seeds::open_kept(house, serial, &token.sealed_seed).await?;
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let held = token.held(seeds::seal(house, account, id, &seed).await?);
    let (mark, held) = held
        .first_use(&seed, code, token.mark, now)
        .ok_or(Refusal::TokenRejected)?;
    counts.clear(state, &reserved).await?;
    let name = enrollment
        .name
        .clone()
        .map_or_else(|| "Hardware token".parse::<MethodName>(), Ok)?;
    let mut authenticator = Authenticator::bound(id, account, name, Binding::HardwareOath(held), now);
    authenticator.mark = Some(mark); // the code that activates is used up by it
    Ok(authenticator)
}

/// Whether a token that was tested can still be had: between the code and the write somebody else may have taken it.
pub(crate) async fn is_still_free(state: &crate::State, tested: &Authenticator) -> ApiResult<()> {
    let Some(held) = tested.binding.token() else {
        return Ok(());
    };
    let token = findable(state, tested.account, &held.serial).await?;
    let token = token.ok_or(Refusal::TokenRejected)?;
    if token.mark.is_some_and(|spent| tested.mark <= Some(spent)) {
        return Err(Refusal::TokenRejected.into());
    }
    Ok(())
}

/// The token, if this account may activate it.
async fn findable(
    state: &crate::State,
    account: AccountId,
    serial: &SerialNumber,
) -> Result<Option<HardwareToken>, Fault> {
    let token = state.tokens.token(serial).await?;
    Ok(token.filter(|token| token.may_be_activated_by(account)))
}

/// The two counts that a guess falls under. The attacks: one account tries codes of many tokens, many accounts try codes of one. Each is
/// raised before the code is looked at. A serial number that is nobody's or somebody else's has a count of its own, so that asking costs
/// and tells the same, and that nobody can close a token that is not theirs to activate.
struct Counts([String; 2]);

impl Counts {
    async fn of(
        state: &crate::State,
        account: AccountId,
        serial: &SerialNumber,
        may_have: bool,
    ) -> Result<Self, Fault> {
        let keys = state.house.keys.keyring().await?;
        let key = |parts: &[&[u8]]| base64url(keyed_hash(keys.pepper.expose(), parts));
        let (account, serial) = (account.to_string(), serial.as_str().as_bytes());
        let whose: &[u8] = if may_have { b"token" } else { b"no-token" };
        Ok(Self([
            key(&[b"token-activation", account.as_bytes()]),
            key(&[b"token-activation", whose, serial]),
        ]))
    }

    async fn reserve(&self, state: &crate::State) -> ApiResult<[Guesses; 2]> {
        let [account, token] = &self.0;
        Ok([reserve(state, account).await?, reserve(state, token).await?])
    }

    /// Forgets what a right code was counted as.
    async fn clear(&self, state: &crate::State, reserved: &[Guesses; 2]) -> Result<(), Fault> {
        for (key, reserved) in self.0.iter().zip(reserved) {
            state.guesses.clear_guesses(key, Bucket::Unfamiliar, reserved).await?;
        }
        Ok(())
    }
}

/// Saves the count as it is if the answer is wrong, on the condition that it is still the one that was read.
async fn reserve(state: &crate::State, key: &str) -> ApiResult<Guesses> {
    let limits = AttemptLimits {
        disable_at: None,
        ..state.house.policy.code_attempts
    };
    for _ in 0..ROUNDS {
        let now = state.house.now();
        let seen = state.guesses.guesses(key, Bucket::Unfamiliar).await?;
        let attempts = match seen.attempts.gate(&limits, now) {
            Gate::Open { if_wrong } => if_wrong,
            Gate::Closed(until) => return Err(Refusal::AttemptsExhausted(until).into()),
            Gate::Disabled => return Err(Fault::Defect("a limit that was taken away").into()),
        };
        let next = Guesses {
            attempts,
            wrong: Vec::new(),
        };
        let expires_at = now.saturating_add(KEPT).unwrap_or(now);
        let reserved = state
            .guesses
            .reserve_guess(key, Bucket::Unfamiliar, &seen, &next, expires_at);
        if reserved.await? == Saved::Won {
            return Ok(next);
        }
    }
    Err(Fault::unavailable("sessions: count a token's code", "lost too often against others").into())
}
