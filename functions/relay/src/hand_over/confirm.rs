//! `POST /device/v1/hand-overs/{id}/confirm`: the old phone signs the new one's key, and ends.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::device::claims::HandOverClaims;
use countersign_domain::device::verify::verify_hand_over;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::Authenticator;
use countersign_domain::notices::Change;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::prompts::Purpose;
use countersign_domain::refusal::Refusal;
use countersign_platform::ending::end_opened;
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiResult, Caller, Path, Problem};
use countersign_platform::noticing::Notifier;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Consistency, Saved};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{find, person, tested, thumbprint};
use crate::proof::{Proven, parse};

/// The old phone's word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmHandOver {
    /// Compact JWS, `typ` `countersign-hand-over+jwt`.
    hand_over: String,
}

/// Finish a hand-over. The new phone is in use and this one ends, with the sessions that it opened.
#[utoipa::path(
    post, path = "/device/v1/hand-overs/{id}/confirm", tag = "relay", request_body = ConfirmHandOver,
    params(
        ("id" = String, Path, description = "The hand-over's id, `enr_…`."),
        ("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")
    ),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn confirm_hand_over(
    State(state): State<crate::State>,
    Path(id): Path<String>,
    caller: Caller,
    proven: Proven,
) -> ApiResult<StatusCode> {
    let request: ConfirmHandOver = parse(&proven.body)?;
    let claims = verify_hand_over(&request.hand_over, &proven.phone()?.key, state.house.now())?;
    let from = &proven.authenticator;
    let hand_over = find(&state, from, &id).await?;
    let person = person(&state, from).await?;
    let to = tested(&person, &hand_over).cloned().ok_or(Refusal::HandOverNotTested)?;
    check(&claims, &hand_over, &to)?;
    consume(&state, &hand_over).await?;
    activate(&state, &caller, from, &hand_over, person, &to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The attack: another phone's key under an honest signature, as when the code was read over a shoulder.
fn check(claims: &HandOverClaims, hand_over: &Enrollment, to: &Authenticator) -> Result<(), Refusal> {
    let fits = claims.acc == hand_over.account
        && claims.hand_over == hand_over.id
        && claims.to == to.id
        && thumbprint(to) == Some(claims.jkt);
    if fits {
        Ok(())
    } else {
        Err(Refusal::DeviceSignatureInvalid)
    }
}

/// Spends the new phone's test: only the winner goes on.
async fn consume(state: &crate::State, hand_over: &Enrollment) -> ApiResult<()> {
    let Stage::Testing { prompt, .. } = hand_over.stage else {
        return Err(Refusal::HandOverNotTested.into());
    };
    let (house, now) = (&state.house, state.house.now());
    let ledger = state.prompts.ledger(hand_over.account, Consistency::Strong).await?;
    if !ledger.prompt(prompt).is_some_and(|prompt| prompt.is_approved(now)) {
        return Err(Refusal::HandOverNotTested.into());
    }
    let consumed = ledger.consume(prompt, Purpose::Test { flow: hand_over.id }, now)?;
    let attempt = AttemptId::new(now, house.entropy.as_ref());
    match state.prompts.save_ledger(&consumed.ledger, attempt).await? {
        Saved::Won => Ok(()),
        Saved::Lost => Err(Refusal::HandOverExpired.into()),
    }
}

/// In one transaction the new phone counts and the old one goes; then the sessions that the old one opened end.
async fn activate(
    state: &crate::State,
    caller: &Caller,
    from: &Authenticator,
    hand_over: &Enrollment,
    first_read: Person,
    to: &Authenticator,
) -> ApiResult<()> {
    let (house, mut person) = (&state.house, first_read);
    for _ in 0..ROUNDS {
        let activation = person.hand_over(to.clone(), from.id, &house.policy, house.now())?;
        let added = &activation.authenticator;
        let event = Event::new(
            from.account,
            What::MethodAdded,
            Outcome::Success,
            Place::from(caller),
            house.entropy.as_ref(),
            house.now(),
        )
        .with(added.kind().as_str(), added.name.as_str());
        let tell = house.telling(event);
        if state.bind.activate(&activation, hand_over, Some(&tell)).await? == Saved::Won {
            let ports = (state.sessions.as_ref(), state.end.as_ref());
            end_opened(ports, from.account, &activation.replaces, None).await?;
            let notifier = Notifier {
                house,
                deliver: state.deliver.as_ref(),
            };
            let method = (added.kind(), added.name.as_str());
            notifier
                .tell(&person.account, Change::Added, method, &Place::from(caller))
                .await;
            return Ok(());
        }
        find(state, from, &hand_over.id.to_string()).await?;
        person = super::person(state, from).await?;
    }
    Err(Fault::unavailable("directory: hand a phone over", "lost too often against others").into())
}
