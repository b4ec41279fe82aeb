//! The things that the facts are about, made in a line each.

use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::delivery::Channel;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::octets::Octets;
use countersign_domain::device::shown::Shown;
use countersign_domain::device::words::Capabilities;
use countersign_domain::encoding::base64url;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::entropy::bytes;
use countersign_domain::ids::{AccountId, AttemptId, AuthenticatorId, PromptId, SignInId};
use countersign_domain::methods::authenticator::Phone;
use countersign_domain::methods::passkey::{Aaguid, Passkey};
use countersign_domain::methods::sent_code::Line;
use countersign_domain::methods::totp::Generator;
use countersign_domain::methods::{Authenticator, Binding, Standing};
use countersign_domain::passwords::Kept;
use countersign_domain::people::Person;
use countersign_domain::phone_numbers::{Carries, PhoneNumber};
use countersign_domain::place::Place;
use countersign_domain::policy::Policy;
use countersign_domain::prompts::{Ledger, Opening, Purpose};
use countersign_domain::secret::Secret;
use countersign_domain::sessions::{Proof, Scope, Session};
use countersign_domain::tokens::{Custody, HardwareToken};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::entropy::SystemEntropy;
use crate::store::{Consistency, Saved, Store};

/// The time it is: with a fraction, as real times have one.
pub(super) fn now() -> Timestamp {
    "2026-11-24T12:00:00.123456789Z".parse().unwrap()
}

/// So many seconds from now.
pub(super) fn after(seconds: i64) -> Timestamp {
    now().saturating_add(SignedDuration::from_secs(seconds)).unwrap()
}

/// Two values that are stored alike.
#[track_caller]
pub(super) fn assert_same<T: Serialize>(left: &T, right: &T) {
    assert_eq!(
        serde_json::to_value(left).unwrap(),
        serde_json::to_value(right).unwrap()
    );
}

pub(super) fn attempt() -> AttemptId {
    AttemptId::new(now(), &SystemEntropy)
}

pub(super) fn account(name: &str, status: Status) -> Account {
    let id = AccountId::new(now(), &SystemEntropy);
    let mail = Some("ada@example.org".parse().unwrap());
    let invited = Account::invited(
        id,
        name.parse().unwrap(),
        "Ada".parse().unwrap(),
        mail,
        Role::Member,
        now(),
    );
    Account { status, ..invited }
}

pub(super) fn password() -> Kept {
    serde_json::from_value(serde_json::json!({ "hash": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA" })).unwrap()
}

/// Something in use.
pub(super) fn authenticator(of: AccountId, binding: Binding) -> Authenticator {
    Authenticator {
        id: AuthenticatorId::new(now(), &SystemEntropy),
        account: of,
        name: "This one".parse().unwrap(),
        standing: Standing::Active,
        added_at: now(),
        last_used_at: None,
        expires_at: None,
        attempts: countersign_domain::attempts::Attempts::default(),
        mark: None,
        binding,
    }
}

/// A code generator in use.
pub(super) fn generator(of: AccountId) -> Authenticator {
    authenticator(of, Binding::Totp(Generator::usual("v1.c2VhbGVk".to_owned())))
}

/// A token of the inventory.
pub(super) fn token(serial: &str) -> HardwareToken {
    HardwareToken {
        serial: serial.parse().unwrap(),
        manufacturer: "Feitian".parse().unwrap(),
        model: "c200".parse().unwrap(),
        period: 30,
        sealed_seed: "1.c2VhbGVk".to_owned(),
        mark: None,
        added_at: now(),
        version: 0,
        custody: Custody::Available,
    }
}

/// That token in use, by a code of that step.
pub(super) fn held(of: AccountId, token: &HardwareToken, mark: u64) -> Authenticator {
    Authenticator {
        mark: Some(mark),
        ..authenticator(of, Binding::HardwareOath(token.held("1.c2VhbGVk".to_owned())))
    }
}

pub(super) fn web_push(endpoint: &str) -> Channel {
    let keys = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";
    Channel::WebPush {
        endpoint: Secret::new(format!("https://push.example/{endpoint}")),
        p256dh: keys.to_owned(),
        auth: Secret::new("tBHItJI5svbpez7KI4CCXg".to_owned()),
    }
}

/// A number that codes go to.
pub(super) fn line() -> Line {
    let number = PhoneNumber::parse("912 345 678", "PT".parse().unwrap(), Carries::Texts).unwrap();
    Line { number, sent: None }
}

/// A number that text messages go to, in use.
pub(super) fn texts(of: AccountId) -> Authenticator {
    authenticator(of, Binding::Sms(line()))
}

/// A phone in use.
pub(super) fn phone(of: AccountId) -> Authenticator {
    authenticator(
        of,
        Binding::Authenticator(Phone {
            key: DeviceKey::from_coordinates(bytes(&SystemEntropy), bytes(&SystemEntropy)),
            channel: web_push("first"),
            model: "Pixel 9".parse().unwrap(),
            language: "en".parse().unwrap(),
            capabilities: Capabilities::default(),
            installation: Octets::draw(&SystemEntropy),
        }),
    )
}

/// A passkey in use.
pub(super) fn passkey(of: AccountId, credential: &[u8]) -> Authenticator {
    let passkey = Passkey {
        credential_id: base64url(credential),
        public_key: "{}".to_owned(),
        aaguid: Aaguid::default(),
        sign_count: 0,
        backup_eligible: false,
        backed_up: false,
        transports: vec!["usb".to_owned()],
        attachment: None,
        attestation_format: "none".to_owned(),
        attested: false,
    };
    authenticator(of, Binding::Passkey(passkey))
}

/// The same, bound and not used yet.
pub(super) fn pending(one: Authenticator) -> Authenticator {
    Authenticator {
        standing: Standing::Pending,
        expires_at: Some(after(900)),
        ..one
    }
}

pub(super) fn ceremony(of: AccountId, stage: Stage) -> Enrollment {
    Enrollment::begin(of, None, stage, &Policy::default(), &SystemEntropy, now())
}

/// The test of a pending phone.
pub(super) fn testing(phone: &Authenticator) -> Enrollment {
    let prompt = PromptId::new(now(), &SystemEntropy);
    ceremony(
        phone.account,
        Stage::Testing {
            authenticator: phone.id,
            prompt,
        },
    )
}

pub(super) fn place() -> Place {
    Place {
        address: Some("2001:db8:85a3::8a2e:370:7334".to_owned()),
        place: Some("São Paulo, Brazil".to_owned()),
        country: Some("BR".to_owned()),
        network: Some("AS64496".to_owned()),
        browser: Some("Firefox".to_owned()),
        os: Some("Windows".to_owned()),
        device_kind: Some("desktop".to_owned()),
    }
}

pub(super) fn session(of: AccountId, with: AuthenticatorId) -> Session {
    let phone = Proof {
        authenticator: Some(with),
        kind: "authenticator".to_owned(),
        name: "Ada's phone".to_owned(),
        unlocked: false,
        device_bound: false,
    };
    let proofs = vec![Proof::password(), phone];
    Session::open(
        of,
        Scope::Full,
        proofs,
        place(),
        &Policy::default(),
        &SystemEntropy,
        now(),
    )
    .0
}

pub(super) fn event(of: AccountId, at: Timestamp) -> Event {
    Event::new(of, What::SignIn, Outcome::Success, place(), &SystemEntropy, at).with("authenticator", "Ada's phone")
}

/// The same ledger with a new prompt.
pub(super) fn prompted(ledger: Ledger) -> Ledger {
    let shown = Shown {
        app: "Example".to_owned(),
        place: "São Paulo, Brazil".to_owned(),
        browser: "Firefox on Windows".to_owned(),
        address: "2001:db8:85a3::8a2e:370:7334".to_owned(),
        at: now(),
    };
    let purpose = Purpose::Test {
        flow: countersign_domain::ids::EnrollmentId::new(now(), &SystemEntropy),
    };
    let opening = Opening {
        purpose,
        authenticator: AuthenticatorId::new(now(), &SystemEntropy),
        shown,
        number_length: 2,
        quiet: false,
    };
    ledger.open(opening, &Policy::default(), &SystemEntropy, now()).unwrap()
}

/// A ledger as full as it gets.
pub(super) fn full_ledger(of: AccountId) -> Ledger {
    let mut ledger = prompted(Ledger {
        strikes: vec![now(), now()],
        muted_until: Some(after(600)),
        ..Ledger::empty(of)
    });
    if let Some(prompt) = &mut ledger.prompt {
        prompt.purpose = Purpose::Reauthenticate {
            flow: SignInId::new(now(), &SystemEntropy),
        };
    }
    ledger.fetched(now())
}

/// An active account in the store, with these authenticators.
pub(super) async fn ada(store: &impl Store, bind: impl Fn(AccountId) -> Vec<Authenticator>) -> Person {
    let id = AccountId::new(now(), &SystemEntropy);
    let name = id.to_string().to_lowercase();
    let account = Account {
        id,
        ..account(&name, Status::Active)
    };
    assert_eq!(store.create(&account, None).await.unwrap(), Saved::Won);
    for authenticator in bind(id) {
        assert_eq!(store.bind_pending(&authenticator).await.unwrap(), Saved::Won);
    }
    person(store, id).await
}

/// A person as stored.
pub(super) async fn person(store: &impl Store, id: AccountId) -> Person {
    store.person(id, Consistency::Strong).await.unwrap().unwrap()
}

/// An authenticator as stored.
pub(super) async fn stored(store: &impl Store, one: &Authenticator) -> Authenticator {
    store
        .authenticator(one.account, one.id, Consistency::Strong)
        .await
        .unwrap()
        .unwrap()
}
