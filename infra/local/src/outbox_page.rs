//! `/outbox`: a page of what would have gone out, and the same as JSON.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::outbox::{Message, Outbox};

const STYLE: &str = "\
:root{color-scheme:light dark;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif}body{max-width:52rem;margin:2rem auto;padding:0 1rem}\
li{margin:1rem 0;padding:1rem;border:1px solid #8886;border-radius:.75rem;overflow-wrap:anywhere}ol{list-style:none;padding:0}\
small{opacity:.8}a{color:light-dark(#0b5cad,#8ec5ff)}";

/// The routes.
pub(crate) fn router(outbox: Arc<Outbox>) -> Router {
    Router::new()
        .route("/outbox", get(page))
        .route("/outbox.json", get(json))
        .route(
            "/outbox.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLE) }),
        )
        .with_state(outbox)
}

async fn json(State(outbox): State<Arc<Outbox>>) -> axum::Json<Vec<Message>> {
    axum::Json(outbox.latest())
}

async fn page(State(outbox): State<Arc<Outbox>>) -> Response {
    let mut items = String::new();
    for message in outbox.latest() {
        let link = message
            .link
            .map(|link| format!("<br><a href=\"{0}\">{0}</a>", escape(&link)))
            .unwrap_or_default();
        let (kind, to, text) = (escape(&message.kind), escape(&message.to), escape(&message.text));
        let (at, outcome) = (message.at.strftime("%Y-%m-%d %H:%M:%S UTC"), escape(&message.outcome));
        let _ = write!(
            items,
            "<li><strong>{kind}</strong> to {to}<br>{text}{link}<br><small>{at} · {outcome}</small></li>"
        );
    }
    if items.is_empty() {
        items.push_str("<li>Nothing has been sent yet. Invite a person, or sign in with a paired phone.</li>");
    }
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Outbox</title><link rel=\"stylesheet\" href=\"/outbox.css\"></head><body><main><h1>Outbox</h1>\
         <p>What this local run would have sent, newest first. Reload to see more.</p><ol>{items}</ol></main></body></html>"
    );
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, policy),
        ],
        html,
    )
        .into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
