//! What tests of several modules begin with: an account in use, authenticators whose secrets are known, what a phone shows.

use jiff::{SignedDuration, Timestamp};
use totp_rs::{Algorithm, Builder};

use super::authenticator::Phone;
use super::hardware_oath::Held;
use super::passkey::{Aaguid, Asserted, Passkey};
use super::totp::Generator;
use super::{Authenticator, Binding, Standing};
use crate::accounts::{Account, Role, Status};
use crate::delivery::Channel;
use crate::device::key::DeviceKey;
use crate::device::octets::InstallationId;
use crate::device::shown::Shown;
use crate::encoding::base64url;
use crate::entropy::{self, Entropy};
use crate::ids::{AccountId, AuthenticatorId};

/// Ada's account, in use.
pub(crate) fn ada(entropy: &dyn Entropy) -> Account {
    let start = Timestamp::UNIX_EPOCH;
    let (id, name, shown) = (
        AccountId::new(start, entropy),
        "ada".parse().unwrap(),
        "Ada".parse().unwrap(),
    );
    let mut account = Account::invited(id, name, shown, None, Role::Member, start);
    account.status = Status::Active;
    account
}

/// What a phone shows of a sign-in from somewhere.
pub(crate) fn shown(at: Timestamp) -> Shown {
    let text = str::to_owned;
    let (app, place, browser) = (text("Security info"), text("Lisbon, PT"), text("Firefox on Linux"));
    Shown {
        app,
        place,
        browser,
        address: text("203.0.113.9"),
        at,
    }
}

/// An authenticator in use.
pub(crate) fn bound(account: AccountId, binding: Binding, entropy: &dyn Entropy) -> Authenticator {
    let start = Timestamp::UNIX_EPOCH;
    let id = AuthenticatorId::new(start, entropy);
    Authenticator {
        standing: Standing::Active,
        ..Authenticator::bound(id, account, "Mine".parse().unwrap(), binding, start)
    }
}

/// What is kept of a phone with that channel.
pub(crate) fn phone_binding(channel: Channel, entropy: &dyn Entropy) -> Binding {
    Binding::Authenticator(Phone {
        key: DeviceKey::from_coordinates(entropy::bytes(entropy), entropy::bytes(entropy)),
        channel,
        model: "Pixel 9".parse().unwrap(),
        language: "en".parse().unwrap(),
        capabilities: Vec::new().try_into().unwrap(),
        installation: InstallationId::draw(entropy),
    })
}

/// A phone in use.
pub(crate) fn phone(account: AccountId, entropy: &dyn Entropy) -> Authenticator {
    bound(account, phone_binding(Channel::None, entropy), entropy)
}

/// A code generator in use.
pub(crate) fn generator(account: AccountId, entropy: &dyn Entropy) -> Authenticator {
    bound(
        account,
        Binding::Totp(Generator::usual("v1.sealed".to_owned())),
        entropy,
    )
}

/// What is kept of a passkey of that credential id, synced or not.
pub(crate) fn passkey(id: &[u8], synced: bool) -> Passkey {
    Passkey {
        credential_id: base64url(id),
        public_key: "{}".to_owned(),
        aaguid: Aaguid::new([7; 16]),
        sign_count: 0,
        backup_eligible: synced,
        backed_up: synced,
        transports: vec!["internal".to_owned()],
        attachment: None,
        attestation_format: "none".to_owned(),
        attested: false,
    }
}

/// What an assertion by it says, to a challenge of `at` that can be answered for ten minutes.
pub(crate) fn asserted(passkey: &Passkey, at: Timestamp) -> Asserted {
    Asserted {
        credential_id: passkey.credential_id.clone(),
        challenged_at: at,
        expires_at: at + SignedDuration::from_mins(10),
        sign_count: if passkey.sign_count == 0 {
            0
        } else {
            passkey.sign_count.saturating_add(1)
        },
        backup_eligible: passkey.backup_eligible,
        backed_up: passkey.backed_up,
    }
}

/// A token, its clock right.
pub(crate) fn held(sealed_seed: &str) -> Held {
    Held {
        serial: "FT-0042".parse().unwrap(),
        manufacturer: "Feitian".parse().unwrap(),
        model: "c200".parse().unwrap(),
        generator: Generator::usual(sealed_seed.to_owned()),
        drift: 0,
    }
}

/// So many seconds since the epoch.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The code of a seed at a time: SHA-1, 6 digits, 30 s.
pub(crate) fn code_of(seed: &[u8], time: i64) -> String {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30);
    totp.with_secret(seed.to_vec())
        .build_noncompliant()
        .generate(time.unsigned_abs())
        .to_string()
}
