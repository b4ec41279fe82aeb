//! Phone numbers in a world: a policy that gives them, and the codes that went out.

use countersign_domain::delivery::Delivery;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_platform::store::{KeepPolicy as _, Saved};

use crate::World;

impl World {
    /// Changes the methods policy, past everything that edits it.
    ///
    /// # Panics
    /// If it was changed in another way before.
    pub async fn rules(&self, change: impl FnOnce(&mut MethodsPolicy)) {
        let mut rules = self.rules.lock().unwrap().clone();
        change(&mut rules);
        rules.version += 1;
        let saved = self.parts.store.save_methods_policy(&rules, None).await.unwrap();
        assert_eq!(saved, Saved::Won);
        *self.rules.lock().unwrap() = rules;
    }

    /// Gives texts and calls to everybody, to Portuguese numbers.
    pub async fn give_numbers(&self) {
        self.rules(|rules| {
            for rule in [&mut rules.sms, &mut rules.voice] {
                rule.audience.enabled = true;
                rule.settings.countries = ["PT".parse().unwrap()].into();
            }
        })
        .await;
    }

    /// The codes that went out, the first at the front: to which number, and what.
    pub fn codes(&self) -> Vec<(String, String)> {
        let sent = self.outbox.sent().into_iter();
        let codes = sent.filter_map(|delivery| match delivery {
            Delivery::Sms { to, code, .. } | Delivery::Voice { to, code, .. } => {
                Some((to.e164().to_owned(), code.expose().clone()))
            }
            _ => None,
        });
        codes.collect()
    }

    /// The code that went out last.
    pub fn last_code(&self) -> String {
        self.codes().pop().expect("a code went out").1
    }
}

/// A code that is not this one, a different one for each `n`.
pub fn other_code(code: &str, n: u32) -> String {
    let code: u32 = code.parse().unwrap();
    format!("{:06}", (code + 1 + n) % 1_000_000)
}
