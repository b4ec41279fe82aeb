//! Takes Amazon's root certificates out of Mozilla's list, so that the AWS clients start with five roots to read instead of all.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// Every AWS endpoint chains to one of these (Amazon Trust Services; Starfield's is the older of them).
const NAMES: [&[u8]; 2] = [b"Amazon Root CA", b"Starfield Services Root Certificate Authority - G2"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut pem = String::new();
    let mut found = 0;
    for certificate in TLS_SERVER_ROOT_CERTS {
        if NAMES
            .iter()
            .any(|name| certificate.windows(name.len()).any(|part| part == *name))
        {
            writeln!(
                pem,
                "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----",
                STANDARD.encode(certificate)
            )?;
            found += 1;
        }
    }
    if found < 4 {
        return Err("Amazon's root certificates are no longer where they were: see build.rs".into());
    }
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("amazon-roots.pem"), pem)?;
    Ok(())
}
