//! The client against a stub that checks every message as the real service does.

use crate::stub::{ACCOUNT, AUTHENTICATOR, CODE, NUMBER, Stub};
use countersign_device::{Client, Error, Outcome, Phone, Purpose, Status};
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::json;

fn approve(number: &str) -> Decision {
    Decision::Approve {
        number: Secret::new(number.to_owned()),
    }
}

async fn paired(stub: &Stub) -> Phone {
    let client = Client::new(stub.origin()).unwrap();
    client
        .pair(&CODE.parse().unwrap(), &"Pixel 9".parse().unwrap(), Channel::None)
        .await
        .unwrap()
        .0
}

fn code<T>(outcome: Result<T, Error>) -> String {
    outcome.err().unwrap().code().unwrap().to_owned()
}

#[tokio::test]
async fn a_service_says_who_it_is() {
    let stub = Stub::start().await;
    let said = Client::new(stub.origin()).unwrap().configuration().await.unwrap();
    assert_eq!(
        (said.protocol, said.organization.as_str(), said.vapid_public_key),
        (1, "Example", None)
    );
}

#[tokio::test]
async fn pairing_binds_the_phones_own_key() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    assert_eq!(
        (
            phone.account().to_string().as_str(),
            phone.authenticator().to_string().as_str()
        ),
        (ACCOUNT, AUTHENTICATOR)
    );
    assert_eq!(stub.known.lock().unwrap().key.as_ref(), Some(phone.key().public()));
    let device = phone.device().await.unwrap();
    assert_eq!((device.name.as_str(), device.status), ("Phone", Status::Active));
}

#[tokio::test]
async fn a_used_code_is_a_problem_with_code_status_and_fix() {
    let stub = Stub::start().await;
    let client = Client::new(stub.origin()).unwrap();
    let no = client
        .pair(&"2222222222".parse().unwrap(), &"m".parse().unwrap(), Channel::None)
        .await
        .err()
        .unwrap();
    assert_eq!((no.code(), no.fix()), (Some("pairing.expired"), Some("Do better.")));
    let Error::Problem(problem) = no else { unreachable!() };
    assert_eq!(problem.status, 409);
    assert!(problem.server_time.unwrap().duration_since(Timestamp::now()).abs() < SignedDuration::from_mins(1));
}

#[tokio::test]
async fn a_prompt_is_found_and_approved_with_its_number_only() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    let open = phone.prompts().await.unwrap();
    assert_eq!(
        (
            open.prompts.len(),
            open.prompts[0].purpose,
            open.prompts[0].number_length
        ),
        (1, Purpose::SignIn, 2)
    );
    assert_eq!(
        code(phone.answer(&open.prompts[0], approve("41")).await),
        "challenge.number_mismatch"
    );
    assert_eq!(
        phone.answer(&open.prompts[0], approve(NUMBER)).await.unwrap(),
        Outcome::Approved
    );
    assert!(phone.prompts().await.unwrap().prompts.is_empty());
}

#[tokio::test]
async fn a_prompt_is_denied_with_a_reason() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    let open = phone.prompts().await.unwrap();
    let outcome = phone
        .answer(
            &open.prompts[0],
            Decision::Deny {
                reason: DenyReason::NotMe,
            },
        )
        .await;
    assert_eq!(outcome.unwrap(), Outcome::Denied);
}

#[tokio::test]
async fn the_channel_is_renewed_and_the_device_ended() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    phone
        .renew_channel(Channel::Apns {
            token: Secret::new("ab12".to_owned()),
            endpoint_arn: None,
        })
        .await
        .unwrap();
    assert_eq!(
        stub.known.lock().unwrap().channel,
        json!({ "kind": "apns", "token": "ab12" })
    );
    phone.remove().await.unwrap();
    assert_eq!(code(phone.prompts().await), "device.removed");
}

#[tokio::test]
async fn a_phone_whose_clock_is_off_is_told_the_servers_time() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    let late = Client::new(stub.origin())
        .unwrap()
        .with_clock_offset(SignedDuration::from_mins(-2));
    let late = late.phone(phone.key().clone(), phone.account(), phone.authenticator());
    let Err(Error::Problem(problem)) = late.prompts().await else {
        unreachable!()
    };
    assert_eq!((problem.status, problem.code.as_str()), (401, "device.proof_invalid"));
    let offset = problem.server_time.unwrap().duration_since(Timestamp::now());
    let right = late.client().clone().with_clock_offset(offset);
    assert!(
        right
            .phone(late.key().clone(), late.account(), late.authenticator())
            .prompts()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_test_can_send_what_no_honest_phone_sends() {
    let stub = Stub::start().await;
    let phone = paired(&stub).await;
    let path = "/device/v1/prompts";
    let mut claims = phone.proof_claims(&Method::GET, path, None).unwrap();
    claims.htm = "POST".to_owned();
    let proof = phone.sign_proof(&claims).unwrap();
    let reply = phone.send(Method::GET, path, None, Some(&proof)).await.unwrap();
    assert_eq!(
        (reply.status, &reply.body["code"]),
        (401, &json!("device.proof_invalid"))
    );
    assert_eq!(phone.send(Method::GET, path, None, None).await.unwrap().status, 401);

    let prompt = phone.prompts().await.unwrap().prompts.remove(0);
    let mut claims = serde_json::to_value(phone.answer_claims(&prompt, approve(NUMBER)).unwrap()).unwrap();
    claims["reason"] = json!("not_me");
    let reply = phone
        .send_answer(prompt.id, &phone.sign_answer(&claims).unwrap())
        .await
        .unwrap();
    assert_eq!((reply.status, &reply.body["code"]), (400, &json!("request.malformed")));
}

#[tokio::test]
async fn what_is_no_service_is_said_to_be_none() {
    let server = wiremock::MockServer::start().await;
    let page = wiremock::ResponseTemplate::new(200).set_body_string("<html>");
    wiremock::Mock::given(wiremock::matchers::any())
        .respond_with(page)
        .mount(&server)
        .await;
    let client = Client::new(server.uri().parse().unwrap()).unwrap();
    assert!(matches!(
        client.configuration().await,
        Err(Error::Unexpected { status: 200 })
    ));
    let nowhere = Client::new("http://127.0.0.1:9".parse().unwrap()).unwrap();
    assert!(matches!(nowhere.configuration().await, Err(Error::Unreachable(..))));
}
