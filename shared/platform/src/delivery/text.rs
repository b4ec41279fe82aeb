//! What messages say, keyed by code, so that a translation is one more table.

mod codes;

pub use codes::CodeWords;

/// The English texts. `{name}` is filled in.
const ENGLISH: &[(&str, &str)] = &[
    ("push.title", "Countersign"),
    ("push.body", "Open to answer a sign-in request."),
    ("mail.enrollment_link.subject", "Set up your sign-in for {organization}"),
    ("mail.greeting", "Hello {display_name},"),
    (
        "mail.enrollment_link.body",
        "you have an account at {organization}. Open this link to choose a password and to add your phone. \
         It works once, and only for a while.",
    ),
    ("mail.enrollment_link.button", "Set up my sign-in"),
    (
        "mail.enrollment_link.closing",
        "If you did not expect this, do nothing: without the link nobody gets in. Never pass the link on.",
    ),
    (
        "mail.notice.added.subject",
        "A sign-in method was added to your account at {organization}",
    ),
    (
        "mail.notice.added.body",
        "{method} was added to your sign-in methods {when}.",
    ),
    (
        "mail.notice.removed.subject",
        "A sign-in method was removed from your account at {organization}",
    ),
    (
        "mail.notice.removed.body",
        "{method} was removed from your sign-in methods {when}.",
    ),
    (
        "mail.notice.renamed.subject",
        "A sign-in method of your account at {organization} was renamed",
    ),
    (
        "mail.notice.renamed.body",
        "A sign-in method was renamed to {method} {when}.",
    ),
    (
        "mail.notice.default_changed.subject",
        "Another sign-in method is asked first at {organization}",
    ),
    (
        "mail.notice.default_changed.body",
        "{method} is now asked first when you sign in. This was changed {when}.",
    ),
    (
        "mail.notice.pass_issued.subject",
        "A temporary access pass was issued for your account at {organization}",
    ),
    (
        "mail.notice.pass_issued.body",
        "A temporary access pass was issued for your account {when}. Whoever has it can sign in as you for a while.",
    ),
    (
        "mail.notice.codes_renewed.subject",
        "New recovery codes were made for your account at {organization}",
    ),
    (
        "mail.notice.codes_renewed.body",
        "New recovery codes were made for your account {when}. The old ones no longer work.",
    ),
    ("mail.notice.when", "on {at}"),
    ("mail.notice.when_from", "on {at}, from {from}"),
    ("mail.notice.button", "This wasn't me"),
    (
        "mail.notice.closing",
        "If it was you, there is nothing to do. If not, open your recent activity, press \"This wasn't me\", and tell your help desk.",
    ),
    ("mail.help", "Help: {help_url}"),
];

/// The text of a code. A code without a text is shown as it is, which a test makes impossible.
pub(super) fn text(code: &'static str) -> &'static str {
    ENGLISH
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, text)| text)
}

/// The text of a code with its gaps filled.
pub(super) fn filled(code: &'static str, gaps: &[(&str, &str)]) -> String {
    gaps_filled(text(code), gaps)
}

/// A text with its gaps filled.
fn gaps_filled(text: &str, gaps: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    // One pass from left to right: a value that looks like a gap stays what it is.
    while let Some((before, from)) = rest.split_once('{') {
        let (name, after) = from.split_once('}').unwrap_or((from, ""));
        out += before;
        out += gaps
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value);
        rest = after;
    }
    out + rest
}

/// Text that stands in HTML, in an element or in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let gaps = [("organization", "{display_name}"), ("display_name", "Ada")];
        assert_eq!(
            filled("mail.enrollment_link.subject", &gaps),
            "Set up your sign-in for {display_name}"
        );
        assert_eq!(filled("mail.greeting", &gaps), "Hello Ada,");
    }

    #[test]
    fn html_in_a_name_is_only_text() {
        assert_eq!(escaped("<b a=\"'\">&"), "&lt;b a=&quot;&#39;&quot;&gt;&amp;");
    }
}
