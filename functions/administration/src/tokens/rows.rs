//! A file of tokens, read row by row: BOM, CRLF, quotation marks and the delimiters that spreadsheets use.

use countersign_domain::refusal::Refusal;
use countersign_domain::tokens::import::{self, Fault, Flaw, Row};
use csv::{ByteRecord, ReaderBuilder};

/// A row with its line in the piece (the header is line 1).
pub(crate) type Numbered = (u64, Result<Row, Fault>);

/// The rows of a piece, one at a time. The first line has to be the header, so that no row is taken for one and no file for another.
pub(crate) fn rows(piece: &str) -> Result<impl Iterator<Item = Numbered>, Refusal> {
    let text = piece.strip_prefix('\u{FEFF}').unwrap_or(piece);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .find(|delimiter| first.contains(char::from(*delimiter)))
        .unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut header = ByteRecord::new();
    if !matches!(reader.read_byte_record(&mut header), Ok(true)) || !import::is_header(&header) {
        return Err(Refusal::ImportInvalid(
            "The first line is not: upn, serial number, secret key, time interval, manufacturer, model.",
        ));
    }
    let mut lines = Lines {
        bytes: text.as_bytes(),
        at: 0,
        line: 1,
    };
    Ok(reader.into_byte_records().map(move |record| match record {
        Ok(record) => (lines.of(record.position()), import::parse(&record)),
        Err(error) => (lines.of(error.position()), Err((None, Flaw::Columns))),
    }))
}

/// Counts lines as an editor does. The reader's own count stands before the line ends and empty lines that it skips.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record, by where the reader stood before it; records come in their order.
    fn of(&mut self, position: Option<&csv::Position>) -> u64 {
        let before = position.and_then(|position| usize::try_from(position.byte()).ok());
        let before = before.unwrap_or(self.at).max(self.at);
        let rest = self.bytes.get(before..).unwrap_or_default();
        let begins = before + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.bytes.get(self.at..begins).unwrap_or_default();
        let next = passed
            .iter()
            .skip(1)
            .chain(rest.get(begins - before..).and_then(<[u8]>::first));
        let mut ends = 0;
        for (byte, next) in passed.iter().zip(next.map(Some).chain(std::iter::repeat(None))) {
            ends += u64::from(*byte == b'\n' || (*byte == b'\r' && next != Some(&b'\n')));
        }
        self.at = begins;
        self.line += ends;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = "upn,serial number,secret key,time interval,manufacturer,model";
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn read(file: &str) -> Vec<(u64, Result<String, Fault>)> {
        let rows = rows(file).unwrap();
        rows.map(|(line, row)| (line, row.map(|row| format!("{} {}", row.serial, row.model))))
            .collect()
    }

    #[test]
    fn a_file_is_read_however_it_was_saved() {
        let expected = vec![(2, Ok("1 c200".to_owned())), (3, Ok("2 c200".to_owned()))];
        for file in [
            format!("{HEADER}\n,1,{SECRET},30,F,c200\n,2,{SECRET},30,F,c200\n"),
            format!("{HEADER}\r\n,1,{SECRET},30,F,c200\r\n,2,{SECRET},30,F,c200"),
            format!("\u{FEFF}{HEADER}\r\n,1,{SECRET},30,F,c200\r\n,2,{SECRET},30,F,c200\r\n\r\n"),
            format!("{HEADER}\n\"\",\"1\",\"{SECRET}\",\"30\",\"F\",\"c200\"\n,2,{SECRET},30,F,c200"),
            format!("{HEADER}\n,1,{SECRET},30,F,c200\n,2,{SECRET},30,F,c200").replace(',', ";"),
            format!("{HEADER}\n,1,{SECRET},30,F,c200\n,2,{SECRET},30,F,c200").replace(',', "\t"),
        ] {
            assert_eq!(read(&file), expected, "{file:?}");
        }
        assert_eq!(
            read(&format!("{HEADER}\n,1,{SECRET},30,\"F, \"\"Inc\"\"\",c200")).len(),
            1
        );
    }

    #[test]
    fn a_bad_row_is_told_by_its_line_and_leaves_the_others_alone() {
        let read = read(&format!(
            "{HEADER}\n,1,{SECRET},30,F,a\n\n,,{SECRET},30,F,b\nnothing\n,4,{SECRET},30,F,d\n"
        ));
        assert_eq!(
            read,
            [
                (2, Ok("1 A".to_owned().replace('A', "a"))),
                (4, Err((Some(2), Flaw::Serial))),
                (5, Err((None, Flaw::Columns))),
                (6, Ok("4 d".to_owned())),
            ]
        );
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let numbers = |file: &str| read(file).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        for end in ["\n", "\r\n", "\r"] {
            let file = [HEADER, "", "a", "b", "", "", "c", "\"d", "e\"", "f", ""].join(end);
            assert_eq!(numbers(&file), [3, 4, 7, 8, 10], "{end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_left_open_is_one_bad_row() {
        let read = read(&format!("{HEADER}\n,1,{SECRET},30,\"F,a\n,2,{SECRET},30,F,b\n"));
        assert_eq!(read, [(2, Err((None, Flaw::Columns)))]);
    }

    #[test]
    fn a_file_without_the_header_is_refused_whole() {
        for file in [
            String::new(),
            "\n".to_owned(),
            format!(",1,{SECRET},30,F,M\n"),
            "\u{FFFD}u\0p\0n\0".to_owned(),
        ] {
            assert!(
                matches!(rows(&file).map(|_| ()), Err(Refusal::ImportInvalid(_))),
                "{file:?}"
            );
        }
    }

    proptest! {
        /// Any bytes: no panic, and each row comes to a token or to a flaw.
        #[test]
        fn no_file_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), with_header: bool) {
            let mut file = String::from_utf8_lossy(&bytes).into_owned();
            if with_header {
                file.insert_str(0, &format!("{HEADER}\n"));
            }
            if let Ok(rows) = rows(&file) {
                prop_assert!(rows.count() <= file.len());
            }
        }

        #[test]
        fn what_looks_like_a_file_is_read_to_its_end(file in "(upn,serial number,secret key,time interval,manufacturer,model\r?\n)([a\",;\r\n=0-9]{0,300})") {
            prop_assert!(rows(&file).is_ok_and(|rows| rows.count() <= 300));
        }
    }
}
