//! A few people to look around with, for `make run DEMO=1`.

use countersign_domain::accounts::{Account, Role};
use countersign_domain::delivery::{Delivery, Mail};
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::names::{DisplayName, MailAddress, UserName};
use countersign_domain::refusal::Refusal;
use countersign_platform::http::ApiResult;
use countersign_platform::store::{Saved, Store};

use crate::service::Parts;

const PEOPLE: [(&str, &str); 4] = [
    ("grace", "Grace Hopper"),
    ("alan", "Alan Turing"),
    ("katherine", "Katherine Johnson"),
    ("edsger", "Edsger Dijkstra"),
];

/// Invites the demo people; those who are there already stay as they are. Their links are in the outbox.
pub async fn invite<T: Store + 'static>(parts: &Parts<T>) -> ApiResult<usize> {
    let mut invited = 0;
    for (user_name, display_name) in PEOPLE {
        let (now, entropy) = (parts.clock.now(), parts.entropy.as_ref());
        let mail = format!("{user_name}@example.org").parse::<MailAddress>()?;
        let (user_name, display_name): (UserName, DisplayName) = (user_name.parse()?, display_name.parse()?);
        let account = Account::invited(
            AccountId::new(now, entropy),
            user_name,
            display_name,
            Some(mail),
            Role::Member,
            now,
        );
        if parts.store.create(&account, None).await? == Saved::Lost {
            continue;
        }
        let whom = For::Enrollment { account: account.id };
        let (invitation, token) = Invitation::new(whom, &parts.policy, entropy, now);
        parts.store.invite(&invitation).await?;
        let link = token.link(&parts.config.origin);
        let message = Mail::EnrollmentLink {
            display_name: account.display_name.to_string(),
            link,
        };
        let to = account
            .mail
            .as_ref()
            .map(ToString::to_string)
            .ok_or(Refusal::MailInvalid)?;
        let _ = parts.deliver.deliver(&Delivery::Mail { to, message }).await;
        invited += 1;
    }
    Ok(invited)
}
