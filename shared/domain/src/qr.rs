//! QR codes as a path that a page draws: no image, no markup.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code (ISO/IEC 18004), quiet zone of four modules included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side.
    pub size: usize,
    /// SVG path data in module units: one run of dark modules after the other.
    pub path: String,
}

/// The code of a text; `None` if the text is too long for one (about 2,300 bytes).
pub fn qr(text: &str) -> Option<Qr> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while let Some(start) = line
            .iter()
            .skip(column)
            .position(|c| *c == Color::Dark)
            .map(|offset| column + offset)
        {
            let run = line.iter().skip(start).take_while(|c| **c == Color::Dark).count();
            let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET, row + QUIET);
            column = start + run;
        }
    }
    Some(Qr {
        size: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finder_pattern_and_quiet_zone() {
        let qr = qr("otpauth://totp/a").unwrap();
        assert!(qr.path.starts_with("M4 4h7v1h-7z"));
        assert_eq!((qr.size - 8 - 17) % 4, 0);
    }

    #[test]
    fn a_text_that_does_not_fit_gives_no_code() {
        assert_eq!(qr(&"x".repeat(4000)), None);
    }
}
