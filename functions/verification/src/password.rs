//! The password step: count first, compare after, and answer the same for a wrong password, an unknown name and a locked account.

use countersign_domain::ids::AccountId;
use countersign_domain::names::UserName;
use countersign_domain::passwords::{self, Bucket, counter_key};
use countersign_domain::people::Person;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiError, ApiResult, Caller};

use crate::State;
use crate::guessing::Guess;

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
        let pepper = self.state.house.keys.keyring().await?.pepper.expose().as_slice();
        let key = counter_key(pepper, self.name);
        let guess = Guess {
            state: self.state,
            name: self.name,
            typed: self.password,
            bucket: self.bucket,
            caller: self.caller,
            key: &key,
        };
        let mut counted = guess.count().await?;
        match self.compare(pepper, counted.person.take()).await? {
            Ok(person) => {
                guess.right(counted.reserved()).await?;
                Ok(person)
            }
            Err(known) => Err(guess.wrong(&counted, known, ("password", "Password")).await?.into()),
        }
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
}
