//! Binding a code generator: a seed is shown, and its first code makes it count.

use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::methods::{Authenticator, Binding, Response, Spend, Verdict};
use countersign_domain::names::MethodName;
use countersign_domain::people::Person;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::http::ApiResult;
use countersign_platform::seeds;

use crate::view::{EnrollmentPrompt, EnrollmentState, EnrollmentView};

/// Draws a seed.
pub(super) async fn begin(state: &crate::State, bare: Enrollment) -> ApiResult<Enrollment> {
    let seed = totp::new_seed(state.house.entropy.as_ref());
    let sealed_seed = seeds::seal_offered(&state.house, bare.account, bare.id, &seed).await?;
    Ok(Enrollment {
        stage: Stage::Seed { sealed_seed },
        ..bare
    })
}

/// The seed, for scanning and for typing.
pub(super) async fn draw(
    state: &crate::State,
    enrollment: &Enrollment,
    person: &Person,
    sealed_seed: &str,
) -> ApiResult<EnrollmentView> {
    let seed = seeds::open_offered(&state.house, enrollment.account, enrollment.id, sealed_seed).await?;
    let generator = Generator::usual(String::new());
    let user_name = person.account.user_name.as_str();
    let offer = totp::offer(&generator, &seed, &state.house.organization, user_name)
        .ok_or(Fault::Defect("a seed that no generator takes"))?;
    let (uri, secret) = (offer.uri.expose().clone(), offer.typed.expose().clone());
    let prompt = EnrollmentPrompt::totp(uri, secret, generator.digits, generator.period);
    Ok(EnrollmentView::new(enrollment, EnrollmentState::Waiting, vec![prompt]))
}

/// The generator that a right code makes of a ceremony's seed. Wrong codes are not counted here: whoever sees the page has the seed.
pub(super) async fn tested(
    state: &crate::State,
    enrollment: &Enrollment,
    sealed_seed: &str,
    code: &Secret<String>,
) -> ApiResult<Authenticator> {
    let (house, now, account) = (&state.house, state.house.now(), enrollment.account);
    let seed = seeds::open_offered(house, account, enrollment.id, sealed_seed).await?;
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let generator = Generator::usual(seeds::seal(house, account, id, &seed).await?);
    let name = enrollment
        .name
        .clone()
        .map_or_else(|| "Code generator".parse::<MethodName>(), Ok)?;
    let mut authenticator = Authenticator::bound(id, account, name, Binding::Totp(generator), now);
    match authenticator.check(Some(&seed), &Response::Code(code), now) {
        // The code that confirms is used up by it: it cannot be the one that signs in.
        Verdict::Right(Spend::Mark { mark, .. }) => authenticator.mark = Some(mark),
        Verdict::Right(Spend::Prompt) | Verdict::Wrong => return Err(Refusal::CodeRejected.into()),
    }
    Ok(authenticator)
}
