//! Sending a code to a phone number: decide, save on condition together with every budget, then send. What becomes of the message decides
//! nothing: a code that did not arrive is a code that nobody can enter.

use countersign_domain::attempts::Gate;
use countersign_domain::delivery::{Delivery, Sent, Tongue};
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::methods::sent_code::{self, Drawn, Line, SentCode};
use countersign_domain::methods::{Authenticator, MethodKind};
use countersign_domain::people::Person;
use countersign_domain::phone_numbers::PhoneNumber;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::sendings::{Budget, Cause, budgets};
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

use crate::delivery::Deliver;
use crate::fault::Fault;
use crate::house::House;
use crate::http::{ApiResult, Caller};
use crate::store::{Reserved, SendCodes};
use crate::telemetry::{Metric, metric};

/// What sending a code takes.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// Time, chance, keys, policy.
    pub house: &'a House,
    /// To save it with its budgets.
    pub codes: &'a dyn SendCodes,
    /// To send it.
    pub deliver: &'a dyn Deliver,
    /// Who asks for it.
    pub caller: &'a Caller,
    /// The language that they read.
    pub language: Tongue,
}

impl std::fmt::Debug for Sender<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender")
    }
}

/// A code that went out, or tried to.
#[derive(Debug, Clone)]
pub struct Out {
    /// What is kept of it.
    pub code: SentCode,
    /// What became of the message.
    pub sent: Sent,
}

/// The language that a browser asks for.
pub fn language(headers: &HeaderMap) -> Tongue {
    let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Tongue::preferred(accept.unwrap_or_default())
}

impl Sender<'_> {
    /// Sends a code to an authenticator's number, for one sign-in. `None`: another request changed the authenticator first; read again.
    pub async fn send(self, person: &Person, to: &Authenticator, flow: &str) -> ApiResult<Option<Out>> {
        let Self { house, codes, .. } = self;
        let (policy, now) = (&house.policy, house.now());
        let line = to.binding.line().ok_or(Refusal::MethodNotFound)?;
        match to.attempts.gate(&policy.code_attempts, now) {
            Gate::Open { .. } => {}
            Gate::Closed(until) => return Err(Refusal::AttemptsExhausted(until).into()),
            Gate::Disabled => return Err(Refusal::MethodNotFound.into()),
        }
        let pepper = house.keys.keyring().await?.pepper.expose();
        let budgets = self.budgets(person, to.kind(), &line.number, pepper)?;
        let key = sent_code::key(pepper, to.id);
        let drawn = self.draw(line, to.mark, flow, &key)?;
        let reserved = codes.send_code(to, &drawn.sent, &budgets).await?;
        self.carry(reserved, to.kind(), &line.number, drawn, &budgets).await
    }

    /// Sends a code to the number that a ceremony adds, and gives the ceremony as it then is. `None` as above.
    pub async fn send_first(self, person: &Person, ceremony: &Enrollment) -> ApiResult<Option<(Enrollment, Out)>> {
        let Self { house, codes, .. } = self;
        let Stage::Message {
            authenticator, line, ..
        } = &ceremony.stage
        else {
            return Err(Refusal::EnrollmentExpired.into());
        };
        let pepper = house.keys.keyring().await?.pepper.expose();
        let budgets = self.budgets(person, ceremony.kind(), &line.number, pepper)?;
        let key = sent_code::key(pepper, *authenticator);
        let drawn = self.draw(line, None, &ceremony.id.to_string(), &key)?;
        let next = ceremony.clone().sent(drawn.sent.clone());
        let next = next.ok_or(Fault::Defect("a ceremony that sends no codes"))?;
        let reserved = codes.send_first_code(&next, &budgets).await?;
        let out = self
            .carry(reserved, ceremony.kind(), &line.number, drawn, &budgets)
            .await?;
        Ok(out.map(|out| (next, out)))
    }

    fn draw(self, line: &Line, spent: Option<u64>, flow: &str, key: &Secret<Vec<u8>>) -> Result<Drawn, Refusal> {
        let House { policy, entropy, .. } = self.house;
        let now = self.house.now();
        SentCode::draw(line.sent.as_ref(), spent, flow, key, policy, entropy.as_ref(), now)
    }

    /// The budgets that a message is taken from, if policy sends to that country at all.
    fn budgets(
        self,
        person: &Person,
        kind: MethodKind,
        number: &PhoneNumber,
        pepper: &[u8],
    ) -> Result<Vec<Budget>, Refusal> {
        if kind == MethodKind::VOICE && !self.deliver.places_calls() {
            return Err(Refusal::VoiceNotSetUp);
        }
        let rules = person.rules.sends_to(kind, number)?;
        let address_block = &self.caller.address_block();
        let cause = Cause {
            account: &person.account,
            number,
            kind,
            address_block,
            organization_day: rules.a_day,
        };
        Ok(budgets(&cause, pepper, &self.house.policy, self.house.now()))
    }

    /// Sends what was saved.
    async fn carry(
        self,
        reserved: Reserved,
        kind: MethodKind,
        number: &PhoneNumber,
        drawn: Drawn,
        budgets: &[Budget],
    ) -> ApiResult<Option<Out>> {
        match reserved {
            Reserved::Won => {}
            Reserved::Lost => return Ok(None),
            Reserved::Spent(place) => {
                metric(Metric::Delivery {
                    outcome: "over_budget",
                    channel: channel(kind),
                });
                let until = budgets
                    .get(place)
                    .map_or_else(|| self.house.now(), |one| one.window_ends);
                return Err(Refusal::SendingTooMany(until).into());
            }
        }
        let (to, code, language) = (number.clone(), drawn.code, self.language);
        let delivery = if kind == MethodKind::VOICE {
            Delivery::Voice { to, code, language }
        } else {
            Delivery::Sms { to, code, language }
        };
        let (sent, ()) = tokio::join!(self.deliver.deliver(&delivery), self.watch(budgets.last()));
        Ok(Some(Out { code: drawn.sent, sent }))
    }

    /// Tells the operator when most of the organization's day is used up. Nobody waits for it in vain.
    async fn watch(self, of_the_organization: Option<&Budget>) {
        let Some(budget) = of_the_organization else { return };
        match self.codes.sendings(budget).await {
            Ok(used) if used.saturating_mul(5) >= budget.most.saturating_mul(4) => metric(Metric::Delivery {
                outcome: "budget_nearly_spent",
                channel: "telephone", // texts and calls: one alarm watches both
            }),
            Ok(_) => {}
            Err(fault) => tracing::warn!(
                error.message = fault.story(),
                "the organization's budget of messages could not be read"
            ),
        }
    }
}

/// A method's channel as metrics call it.
fn channel(kind: MethodKind) -> &'static str {
    if kind == MethodKind::VOICE { "voice" } else { "sms" }
}
