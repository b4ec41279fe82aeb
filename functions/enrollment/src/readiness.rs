//! How an account stands, as the API shows it: what if the phone is lost, the weakest way in, what to add.

use countersign_domain::methods::Authenticator;
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::readiness::{self as domain, PhoneLost};
use countersign_domain::strengths::{Combination, Evaluation, Standing};
use countersign_platform::http::words::Strength;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// How the account stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// What happens if the phone is lost today.
    phone_lost: PhoneLostState,
    /// What would still sign in then.
    left: Vec<WayIn>,
    /// The weakest way in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    weakest: Option<WayIn>,
    /// What to add, the most useful first.
    add: Vec<Advice>,
    /// How it stands to each strength: those that are built in, then the organization's own.
    strengths: Vec<StrengthStanding>,
}

/// How the account stands to a strength.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StrengthStanding {
    #[schema(example = "phishing_resistant")]
    name: String,
    /// Whether every organization has it.
    built_in: bool,
    /// Whether the account's methods are enough for it.
    reached: bool,
    /// What is missing: for each combination the rest of it, the shortest first. Empty where it is reached.
    #[schema(example = json!([["passkey"]]))]
    missing: Vec<Vec<String>>,
}

/// What happens if the phone is lost.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhoneLostState {
    /// Nothing of the account is on a phone.
    NoPhone,
    /// Other ways are left.
    StillIn,
    /// None is left.
    LockedOut,
}

/// A way into the account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WayIn {
    /// `aut_…`.
    id: String,
    #[schema(value_type = String, example = "totp")]
    kind: &'static str,
    #[schema(value_type = String)]
    title: &'static str,
    /// What the member calls it.
    name: String,
    strength: Strength,
    /// What it lacks most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    lacks: Option<&'static str>,
}

/// A method to add.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Advice {
    #[schema(value_type = String, example = "totp")]
    kind: &'static str,
    #[schema(value_type = String)]
    title: &'static str,
    why: AdviceReason,
}

/// Why it should be added.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AdviceReason {
    /// There is no method yet.
    First,
    /// Losing the phone would lock the member out.
    PhoneLost,
    /// No method withstands a false page.
    Phishing,
    /// There is no spare.
    Spare,
}

impl Readiness {
    pub(crate) fn of(person: &Person, policy: &Policy, now: Timestamp) -> Self {
        let domain::Readiness {
            phone_lost,
            weakest,
            add,
        } = person.readiness(policy, now);
        let (phone_lost, left) = match phone_lost {
            PhoneLost::NoPhone => (PhoneLostState::NoPhone, Vec::new()),
            PhoneLost::StillIn(left) => (PhoneLostState::StillIn, left),
            PhoneLost::LockedOut => (PhoneLostState::LockedOut, Vec::new()),
        };
        Self {
            phone_lost,
            left: left.into_iter().map(WayIn::of).collect(),
            weakest: weakest.map(WayIn::of),
            add: add.into_iter().map(Advice::of).collect(),
            strengths: person.strengths(policy).into_iter().map(StrengthStanding::of).collect(),
        }
    }
}

impl StrengthStanding {
    fn of(standing: Standing<'_>) -> Self {
        let (reached, missing) = match standing.account {
            Evaluation::Satisfied => (true, Vec::new()),
            Evaluation::Missing(rests) => (false, rests),
        };
        let words = |rest: Combination| rest.iter().map(|one| one.as_str().to_owned()).collect();
        Self {
            name: standing.name.to_owned(),
            built_in: standing.built_in,
            reached,
            missing: missing.into_iter().map(words).collect(),
        }
    }
}

impl WayIn {
    fn of(one: &Authenticator) -> Self {
        let method = one.method();
        Self {
            id: one.id.to_string(),
            kind: method.kind(),
            title: method.title(),
            name: one.name.to_string(),
            strength: method.strength().into(),
            lacks: method.lacks().first().copied(),
        }
    }
}

impl Advice {
    fn of(advice: domain::Advice) -> Self {
        let method = advice.kind.method();
        Self {
            kind: method.kind(),
            title: method.title(),
            why: match advice.why {
                domain::Why::First => AdviceReason::First,
                domain::Why::PhoneLost => AdviceReason::PhoneLost,
                domain::Why::Phishing => AdviceReason::Phishing,
                domain::Why::Spare => AdviceReason::Spare,
            },
        }
    }
}
