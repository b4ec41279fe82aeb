//! Guessing by name, at whichever door: count first, compare after, and answer the same for whatever is wrong.

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::encoding::{base64url, keyed_hash};
use countersign_domain::ids::AccountId;
use countersign_domain::names::UserName;
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Caller};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};
use jiff::{SignedDuration, Timestamp};

use crate::State;

/// How long a count is kept after the last wrong guess.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A secret that somebody types beside a name.
#[derive(Clone, Copy)]
pub(crate) struct Guess<'a> {
    pub(crate) state: &'a State,
    pub(crate) name: &'a UserName,
    pub(crate) typed: &'a Secret<String>,
    pub(crate) bucket: Bucket,
    pub(crate) caller: &'a Caller,
    /// The count that it falls under: one a name and kind of secret.
    pub(crate) key: &'a str,
}

/// A guess that may be looked at, since it has been counted.
pub(crate) struct Counted {
    /// Whose name it is.
    pub(crate) person: Option<Person>,
    reserved: Option<Guesses>,
    address: String,
    hour: Timestamp,
}

impl Guess<'_> {
    /// Counts it, and reads whose name it is.
    pub(crate) async fn count(&self) -> ApiResult<Counted> {
        let Self {
            state,
            name,
            bucket,
            key,
            ..
        } = *self;
        let pepper = state.house.keys.keyring().await?.pepper.expose().as_slice();
        let (address, hour) = (address_key(pepper, self.caller), hour_ends(state.house.now()));
        let (account, guesses, failures) = tokio::try_join!(
            state.people.account_named(name),
            state.guesses.guesses(key, bucket),
            state.guesses.address_failures(&address, hour),
        )?;
        if failures >= state.house.policy.address_failures {
            return Err(Refusal::AttemptsExhausted(hour).into());
        }
        // An unknown name reads somebody who is not there: the time that a read takes must not tell which names exist.
        let account = account.unwrap_or_else(|| AccountId::new(state.house.now(), state.house.entropy.as_ref()));
        let person = async { Ok(state.people.person(account, Consistency::Strong).await?) };
        let (reserved, person) = tokio::try_join!(self.reserve(pepper, guesses), person)?;
        Ok(Counted {
            person,
            reserved,
            address,
            hour,
        })
    }

    /// Saves the count as it is if the secret is wrong, before it is looked at. The attack: many guesses at once, or a crash between
    /// the answer and the count. `None` if this very secret is known to be wrong (or was interrupted): it costs no further count.
    async fn reserve(&self, pepper: &[u8], read: Guesses) -> ApiResult<Option<Guesses>> {
        let Self {
            state,
            name,
            typed,
            bucket,
            key,
            ..
        } = *self;
        let mut seen = read;
        for _ in 0..ROUNDS {
            let now = state.house.now();
            let next = seen
                .next(&state.house.policy, pepper, name, typed, now)
                .map_err(Refusal::AttemptsExhausted)?;
            if seen.repeats(pepper, name, typed) {
                return Ok(None);
            }
            let expires_at = now.saturating_add(KEPT).unwrap_or(now);
            if state
                .guesses
                .reserve_guess(key, bucket, &seen, &next, expires_at)
                .await?
                == Saved::Won
            {
                return Ok(Some(next));
            }
            seen = state.guesses.guesses(key, bucket).await?;
        }
        Err(Fault::unavailable("sessions: count a password", "lost too often against others").into())
    }

    /// It was right: the count begins again.
    pub(crate) async fn right(&self, reserved: Option<Guesses>) -> ApiResult<()> {
        if let Some(reserved) = reserved {
            self.state
                .guesses
                .clear_guesses(self.key, self.bucket, &reserved)
                .await?;
        }
        Ok(())
    }

    /// It was wrong, in whichever way.
    pub(crate) async fn wrong(
        &self,
        counted: &Counted,
        known: Option<AccountId>,
        used: (&'static str, &'static str),
    ) -> ApiResult<Refusal> {
        let count = self.state.guesses.count_address_failure(&counted.address, counted.hour);
        tokio::try_join!(count, self.record(known, used))?;
        metric(Metric::SignIn {
            outcome: "sign_in.rejected",
        });
        Ok(Refusal::SignInRejected)
    }

    async fn record(&self, account: Option<AccountId>, (kind, name): (&str, &str)) -> Result<(), Fault> {
        let Some(account) = account else { return Ok(()) };
        let house = &self.state.house;
        let place = Place::from(self.caller);
        let event = Event::new(
            account,
            What::SignIn,
            Outcome::Failure,
            place,
            house.entropy.as_ref(),
            house.now(),
        )
        .because("sign_in.rejected")
        .with(kind, name);
        house.record(self.state.activity.as_ref(), &event).await
    }
}

impl Counted {
    /// Whether it was counted: what is known to be wrong, or was brought a moment ago, costs no further count.
    pub(crate) const fn is_new(&self) -> bool {
        self.reserved.is_some()
    }

    /// The count as it was saved, taken out for [`Guess::right`].
    pub(crate) fn reserved(&mut self) -> Option<Guesses> {
        self.reserved.take()
    }
}

pub(crate) fn address_key(pepper: &[u8], caller: &Caller) -> String {
    base64url(keyed_hash(pepper, &[b"address", caller.address_block().as_bytes()]))
}

pub(crate) fn hour_ends(now: Timestamp) -> Timestamp {
    let hour = now.as_second().div_euclid(3600) + 1;
    Timestamp::from_second(hour * 3600).unwrap_or(now)
}
