//! `POST /api/v1/sign-ins/passkey`: an assertion, good once.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::attempts::{Attempts, Gate};
use countersign_domain::ids::{AccountId, AttemptId};
use countersign_domain::methods::passkey::{Asserted, Ceremony, Misfit, Whom};
use countersign_domain::methods::{Authenticator, Response as Answer, Spend, Standing, Verdict};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::{Aim, Choosing, ReturnTo, SignIn, Verified};
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiError, ApiResult, Caller, Cookie, Json, Problem};
use countersign_platform::passkeys::{RelyingParty, UsedCredential};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::code::withdraw;
use crate::prompt::APP;
use crate::view::View;
use crate::{done, under_way};

/// What the browser got from the passkey.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsePasskey {
    /// As `toJSON()` writes it.
    credential: UsedCredential,
    /// Where the person was going: a path of this site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    return_to: Option<ReturnTo>,
}

/// Answer with a passkey, whatever it was asked for: a sign-in, a second factor, a fresh proof.
///
/// `passkey.unknown` means that no account has it (any more): tell the browser by `PublicKeyCredential.signalUnknownCredential()`.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/passkey", tag = "verification", request_body = UsePasskey,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn use_passkey(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<UsePasskey>,
) -> ApiResult<Response> {
    let ceremony = under_way::read_ceremony(&state, &headers).await?;
    let second = match ceremony.whom {
        Whom::SignIn { sign_in, .. } => {
            Some(under_way::read(&state, &headers).await?.choose()).filter(|one| one.id == sign_in)
        }
        Whom::Anybody | Whom::Again { .. } => None,
    };
    let attempt = Attempt {
        state: &state,
        caller: &caller,
        ceremony: &ceremony,
        second: second.as_ref(),
        given: &request.credential,
    };
    let (person, authenticator, verdict) = attempt.consume().await?;
    let verified = verified(
        &ceremony,
        second.clone(),
        &person,
        &authenticator,
        &verdict,
        request.return_to,
    )?;
    let event = attempt.event(&authenticator, What::SignIn, Outcome::Success);
    let finish = done::finish(
        &state,
        &headers,
        &caller,
        &person.account.user_name,
        &verified,
        Some(event),
    );
    let needless = async {
        if let Some(sign_in) = &second {
            withdraw(&state, sign_in).await;
        }
    };
    let (finished, ()) = tokio::join!(finish, needless);
    Ok(done::respond((Cookie::Passkey.clear(), finished?)))
}

fn verified(
    ceremony: &Ceremony,
    second: Option<SignIn<Choosing>>,
    person: &Person,
    authenticator: &Authenticator,
    verdict: &Verdict,
    return_to: Option<ReturnTo>,
) -> Result<Verified, Refusal> {
    match (&ceremony.whom, second) {
        (Whom::SignIn { .. }, Some(sign_in)) => sign_in.proven_by_passkey(authenticator, verdict),
        (Whom::SignIn { .. }, None) => Err(Refusal::PasskeyExpired),
        (Whom::Anybody, _) => {
            let epoch = person.account.epoch;
            Verified::by_passkey(person, authenticator, verdict, Aim::SignIn, epoch, return_to)
        }
        (Whom::Again { session, epoch, .. }, _) => {
            let aim = Aim::Reauthenticate {
                session: session.clone(),
            };
            Verified::by_passkey(person, authenticator, verdict, aim, *epoch, return_to)
        }
    }
}

/// One attempt with a passkey.
struct Attempt<'a> {
    state: &'a crate::State,
    caller: &'a Caller,
    ceremony: &'a Ceremony,
    second: Option<&'a SignIn<Choosing>>,
    given: &'a UsedCredential,
}

impl Attempt<'_> {
    /// Looks at the assertion, and answers only what a write on condition made true: a right one by consuming its challenge, a wrong one by
    /// its count. The attack: the same assertion twice, at once or later. The signature is right each time; the challenge is spent once.
    async fn consume(&self) -> ApiResult<(Person, Authenticator, Verdict)> {
        let house = &self.state.house;
        let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
        let (account, credential_id) = (self.whose()?, self.given.credential_id()?);
        let party = RelyingParty::of(house)?;
        for round in 0..ROUNDS {
            let consistency = if round == 0 {
                Consistency::Eventual
            } else {
                Consistency::Strong
            };
            let person = self.state.people.person(account, consistency).await?;
            let (person, if_wrong) = match self.open(person, &credential_id) {
                // The first read may be a moment old: nobody is turned away by it, and no browser told to forget a passkey.
                Err(_) if round == 0 => continue,
                open => open?,
            };
            let holder = person.holder(&credential_id).ok_or(Refusal::PasskeyUnknown)?;
            let judged = self.judge(&party, holder)?;
            if let Judged::Holds(asserted) = &judged {
                if holder.mark.is_some_and(|spent| asserted.mark() <= spent) {
                    return Err(Refusal::PasskeyExpired.into()); // it, or one to a later challenge, was taken: no guess, and not counted
                }
                if !person.is_allowed(holder) {
                    return Err(Refusal::PasskeyNotAllowed.into());
                }
                let verdict = holder.check(None, &Answer::Assertion(asserted), house.now());
                if let Verdict::Right(Spend::Mark { mark, learned }) = &verdict {
                    let codes = &self.state.codes;
                    let consumed = codes.consume_code(holder, *mark, learned.as_deref(), house.now(), attempt);
                    if consumed.await? == Saved::Won {
                        let holder = holder.clone();
                        return Ok((person, holder, verdict));
                    }
                    continue;
                }
            }
            if self.state.codes.count_wrong_code(holder, if_wrong, attempt).await? == Saved::Won {
                self.record(holder, &judged).await?;
                return Err(Refusal::PasskeyRejected.into());
            }
        }
        Err(Fault::unavailable("directory: check a passkey", "lost too often against others").into())
    }

    /// Whose passkey it is: the account that was asked, and where none was, the one that the passkey names (WebAuthn Level 3 §7.2, step 6).
    fn whose(&self) -> Result<AccountId, Refusal> {
        match (self.ceremony.whom.account(), self.given.says_of()) {
            (Some(asked), None) => Ok(asked),
            (Some(asked), Some(Some(said))) if asked == said => Ok(asked),
            (None, Some(Some(said))) => Ok(said),
            (None, Some(None)) => Err(Refusal::PasskeyUnknown),
            (None, None) | (Some(_), Some(_)) => Err(Refusal::PasskeyRejected),
        }
    }

    /// The person, if an answer may be looked at now, and the count of the passkey if it is wrong.
    fn open(&self, person: Option<Person>, credential_id: &str) -> Result<(Person, Attempts), Refusal> {
        let now = self.state.house.now();
        let person = person.ok_or(Refusal::PasskeyUnknown)?;
        match (&self.ceremony.whom, self.second) {
            (Whom::SignIn { .. }, Some(sign_in)) => sign_in.check(&person.account, now)?,
            (Whom::SignIn { .. }, None) => return Err(Refusal::PasskeyExpired),
            (Whom::Again { epoch, .. }, _) if *epoch != person.account.epoch => return Err(Refusal::PasskeyExpired),
            (Whom::Again { .. } | Whom::Anybody, _) => {}
        }
        if !person.account.is_active() {
            return Err(Refusal::PasskeyRejected);
        }
        let holder = person
            .holder(credential_id)
            .filter(|one| one.standing == Standing::Active);
        let holder = holder.ok_or(Refusal::PasskeyUnknown)?;
        match holder.attempts.gate(&self.state.house.policy.code_attempts, now) {
            Gate::Open { if_wrong } => Ok((person, if_wrong)),
            Gate::Closed(until) => Err(Refusal::AttemptsExhausted(until)),
            Gate::Disabled => Err(Refusal::PasskeyRejected),
        }
    }

    fn judge(&self, party: &RelyingParty, holder: &Authenticator) -> ApiResult<Judged> {
        let passkey = holder.binding.passkey().ok_or(Refusal::PasskeyUnknown)?;
        let asserted = match party.assert(self.given, self.ceremony, passkey) {
            Ok(asserted) => asserted,
            Err(ApiError::Refused(_)) => return Ok(Judged::Wrong),
            Err(failed) => return Err(failed),
        };
        Ok(match passkey.after(&asserted, self.state.house.now()) {
            Err(Misfit::CounterWentBack) => Judged::Copied,
            Err(Misfit::Late) => return Err(Refusal::PasskeyExpired.into()),
            Err(Misfit::Other | Misfit::BackupImpossible) => Judged::Wrong,
            Ok(_) => Judged::Holds(asserted),
        })
    }

    /// Says to the member what was refused; a key that may have been copied by a name of its own.
    async fn record(&self, holder: &Authenticator, judged: &Judged) -> Result<(), Fault> {
        let house = &self.state.house;
        let what = match judged {
            Judged::Copied => What::PasskeyCopied,
            Judged::Wrong | Judged::Holds(_) => What::SignIn,
        };
        let event = self.event(holder, what, Outcome::Failure).because("passkey.rejected");
        metric(Metric::SignIn {
            outcome: "passkey.rejected",
        });
        house.record(self.state.activity.as_ref(), &event).await
    }

    fn event(&self, holder: &Authenticator, what: What, outcome: Outcome) -> Event {
        let house = &self.state.house;
        let place = Place::from(self.caller);
        Event::new(
            holder.account,
            what,
            outcome,
            place,
            house.entropy.as_ref(),
            house.now(),
        )
        .app(APP)
        .with(holder.kind().as_str(), holder.name.as_str())
    }
}

/// What looking at an assertion says.
enum Judged {
    /// It holds, unless it was given before.
    Holds(Asserted),
    /// The signature is right, and the counter says that there is a copy of the key.
    Copied,
    /// It is wrong.
    Wrong,
}
