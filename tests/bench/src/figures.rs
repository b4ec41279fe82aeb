//! Figures: medians, tables for people, JSON for programs.

use std::fmt::{self, Write as _};
use std::path::Path;
use std::{fs, io};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value below which that share of the values lies; 0.5 is the median.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a short list"
    )]
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// A table as Markdown, its columns aligned, so that it can be read on a terminal and pasted into a document.
#[derive(Debug)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty one.
    pub fn of(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[&dyn fmt::Display]) {
        self.rows.push(cells.iter().map(ToString::to_string).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = |at: usize| self.rows.iter().map(move |row| row[at].chars().count());
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| cells(at).max().unwrap_or(0).max(name.chars().count()))
            .collect();
        let line = |cells: Vec<&str>| {
            let mut line = String::from("|");
            for (at, cell) in cells.iter().enumerate() {
                let width = widths[at];
                let _ = if at == 0 {
                    write!(line, " {cell:width$} |")
                } else {
                    write!(line, " {cell:>width$} |")
                };
            }
            line
        };
        writeln!(f, "{}", line(self.columns.clone()))?;
        let rule = |at: usize, width: usize| {
            if at == 0 {
                "-".repeat(width + 2)
            } else {
                format!("{}:", "-".repeat(width + 1))
            }
        };
        let rules: Vec<String> = widths.iter().enumerate().map(|(at, width)| rule(at, *width)).collect();
        writeln!(f, "|{}|", rules.join("|"))?;
        self.rows
            .iter()
            .try_for_each(|row| writeln!(f, "{}", line(row.iter().map(String::as_str).collect())))
    }
}

/// Keeps figures as `<folder>/<name>.json`.
///
/// # Errors
/// Where the file cannot be written.
pub fn keep(folder: &Path, name: &str, figures: &impl Serialize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let text = serde_json::to_string_pretty(figures).map_err(io::Error::other)?;
    fs::write(folder.join(format!("{name}.json")), text + "\n")
}

/// Reads figures that were kept.
///
/// # Errors
/// Where there are none, or of another shape: measure that part first.
pub fn kept<T: DeserializeOwned>(folder: &Path, name: &str) -> io::Result<T> {
    let path = folder.join(format!("{name}.json"));
    let text = fs::read_to_string(&path)
        .map_err(|error| io::Error::other(format!("{}: {error}; measure {name} first", path.display())))?;
    serde_json::from_str(&text).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_whatever_the_order() {
        assert!((quantile(&[3.0, 1.0, 2.0], 0.5) - 2.0).abs() < f64::EPSILON);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn a_table_is_aligned() {
        let mut table = Table::of(&["name", "ms"]);
        table.row(&[&"hello", &1.5]);
        assert_eq!(table.to_string(), "| name  |  ms |\n|-------|----:|\n| hello | 1.5 |\n");
    }
}
