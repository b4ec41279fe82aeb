//! Binding recovery codes: ten are shown, and one of them is typed to show that they were saved.

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::recovery_codes::Codes;
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::names::MethodName;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::http::ApiResult;
use countersign_platform::looking_up::{keep_codes, open_codes, seal_codes};

use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// Draws them. They stay sealed in the ceremony until it is confirmed, so that a reload shows the same ones.
pub(super) async fn begin(state: &crate::State, bare: Enrollment) -> ApiResult<Enrollment> {
    let codes = Codes::draw(state.house.entropy.as_ref());
    let sealed_codes = seal_codes(&state.house, bare.account, bare.id, &codes).await?;
    Ok(Enrollment {
        stage: Stage::Codes { sealed_codes },
        ..bare
    })
}

/// The codes, for saving.
pub(super) async fn draw(
    state: &crate::State,
    enrollment: &Enrollment,
    sealed_codes: &str,
) -> ApiResult<EnrollmentView> {
    let codes = open_codes(&state.house, enrollment.account, enrollment.id, sealed_codes).await?;
    let prompt = EnrollmentPrompt::RecoveryCodes { codes: codes.shown() };
    Ok(EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt]))
}

/// The set that one of its codes confirms. The code is not spent by that: it is typed on the page that shows it and opens nothing, and
/// whoever saved ten has ten. Wrong ones are not counted: whoever sees the page has the codes.
pub(super) async fn tested(
    state: &crate::State,
    enrollment: &Enrollment,
    sealed_codes: &str,
    code: &Secret<String>,
) -> ApiResult<Authenticator> {
    let (house, now, account) = (&state.house, state.house.now(), enrollment.account);
    let codes = open_codes(house, account, enrollment.id, sealed_codes).await?;
    if !codes.contains(code) {
        return Err(Refusal::CodeRejected.into());
    }
    let set = keep_codes(house, codes).await?;
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let name = enrollment
        .name
        .clone()
        .map_or_else(|| "Recovery codes".parse::<MethodName>(), Ok)?;
    Ok(Authenticator::bound(
        id,
        account,
        name,
        Binding::RecoveryCodes(set),
        now,
    ))
}
