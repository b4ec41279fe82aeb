//! Looks for secrets in texts, in every form that they might take.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use countersign_tests::secrets::holds;

/// What is looked for, in every form that it might take.
pub(super) struct Hunt(Vec<(String, Vec<String>)>);

impl Hunt {
    /// For nothing yet.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// For a secret that is text.
    pub(super) fn text(&mut self, name: &str, secret: &str) {
        assert!(secret.len() >= 6, "{name} is too short to be looked for");
        self.bytes(name, secret.as_bytes());
        self.0.last_mut().unwrap().1.push(secret.to_owned());
    }

    /// For a secret that is bytes.
    pub(super) fn bytes(&mut self, name: &str, secret: &[u8]) {
        let hex = secret
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let base32 = totp_rs::Secret::from(secret.to_vec()).to_base32();
        let list = format!("{secret:?}");
        let forms = vec![
            hex.to_uppercase(),
            hex,
            BASE64_STANDARD.encode(secret),
            BASE64_URL_SAFE_NO_PAD.encode(secret),
            base32,
            list,
        ];
        self.0.push((name.to_owned(), forms));
    }

    /// Another form of the last one.
    pub(super) fn also(&mut self, form: String) {
        self.0.last_mut().unwrap().1.push(form);
    }

    /// Which of them a text holds.
    pub(super) fn found_in(&self, text: &str) -> Vec<&str> {
        let held = |forms: &Vec<String>| forms.iter().any(|form| holds(text, form));
        self.0
            .iter()
            .filter(|(_, forms)| held(forms))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// Which of them an answer holds, also in groups and with dashes, as people are shown them.
    pub(super) fn shown_in(&self, answer: &str) -> Vec<&str> {
        let dense = answer.replace(['-', ' '], "");
        let mut found = self.found_in(answer);
        found.extend(self.found_in(&dense));
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[test]
fn digits_inside_a_time_are_no_find_and_digits_by_themselves_are() {
    let mut hunt = Hunt::new();
    hunt.text("number", "123456");
    assert!(
        hunt.found_in("2026-11-27T01:26:42.123456Z 91234567 0.123456")
            .is_empty()
    );
    assert_eq!(hunt.found_in("{\"number\":\"123456\"}"), ["number"]);
}
