//! Binding a phone: a code pairs it, and a test prompt with its number makes it count.

use countersign_domain::device::claims::DenyReason;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::ids::{AttemptId, AuthenticatorId, PromptId};
use countersign_domain::methods::Authenticator;
use countersign_domain::people::Person;
use countersign_domain::prompts::{Ledger, Purpose, State as PromptState, number_of};
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiResult;
use countersign_platform::http::step::{Ended, PushDelivery, poll_after_ms};
use countersign_platform::store::{Consistency, Saved};

use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// The pairing code, or that it is dead.
pub(super) async fn pairing(state: &crate::State, enrollment: &Enrollment) -> ApiResult<EnrollmentView> {
    let code = enrollment.pairing_code(state.house.keys.keyring().await?.pepper.expose());
    let expires_at = enrollment.pairing_expires_at(&state.house.policy);
    let view = |at, prompts| EnrollmentView::new(enrollment, at, prompts);
    if state.house.now() >= expires_at {
        let ended = Some(Ended::from(Refusal::PairingExpired));
        return Ok(EnrollmentView {
            ended,
            ..view(EnrollmentState::Ended, Vec::new())
        });
    }
    let prompt = EnrollmentPrompt::pairing(
        &state.house.origin,
        code.canonical(),
        code.to_string(),
        expires_at.into(),
    );
    Ok(EnrollmentView {
        poll_after_ms: Some(1000),
        ..view(EnrollmentState::Waiting, vec![prompt])
    })
}

/// A phone's test.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Test<'a> {
    pub(crate) enrollment: &'a Enrollment,
    pub(crate) person: &'a Person,
    pub(crate) phone: AuthenticatorId,
    pub(crate) prompt: PromptId,
}

/// What became of it.
pub(crate) enum Outcome {
    /// Not answered, or not with the number.
    Pending(Box<EnrollmentView>),
    /// The number was typed: the phone may count.
    Passed(Box<Authenticator>),
    /// Another request was first.
    TakenElsewhere,
}

impl Test<'_> {
    /// Consumes the answer, if it is there.
    pub(crate) async fn outcome(self, state: &crate::State) -> ApiResult<Outcome> {
        let (account, now) = (self.enrollment.account, state.house.now());
        let ledger = state.prompts.ledger(account, Consistency::Strong).await?;
        if !ledger.prompt(self.prompt).is_some_and(|prompt| prompt.is_approved(now)) {
            return Ok(Outcome::Pending(Box::new(self.draw(state, &ledger).await?)));
        }
        let purpose = Purpose::Test {
            flow: self.enrollment.id,
        };
        let consumed = ledger.consume(self.prompt, purpose, now)?;
        let attempt = AttemptId::new(now, state.house.entropy.as_ref());
        if state.prompts.save_ledger(&consumed.ledger, attempt).await? == Saved::Lost {
            return Ok(Outcome::TakenElsewhere);
        }
        let tested = self.person.authenticator(self.phone).cloned();
        Ok(Outcome::Passed(Box::new(tested.ok_or(Refusal::EnrollmentExpired)?)))
    }

    async fn draw(self, state: &crate::State, ledger: &Ledger) -> ApiResult<EnrollmentView> {
        let Self {
            enrollment,
            person,
            phone,
            prompt: id,
        } = self;
        let view = |at, prompts| EnrollmentView::new(enrollment, at, prompts);
        let ended = |why| EnrollmentView {
            ended: Some(Ended::from(why)),
            ..view(EnrollmentState::Ended, Vec::new())
        };
        let Some(prompt) = ledger.prompt(id) else {
            return Ok(ended(Refusal::ChallengeSuperseded));
        };
        Ok(match prompt.state {
            PromptState::Waiting if prompt.is_open(state.house.now()) => {
                let number = number_of(
                    state.house.keys.keyring().await?.pepper.expose(),
                    prompt.id,
                    prompt.number_length,
                );
                let drawn = EnrollmentPrompt::Number {
                    prompt_id: prompt.id.to_string(),
                    number: number.digits().expose().clone(),
                    expires_at: prompt.expires_at.into(),
                    device: person
                        .authenticator(phone)
                        .map(|one| one.name.to_string())
                        .unwrap_or_default(),
                    delivery: PushDelivery::Sent,
                };
                let poll_after_ms = Some(poll_after_ms(prompt.opened_at, state.house.now()));
                EnrollmentView {
                    poll_after_ms,
                    ..view(EnrollmentState::Testing, vec![drawn])
                }
            }
            PromptState::Denied {
                reason: DenyReason::NotMe,
            } => ended(Refusal::ChallengeReported),
            PromptState::Denied {
                reason: DenyReason::ChangedMind,
            } => ended(Refusal::ChallengeDenied),
            PromptState::Mismatched => ended(Refusal::NumberMismatch),
            PromptState::Waiting
            | PromptState::Unanswered
            | PromptState::Approved { .. }
            | PromptState::Consumed
            | PromptState::Withdrawn => ended(Refusal::ChallengeExpired),
        })
    }
}

/// The test as the page draws it.
pub(super) async fn drawn(
    state: &crate::State,
    enrollment: &Enrollment,
    person: &Person,
    phone: AuthenticatorId,
    prompt: PromptId,
) -> ApiResult<EnrollmentView> {
    let ledger = state.prompts.ledger(enrollment.account, Consistency::Strong).await?;
    let test = Test {
        enrollment,
        person,
        phone,
        prompt,
    };
    test.draw(state, &ledger).await
}
