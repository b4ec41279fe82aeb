//! Sends an event through the handler of the function that its route belongs to, as Lambda would.

use std::sync::{Arc, OnceLock};

use axum::Router;
use countersign_local::document;
use countersign_platform::http::{EdgeConfig, edge};
use countersign_platform::lambda;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::gateway;
use crate::stage::Stage;

/// The functions, in the order of the house.
pub(crate) const FUNCTIONS: [&str; 8] = [
    "enrollment",
    "verification",
    "activity",
    "revocation",
    "relay",
    "administration",
    "portal",
    "rehearsal",
];

/// A route of the OpenAPI document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Route {
    pub(crate) verb: String,
    pub(crate) path: String,
    /// The function that serves it, by the document.
    pub(crate) function: String,
}

impl Route {
    /// `GET /api/v1/me`.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.verb, self.path)
    }

    fn takes(&self, verb: &str, path: &str) -> bool {
        let (mut ours, mut theirs) = (self.path.split('/'), path.split('/'));
        let same = |(ours, theirs): (&str, &str)| ours == theirs || (ours.starts_with('{') && !theirs.is_empty());
        self.verb == verb
            && ours.by_ref().zip(theirs.by_ref()).all(same)
            && ours.next().is_none()
            && theirs.next().is_none()
    }
}

/// Every route of the document.
pub(crate) fn routes() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let document = serde_json::to_value(document::document()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let verbs = |(path, item): (&String, &Value)| {
            let operations = item
                .as_object()
                .unwrap()
                .iter()
                .filter(|(_, operation)| operation.get("responses").is_some());
            let route = |(verb, operation): (&String, &Value)| Route {
                verb: verb.to_uppercase(),
                path: path.clone(),
                function: operation["tags"][0].as_str().unwrap().to_owned(),
            };
            operations.map(route).collect::<Vec<_>>()
        };
        paths.iter().flat_map(verbs).collect()
    })
}

/// The document's route of an event; none for what the portal takes.
pub(crate) fn route_of(event: &Value) -> Option<&'static Route> {
    let context = &event["requestContext"];
    let verb = context["http"]["method"].as_str().unwrap();
    let path = event["rawPath"].as_str().unwrap();
    let stage = context["stage"].as_str().unwrap();
    let path = path.strip_prefix(&format!("/{stage}")).unwrap_or(path);
    routes()
        .iter()
        .filter(|route| route.takes(verb, path))
        .min_by_key(|route| route.path.matches('{').count())
}

/// What the function answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// The function that takes an event of the gateway's.
pub(crate) fn function_of(event: &Value) -> &'static str {
    let function = route_of(event).map_or("portal", |route| route.function.as_str());
    FUNCTIONS.into_iter().find(|known| *known == function).unwrap()
}

/// Sends it.
pub(crate) async fn send(stage: &Stage, name: &str, event: &Value) -> Answer {
    let service = function_of(event);
    let config = EdgeConfig::new(service, &stage.parts.config, Arc::clone(&stage.parts.clock));
    let request = lambda::request_of(&event.to_string(), &gateway::id(name, 16)).unwrap();
    let answer = edge(router(stage, service), config).oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

/// A function's routes alone, with its state on the stage's store.
fn router(stage: &Stage, function: &str) -> Router {
    let (house, store, deliver) = (
        stage.parts.house(),
        &stage.parts.store,
        Arc::clone(&stage.parts.deliver),
    );
    match function {
        "enrollment" => countersign_enrollment::router(countersign_enrollment::State::new(house, store, deliver)),
        "verification" => countersign_verification::router(countersign_verification::State::new(house, store, deliver)),
        "activity" => countersign_activity::router(countersign_activity::State::new(house, store)),
        "revocation" => countersign_revocation::router(countersign_revocation::State::new(house, store, deliver)),
        "relay" => countersign_relay::router(countersign_relay::State::new(house, store, deliver)),
        "administration" => {
            countersign_administration::router(countersign_administration::State::new(house, store, deliver))
        }
        _ => countersign_portal::router(),
    }
}
