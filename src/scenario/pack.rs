//! States in a few machine words, so that a million of them are small.

use super::play::State;
use crate::page::scenario::Scenario;

/// Where a number lies in the words of a state.
#[derive(Debug, Clone, Copy)]
struct Field {
    word: usize,
    shift: u32,
    mask: u64,
    least: i32,
}

impl Field {
    fn get(self, words: &[u64]) -> i32 {
        // A field holds at most the width of a variable's bounds.
        let value = (words[self.word] >> self.shift) & self.mask;
        self.least + i32::try_from(value).unwrap_or(i32::MAX)
    }

    fn set(self, words: &mut [u64], value: i32) {
        let value = u64::from(value.abs_diff(self.least)) & self.mask;
        words[self.word] |= value << self.shift;
    }
}

/// How the states of one scenario are packed.
#[derive(Debug, Clone)]
pub struct Packing {
    place: Field,
    values: Vec<Field>,
    used: Vec<Field>,
    words: usize,
}

impl Packing {
    /// The packing of a scenario's states.
    pub fn of(scenario: &Scenario) -> Self {
        let mut layout = Layout { word: 0, shift: 0 };
        let places = u32::try_from(scenario.places.len()).unwrap_or(u32::MAX);
        let place = layout.field(0, places);
        let value = |variable: &crate::page::scenario::Variable| {
            let (least, most) = variable.domain.bounds();
            layout.field(least, most.abs_diff(least))
        };
        let values = scenario.variables.iter().map(value).collect();
        let used = (0..scenario.once).map(|_| layout.field(0, 1)).collect();
        Self {
            place,
            values,
            used,
            words: layout.word + 1,
        }
    }

    /// How many words a state takes.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Packs a state.
    pub fn pack(&self, state: &State, words: &mut Vec<u64>) {
        words.clear();
        words.resize(self.words, 0);
        self.place
            .set(words, i32::try_from(state.at).unwrap_or(i32::MAX));
        for (field, value) in self.values.iter().zip(&state.values) {
            field.set(words, *value);
        }
        for (field, used) in self.used.iter().zip(&state.used) {
            field.set(words, i32::from(*used));
        }
    }

    /// Unpacks a state.
    pub fn unpack(&self, words: &[u64], state: &mut State) {
        state.at = usize::try_from(self.place.get(words)).unwrap_or(0);
        state.values.clear();
        state
            .values
            .extend(self.values.iter().map(|field| field.get(words)));
        state.used.clear();
        state
            .used
            .extend(self.used.iter().map(|field| field.get(words) == 1));
    }

    /// The place of a packed state.
    pub fn place(&self, words: &[u64]) -> usize {
        usize::try_from(self.place.get(words)).unwrap_or(0)
    }
}

/// Lays fields side by side; none lies in two words.
struct Layout {
    word: usize,
    shift: u32,
}

impl Layout {
    fn field(&mut self, least: i32, width: u32) -> Field {
        let bits = (u32::BITS - width.leading_zeros()).max(1);
        if self.shift + bits > u64::BITS {
            self.word += 1;
            self.shift = 0;
        }
        let mask = (1u64 << bits) - 1;
        let field = Field {
            word: self.word,
            shift: self.shift,
            mask,
            least,
        };
        self.shift += bits;
        field
    }
}

/// Packed states, each with a number; the same state has the same number.
#[derive(Debug)]
pub struct States {
    words: usize,
    packed: Vec<u64>,
    /// The number of a state at the place that its hash names, or at the next free one.
    table: Vec<u32>,
    count: u32,
}

/// A place of the table that is free.
const FREE: u32 = u32::MAX;

impl States {
    /// No states, of so many words each.
    pub fn new(words: usize) -> Self {
        Self {
            words,
            packed: Vec::new(),
            table: vec![FREE; 1024],
            count: 0,
        }
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The words of a state.
    pub fn get(&self, number: u32) -> &[u64] {
        let at = number as usize * self.words;
        &self.packed[at..at + self.words]
    }

    /// The number of a state, and whether it is new.
    pub fn insert(&mut self, state: &[u64]) -> (u32, bool) {
        let at = self.find(state);
        if self.table[at] != FREE {
            return (self.table[at], false);
        }
        let number = self.count;
        self.table[at] = number;
        self.packed.extend_from_slice(state);
        self.count += 1;
        if self.count as usize * 2 > self.table.len() {
            self.grow();
        }
        (number, true)
    }

    /// The number of a state, if it is known.
    pub fn number(&self, state: &[u64]) -> Option<u32> {
        let number = self.table[self.find(state)];
        (number != FREE).then_some(number)
    }

    /// Where a state is in the table, or would be.
    fn find(&self, state: &[u64]) -> usize {
        let mask = self.table.len() - 1;
        let mut at = hash(state) as usize & mask;
        while self.table[at] != FREE && self.get(self.table[at]) != state {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.table = vec![FREE; self.table.len() * 2];
        for number in 0..self.count {
            let at = number as usize * self.words;
            let free = self.find(&self.packed[at..at + self.words]);
            self.table[free] = number;
        }
    }
}

/// Multiplies and folds: the fields of neighbouring states differ in a few low bits only.
fn hash(words: &[u64]) -> u64 {
    words.iter().fold(0x9e37_79b9_7f4a_7c15, |hash: u64, word| {
        let product = u128::from(hash ^ word) * 0xd6e8_feb8_6659_fd93;
        (product as u64) ^ (product >> 64) as u64
    })
}

#[cfg(test)]
mod tests {
    use super::States;

    #[test]
    fn a_state_keeps_its_number_while_the_table_grows() {
        let mut states = States::new(2);
        for n in 0..5000u64 {
            assert_eq!(states.insert(&[n, n % 7]), (n as u32, true));
        }
        for n in 0..5000u64 {
            assert_eq!(states.insert(&[n, n % 7]), (n as u32, false));
            assert_eq!(states.number(&[n, n % 7]), Some(n as u32));
            assert_eq!(states.get(n as u32), [n, n % 7]);
        }
        assert_eq!(states.number(&[1, 2]), None);
        assert_eq!(states.len(), 5000);
    }
}
