//! Administration: people, their links, their standing, their passes; hardware tokens.

use countersign_domain::methods::rules::MethodsPolicy;
use serde_json::json;

use crate::cast::Cast;
use crate::gateway::Event;

const LIST: &str = "GET /api/v1/people";
const CREATE: &str = "POST /api/v1/people";
const SHOW: &str = "GET /api/v1/people/{id}";
const INVITE: &str = "POST /api/v1/people/{id}/invitation";
const POLICY: &str = "GET /api/v1/policy/methods";
const SAVE: &str = "PUT /api/v1/policy/methods";
const PASS: &str = "GET /api/v1/people/{id}/pass";
const ISSUE: &str = "POST /api/v1/people/{id}/pass";
const REVOKE: &str = "DELETE /api/v1/people/{id}/pass";
const TOKENS: &str = "GET /api/v1/hardware-tokens";
const TOKEN: &str = "GET /api/v1/hardware-tokens/{serial}";
const IMPORT: &str = "POST /api/v1/hardware-tokens/import";
const ASSIGN: &str = "POST /api/v1/hardware-tokens/{serial}/assign";
const UNASSIGN: &str = "POST /api/v1/hardware-tokens/{serial}/unassign";
const DELETE: &str = "DELETE /api/v1/hardware-tokens/{serial}";
const DISABLE: &str = "POST /api/v1/people/{id}/disable";

pub(super) fn events(cast: &Cast) -> Vec<(&'static str, Event)> {
    let id = |who: &crate::director::Somebody| who.account.to_string();
    let (ada, alan, grace, katherine) = (id(&cast.ada), id(&cast.alan), id(&cast.grace), id(&cast.katherine));
    let desk = |route, ids: &[&str]| Event::page(route, ids).session(&cast.desk);
    let create = |name: &str| {
        let mail = format!("{name}@example.org");
        desk(CREATE, &[])
            .json(&json!({ "user_name": name, "display_name": "Joan Clarke", "mail": mail, "role": "member" }))
    };
    let save = || {
        let mut policy = serde_json::to_value(MethodsPolicy::default()).unwrap_or_default();
        policy["totp"]["excluded"] = json!(["guests"]);
        desk(SAVE, &[]).json(&policy)
    };
    let annie = id(&cast.annie.who);
    let mut events = tokens(cast);
    events.extend(vec![
        ("pass-show", desk(PASS, &[&annie])),
        ("pass-show-none", desk(PASS, &[&ada])),
        (
            "pass-issue",
            desk(ISSUE, &[&ada]).json(&json!({ "lifetime_minutes": 30, "length": 12, "one_time": true })),
        ),
        ("pass-issue-oneself", desk(ISSUE, &[&grace]).json(&json!({}))),
        (
            "pass-issue-too-long",
            desk(ISSUE, &[&ada]).json(&json!({ "lifetime_minutes": 481 })),
        ),
        ("pass-revoke", desk(REVOKE, &[&annie])),
        ("people-list", desk(LIST, &[])),
        ("people-list-page", desk(LIST, &[]).query("cursor=dorothy")),
        ("people-list-member", Event::page(LIST, &[]).session(&cast.laptop)),
        ("people-create", create("joan")),
        ("people-create-taken", create("ada")),
        ("people-show", desk(SHOW, &[&ada])),
        ("people-show-unknown", desk(SHOW, &["acc_01KAVXGA00000000000000000A"])),
        ("people-show-no-id", desk(SHOW, &["ada"])),
        ("people-invite", desk(INVITE, &[&alan])),
        ("people-invite-entered", desk(INVITE, &[&ada])),
        ("people-disable", desk(DISABLE, &[&ada])),
        ("people-disable-oneself", desk(DISABLE, &[&grace])),
        ("people-enable", desk("POST /api/v1/people/{id}/enable", &[&katherine])),
        (
            "people-groups",
            desk("PUT /api/v1/people/{id}/groups", &[&ada]).json(&json!({ "groups": ["staff", "lisbon"] })),
        ),
        ("policy-show", desk(POLICY, &[])),
        ("policy-show-member", Event::page(POLICY, &[]).session(&cast.laptop)),
        ("policy-save", save().header("if-match", "\"0\"")),
        ("policy-save-unnamed", save()),
        ("policy-save-old", save().header("if-match", "\"7\"")),
        (
            "policy-save-invalid",
            desk(SAVE, &[])
                .header("if-match", "\"0\"")
                .json(&json!({ "system_preferred": true, "totp": {} })),
        ),
        (
            "people-end-sessions",
            desk("DELETE /api/v1/people/{id}/sessions", &[&ada]),
        ),
    ]);
    events
}

fn tokens(cast: &Cast) -> Vec<(&'static str, Event)> {
    let desk = |route, serial: &[&str]| Event::page(route, serial).session(&cast.desk);
    let import = |csv: &str| desk(IMPORT, &[]).json(&json!({ "csv": csv }));
    let (header, secret) = (
        "upn,serial number,secret key,time interval,manufacturer,model",
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    );
    let assign = |name: &str| desk(ASSIGN, &["FT-0001"]).json(&json!({ "user_name": name }));
    vec![
        ("tokens-list", desk(TOKENS, &[])),
        ("tokens-list-assigned", desk(TOKENS, &[]).query("state=assigned")),
        ("tokens-list-page", desk(TOKENS, &[]).query("cursor=FT-0001")),
        ("tokens-list-member", Event::page(TOKENS, &[]).session(&cast.laptop)),
        (
            "tokens-import",
            import(&format!(
                "{header}\r\nada,ft-0100,{secret},30,Feitian,c200\r\n,ft-0101,{secret},60,Feitian,c300\r\n"
            )),
        ),
        (
            "tokens-import-flaws",
            import(&format!(
                "{header}\n,ft-0001,{secret},30,Feitian,c200\nnobody,ft-0100,{secret},30,Feitian,c200\n,ft-0101,short,30,Feitian,c200\n"
            )),
        ),
        (
            "tokens-import-headless",
            import(&format!(",ft-0100,{secret},30,Feitian,c200")),
        ),
        ("tokens-show", desk(TOKEN, &["FT-0003"])),
        ("tokens-show-unknown", desk(TOKEN, &["FT-9999"])),
        ("tokens-assign", assign("ada")),
        ("tokens-assign-unknown", assign("nobody")),
        ("tokens-unassign", desk(UNASSIGN, &["FT-0003"])),
        ("tokens-unassign-available", desk(UNASSIGN, &["FT-0001"])),
        ("tokens-delete", desk(DELETE, &["FT-0002"])),
        ("tokens-delete-assigned", desk(DELETE, &["FT-0003"])),
    ]
}
