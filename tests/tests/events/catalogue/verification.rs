//! Verification: sign-ins, fresh proofs, and whose session it is.

use countersign_domain::methods::passkey::Whom;
use countersign_domain::sign_in::UnderWay;
use countersign_tests::passkeys::{Said, UP};
use countersign_tests::{PASSWORD, codes};
use serde_json::{Value, json};

use crate::cast::Cast;
use crate::gateway::Event;
use crate::handed::codes as codes_of;
use crate::scenes::{challenged, cookie};
use crate::stage::{EDGE_SECRET, ORIGIN, now};

const CREATE: &str = "POST /api/v1/sign-ins";
const BY_PHONE: &str = "POST /api/v1/sign-ins/phone";
const SHOW: &str = "GET /api/v1/sign-ins/current";
const CODE: &str = "POST /api/v1/sign-ins/current/code";
const MESSAGE: &str = "POST /api/v1/sign-ins/current/message";
const PROMPT: &str = "POST /api/v1/sign-ins/current/prompt";
const PASS: &str = "POST /api/v1/sign-ins/pass";
const ME: &str = "GET /api/v1/me";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let mut events = starts();
    events.extend(steps(cast));
    events.extend(passkeys(cast));
    events.extend(handed_out(cast));
    events.extend(vec![
        (
            "reauthentications-create",
            Event::page("POST /api/v1/reauthentications", &[])
                .session(&cast.tablet)
                .json(&json!({ "password": PASSWORD, "return_to": "/add-method?kind=totp" })),
        ),
        ("me-show", Event::page(ME, &[]).session(&cast.laptop)),
        ("me-show-registering", Event::page(ME, &[]).session(&cast.newcomer)),
        ("me-show-anonymous", Event::page(ME, &[])),
        (
            "me-show-forged",
            Event::page(ME, &[]).cookie("__Host-cs-session", "acc_01.forged"),
        ),
        // Which of the two is ours cannot be told.
        (
            "me-show-two-cookies",
            Event::page(ME, &[]).session(&cast.laptop).session(&cast.tablet),
        ),
        (
            "me-show-other-cookies",
            Event::page(ME, &[])
                .cookie("theme", "dark")
                .session(&cast.laptop)
                .cookie("a", "b=c"),
        ),
        (
            "me-show-ipv6",
            Event::page(ME, &[]).session(&cast.laptop).from("2001:db8::7"),
        ),
    ]);
    events
}

fn starts() -> Vec<(&'static str, Event)> {
    let start = |name: &str, password: &str| {
        Event::page(CREATE, &[]).json(&json!({ "user_name": name, "password": password, "return_to": "/activity" }))
    };
    let by_phone =
        |name: &str| Event::page(BY_PHONE, &[]).json(&json!({ "user_name": name, "return_to": "/activity" }));
    let right = |name: &str| start(name, PASSWORD);
    vec![
        ("sign-ins-create", right("ada")),
        ("sign-ins-create-spelled-otherwise", right(" ADA ")),
        ("sign-ins-create-by-code", right("dorothy")),
        ("sign-ins-create-first", right("edsger")),
        ("sign-ins-create-by-phone", by_phone("ada")),
        ("sign-ins-create-by-phone-unknown", by_phone("nobody")),
        ("sign-ins-create-by-phone-no-name", by_phone("no name")),
        ("sign-ins-create-wrong", start("ada", "not her password")),
        ("sign-ins-create-unknown", right("nobody")),
        ("sign-ins-create-disabled", right("katherine")),
        ("sign-ins-create-base64", right("ada").base64()),
        ("sign-ins-create-stage", right("ada").through("live")),
        (
            "sign-ins-create-malformed",
            Event::page(CREATE, &[]).body("{\"user_name\": \"ada\","),
        ),
        (
            "sign-ins-create-form",
            Event::page(CREATE, &[])
                .body("user_name=ada&password=x")
                .header("content-type", "application/x-www-form-urlencoded"),
        ),
        (
            "sign-ins-create-edge",
            placed(start("ada", "not her password")).header("x-countersign-edge", EDGE_SECRET),
        ),
        ("sign-ins-create-forged-edge", placed(start("ada", "not her password"))),
    ]
}

/// With what a distribution in front says of its viewer.
fn placed(event: Event) -> Event {
    event
        .header("cloudfront-viewer-address", "192.0.2.44:46532")
        .header("cloudfront-viewer-asn", "64511")
        .header("cloudfront-viewer-city", "Porto")
        .header("cloudfront-viewer-country", "PT")
}

fn passkeys(cast: &Cast) -> Vec<(&'static str, Event)> {
    let whom = Whom::SignIn {
        sign_in: cast.asked.id,
        account: cast.margaret.account,
    };
    let (anybody, second) = (challenged(Whom::Anybody, "anybody"), challenged(whom, "second"));
    let under_way = cookie(&UnderWay::Choosing(cast.asked.clone()));
    let answer = |asked: &(Value, String), change: fn(&mut Said)| {
        let credential = cast.margarets.clone().get(&asked.0, ORIGIN, change);
        Event::page("POST /api/v1/sign-ins/passkey", &[])
            .cookie("__Host-cs-passkey", &asked.1)
            .json(&json!({ "credential": credential, "return_to": "/activity" }))
    };
    vec![
        (
            "sign-ins-passkey-options",
            Event::page("POST /api/v1/sign-ins/passkey/options", &[]),
        ),
        (
            "sign-ins-current-passkey-options",
            Event::page("POST /api/v1/sign-ins/current/passkey/options", &[]).cookie("__Host-cs-sign-in", &under_way),
        ),
        (
            "reauthentications-passkey-options",
            Event::page("POST /api/v1/reauthentications/passkey/options", &[]).session(&cast.moon),
        ),
        ("sign-ins-passkey", answer(&anybody, |_| ())),
        (
            "sign-ins-passkey-second",
            answer(&second, |_| ()).cookie("__Host-cs-sign-in", &under_way),
        ),
        ("sign-ins-passkey-unverified", answer(&anybody, |said| said.flags = UP)),
        (
            "sign-ins-passkey-unknown",
            answer(&anybody, |said| said.id = b"another credential".to_vec()),
        ),
    ]
}

/// What was handed out once and comes back: a pass, a recovery code.
fn handed_out(cast: &Cast) -> Vec<(&'static str, Event)> {
    let by_pass = |name: &str, pass: &str| Event::page(PASS, &[]).json(&json!({ "user_name": name, "pass": pass }));
    let stranded = cookie(&UnderWay::Choosing(cast.annie.stranded.clone()));
    let step = |route| Event::page(route, &[]).cookie("__Host-cs-sign-in", &stranded);
    let code = |code: &str| step(CODE).json(&json!({ "authenticator_id": cast.annie.codes, "code": code }));
    vec![
        ("sign-ins-pass", by_pass("annie", &cast.annie.pass)),
        ("sign-ins-pass-wrong", by_pass("annie", "2222-2222")),
        ("sign-ins-pass-none", by_pass("ada", &cast.annie.pass)),
        (
            "sign-ins-create-with-pass",
            Event::page(CREATE, &[]).json(&json!({ "user_name": "annie", "password": PASSWORD })),
        ),
        ("sign-ins-show-text", step(SHOW)),
        ("sign-ins-code-recovery", code(&codes_of().shown()[0])),
        ("sign-ins-code-recovery-wrong", code("A-2222-2222-2222-2222")),
    ]
}

fn steps(cast: &Cast) -> Vec<(&'static str, Event)> {
    let choosing = cookie(&UnderWay::Choosing(cast.choosing.clone()));
    let waiting = cookie(&UnderWay::Prompting(cast.waiting.clone()));
    let approved = cookie(&UnderWay::Prompting(cast.approved.clone()));
    let page = |route, value: &str| Event::page(route, &[]).cookie("__Host-cs-sign-in", value);
    let seed = cast.ada.generator().1;
    let (code, wrong) = (codes::code(seed, now()), codes::wrong_code(seed, now(), 1));
    vec![
        ("sign-ins-show", page(SHOW, &waiting)),
        ("sign-ins-show-choosing", page(SHOW, &choosing)),
        ("sign-ins-show-approved", page(SHOW, &approved)),
        ("sign-ins-prompt", page(PROMPT, &choosing)),
        (
            "sign-ins-prompt-named",
            page(PROMPT, &choosing).json(&json!({ "authenticator_id": cast.ada.phone().id })),
        ),
        ("sign-ins-code", page(CODE, &waiting).json(&json!({ "code": code }))),
        (
            "sign-ins-code-wrong",
            page(CODE, &choosing).json(&json!({ "code": wrong })),
        ),
        (
            "sign-ins-message-no-number",
            page(MESSAGE, &choosing).json(&json!({ "authenticator_id": cast.ada.phone().id })),
        ),
        ("sign-ins-cancel", page("DELETE /api/v1/sign-ins/current", &choosing)),
    ]
}
