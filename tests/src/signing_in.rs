//! A member at a browser and with a phone: what they enter, and the browsers that they are signed in with.

use countersign_device::Prompt;
use countersign_domain::device::claims::Decision;
use countersign_domain::secret::Secret;
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::{Member, PASSWORD};

impl Member<'_> {
    /// User name and password in a browser; what the page is told.
    pub async fn enter_password(&self, browser: &Browser) -> Answer {
        browser
            .post(
                "/api/v1/sign-ins",
                json!({ "user_name": self.user_name, "password": PASSWORD }),
            )
            .await
    }

    /// The open prompt on a phone.
    pub async fn open_prompt(&self, index: usize) -> Prompt {
        self.phone(index).prompts().await.unwrap().prompts.remove(0)
    }

    /// The number on the page, typed on the phone.
    pub async fn approve(&self, index: usize, number: &str) {
        let prompt = self.open_prompt(index).await;
        let decision = Decision::Approve {
            number: Secret::new(number.to_owned()),
        };
        self.phone(index).answer(&prompt, decision).await.unwrap();
    }

    /// A browser that has signed in with a code. The code is used up: time must pass a step before the next one.
    pub async fn signed_in_by_code(&self) -> Browser {
        let browser = self.world.browser();
        self.enter_password(&browser).await.expect(200);
        browser
            .post("/api/v1/sign-ins/current/code", json!({ "code": self.code(0) }))
            .await
            .expect(200);
        browser
    }

    /// The same where another method is asked first: the code is chosen.
    pub async fn signed_in_by_code_of_choice(&self) -> Browser {
        let browser = self.world.browser();
        self.enter_password(&browser).await.expect(200);
        let answer = json!({ "code": self.code(0), "authenticator_id": self.generators[0].1 });
        browser.post("/api/v1/sign-ins/current/code", answer).await.expect(200);
        browser
    }

    /// A browser that has signed in with the number.
    pub async fn signed_in_by_number(&self) -> Browser {
        let browser = self.world.browser();
        let page = self.enter_password(&browser).await.expect(200);
        self.approve(0, page.text("/prompts/0/number")).await;
        let done = browser.get("/api/v1/sign-ins/current").await.expect(200);
        assert_eq!(done.text("/state"), "complete");
        browser
    }
}
