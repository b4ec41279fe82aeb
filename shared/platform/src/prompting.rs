//! Opening a prompt: decide, save on condition, then send. What becomes of the push never decides anything.

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::delivery::{Channel, Delivery, Sent};
use countersign_domain::device::shown::Shown;
use countersign_domain::ids::{AccountId, AttemptId, AuthenticatorId};
use countersign_domain::methods::rules::{MethodsPolicy, NumberLength};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::place::Place;
use countersign_domain::prompts::{Ledger, Opening, Prompt, Purpose};

use jiff::Timestamp;

use crate::delivery::Deliver;
use crate::fault::Fault;
use crate::house::House;
use crate::http::ApiResult;
use crate::store::{Consistency, KeepPhones, KeepPrompts, RecordActivity, Saved};

/// How often a write that lost is decided anew before the caller is asked to wait.
pub const ROUNDS: usize = 16;

/// What opening a prompt takes.
#[derive(Clone, Copy)]
pub struct Prompter<'a> {
    /// Time, chance, policy.
    pub house: &'a House,
    /// The ledger.
    pub prompts: &'a dyn KeepPrompts,
    /// The push.
    pub deliver: &'a dyn Deliver,
    /// To forget a channel that is gone.
    pub phones: &'a dyn KeepPhones,
    /// Prompts that a new one leaves unanswered are recorded.
    pub activity: &'a dyn RecordActivity,
}

impl std::fmt::Debug for Prompter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prompter")
    }
}

/// What is asked of a phone.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub phone: AuthenticatorId,
    /// Where its notification goes. None where a stranger's browser asks, by a user name alone: the member opens the app.
    pub channel: Option<&'a Channel>,
    /// Under which policy.
    pub rules: &'a MethodsPolicy,
    /// What for.
    pub purpose: Purpose,
    /// The app that it is shown for.
    pub app: &'a str,
    /// From where.
    pub place: &'a Place,
}

impl<'a> Ask<'a> {
    /// Asks a phone, with its notification.
    pub fn to(
        phone: &'a Authenticator,
        rules: &'a MethodsPolicy,
        purpose: Purpose,
        app: &'a str,
        place: &'a Place,
    ) -> Self {
        let channel = if let Binding::Authenticator(binding) = &phone.binding {
            &binding.channel
        } else {
            &Channel::None
        };
        Self {
            account: phone.account,
            phone: phone.id,
            channel: Some(channel),
            rules,
            purpose,
            app,
            place,
        }
    }
}

/// A prompt that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The prompt.
    pub prompt: Prompt,
    /// Whether its push was handed over.
    pub delivered: bool,
}

impl Prompter<'_> {
    /// Opens a prompt for a phone; the one before is void.
    pub async fn open(self, ask: Ask<'_>) -> ApiResult<Opened> {
        let ledger = self.prompts.ledger(ask.account, Consistency::Eventual).await?;
        self.open_over(ledger, ask).await
    }

    /// The same over a ledger that was read a moment ago, eventually consistent or not: it is saved on the condition that it still stands.
    pub async fn open_over(self, first_read: Ledger, ask: Ask<'_>) -> ApiResult<Opened> {
        let Self {
            house,
            prompts,
            activity,
            ..
        } = self;
        let opening = Opening {
            purpose: ask.purpose,
            authenticator: ask.phone,
            shown: shown(house, ask.app, ask.place),
            number_length: number_length(house, ask.rules),
            quiet: ask.channel.is_none(),
        };
        let attempt = AttemptId::new(house.now(), house.entropy.as_ref());
        let mut ledger = first_read;
        for round in 0..ROUNDS {
            let left = ledger.unanswered().cloned();
            let opened = match ledger.open(opening.clone(), &house.policy, house.entropy.as_ref(), house.now()) {
                // The first read may be a moment old: nobody is turned away by it.
                Err(_) if round == 0 => {
                    ledger = prompts.ledger(ask.account, Consistency::Strong).await?;
                    continue;
                }
                opened => opened?,
            };
            if prompts.save_ledger(&opened, attempt).await? == Saved::Won {
                let prompt = opened
                    .prompt
                    .ok_or(Fault::Defect("an opened ledger without its prompt"))?;
                if let Some(unanswered) = left {
                    house
                        .record(activity, &unanswered_event(house, ask.account, &unanswered))
                        .await?;
                }
                let delivered = self.send(ask, &prompt).await;
                return Ok(Opened { prompt, delivered });
            }
            ledger = prompts.ledger(ask.account, Consistency::Strong).await?;
        }
        Err(Fault::unavailable("sessions: open a prompt", "lost too often against others").into())
    }

    async fn send(self, ask: Ask<'_>, prompt: &Prompt) -> bool {
        let Some(channel) = ask.channel else {
            return false;
        };
        let push = Delivery::Push {
            account: ask.account,
            prompt: prompt.id,
            channel: channel.clone(),
        };
        let sent = self.deliver.deliver(&push).await;
        if sent == Sent::ChannelGone {
            // The push service will not take it again: from now on the phone polls, until its app names another channel. It is no
            // reason to stop a sign-in if this cannot be noted; the next push would find the same.
            if let Err(fault) = self.phones.save_channel(ask.account, ask.phone, &Channel::None).await {
                tracing::warn!(
                    error.message = fault.story(),
                    "a push channel that is gone could not be forgotten"
                );
            }
        }
        sent == Sent::Sent
    }
}

/// The organization's length of a number.
fn number_length(house: &House, rules: &MethodsPolicy) -> u8 {
    let set = rules.authenticator.settings.number_length;
    set.map_or(house.policy.number_length, NumberLength::digits)
}

/// What the phone shows. Line breaks would let one part pass for another.
fn shown(house: &House, app: &str, place: &Place) -> Shown {
    let line = |text: &str| text.chars().filter(|c| !c.is_control()).collect();
    Shown {
        app: line(app),
        place: line(place.described()),
        browser: line(&place.agent()),
        address: line(place.address.as_deref().unwrap_or("unknown address")),
        // Whole seconds: what is hashed is what a person could read.
        at: Timestamp::from_second(house.now().as_second()).unwrap_or_else(|_| house.now()),
    }
}

/// The row for a prompt that nobody answered.
pub fn unanswered_event(house: &House, account: AccountId, prompt: &Prompt) -> Event {
    prompt_event(house, account, prompt, What::Prompt, Outcome::Failure).because("challenge.expired")
}

/// A row about a prompt: from where it was asked, not from where it was answered.
pub fn prompt_event(house: &House, account: AccountId, prompt: &Prompt, what: What, outcome: Outcome) -> Event {
    let place = Place {
        address: Some(prompt.shown.address.clone()),
        place: Some(prompt.shown.place.clone()).filter(|place| place != "unknown place"),
        browser: Some(prompt.shown.browser.clone()),
        ..Place::default()
    };
    Event::new(account, what, outcome, place, house.entropy.as_ref(), house.now()).app(prompt.shown.app.clone())
}
