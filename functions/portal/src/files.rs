//! The embedded files, and which of them an address means.

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A built file in the forms it can be sent in.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path under `dist/`, with a leading slash.
    pub(crate) path: &'static str,
    /// Its content type.
    pub(crate) media: &'static str,
    /// Tells its versions apart.
    pub(crate) tag: &'static str,
    /// As it is.
    pub(crate) identity: &'static [u8],
    /// Compressed with Brotli, where that was worth it.
    pub(crate) brotli: Option<&'static [u8]>,
    /// Compressed with gzip, where that was worth it.
    pub(crate) gzip: Option<&'static [u8]>,
}

/// What stands at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// A document, which may change with each release.
    Page(&'static File),
    /// What documents load.
    Asset(&'static File),
    /// A page, but the web app was not built into this binary.
    NotBuilt,
    /// Nothing.
    Nothing,
}

/// Addresses that programs call: an unknown one is told as a problem document, not as a page.
pub(crate) fn is_interface(path: &str) -> bool {
    ["/api/", "/device/"].iter().any(|prefix| path.starts_with(prefix))
}

pub(crate) fn find(path: &str) -> Found {
    if let Some(document) = document(path) {
        return file(document).map_or(Found::NotBuilt, Found::Page);
    }
    // A document is reached by its address only, so that each has one.
    let direct = file(path).filter(|file| !file.media.starts_with("text/html"));
    direct.map_or(Found::Nothing, Found::Asset)
}

/// The file of that name; the table is in the order of its paths.
pub(crate) fn file(path: &str) -> Option<&'static File> {
    let at = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(at)
}

/// The document that draws an address.
fn document(path: &str) -> Option<&'static str> {
    match path {
        "/" | "/add-method" | "/activity" | "/sessions" | "/people" | "/policy" | "/hardware-tokens" => {
            Some("/portal.html")
        }
        "/sign-in" | "/welcome" => Some("/sign-in.html"),
        "/authenticator" => Some("/authenticator.html"),
        _ => {
            let person = path.strip_prefix("/people/")?;
            (!person.is_empty() && !person.contains('/')).then_some("/portal.html")
        }
    }
}
