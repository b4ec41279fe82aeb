//! Moving to a new phone: the old one shows a code, the new one is tested, the old one signs its key and is gone.

use countersign_device::{HandOver, HandOverState, Phone, Reply};
use countersign_domain::delivery::Channel;
use countersign_domain::device::claims::Decision;
use countersign_domain::device::octets::Digest;
use countersign_domain::secret::Secret;
use countersign_tests::{Member, World};
use serde_json::Value;

use super::notices::changes;
use super::support::{is_alive, refused};

/// A new phone that has paired with the code of a hand-over.
async fn paired(world: &World, hand_over: &HandOver) -> Phone {
    let code = hand_over.code.as_deref().unwrap().parse().unwrap();
    let client = world.app();
    client
        .pair(&code, &"New phone".parse().unwrap(), Channel::None)
        .await
        .unwrap()
        .0
}

/// The number on the old phone, typed on the new one.
async fn test(old: &Phone, new: &Phone, hand_over: &HandOver) -> HandOver {
    let shown = old.hand_over(hand_over.id).await.unwrap();
    assert_eq!(shown.state, HandOverState::Testing);
    let prompt = new.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(shown.number.unwrap());
    new.answer(&prompt, Decision::Approve { number }).await.unwrap();
    old.hand_over(hand_over.id).await.unwrap()
}

/// As far as the old phone's word.
async fn at_the_end(ada: &Member<'_>) -> (Phone, HandOver) {
    let old = ada.phone(0);
    let begun = old.begin_hand_over().await.unwrap();
    assert_eq!(begun.state, HandOverState::Waiting);
    let new = paired(ada.world, &begun).await;
    let tested = test(&old, &new, &begun).await;
    assert_eq!(tested.state, HandOverState::Tested);
    (new, tested)
}

async fn confirm(old: &Phone, hand_over: &HandOver, change: impl FnOnce(&mut Value)) -> Reply {
    let mut claims = serde_json::to_value(old.hand_over_claims(hand_over).unwrap()).unwrap();
    change(&mut claims);
    let signed = old.sign_hand_over(&claims).unwrap();
    old.send_hand_over(hand_over.id, &signed).await.unwrap()
}

#[tokio::test]
async fn a_new_phone_takes_the_place_of_the_old_one_which_ends_with_its_sessions() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().with_totp().create().await;
    let (by_phone, by_code) = (ada.signed_in_by_number().await, ada.signed_in_by_code().await);
    let old = ada.phone(0);
    let (new, tested) = at_the_end(&ada).await;
    assert_eq!(tested.to.as_ref().unwrap().model, "New phone");
    // Until it is confirmed the old one works, and it is the only one.
    assert!(is_alive(&by_phone).await);
    let methods = by_code.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.body["methods"].as_array().unwrap().len(), 3);
    old.confirm_hand_over(&tested).await.unwrap();
    assert_eq!(old.prompts().await.unwrap_err().code(), Some("device.removed"));
    assert_eq!(changes(&world), [("added", "New phone".to_owned())]);
    assert!(!is_alive(&by_phone).await);
    assert!(is_alive(&by_code).await);
    let methods = by_code.get("/api/v1/me/methods").await.expect(200);
    assert_eq!(methods.text("/methods/0/name"), "New phone");
    assert_eq!(methods.body["methods"][0]["is_default"], true);
    assert_eq!(methods.body["methods"].as_array().unwrap().len(), 3);
    let browser = world.browser();
    let page = ada.enter_password(&browser).await.expect(200);
    let prompt = new.prompts().await.unwrap().prompts.remove(0);
    let number = Secret::new(page.text("/prompts/0/number").to_owned());
    new.answer(&prompt, Decision::Approve { number }).await.unwrap();
    let done = browser.get("/api/v1/sign-ins/current").await.expect(200);
    assert_eq!(done.text("/state"), "complete");
}

/// The account is never without a method, and never above its limit.
#[tokio::test]
async fn the_last_method_of_an_account_can_be_handed_over() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let (new, tested) = at_the_end(&ada).await;
    ada.phone(0).confirm_hand_over(&tested).await.unwrap();
    assert_eq!(new.device().await.unwrap().name, "New phone");
}

#[tokio::test]
async fn an_account_that_has_as_many_as_it_may_still_moves() {
    let world = World::start().await;
    let mut member = world.member("ada").with_unlocking_phone();
    for _ in 0..4 {
        member = member.with_totp();
    }
    let ada = member.create().await;
    let (_, tested) = at_the_end(&ada).await;
    ada.phone(0).confirm_hand_over(&tested).await.unwrap();
}

/// The attack: an old phone that somebody picked up, unlocked or not.
#[tokio::test]
async fn a_phone_that_was_not_unlocked_hands_nothing_over() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let (old, (new, tested)) = (ada.phone(0), at_the_end(&ada).await);
    let locked = confirm(&old, &tested, |claims| claims["unlocked"] = false.into()).await;
    refused(&locked, 409, "device.unlock_required");
    assert_eq!(old.device().await.unwrap().name, "Test phone");
    assert_eq!(new.device().await.unwrap().status, countersign_device::Status::Pending);
}

/// The attack: the code was read over a shoulder, and another phone paired with it.
#[tokio::test]
async fn the_old_phone_signs_one_key_for_one_entry_of_one_account() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let (old, (_, tested)) = (ada.phone(0), at_the_end(&ada).await);
    let other = Digest::new([7; 32]).to_string();
    for (claim, value) in [
        ("jkt", other.as_str()),
        ("to", "aut_01KAVXGA00000000000000000E"),
        ("acc", "acc_01KAVXGA00000000000000000A"),
        ("hand_over", "enr_01KAVXGA00000000000000000D"),
    ] {
        let reply = confirm(&old, &tested, |claims| claims[claim] = value.into()).await;
        refused(&reply, 401, "device.signature_invalid");
    }
    let eve = world.member("eve").with_unlocking_phone().create().await;
    let foreign = eve
        .phone(0)
        .sign_hand_over(&old.hand_over_claims(&tested).unwrap())
        .unwrap();
    refused(
        &old.send_hand_over(tested.id, &foreign).await.unwrap(),
        401,
        "device.signature_invalid",
    );
    refused(
        &eve.phone(0).send_hand_over(tested.id, &foreign).await.unwrap(),
        409,
        "hand_over.expired",
    );
    old.confirm_hand_over(&tested).await.unwrap();
}

#[tokio::test]
async fn a_new_phone_that_has_not_passed_its_test_takes_nobodys_place() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let old = ada.phone(0);
    let begun = old.begin_hand_over().await.unwrap();
    paired(&world, &begun).await;
    let untested = old.hand_over(begun.id).await.unwrap();
    refused(&confirm(&old, &untested, |_| ()).await, 409, "hand_over.not_tested");
    world.pass(121);
    let old = ada.phone(0); // with a clock that is right
    assert_eq!(old.hand_over(begun.id).await.unwrap().state, HandOverState::Ended);
    refused(&confirm(&old, &untested, |_| ()).await, 409, "hand_over.not_tested");
}

/// The attack: a page of the account finishes what the old phone has not signed.
#[tokio::test]
async fn a_page_cannot_finish_a_hand_over() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().with_totp().create().await;
    let browser = ada.signed_in_by_code().await;
    let (new, tested) = at_the_end(&ada).await;
    let page = browser.get(&format!("/api/v1/me/enrollments/{}", tested.id)).await;
    page.expect_problem(409, "enrollment.expired");
    assert_eq!(new.device().await.unwrap().status, countersign_device::Status::Pending);
}

#[tokio::test]
async fn a_hand_over_ends_after_fifteen_minutes_and_when_it_is_given_up() {
    let world = World::start().await;
    let ada = world.member("ada").with_unlocking_phone().create().await;
    let old = ada.phone(0);
    let given_up = old.begin_hand_over().await.unwrap();
    let path = format!("/device/v1/hand-overs/{}", given_up.id);
    let gone = old.call(reqwest::Method::DELETE, &path, None).await.unwrap();
    assert_eq!(gone.status, 204);
    assert_eq!(
        old.hand_over(given_up.id).await.unwrap_err().code(),
        Some("hand_over.expired")
    );
    let late = old.begin_hand_over().await.unwrap();
    world.pass(900);
    let old = ada.phone(0); // with a clock that is right
    assert_eq!(
        old.hand_over(late.id).await.unwrap_err().code(),
        Some("hand_over.expired")
    );
}
