//! What an organization decides about passkeys: which models, whether synced ones, and whether they must prove what they are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Aaguid, Passkey};
use crate::methods::rules::{Objection, Settings};

/// How the list of models is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMode {
    /// Every model; the list does not count.
    #[default]
    Any,
    /// Only these.
    Allow,
    /// All but these.
    Block,
}

/// Which models are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Models {
    /// How the list is meant.
    pub mode: ListMode,
    /// The models.
    pub list: BTreeSet<Aaguid>,
}

/// Whether a passkey must prove which model it is when it is registered (WebAuthn Level 3 §6.5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum AttestationRule {
    /// It need not.
    #[default]
    None,
    /// It must, by a certificate that leads to one of these roots.
    Required {
        /// Root certificates, each in PEM. Whether they can prove anything is looked at where certificates are read.
        roots: Vec<String>,
    },
}

/// The settings of the method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeySettings {
    /// Which models are taken, at registration and at each sign-in.
    pub aaguids: Models,
    /// What a passkey must prove when it is registered.
    pub attestation: AttestationRule,
    /// Whether passkeys are taken that their provider syncs between devices (NIST SP 800-63B-4, Appendix B: not for AAL3).
    pub synced: bool,
}

impl Default for PasskeySettings {
    fn default() -> Self {
        Self {
            aaguids: Models::default(),
            attestation: AttestationRule::None,
            synced: true,
        }
    }
}

impl PasskeySettings {
    /// Whether a passkey is taken: asked when it is registered, and again at each use, so that a model that is blocked later is out at once.
    pub fn allow(&self, passkey: &Passkey) -> bool {
        let listed = self.aaguids.list.contains(&passkey.aaguid);
        let model = match self.aaguids.mode {
            ListMode::Any => true,
            ListMode::Allow => listed,
            ListMode::Block => !listed,
        };
        let attested = self.attestation == AttestationRule::None || passkey.attested;
        model && attested && (self.synced || !passkey.backup_eligible)
    }

    /// Whether the authenticator is to be asked for a proof of its model: where one is required, and where models are told apart, since some
    /// browsers keep the model back otherwise.
    pub fn wants_attestation(&self) -> bool {
        self.attestation != AttestationRule::None || self.aaguids.mode != ListMode::Any
    }
}

impl Settings for PasskeySettings {
    fn objections(&self) -> Vec<Objection> {
        let mut wrong = Vec::new();
        if self.aaguids.mode == ListMode::Allow && self.aaguids.list.is_empty() {
            let says = "No model is listed, so no passkey could be used. List at least one, or take every model.";
            wrong.push(Objection::new("/aaguids/list", says));
        }
        if matches!(&self.attestation, AttestationRule::Required { roots } if roots.is_empty()) {
            let says = "No root certificate is given, so no passkey could be added. Give at least one.";
            wrong.push(Objection::new("/attestation/roots", says));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::passkey;

    fn rule(json: &str) -> PasskeySettings {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn models_synced_passkeys_and_unproven_ones_are_kept_out_as_the_policy_says() {
        let (bound, synced) = (passkey(b"a", false), passkey(b"b", true));
        let listed = |mode| format!(r#"{{"aaguids":{{"mode":"{mode}","list":["{}"]}}}}"#, bound.aaguid);
        let elsewhere = Passkey {
            aaguid: Aaguid::new([9; 16]),
            ..bound.clone()
        };
        for (settings, of_model, of_other) in [
            ("{}".to_owned(), true, true),
            (listed("any"), true, true),
            (listed("allow"), true, false),
            (listed("block"), false, true),
        ] {
            assert_eq!(rule(&settings).allow(&bound), of_model, "{settings}");
            assert_eq!(rule(&settings).allow(&elsewhere), of_other, "{settings}");
        }
        assert!(rule(r#"{"synced":false}"#).allow(&bound) && !rule(r#"{"synced":false}"#).allow(&synced));
        let proven = rule(r#"{"attestation":{"mode":"required","roots":[]}}"#);
        assert!(
            !proven.allow(&bound)
                && proven.allow(&Passkey {
                    attested: true,
                    ..bound
                })
        );
        assert_eq!(
            rule(r#"{"attested_by":"whom"}"#),
            PasskeySettings::default(),
            "a later release's setting does not keep people out after a return to this one"
        );
    }

    #[test]
    fn a_proof_of_the_model_is_asked_for_only_where_something_hangs_on_it() {
        assert!(!rule("{}").wants_attestation());
        assert!(rule(r#"{"aaguids":{"mode":"block","list":[]}}"#).wants_attestation());
        assert!(rule(r#"{"attestation":{"mode":"required","roots":[]}}"#).wants_attestation());
    }
}
