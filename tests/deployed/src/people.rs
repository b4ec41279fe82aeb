//! People as they come to be in a deployment: through the first administrator's link and invitations, over HTTP alone.

use std::fs::File;
use std::time::Duration;

use countersign_device::Phone;
use countersign_domain::delivery::Channel;
use countersign_tests::{Browser, PASSWORD, codes};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::calls::Call;
use crate::{deployed, file, sent};

/// Asks for the first administrator's link, as an operator does.
pub async fn first_administrator_link() -> Value {
    let function = &deployed().functions["administration"].name;
    let said = Call::invoke(function, &json!({ "countersign": "first-administrator-link" }))
        .by_root()
        .await;
    assert_eq!(said.status, 200, "{said:?}");
    said.json()
}

#[derive(Serialize, Deserialize)]
struct Kept {
    cookie: String,
}

/// The browser of the one administrator. Whichever fact needs it first sets the organization up, by the link that an operator asked for;
/// facts run as processes of their own, so the session is kept in a file beside the deployment's.
pub async fn administrator() -> Browser {
    const COOKIE: &str = "__Host-cs-session";
    let (path, lock) = (file().with_extension("administrator"), file().with_extension("lock"));
    let lock = File::create(lock).unwrap();
    lock.lock().unwrap();
    let browser = deployed().browser();
    if let Ok(kept) = std::fs::read(&path) {
        let kept: Kept = serde_json::from_slice(&kept).unwrap();
        browser.set_cookie(COOKIE, &kept.cookie);
        return browser;
    }
    let answer = first_administrator_link().await;
    let link = answer["link"].as_str().unwrap_or_else(|| panic!("no link in {answer}"));
    let (page, token) = link.split_once("#token=").unwrap();
    assert!(page.starts_with(&deployed().origin), "{page}");
    let accept =
        json!({ "token": token, "user_name": "root", "display_name": "Root", "password": "amber ferry counts slowly" });
    let accepted = browser.post("/api/v1/invitations/accept", accept).await.expect(200);
    assert_eq!(accepted.text("/next/kind"), "register");
    add_totp(&browser).await;
    let cookie = browser.cookie(COOKIE).unwrap();
    std::fs::write(&path, serde_json::to_vec(&Kept { cookie }).unwrap()).unwrap();
    browser
}

/// Somebody who was invited and set a password: their id, user name, and a browser that may register a first method.
#[derive(Debug)]
pub struct Invited {
    /// The account's id.
    pub id: String,
    /// What they sign in with.
    pub user_name: String,
    /// What the mailed link proved.
    pub token: String,
    /// Where the link was opened.
    pub browser: Browser,
}

/// Invites somebody and opens the link of the mail.
pub async fn invited(user_name: &str) -> Invited {
    let mail = format!("{user_name}@example.org");
    let person = json!({ "user_name": user_name, "display_name": format!("{user_name} of Lovelace"), "mail": mail, "role": "member" });
    let made = administrator().await.post("/api/v1/people", person).await.expect(201);
    let token = sent::mailed_token(&mail).await;
    let browser = deployed().browser();
    let accept = json!({ "token": token, "password": PASSWORD });
    browser.post("/api/v1/invitations/accept", accept).await.expect(200);
    Invited {
        id: made.text("/id").to_owned(),
        user_name: user_name.to_owned(),
        token,
        browser,
    }
}

impl Invited {
    /// User name and password in a new browser; what the page is told.
    pub async fn enter_password(&self) -> (Browser, countersign_tests::Answer) {
        let browser = deployed().browser();
        let start = json!({ "user_name": self.user_name, "password": PASSWORD, "return_to": "/activity" });
        let page = browser.post("/api/v1/sign-ins", start).await.expect(200);
        (browser, page)
    }
}

/// Adds a phone in a browser that may, and goes through its test prompt.
pub async fn add_phone(browser: &Browser, channel: Channel) -> Phone {
    let (ceremony, code) = browser.begin_phone().await;
    assert_eq!(browser.get(&ceremony).await.expect(200).text("/state"), "waiting");
    let app = deployed().app();
    let (phone, _) = app.pair(&code, &"Pixel 9".parse().unwrap(), channel).await.unwrap();
    let done = browser.confirm_phone(&ceremony, &phone).await.expect(200);
    assert_eq!(done.text("/state"), "complete", "{done:?}");
    phone
}

/// Adds a code generator in a browser that may; its seed. It is confirmed by the code before the current one, which stays good for a sign-in.
pub async fn add_totp(browser: &Browser) -> Vec<u8> {
    let (ceremony, seed) = browser.begin_totp().await;
    let confirm = format!("{ceremony}/confirm");
    // The code before the current one dies with the step: not in its last seconds.
    let left = 30 - Timestamp::now().as_second() % 30;
    if left < 5 {
        tokio::time::sleep(Duration::from_secs(left.unsigned_abs())).await;
    }
    let code = codes::code(&seed, Timestamp::now() - SignedDuration::from_secs(30));
    browser.post(&confirm, json!({ "code": code })).await.expect(200);
    seed
}

/// The code that a generator shows.
pub fn code(seed: &[u8]) -> String {
    codes::code(seed, Timestamp::now())
}

/// Where the sign-in of a browser stands.
pub async fn poll(browser: &Browser) -> countersign_tests::Answer {
    browser.get("/api/v1/sign-ins/current").await.expect(200)
}
