//! Whether a binary's answer is the handler's: the same to the letter, but for what each draws anew.

use std::collections::BTreeMap;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::answers::masked;
use crate::handler::Answer;

/// What a build of the web app decides; the binary's may be another.
const OF_A_BUILD: [&str; 2] = ["etag", "content-security-policy"];

/// Where the binary's answer differs; nothing where it does not.
pub(crate) fn differences(expected: &Answer, found: &Value, page: bool) -> Vec<String> {
    let mut all = Vec::new();
    compare(
        "status",
        &json!(expected.status.as_u16()),
        &found["statusCode"],
        &mut all,
    );
    compare("headers", &headers(expected, page), &theirs(found, page), &mut all);
    compare(
        "cookies",
        &json!(cookies(expected)),
        &json!(their_cookies(found)),
        &mut all,
    );
    let answered = body(found);
    // The handler's own is the length of what it drew.
    let length = found["headers"].get("content-length");
    let right = length.is_none_or(|length| length == &json!(answered.len().to_string()));
    compare("whether the length is right", &json!(true), &json!(right), &mut all);
    if page {
        let there = |body: &[u8]| json!(!body.is_empty());
        compare(
            "whether there is a page",
            &there(&expected.body),
            &there(&answered),
            &mut all,
        );
    } else {
        compare("body", &read(&expected.body), &read(&answered), &mut all);
    }
    all
}

fn cookies(answer: &Answer) -> Vec<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    all.map(|cookie| masked(cookie.to_str().unwrap())).collect()
}

fn their_cookies(found: &Value) -> Vec<String> {
    let all = found["cookies"].as_array().into_iter().flatten();
    all.map(|cookie| masked(cookie.as_str().unwrap())).collect()
}

fn headers(answer: &Answer, page: bool) -> Value {
    let all = answer
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
    kept(all, page)
}

fn theirs(found: &Value, page: bool) -> Value {
    let all = found["headers"].as_object().into_iter().flatten();
    kept(
        all.map(|(name, value)| (name.to_ascii_lowercase(), value.as_str().unwrap().to_owned())),
        page,
    )
}

fn kept(headers: impl Iterator<Item = (String, String)>, page: bool) -> Value {
    let elsewhere = |name: &str| matches!(name, "set-cookie" | "content-length") || page && OF_A_BUILD.contains(&name);
    let kept: BTreeMap<_, _> = headers.filter(|(name, _)| !elsewhere(name)).collect();
    json!(kept)
}

fn body(found: &Value) -> Vec<u8> {
    let text = found["body"].as_str().unwrap_or_default();
    if found["isBase64Encoded"] == true {
        return base64::engine::general_purpose::STANDARD.decode(text).unwrap();
    }
    text.as_bytes().to_vec()
}

fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}

fn compare(at: &str, expected: &Value, found: &Value, all: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for name in ours
                .keys()
                .chain(theirs.keys().filter(|name| !ours.contains_key(*name)))
            {
                let field =
                    |fields: &serde_json::Map<String, Value>| fields.get(name).cloned().unwrap_or(json!("(absent)"));
                compare(&format!("{at}/{name}"), &field(ours), &field(theirs), all);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (place, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                compare(&format!("{at}/{place}"), ours, theirs, all);
            }
        }
        (Value::String(ours), Value::String(theirs)) if drawn(at, ours, theirs) => {}
        (ours, theirs) if ours == theirs => {}
        (ours, theirs) => all.push(format!("{at}: {ours} in process, {theirs} from the binary")),
    }
}

/// Whether two texts are two draws of one thing.
fn drawn(at: &str, one: &str, other: &str) -> bool {
    let both = |like: &dyn Fn(&str) -> bool| like(one) && like(other);
    let halves = |mark: &str| Some((one.split_once(mark)?, other.split_once(mark)?));
    if at.contains("/codes/") {
        return both(&|code| code.split('-').map(str::len).collect::<Vec<_>>() == [1, 4, 4, 4, 4]);
    }
    match at.rsplit('/').next().unwrap_or_default() {
        // `prm_` and the time are the same, the rest is chance.
        "id" | "prompt_id" | "authenticator_id" => both(&|id| id.len() == 30) && one.get(..14) == other.get(..14),
        "number" => both(&|number| number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit())),
        "challenge" => both(&|challenge| challenge.len() == 43),
        // A seed, or a pass.
        "secret" => [(' ', 8), ('-', 3)].into_iter().any(|(mark, groups)| {
            both(&|secret| secret.split(mark).map(str::len).collect::<Vec<_>>() == vec![4; groups])
        }),
        "code" => both(&|code| code.len() == 11 && code.as_bytes()[5] == b'-'),
        "path" => both(&|drawing| drawing.starts_with('M') && drawing.len() > 1000),
        "uri" => ["?secret=", "#pair="]
            .into_iter()
            .filter_map(halves)
            .any(|((begun, rest), (same, other))| begun == same && rest.len() == other.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    const COOKIE: &str = "__Host-cs-session=acc.token; Path=/; Max-Age=60; Secure; HttpOnly";

    fn answer() -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse().unwrap());
        headers.append("set-cookie", COOKIE.parse().unwrap());
        let body = json!({ "id": "prm_01M86PTPG0FNZE05FDJHQC0CMT", "number": "11", "state": "waiting" });
        Answer {
            status: StatusCode::OK,
            headers,
            body: body.to_string().into_bytes(),
        }
    }

    fn found(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let body = json!({ "id": "prm_01M86PTPG0ZZZE05FDJHQC0CMT", "number": "94", "state": "waiting" });
        let mut found = json!({
            "statusCode": 200, "headers": { "content-type": "application/json" }, "body": body.to_string(), "isBase64Encoded": false,
            "cookies": ["__Host-cs-session=acc.other; Path=/; Max-Age=60; Secure; HttpOnly"],
        });
        change(&mut found);
        differences(&answer(), &found, false)
    }

    #[test]
    fn what_is_drawn_makes_no_difference() {
        assert_eq!(found(|_| ()), Vec::<String>::new());
    }

    #[test]
    fn anything_else_does() {
        let changes: [&dyn Fn(&mut Value); 8] = [
            &|found| found["statusCode"] = json!(201),
            &|found| found["headers"]["x-more"] = json!("1"),
            &|found| found["headers"] = json!({}),
            &|found| found["headers"]["content-length"] = json!("1"),
            &|found| found["cookies"] = json!([]),
            &|found| found["cookies"][0] = json!(COOKIE.replace("; Secure", "")),
            &|found| found["body"] = json!(found["body"].as_str().unwrap().replace("waiting", "choose")),
            &|found| found["body"] = json!(found["body"].as_str().unwrap().replace("prm_", "acc_")),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert_eq!(found(change).len(), 1, "change {number}");
        }
    }
}
