//! The hook of a release, at the version that was published.

use countersign_deployed::calls::Call;
use countersign_deployed::{deployed, sent};
use serde_json::{Value, json};

async fn rehearsed(event: &Value) -> Value {
    let said = Call::invoke(&deployed().functions["rehearsal"].name, event)
        .by_root()
        .await;
    assert_eq!(said.status, 200, "{said:?}");
    said.json()
}

#[tokio::test]
#[ignore = "needs a deployment: make test-deployed"]
async fn a_release_is_rehearsed_at_its_version_and_the_deployment_is_told() {
    assert_eq!(rehearsed(&json!({})).await, json!({ "outcome": "Succeeded" }));
    assert_eq!(
        sent::recorded("PutLifecycleEventHookExecutionStatus").await,
        Vec::<Value>::new()
    );
    let hook = json!({ "DeploymentId": "d-FACTS", "LifecycleEventHookExecutionId": "facts" });
    assert_eq!(rehearsed(&hook).await, json!({ "outcome": "Succeeded" }));
    let told = sent::recorded("PutLifecycleEventHookExecutionStatus").await;
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(
        (&one["parameters"]["deploymentId"], &one["parameters"]["status"]),
        (&json!("d-FACTS"), &json!("Succeeded"))
    );
}
