//! What is special about binding a method: one file a method, and its line in each step of the ceremony.

pub(crate) mod authenticator;
pub(crate) mod hardware_oath;
pub(crate) mod passkey;
pub(crate) mod phone;
pub(crate) mod recovery_codes;
pub(crate) mod totp;

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::methods::{Authenticator, MethodKind};
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiResult;

use crate::begin::AddMethod;
use crate::confirm::ConfirmEnrollment;
use crate::view::EnrollmentView;

/// The ceremony at the stage that a method begins with. `bare` is at its first stage whatever the method.
pub(crate) async fn begin(
    state: &crate::State,
    kind: MethodKind,
    person: &Person,
    bare: Enrollment,
    request: &AddMethod,
) -> ApiResult<Enrollment> {
    match kind {
        MethodKind::PASSKEY => Ok(passkey::begin(state, bare, request.attachment.map(Into::into))),
        MethodKind::AUTHENTICATOR => Ok(bare),
        MethodKind::HARDWARE_OATH => hardware_oath::begin(bare, request.serial.as_deref()),
        MethodKind::TOTP => totp::begin(state, bare).await,
        MethodKind::RECOVERY_CODES => recovery_codes::begin(state, bare).await,
        MethodKind::SMS | MethodKind::VOICE => Ok(phone::begin(state, kind, person, request, bare)?),
        _ => Err(Refusal::MethodNotOffered.into()),
    }
}

/// The ceremony as the page draws it.
pub(crate) async fn draw(state: &crate::State, enrollment: &Enrollment, person: &Person) -> ApiResult<EnrollmentView> {
    match &enrollment.stage {
        Stage::Pairing => authenticator::pairing(state, enrollment).await,
        Stage::Testing { authenticator, prompt } => {
            authenticator::drawn(state, enrollment, person, *authenticator, *prompt).await
        }
        Stage::Seed { sealed_seed } => totp::draw(state, enrollment, person, sealed_seed).await,
        Stage::Passkey { challenge, attachment } => passkey::draw(state, enrollment, person, challenge, *attachment),
        Stage::Codes { sealed_codes } => recovery_codes::draw(state, enrollment, sealed_codes).await,
        Stage::Token { serial } => Ok(hardware_oath::draw(enrollment, serial)),
        Stage::Message { line, .. } => Ok(phone::draw(state, enrollment, line)),
    }
}

/// The authenticator that the member's first use makes of a ceremony, and the ceremony as it was judged by.
pub(crate) async fn tested(
    state: &crate::State,
    enrollment: Enrollment,
    person: &Person,
    answer: &ConfirmEnrollment,
) -> ApiResult<(Authenticator, Enrollment)> {
    let authenticator = match &enrollment.stage {
        Stage::Message { .. } => return phone::tested(state, &enrollment, answer.code()?).await,
        Stage::Passkey { challenge, attachment } => {
            passkey::tested(state, &enrollment, person, challenge, *attachment, answer).await?
        }
        Stage::Seed { sealed_seed } => totp::tested(state, &enrollment, sealed_seed, answer.code()?).await?,
        Stage::Token { serial } => hardware_oath::tested(state, &enrollment, serial, answer.code()?).await?,
        Stage::Codes { sealed_codes } => {
            recovery_codes::tested(state, &enrollment, sealed_codes, answer.code()?).await?
        }
        Stage::Pairing | Stage::Testing { .. } => return Err(Refusal::EnrollmentExpired.into()),
    };
    Ok((authenticator, enrollment))
}
