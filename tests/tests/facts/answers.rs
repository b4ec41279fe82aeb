//! Answers that no honest phone sends: each leaves the prompt as it was, and the right one still counts.

use countersign_device::SigningKey;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::device::octets::{Challenge, Digest};
use countersign_tests::World;
use serde_json::{Value, json};

use crate::support::{asked, claims, number, poll, refused, signed_out};

#[tokio::test]
async fn a_forged_answer_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().with_phone().create().await;
    let eve = world.member("eve").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let (phone, other, hers) = (ada.phone(0), ada.phone(1), eve.phone(0));
    let invalid = "device.signature_invalid";

    // Another key under the phone's name: the proof does not hold, and an honest proof does not help the answer.
    let other_key = world
        .app()
        .phone(SigningKey::generate().unwrap(), ada.account, ada.phones[0].1);
    let forged = other_key.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    refused(
        &other_key.send_answer(prompt.id, &forged).await.unwrap(),
        401,
        "device.proof_invalid",
    );
    refused(&phone.send_answer(prompt.id, &forged).await.unwrap(), 401, invalid);

    // The same account's other phone: somebody else's prompt looks like none.
    let others = other.sign_answer(&claims(&other, &prompt, &digits)).unwrap();
    refused(
        &other.send_answer(prompt.id, &others).await.unwrap(),
        409,
        "challenge.expired",
    );
    refused(&phone.send_answer(prompt.id, &others).await.unwrap(), 401, invalid);

    // Another account's phone, under its own name and under hers.
    let own = hers.sign_answer(&claims(&hers, &prompt, &digits)).unwrap();
    refused(
        &hers.send_answer(prompt.id, &own).await.unwrap(),
        409,
        "challenge.expired",
    );
    let of_ada = hers.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    refused(&hers.send_answer(prompt.id, &of_ada).await.unwrap(), 401, invalid);
    let mixed = world.app().phone(
        SigningKey::from_pkcs8(&eve.phones[0].0).unwrap(),
        ada.account,
        eve.phones[0].1,
    );
    refused(
        &mixed.send_answer(prompt.id, &of_ada).await.unwrap(),
        410,
        "device.removed",
    );

    // Nothing of all that moved the prompt.
    assert_eq!(poll(&browser).await.text("/state"), "waiting");
    phone.answer(&prompt, number(&digits)).await.unwrap();
    assert_eq!(poll(&browser).await.text("/state"), "complete");
}

#[tokio::test]
async fn an_answer_is_bound_to_what_was_asked_and_shown() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let phone = ada.phone(0);
    let mut shown = prompt.shown.clone();
    shown.place = "Lisbon, PT".to_owned();
    let stale = world.now().as_second() - 92;
    let changes = [
        ("challenge", json!(Challenge::new([7; 32]))),
        ("shown", json!(Digest::new([7; 32]))),
        ("shown", json!(shown.hash())),
        ("iat", json!(stale)),
        ("acc", json!(world.member("eve").create().await.account)),
        ("prompt", json!("prm_01KAVXGA00000000000000000C")),
    ];
    for (field, value) in changes {
        let mut claims = claims(&phone, &prompt, &digits);
        claims[field] = value;
        let answer = phone.sign_answer(&claims).unwrap();
        refused(
            &phone.send_answer(prompt.id, &answer).await.unwrap(),
            401,
            "device.signature_invalid",
        );
    }
    // Right in itself, sent to another prompt's address.
    let answer = phone.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    let elsewhere = "prm_01KAVXGA00000000000000000C".parse().unwrap();
    refused(
        &phone.send_answer(elsewhere, &answer).await.unwrap(),
        401,
        "device.signature_invalid",
    );
    let body = json!({ "answer": answer });
    let nowhere = phone
        .call(reqwest::Method::POST, "/device/v1/prompts/junk/answer", Some(&body))
        .await
        .unwrap();
    refused(&nowhere, 409, "challenge.expired");
    assert_eq!(poll(&browser).await.text("/state"), "waiting");
    phone.answer(&prompt, number(&digits)).await.unwrap();
}

#[tokio::test]
async fn an_approval_without_the_number_is_refused() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let phone = ada.phone(0);
    let whole = claims(&phone, &prompt, &digits);
    let mut without = whole.clone();
    without.as_object_mut().unwrap().remove("number");
    let with = |value: Value| {
        Value::Object(
            whole
                .as_object()
                .unwrap()
                .clone()
                .into_iter()
                .chain([("number".to_owned(), value)])
                .collect(),
        )
    };
    let both = Value::Object(
        whole
            .as_object()
            .unwrap()
            .clone()
            .into_iter()
            .chain([("reason".to_owned(), json!("not_me"))])
            .collect(),
    );
    let choices = [
        without,
        with(json!("")),
        with(json!(null)),
        with(json!(["42"])),
        with(json!(true)),
        with(json!("4 2")),
        both,
    ];
    for claims in choices {
        let answer = phone.sign_answer(&claims).unwrap();
        let reply = phone.send_answer(prompt.id, &answer).await.unwrap();
        refused(&reply, 400, "request.malformed");
    }
    assert_eq!(poll(&browser).await.text("/state"), "waiting");
    signed_out(&browser).await;
    // A single digit is an answer, a wrong one.
    let short = phone.sign_answer(&with(json!(&digits[..1]))).unwrap();
    refused(
        &phone.send_answer(prompt.id, &short).await.unwrap(),
        409,
        "challenge.number_mismatch",
    );
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.number_mismatch");
}

#[tokio::test]
async fn the_same_answer_twice_gets_the_same_outcome() {
    let world = World::start().await;
    let ada = world.member("ada").with_phone().create().await;
    let (browser, prompt, digits) = asked(&ada).await;
    let phone = ada.phone(0);
    let approve = phone.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    for _ in 0..2 {
        let reply = phone.send_answer(prompt.id, &approve).await.unwrap();
        assert_eq!((reply.status, reply.body["outcome"].as_str()), (200, Some("approved")));
    }
    assert_eq!(poll(&browser).await.text("/state"), "complete");
    assert_eq!(phone.send_answer(prompt.id, &approve).await.unwrap().status, 200);
    // Another answer of the same content is another answer.
    let again = phone.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    refused(
        &phone.send_answer(prompt.id, &again).await.unwrap(),
        409,
        "challenge.answered",
    );

    let (browser, prompt, digits) = asked(&ada).await;
    let denial = phone
        .answer_claims(
            &prompt,
            Decision::Deny {
                reason: DenyReason::ChangedMind,
            },
        )
        .unwrap();
    let deny = phone.sign_answer(&denial).unwrap();
    for _ in 0..2 {
        let reply = phone.send_answer(prompt.id, &deny).await.unwrap();
        assert_eq!((reply.status, reply.body["outcome"].as_str()), (200, Some("denied")));
    }
    let approve = phone.sign_answer(&claims(&phone, &prompt, &digits)).unwrap();
    refused(
        &phone.send_answer(prompt.id, &approve).await.unwrap(),
        409,
        "challenge.answered",
    );
    assert_eq!(poll(&browser).await.text("/ended/code"), "challenge.denied");
}
