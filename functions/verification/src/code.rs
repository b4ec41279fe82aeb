//! `POST /api/v1/sign-ins/current/code`: a code of a generator, one that was sent, a recovery code or a pass, good once.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::attempts::{Attempts, Gate};
use countersign_domain::ids::{AttemptId, AuthenticatorId};
use countersign_domain::methods::look_up::LookedUp;
use countersign_domain::methods::{Asks, Authenticator, Response as Answer, Spend, Verdict, sent_code};
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sign_in::{Choosing, SignIn, Way};
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::looking_up::looked_up;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::seeds;
use countersign_platform::store::{Consistency, Saved};
use countersign_platform::telemetry::{Metric, metric};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::prompt::APP;
use crate::view::View;
use crate::{done, under_way};

/// A typed code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnterCode {
    /// `aut_…`; absent for the first that takes a code.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    authenticator_id: Option<AuthenticatorId>,
    /// As typed; spaces and dashes do not matter.
    #[schema(value_type = String, format = Password)]
    code: Secret<String>,
}

/// Enter a code.
///
/// Five wrong answers close the authenticator for a minute, then for longer and longer; a hundred in a row until it is bound again.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/current/code", tag = "verification", request_body = EnterCode,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn code(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<EnterCode>,
) -> ApiResult<Response> {
    let sign_in = under_way::read(&state, &headers).await?.choose();
    let asked = request.authenticator_id;
    // A passkey can be drawn at once as well, and is no code.
    let fits = |way: &&Way| match (way.asks, asked) {
        (Asks::Code { .. } | Asks::Message { .. }, None) => true,
        (Asks::Code { .. } | Asks::Message { .. } | Asks::Text, Some(id)) => way.authenticator == id,
        (Asks::Text, None) | (Asks::Number | Asks::Passkey, _) => false,
    };
    let way = sign_in.ways.iter().find(fits).ok_or(Refusal::MethodNotFound)?;
    let (authenticator, verdict) = consume(&state, &caller, &sign_in, way, &request.code).await?;
    let name = sign_in.user_name.clone();
    let verified = sign_in.clone().proven_by_code(&authenticator, &verdict)?;
    let event = event(&state, &caller, &authenticator, Outcome::Success);
    let finish = done::finish(&state, &headers, &caller, &name, &verified, Some(event));
    tokio::join!(finish, withdraw(&state, &sign_in)).0
}

/// Takes back what the phone was asked in this sign-in: it has become needless, and counts for nothing. Nobody waits for it in vain, so a
/// failure is only told to the log.
pub(crate) async fn withdraw(state: &crate::State, sign_in: &SignIn<Choosing>) {
    if sign_in.ways.iter().all(|way| way.asks != Asks::Number) {
        return; // no phone could have been asked
    }
    let house = &state.house;
    let withdrawn = async {
        let ledger = state.prompts.ledger(sign_in.account, Consistency::Eventual).await?;
        if let Some(ledger) = ledger.withdraw(sign_in.purpose()) {
            let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
            let _lost_to_the_phone = state.prompts.save_ledger(&ledger, attempt).await?;
        }
        Ok::<(), Fault>(())
    };
    if let Err(fault) = withdrawn.await {
        tracing::warn!(
            error.message = fault.story(),
            "a needless prompt could not be taken back"
        );
    }
}

/// Compares, and answers only what a write on condition made true: the right code by consuming its step, the wrong one by its count.
async fn consume(
    state: &crate::State,
    caller: &Caller,
    sign_in: &SignIn<Choosing>,
    way: &Way,
    code: &Secret<String>,
) -> ApiResult<(Authenticator, Verdict)> {
    let (house, id, flow) = (&state.house, way.authenticator, sign_in.id.to_string());
    // A code that was sent a moment ago has to be seen, or the right answer would be counted as a wrong one.
    let sent = matches!(way.asks, Asks::Message { .. });
    let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
    let mut hashed = None; // once a request, however often it is compared
    for round in 0..ROUNDS {
        let now = house.now();
        let consistency = if round == 0 && !sent {
            Consistency::Eventual
        } else {
            Consistency::Strong
        };
        let person = state.people.person(sign_in.account, consistency).await?;
        let (authenticator, if_wrong) = match open(state, sign_in, person.as_ref(), id) {
            // The first read may be a moment old: nobody is turned away by it. Right or wrong, the write is on condition of what was read.
            Err(_) if round == 0 && !sent => continue,
            open => open?,
        };
        let mut answer = Answer::Code(code);
        if sent {
            answer = Answer::SentCode { code, flow: &flow };
        }
        if let Some(salt) = authenticator.binding.salt() {
            if !hashed.as_ref().is_some_and(|before: &LookedUp| before.is_for(salt)) {
                hashed = Some(looked_up(house, salt, code).await?);
            }
            if let Some(hashed) = &hashed {
                answer = Answer::LookUp(hashed);
            }
        }
        let secret = match authenticator.binding.sealed_seed() {
            Some(sealed) => Some(seeds::open(house, authenticator.account, id, sealed).await?),
            None if sent => Some(sent_code::key(house.keys.keyring().await?.pepper.expose(), id)),
            None => None,
        };
        match authenticator.check(secret.as_ref(), &answer, now) {
            Verdict::Right(Spend::Prompt) => return Err(Fault::Defect("a code without a mark").into()),
            Verdict::Right(Spend::Mark { mark, learned }) => {
                let consumed = state
                    .codes
                    .consume_code(authenticator, mark, learned.as_deref(), now, attempt);
                if consumed.await? == Saved::Won {
                    let mut used = authenticator.clone();
                    if let Some(learned) = learned {
                        used.binding = *learned;
                    }
                    return Ok((used, Verdict::marked(mark)));
                }
            }
            Verdict::Wrong => {
                if state.codes.count_wrong_code(authenticator, if_wrong, attempt).await? == Saved::Won {
                    let event =
                        event(state, caller, authenticator, Outcome::Failure).because("challenge.code_rejected");
                    house.record(state.activity.as_ref(), &event).await?;
                    metric(Metric::SignIn {
                        outcome: "challenge.code_rejected",
                    });
                    return Err(Refusal::CodeRejected.into());
                }
            }
        }
    }
    Err(Fault::unavailable("directory: check a code", "lost too often against others").into())
}

/// The authenticator, if an answer to it may be looked at now, and its count if that answer is wrong.
fn open<'a>(
    state: &crate::State,
    sign_in: &SignIn<Choosing>,
    person: Option<&'a Person>,
    id: AuthenticatorId,
) -> Result<(&'a Authenticator, Attempts), Refusal> {
    let (person, now) = (person.ok_or(Refusal::SignInNotUnderWay)?, state.house.now());
    sign_in.check(&person.account, now)?;
    let authenticator = person.authenticator(id).filter(|one| person.is_allowed(one));
    let authenticator = authenticator.ok_or(Refusal::MethodNotFound)?;
    match authenticator.attempts.gate(&state.house.policy.code_attempts, now) {
        Gate::Open { if_wrong } => Ok((authenticator, if_wrong)),
        Gate::Closed(until) => Err(Refusal::AttemptsExhausted(until)),
        Gate::Disabled => Err(Refusal::MethodNotFound),
    }
}

pub(crate) fn event(state: &crate::State, caller: &Caller, authenticator: &Authenticator, outcome: Outcome) -> Event {
    let house = &state.house;
    Event::new(
        authenticator.account,
        What::SignIn,
        outcome,
        Place::from(caller),
        house.entropy.as_ref(),
        house.now(),
    )
    .app(APP)
    .with(authenticator.kind().as_str(), authenticator.name.as_str())
}
