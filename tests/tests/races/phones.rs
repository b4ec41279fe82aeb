//! Phones: one pairing code pairs one, and one proof is accepted once.

use countersign_domain::delivery::Channel;
use countersign_platform::store::{Consistency, ReadPeople as _};
use reqwest::Method;

use super::race::{RACERS, Tally, rounds, session_of, start, together, warm_phone};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_pairing_code_pairs_one_phone() {
    let (world, lane) = start().await;
    let ada = world.member("ada").with_totp().create().await;
    for round in 0..rounds(3) {
        let browser = session_of(&ada, &lane, ada.generators[0].1).await;
        let (ceremony, code) = browser.begin_phone().await;
        let apps: Vec<_> = (0..RACERS).map(|_| world.app()).collect();
        for app in &apps {
            app.configuration().await.unwrap();
        }
        let outcomes = together(apps.into_iter().map(|app| {
            let code = code.clone();
            async move {
                let paired = app.pair(&code, &"Pixel 9".parse().unwrap(), Channel::None).await;
                paired
                    .map(|(phone, _)| phone.authenticator())
                    .map_err(|error| error.code().unwrap_or_default().to_owned())
            }
        }))
        .await;
        let won: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "round {round}");
        assert!(
            outcomes
                .iter()
                .filter_map(|outcome| outcome.as_ref().err())
                .all(|code| code == "pairing.expired"),
            "{outcomes:?}"
        );
        let person = world
            .parts
            .store
            .person(ada.account, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        let pending: Vec<_> = person
            .authenticators
            .iter()
            .filter(|one| one.is_pending(world.now()))
            .map(|one| one.id)
            .collect();
        assert_eq!(pending, [*won[0]], "round {round}");
        browser.get(&ceremony).await.expect(200);
        world.pass(1_000); // it is never tested, and gone in the next round
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_proof_sent_fifty_times_at_once_is_accepted_once() {
    let (world, _) = start().await;
    let ada = world.member("ada").with_phone().create().await;
    for round in 0..rounds(3) {
        let phone = ada.phone(0);
        warm_phone(&phone).await;
        let proof = phone
            .sign_proof(&phone.proof_claims(&Method::GET, "/device/v1/device", None).unwrap())
            .unwrap();
        let replies = together((0..RACERS).map(|_| {
            let (phone, proof) = (phone.clone(), proof.clone());
            async move {
                phone
                    .send(Method::GET, "/device/v1/device", None, Some(&proof))
                    .await
                    .unwrap()
            }
        }))
        .await;
        assert_eq!(Tally::of(&replies, &["device.proof_invalid"]).won(), 1, "round {round}");
    }
}
