//! Talks to the terminal.

use std::io::{BufRead as _, Write as _};

use crate::{Prompt, Purpose};

/// Prints a line on stdout.
#[expect(clippy::print_stdout, reason = "a command line talks on stdout")]
pub(super) fn say(text: &str) {
    println!("{}", plain(text));
}

/// Asks for a line; `None` where stdin has ended.
#[expect(clippy::print_stdout, reason = "a command line talks on stdout")]
pub(super) fn ask(text: &str) -> Option<String> {
    print!("{} ", plain(text));
    let _ = std::io::stdout().flush(); // where the question cannot be shown, the answer still can be read
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line).unwrap_or(0);
    (read > 0).then(|| line.trim().to_owned())
}

/// Without control characters: what a service says could otherwise rewrite the terminal.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c })
        .collect()
}

/// What the member is shown of a prompt, on one line.
pub(super) fn describe(prompt: &Prompt) -> String {
    let purpose = match prompt.purpose {
        Purpose::SignIn => "sign-in to",
        Purpose::Passwordless => "sign-in without a password to",
        Purpose::Reauthenticate => "confirmation for",
        Purpose::Test => "test prompt of",
    };
    let shown = &prompt.shown;
    let known = [&shown.place, &shown.browser, &shown.address]
        .map(String::as_str)
        .into_iter()
        .filter(|part| !part.is_empty());
    let from = known.collect::<Vec<_>>().join(", ");
    format!(
        "{purpose} {} from {from}, {}; {} digits, until {}",
        shown.app, shown.at, prompt.number_length, prompt.expires_at
    )
}
