//! The proof that a sign-in was carried through. Only this opens a session, and only this module makes one.

use jiff::Timestamp;

use super::{Aim, ReturnTo, SignIn, Way};
use crate::ids::AccountId;
use crate::methods::recovery_codes::FEW;
use crate::methods::{Authenticator, Binding, MethodKind, Spend, Verdict};
use crate::people::Person;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::sessions::{Proof, Scope, Session};

/// A finished sign-in.
#[derive(Debug, Clone)]
#[must_use]
pub struct Verified {
    account: AccountId,
    aim: Aim,
    epoch: u64,
    scope: Scope,
    proofs: Vec<Proof>,
    return_to: Option<ReturnTo>,
    until: Option<Timestamp>,
    registers: bool,
    codes_left: Option<usize>,
}

impl Verified {
    /// By the password alone, which is enough to register a first method and for nothing else.
    pub(super) fn by_password<S>(sign_in: SignIn<S>) -> Self {
        let SignIn {
            account,
            aim,
            epoch,
            return_to,
            proofs,
            ..
        } = sign_in;
        Self {
            account,
            aim,
            epoch,
            scope: Scope::Registration,
            proofs,
            return_to,
            until: None,
            registers: false,
            codes_left: None,
        }
    }

    /// By what was proven before and a second factor.
    pub(super) fn by<S>(sign_in: SignIn<S>, proof: Proof) -> Self {
        let SignIn {
            account,
            aim,
            epoch,
            return_to,
            mut proofs,
            ..
        } = sign_in;
        proofs.push(proof);
        Self {
            account,
            aim,
            epoch,
            scope: Scope::Full,
            proofs,
            return_to,
            until: None,
            registers: false,
            codes_left: None,
        }
    }

    /// By a passkey alone, whose assertion was found right, and the write that consumes its challenge was won. Its authenticator has verified
    /// the person, which makes it two factors (NIST SP 800-63B-4 §2.2.1).
    pub fn by_passkey(
        person: &Person,
        authenticator: &Authenticator,
        verdict: &Verdict,
        aim: Aim,
        epoch: u64,
        return_to: Option<ReturnTo>,
    ) -> Result<Self, Refusal> {
        let right = matches!(verdict, Verdict::Right(Spend::Mark { .. }));
        let theirs = authenticator.account == person.account.id && authenticator.kind() == MethodKind::PASSKEY;
        if !(right && theirs && person.account.is_active()) {
            return Err(Refusal::PasskeyRejected);
        }
        Ok(Self {
            account: person.account.id,
            aim,
            epoch,
            scope: Scope::Full,
            proofs: vec![Way::of(authenticator).proof()],
            return_to,
            until: None,
            registers: false,
            codes_left: None,
        })
    }

    /// By a pass, which stands for the password and for a second factor: it is issued to who has neither at hand. Its consuming write was won.
    pub fn by_pass(
        person: &Person,
        pass: &Authenticator,
        verdict: &Verdict,
        return_to: Option<ReturnTo>,
    ) -> Result<Self, Refusal> {
        match (&pass.binding, verdict) {
            (Binding::Pass(terms), Verdict::Right(Spend::Mark { .. })) if pass.account == person.account.id => {
                Ok(Self {
                    account: person.account.id,
                    aim: Aim::SignIn,
                    epoch: person.account.epoch,
                    scope: Scope::Full,
                    proofs: vec![Way::of(pass).proof()],
                    return_to,
                    until: Some(terms.ends_at),
                    registers: !person.has_second_factor(),
                    codes_left: None,
                })
            }
            _ => Err(Refusal::SignInRejected),
        }
    }

    /// The same, with what the binding that was used says of what follows: when it ends, and how many codes it has left.
    pub(super) fn after(mut self, used: &Binding) -> Self {
        self.until = used.ends_at();
        self.codes_left = used.codes_left();
        self
    }

    /// By setting a first password through a link.
    pub fn by_invitation(person: &Person) -> Self {
        Self {
            account: person.account.id,
            aim: Aim::SignIn,
            epoch: person.account.epoch,
            scope: Scope::Registration,
            proofs: vec![Proof::password()],
            return_to: None,
            until: None,
            registers: false,
            codes_left: None,
        }
    }

    /// By the first use of a newly bound authenticator in a session that existed to bind it. It holds under the epoch of that session: one
    /// that was ended meanwhile is worth nothing.
    pub fn by_first_enrollment(session: &Session, authenticator: &Authenticator) -> Self {
        Self {
            account: session.account,
            aim: Aim::SignIn,
            epoch: session.epoch,
            scope: Scope::Full,
            proofs: vec![Proof::password(), Way::of(authenticator).proof()],
            return_to: None,
            until: None,
            registers: false,
            codes_left: None,
        }
    }

    /// Whether the account, read after the session was saved, still allows it. The attack: signing out everywhere, disabling or removing
    /// the method while a sign-in is between its check and its session.
    pub fn still_holds(&self, person: Option<&Person>, policy: &Policy) -> Result<(), Refusal> {
        let person = person.ok_or(Refusal::SignInNotUnderWay)?;
        let bound = |proof: &Proof| {
            proof
                .authenticator
                .is_none_or(|id| person.authenticator(id).is_some_and(|one| person.can_use(one, policy)))
        };
        if person.account.is_active() && person.account.epoch == self.epoch && self.proofs.iter().all(bound) {
            Ok(())
        } else {
            Err(Refusal::SignInNotUnderWay)
        }
    }

    /// Whose.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// What for.
    pub const fn aim(&self) -> &Aim {
        &self.aim
    }

    /// What the session is good for.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The account's epoch under which it holds.
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// What was proven.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// When the session has to end, if earlier than others.
    pub const fn ends_at(&self) -> Option<Timestamp> {
        self.until
    }

    /// How many recovery codes are left, if one was used and that is few.
    pub fn few_codes_left(&self) -> Option<usize> {
        self.codes_left.filter(|left| *left <= FEW)
    }

    /// Whether the account has no method of its own yet, so that adding one comes first.
    pub fn must_register(&self) -> bool {
        self.registers || self.scope == Scope::Registration
    }

    /// Where the person was going.
    pub const fn return_to(&self) -> Option<&ReturnTo> {
        self.return_to.as_ref()
    }
}
