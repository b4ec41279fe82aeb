//! Phone numbers in a world: a policy that gives them, and the codes that went out.

use countersign_domain::delivery::Delivery;

use crate::World;

impl World {
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
