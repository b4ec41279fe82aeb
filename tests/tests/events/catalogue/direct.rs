//! Events that are no requests: those of an operator, and of `CodeDeploy`. No address leads to what they ask for.

use serde_json::{Value, json};

/// A sample event of one function's: the file `events/<name>.json`.
pub(crate) struct Direct {
    pub(crate) name: &'static str,
    pub(crate) function: &'static str,
    pub(crate) event: Value,
}

/// All of them.
pub(crate) fn direct() -> Vec<Direct> {
    let of = |function, name, event| Direct { name, function, event };
    let hook = json!({ "DeploymentId": "d-EXAMPLE00", "LifecycleEventHookExecutionId": "ZXhhbXBsZS1leGVjdXRpb24" });
    vec![
        of(
            "administration",
            "operator-link",
            json!({ "countersign": "first-administrator-link" }),
        ),
        of(
            "administration",
            "operator-unknown",
            json!({ "countersign": "everything" }),
        ),
        of("rehearsal", "rehearsals-run", hook),
        of("rehearsal", "rehearsals-run-by-hand", json!({})),
    ]
}
