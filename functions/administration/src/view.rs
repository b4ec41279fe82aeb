//! A person as administrators see one: never a secret.

use countersign_domain::accounts::Account;
use countersign_domain::methods::Standing;
use countersign_domain::people::Person;
use countersign_platform::http::time::Time;
use countersign_platform::http::words::{AccountStatus, Role};
use serde::Serialize;
use utoipa::ToSchema;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonView {
    /// `acc_…`.
    id: String,
    user_name: String,
    display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    mail: Option<String>,
    role: Role,
    status: AccountStatus,
    /// How many second factors are bound; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    methods: Option<usize>,
    /// The groups that policy goes by; absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    groups: Option<Vec<String>>,
    created_at: Time,
}

impl PersonView {
    pub(crate) fn listed(account: &Account) -> Self {
        Self {
            id: account.id.to_string(),
            user_name: account.user_name.to_string(),
            display_name: account.display_name.to_string(),
            mail: account.mail.as_ref().map(ToString::to_string),
            role: account.role.into(),
            status: account.status.into(),
            methods: None,
            groups: None,
            created_at: account.created_at.into(),
        }
    }

    pub(crate) fn whole(person: &Person) -> Self {
        let methods = person
            .authenticators
            .iter()
            .filter(|one| one.standing == Standing::Active && !one.method().is_temporary())
            .count();
        Self {
            methods: Some(methods),
            groups: Some(person.account.groups.iter().map(ToString::to_string).collect()),
            ..Self::listed(&person.account)
        }
    }
}
