//! The methods policy: which method is for whom, with its settings. One document, stored whole, edited under its version.

mod checks;
mod passes;
mod phones;
mod strengths;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::pass::PassSettings;
use super::passkey::PasskeySettings;
use super::{Binding, MethodKind};
use crate::names::GroupName;
use crate::phone_numbers::PhoneNumber;
use crate::refusal::Refusal;
use crate::strengths::Named;
pub use checks::{MOST_GROUPS, Objection, Settings};
pub use phones::PhoneSettings;

/// For whom a method is. Exclusion wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Whether anybody may use it at all.
    pub enabled: bool,
    /// Only members of these groups; everybody, where it is empty.
    #[serde(default)]
    pub groups: BTreeSet<GroupName>,
    /// Nobody of these groups, whatever else they are in.
    #[serde(default)]
    pub excluded: BTreeSet<GroupName>,
}

impl Audience {
    /// Everybody.
    pub const fn everybody() -> Self {
        Self {
            enabled: true,
            groups: BTreeSet::new(),
            excluded: BTreeSet::new(),
        }
    }

    /// Nobody.
    pub const fn nobody() -> Self {
        Self {
            enabled: false,
            groups: BTreeSet::new(),
            excluded: BTreeSet::new(),
        }
    }

    /// Whether somebody in these groups is meant.
    pub fn includes(&self, groups: &BTreeSet<GroupName>) -> bool {
        self.bars(groups).is_none()
    }

    /// What keeps somebody in these groups out; nothing, if they are meant.
    pub fn bars(&self, groups: &BTreeSet<GroupName>) -> Option<Bar> {
        if !self.enabled {
            Some(Bar::Off)
        } else if let Some(group) = self.excluded.intersection(groups).next() {
            Some(Bar::Excluded(group.clone()))
        } else if !self.groups.is_empty() && self.groups.is_disjoint(groups) {
            Some(Bar::NotIncluded)
        } else {
            None
        }
    }
}

/// The line of a rule that keeps somebody from a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// It is for nobody.
    Off,
    /// They are in a group that it is not for.
    Excluded(GroupName),
    /// They are in none of the groups that it is for. Which these are is not theirs to know.
    NotIncluded,
}

/// One method in the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written<S>", bound(deserialize = "S: Deserialize<'de> + Default"))]
pub struct Rule<S> {
    /// For whom.
    #[serde(flatten)]
    pub audience: Audience,
    /// Its own settings.
    #[serde(default)]
    pub settings: S,
}

/// A rule as it is written. Unknown fields are let pass here, so that an older version of the service reads what a newer one has stored; who
/// edits the document is told of them by [`MethodsPolicy::edited`].
#[derive(Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default"))]
struct Written<S> {
    enabled: bool,
    #[serde(default)]
    groups: BTreeSet<GroupName>,
    #[serde(default)]
    excluded: BTreeSet<GroupName>,
    #[serde(default)]
    settings: S,
}

impl<S> From<Written<S>> for Rule<S> {
    fn from(written: Written<S>) -> Self {
        let Written {
            enabled,
            groups,
            excluded,
            settings,
        } = written;
        Self {
            audience: Audience {
                enabled,
                groups,
                excluded,
            },
            settings,
        }
    }
}

impl<S: Default> Rule<S> {
    fn everybody() -> Self {
        Self {
            audience: Audience::everybody(),
            settings: S::default(),
        }
    }

    fn nobody() -> Self {
        Self {
            audience: Audience::nobody(),
            settings: S::default(),
        }
    }
}

/// A method without settings of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {}

impl Settings for Plain {}

/// How many digits the number of a prompt has: 2 (the default), 3, or 6 (what NIST SP 800-63B-4 §3.1.3 wants of a transferred secret).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct NumberLength(u8);

impl NumberLength {
    /// The digits.
    pub const fn digits(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for NumberLength {
    type Error = &'static str;
    fn try_from(digits: u8) -> Result<Self, Self::Error> {
        if matches!(digits, 2 | 3 | 6) {
            Ok(Self(digits))
        } else {
            Err("a number has 2, 3 or 6 digits")
        }
    }
}

impl From<NumberLength> for u8 {
    fn from(length: NumberLength) -> Self {
        length.0
    }
}

/// The settings of the phone that answers with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthenticatorSettings {
    /// Digits of the number.
    pub number_length: Option<NumberLength>,
    /// Whether a phone that unlocks may sign in without the password.
    pub passwordless: bool,
}

impl Settings for AuthenticatorSettings {}

impl Default for AuthenticatorSettings {
    fn default() -> Self {
        Self {
            number_length: None,
            passwordless: true,
        }
    }
}

/// The document. A method adds its line here, in [`MethodsPolicy::audience`] and in `MethodsPolicy::settings`; a document from before it has
/// the default. Every field is always written (no `skip_serializing_if`): what is missing or unknown in an edited document is found by that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MethodsPolicy {
    /// Raised by each change; 0 until the first.
    pub version: u64,
    /// The strongest method is asked first, whatever the member's default is.
    pub system_preferred: bool,
    /// Strengths of the organization's own, beside those that are built in.
    pub strengths: Vec<Named>,
    /// Temporary access passes.
    pub pass: Rule<PassSettings>,
    /// Passkeys and security keys.
    pub passkey: Rule<PasskeySettings>,
    /// The phone that answers with a number.
    pub authenticator: Rule<AuthenticatorSettings>,
    /// Tokens that show codes. For everybody: who has none cannot add one, and administrators hand them out.
    pub hardware_oath: Rule<Plain>,
    /// Code generator apps.
    pub totp: Rule<Plain>,
    /// Codes kept on paper.
    pub recovery_codes: Rule<Plain>,
    /// Codes in text messages. Restricted (NIST SP 800-63B-4 §3.1.3.3), so for nobody until the organization says otherwise.
    pub sms: Rule<PhoneSettings>,
    /// Codes that are spoken in calls, as above.
    pub voice: Rule<PhoneSettings>,
}

impl Default for MethodsPolicy {
    fn default() -> Self {
        Self {
            version: 0,
            system_preferred: false,
            strengths: Vec::new(),
            pass: Rule::everybody(),
            passkey: Rule::everybody(),
            authenticator: Rule::everybody(),
            hardware_oath: Rule::everybody(),
            totp: Rule::everybody(),
            recovery_codes: Rule::everybody(),
            sms: Rule::nobody(),
            voice: Rule::nobody(),
        }
    }
}

impl MethodsPolicy {
    /// For whom a method is; for nobody, if the policy does not know it.
    pub fn audience(&self, kind: MethodKind) -> &Audience {
        const NOBODY: &Audience = &Audience::nobody();
        match kind {
            MethodKind::PASSKEY => &self.passkey.audience,
            MethodKind::AUTHENTICATOR => &self.authenticator.audience,
            MethodKind::HARDWARE_OATH => &self.hardware_oath.audience,
            MethodKind::TOTP => &self.totp.audience,
            MethodKind::PASS => &self.pass.audience,
            MethodKind::RECOVERY_CODES => &self.recovery_codes.audience,
            MethodKind::SMS => &self.sms.audience,
            MethodKind::VOICE => &self.voice.audience,
            _ => NOBODY,
        }
    }

    /// The settings of each method, for what is checked of them.
    fn settings(&self) -> Vec<(MethodKind, &dyn Settings)> {
        vec![
            (MethodKind::PASS, &self.pass.settings),
            (MethodKind::PASSKEY, &self.passkey.settings),
            (MethodKind::AUTHENTICATOR, &self.authenticator.settings),
            (MethodKind::HARDWARE_OATH, &self.hardware_oath.settings),
            (MethodKind::TOTP, &self.totp.settings),
            (MethodKind::RECOVERY_CODES, &self.recovery_codes.settings),
            (MethodKind::SMS, &self.sms.settings),
            (MethodKind::VOICE, &self.voice.settings),
        ]
    }

    /// Whether the settings of its method take this very thing, besides the method being given to its member.
    pub fn takes(&self, binding: &Binding) -> bool {
        match binding {
            Binding::Passkey(passkey) => self.passkey.settings.allow(passkey),
            Binding::Sms(line) => self.sms.settings.allow(&line.number),
            Binding::Voice(line) => self.voice.settings.allow(&line.number),
            _ => true,
        }
    }

    /// The settings of a method that sends codes to phone numbers.
    pub fn phones(&self, kind: MethodKind) -> Option<&PhoneSettings> {
        match kind {
            MethodKind::SMS => Some(&self.sms.settings),
            MethodKind::VOICE => Some(&self.voice.settings),
            _ => None,
        }
    }

    /// The settings by which a method sends a code to that number, if it does.
    pub fn sends_to(&self, kind: MethodKind, number: &PhoneNumber) -> Result<&PhoneSettings, Refusal> {
        let settings = self.phones(kind).ok_or(Refusal::MethodNotOffered)?;
        settings
            .allow(number)
            .then_some(settings)
            .ok_or(Refusal::CountryNotAllowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::REGISTRY;

    fn groups(names: &[&str]) -> BTreeSet<GroupName> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn a_method_without_groups_is_for_everybody_and_exclusion_wins() {
        let mut audience = Audience::everybody();
        assert!(audience.includes(&groups(&[])));
        audience.groups = groups(&["staff"]);
        assert!(!audience.includes(&groups(&["guests"])));
        assert!(audience.includes(&groups(&["guests", "staff"])));
        audience.excluded = groups(&["guests"]);
        assert!(!audience.includes(&groups(&["guests", "staff"])));
        audience.excluded.clear();
        audience.enabled = false;
        assert!(!audience.includes(&groups(&["staff"])));
    }

    #[test]
    fn the_policy_knows_every_registered_method() {
        let mut policy = MethodsPolicy::default();
        for method in REGISTRY {
            let kind = MethodKind::parse(method.kind()).unwrap();
            let known = policy.audience(kind).clone();
            assert!(
                serde_json::to_value(&policy).unwrap()[method.kind()]["enabled"] == known.enabled,
                "{kind:?} stands in the document under its own name"
            );
        }
        policy.version = 7;
        let json = serde_json::to_value(&policy).unwrap();
        assert_eq!(serde_json::from_value::<MethodsPolicy>(json).unwrap(), policy);
    }

    #[test]
    fn a_number_has_two_three_or_six_digits() {
        let read = |digits: u8| {
            serde_json::from_str::<AuthenticatorSettings>(&format!("{{\"number_length\":{digits}}}"))
                .map(|settings| settings.number_length.map(NumberLength::digits))
        };
        for digits in [2, 3, 6] {
            assert_eq!(read(digits).unwrap(), Some(digits));
        }
        for digits in [0, 1, 4, 5, 7, 255] {
            assert!(read(digits).is_err(), "{digits}");
        }
    }

    #[test]
    fn a_document_from_before_a_method_has_its_default() {
        let policy: MethodsPolicy = serde_json::from_str("{\"version\":3}").unwrap();
        assert_eq!(
            policy,
            MethodsPolicy {
                version: 3,
                ..MethodsPolicy::default()
            }
        );
    }
}
