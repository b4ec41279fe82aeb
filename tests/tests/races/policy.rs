//! The methods policy: of many who edit one version, one saves.

use countersign_tests::World;
use reqwest::Method;
use reqwest::header::ORIGIN;
use serde_json::json;

use super::race::{RACERS, Tally, rounds, together, warm};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_editors_of_a_version_saves() {
    let world = World::start_unhurried(|endpoint| endpoint).await;
    let root = world.member("root").administrator().with_phone().create().await;
    let browser = root.signed_in_by_number().await;
    warm(&browser).await;
    for round in 0..rounds(3) {
        let policy = browser.get("/api/v1/policy/methods").await.expect(200);
        let tag = policy.headers["etag"].to_str().unwrap().to_owned();
        let editors = (0..RACERS).map(|racer| {
            let (editor, origin, tag, mut edited) =
                (browser.stolen(), world.origin.clone(), tag.clone(), policy.body.clone());
            edited["totp"]["excluded"] = json!([format!("editor-{racer}")]);
            async move {
                let request = editor
                    .request(Method::PUT, "/api/v1/policy/methods")
                    .header(ORIGIN, origin);
                editor.send(request.header("if-match", tag).json(&edited)).await
            }
        });
        let answers = together(editors.collect::<Vec<_>>()).await;
        let tally = Tally::of(&answers, &["policy.version_conflict"]);
        assert_eq!(tally.won(), 1, "round {round}: {tally:?}");
        let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
        let kept = browser.get("/api/v1/policy/methods").await.expect(200);
        assert_eq!(kept.body, winner.body);
    }
}
