//! What an operator asks by invoking the function itself (`aws lambda invoke`): no address leads here, IAM alone decides who may.

use countersign_domain::invitations::{For, Invitation};
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::house::House;
use countersign_platform::store::KeepInvitations;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::State;

/// Answers an event such as `{"countersign":"first-administrator-link"}`.
pub async fn answer(state: &State, event: &Value) -> Result<Value, Fault> {
    match event.get("countersign").and_then(Value::as_str) {
        Some("first-administrator-link") => Ok(
            match first_administrator_link(&state.house, state.invitations.as_ref()).await? {
                Some((link, expires_at)) => {
                    tracing::info!("a link for the first administrator was made");
                    json!({ "link": link.expose(), "expires_at": expires_at.to_string() })
                }
                None => json!({
                    "code": "account.state_conflict",
                    "detail": "The organization has had its first administrator.",
                    "fix": "Ask an administrator for an enrollment link.",
                }),
            },
        ),
        _ => Ok(json!({
            "code": "request.malformed",
            "detail": "The event names no act that this function knows.",
            "fix": "Send {\"countersign\":\"first-administrator-link\"}.",
        })),
    }
}

/// A link that sets the organization up, and until when it is good, once; `None` when that has been done.
pub async fn first_administrator_link(
    house: &House,
    invitations: &dyn KeepInvitations,
) -> Result<Option<(Secret<String>, Timestamp)>, Fault> {
    if invitations.is_set_up().await? {
        return Ok(None);
    }
    let (invitation, token) = Invitation::new(
        For::FirstAdministrator,
        &house.policy,
        house.entropy.as_ref(),
        house.now(),
    );
    invitations.invite(&invitation).await?;
    Ok(Some((token.link(&house.origin), invitation.expires_at)))
}
