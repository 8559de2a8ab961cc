//! Brings characters that readers take for the same to one form: width, case, Traditional and Simplified.

/// Pairs of characters, one a line; its head says where they come from.
const SIMPLIFIED: &str = include_str!("simplified.txt");

/// Where the table begins and ends: the first and the last block of Han in the basic plane.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0xFAFF;

/// Folds one character to one character, so that places in the folded text are places in the original.
pub struct Folding {
    /// The Simplified character by code point from [`FIRST`] on; 0 for one that stays as it is.
    simplified: Vec<u16>,
}

impl Folding {
    /// Reads the table of Traditional characters.
    pub fn new() -> Self {
        let mut simplified = vec![0; (LAST - FIRST + 1) as usize];
        for line in SIMPLIFIED.lines().filter(|line| !line.starts_with('#')) {
            let mut pair = line.chars().map(u32::from);
            if let (Some(from @ FIRST..=LAST), Some(to)) = (pair.next(), pair.next()) {
                simplified[(from - FIRST) as usize] = u16::try_from(to).unwrap_or(0);
            }
        }
        Self { simplified }
    }

    /// The form a character is indexed and searched in.
    pub fn fold(&self, char: char) -> char {
        match u32::from(char) {
            code @ FIRST..=LAST => match self.simplified[(code - FIRST) as usize] {
                0 => char,
                simple => char::from_u32(u32::from(simple)).unwrap_or(char),
            },
            0..0x80 => char.to_ascii_lowercase(),
            0x3000 => ' ',
            // The full-width forms repeat ASCII in its order.
            code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0)
                .unwrap_or(char)
                .to_ascii_lowercase(),
            // A few letters become two; the first tells them apart well enough.
            _ => char.to_lowercase().next().unwrap_or(char),
        }
    }
}

impl Default for Folding {
    fn default() -> Self {
        Self::new()
    }
}
