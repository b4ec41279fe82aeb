//! What every answer carries, and what it leaves in the log.

use super::*;

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    for path in [
        "/page",
        "/nothing",
        "/api/v1/things/1",
        "/api/v1/broken",
        "/api/v1/muted",
    ] {
        let (_, headers, _) = send(request("GET", path), "").await;
        for (name, value) in [
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("date", "Thu, 01 Jan 1970 00:16:40 GMT"),
        ] {
            assert_eq!(headers[name], value, "{path}");
        }
        let (policy, cache) = if path == "/page" {
            ("default-src 'self'", "max-age=60")
        } else {
            (
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
                "no-store",
            )
        };
        assert_eq!(headers["content-security-policy"], policy, "{path}");
        assert_eq!(headers["cache-control"], cache, "{path}");
    }
}

#[tokio::test]
async fn a_request_leaves_one_line_without_ids_or_what_was_sent() {
    let (captured, guard) = Captured::here();
    send(
        ours("DELETE", "/api/v1/things/acc_secret?token=hunter2").extension(RequestId("req-1".into())),
        "",
    )
    .await;
    drop(guard);
    let lines = captured.lines();
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    assert_eq!(
        (&line["http.request.method"], &line["http.route"]),
        (&"DELETE".into(), &"/api/v1/things/{id}".into())
    );
    assert_eq!(
        (&line["http.response.status_code"], &line["level"]),
        (&204.into(), &"INFO".into())
    );
    assert_eq!(
        (&line["request_id"], &line["faas.name"]),
        (&"req-1".into(), &"test".into())
    );
    assert!(!captured.text().contains("hunter2") && !captured.text().contains("acc_secret"));
}
