//! Samples of what is looked up. Their hashes are dear, so each is computed once.

use std::sync::LazyLock;

use super::{Answer, NEVER, NOW, Sample, at};
use crate::entropy::Seeded;
use crate::methods::look_up::LookedUp;
use crate::methods::pass::{Pass, Terms};
use crate::methods::recovery_codes::Codes;
use crate::methods::{Authenticator, Binding};
use crate::secret::Secret;

const PEPPER: &[u8] = b"pepper";

struct Kept {
    binding: Binding,
    planted: String,
    right: LookedUp,
    wrong: Vec<LookedUp>,
}

fn kept(binding: Binding, planted: String, right: &str, wrong: &[&str]) -> Kept {
    let salt = binding.salt().unwrap();
    let looked_up = |typed: &str| LookedUp::new(PEPPER, salt, &Secret::new(typed.to_owned())).unwrap();
    Kept {
        right: looked_up(right),
        wrong: wrong.iter().map(|typed| looked_up(typed)).collect(),
        binding,
        planted,
    }
}

static CODES: LazyLock<Kept> = LazyLock::new(|| {
    let codes = Codes::draw(&Seeded::new("codes"));
    let set = codes.keep(PEPPER, &Seeded::new("salt")).unwrap();
    let shown = codes.shown();
    let other_slot = format!("B{}", &shown[0][1..]);
    kept(
        Binding::RecoveryCodes(set),
        shown[0].clone(),
        &shown[0],
        &["", "A", "000000", &other_slot, &shown[0][..20]],
    )
});

static PASS: LazyLock<Kept> = LazyLock::new(|| {
    let terms = Terms {
        length: 8,
        starts_at: at(NOW - 60),
        ends_at: at(NOW + 3_540),
        once: true,
    };
    let (pass, shown) = Pass::issue(terms, PEPPER, &Seeded::new("pass")).unwrap();
    let shown = shown.expose().clone();
    kept(
        Binding::Pass(pass),
        shown.clone(),
        &shown,
        &["", "2222-2222", &shown[1..], &format!("{shown}2")],
    )
});

fn sample(kept: &Kept, late: i64, bound: impl Fn(Binding) -> Authenticator) -> Sample {
    Sample {
        bound: bound(kept.binding.clone()),
        secret: None,
        planted: vec![kept.planted.clone()],
        right: Answer::LookUp(kept.right.clone()),
        late,
        wrong: kept.wrong.iter().cloned().map(Answer::LookUp).collect(),
    }
}

pub(super) fn recovery_codes(bound: impl Fn(Binding) -> Authenticator) -> Sample {
    sample(&CODES, NEVER, bound)
}

pub(super) fn pass(bound: impl Fn(Binding) -> Authenticator) -> Sample {
    sample(&PASS, NOW + 3_540, bound)
}
