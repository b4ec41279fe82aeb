//! Codes that go out, in memory.

use async_trait::async_trait;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::methods::sent_code::SentCode;
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::sendings::Budget;

use super::{MemoryStore, State};
use crate::fault::Fault;
use crate::store::{Reserved, SendCodes};

impl State {
    /// Takes one of each budget, if each has one.
    fn reserve(&mut self, budgets: &[Budget]) -> Option<Reserved> {
        let key = |budget: &Budget| (budget.of.clone(), budget.window_ends);
        let used = |budget: &Budget| self.sendings.get(&key(budget)).copied().unwrap_or_default();
        if let Some(place) = budgets.iter().position(|budget| used(budget) >= budget.most) {
            return Some(Reserved::Spent(place));
        }
        for budget in budgets {
            *self.sendings.entry(key(budget)).or_default() += 1;
        }
        None
    }
}

#[async_trait]
impl SendCodes for MemoryStore {
    async fn send_code(&self, seen: &Authenticator, code: &SentCode, budgets: &[Budget]) -> Result<Reserved, Fault> {
        let mut state = self.state();
        let last = |one: &Authenticator| Some(one.binding.line()?.sent.as_ref()?.sending);
        let key = (seen.account, seen.id);
        let fits = |one: &Authenticator| one.standing == Standing::Active && last(one) == last(seen);
        if !state.authenticators.get(&key).is_some_and(fits) {
            return Ok(Reserved::Lost);
        }
        if let Some(spent) = state.reserve(budgets) {
            return Ok(spent);
        }
        if let Some(one) = state.authenticators.get_mut(&key)
            && let Binding::Sms(line) | Binding::Voice(line) = &mut one.binding
        {
            line.sent = Some(code.clone());
            one.mark = Some(code.sending.saturating_sub(1));
        }
        Ok(Reserved::Won)
    }

    async fn send_first_code(&self, ceremony: &Enrollment, budgets: &[Budget]) -> Result<Reserved, Fault> {
        let mut state = self.state();
        let key = (ceremony.account, ceremony.id);
        let before = ceremony.version.checked_sub(1);
        let stored = state.enrollments.get(&key).map(|stored| stored.version);
        if stored.is_none() || stored != before {
            return Ok(Reserved::Lost);
        }
        if let Some(spent) = state.reserve(budgets) {
            return Ok(spent);
        }
        state.enrollments.insert(key, ceremony.clone());
        Ok(Reserved::Won)
    }

    async fn sendings(&self, budget: &Budget) -> Result<u32, Fault> {
        let key = (budget.of.clone(), budget.window_ends);
        Ok(self.state().sendings.get(&key).copied().unwrap_or_default())
    }
}
