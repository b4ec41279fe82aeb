//! The key ring of the local run: made once, kept beside the database, readable by its owner only.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use countersign_domain::secret::Secret;
use countersign_platform::keys::Keyring;

/// Reads the key ring of a folder, or makes it at the first start.
pub fn open(folder: &Path) -> io::Result<Keyring> {
    let path = folder.join("keyring.json");
    if path.exists() {
        let text = Secret::new(std::fs::read_to_string(&path)?);
        return Keyring::read(&text).map_err(io::Error::other);
    }
    let keyring = Keyring::generate().map_err(io::Error::other)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(keyring.written().expose().as_bytes())?;
    file.sync_all()?;
    Ok(keyring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_ring_is_the_same_at_the_next_start() {
        let folder = std::env::temp_dir().join(format!("countersign-keyring-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let first = open(&folder).unwrap();
        let second = open(&folder).unwrap();
        assert!(first.written().matches(second.written().expose()));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
