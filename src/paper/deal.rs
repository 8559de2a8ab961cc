//! Chance that can be repeated: orders and draws that follow from a seed and a name.

/// Deals by the bytes that a hash gives without end.
#[derive(Debug)]
pub struct Dealer(blake3::OutputReader);

impl Dealer {
    /// A dealer of its own for each purpose.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("keben paper 1");
        hasher
            .update(&seed.to_le_bytes())
            .update(purpose.as_bytes());
        Self(hasher.finalize_xof())
    }

    /// A number below `limit`, every one as likely as another.
    fn below(&mut self, limit: usize) -> usize {
        let limit = limit.max(1) as u64;
        // Numbers of the last, shorter round would make small ones likelier.
        let most = u64::MAX - u64::MAX % limit;
        loop {
            let mut bytes = [0; 8];
            self.0.fill(&mut bytes);
            let number = u64::from_le_bytes(bytes);
            if number < most {
                return (number % limit) as usize;
            }
        }
    }

    /// Puts things into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }

    /// Keeps so many things, in the order in which they stood.
    pub fn draw<T: Ord>(&mut self, things: &mut Vec<T>, count: usize) {
        self.shuffle(things);
        things.truncate(count);
        things.sort_unstable();
    }

    /// An order for so many things.
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        self.shuffle(&mut order);
        order
    }

    /// An order for steps that are to be put into their own; of two, either, or their order would
    /// always be told.
    pub fn disorder(&mut self, count: usize) -> Vec<usize> {
        loop {
            let order = self.order(count);
            if count < 3 || !order.is_sorted() {
                return order;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dealer;

    #[test]
    fn the_same_seed_deals_the_same() {
        let order = |seed, purpose| Dealer::new(seed, purpose).order(20);
        assert_eq!(order(7, "A"), order(7, "A"));
        assert_ne!(order(7, "A"), order(7, "B"));
        assert_ne!(order(7, "A"), order(8, "A"));
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut dealer = Dealer::new(1, "");
        let mut firsts = [0u32; 4];
        for _ in 0..4000 {
            let mut things = [0, 1, 2, 3];
            dealer.shuffle(&mut things);
            firsts[things[0]] += 1;
        }
        assert!(
            firsts.iter().all(|count| (850..1150).contains(count)),
            "{firsts:?}"
        );
    }
}
