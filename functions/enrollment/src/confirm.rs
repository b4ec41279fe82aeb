//! `POST /api/v1/me/enrollments/{id}/confirm`: the first code; and what makes a tested authenticator count.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use countersign_domain::activity::What;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::methods::{Authenticator, MethodKind};
use countersign_domain::notices::Change;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sessions::{Scope, Session};
use countersign_domain::sign_in::Verified;
use countersign_platform::ending::end_opened;
use countersign_platform::fault::Fault;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::step::Next;
use countersign_platform::http::{ApiResult, Caller, Json, Path, Problem};
use countersign_platform::opening::session_cookie;
use countersign_platform::passkeys::NewCredential;
use countersign_platform::prompting::ROUNDS;
use countersign_platform::store::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::ceremony::find;
use crate::kinds::{self, phone::is_one};
use crate::view::{EnrollmentState, EnrollmentView, MethodView};

/// What the new method gives at its first use: a generator or token its code, a number the code that was sent to it, recovery codes one of
/// them, a passkey its credential.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmEnrollment {
    /// As typed; spaces and dashes do not matter.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Password)]
    pub(crate) code: Option<Secret<String>>,
    /// What `navigator.credentials.create()` gave, as `toJSON()` writes it.
    #[serde(default)]
    pub(crate) credential: Option<NewCredential>,
    /// With a credential: what to call it, now that its maker is known.
    #[serde(default)]
    pub(crate) name: Option<String>,
}

impl ConfirmEnrollment {
    /// The code, where the method has one.
    pub(crate) fn code(&self) -> Result<&Secret<String>, Refusal> {
        self.code
            .as_ref()
            .ok_or(Refusal::Malformed("This method is confirmed with a code."))
    }
}

/// Confirm a new method by using it once.
///
/// Of a token, wrong serial number and wrong code are one answer (`token.rejected`), counted for the account and for the token.
#[utoipa::path(
    post, path = "/api/v1/me/enrollments/{id}/confirm", tag = "enrollment", request_body = ConfirmEnrollment,
    params(("id" = String, Path, description = "The ceremony's id, `enr_…`.")),
    responses((status = 200, body = EnrollmentView), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn confirm(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
    caller: Caller,
    Path(id): Path<String>,
    Json(request): Json<ConfirmEnrollment>,
) -> ApiResult<Response> {
    let enrollment = find(&state, &session, &id).await?;
    let person = state.person(&session).await?;
    let (authenticator, enrollment) = kinds::tested(&state, enrollment, &person, &request).await?;
    activate(&state, &caller, &session, person, authenticator, &enrollment).await
}

/// Makes an authenticator count that was just used for the first time. A session that existed to register it becomes a full one.
pub(crate) async fn activate(
    state: &crate::State,
    caller: &Caller,
    session: &Session,
    first_read: Person,
    authenticator: Authenticator,
    enrollment: &Enrollment,
) -> ApiResult<Response> {
    let mut person = first_read;
    for _ in 0..ROUNDS {
        let activation = person.activate(authenticator.clone(), &state.house.policy, state.house.now())?;
        let added = &activation.authenticator;
        let event = state
            .event(session.account, What::MethodAdded, caller)
            .with(added.kind().as_str(), added.name.as_str());
        let tell = state.house.telling(event);
        if state.bind.activate(&activation, enrollment, Some(&tell)).await? == Saved::Lost {
            // The account changed meanwhile, or this ceremony was finished elsewhere: look again, also whether the session still stands.
            state
                .sessions
                .session(session.account, &session.id)
                .await?
                .ok_or(Refusal::SessionRequired)?;
            let found = find(state, session, &enrollment.id.to_string()).await?;
            if is_one(&found) && found.version != enrollment.version {
                return Err(Refusal::CodeRejected.into()); // another code was sent, or a wrong one entered, since this one was judged
            }
            if let Some(claim) = authenticator.binding.claim()
                && state.bind.is_claimed(&claim).await?
            {
                return Err(Refusal::PasskeyTaken.into());
            }
            kinds::hardware_oath::is_still_free(state, &authenticator).await?;
            person = state.person(session).await?;
            continue;
        }
        let ports = (state.sessions.as_ref(), state.end.as_ref());
        end_opened(ports, session.account, &activation.replaces, Some(&session.id)).await?;
        let bound = activation.authenticator;
        let method = (bound.kind(), bound.name.as_str());
        let renewed = bound.kind() == MethodKind::RECOVERY_CODES && !activation.replaces.is_empty();
        let change = if renewed { Change::CodesRenewed } else { Change::Added };
        state
            .notifier()
            .tell(&person.account, change, method, &Place::from(caller))
            .await;
        person.account = activation.account;
        person
            .authenticators
            .retain(|one| one.id != bound.id && !activation.replaces.contains(&one.id));
        person.authenticators.push(bound.clone());
        let view = EnrollmentView {
            method: Some(MethodView::of(&person, &bound, &state.house.policy)),
            next: Some(Next::Return { to: "/".to_owned() }),
            ..EnrollmentView::new(enrollment, EnrollmentState::Complete, Vec::new())
        };
        return match session.scope {
            Scope::Full => Ok(Json(view).into_response()),
            Scope::Registration => {
                let verified = Verified::by_first_enrollment(session, &bound);
                let (full, token) = state.opening().open(&verified, Place::from(caller), None).await?;
                state.end.end_session(session.account, &session.id).await?;
                Ok((session_cookie(&state.house, &full, &token), Json(view)).into_response())
            }
        };
    }
    Err(Fault::unavailable("directory: activate a method", "lost too often against others").into())
}
