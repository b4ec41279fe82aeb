//! A member with what they have, made through the store so that a test begins where its fact does.

use countersign_device::{Phone, SigningKey};
use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::attempts::Attempts;
use countersign_domain::delivery::Channel;
use countersign_domain::device::octets::InstallationId;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::ids::{AccountId, AttemptId, AuthenticatorId};
use countersign_domain::methods::authenticator::Phone as PhoneBinding;
use countersign_domain::methods::pass::Terms;
use countersign_domain::methods::recovery_codes::Codes;
use countersign_domain::methods::sent_code::Line;
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::passwords;
use countersign_domain::phone_numbers::{Carries, PhoneNumber};
use countersign_domain::secret::Secret;
use countersign_platform::store::{
    AdministerPeople as _, BindMethods as _, Consistency, ConsumeCodes as _, IssuePasses as _, KeepEnrollments as _,
    ReadPeople as _, Saved,
};
use countersign_platform::{looking_up, seeds};
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::{PASSWORD, SoftPasskey, World, codes};

/// A member to be.
#[derive(Debug)]
pub struct MemberBuilder<'w> {
    world: &'w World,
    user_name: String,
    role: Role,
    phones: usize,
    unlocking: usize,
    generators: usize,
    passkeys: usize,
    recovery_codes: bool,
    numbers: Vec<(&'static str, bool)>,
}

/// A member.
#[derive(Debug)]
pub struct Member<'w> {
    /// The world.
    pub world: &'w World,
    /// The account.
    pub account: AccountId,
    /// What they sign in with.
    pub user_name: String,
    /// Their phones: key and authenticator.
    pub phones: Vec<(Vec<u8>, AuthenticatorId)>,
    /// Their code generators: seed and authenticator.
    pub generators: Vec<(Vec<u8>, AuthenticatorId)>,
    /// Their passkeys: key and authenticator.
    pub passkeys: Vec<(SoftPasskey, AuthenticatorId)>,
    /// Their recovery codes as they are shown, and the authenticator.
    pub recovery_codes: Option<(Vec<String>, AuthenticatorId)>,
    /// Their phone numbers that codes go to.
    pub numbers: Vec<AuthenticatorId>,
}

impl<'w> MemberBuilder<'w> {
    pub(crate) fn new(world: &'w World, user_name: &str) -> Self {
        Self {
            world,
            user_name: user_name.to_owned(),
            role: Role::Member,
            phones: 0,
            unlocking: 0,
            generators: 0,
            passkeys: 0,
            recovery_codes: false,
            numbers: Vec::new(),
        }
    }

    /// With recovery codes, beside a phone or a code generator.
    #[must_use]
    pub const fn with_recovery_codes(mut self) -> Self {
        self.recovery_codes = true;
        self
    }

    /// With a phone.
    #[must_use]
    pub const fn with_phone(mut self) -> Self {
        self.phones += 1;
        self
    }

    /// With a phone that says that it unlocks.
    #[must_use]
    pub const fn with_unlocking_phone(mut self) -> Self {
        self.unlocking += 1;
        self
    }

    /// With a code generator.
    #[must_use]
    pub const fn with_totp(mut self) -> Self {
        self.generators += 1;
        self
    }

    /// With a passkey.
    #[must_use]
    pub const fn with_passkey(mut self) -> Self {
        self.passkeys += 1;
        self
    }

    /// With a number that text messages go to.
    #[must_use]
    pub fn with_texts(mut self, number: &'static str) -> Self {
        self.numbers.push((number, false));
        self
    }

    /// With a number that is called.
    #[must_use]
    pub fn with_calls(mut self, number: &'static str) -> Self {
        self.numbers.push((number, true));
        self
    }

    /// As an administrator.
    #[must_use]
    pub const fn administrator(mut self) -> Self {
        self.role = Role::Administrator;
        self
    }

    /// Makes them: active, with [`PASSWORD`].
    pub async fn create(self) -> Member<'w> {
        let Self {
            world,
            user_name,
            role,
            phones,
            unlocking,
            generators,
            passkeys,
            recovery_codes,
            numbers,
        } = self;
        let (parts, now) = (&world.parts, world.now());
        let id = AccountId::new(now, parts.entropy.as_ref());
        let name = user_name.parse().unwrap();
        let mail = Some(format!("{user_name}@example.org").parse().unwrap());
        let mut account = Account::invited(id, name, user_name.parse().unwrap(), mail, role, now);
        let keyring = parts.keys.keyring().await.unwrap();
        account.status = Status::Active;
        account.password = passwords::keep(
            keyring.pepper.expose(),
            parts.entropy.as_ref(),
            &Secret::new(PASSWORD.to_owned()),
        );
        account.password_set_at = Some(now);
        assert_eq!(parts.store.create(&account, None).await.unwrap(), Saved::Won);
        let mut member = Member {
            world,
            account: id,
            user_name,
            phones: Vec::new(),
            generators: Vec::new(),
            passkeys: Vec::new(),
            recovery_codes: None,
            numbers: Vec::new(),
        };
        for _ in 0..phones {
            member.bind_phone().await;
        }
        for _ in 0..unlocking {
            member.bind_phone_that(&["number_matching", "unlock"]).await;
        }
        for _ in 0..generators {
            member.bind_totp().await;
        }
        for _ in 0..passkeys {
            member.bind_passkey(SoftPasskey::new()).await;
        }
        if recovery_codes {
            member.bind_recovery_codes().await;
        }
        for (number, spoken) in numbers {
            member.bind_number(number, spoken).await;
        }
        member
    }
}

impl Member<'_> {
    /// Binds one more phone, as a finished ceremony leaves it.
    pub async fn bind_phone(&mut self) -> AuthenticatorId {
        self.bind_phone_that(&["number_matching"]).await
    }

    /// Binds one more phone that says that it can do this.
    pub async fn bind_phone_that(&mut self, can: &[&str]) -> AuthenticatorId {
        let can: Vec<_> = can.iter().map(|name| name.parse().unwrap()).collect();
        let key = SigningKey::generate().unwrap();
        let entropy = self.world.parts.entropy.as_ref();
        let binding = Binding::Authenticator(PhoneBinding {
            key: key.public().clone(),
            channel: Channel::None,
            model: "Test phone".parse().unwrap(),
            language: "en".parse().unwrap(),
            capabilities: can.try_into().unwrap(),
            installation: InstallationId::draw(entropy),
        });
        let id = AuthenticatorId::new(self.world.now(), entropy);
        self.bind(id, "Test phone", binding, Stage::Pairing).await;
        self.phones.push((key.pkcs8().expose().clone(), id));
        id
    }

    /// Binds one more code generator.
    pub async fn bind_totp(&mut self) -> AuthenticatorId {
        let parts = &self.world.parts;
        let id = AuthenticatorId::new(self.world.now(), parts.entropy.as_ref());
        let seed = totp::new_seed(parts.entropy.as_ref());
        let sealed = seeds::seal(&parts.house(), self.account, id, &seed).await.unwrap();
        let stage = Stage::Seed {
            sealed_seed: "used".to_owned(),
        };
        self.bind(id, "Code generator", Binding::Totp(Generator::usual(sealed)), stage)
            .await;
        self.generators.push((seed.expose().clone(), id));
        id
    }

    /// Binds a passkey.
    pub async fn bind_passkey(&mut self, mut key: SoftPasskey) -> AuthenticatorId {
        let id = AuthenticatorId::new(self.world.now(), self.world.parts.entropy.as_ref());
        key.handle = self.account.handle().to_vec();
        let stage = Stage::Passkey {
            challenge: "used".to_owned(),
            attachment: None,
        };
        self.bind(id, "Passkey", Binding::Passkey(key.kept()), stage).await;
        self.passkeys.push((key, id));
        id
    }

    /// What a browser is told that asks for a passkey at that address, and answers with one of theirs.
    pub async fn answer_with_passkey(&mut self, browser: &Browser, index: usize, options: &str) -> Answer {
        let asked = browser.post(options, json!(null)).await.expect(200);
        let credential = self.passkeys[index]
            .0
            .get(&asked.body["options"], &self.world.origin, |_| ());
        browser
            .post("/api/v1/sign-ins/passkey", json!({ "credential": credential }))
            .await
    }

    /// A browser that has signed in with a passkey and nothing else.
    pub async fn signed_in_by_passkey(&mut self) -> Browser {
        let browser = self.world.browser();
        let done = self
            .answer_with_passkey(&browser, 0, "/api/v1/sign-ins/passkey/options")
            .await
            .expect(200);
        assert_eq!(done.text("/state"), "complete");
        browser
    }

    /// Binds recovery codes, in place of those before.
    pub async fn bind_recovery_codes(&mut self) -> AuthenticatorId {
        let (parts, codes) = (&self.world.parts, Codes::draw(self.world.parts.entropy.as_ref()));
        let id = AuthenticatorId::new(self.world.now(), parts.entropy.as_ref());
        let shown = codes.shown();
        let set = looking_up::keep_codes(&parts.house(), codes).await.unwrap();
        let stage = Stage::Codes {
            sealed_codes: "used".to_owned(),
        };
        self.bind(id, "Recovery codes", Binding::RecoveryCodes(set), stage)
            .await;
        self.recovery_codes = Some((shown, id));
        id
    }

    /// One of their recovery codes, as it is shown.
    pub fn recovery_code(&self, index: usize) -> &str {
        &self.recovery_codes.as_ref().unwrap().0[index]
    }

    /// Issues a pass for them, as an administrator's request leaves it.
    pub async fn issue_pass(&self, terms: Terms) -> (String, AuthenticatorId) {
        let (parts, now) = (&self.world.parts, self.world.now());
        let (pass, secret) = looking_up::issue_pass(&parts.house(), terms).await.unwrap();
        let id = AuthenticatorId::new(now, parts.entropy.as_ref());
        let person = parts
            .store
            .person(self.account, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        let issued = person.issue_pass(id, "Temporary access pass".parse().unwrap(), pass, now);
        assert_eq!(parts.store.issue_pass(&issued, None).await.unwrap(), Saved::Won);
        (secret.expose().clone(), id)
    }

    /// Binds one more number that codes go to; policy gives it to them from now on.
    pub async fn bind_number(&mut self, number: &str, spoken: bool) -> AuthenticatorId {
        let id = AuthenticatorId::new(self.world.now(), self.world.parts.entropy.as_ref());
        let carries = if spoken { Carries::Calls } else { Carries::Texts };
        let number = PhoneNumber::parse(number, "PT".parse().unwrap(), carries).unwrap();
        let line = Line { number, sent: None };
        let stage = Stage::Message {
            authenticator: id,
            spoken,
            line: line.clone(),
            wrong: 0,
        };
        if spoken {
            self.bind(id, "Phone call", Binding::Voice(line), stage).await;
        } else {
            self.bind(id, "Text message", Binding::Sms(line), stage).await;
        }
        self.numbers.push(id);
        id
    }

    async fn bind(&self, id: AuthenticatorId, name: &str, binding: Binding, stage: Stage) {
        let (parts, now) = (&self.world.parts, self.world.now());
        let authenticator = Authenticator::bound(id, self.account, name.parse().unwrap(), binding, now);
        let ceremony = Enrollment::begin(self.account, None, stage, &parts.policy, parts.entropy.as_ref(), now);
        parts.store.begin_enrollment(&ceremony, None).await.unwrap();
        let person = parts
            .store
            .person(self.account, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        let activation = person.activate(authenticator, &parts.policy, now).unwrap();
        assert_eq!(
            parts.store.activate(&activation, &ceremony, None).await.unwrap(),
            Saved::Won
        );
    }

    /// One of their phones, its clock set to the time in the world.
    pub fn phone(&self, index: usize) -> Phone {
        let (key, id) = &self.phones[index];
        self.world
            .app()
            .phone(SigningKey::from_pkcs8(key).unwrap(), self.account, *id)
    }

    /// The code that one of their generators shows now.
    pub fn code(&self, index: usize) -> String {
        codes::code(&self.generators[index].0, self.world.now())
    }

    /// A code that the generator does not show, a different one for each `n`.
    pub fn wrong_code(&self, index: usize, n: u32) -> String {
        codes::wrong_code(&self.generators[index].0, self.world.now(), n)
    }

    /// The count of wrong codes that one of their generators has.
    pub async fn attempts(&self, index: usize) -> Attempts {
        let id = self.generators[index].1;
        self.world
            .parts
            .store
            .authenticator(self.account, id, Consistency::Strong)
            .await
            .unwrap()
            .unwrap()
            .attempts
    }

    /// So many wrong codes in a row were given to one of their generators, and the wait after the last is over.
    pub async fn has_failed(&self, index: usize, fails: u32) {
        let store = &self.world.parts.store;
        let generator = store
            .authenticator(self.account, self.generators[index].1, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        let attempt = AttemptId::new(self.world.now(), self.world.parts.entropy.as_ref());
        let counted = Attempts {
            fails,
            blocked_until: Some(self.world.now()),
        };
        assert_eq!(
            store.count_wrong_code(&generator, counted, attempt).await.unwrap(),
            Saved::Won
        );
    }
}
