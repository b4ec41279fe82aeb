//! Hardware tokens, in memory.

use std::collections::btree_map::Entry;
use std::ops::Bound::{Excluded, Unbounded};

use async_trait::async_trait;
use countersign_domain::accounts::Account;
use countersign_domain::methods::Authenticator;
use countersign_domain::names::SerialNumber;
use countersign_domain::tokens::{Custody, HardwareToken, List};

use super::{MemoryStore, State, saved};
use crate::fault::Fault;
use crate::store::{KeepTokens, KeptToken, Page, ReadTokens, Saved};

impl State {
    /// The token of an authenticator that becomes active, as it is stored then; none where the method has none, `Err` where it is not to be
    /// had.
    pub(super) fn taken(&self, authenticator: &Authenticator, account: &Account) -> Result<Option<HardwareToken>, ()> {
        let Some(held) = authenticator.binding.token() else {
            return Ok(None);
        };
        let stored = self.tokens.get(&held.serial).ok_or(())?;
        let is_new = stored
            .mark
            .is_none_or(|spent| authenticator.mark.is_some_and(|mark| spent < mark));
        if !is_new || !stored.may_be_activated_by(account.id) {
            return Err(());
        }
        Ok(Some(HardwareToken {
            custody: Custody::Active {
                holder: account.id,
                user_name: account.user_name.clone(),
                authenticator: authenticator.id,
            },
            mark: authenticator.mark,
            version: stored.version + 1,
            ..stored.clone()
        }))
    }

    /// The token of an authenticator that goes, as it is stored then.
    pub(super) fn given_back(&self, authenticator: &Authenticator) -> Result<Option<HardwareToken>, ()> {
        let Some(held) = authenticator.binding.token() else {
            return Ok(None);
        };
        let stored = self.tokens.get(&held.serial).ok_or(())?;
        let bound = self.authenticators.get(&(authenticator.account, authenticator.id));
        let is_same = bound.is_some_and(|bound| bound.mark == authenticator.mark);
        match &stored.custody {
            Custody::Active {
                holder,
                user_name,
                authenticator: id,
            } if *id == authenticator.id && is_same => Ok(Some(HardwareToken {
                custody: Custody::Assigned {
                    holder: *holder,
                    user_name: user_name.clone(),
                },
                mark: authenticator.mark.or(stored.mark),
                version: stored.version + 1,
                ..stored.clone()
            })),
            _ => Err(()),
        }
    }

    /// Keeps a token as it is now.
    pub(super) fn put_token(&mut self, token: Option<HardwareToken>) {
        self.tokens.extend(token.map(|token| (token.serial.clone(), token)));
    }
}

#[async_trait]
impl ReadTokens for MemoryStore {
    async fn token(&self, serial: &SerialNumber) -> Result<Option<HardwareToken>, Fault> {
        Ok(self.state().tokens.get(serial).cloned())
    }
}

#[async_trait]
impl KeepTokens for MemoryStore {
    async fn keep_token(&self, token: &HardwareToken) -> Result<KeptToken, Fault> {
        Ok(match self.state().tokens.entry(token.serial.clone()) {
            Entry::Vacant(place) => {
                place.insert(token.clone());
                KeptToken::New
            }
            Entry::Occupied(there) => KeptToken::There(Box::new(there.get().clone())),
        })
    }

    async fn tokens(&self, list: List, after: Option<&SerialNumber>, limit: u16) -> Result<Page<HardwareToken>, Fault> {
        let state = self.state();
        let after = after.map_or(Unbounded, Excluded);
        let mut rest = state
            .tokens
            .range::<SerialNumber, _>((after, Unbounded))
            .map(|(_, token)| token)
            .filter(|token| token.custody.list() == list);
        let items: Vec<_> = rest.by_ref().take(usize::from(limit)).cloned().collect();
        let more = rest.next().is_some();
        let next = items.last().filter(|_| more).map(|token| token.serial.to_string());
        Ok(Page { items, next })
    }

    async fn move_token(&self, token: &HardwareToken) -> Result<Saved, Fault> {
        let mut state = self.state();
        let before = token.version.checked_sub(1);
        let stored = state
            .tokens
            .get_mut(&token.serial)
            .filter(|stored| Some(stored.version) == before);
        let Some(stored) = stored else {
            return Ok(Saved::Lost);
        };
        *stored = token.clone();
        Ok(Saved::Won)
    }

    async fn drop_token(&self, seen: &HardwareToken) -> Result<Saved, Fault> {
        let mut state = self.state();
        let same = |stored: &HardwareToken| stored.version == seen.version && stored.sealed_seed == seen.sealed_seed;
        let there = state.tokens.get(&seen.serial).is_some_and(same);
        if there {
            state.tokens.remove(&seen.serial);
        }
        Ok(saved(there))
    }
}
