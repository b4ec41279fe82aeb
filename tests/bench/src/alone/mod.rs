//! What is computed for a sign-in, without HTTP and without a database: each verification beside the primitive that it rests on.

mod bare;
mod codes;
mod passkey;
mod phone;
mod sent;
mod stretched;
mod timing;

use std::hint::black_box;

use countersign_domain::attempts::Attempts;
use countersign_domain::ids::{AccountId, AuthenticatorId, PromptId};
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::prompts::number_of;
use countersign_platform::entropy::SystemEntropy;
use countersign_platform::keys::Keyring;
use jiff::Timestamp;

pub use timing::{Bare, Measured};

use crate::figures::Table;
use timing::by_itself;

/// What every computation has at hand.
struct Given {
    ring: Keyring,
    /// When everything is answered. What phones sign bears the time of the clock, which may be a minute and a half away from it.
    now: Timestamp,
}

impl Given {
    fn pepper(&self) -> &[u8] {
        self.ring.pepper.expose()
    }

    /// An authenticator in use.
    fn bound(&self, binding: Binding) -> Authenticator {
        Authenticator {
            id: AuthenticatorId::new(self.now, &SystemEntropy),
            account: AccountId::new(self.now, &SystemEntropy),
            name: "bench".parse().unwrap(),
            standing: Standing::Active,
            added_at: self.now,
            last_used_at: None,
            expires_at: None,
            attempts: Attempts::default(),
            mark: None,
            binding,
        }
    }
}

/// Computes everything often enough.
pub fn measure() -> Vec<Measured> {
    let given = Given {
        ring: Keyring::generate().unwrap(),
        now: Timestamp::now(),
    };
    let mut measured = vec![
        stretched::password(&given),
        stretched::pass(&given),
        passkey::assertion(&given),
    ];
    measured.extend([phone::answer(&given), phone::proof(&given)]);
    measured.extend(codes::token(&given));
    measured.extend(codes::generator(&given));
    measured.extend([
        sent::text_message(&given),
        sent::call(&given),
        stretched::recovery_code(&given),
        codes::with_password(&given),
        codes::unsealed(&given),
    ]);
    measured.extend(others(&given));
    measured
}

/// What else a sign-in computes.
fn others(given: &Given) -> [Measured; 3] {
    let Given { ring, now } = given;
    let prompt = PromptId::new(*now, &SystemEntropy);
    let cookie = ring
        .cookie
        .seal_value("bench", &vec!["a sign-in under way"; 12])
        .unwrap();
    [
        by_itself("a number derived (HMAC-SHA-256)", || {
            number_of(black_box(given.pepper()), prompt, 2)
        }),
        by_itself("a push token signed (ES256)", || {
            ring.vapid.sign(b"header.claims").unwrap()
        }),
        by_itself("a cookie opened (AES-256-GCM, JSON)", || {
            ring.cookie.open_value::<Vec<String>>("bench", &cookie).unwrap()
        }),
    ]
}

/// As a table.
pub fn table(measured: &[Measured]) -> Table {
    let mut table = Table::of(&["computation", "time", "bare primitive", "its time", "ratio"]);
    for one in measured {
        let bare = one.bare.as_ref();
        let primitive = bare.map_or("", |bare| bare.primitive);
        let its_time = bare.map_or_else(String::new, |bare| time(bare.nanoseconds));
        let ratio = one.ratio().map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        table.row(&[&one.computation, &time(one.nanoseconds), &primitive, &its_time, &ratio]);
    }
    table
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        long if long >= 1e6 => format!("{:.1} ms", long / 1e6),
        middle if middle >= 1e4 => format!("{:.0} µs", middle / 1e3),
        short => format!("{short:.0} ns"),
    }
}
