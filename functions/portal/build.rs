//! Embeds what `npm run build` left in `web/dist`: one table of files, each with its compressed forms.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
    let mut paths = Vec::new();
    if dist.is_dir() {
        collect(&dist, &mut paths)?;
    }
    // By text, as the look-up compares; paths would be ordered by their components.
    paths.sort_by_key(|path| path.to_string_lossy().into_owned());
    let mut table = String::from("pub(crate) static FILES: &[File] = &[\n");
    for path in &paths {
        entry(&mut table, &dist, path)?;
    }
    table.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("files.rs"), table)?;
    Ok(())
}

/// Every file that is served; compressed forms come with their file, the bundler's own notes stay here.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            collect(&path, found)?;
        } else if !matches!(extension, Some("br" | "gz")) && path.file_name() != Some("meta.json".as_ref()) {
            found.push(path);
        }
    }
    Ok(())
}

fn entry(table: &mut String, dist: &Path, path: &Path) -> Result<(), Box<dyn Error>> {
    let name = path.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
    writeln!(
        table,
        "    File {{ path: {:?}, media: {:?}, tag: \"{:016x}\", identity: include_bytes!({:?}), brotli: {}, gzip: {} }},",
        format!("/{name}"),
        media(path),
        fingerprint(&fs::read(path)?),
        path.to_string_lossy(),
        compressed(path, "br"),
        compressed(path, "gz"),
    )?;
    Ok(())
}

fn compressed(path: &Path, extension: &str) -> String {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    if Path::new(&name).is_file() {
        format!("Some(include_bytes!({:?}))", name.to_string_lossy())
    } else {
        String::from("None")
    }
}

/// The content type by the file's ending.
fn media(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// FNV-1a, 64 bits: tells versions of a file apart; nothing trusts it.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
