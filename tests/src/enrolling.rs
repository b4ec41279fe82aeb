//! The ceremonies as a page and a phone go through them, step by step.

use countersign_device::{Paired, Phone};
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::Decision;
use countersign_domain::device::code::PairingCode;
use countersign_domain::secret::Secret;
use serde_json::json;
use totp_rs::Totp;

use crate::World;
use crate::browser::{Answer, Browser};

impl Browser {
    /// Begins to add a phone: the ceremony's address and the code on the page.
    pub async fn begin_phone(&self) -> (String, PairingCode) {
        let page = self
            .post("/api/v1/me/methods", json!({ "kind": "authenticator" }))
            .await
            .expect(201);
        (ceremony(&page), page.text("/prompts/0/code").parse().unwrap())
    }

    /// Begins to add a code generator: the ceremony's address and the seed that a real generator reads from the QR code.
    pub async fn begin_totp(&self) -> (String, Vec<u8>) {
        let page = self
            .post("/api/v1/me/methods", json!({ "kind": "totp" }))
            .await
            .expect(201);
        let generator = Totp::from_url(page.text("/prompts/0/uri")).unwrap();
        (ceremony(&page), generator.secret().as_ref().to_vec())
    }

    /// The end of a phone's ceremony: the number on the page, typed on the phone; what the page is told then.
    pub async fn confirm_phone(&self, ceremony: &str, phone: &Phone) -> Answer {
        let page = self.get(ceremony).await.expect(200);
        approve(phone, page.text("/prompts/0/number")).await;
        self.get(ceremony).await
    }
}

impl World {
    /// Pairs a new phone by the code on the page; it is pending.
    pub async fn pair(&self, code: &PairingCode) -> (Phone, Paired) {
        self.app()
            .pair(code, &"Pixel 9".parse().unwrap(), Channel::None)
            .await
            .unwrap()
    }
}

/// The number, typed on a phone that has an open prompt.
pub async fn approve(phone: &Phone, number: &str) {
    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    phone
        .answer(
            &prompt,
            Decision::Approve {
                number: Secret::new(number.to_owned()),
            },
        )
        .await
        .unwrap();
}

fn ceremony(page: &Answer) -> String {
    format!("/api/v1/me/enrollments/{}", page.text("/id"))
}
