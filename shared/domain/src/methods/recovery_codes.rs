//! Recovery codes: ten look-up secrets that are saved for the day when nothing else is at hand (NIST SP 800-63B-4 §3.1.2).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::look_up::{ALPHABET, KeptSecret, LookedUp, Salt, canonical, grouped};
use super::{Asks, Binding, Factor, Family, Method, Response, Spend, Strength, Verdict};
use crate::entropy::{self, Entropy};
use crate::secret::Secret;

/// A code's first character says which of the ten it is, so that one hash is computed whichever is typed.
const SLOTS: &[u8; 10] = b"ABCDEFGHJK";
/// Characters of chance in a code: 80 bits (at least 64: NIST SP 800-63B-4 §4.2).
const LENGTH: usize = 16;
/// Codes left at which the member is asked to make new ones.
pub const FEW: usize = 3;

/// Ten codes in the clear: only while they are shown.
#[derive(Debug)]
pub struct Codes(Vec<Secret<String>>);

impl Codes {
    /// Draws them.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        let code = |slot: &u8| {
            let chance = Secret::new(entropy::text(entropy, ALPHABET, LENGTH));
            Secret::new(format!("{}{}", char::from(*slot), chance.expose()))
        };
        Self(SLOTS.iter().map(code).collect())
    }

    /// As they are sealed.
    pub fn to_bytes(&self) -> Secret<Vec<u8>> {
        let texts: Vec<&str> = self.0.iter().map(|code| code.expose().as_str()).collect();
        Secret::new(texts.join(" ").into_bytes())
    }

    /// What was sealed; `None` if it was something else.
    pub fn from_bytes(bytes: &Secret<Vec<u8>>) -> Option<Self> {
        let text = std::str::from_utf8(bytes.expose()).ok()?;
        let codes: Vec<_> = text.split(' ').map(|code| Secret::new(code.to_owned())).collect();
        (codes.len() == SLOTS.len()).then_some(Self(codes))
    }

    /// As they are shown: `A-7K3M-Q9XW-2ABC-DEFG`.
    pub fn shown(&self) -> Vec<String> {
        let shown = |code: &Secret<String>| {
            let (slot, chance) = code.expose().split_at_checked(1).unwrap_or_default();
            format!("{slot}-{}", grouped(chance))
        };
        self.0.iter().map(shown).collect()
    }

    /// Whether this is one of them.
    pub fn contains(&self, typed: &Secret<String>) -> bool {
        let typed = canonical(typed);
        self.0
            .iter()
            .fold(false, |found, code| code.matches(typed.expose()) | found)
    }

    /// The set as it is kept; `None` only if the machine is out of memory. Ten password hashes: not for a thread that others wait for.
    pub fn keep(&self, pepper: &[u8], entropy: &dyn Entropy) -> Option<CodeSet> {
        let salt = Salt::draw(entropy);
        let slots = self
            .0
            .iter()
            .map(|code| KeptSecret::of(pepper, &salt, code).map(Some))
            .collect::<Option<_>>()?;
        Some(CodeSet { salt, slots })
    }
}

/// A set as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeSet {
    /// Of all its hashes. Each code is hashed with its slot's letter, so one computation tests one slot.
    salt: Salt,
    /// A hash a slot; none where the code was used.
    slots: Vec<Option<KeptSecret>>,
}

impl CodeSet {
    /// How many codes are left.
    pub fn left(&self) -> usize {
        self.slots.iter().flatten().count()
    }

    pub(super) const fn salt(&self) -> &Salt {
        &self.salt
    }

    /// The set without the code that was typed, if it holds that code.
    fn without(&self, looked_up: &LookedUp) -> Option<Self> {
        let typed = looked_up.first()?;
        let slot = SLOTS.iter().position(|letter| *letter == typed)?;
        let kept = self.slots.get(slot)?.as_ref()?;
        looked_up.matches(&self.salt, kept).then(|| {
            let mut rest = self.clone();
            rest.slots.iter_mut().skip(slot).take(1).for_each(|spent| *spent = None);
            rest
        })
    }
}

/// The method.
#[derive(Debug)]
pub struct RecoveryCodes;

impl Method for RecoveryCodes {
    fn kind(&self) -> &'static str {
        "recovery_codes"
    }

    fn title(&self) -> &'static str {
        "Recovery codes"
    }

    fn description(&self) -> &'static str {
        "Ten codes to keep on paper. Each opens your account once, beside your password, when you have nothing else with you."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    fn strength(&self) -> Strength {
        Strength::Possession
    }

    fn family(&self) -> Family {
        Family::RecoveryCodes
    }

    fn is_spare(&self) -> bool {
        true
    }

    fn renews(&self) -> bool {
        true
    }

    fn amr(&self) -> &'static [&'static str] {
        &["otp"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &["Whoever finds the paper has them too. A false page can ask for one and use it at once."]
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Text
    }

    fn detail(&self, binding: &Binding) -> String {
        let Binding::RecoveryCodes(set) = binding else {
            return String::new();
        };
        format!("{} of {} left", set.left(), set.slots.len())
    }

    /// The number of uses is the mark and the set without the code is what it teaches: both are saved in one write, on the condition that
    /// no other code was used meanwhile. The attack: one code from fifty browsers at once.
    fn check(&self, binding: &Binding, _: Option<&Secret<Vec<u8>>>, response: &Response<'_>, _: Timestamp) -> Verdict {
        let (Binding::RecoveryCodes(set), Response::LookUp(looked_up)) = (binding, response) else {
            return Verdict::Wrong;
        };
        let Some(rest) = set.without(looked_up) else {
            return Verdict::Wrong;
        };
        let used = rest.slots.len().saturating_sub(rest.left());
        Verdict::Right(Spend::Mark {
            mark: u64::try_from(used).unwrap_or(u64::MAX),
            learned: Some(Box::new(Binding::RecoveryCodes(rest))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn spent(set: &CodeSet, typed: &str) -> Option<(u64, CodeSet)> {
        let looked_up = LookedUp::new(b"pepper", set.salt(), &Secret::new(typed.to_owned())).unwrap();
        let binding = Binding::RecoveryCodes(set.clone());
        let verdict = RecoveryCodes.check(&binding, None, &Response::LookUp(&looked_up), Timestamp::UNIX_EPOCH);
        match verdict {
            Verdict::Right(Spend::Mark {
                mark,
                learned: Some(learned),
            }) => match *learned {
                Binding::RecoveryCodes(rest) => Some((mark, rest)),
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn codes_are_ten_of_eighty_bits_each_with_its_own_letter() {
        let shown = Codes::draw(&Seeded::new("codes")).shown();
        assert_eq!(shown.len(), 10);
        for (code, slot) in shown.iter().zip(SLOTS) {
            let groups: Vec<_> = code.split('-').collect();
            assert_eq!(groups[0].as_bytes(), [*slot]);
            assert_eq!(groups[1..].iter().map(|group| group.len()).collect::<Vec<_>>(), [4; 4]);
            let chance = groups[1..].concat();
            assert_eq!(chance.len() * 5, 80, "bits");
            assert!(chance.bytes().all(|byte| ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn each_code_is_good_once_in_any_order_and_however_it_is_typed() {
        let codes = Codes::draw(&Seeded::new("codes"));
        let shown = codes.shown();
        let mut set = codes.keep(b"pepper", &Seeded::new("salt")).unwrap();
        for (use_, n) in [9, 0, 4].into_iter().enumerate() {
            let typed = shown[n].to_lowercase().replace('-', " ");
            let (mark, rest) = spent(&set, &typed).unwrap();
            assert_eq!((mark, rest.left()), (use_ as u64 + 1, 9 - use_));
            set = rest;
            assert!(spent(&set, &shown[n]).is_none(), "again");
        }
        // The right code of another slot, or a letter that is none.
        for wrong in [
            format!("B{}", &shown[2][1..]),
            format!("Z{}", &shown[2][1..]),
            String::new(),
        ] {
            assert!(spent(&set, &wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn codes_come_back_from_what_was_sealed_and_are_recognized() {
        let codes = Codes::draw(&Seeded::new("codes"));
        let again = Codes::from_bytes(&codes.to_bytes()).unwrap();
        assert_eq!(again.shown(), codes.shown());
        assert!(again.contains(&Secret::new(codes.shown()[6].to_lowercase())));
        assert!(!again.contains(&Secret::new(codes.shown()[6][2..].to_owned())));
        assert!(Codes::from_bytes(&Secret::new(b"something else".to_vec())).is_none());
        assert!(!format!("{codes:?}").contains(&codes.shown()[0][2..6]));
    }
}
