//! `GET /api/v1/me/methods`: what an account has, what it may add, and why it may not add the rest.

use axum::extract::State;
use countersign_domain::encoding::base64url;
use countersign_domain::methods::pass::PassStanding;
use countersign_domain::methods::rules::Bar;
use countersign_domain::methods::{Authenticator, Binding, MethodKind, Standing};
use countersign_domain::people::{Because, Offered, Person};
use countersign_domain::refusal::Refusal;
use countersign_platform::http::refusals::said;
use countersign_platform::http::session::AnySession;
use countersign_platform::http::time::Time;
use countersign_platform::http::words::Strength;
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::passkeys::RelyingParty;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::readiness::Readiness;
use crate::view::MethodView;

/// An account's methods.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Methods)]
pub(crate) struct Overview {
    /// The default first, then the strongest; the password last.
    methods: Vec<MethodView>,
    /// What may be added, strongest first.
    addable: Vec<Addable>,
    /// What may not, and why.
    not_available: Vec<NotAvailable>,
    /// Until when methods may be changed without proving again who it is.
    fresh_until: Time,
    /// Whether the strongest method is asked first, whatever the default is.
    system_preferred: bool,
    readiness: Readiness,
    /// What the browser may keep of this account.
    accepted: AcceptedCredentials,
}

/// The passkeys that this account has: for `PublicKeyCredential.signalAllAcceptedCredentials()`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AcceptedCredentials {
    rp_id: String,
    /// The user handle, base64url.
    user_id: String,
    /// Base64url.
    credential_ids: Vec<String>,
}

/// A method that may be added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Addable {
    #[schema(value_type = String, example = "totp")]
    kind: &'static str,
    #[schema(value_type = String)]
    title: &'static str,
    #[schema(value_type = String)]
    description: &'static str,
    strength: Strength,
    /// The countries whose numbers may be added, where a number is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    countries: Vec<AllowedCountry>,
}

/// A country whose numbers may be added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AllowedCountry {
    /// Two letters (ISO 3166-1).
    #[schema(example = "PT")]
    code: String,
    /// What its numbers begin with after the `+`.
    calling_code: u16,
}

/// A method that may not be added now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotAvailable {
    #[schema(value_type = String, example = "totp")]
    kind: &'static str,
    #[schema(value_type = String)]
    title: &'static str,
    #[schema(value_type = String, example = "method.limit_reached")]
    code: &'static str,
    /// In a sentence.
    reason: String,
    /// The rule that says so.
    #[schema(example = "Methods policy: Code generator app")]
    policy: String,
}

/// The account's methods.
#[utoipa::path(
    get, path = "/api/v1/me/methods", tag = "enrollment",
    responses((status = 200, body = Overview), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn methods(
    State(state): State<crate::State>,
    AnySession(session): AnySession,
) -> ApiResult<Json<Overview>> {
    let policy = &state.house.policy;
    let person = state.person(&session).await?;
    let mut active: Vec<_> = person
        .authenticators
        .iter()
        .filter(|one| one.standing == Standing::Active && is_shown(one, state.house.now()))
        .collect();
    active.sort_by_key(|one| {
        (
            person.account.default != Some(one.id),
            one.method().is_spare() && !one.method().is_temporary(),
            one.kind().rank(),
            one.added_at,
            one.id,
        )
    });
    let methods = active
        .iter()
        .map(|one| MethodView::of(&person, one, policy))
        .chain(MethodView::password(&person))
        .collect();
    let (mut addable, mut not_available) = (Vec::new(), Vec::new());
    for (kind, offered) in person.offers(policy, state.house.now()) {
        let method = kind.method();
        let title = method.title();
        let offered = match offered {
            Offered::Yes if kind == MethodKind::VOICE && !state.deliver.places_calls() => {
                Offered::No(Refusal::VoiceNotSetUp, Because::NotSetUp)
            }
            offered => offered,
        };
        match offered {
            Offered::Yes => {
                addable.push(Addable {
                    kind: kind.as_str(),
                    title,
                    description: method.description(),
                    strength: method.strength().into(),
                    countries: countries(&person, kind),
                });
            }
            // New ones are made where the old ones are listed.
            Offered::No(Refusal::MethodLimitReached, _) if method.renews() => {}
            Offered::No(refusal, because) => {
                let (policy, reason) = rule_of(title, &because);
                not_available.push(NotAvailable {
                    kind: kind.as_str(),
                    title,
                    code: said(&refusal).code,
                    reason,
                    policy,
                });
            }
        }
    }
    Ok(Json(Overview {
        methods,
        addable,
        not_available,
        fresh_until: session.fresh_until(policy).into(),
        system_preferred: person.rules.system_preferred,
        readiness: Readiness::of(&person, policy, state.house.now()),
        accepted: AcceptedCredentials {
            rp_id: RelyingParty::of(&state.house)?.id().to_owned(),
            user_id: base64url(person.account.id.handle()),
            credential_ids: active
                .iter()
                .filter_map(|one| Some(one.binding.passkey()?.credential_id.clone()))
                .collect(),
        },
    }))
}

/// A pass that can no longer be used is not shown: there is nothing to do about it.
fn is_shown(one: &Authenticator, now: Timestamp) -> bool {
    match &one.binding {
        Binding::Pass(pass) => matches!(pass.standing(now), PassStanding::Open | PassStanding::NotYet),
        _ => true,
    }
}

/// The countries whose numbers a method takes.
fn countries(person: &Person, kind: MethodKind) -> Vec<AllowedCountry> {
    let named = person.rules.phones(kind).into_iter().flat_map(|rules| &rules.countries);
    named
        .filter_map(|country| {
            Some(AllowedCountry {
                code: country.to_string(),
                calling_code: country.calling_code()?,
            })
        })
        .collect()
}

/// The rule that keeps a method from an account, by the name that the policy page gives it, and what it says in a sentence.
fn rule_of(title: &str, because: &Because) -> (String, String) {
    let methods_policy = || format!("Methods policy: {title}");
    match because {
        Because::Policy(Bar::Off) => (
            methods_policy(),
            "Your organization has switched this method off.".to_owned(),
        ),
        Because::Policy(Bar::Excluded(group)) => (
            methods_policy(),
            format!("This method is not for members of the group {group}, and you are one."),
        ),
        Because::Policy(Bar::NotIncluded) => (
            methods_policy(),
            "This method is only for certain groups, and you are in none of them.".to_owned(),
        ),
        Because::NoCountry => (
            methods_policy(),
            "Your organization has not said to which countries codes may be sent.".to_owned(),
        ),
        Because::NotSetUp => (
            "Set-up of phone calls".to_owned(),
            "Your organization has not set up phone calls.".to_owned(),
        ),
        Because::Limit(most) => (
            "Limit of methods for each account".to_owned(),
            format!(
                "Your account has as many methods of this kind as it may have: {most}. Remove one that you no longer use."
            ),
        ),
        Because::Spare => (
            format!("{title} beside another method"),
            "They are a spare beside a sign-in method that you use every day. Add one of those first.".to_owned(),
        ),
    }
}
