//! `pair`: binds the simulated phone to the account that shows a code.

use countersign_domain::delivery::Channel;
use countersign_domain::device::code::PairingCode;
use countersign_domain::device::words::Model;

use super::say::say;
use super::state::{Account, State};
use super::{Complaint, Pair};
use crate::{Client, Origin};

pub(super) async fn pair(state: &mut State, name: Option<&str>, given: &Pair) -> Result<(), Complaint> {
    let (origin, code) = place_and_code(given)?;
    let model: Model = given.model.parse().map_err(|_| {
        Complaint::told(
            "that is no name for a phone",
            "Give 1 to 64 characters without control characters with --model.",
        )
    })?;
    let client = Client::new(origin)?.with_installation(state.installation());
    let (phone, paired) = client.pair(&code, &model, Channel::None).await?;
    let name = state.free_name(name.unwrap_or(&paired.user_name), &paired);
    state.keep(Account::new(name.clone(), &paired, &phone))?;

    say(&format!(
        "Paired with {} as {} ({name}).",
        paired.organization, paired.display_name
    ));
    if let Some(added) = paired.replaces_added_at {
        say(&format!("It replaces this phone's entry of {added}."));
    }
    say("The page now shows a number. Finish with: approve <NUMBER>");
    Ok(())
}

/// The service and the code: a link holds both (docs/protocol.md, "Pairing").
fn place_and_code(given: &Pair) -> Result<(Origin, PairingCode), Complaint> {
    let (origin, code) = match given.code.split_once("#pair=") {
        Some((page, code)) => (page.trim_end_matches("/authenticator"), code),
        None => (given.origin.as_str(), given.code.as_str()),
    };
    let code = code
        .parse()
        .map_err(|error: countersign_domain::device::code::InvalidCode| {
            Complaint::told(
                error.to_string(),
                "Copy the code from the page; case, dashes and spaces do not matter.",
            )
        })?;
    Ok((origin.parse()?, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(code: &str) -> Pair {
        Pair {
            code: code.to_owned(),
            origin: "http://localhost:8080".to_owned(),
            model: "m".to_owned(),
        }
    }

    #[test]
    fn a_link_says_where_the_service_is_and_a_bare_code_does_not() {
        let (origin, code) = place_and_code(&given("https://mfa.example/authenticator#pair=7K3MQ9XW2A")).unwrap();
        assert_eq!(
            (origin.to_string().as_str(), code.canonical()),
            ("https://mfa.example", "7K3MQ9XW2A")
        );
        let (origin, code) = place_and_code(&given("7k3mq-9xw2a")).unwrap();
        assert_eq!(
            (origin.to_string().as_str(), code.canonical()),
            ("http://localhost:8080", "7K3MQ9XW2A")
        );
    }

    #[test]
    fn a_wrong_code_is_explained() {
        let report = place_and_code(&given("nonsense")).unwrap_err().report();
        assert!(
            report.contains("ten characters") && report.contains("Copy the code"),
            "{report}"
        );
    }
}
