//! Every route sent what it cannot understand.

use countersign_tests::World;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::table::{Route, routes};
use super::{Cast, changes};
use crate::support::{stored, whole_problem};

/// Bodies that no route takes.
fn shapeless() -> Vec<Vec<u8>> {
    let texts = [
        "{",
        "}",
        "nonsense",
        "\"text\"",
        "7",
        "null",
        "[]",
        "[{}]",
        "{\"a\":1,}",
        "\u{feff}{}",
        "{}{}",
        "{'a':1}",
        "{\"\":}",
    ];
    let deep = ["[".repeat(3000), "{\"a\":".repeat(3000)];
    let bytes = [b"\xff\xfe{}".to_vec(), b"{\"a\":\"\xc3\x28\"}".to_vec(), b"\0".to_vec()];
    texts
        .iter()
        .map(|text| text.as_bytes().to_vec())
        .chain(deep.map(String::into_bytes))
        .chain(bytes)
        .collect()
}

/// The route's own body with one thing wrong at a time.
fn misshapen(route: &Route, body: &Value) -> Vec<Vec<u8>> {
    let (fields, required) = (body.as_object().unwrap(), route.required());
    assert!(required.iter().all(|field| fields.contains_key(field)), "{route:?}");
    let mut bodies = vec![
        with(body, "admin", json!(true)),
        with(body, "__proto__", json!({})),
        format!("{body} x"),
    ];
    // The values without their names.
    bodies.push(Value::Array(fields.values().cloned().collect()).to_string());
    bodies.push(format!(" {}", json!([body])));
    for (field, value) in fields {
        for wrong in [
            json!(7),
            json!(["x y"]),
            json!({}),
            json!({ "x": "y" }),
            json!(-1.5e300),
        ] {
            // What is an array where an array is taken has the right shape, and a whole number where one is.
            let fits = value.is_array() && wrong.is_array() || value.is_u64() && wrong.is_u64();
            if !fits {
                bodies.push(with(body, field, wrong));
            }
        }
        bodies.push(with(
            body,
            field,
            if value.is_boolean() { json!("true") } else { json!(true) },
        ));
        bodies.push(format!(
            "{},\"{field}\":{value}}}",
            body.to_string().trim_end_matches('}').to_owned() + if value.is_object() { "}" } else { "" }
        ));
        if required.contains(field) {
            bodies.push(with(body, field, Value::Null));
            let mut without = fields.clone();
            without.remove(field);
            bodies.push(Value::Object(without).to_string());
        }
    }
    bodies.into_iter().map(String::into_bytes).collect()
}

fn with(body: &Value, field: &str, value: Value) -> String {
    let mut body = body.clone();
    body[field] = value;
    body.to_string()
}

#[tokio::test]
async fn malformed_bodies_are_problems_and_change_nothing() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    let before = stored(&world).await;
    let mut asked = 0;
    for route in routes().into_iter().filter(|route| !route.takes_a_document()) {
        let Some(body) = &route.body else { continue };
        for junk in shapeless().into_iter().chain(misshapen(&route, body)) {
            let answer = cast.send(&route, &junk).await;
            let shown = String::from_utf8_lossy(&junk).chars().take(80).collect::<String>();
            assert_eq!(
                (answer.status.as_u16(), answer.code()),
                (400, "request.malformed"),
                "{route:?} {shown}"
            );
            whole_problem(&answer);
            asked += 1;
        }
    }
    assert!(asked > 400, "{asked}");
    let mut after = stored(&world).await;
    after.retain(|key, _| !key.starts_with("sessions PROOF#"));
    assert_eq!(after, before);
}

#[tokio::test]
async fn what_was_sent_is_never_repeated() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    for route in routes().into_iter().filter(|route| !route.takes_a_document()) {
        let Some(body) = &route.body else { continue };
        let field = body.as_object().unwrap().keys().next().unwrap();
        let bodies = [
            "hunter2".to_owned(),
            with(body, "hunter2", json!(1)),
            with(body, field, json!({ "hunter2": "hunter2" })),
        ];
        for junk in bodies {
            let answer = cast.send(&route, junk.as_bytes()).await.expect(400);
            assert!(!format!("{answer:?}").contains("hunter2"), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a_body_over_64_kb_is_refused() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    let before = stored(&world).await;
    let large = format!("\"{}\"", "x".repeat(70_000)).into_bytes();
    for route in routes() {
        let answer = cast.send(&route, &large).await;
        whole_problem(&answer.clone().expect_problem(413, "request.too_large"));
        // In chunks, where no length is told; and with a length that is not true.
        let (method, path, origin) = (&route.method, route.path(), &world.origin);
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\ncontent-type: application/json\r\nconnection: close\r\n"
        );
        let mut chunked = format!("{head}transfer-encoding: chunked\r\n\r\n").into_bytes();
        for chunk in large.chunks(10_000) {
            chunked.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            chunked.extend(chunk);
            chunked.extend(b"\r\n");
        }
        chunked.extend(b"0\r\n\r\n");
        let answer = raw(&world, &chunked).await;
        assert!(
            answer.starts_with("HTTP/1.1 413 ") && answer.contains("request.too_large"),
            "{route:?}: {answer}"
        );
        let answer = raw(&world, format!("{head}content-length: 999999999999\r\n\r\n").as_bytes()).await;
        assert!(
            answer.starts_with("HTTP/1.1 413 ") && answer.contains("request.too_large"),
            "{route:?}: {answer}"
        );
    }
    assert_eq!(stored(&world).await, before);
}

/// Bytes as they are, and what comes back until the connection is closed.
async fn raw(world: &World, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(world.origin.trim_start_matches("http://"))
        .await
        .unwrap();
    // The service may have answered and closed before all is written: that is no failure here.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_body_that_is_not_json_by_its_type_is_refused() {
    let world = World::start().await;
    let cast = Cast::of(&world).await;
    let before = stored(&world).await;
    let types = [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/json-patch+json"),
        Some("text/plain; charset=application/json"),
        Some(""),
    ];
    for route in routes().into_iter().filter(changes) {
        let body = route.body.clone().unwrap_or_else(|| json!({})).to_string().into_bytes();
        for one in types {
            let mut request = cast.request(&route, Some(&body)).body(body.clone());
            if let Some(one) = one {
                request = request.header("content-type", one);
            }
            cast.browser
                .send(request)
                .await
                .expect_problem(415, "request.unsupported_media_type");
        }
    }
    assert_eq!(stored(&world).await, before);
}

#[tokio::test]
async fn what_is_no_http_breaks_nothing() {
    let world = World::start().await;
    let junk: [&[u8]; 8] = [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\n\r\n",
        b"GET /api/v1/me HTTP/9.9\r\nhost: x\r\n\r\n",
        b"GET http://evil.example/api/v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /api/v1/sign-ins HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/v1/sign-ins HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\nconnection: close\r\n\r\n{}",
        b"GET /api/v1/me HTTP/1.1\r\nhost: x\r\ncookie: \xff\xfe; __Host-cs-session=\x80\r\nconnection: close\r\n\r\n",
    ];
    for bytes in junk {
        let mut stream = TcpStream::connect(world.origin.trim_start_matches("http://"))
            .await
            .unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{}: {answer}",
            String::from_utf8_lossy(bytes)
        );
    }
    world.browser().get("/device/v1/configuration").await.expect(200);
}
