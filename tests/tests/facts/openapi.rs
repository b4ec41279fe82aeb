//! The committed OpenAPI document is what the code says.

#[test]
fn the_committed_openapi_document_is_fresh() {
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json")).unwrap();
    let generated = countersign_local::document::json().unwrap();
    let differs = committed
        .lines()
        .zip(generated.lines())
        .position(|(committed, generated)| committed != generated);
    assert_eq!(differs, None, "docs/openapi.json, counted from 0: run `make openapi`");
    assert_eq!(
        committed.len(),
        generated.len(),
        "docs/openapi.json: run `make openapi`"
    );
}

#[test]
fn every_operation_of_the_openapi_document_tells_of_problems() {
    let document = serde_json::to_value(countersign_local::document::document()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{method} {path}");
            assert!(
                operation["summary"].is_string() && operation["tags"].is_array(),
                "{method} {path}"
            );
        }
    }
}
