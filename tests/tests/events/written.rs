//! Files of the repository that a test writes: compared as a rule, written anew when `COUNTERSIGN_WRITE` is set.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// How to write them, and the snapshots with them. What `git diff` then shows is what changed.
pub(crate) const HOW: &str = "COUNTERSIGN_WRITE=1 INSTA_UPDATE=always cargo test -p countersign-tests --test events";

/// A path from the repository's root.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(relative)
}

/// A file of the repository.
pub(crate) fn read(relative: &str) -> String {
    fs::read_to_string(path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
}

/// Whether the files are to be written instead of compared.
pub(crate) fn asked_for() -> bool {
    env::var_os("COUNTERSIGN_WRITE").is_some()
}

/// Writes the file, or fails where it says something else.
#[track_caller]
pub(crate) fn file(relative: &str, expected: &str) {
    let there = fs::read_to_string(path(relative)).unwrap_or_default();
    if there == expected {
        return;
    }
    if asked_for() {
        fs::write(path(relative), expected).unwrap();
        return;
    }
    let line = there
        .lines()
        .zip(expected.lines())
        .position(|(there, expected)| there != expected);
    let line = line.unwrap_or_else(|| there.lines().count().min(expected.lines().count()));
    panic!(
        "{relative} is not what it should be, from line {} on:\n  there     {:?}\n  expected  {:?}\nWrite it again: {HOW}",
        line + 1,
        there.lines().nth(line).unwrap_or_default(),
        expected.lines().nth(line).unwrap_or_default(),
    );
}

/// The same for the part of a file between `<!-- name -->` and `<!-- end of name -->`.
#[track_caller]
pub(crate) fn part(relative: &str, name: &str, expected: &str) {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let text = read(relative);
    let whole = text
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let Some((before, after)) = whole else {
        panic!("{relative} has no part between {begin}and {end}")
    };
    file(relative, &format!("{before}{begin}{expected}{end}{after}"));
}
