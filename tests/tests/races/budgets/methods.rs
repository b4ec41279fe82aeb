//! What signing in by each method costs.

use countersign_domain::methods::pass::Terms;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Measure;

impl Measure<'_> {
    pub(super) async fn code(&mut self) {
        let (ada, browser) = (self.ada, self.ada.world.browser());
        ada.enter_password(&browser).await.expect(200);
        let enter = |code| browser.post("/api/v1/sign-ins/current/code", json!({ "code": code }));
        self.flow("a wrong code, with its record", enter(ada.wrong_code(0, 1)))
            .await
            .expect(401);
        self.flow("code, where a phone could have been asked too", enter(ada.code(0)))
            .await
            .expect(200);

        let name = format!("{}-without-a-phone", ada.user_name);
        let other = ada.world.member(&name).with_totp().create().await;
        let browser = ada.world.browser();
        other.enter_password(&browser).await.expect(200);
        let enter = browser.post("/api/v1/sign-ins/current/code", json!({ "code": other.code(0) }));
        self.flow("code (OATH) with session, record, check", enter)
            .await
            .expect(200);
    }

    pub(super) async fn passkey(&mut self) {
        let world = self.ada.world;
        let name = format!("{}-with-a-passkey", self.ada.user_name);
        let mut other = world.member(&name).with_passkey().create().await;
        let browser = world.browser();
        let options = "/api/v1/sign-ins/passkey/options";
        let asked = self
            .flow("a challenge for a passkey", browser.post(options, Value::Null))
            .await
            .expect(200);
        let credential = other.passkeys[0].0.get(&asked.body["options"], &world.origin, |_| ());
        let answer = browser.post("/api/v1/sign-ins/passkey", json!({ "credential": credential }));
        self.flow("passkey with session, record, check", answer)
            .await
            .expect(200);
    }

    pub(super) async fn number_of_a_phone(&mut self) {
        let world = self.ada.world;
        let name = format!("{}-with-a-number", self.ada.user_name);
        let other = world.member(&name).with_texts("912345642").create().await;
        let browser = world.browser();
        self.flow("the password and a code to a number", other.enter_password(&browser))
            .await
            .expect(200);
        let enter = browser.post("/api/v1/sign-ins/current/code", json!({ "code": world.last_code() }));
        self.flow("a code that was sent, with session, record, check", enter)
            .await
            .expect(200);
    }

    pub(super) async fn recovery_code(&mut self) {
        let world = self.ada.world;
        let name = format!("{}-with-recovery-codes", self.ada.user_name);
        let other = world.member(&name).with_totp().with_recovery_codes().create().await;
        let browser = world.browser();
        other.enter_password(&browser).await.expect(200);
        let set = other.recovery_codes.as_ref().map(|(_, set)| set.to_string());
        let code = json!({ "code": other.recovery_code(0), "authenticator_id": set });
        let enter = browser.post("/api/v1/sign-ins/current/code", code);
        self.flow("a recovery code with session, record, check", enter)
            .await
            .expect(200);
    }

    pub(super) async fn pass(&mut self) {
        let world = self.ada.world;
        let name = format!("{}-with-a-pass", self.ada.user_name);
        let other = world.member(&name).with_totp().create().await;
        let terms = Terms {
            length: 8,
            starts_at: world.now(),
            ends_at: world.now() + SignedDuration::from_hours(1),
            once: true,
        };
        let (pass, _) = other.issue_pass(terms).await;
        let browser = world.browser();
        let enter = json!({ "user_name": name, "pass": pass });
        self.flow(
            "a pass with session, record, check",
            browser.post("/api/v1/sign-ins/pass", enter),
        )
        .await
        .expect(200);
    }
}
