//! Puts people and their sign-in methods into a store. All of it is made up; ids, tokens and keys follow from names and are the same each time.

use std::sync::OnceLock;

use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::attempts::Attempts;
use countersign_domain::delivery::Channel;
use countersign_domain::enrollment::{Enrollment, Stage as Ceremony};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::authenticator::Phone as PhoneBinding;
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::names::SerialNumber;
use countersign_domain::passwords::{self, Kept};
use countersign_domain::people::Person;
use countersign_domain::secret::Secret;
use countersign_domain::tokens::{Custody, HardwareToken};
use countersign_platform::house::House;
use countersign_platform::seeds;
use countersign_platform::store::{Consistency, Saved, Store};
use countersign_tests::{PASSWORD, SoftPasskey};
use jiff::{SignedDuration, Timestamp};

use crate::phone::{Bound, Phone};
use crate::stage::{now, pepper};

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) account: AccountId,
    pub(crate) phone: Option<Bound>,
    pub(crate) generator: Option<(AuthenticatorId, Vec<u8>)>,
}

impl Somebody {
    pub(crate) fn phone(&self) -> &Bound {
        self.phone.as_ref().unwrap()
    }

    pub(crate) fn generator(&self) -> (AuthenticatorId, &[u8]) {
        let (id, seed) = self.generator.as_ref().unwrap();
        (*id, seed)
    }
}

/// Adds to a store. Everything that is drawn follows from a name.
pub(crate) struct Director<'p> {
    pub(crate) store: &'p dyn Store,
    pub(crate) house: House,
}

/// A time before noon.
pub(crate) fn before(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

/// The id of what has that name.
pub(crate) fn authenticator_id(name: &str) -> AuthenticatorId {
    AuthenticatorId::new(before(20 * 24 * 60), &Seeded::new(name))
}

fn authenticator(of: AccountId, id: AuthenticatorId, name: &str, binding: Binding, at: Timestamp) -> Authenticator {
    Authenticator {
        id,
        account: of,
        name: name.parse().unwrap(),
        standing: Standing::Pending,
        added_at: at,
        last_used_at: None,
        expires_at: None,
        attempts: Attempts::default(),
        mark: None,
        binding,
    }
}

fn phone_binding(phone: &Phone) -> Binding {
    Binding::Authenticator(PhoneBinding {
        key: phone.key(),
        channel: Channel::None,
        model: "Pixel 9".parse().unwrap(),
        language: "en".parse().unwrap(),
        capabilities: vec!["number_matching".parse().unwrap()].try_into().unwrap(),
        installation: phone.installation(),
    })
}

fn password() -> Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    let keep = || passwords::keep(&pepper(), &Seeded::new("salt"), &Secret::new(PASSWORD.to_owned())).unwrap();
    KEPT.get_or_init(keep).clone()
}

impl<'p> Director<'p> {
    pub(crate) fn of(store: &'p dyn Store, house: House) -> Self {
        Self { store, house }
    }

    /// An account that stands so; a password where it has been entered.
    pub(crate) async fn account(&self, name: &str, display_name: &str, role: Role, status: Status) -> Somebody {
        let id = AccountId::new(before(40 * 24 * 60), &Seeded::new(name));
        let mail = Some(format!("{name}@example.org").parse().unwrap());
        let display_name = display_name.parse().unwrap();
        let mut account = Account::invited(
            id,
            name.parse().unwrap(),
            display_name,
            mail,
            role,
            before(40 * 24 * 60),
        );
        account.status = status;
        if status != Status::Invited {
            account.password = Some(password());
            account.password_set_at = Some(before(30 * 24 * 60));
        }
        assert_eq!(self.store.create(&account, None).await.unwrap(), Saved::Won);
        Somebody {
            account: id,
            phone: None,
            generator: None,
        }
    }

    /// A phone in use.
    pub(crate) async fn phone(&self, who: &mut Somebody, name: &str) {
        let bound = Bound {
            phone: Phone::called(name),
            account: who.account,
            id: authenticator_id(name),
        };
        self.bind(
            who.account,
            bound.id,
            name,
            phone_binding(&bound.phone),
            Ceremony::Pairing,
        )
        .await;
        who.phone = Some(bound);
    }

    /// A code generator in use.
    pub(crate) async fn generator(&self, who: &mut Somebody, name: &str) {
        let id = authenticator_id(name);
        let seed = totp::new_seed(&Seeded::new(&format!("seed {name}")));
        let sealed = seeds::seal(&self.house, who.account, id, &seed).await.unwrap();
        let ceremony = Ceremony::Seed {
            sealed_seed: "used".to_owned(),
        };
        self.bind(who.account, id, name, Binding::Totp(Generator::usual(sealed)), ceremony)
            .await;
        who.generator = Some((id, seed.expose().clone()));
    }

    /// A passkey in use.
    pub(crate) async fn passkey(&self, who: &Somebody, name: &str) -> SoftPasskey {
        let mut key = SoftPasskey::drawn(&Seeded::new(name));
        key.handle = who.account.handle().to_vec();
        let ceremony = Ceremony::Passkey {
            challenge: "used".to_owned(),
            attachment: None,
        };
        let binding = Binding::Passkey(key.kept());
        self.bind(who.account, authenticator_id(name), name, binding, ceremony)
            .await;
        key
    }

    /// A hardware token of the inventory, with the seed of its serial number.
    pub(crate) async fn token(&self, serial: &str, custody: Custody) {
        let serial: SerialNumber = serial.parse().unwrap();
        let seed = totp::new_seed(&Seeded::new(serial.as_str()));
        let token = HardwareToken {
            sealed_seed: seeds::seal_kept(&self.house, &serial, &seed).await.unwrap(),
            serial,
            manufacturer: "Feitian".parse().unwrap(),
            model: "c200".parse().unwrap(),
            period: 30,
            mark: None,
            added_at: before(10 * 24 * 60),
            version: 0,
            custody,
        };
        let _new = self.store.keep_token(&token).await.unwrap();
    }

    pub(crate) async fn bind(&self, of: AccountId, id: AuthenticatorId, name: &str, binding: Binding, stage: Ceremony) {
        let at = before(20 * 24 * 60);
        let authenticator = authenticator(of, id, name, binding, at);
        let ceremony = Enrollment::begin(of, None, stage, &self.house.policy, &Seeded::new(name), at);
        self.store.begin_enrollment(&ceremony, None).await.unwrap();
        let activation = self
            .person(of)
            .await
            .activate(authenticator, &self.house.policy, at)
            .unwrap();
        assert_eq!(
            self.store.activate(&activation, &ceremony, None).await.unwrap(),
            Saved::Won
        );
    }

    /// A phone that has paired and waits for its test.
    pub(crate) async fn pending(&self, who: &mut Somebody, name: &str) -> AuthenticatorId {
        let bound = Bound {
            phone: Phone::called(name),
            account: who.account,
            id: authenticator_id(name),
        };
        let mut pending = authenticator(who.account, bound.id, name, phone_binding(&bound.phone), before(2));
        pending.expires_at = Some(before(-13));
        assert_eq!(self.store.bind_pending(&pending).await.unwrap(), Saved::Won);
        who.phone = Some(bound);
        pending.id
    }

    pub(crate) async fn person(&self, of: AccountId) -> Person {
        self.store.person(of, Consistency::Strong).await.unwrap().unwrap()
    }
}
