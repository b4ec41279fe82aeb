//! What tests of several modules begin with: an account in use, authenticators whose secrets are known, what a phone shows.

use jiff::Timestamp;

use super::authenticator::Phone;
use super::totp::Generator;
use super::{Authenticator, Binding, Standing};
use crate::accounts::{Account, Role, Status};
use crate::delivery::Channel;
use crate::device::key::DeviceKey;
use crate::device::octets::InstallationId;
use crate::device::shown::Shown;
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
