//! Evidence: what a proof says of who signed in, as facts and as the method that was used.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::device::words::Capabilities;
use crate::methods::{Authenticator, Binding, Factor, MethodKind, REGISTRY, Strength};
use crate::sessions::Proof;

/// The kind of the proof that is a password.
pub(super) const PASSWORD: &str = "password";

/// One thing that a proof says of who signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// They know something.
    Knowledge,
    /// They have something.
    Possession,
    /// What they have was unlocked by them: by a gesture, a face, a code. It is a second factor of its own.
    Unlocked,
    /// It was bound to this site: a copy of the site would have got nothing.
    PhishingResistant,
    /// Its key cannot leave the device, and the device's maker has signed so.
    DeviceBound,
    /// Somebody in charge has let them in.
    Pass,
}

impl Fact {
    const ALL: [Self; 6] = [
        Self::Knowledge,
        Self::Possession,
        Self::Unlocked,
        Self::PhishingResistant,
        Self::DeviceBound,
        Self::Pass,
    ];

    /// Its name in the API and in policies. That of the pass is the method's too: there is no other way to show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Knowledge => "knowledge",
            Self::Possession => "possession",
            Self::Unlocked => "unlocked",
            Self::PhishingResistant => "phishing_resistant",
            Self::DeviceBound => "device_bound",
            Self::Pass => "pass",
        }
    }

    /// Facts that no method shows without this one.
    const fn implied(self) -> &'static [Self] {
        match self {
            Self::Unlocked => &[Self::Possession],
            Self::PhishingResistant => &[Self::Possession, Self::Unlocked],
            Self::DeviceBound => &[Self::Possession, Self::Unlocked, Self::PhishingResistant],
            Self::Knowledge | Self::Possession | Self::Pass => &[],
        }
    }
}

/// A fact, or a method by its kind: what a combination asks for. Any other text is kept, so that an older version of the service reads the
/// policy of a newer one; nothing proves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Evidence {
    /// A fact, whatever method shows it.
    Fact(Fact),
    /// The use of a method, or of the password.
    Method(String),
}

/// What is enough together.
pub type Combination = BTreeSet<Evidence>;

impl Evidence {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fact(fact) => fact.as_str(),
            Self::Method(kind) => kind,
        }
    }

    /// Everything that can be asked for.
    pub fn all() -> impl Iterator<Item = &'static str> {
        let kinds = REGISTRY.iter().map(|method| method.kind());
        let facts = Fact::ALL.into_iter().filter(|fact| *fact != Fact::Pass);
        facts.map(Fact::as_str).chain([PASSWORD]).chain(kinds)
    }

    /// Whether anything can prove it.
    pub fn is_known(&self) -> bool {
        Self::all().any(|known| known == self.as_str())
    }

    /// The use of the password.
    pub(crate) fn password() -> Self {
        Self::Method(PASSWORD.to_owned())
    }

    /// Itself, and what is proven by it at the least: nothing by what is not known here, itself included.
    pub(crate) fn at_least(&self) -> Combination {
        let mut proven = match self {
            Self::Fact(fact) => of_facts(fact.implied()),
            Self::Method(kind) if kind == PASSWORD => of_facts(&[Fact::Knowledge]),
            Self::Method(kind) => return MethodKind::parse(kind).map(of_kind).unwrap_or_default(),
        };
        proven.insert(self.clone());
        proven
    }
}

impl From<String> for Evidence {
    fn from(text: String) -> Self {
        let fact = Fact::ALL.into_iter().find(|fact| fact.as_str() == text);
        fact.map_or(Self::Method(text), Self::Fact)
    }
}

impl From<Evidence> for String {
    fn from(evidence: Evidence) -> Self {
        evidence.as_str().to_owned()
    }
}

/// These facts as a combination.
pub(super) fn of_facts(facts: &[Fact]) -> Combination {
    facts.iter().copied().map(Evidence::Fact).collect()
}

/// What one proof says. One of a kind that is not registered any more says nothing.
pub(super) fn of_proof(proof: &Proof) -> Combination {
    let mut shown = Evidence::from(proof.kind.clone()).at_least();
    if proof.unlocked && shown.contains(&Evidence::Fact(Fact::Possession)) {
        shown.insert(Evidence::Fact(Fact::Unlocked));
    }
    if proof.device_bound && shown.contains(&Evidence::Fact(Fact::PhishingResistant)) {
        shown.insert(Evidence::Fact(Fact::DeviceBound));
    }
    shown
}

/// What all proofs say together.
pub(super) fn of_proofs(proofs: &[Proof]) -> Combination {
    proofs.iter().flat_map(of_proof).collect()
}

/// What a use of an authenticator can show at best.
pub(super) fn of_authenticator(one: &Authenticator) -> Combination {
    let mut shown = of_kind(one.kind());
    if one.binding.unlocks() {
        shown.insert(Evidence::Fact(Fact::Unlocked));
    }
    if one.binding.is_device_bound() {
        shown.insert(Evidence::Fact(Fact::DeviceBound));
    }
    shown
}

/// What any use of a method shows, whatever it was opened by.
pub(super) fn of_kind(kind: MethodKind) -> Combination {
    let method = kind.method();
    if kind == MethodKind::PASS {
        return of_facts(&[Fact::Pass]);
    }
    let factor = match method.factor() {
        Factor::Knowledge => Fact::Knowledge,
        Factor::Possession => Fact::Possession,
        Factor::Inherence => Fact::Unlocked,
    };
    let mut shown = of_facts(&[factor]);
    shown.insert(Evidence::Method(kind.as_str().to_owned()));
    if method.strength() == Strength::PhishingResistant {
        // Such a method is asked with user verification required (WebAuthn Level 3 §5.8.6).
        shown.extend(of_facts(&[Fact::PhishingResistant, Fact::Unlocked]));
    }
    shown
}

/// What a method can show at best, by whatever it is bound to.
pub(crate) fn at_best(kind: MethodKind) -> Combination {
    let mut shown = of_kind(kind);
    match kind {
        MethodKind::AUTHENTICATOR => shown.extend(of_facts(&[Fact::Unlocked])),
        MethodKind::PASSKEY => shown.extend(of_facts(&[Fact::DeviceBound])),
        _ => (),
    }
    shown
}

impl Binding {
    /// Whether it is a phone that says that it unlocks.
    pub fn unlocks(&self) -> bool {
        matches!(self, Self::Authenticator(phone) if phone.capabilities.has(Capabilities::UNLOCK))
    }

    /// Whether its key provably cannot leave its device: a passkey that no provider syncs, from a maker whose root the organization trusts.
    /// What a passkey says of itself without that proof is only its word.
    pub fn is_device_bound(&self) -> bool {
        self.passkey()
            .is_some_and(|passkey| passkey.attested && !passkey.backup_eligible)
    }
}
