//! `POST /device/v1/pairings`: binds a phone's key to the account that showed the code.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::attempts::Attempts;
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::PairingClaims;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::verify::verify_pairing;
use countersign_domain::enrollment::{Enrollment, Stage, pairing_id};
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::authenticator::Phone;
use countersign_domain::methods::{Authenticator, Binding, Family, Standing};
use countersign_domain::names::MethodName;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::prompts::Purpose;
use countersign_domain::refusal::Refusal;
use countersign_platform::fault::Fault;
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Caller, Json, Problem};
use countersign_platform::prompting::Ask;
use countersign_platform::store::{Consistency, Saved};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A signed pairing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    /// Compact JWS, `typ` `countersign-pairing+jwt`.
    pairing: String,
}

/// The phone is bound, and waits for its test prompt.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Paired {
    /// `acc_…`.
    account_id: String,
    /// `aut_…`: the `kid` of everything that the phone signs from now on.
    authenticator_id: String,
    organization: String,
    user_name: String,
    display_name: String,
    /// When the older entry of the same installation was added, which this one will replace.
    replaces_added_at: Option<Time>,
}

/// Pair a phone.
#[utoipa::path(
    post, path = "/device/v1/pairings", tag = "relay", request_body = Pair,
    responses((status = 201, body = Paired), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn pair(
    State(state): State<crate::State>,
    caller: Caller,
    Json(request): Json<Pair>,
) -> ApiResult<(StatusCode, Json<Paired>)> {
    let house = &state.house;
    let now = house.now();
    let (key, claims) = verify_pairing(&request.pairing, &format!("{}/device/v1/pairings", house.origin), now)?;
    let id = pairing_id(house.keys.keyring().await?.pepper.expose(), &claims.code);
    // Taken by one write on condition: of any number of phones with the code, one gets on.
    let pairing = state
        .enrollments
        .take_pairing(&id, now)
        .await?
        .ok_or(Refusal::PairingExpired)?;
    let (person, enrollment) = tokio::try_join!(
        state.people.person(pairing.account, Consistency::Strong),
        state.enrollments.enrollment(pairing.account, pairing.enrollment),
    )?;
    let person = person
        .filter(|person| person.account.is_active())
        .ok_or(Refusal::PairingExpired)?;
    let open = |one: &Enrollment| one.is_open(now) && matches!(one.stage, Stage::Pairing);
    let enrollment = enrollment.filter(open).ok_or(Refusal::PairingExpired)?;
    let older = replaced(&person, &claims);
    if older.is_none()
        && enrollment.handed_over_by.is_none()
        && person.bound(Family::Authenticators, now) >= house.policy.most(Family::Authenticators)
    {
        return Err(Refusal::MethodLimitReached.into());
    }
    // A channel that cannot be registered costs the notification, not the pairing: the phone polls.
    let channel = state
        .deliver
        .register(claims.channel.clone())
        .await
        .unwrap_or(Channel::None);
    let authenticator = pending(&state, &person, &enrollment, key, &claims, channel, now)?;
    if state.bind.bind_pending(&authenticator).await? == Saved::Lost {
        return Err(Fault::Defect("an authenticator's id was taken").into());
    }
    let purpose = Purpose::Test { flow: enrollment.id };
    let opened = state
        .prompter()
        .open(Ask::to(
            &authenticator,
            &person.rules,
            purpose,
            "Test of your authenticator",
            &Place::from(&caller),
        ))
        .await?;
    if state
        .enrollments
        .save_enrollment(&enrollment.testing(authenticator.id, opened.prompt.id))
        .await?
        == Saved::Lost
    {
        return Err(Refusal::PairingExpired.into());
    }
    let paired = Paired {
        account_id: person.account.id.to_string(),
        authenticator_id: authenticator.id.to_string(),
        organization: house.organization.to_string(),
        user_name: person.account.user_name.to_string(),
        display_name: person.account.display_name.to_string(),
        replaces_added_at: older.map(Time::from),
    };
    Ok((StatusCode::CREATED, Json(paired)))
}

/// When the active entry of the same installation was added.
fn replaced(person: &Person, claims: &PairingClaims) -> Option<Timestamp> {
    person.authenticators.iter().find_map(|one| match &one.binding {
        Binding::Authenticator(phone)
            if one.standing == Standing::Active && phone.installation == claims.installation =>
        {
            Some(one.added_at)
        }
        _ => None,
    })
}

fn pending(
    state: &crate::State,
    person: &Person,
    enrollment: &Enrollment,
    key: DeviceKey,
    claims: &PairingClaims,
    channel: Channel,
    now: Timestamp,
) -> Result<Authenticator, Refusal> {
    let name = enrollment
        .name
        .clone()
        .map_or_else(|| claims.model.as_str().parse::<MethodName>(), Ok)?;
    Ok(Authenticator {
        id: AuthenticatorId::new(now, state.house.entropy.as_ref()),
        account: person.account.id,
        name,
        standing: Standing::Pending,
        added_at: now,
        last_used_at: None,
        expires_at: Some(enrollment.expires_at),
        attempts: Attempts::default(),
        mark: None,
        binding: Binding::Authenticator(Phone {
            key,
            channel,
            model: claims.model.clone(),
            language: claims.language.clone(),
            capabilities: claims.capabilities.clone(),
            installation: claims.installation,
        }),
    })
}
