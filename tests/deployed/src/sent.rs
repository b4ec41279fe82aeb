//! What the service sent: mails and text messages as the emulator keeps them, pushes as the recorder does.

use serde_json::Value;

use crate::calls::client;
use crate::deployed;

/// The mails to an address, oldest first.
pub async fn mails(to: &str) -> Vec<Value> {
    let all = emulated("/_ministack/ses/messages").await;
    let all = all["messages"].as_object().unwrap().values();
    let all = all.flat_map(|of_an_account| of_an_account.as_array().unwrap());
    all.filter(|mail| mail["To"] == serde_json::json!([to]))
        .cloned()
        .collect()
}

/// The token of the last link that was mailed to an address.
pub async fn mailed_token(to: &str) -> String {
    let mails = mails(to).await;
    let last = mails.last().unwrap_or_else(|| panic!("no mail to {to}"));
    let text = last["BodyText"].as_str().unwrap();
    let (_, token) = text
        .split_once("#token=")
        .unwrap_or_else(|| panic!("no link in {text}"));
    token.split_whitespace().next().unwrap().to_owned()
}

/// The text messages to a number.
pub async fn text_messages(to: &str) -> Vec<Value> {
    let all = emulated("/_ministack/sns/sms-messages").await;
    all["sms_messages"][to].as_array().cloned().unwrap_or_default()
}

/// What the functions asked of SNS (`Publish`, `CreatePlatformEndpoint`, ...) or of `CodeDeploy`, oldest first, with parameters and status.
pub async fn recorded(action: &str) -> Vec<Value> {
    let url = format!("{}/recorded", deployed().recorder);
    let all: Vec<Value> = client().get(url).send().await.unwrap().json().await.unwrap();
    all.into_iter()
        .filter(|call| call["parameters"]["Action"] == action)
        .collect()
}

async fn emulated(path: &str) -> Value {
    let url = format!("{}{path}", deployed().emulator);
    client().get(url).send().await.unwrap().json().await.unwrap()
}
