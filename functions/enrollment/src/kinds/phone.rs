//! Binding a phone number: a code goes to it, and typing it makes the number count.

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::sent_code::{self, DIGITS, Line};
use countersign_domain::methods::{Authenticator, Binding, MethodKind, Response, Spend, Verdict};
use countersign_domain::names::MethodName;
use countersign_domain::people::Person;
use countersign_domain::phone_numbers::{Carries, Country, PhoneNumber};
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::ApiResult;
use countersign_platform::http::step::{Channel, MessageDelivery};
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::Saved;
use jiff::Timestamp;

use crate::begin::AddMethod;
use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// Takes the number, if it is one that policy sends to. Nothing goes out yet.
pub(super) fn begin(
    state: &crate::State,
    kind: MethodKind,
    person: &Person,
    wanted: &AddMethod,
    bare: Enrollment,
) -> Result<Enrollment, Refusal> {
    let spoken = kind == MethodKind::VOICE;
    let (text, country) = wanted
        .number
        .as_deref()
        .zip(wanted.country.as_deref())
        .ok_or(Refusal::PhoneNumberInvalid)?;
    let carries = if spoken { Carries::Calls } else { Carries::Texts };
    let number = PhoneNumber::parse(text, country.parse::<Country>()?, carries)?;
    person.rules.sends_to(kind, &number)?;
    Ok(Enrollment {
        stage: Stage::Message {
            authenticator: AuthenticatorId::new(state.house.now(), state.house.entropy.as_ref()),
            spoken,
            line: Line { number, sent: None },
            wrong: 0,
        },
        ..bare
    })
}

/// Whether a ceremony adds a phone number.
pub(crate) const fn is_one(enrollment: &Enrollment) -> bool {
    matches!(enrollment.stage, Stage::Message { .. })
}

/// Whether too many wrong codes have ended it.
pub(crate) fn is_over(state: &crate::State, enrollment: &Enrollment) -> bool {
    matches!(&enrollment.stage, Stage::Message { wrong, .. } if *wrong >= state.house.policy.ceremony_codes)
}

/// The number with its field for the code, and what became of the message.
pub(crate) fn drawn(state: &crate::State, enrollment: &Enrollment, delivery: MessageDelivery) -> EnrollmentView {
    let Stage::Message { line, .. } = &enrollment.stage else {
        return EnrollmentView::new(enrollment, EnrollmentState::Ended, Vec::new());
    };
    let again_at = line.sent.as_ref().map(|sent| sent.again_at(&state.house.policy));
    let prompt = EnrollmentPrompt::SentCode {
        channel: Channel::from(enrollment.kind()),
        number: line.number.masked(),
        digits: DIGITS,
        delivery,
        again_at: again_at.map(Into::into),
        expires_at: line.sent.as_ref().map(|sent| sent.expires_at.into()),
    };
    EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt])
}

/// The same after a reload: whether the last message arrived is not known any more.
pub(super) fn draw(state: &crate::State, enrollment: &Enrollment, line: &Line) -> EnrollmentView {
    let sent = line.sent.is_some();
    let delivery = if sent {
        MessageDelivery::Sent
    } else {
        MessageDelivery::NotSent
    };
    drawn(state, enrollment, delivery)
}

/// The authenticator that a right code makes, and the ceremony as it was judged by. Wrong codes are counted on the ceremony before anybody
/// learns that they are: five, and it is over. The attack: many guesses at once. Each is judged again until its count is saved.
pub(super) async fn tested(
    state: &crate::State,
    first_read: &Enrollment,
    code: &Secret<String>,
) -> ApiResult<(Authenticator, Enrollment)> {
    let mut enrollment = first_read.clone();
    for _ in 0..ROUNDS {
        if is_over(state, &enrollment) || !enrollment.is_open(state.house.now()) {
            return Err(Refusal::EnrollmentExpired.into());
        }
        if let Some(bound) = right(state, &enrollment, code).await? {
            return Ok((bound, enrollment));
        }
        let (account, id) = (enrollment.account, enrollment.id);
        let next = enrollment.one_more_wrong().ok_or(Refusal::EnrollmentExpired)?;
        if state.enrollments.save_enrollment(&next).await? == Saved::Won {
            return Err(Refusal::CodeRejected.into());
        }
        let read = state.enrollments.enrollment(account, id).await?;
        enrollment = read.ok_or(Refusal::EnrollmentExpired)?;
    }
    Err(Fault::unavailable("sessions: count a wrong code", "lost too often against others").into())
}

/// The authenticator, if the code is the one that went out last.
async fn right(
    state: &crate::State,
    enrollment: &Enrollment,
    code: &Secret<String>,
) -> ApiResult<Option<Authenticator>> {
    let Stage::Message {
        authenticator, line, ..
    } = &enrollment.stage
    else {
        return Err(Refusal::EnrollmentExpired.into());
    };
    let (now, flow) = (state.house.now(), enrollment.id.to_string());
    let key = sent_code::key(state.house.keys.keyring().await?.pepper.expose(), *authenticator);
    let mut bound = bind(enrollment, *authenticator, line, now)?;
    Ok(
        match bound.check(Some(&key), &Response::SentCode { code, flow: &flow }, now) {
            // The code that confirms is used up by it, with all that were sent before.
            Verdict::Right(Spend::Mark { mark, .. }) => {
                bound.mark = Some(mark);
                Some(bound)
            }
            Verdict::Right(Spend::Prompt) | Verdict::Wrong => None,
        },
    )
}

fn bind(enrollment: &Enrollment, id: AuthenticatorId, line: &Line, now: Timestamp) -> Result<Authenticator, Refusal> {
    let (usual, binding) = if enrollment.kind() == MethodKind::VOICE {
        ("Phone call", Binding::Voice(line.clone()))
    } else {
        ("Text message", Binding::Sms(line.clone()))
    };
    let name = enrollment
        .name
        .clone()
        .map_or_else(|| usual.parse::<MethodName>(), Ok)?;
    Ok(Authenticator::bound(id, enrollment.account, name, binding, now))
}
