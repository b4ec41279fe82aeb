//! What a notice says, for the mail that carries it and for the outbox of the local run.

use countersign_domain::notices::{Change, Notice};

use super::text::filled;

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The subject.
    pub subject: String,
    /// The greeting.
    pub greeting: String,
    /// What was changed, when, and from where.
    pub body: String,
}

/// A notice in words.
pub fn told(notice: &Notice, organization: &str) -> Told {
    let at = notice.at.strftime("%-d %B %Y, %H:%M UTC").to_string();
    let when = match &notice.from {
        Some(from) => filled("mail.notice.when_from", &[("at", &at), ("from", from)]),
        None => filled("mail.notice.when", &[("at", &at)]),
    };
    let method = if notice.name == notice.method {
        notice.method.clone()
    } else {
        format!("{} ({})", notice.method, notice.name)
    };
    let gaps = [
        ("organization", organization),
        ("display_name", &notice.display_name),
        ("method", &method),
        ("when", &when),
    ];
    let (subject, body) = codes(notice.change);
    Told {
        subject: filled(subject, &gaps),
        greeting: filled("mail.greeting", &gaps),
        body: filled(body, &gaps),
    }
}

const fn codes(change: Change) -> (&'static str, &'static str) {
    match change {
        Change::Added => ("mail.notice.added.subject", "mail.notice.added.body"),
        Change::Removed => ("mail.notice.removed.subject", "mail.notice.removed.body"),
        Change::Renamed => ("mail.notice.renamed.subject", "mail.notice.renamed.body"),
        Change::DefaultChanged => (
            "mail.notice.default_changed.subject",
            "mail.notice.default_changed.body",
        ),
        Change::PassIssued => ("mail.notice.pass_issued.subject", "mail.notice.pass_issued.body"),
        Change::CodesRenewed => ("mail.notice.codes_renewed.subject", "mail.notice.codes_renewed.body"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn every_change_has_its_words() {
        for change in Change::ALL {
            let notice = Notice {
                display_name: "Ada".to_owned(),
                change,
                method: "Authenticator".to_owned(),
                name: "Phone".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                from: None,
                link: String::new(),
            };
            let told = told(&notice, "Example");
            assert!(
                told.subject.contains("Example") && !told.subject.starts_with("mail."),
                "{told:?}"
            );
            assert!(
                told.body.contains("on 1 January 1970, 00:00 UTC") && !told.body.contains('{'),
                "{told:?}"
            );
            assert_eq!(told.greeting, "Hello Ada,");
        }
    }
}
