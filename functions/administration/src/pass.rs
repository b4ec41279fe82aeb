//! `/api/v1/people/{id}/pass`: a temporary access pass for somebody who has nothing else to sign in with.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::activity::What;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::pass::{LONGEST, PassStanding, SHORTEST, Wanted};
use countersign_domain::methods::{Authenticator, Binding, MethodKind};
use countersign_domain::names::MethodName;
use countersign_domain::notices::Change;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_platform::ending::end_opened;
use countersign_platform::fault::Fault;
use countersign_platform::http::session::{FreshSession, FullSession};
use countersign_platform::http::time::Time;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::looking_up;
use countersign_platform::noticing::Notifier;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::{Record, Saved};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a pass is called where methods are listed.
const NAME: &str = "Temporary access pass";

/// What to issue. What is left out is as policy has it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssuePass {
    /// How long it is good, within what `allowed` says.
    #[serde(default)]
    lifetime_minutes: Option<u32>,
    /// How many characters, 8 to 48.
    #[serde(default)]
    length: Option<u8>,
    /// Whether it opens one session only; it does if nothing is said.
    #[serde(default)]
    one_time: Option<bool>,
    /// When it begins; at once if nothing is said. At most 30 days ahead.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
}

/// Where a pass stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PassStatus {
    /// It begins later.
    NotYet,
    /// It can be used.
    Open,
    /// It was good for one sign-in, and has been used. What it opened goes on until `ends_at`.
    Used,
}

/// A pass, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pass)]
pub(crate) struct PassView {
    /// `aut_…`.
    id: String,
    status: PassStatus,
    issued_at: Time,
    starts_at: Time,
    /// When it is over, with every session that it opened.
    ends_at: Time,
    one_time: bool,
    /// How many sessions it has opened.
    uses: u64,
}

/// A pass, with its secret: this once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IssuedPass {
    /// What the person types; dashes do not matter.
    #[schema(example = "7K3M-Q9XW")]
    secret: String,
    pass: PassView,
}

/// What policy allows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassAllowed {
    default_lifetime_minutes: u32,
    min_lifetime_minutes: u32,
    max_lifetime_minutes: u32,
    default_length: u8,
    min_length: u8,
    max_length: u8,
    /// Whether every pass is for one sign-in.
    one_time_only: bool,
}

/// A person's pass, and what may be issued.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonPass {
    /// Absent if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pass: Option<PassView>,
    /// Absent if no pass can be issued for this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    allowed: Option<PassAllowed>,
}

impl PassView {
    fn of(one: &Authenticator, now: Timestamp) -> Option<Self> {
        let Binding::Pass(pass) = &one.binding else {
            return None;
        };
        let status = match pass.standing(now) {
            PassStanding::NotYet => PassStatus::NotYet,
            PassStanding::Open => PassStatus::Open,
            PassStanding::Used => PassStatus::Used,
            PassStanding::Over => return None,
        };
        Some(Self {
            id: one.id.to_string(),
            status,
            issued_at: one.added_at.into(),
            starts_at: pass.starts_at.into(),
            ends_at: pass.ends_at.into(),
            one_time: pass.once,
            uses: pass.uses,
        })
    }
}

impl PassAllowed {
    fn to(person: &Person) -> Self {
        let settings = person.rules.pass.settings;
        Self {
            default_lifetime_minutes: settings.default_lifetime_minutes,
            min_lifetime_minutes: settings.min_lifetime_minutes,
            max_lifetime_minutes: settings.max_lifetime_minutes,
            default_length: settings.default_length,
            min_length: SHORTEST,
            max_length: LONGEST,
            one_time_only: settings.one_time_only,
        }
    }
}

/// Show a person's pass: until when, used or not; never the pass itself.
#[utoipa::path(
    get, path = "/api/v1/people/{id}/pass", operation_id = "show_pass", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 200, body = PersonPass), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn show(
    State(state): State<crate::State>,
    FullSession(session): FullSession,
    Path(id): Path<String>,
) -> ApiResult<Json<PersonPass>> {
    state.administrator(&session).await?;
    let person = state.find(&id).await?;
    let now = state.house.now();
    let issuable = person.may_be_issued_a_pass(session.account).is_ok();
    Ok(Json(PersonPass {
        pass: person.current_pass(now).and_then(|(one, _)| PassView::of(one, now)),
        allowed: issuable.then(|| PassAllowed::to(&person)),
    }))
}

/// Issue a pass for somebody else. It is shown once.
///
/// An account has one: a new pass replaces the one before, and what that one opened ends. Needs a proof not older than five minutes.
#[utoipa::path(
    post, path = "/api/v1/people/{id}/pass", operation_id = "issue_pass", tag = "administration", request_body = IssuePass,
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 201, body = IssuedPass), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn issue(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
    Json(request): Json<IssuePass>,
) -> ApiResult<(StatusCode, Json<IssuedPass>)> {
    state.administrator(&session).await?;
    let (house, now) = (&state.house, state.house.now());
    let mut person = state.find(&id).await?;
    person.may_be_issued_a_pass(session.account)?;
    let wanted = Wanted {
        lifetime_minutes: request.lifetime_minutes,
        length: request.length,
        one_time: request.one_time,
        starts_at: request.starts_at,
    };
    let terms = person.rules.pass.settings.terms(wanted, now)?;
    let (pass, secret) = looking_up::issue_pass(house, terms).await?;
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let tell = told(&state, &person, What::PassIssued, &caller);
    for _ in 0..ROUNDS {
        let issued = person.issue_pass(id, NAME.parse::<MethodName>()?, pass.clone(), now);
        if state.passes.issue_pass(&issued, Some(&tell)).await? == Saved::Won {
            let ports = (state.sessions.as_ref(), state.end.as_ref());
            end_opened(ports, person.account.id, &issued.replaces, None).await?;
            let notifier = Notifier {
                house,
                deliver: state.deliver.as_ref(),
            };
            let place = Place::default(); // the administrator's own is nobody else's business
            notifier
                .tell(&person.account, Change::PassIssued, (MethodKind::PASS, NAME), &place)
                .await;
            let view = PassView::of(&issued.authenticator, now).ok_or(Fault::Defect("a pass that is over at once"))?;
            let secret = secret.expose().clone();
            return Ok((StatusCode::CREATED, Json(IssuedPass { secret, pass: view })));
        }
        // The account changed meanwhile: another administrator, or its member.
        person = state.find(&person.account.id.to_string()).await?;
        person.may_be_issued_a_pass(session.account)?;
    }
    Err(Fault::unavailable("directory: issue a pass", "lost too often against others").into())
}

/// Revoke a pass. The sessions that it opened end with it.
#[utoipa::path(
    delete, path = "/api/v1/people/{id}/pass", operation_id = "revoke_pass", tag = "administration",
    params(("id" = String, Path, description = "The account's id, `acc_…`.")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn revoke(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    caller: Caller,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    state.administrator(&session).await?;
    for _ in 0..ROUNDS {
        let person = state.find(&id).await?;
        let removal = person.revoke_pass()?;
        let tell = told(&state, &person, What::PassRevoked, &caller);
        if state.passes.revoke_pass(&removal, Some(&tell)).await? == Saved::Won {
            let ports = (state.sessions.as_ref(), state.end.as_ref());
            end_opened(ports, person.account.id, &[removal.authenticator.id], None).await?;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::unavailable("directory: revoke a pass", "lost too often against others").into())
}

fn told(state: &crate::State, person: &Person, what: What, caller: &Caller) -> Record {
    let mut record = state.telling(person.account.id, what, caller);
    record.event = record.event.with(MethodKind::PASS.as_str(), NAME);
    record
}
