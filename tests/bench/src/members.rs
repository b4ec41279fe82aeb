//! People to measure with: each has a code generator, asked first, and a phone.

use countersign_device::SigningKey;
use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::delivery::Channel;
use countersign_domain::device::octets::InstallationId;
use countersign_domain::encoding::base64url;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::authenticator::Phone;
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::passwords;
use countersign_domain::secret::Secret;
use countersign_local::service::Parts;
use countersign_platform::seeds;
use countersign_platform::store::{Consistency, Saved, Store};
use serde::{Deserialize, Serialize};

/// Everybody's password.
pub const PASSWORD: &str = "violet harbor sings quietly";

/// One of them, with what only they should know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Member {
    /// What they sign in with.
    pub user_name: String,
    /// Their account.
    pub account: AccountId,
    /// Their generator's seed, base64url.
    pub seed: String,
    /// Their phone's entry.
    pub phone: AuthenticatorId,
    /// Its key, PKCS #8 as base64url.
    pub key: String,
}

/// Makes so many.
pub async fn make<T: Store + 'static>(parts: &Parts<T>, count: usize) -> Vec<Member> {
    let pepper = parts.keys.keyring().await.unwrap().pepper.clone();
    let password = passwords::keep(
        pepper.expose(),
        parts.entropy.as_ref(),
        &Secret::new(PASSWORD.to_owned()),
    );
    let mut members = Vec::new();
    for number in 0..count {
        let (now, entropy) = (parts.clock.now(), parts.entropy.as_ref());
        let user_name = format!("member{number}");
        let id = AccountId::new(now, entropy);
        let name = user_name.parse().unwrap();
        let mut account = Account::invited(id, name, user_name.parse().unwrap(), None, Role::Member, now);
        account.status = Status::Active;
        account.password = password.clone();
        account.password_set_at = Some(now);
        assert_eq!(parts.store.create(&account, None).await.unwrap(), Saved::Won);
        let seed = generator(parts, id).await;
        let (phone, key) = phone(parts, id).await;
        members.push(Member {
            user_name,
            account: id,
            seed,
            phone,
            key,
        });
    }
    members
}

async fn generator<T: Store + 'static>(parts: &Parts<T>, account: AccountId) -> String {
    let id = AuthenticatorId::new(parts.clock.now(), parts.entropy.as_ref());
    let seed = totp::new_seed(parts.entropy.as_ref());
    let sealed = seeds::seal(&parts.house(), account, id, &seed).await.unwrap();
    let stage = Stage::Seed {
        sealed_seed: "used".to_owned(),
    };
    bind(parts, account, id, Binding::Totp(Generator::usual(sealed)), stage).await;
    base64url(seed.expose())
}

async fn phone<T: Store + 'static>(parts: &Parts<T>, account: AccountId) -> (AuthenticatorId, String) {
    let key = SigningKey::generate().unwrap();
    let id = AuthenticatorId::new(parts.clock.now(), parts.entropy.as_ref());
    let binding = Binding::Authenticator(Phone {
        key: key.public().clone(),
        channel: Channel::None,
        model: "Bench phone".parse().unwrap(),
        language: "en".parse().unwrap(),
        capabilities: vec!["number_matching".parse().unwrap()].try_into().unwrap(),
        installation: InstallationId::draw(parts.entropy.as_ref()),
    });
    bind(parts, account, id, binding, Stage::Pairing).await;
    (id, base64url(key.pkcs8().expose()))
}

/// Binds it as a finished ceremony would.
async fn bind<T: Store + 'static>(
    parts: &Parts<T>,
    account: AccountId,
    id: AuthenticatorId,
    binding: Binding,
    stage: Stage,
) {
    let now = parts.clock.now();
    let name = binding.kind().as_str().parse().unwrap();
    let authenticator = Authenticator::bound(id, account, name, binding, now);
    let ceremony = Enrollment::begin(account, None, stage, &parts.policy, parts.entropy.as_ref(), now);
    parts.store.begin_enrollment(&ceremony, None).await.unwrap();
    let person = parts.store.person(account, Consistency::Strong).await.unwrap().unwrap();
    let activation = person.activate(authenticator, &parts.policy, now).unwrap();
    assert_eq!(
        parts.store.activate(&activation, &ceremony, None).await.unwrap(),
        Saved::Won
    );
}
