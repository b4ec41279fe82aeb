//! Drives the real ledger and the real sign-ins, asks the reference the same, and checks what must hold whatever either says.

mod answering;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::reference::{Asker, Reference};
use super::{BROWSERS, PHONES, Step};
use crate::device::claims::AnswerClaims;
use crate::entropy::Seeded;
use crate::ids::{AuthenticatorId, EnrollmentId, PromptId, SessionId};
use crate::methods::testing::{ada, phone, shown};
use crate::people::Person;
use crate::policy::Policy;
use crate::prompts::{Answered, Consumed, Ledger, Opening, Prompt, Purpose};
use crate::refusal::Refusal;
use crate::sign_in::{Aim, Begun, UnderWay, begin};

const PEPPER: &[u8] = b"pepper";

/// A browser's cookie, and which sign-in it began.
struct Browser {
    cookie: UnderWay,
    sign_in: usize,
    epoch: u64,
    prompt: Option<usize>,
}

/// A right yes, as it was noted when it was said.
struct Yes {
    by: AuthenticatorId,
    at: Timestamp,
}

/// The account with its ledger, and everything around them.
pub(super) struct House {
    policy: Policy,
    entropy: Seeded,
    second: i64,
    ledger: Ledger,
    person: Person,
    browsers: [Option<Browser>; BROWSERS],
    sign_ins: usize,
    prompts: Vec<Prompt>,
    yes: BTreeMap<PromptId, Yes>,
    consumed: Vec<PromptId>,
    pairing: EnrollmentId,
    said: Option<(AnswerClaims, AuthenticatorId, Option<Answered>)>,
    opened: usize,
    reference: Reference,
}

impl House {
    pub(super) fn new() -> Self {
        let entropy = Seeded::new("house");
        let (policy, start) = (Policy::default(), Timestamp::UNIX_EPOCH);
        let account = ada(&entropy);
        let id = account.id;
        let authenticators = (0..PHONES).map(|_| phone(id, &entropy)).collect();
        Self {
            policy,
            second: 0,
            ledger: Ledger::empty(id),
            person: Person::new(account, authenticators),
            browsers: [const { None }; BROWSERS],
            sign_ins: 0,
            prompts: Vec::new(),
            yes: BTreeMap::new(),
            consumed: Vec::new(),
            pairing: EnrollmentId::new(start, &entropy),
            said: None,
            opened: 0,
            reference: Reference::default(),
            entropy,
        }
    }

    /// How many sign-ins got a session.
    pub(super) fn opened(&self) -> usize {
        self.opened
    }

    /// How many prompts were asked.
    pub(super) fn asked(&self) -> usize {
        self.prompts.len()
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.second).unwrap()
    }

    pub(super) fn take(&mut self, step: Step) {
        let version = self.ledger.version;
        match step {
            Step::Begin { browser } => self.begin(browser),
            Step::Ask { browser, phone } => self.ask(browser, phone),
            Step::Test { phone } => {
                let purpose = Purpose::Test { flow: self.pairing };
                let _ = self.open(purpose, Asker::Pairing, phone);
            }
            Step::Fetch => self.ledger = self.ledger.clone().fetched(self.now()),
            Step::Answer { back, phone, say } => self.answer(back, phone, say),
            Step::Again => self.again(),
            Step::Lapse => {
                let lapsed = self.ledger.clone().lapse(&self.policy, self.now());
                assert_eq!(lapsed.is_some(), self.reference.lapse(self.second));
                self.ledger = lapsed.unwrap_or_else(|| self.ledger.clone());
            }
            Step::Otherwise { browser } => self.otherwise(browser),
            Step::Redeem { browser } => self.redeem(browser),
            Step::RedeemTest => {
                let purpose = Purpose::Test { flow: self.pairing };
                let _ = self.consume(self.prompts.len().checked_sub(1), purpose, Asker::Pairing);
            }
            Step::Pass { seconds } => self.second += seconds,
            Step::SignOutEverywhere => self.person.account.epoch += 1,
        }
        assert!(
            self.ledger.version == version || self.ledger.version == version + 1,
            "one change, one version"
        );
        assert!(self.ledger.strikes.len() < self.policy.strikes, "the item stays small");
    }

    fn begin(&mut self, browser: usize) {
        let session = SessionId::of_token(&[7; 32]);
        let aim = if browser == 2 {
            Aim::Reauthenticate { session }
        } else {
            Aim::SignIn
        };
        let begun = begin(&self.person, aim, None, &self.policy, &self.entropy, self.now()).unwrap();
        let Begun::SecondFactor(sign_in) = begun else {
            panic!("a second factor is bound, so it is asked for")
        };
        let (sign_in, cookie) = (self.sign_ins, UnderWay::Choosing(sign_in));
        self.sign_ins += 1;
        self.browsers[browser] = Some(Browser {
            cookie,
            sign_in,
            epoch: self.person.account.epoch,
            prompt: None,
        });
    }

    fn ask(&mut self, browser: usize, phone: usize) {
        let Some(Browser { cookie, sign_in, .. }) = &self.browsers[browser] else {
            return;
        };
        let (sign_in, asker) = (cookie.clone().choose(), Asker::SignIn(*sign_in));
        if self.open(sign_in.purpose(), asker, phone).is_ok() {
            let way = sign_in.way(Some(self.person.authenticators[phone].id)).unwrap().clone();
            let prompt = self.prompts.last().unwrap().id;
            let asking = self.browsers[browser].as_mut().unwrap();
            asking.cookie = UnderWay::Prompting(sign_in.prompted(prompt, way, true));
            asking.prompt = Some(self.prompts.len() - 1);
        }
    }

    fn open(&mut self, purpose: Purpose, asker: Asker, phone: usize) -> Result<(), ()> {
        let opening = Opening {
            purpose,
            authenticator: self.person.authenticators[phone].id,
            shown: shown(self.now()),
            number_length: self.policy.number_length,
            quiet: false,
        };
        let opened = self
            .ledger
            .clone()
            .open(opening, &self.policy, &self.entropy, self.now());
        let expected = self.reference.ask(asker, phone, self.second);
        match (opened, expected) {
            (Ok(ledger), Ok(())) => {
                self.prompts.push(ledger.prompt.clone().unwrap());
                self.ledger = ledger;
                assert_eq!(self.prompts.len(), self.reference.asked());
                Ok(())
            }
            (Err(Refusal::PromptMuted(until)), Err(expected)) => {
                assert_eq!(until.as_second(), expected);
                assert_eq!(self.ledger.muted(&self.policy, self.now()), Some(until));
                Err(())
            }
            (opened, expected) => panic!("{:?} is not {expected:?}", opened.map(|ledger| ledger.prompt)),
        }
    }

    fn otherwise(&mut self, browser: usize) {
        let Some(Browser { cookie, sign_in, .. }) = &self.browsers[browser] else {
            return;
        };
        let withdrawn = self.ledger.clone().withdraw(cookie.clone().choose().purpose());
        assert_eq!(
            withdrawn.is_some(),
            self.reference.otherwise(Asker::SignIn(*sign_in), self.second)
        );
        self.ledger = withdrawn.unwrap_or_else(|| self.ledger.clone());
    }

    fn redeem(&mut self, browser: usize) {
        let Some(Browser {
            cookie: UnderWay::Prompting(sign_in),
            sign_in: number,
            epoch,
            prompt,
        }) = &self.browsers[browser]
        else {
            return;
        };
        let (sign_in, asker, current, prompt) = (sign_in.clone(), Asker::SignIn(*number), *epoch, *prompt);
        let Some(consumed) = self.consume(prompt, sign_in.purpose(), asker) else {
            return;
        };
        let verified = sign_in.proven_by_prompt(&consumed).unwrap();
        let holds = verified.still_holds(Some(&self.person), &self.policy).is_ok();
        assert_eq!(
            holds,
            current == self.person.account.epoch,
            "what was begun before a sign-out everywhere is void"
        );
        self.opened += usize::from(holds);
    }

    fn consume(&mut self, number: Option<usize>, purpose: Purpose, asker: Asker) -> Option<Consumed> {
        let (number, now) = (number?, self.now());
        let id = self.prompts[number].id;
        let consumed = self.ledger.clone().consume(id, purpose, now);
        let expected = self.reference.redeem(number, asker, self.second);
        assert_eq!(consumed.as_ref().map(|_| ()).map_err(|refusal| *refusal), expected);
        let consumed = consumed.ok()?;
        let (prompt, yes) = (&self.prompts[number], &self.yes[&id]);
        assert!(!self.consumed.contains(&id), "one approval, one session");
        assert_eq!(
            number + 1,
            self.prompts.len(),
            "a prompt that was replaced approves nothing"
        );
        assert_eq!(
            (yes.by, prompt.purpose),
            (prompt.authenticator, purpose),
            "the phone that was asked, for what it was asked"
        );
        assert!(yes.at < prompt.expires_at && now < prompt.expires_at, "in time");
        self.consumed.push(id);
        self.ledger = consumed.ledger.clone();
        Some(consumed)
    }
}
