//! `POST /api/v1/sign-ins/pass`: user name and temporary access pass, in place of the password and a second factor.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::attempts::{Attempts, Gate};
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::look_up::{LookedUp, Salt};
use countersign_domain::methods::{Authenticator, Family, Response as Answer, Spend, Verdict};
use countersign_domain::names::UserName;
use countersign_domain::passwords::{Bucket, pass_counter_key};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sign_in::{ReturnTo, Verified};
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::looking_up::looked_up;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Consistency, Saved};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::guessing::Guess;
use crate::prompt::APP;
use crate::view::View;
use crate::{done, under_way};

/// Who wants in, with what an administrator gave them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartByPass {
    /// As typed; case does not matter.
    user_name: String,
    /// The pass; case, dashes and spaces do not matter.
    #[schema(value_type = String, format = Password)]
    pass: Secret<String>,
    /// Where the person was going: a path of this site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    return_to: Option<ReturnTo>,
}

/// Sign in with a temporary access pass.
///
/// The session may do everything, and ends with the pass. The answer is the same, in text, status and time, for an unknown name, a wrong
/// pass, one that is used up or whose time is not now, and none: `sign_in.rejected`.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/pass", tag = "verification", request_body = StartByPass,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn pass(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<StartByPass>,
) -> ApiResult<Response> {
    // A name that nobody can have is answered like one that nobody has.
    let name: UserName = request.user_name.parse().map_err(|_| Refusal::SignInRejected)?;
    let bucket = under_way::bucket(&state, &headers, &name).await?;
    let attempt = Attempt {
        state: &state,
        caller: &caller,
        name: &name,
        pass: &request.pass,
        bucket,
    };
    let verified = attempt.check(request.return_to).await?;
    let event = attempt.event(&verified);
    done::finish(&state, &headers, &caller, &name, &verified, Some(event)).await
}

/// One attempt at a pass.
struct Attempt<'a> {
    state: &'a crate::State,
    caller: &'a Caller,
    name: &'a UserName,
    pass: &'a Secret<String>,
    bucket: Bucket,
}

/// Why a pass is not taken, and what is counted for it. Nobody is told.
struct NotTaken {
    counts: bool,
}

impl Attempt<'_> {
    /// Counted before it is compared, by name, whether somebody has that name and a pass or not.
    async fn check(&self, return_to: Option<ReturnTo>) -> ApiResult<Verified> {
        let key = pass_counter_key(self.state.house.keys.keyring().await?.pepper.expose(), self.name);
        let guess = Guess {
            state: self.state,
            name: self.name,
            typed: self.pass,
            bucket: self.bucket,
            caller: self.caller,
            key: &key,
        };
        let mut counted = guess.count().await?;
        let known = counted.person.as_ref().map(|person| person.account.id);
        let counts = counted.is_new();
        match self.consume(counted.person.take(), return_to, counts).await? {
            Some(verified) => {
                guess.right(counted.reserved()).await?;
                Ok(verified)
            }
            None => Err(guess
                .wrong(&counted, known, ("pass", "Temporary access pass"))
                .await?
                .into()),
        }
    }

    /// Spends the pass by one write on condition, or counts a wrong one on its row, if it counts. One hash, whatever there is to compare with.
    async fn consume(
        &self,
        read: Option<Person>,
        return_to: Option<ReturnTo>,
        counts: bool,
    ) -> ApiResult<Option<Verified>> {
        let house = &self.state.house;
        let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
        let (mut person, mut hashed) = (read, None);
        for _ in 0..ROUNDS {
            let found = person
                .as_ref()
                .and_then(|person| person.of(Family::Passes).next().map(|pass| (person, pass)));
            let answer = self.hashed(&mut hashed, found.map(|(_, pass)| pass)).await?;
            let Some((whose, pass)) = found else {
                return Ok(None);
            };
            let saved = match self.judge(whose, pass, answer) {
                Ok((mark, verdict)) => {
                    let Verdict::Right(Spend::Mark { learned, .. }) = &verdict else {
                        return Err(Fault::Defect("a pass without a mark").into());
                    };
                    let consumed = self
                        .state
                        .codes
                        .consume_code(pass, mark, learned.as_deref(), house.now(), attempt);
                    let saved = consumed.await?;
                    if saved == Saved::Won {
                        return Ok(Some(Verified::by_pass(whose, pass, &verdict, return_to)?));
                    }
                    saved
                }
                Err(wrong) if !(counts && wrong.counts) => return Ok(None),
                Err(_) => {
                    // The name's count makes whoever guesses wait; this one disables the pass after a hundred (NIST SP 800-63B-4 §3.2.2).
                    let next = Attempts {
                        fails: pass.attempts.fails.saturating_add(1),
                        blocked_until: pass.attempts.blocked_until,
                    };
                    self.state.codes.count_wrong_code(pass, next, attempt).await?
                }
            };
            if saved == Saved::Won {
                return Ok(None);
            }
            let account = whose.account.id;
            person = self.state.people.person(account, Consistency::Strong).await?;
        }
        Err(Fault::unavailable("directory: check a pass", "lost too often against others").into())
    }

    /// What was typed, hashed for this pass, or for none: once a request, unless another pass was issued meanwhile.
    async fn hashed<'h>(
        &self,
        hashed: &'h mut Option<LookedUp>,
        pass: Option<&Authenticator>,
    ) -> Result<&'h LookedUp, Fault> {
        let salt = pass
            .and_then(|pass| pass.binding.salt())
            .cloned()
            .unwrap_or_else(Salt::none);
        let fresh = match hashed.take() {
            Some(before) if before.is_for(&salt) => before,
            _ => looked_up(&self.state.house, &salt, self.pass).await?,
        };
        Ok(hashed.insert(fresh))
    }

    fn judge(&self, person: &Person, pass: &Authenticator, answer: &LookedUp) -> Result<(u64, Verdict), NotTaken> {
        let (policy, now) = (&self.state.house.policy, self.state.house.now());
        let open = matches!(pass.attempts.gate(&policy.code_attempts, now), Gate::Open { .. });
        if !open || !person.account.is_active() || !person.can_use(pass, policy) {
            return Err(NotTaken { counts: false });
        }
        match pass.check(None, &Answer::LookUp(answer), now) {
            verdict @ Verdict::Right(Spend::Mark { mark, .. }) => Ok((mark, verdict)),
            Verdict::Right(Spend::Prompt) | Verdict::Wrong => Err(NotTaken { counts: true }),
        }
    }

    fn event(&self, verified: &Verified) -> Event {
        let house = &self.state.house;
        let (place, account) = (Place::from(self.caller), verified.account());
        Event::new(
            account,
            What::SignIn,
            Outcome::Success,
            place,
            house.entropy.as_ref(),
            house.now(),
        )
        .app(APP)
        .with("pass", "Temporary access pass")
    }
}
