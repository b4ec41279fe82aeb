//! What operators and members read names every setting and every code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use countersign_platform::config::{AWS_VARIABLES, VARIABLES};
use countersign_platform::http::refusals::codes;

use crate::written::{file, part, read};

/// Where the web app's English texts of problems are: of the sign-in, and of what is beyond it.
const TEXTS: [&str; 3] = [
    "functions/portal/web/src/kit/texts/en/problems.ts",
    "functions/portal/web/src/kit/texts/en/problems-inside.ts",
    "functions/portal/web/src/kit/texts/en/sent-code.ts",
];

#[test]
fn the_infrastructures_document_lists_every_variable() {
    let mut table = String::from("| variable | | what it is |\n|---|---|---|\n");
    for variable in VARIABLES {
        let needed = if variable.required { "required" } else { "optional" };
        writeln!(table, "| `{}` | {needed} | {} |", variable.name, variable.doc).unwrap();
    }
    part("infra/README.md", "variables", &table);
}

#[test]
fn the_infrastructures_document_lists_every_variable_that_lambda_sets() {
    let mut table = String::from("| variable | what it is |\n|---|---|\n");
    for variable in AWS_VARIABLES {
        writeln!(table, "| `{}` | {} |", variable.name, variable.doc).unwrap();
    }
    part("infra/README.md", "variables of AWS", &table);
}

#[test]
fn every_code_has_a_text_in_the_web_app_and_a_row_in_the_document() {
    let texts = texts(&TEXTS.map(read).concat());
    let mut document = String::from(HEAD);
    let mut codes = codes().to_vec();
    codes.sort_by_key(|code| code.code);
    for code in codes {
        let Some((title, text)) = texts.get(code.code) else {
            panic!("{} has no text in {TEXTS:?}", code.code)
        };
        writeln!(
            document,
            "| `{}` | {} | **{title}.** {text} | {} |",
            code.code, code.status, code.fix
        )
        .unwrap();
    }
    file("docs/errors.md", &document);
}

const HEAD: &str = "\
# Errors

Every answer that is no success is a problem document (RFC 9457, `application/problem+json`): `type`, `title`, `status`, `detail`, `code`,
`fix`, `request_id`, and where it helps `action` and `retry_after`. Programs go by `code`; codes do not change. The `request_id` is in the
log too.

This table is written by a test from `shared/platform/src/http/refusals.rs` and the web app's texts; see [events/](../events/README.md)
for how.

| code | status | what the member sees | `fix`, what a program is told |
|---|---|---|---|
";

/// Title and text of each code, out of the TypeScript object that holds them.
fn texts(source: &str) -> BTreeMap<String, (String, String)> {
    let mut texts = BTreeMap::new();
    let mut rest = source;
    while let Some((code, after)) = next_string(rest) {
        rest = after;
        let Some(fields) = after
            .trim_start()
            .strip_prefix(": {")
            .map(|fields| fields.split_once('}').unwrap_or((fields, "")))
        else {
            continue;
        };
        let fields = fields.0;
        let field = |name: &str| Some(next_string(fields.split_once(&format!("{name}:"))?.1)?.0);
        if let (Some(title), Some(text)) = (field("title"), field("text")) {
            texts.insert(code, (title, text));
        }
    }
    texts
}

/// The next double-quoted string, and what follows it.
fn next_string(source: &str) -> Option<(String, &str)> {
    let (_, rest) = source.split_once('"')?;
    let mut value = String::new();
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &rest[at + 1..])),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => value.push(character),
        }
    }
    None
}
