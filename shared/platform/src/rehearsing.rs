//! What a rehearsal needs of the cloud: a version of a function that is invoked directly, and the deployment that waits for the outcome.

use async_trait::async_trait;
use aws_sdk_codedeploy::types::LifecycleEventStatus;
use aws_sdk_lambda::primitives::Blob;
use serde_json::Value;

use crate::fault::Fault;

/// Invoking the one version that is rehearsed. No address leads to it yet.
#[async_trait]
pub trait InvokeVersion: Send + Sync {
    /// What it answers to an event. That it cannot be invoked, or ended without an answer, is a fault.
    async fn invoke(&self, event: &Value) -> Result<Value, Fault>;
}

/// Telling a deployment what became of its hook.
#[async_trait]
pub trait ReportHook: Send + Sync {
    /// Tells it, once; a deployment that has been told goes on or rolls back.
    async fn report(&self, hook: &Hook, succeeded: bool) -> Result<(), Fault>;
}

/// A deployment that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Which one: `d-…`.
    pub deployment: String,
    /// Which of its waits; opaque.
    pub execution: String,
}

impl Hook {
    /// The hook that `CodeDeploy` names in its event; `None` in an event of anybody else's.
    pub fn of(event: &Value) -> Option<Self> {
        let text = |name: &str| event.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            deployment: text("DeploymentId")?,
            execution: text("LifecycleEventHookExecutionId")?,
        })
    }
}

/// A version on Lambda.
#[derive(Debug)]
pub struct CloudVersion {
    client: aws_sdk_lambda::Client,
    arn: String,
}

impl CloudVersion {
    /// The version of that ARN.
    pub const fn new(client: aws_sdk_lambda::Client, arn: String) -> Self {
        Self { client, arn }
    }
}

#[async_trait]
impl InvokeVersion for CloudVersion {
    async fn invoke(&self, event: &Value) -> Result<Value, Fault> {
        const WHAT: &str = "Lambda: invoke the rehearsed version";
        let answer = self
            .client
            .invoke()
            .function_name(&self.arn)
            .payload(Blob::new(event.to_string()))
            .send()
            .await
            .map_err(|error| Fault::unavailable(WHAT, error))?;
        // What it died of is in its own log; here it could carry what was sent.
        if let Some(kind) = answer.function_error {
            return Err(Fault::unavailable(WHAT, format!("it ended as {kind}")));
        }
        let payload = answer.payload.map(Blob::into_inner).unwrap_or_default();
        serde_json::from_slice(&payload).map_err(|_| Fault::unavailable(WHAT, "its answer is no JSON"))
    }
}

/// Deployments of `CodeDeploy`.
#[derive(Debug)]
pub struct Deployments {
    client: aws_sdk_codedeploy::Client,
}

impl Deployments {
    /// All of them; the role says which.
    pub const fn new(client: aws_sdk_codedeploy::Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl ReportHook for Deployments {
    async fn report(&self, hook: &Hook, succeeded: bool) -> Result<(), Fault> {
        let status = if succeeded {
            LifecycleEventStatus::Succeeded
        } else {
            LifecycleEventStatus::Failed
        };
        self.client
            .put_lifecycle_event_hook_execution_status()
            .deployment_id(&hook.deployment)
            .lifecycle_event_hook_execution_id(&hook.execution)
            .status(status)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| Fault::unavailable("CodeDeploy: report a hook", error))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use wiremock::matchers::{body_json, header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::aws::Aws;

    const ARN: &str = "arn:aws:lambda:eu-west-1:111122223333:function:countersign-verification:7";

    fn hook() -> Hook {
        let event = json!({ "DeploymentId": "d-1", "LifecycleEventHookExecutionId": "eyJ" });
        Hook::of(&event).unwrap()
    }

    async fn invoked(answer: ResponseTemplate) -> Result<Value, Fault> {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path(format!(
                "/2015-03-31/functions/{}/invocations",
                ARN.replace(':', "%3A")
            )))
            .and(body_json(json!({ "version": "2.0" })))
            .respond_with(answer)
            .expect(1)
            .mount(&server)
            .await;
        let version = CloudVersion::new(Aws::at(&server.uri()).lambda(), ARN.to_owned());
        version.invoke(&json!({ "version": "2.0" })).await
    }

    #[tokio::test]
    async fn a_version_is_invoked_by_its_arn_and_its_answer_comes_back() {
        let answer = ResponseTemplate::new(200).set_body_json(json!({ "statusCode": 204 }));
        assert_eq!(invoked(answer).await.unwrap(), json!({ "statusCode": 204 }));
    }

    /// A first start loads everything, and takes longer than other services may.
    #[tokio::test]
    async fn a_version_that_starts_slowly_is_waited_for() {
        let late = ResponseTemplate::new(200)
            .set_body_json(json!({}))
            .set_delay(Duration::from_millis(1500));
        assert_eq!(invoked(late).await.unwrap(), json!({}));
    }

    #[tokio::test]
    async fn a_version_that_fails_is_asked_once_and_its_own_words_stay_out_of_the_fault() {
        let dead = ResponseTemplate::new(200)
            .insert_header("x-amz-function-error", "Unhandled")
            .set_body_json(json!({ "errorMessage": "hunter2" }));
        let junk = ResponseTemplate::new(200).set_body_string("hunter2");
        for answer in [dead, junk] {
            let story = invoked(answer).await.unwrap_err().story();
            assert!(
                story.starts_with("Lambda: invoke the rehearsed version is unavailable: "),
                "{story}"
            );
            assert!(!story.contains("hunter2"), "{story}");
        }
    }

    #[tokio::test]
    async fn a_version_that_lambda_does_not_invoke_is_asked_once_and_the_fault_says_why() {
        let busy = ResponseTemplate::new(500).set_body_json(json!({ "message": "no more room" }));
        let story = invoked(busy).await.unwrap_err().story();
        assert!(story.contains("no more room"), "{story}");
    }

    #[tokio::test]
    async fn a_deployment_is_told_by_its_ids() {
        for (succeeded, status) in [(true, "Succeeded"), (false, "Failed")] {
            let server = MockServer::start().await;
            let expected = json!({ "deploymentId": "d-1", "lifecycleEventHookExecutionId": "eyJ", "status": status });
            Mock::given(header(
                "x-amz-target",
                "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus",
            ))
            .and(body_json(expected))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({})))
            .expect(1)
            .mount(&server)
            .await;
            let deployments = Deployments::new(Aws::at(&server.uri()).codedeploy());
            deployments.report(&hook(), succeeded).await.unwrap();
        }
    }

    #[test]
    fn only_an_event_with_both_ids_is_a_hooks() {
        for event in [
            json!({}),
            json!({ "DeploymentId": "d-1" }),
            json!({ "DeploymentId": 1, "LifecycleEventHookExecutionId": "x" }),
        ] {
            assert_eq!(Hook::of(&event), None, "{event}");
        }
    }
}
