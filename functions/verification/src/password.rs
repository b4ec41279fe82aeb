//! The password step: count first, compare after, and answer the same for a wrong password, an unknown name and a locked account.

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::encoding::{base64url, keyed_hash};
use countersign_domain::ids::AccountId;
use countersign_domain::names::UserName;
use countersign_domain::passwords::{self, Bucket, Guesses, counter_key};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiError, ApiResult, Caller};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};
use jiff::{SignedDuration, Timestamp};

use crate::State;

/// How long a count is kept after the last wrong password.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// One attempt at a password.
pub(crate) struct Attempt<'a> {
    pub(crate) state: &'a State,
    pub(crate) name: &'a UserName,
    pub(crate) password: &'a Secret<String>,
    pub(crate) bucket: Bucket,
    pub(crate) caller: &'a Caller,
}

impl Attempt<'_> {
    /// The person, if the password is theirs and the account may sign in.
    pub(crate) async fn check(&self) -> ApiResult<Person> {
        let Self {
            state,
            name,
            bucket,
            caller,
            ..
        } = *self;
        let pepper = state.house.keys.keyring().await?.pepper.expose().as_slice();
        let key = counter_key(pepper, name);
        let (address, hour) = (address_key(pepper, caller), hour_ends(state.house.now()));
        let (account, guesses, failures) = tokio::try_join!(
            state.people.account_named(name),
            state.guesses.guesses(&key, bucket),
            state.guesses.address_failures(&address, hour),
        )?;
        if failures >= state.house.policy.address_failures {
            return Err(Refusal::AttemptsExhausted(hour).into());
        }
        // An unknown name reads somebody who is not there: the time that a read takes must not tell which names exist.
        let account = account.unwrap_or_else(|| AccountId::new(state.house.now(), state.house.entropy.as_ref()));
        let person = async { Ok(state.people.person(account, Consistency::Strong).await?) };
        let (reserved, person) = tokio::try_join!(self.reserve(pepper, &key, guesses), person)?;
        match self.compare(pepper, person).await? {
            Ok(person) => {
                if let Some(reserved) = reserved {
                    state.guesses.clear_guesses(&key, bucket, &reserved).await?;
                }
                Ok(person)
            }
            Err(known) => {
                let count = state.guesses.count_address_failure(&address, hour);
                tokio::try_join!(count, self.record(known))?;
                metric(Metric::SignIn {
                    outcome: "sign_in.rejected",
                });
                Err(Refusal::SignInRejected.into())
            }
        }
    }

    /// Saves the count as it is if the password is wrong, before it is looked at. The attack: many guesses at once, or a crash between
    /// the answer and the count. `None` if this very password is known to be wrong (or was interrupted): it costs no further count.
    async fn reserve(&self, pepper: &[u8], key: &str, read: Guesses) -> ApiResult<Option<Guesses>> {
        let Self {
            state,
            name,
            password,
            bucket,
            ..
        } = *self;
        let mut seen = read;
        for _ in 0..ROUNDS {
            let now = state.house.now();
            let next = seen
                .next(&state.house.policy, pepper, name, password, now)
                .map_err(Refusal::AttemptsExhausted)?;
            if seen.repeats(pepper, name, password) {
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

    /// Compares at the same cost whether there is such an account or not. `Err` carries the account, if there is one.
    async fn compare(&self, pepper: &[u8], person: Option<Person>) -> ApiResult<Result<Person, Option<AccountId>>> {
        let (pepper, password) = (Secret::new(pepper.to_vec()), self.password.clone());
        let work = tokio::task::spawn_blocking(move || {
            let Some(person) = person else {
                passwords::equalize(pepper.expose(), &password);
                return Err(None);
            };
            let right = if let Some(kept) = &person.account.password {
                passwords::verify(pepper.expose(), kept, &password)
            } else {
                passwords::equalize(pepper.expose(), &password);
                false
            };
            if right && person.account.is_active() {
                Ok(person)
            } else {
                Err(Some(person.account.id))
            }
        });
        work.await
            .map_err(|_| ApiError::Failed(Fault::Defect("comparing a password panicked")))
    }

    async fn record(&self, account: Option<AccountId>) -> Result<(), Fault> {
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
        .with("password", "Password");
        house.record(self.state.activity.as_ref(), &event).await
    }
}

pub(crate) fn address_key(pepper: &[u8], caller: &Caller) -> String {
    base64url(keyed_hash(pepper, &[b"address", caller.address_block().as_bytes()]))
}

pub(crate) fn hour_ends(now: Timestamp) -> Timestamp {
    let hour = now.as_second().div_euclid(3600) + 1;
    Timestamp::from_second(hour * 3600).unwrap_or(now)
}
