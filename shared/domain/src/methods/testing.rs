//! What tests bind: authenticators in use whose secrets are known.

use jiff::Timestamp;

use super::authenticator::Phone;
use super::totp::Generator;
use super::{Authenticator, Binding, Standing};
use crate::attempts::Attempts;
use crate::delivery::Channel;
use crate::device::key::DeviceKey;
use crate::device::octets::InstallationId;
use crate::entropy::{self, Entropy};
use crate::ids::{AccountId, AuthenticatorId};

/// An authenticator in use.
pub(crate) fn bound(account: AccountId, binding: Binding, entropy: &dyn Entropy) -> Authenticator {
    let start = Timestamp::UNIX_EPOCH;
    Authenticator {
        id: AuthenticatorId::new(start, entropy),
        account,
        name: "Mine".parse().unwrap(),
        standing: Standing::Active,
        added_at: start,
        last_used_at: None,
        expires_at: None,
        attempts: Attempts::default(),
        mark: None,
        binding,
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
