//! Notices: what a member is told over another channel when something about their methods was changed.

use jiff::Timestamp;

use crate::accounts::Account;
use crate::delivery::{Delivery, Mail};
use crate::place::Place;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A method was added.
    Added,
    /// A method was removed.
    Removed,
    /// A method got another name.
    Renamed,
    /// Another method is asked first.
    DefaultChanged,
    /// Somebody in charge issued a pass.
    PassIssued,
    /// New recovery codes were made; the old ones are void.
    CodesRenewed,
}

impl Change {
    /// All of them, for texts and tests that walk them.
    pub const ALL: [Self; 6] = [
        Self::Added,
        Self::Removed,
        Self::Renamed,
        Self::DefaultChanged,
        Self::PassIssued,
        Self::CodesRenewed,
    ];

    /// The word that its text is kept under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::DefaultChanged => "default_changed",
            Self::PassIssued => "pass_issued",
            Self::CodesRenewed => "codes_renewed",
        }
    }
}

/// One notice. It holds no secret and no id, and nothing that helps whoever reads the mailbox to get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whom it greets.
    pub display_name: String,
    /// What was changed.
    pub change: Change,
    /// The method's title: "Authenticator".
    pub method: String,
    /// What the member calls it.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// From where: place and browser, as far as they are known.
    pub from: Option<String>,
    /// The page that "This wasn't me" leads to.
    pub link: String,
}

impl Account {
    /// The notice of a change, over a channel that the change did not touch: the account's mail. None, if it has none.
    pub fn notice(
        &self,
        change: Change,
        (method, name): (&str, &str),
        place: &Place,
        origin: &str,
        now: Timestamp,
    ) -> Option<Delivery> {
        let to = self.mail.as_ref()?.to_string();
        let known = [place.place.as_deref(), place.browser.as_deref(), place.os.as_deref()];
        let known: Vec<&str> = known.into_iter().flatten().collect();
        let message = Mail::Notice(Notice {
            display_name: self.display_name.to_string(),
            change,
            method: method.to_owned(),
            name: name.to_owned(),
            at: now,
            from: (!known.is_empty()).then(|| known.join(", ")),
            link: format!("{origin}/activity"),
        });
        Some(Delivery::Mail { to, message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use crate::methods::testing::ada;

    #[test]
    fn a_notice_goes_to_the_accounts_mail_and_leads_to_its_activity() {
        let (mut account, place) = (ada(&Seeded::new("notices")), Place::default());
        let notice = |account: &Account| {
            let method = ("Authenticator", "Phone");
            account.notice(
                Change::Added,
                method,
                &place,
                "https://id.example.com",
                Timestamp::UNIX_EPOCH,
            )
        };
        assert!(notice(&account).is_none(), "there is nowhere to send it to");
        account.mail = Some("ada@example.org".parse().unwrap());
        let Some(Delivery::Mail {
            to,
            message: Mail::Notice(notice),
        }) = notice(&account)
        else {
            panic!("a mail")
        };
        assert_eq!(to, "ada@example.org");
        assert_eq!(
            (notice.link.as_str(), notice.from),
            ("https://id.example.com/activity", None)
        );
    }
}
