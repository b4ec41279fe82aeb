//! The simulator's commands, run as from a terminal against a stub of the service.

use std::path::{Path, PathBuf};

use crate::stub::{CODE, NUMBER, Stub};
use clap::Parser as _;
use countersign_device::simulator::{Arguments, Complaint, run};

/// A state file of a test's own, gone with the test.
struct Desk(PathBuf);

impl Desk {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("countersign-simulator-{}-{test}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("state.json")
    }

    async fn types(&self, words: &[&str]) -> Result<(), Complaint> {
        let file = self.file();
        let program = ["simulator", "--state", file.to_str().unwrap()];
        run(Arguments::try_parse_from(program.iter().chain(words)).unwrap()).await
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn pair(desk: &Desk, stub: &Stub) {
    desk.types(&["pair", CODE, "--origin", &stub.origin().to_string()])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_simulated_phone_pairs_lists_and_approves() {
    let (desk, stub) = (Desk::new("approves"), Stub::start().await);
    pair(&desk, &stub).await;
    desk.types(&["list"]).await.unwrap();
    let wrong = desk.types(&["approve", "41"]).await.unwrap_err().report();
    assert!(
        wrong.contains("[challenge.number_mismatch]") && wrong.contains("Do better."),
        "{wrong}"
    );
    desk.types(&["approve", NUMBER]).await.unwrap();
    assert_eq!(stub.known.lock().unwrap().outcome, Some("approved"));
    let none = desk.types(&["approve", NUMBER]).await.unwrap_err().report();
    assert!(none.contains("no prompt is open"), "{none}");
}

#[tokio::test]
async fn a_simulated_phone_denies() {
    let (desk, stub) = (Desk::new("denies"), Stub::start().await);
    pair(&desk, &stub).await;
    desk.types(&["deny", "--not-me", "--account", "ada"]).await.unwrap();
    assert_eq!(stub.known.lock().unwrap().outcome, Some("denied"));
}

#[tokio::test]
async fn auto_denies_what_comes_and_ends_with_its_last_account() {
    let (desk, stub) = (Desk::new("auto"), Stub::start().await);
    pair(&desk, &stub).await;
    let (known, waits) = (stub.known.clone(), std::time::Duration::from_millis(10));
    let ends = async {
        while known.lock().unwrap().outcome.is_none() {
            tokio::time::sleep(waits).await;
        }
        known.lock().unwrap().removed = true;
    };
    let (ended, ()) = tokio::join!(desk.types(&["auto", "--deny"]), ends);
    ended.unwrap();
    assert!(!read(&desk.file()).contains("private_key"));
}

#[tokio::test]
async fn pairing_again_keeps_the_installation_and_one_entry() {
    let (desk, stub) = (Desk::new("again"), Stub::start().await);
    pair(&desk, &stub).await;
    let first = stub.known.lock().unwrap().installation.clone();
    pair(&desk, &stub).await;
    assert_eq!(stub.known.lock().unwrap().installation, first);
    assert_eq!(read(&desk.file()).matches("private_key").count(), 1);
}

#[tokio::test]
async fn a_removed_account_is_forgotten() {
    let (desk, stub) = (Desk::new("forgotten"), Stub::start().await);
    pair(&desk, &stub).await;
    stub.known.lock().unwrap().removed = true;
    desk.types(&["list"]).await.unwrap();
    assert!(!read(&desk.file()).contains("private_key"));
    pair(&desk, &stub).await;
    desk.types(&["remove"]).await.unwrap();
    assert!(!read(&desk.file()).contains("private_key"));
}

#[cfg(unix)]
#[tokio::test]
async fn the_state_file_is_for_its_owners_eyes_and_says_what_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let (desk, stub) = (Desk::new("mode"), Stub::start().await);
    pair(&desk, &stub).await;
    assert_eq!(
        std::fs::metadata(desk.file()).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(read(&desk.file()).contains("For development and tests only"));
}

#[tokio::test]
async fn what_cannot_be_done_is_explained() {
    let desk = Desk::new("explained");
    for (words, told) in [
        (&["list"][..], "has no account"),
        (&["approve", "x"], "no number"),
        (&["pair", "nonsense"], "ten characters"),
        (&["pair", CODE, "--origin", "http://mfa.example"], "origin"),
        (&["pair", CODE, "--origin", "http://127.0.0.1:9"], "Is it running?"),
        (&["pair", CODE, "--model", ""], "name for a phone"),
    ] {
        let report = desk.types(words).await.unwrap_err().report();
        assert!(report.contains(told) && report.contains("\n  "), "{report}");
    }
    std::fs::create_dir_all(&desk.0).unwrap();
    std::fs::write(desk.file(), "{").unwrap();
    assert!(desk.types(&["list"]).await.unwrap_err().report().contains("--state"));
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}
