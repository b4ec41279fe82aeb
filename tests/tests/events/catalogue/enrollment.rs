//! Enrollment: links, ceremonies, names, the default.

use countersign_domain::encoding::base64url;
use countersign_domain::enrollment::Stage;
use countersign_domain::entropy::Seeded;
use countersign_domain::methods::totp;
use countersign_tests::{SoftPasskey, codes};
use serde_json::json;

use crate::cast::Cast;
use crate::gateway::Event;
use crate::handed::codes as saved;
use crate::stage::{HOST, ORIGIN, now};

const LIST: &str = "GET /api/v1/me/methods";
const CREATE: &str = "POST /api/v1/me/methods";
const SHOW: &str = "GET /api/v1/me/enrollments/{id}";
const CONFIRM: &str = "POST /api/v1/me/enrollments/{id}/confirm";
const RENAME: &str = "PATCH /api/v1/me/methods/{id}";
const INSPECT: &str = "POST /api/v1/invitations/inspect";
const CHECK: &str = "POST /api/v1/invitations/password-check";
const ACCEPT: &str = "POST /api/v1/invitations/accept";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let mut events = links(cast);
    events.extend(ceremonies(cast));
    events.extend(methods(cast));
    events
}

fn links(cast: &Cast) -> Vec<(&'static str, Event)> {
    let page = |route| Event::page(route, &[]);
    let (link, password) = (cast.link.as_str(), "quiet orchard under nine moons");
    let check = |password: &str| json!({ "token": link, "user_name": "alan", "password": password });
    let spent = "c3BlbnQtb3ItbmV2ZXItdGhlcmUtNDMtY2hhcmFjdGU";
    let founder = json!({
        "token": cast.first_link, "user_name": "hedy", "display_name": "Hedy Lamarr", "password": password,
    });
    vec![
        ("invitations-inspect", page(INSPECT).json(&json!({ "token": link }))),
        (
            "invitations-inspect-first",
            page(INSPECT).json(&json!({ "token": cast.first_link })),
        ),
        (
            "invitations-inspect-spent",
            page(INSPECT).json(&json!({ "token": spent })),
        ),
        ("invitations-check", page(CHECK).json(&check(password))),
        ("invitations-check-common", page(CHECK).json(&check("password123"))),
        (
            "invitations-accept",
            page(ACCEPT).json(&json!({ "token": link, "password": password })),
        ),
        ("invitations-accept-first", page(ACCEPT).json(&founder)),
        (
            "invitations-accept-short",
            page(ACCEPT).json(&json!({ "token": link, "password": "short" })),
        ),
    ]
}

fn ceremonies(cast: &Cast) -> Vec<(&'static str, Event)> {
    let pairing = cast.pairing.id.to_string();
    let seeding = cast.seeding.id.to_string();
    let testing = cast.testing.id.to_string();
    let tested = cast.tested.id.to_string();
    let (code, wrong) = (codes::code(&cast.seed, now()), codes::wrong_code(&cast.seed, now(), 1));
    let making = cast.making.id.to_string();
    let Stage::Passkey { challenge, .. } = &cast.making.stage else {
        panic!("a passkey is made")
    };
    let options = json!({
        "challenge": challenge, "rp": { "id": HOST }, "user": { "id": base64url(cast.margaret.account.handle()) },
    });
    let credential = SoftPasskey::drawn(&Seeded::new("made"))
        .synced()
        .create(&options, ORIGIN, |_| ());
    let made = json!({ "credential": credential, "name": "Laptop" });
    let saving = cast.annie.saving.id.to_string();
    let save = |code: &str| {
        Event::page(CONFIRM, &[&saving])
            .session(&cast.annie.studio)
            .json(&json!({ "code": code }))
    };
    let token = totp::new_seed(&Seeded::new("FT-0001"));
    let confirm = |code: &str| {
        Event::page(CONFIRM, &[&seeding])
            .session(&cast.newcomer)
            .json(&json!({ "code": code }))
    };
    vec![
        (
            "enrollments-show",
            Event::page(SHOW, &[&pairing]).session(&cast.newcomer),
        ),
        (
            "enrollments-show-seed",
            Event::page(SHOW, &[&seeding]).session(&cast.newcomer),
        ),
        (
            "enrollments-show-testing",
            Event::page(SHOW, &[&testing]).session(&cast.learner),
        ),
        (
            "enrollments-show-tested",
            Event::page(SHOW, &[&tested]).session(&cast.finisher),
        ),
        (
            "enrollments-show-foreign",
            Event::page(SHOW, &[&pairing]).session(&cast.laptop),
        ),
        ("enrollments-confirm", confirm(&code)),
        ("enrollments-confirm-wrong", confirm(&wrong)),
        (
            "enrollments-show-passkey",
            Event::page(SHOW, &[&making]).session(&cast.moon),
        ),
        (
            "enrollments-confirm-passkey",
            Event::page(CONFIRM, &[&making]).session(&cast.moon).json(&made),
        ),
        (
            "enrollments-show-codes",
            Event::page(SHOW, &[&saving]).session(&cast.annie.studio),
        ),
        ("enrollments-confirm-codes", save(&saved().shown()[4])),
        ("enrollments-confirm-codes-wrong", save("A-2222-2222-2222-2222")),
        (
            "enrollments-message-seed",
            Event::page("POST /api/v1/me/enrollments/{id}/message", &[&seeding]).session(&cast.newcomer),
        ),
        (
            "enrollments-prompt",
            Event::page("POST /api/v1/me/enrollments/{id}/prompt", &[&testing]).session(&cast.learner),
        ),
        (
            "enrollments-show-token",
            Event::page(SHOW, &[&cast.token.id.to_string()]).session(&cast.newcomer),
        ),
        (
            "enrollments-confirm-token",
            Event::page(CONFIRM, &[&cast.token.id.to_string()])
                .session(&cast.newcomer)
                .json(&json!({ "code": codes::code(token.expose(), now()) })),
        ),
        (
            "enrollments-confirm-token-wrong",
            Event::page(CONFIRM, &[&cast.token.id.to_string()])
                .session(&cast.newcomer)
                .json(&json!({ "code": wrong })),
        ),
        (
            "enrollments-cancel",
            Event::page("DELETE /api/v1/me/enrollments/{id}", &[&pairing]).session(&cast.newcomer),
        ),
    ]
}

fn methods(cast: &Cast) -> Vec<(&'static str, Event)> {
    let create = || Event::page(CREATE, &[]).json(&json!({ "kind": "totp", "name": "Spare generator" }));
    let default = |id: String| Event::page("PUT /api/v1/me/methods/default", &[]).json(&json!({ "id": id }));
    let phone = cast.ada.phone().id.to_string();
    let foreign = cast.grace.phone().id.to_string();
    let rename = |id: &str| {
        Event::page(RENAME, &[id])
            .session(&cast.laptop)
            .json(&json!({ "name": "Old phone" }))
    };
    vec![
        ("methods-list", Event::page(LIST, &[]).session(&cast.laptop)),
        (
            "methods-list-registering",
            Event::page(LIST, &[]).session(&cast.newcomer),
        ),
        ("methods-create", create().session(&cast.laptop)),
        (
            "methods-create-passkey",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "passkey", "attachment": "platform" })),
        ),
        ("methods-list-passkey", Event::page(LIST, &[]).session(&cast.moon)),
        (
            "methods-create-token",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "hardware_oath", "serial": "ft-0003" })),
        ),
        (
            "methods-create-authenticator",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "authenticator" })),
        ),
        (
            "methods-create-codes",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "recovery_codes" })),
        ),
        (
            "methods-create-codes-first",
            Event::page(CREATE, &[])
                .session(&cast.newcomer)
                .json(&json!({ "kind": "recovery_codes" })),
        ),
        ("methods-list-codes", Event::page(LIST, &[]).session(&cast.annie.studio)),
        (
            "methods-create-sms-not-offered",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "sms", "number": "912 345 678", "country": "PT" })),
        ),
        ("methods-create-stale", create().session(&cast.tablet)),
        (
            "methods-create-foreign-origin",
            create()
                .session(&cast.laptop)
                .header("origin", "https://evil.example")
                .header("sec-fetch-site", "cross-site"),
        ),
        // Two headers of one name reach a function as one, joined.
        (
            "methods-create-two-origins",
            create()
                .session(&cast.laptop)
                .header("origin", "https://id.example.com,https://evil.example"),
        ),
        (
            "methods-create-unknown-field",
            Event::page(CREATE, &[])
                .session(&cast.laptop)
                .json(&json!({ "kind": "totp", "admin": true })),
        ),
        (
            "methods-default",
            default(cast.ada.generator().0.to_string()).session(&cast.laptop),
        ),
        ("methods-rename", rename(&phone)),
        ("methods-rename-foreign", rename(&foreign)),
    ]
}
