//! Binding a passkey or security key: a challenge is drawn, and the credential that answers it counts at once, having been used.

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::passkey::{Attachment, new_challenge};
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::names::MethodName;
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiResult;
use countersign_platform::passkeys::{Asked, RelyingParty};

use crate::confirm::ConfirmEnrollment;
use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// Draws a challenge.
pub(super) fn begin(state: &crate::State, bare: Enrollment, attachment: Option<Attachment>) -> Enrollment {
    let challenge = new_challenge(state.house.entropy.as_ref());
    Enrollment {
        stage: Stage::Passkey { challenge, attachment },
        ..bare
    }
}

/// What the browser is asked.
pub(super) fn draw(
    state: &crate::State,
    enrollment: &Enrollment,
    person: &Person,
    challenge: &str,
    attachment: Option<Attachment>,
) -> ApiResult<EnrollmentView> {
    let active = person
        .authenticators
        .iter()
        .filter(|one| one.standing == Standing::Active);
    let existing = active.filter_map(|one| one.binding.passkey()).map(Into::into);
    let party = RelyingParty::of(&state.house)?;
    let options = party.creation_options(asked(person, challenge, attachment), &person.account, existing);
    let prompt = EnrollmentPrompt::Passkey { options };
    Ok(EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt]))
}

/// The passkey that a credential makes. That no account has it is looked at here to say so, and made sure by the write.
pub(super) async fn tested(
    state: &crate::State,
    enrollment: &Enrollment,
    person: &Person,
    challenge: &str,
    attachment: Option<Attachment>,
    answer: &ConfirmEnrollment,
) -> ApiResult<Authenticator> {
    let (house, now) = (&state.house, state.house.now());
    let given = answer.credential.as_ref();
    let given = given.ok_or(Refusal::Malformed("A passkey is confirmed with its credential."))?;
    let passkey = RelyingParty::of(house)?.register(given, asked(person, challenge, attachment))?;
    if state.bind.is_claimed(&passkey.claim()).await? {
        return Err(Refusal::PasskeyTaken.into());
    }
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let name = match (&answer.name, &enrollment.name) {
        (Some(name), _) => name.parse::<MethodName>()?,
        (None, Some(name)) => name.clone(),
        (None, None) => "Passkey".parse::<MethodName>()?,
    };
    let binding = Binding::Passkey(passkey);
    Ok(Authenticator::bound(id, enrollment.account, name, binding, now))
}

fn asked<'a>(person: &'a Person, challenge: &'a str, attachment: Option<Attachment>) -> Asked<'a> {
    Asked {
        challenge,
        attachment,
        settings: &person.rules.passkey.settings,
    }
}
