//! Metrics as lines in CloudWatch's embedded metric format: counted by the log, no call to pay or to wait for.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::lines::METRIC;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// A sign-in came to an end.
    SignIn {
        /// `success`, or the refusal's code.
        outcome: &'static str,
    },
    /// A prompt came to an end.
    Prompt {
        /// `approved`, `denied`, `expired`...
        outcome: &'static str,
    },
    /// Something broke.
    Failure {
        /// [`crate::fault::Fault::kind`].
        code: &'static str,
    },
    /// A message was handed over, or not.
    Delivery {
        /// `sent`, `no_channel`, `channel_gone`, `failed`, why a number is not served, `over_budget` or `budget_nearly_spent`.
        outcome: &'static str,
        /// `web_push`, `apns`, `fcm`, `mail`, `sms`, `voice`, `telephone` (both) or `none`.
        channel: &'static str,
    },
}

/// Counts one.
pub fn metric(metric: Metric) {
    tracing::info!(target: METRIC, emf = line(metric, Timestamp::now()).as_str());
}

/// The line, with the sum over all dimensions as well, for alarms.
fn line(metric: Metric, now: Timestamp) -> String {
    let (name, dimensions): (_, &[(&str, &str)]) = match &metric {
        Metric::SignIn { outcome } => ("SignIns", &[("outcome", outcome)]),
        Metric::Prompt { outcome } => ("Prompts", &[("outcome", outcome)]),
        Metric::Failure { code } => ("Failures", &[("code", code)]),
        Metric::Delivery { outcome, channel } => ("Deliveries", &[("outcome", outcome), ("channel", channel)]),
    };
    let names: Vec<_> = dimensions.iter().map(|(name, _)| *name).collect();
    let mut line: Map<String, Value> = dimensions
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).into()))
        .collect();
    line.insert(name.to_owned(), 1.into());
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": now.as_millisecond(),
            "CloudWatchMetrics": [{
                "Namespace": "Countersign",
                "Dimensions": [[], names],
                "Metrics": [{ "Name": name, "Unit": "Count" }],
            }],
        }),
    );
    Value::Object(line).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::Captured;
    use super::*;

    #[test]
    fn a_metric_is_one_line_of_embedded_metric_format() {
        let line = line(
            Metric::Delivery {
                outcome: "sent",
                channel: "web_push",
            },
            Timestamp::UNIX_EPOCH,
        );
        let expected = json!({
            "_aws": { "Timestamp": 0, "CloudWatchMetrics": [{
                "Namespace": "Countersign",
                "Dimensions": [[], ["outcome", "channel"]],
                "Metrics": [{ "Name": "Deliveries", "Unit": "Count" }],
            }] },
            "Deliveries": 1, "outcome": "sent", "channel": "web_push",
        });
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), expected);
    }

    #[test]
    fn metrics_and_logs_share_the_writer_and_keep_their_forms() {
        let (captured, guard) = Captured::here();
        metric(Metric::SignIn { outcome: "success" });
        tracing::info!(code = "x.y", "hello");
        drop(guard);
        let lines = captured.lines();
        assert_eq!(
            (lines[0]["SignIns"].as_u64(), lines[1]["code"].as_str()),
            (Some(1), Some("x.y"))
        );
        assert_eq!(lines[1]["message"], "hello");
    }
}
