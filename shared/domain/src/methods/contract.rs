//! What every registered method is held to. The tests walk the registry: a method without a sample fails them all.

mod samples;

use std::collections::BTreeSet;

use samples::{Answer, NEVER, NOW, at, sample};

use super::{MethodKind, REGISTRY, Spend, Verdict};
use crate::attempts::Gate;
use crate::policy::Policy;
use crate::prompts::State;

/// Values of the `amr` claim that RFC 8176 §2 registers.
const REGISTERED: [&str; 21] = [
    "face", "fpt", "geo", "hwk", "iris", "kba", "mca", "mfa", "otp", "pin", "pwd", "rba", "retina", "sc", "sms", "swk",
    "tel", "user", "vbm", "wia", "pop",
];

fn kinds() -> Vec<MethodKind> {
    let kinds = REGISTRY.iter().map(|method| MethodKind::parse(method.kind()).unwrap());
    kinds.collect()
}

#[test]
fn the_right_answer_is_taken_once_and_never_again() {
    for kind in kinds() {
        let mut sample = sample(kind);
        let Verdict::Right(spend) = sample.check(&sample.right, NOW) else {
            panic!("{kind:?}: the right answer is right")
        };
        match (&mut sample.right, spend) {
            (_, Spend::Mark { mark, learned }) => {
                sample.bound.mark = Some(mark);
                if let Some(learned) = learned {
                    sample.bound.binding = *learned;
                }
            }
            (Answer::Prompt(prompt), Spend::Prompt) => prompt.state = State::Consumed,
            (_, Spend::Prompt) => panic!("{kind:?}: an answer without a mark could be used again"),
        }
        for now in [NOW, NOW + 1, sample.late - 1] {
            assert!(!sample.check(&sample.right, now).is_right(), "{kind:?} again at {now}");
        }
    }
}

#[test]
fn the_right_answer_is_taken_until_it_is_late_and_not_then() {
    for kind in kinds() {
        let sample = sample(kind);
        assert!(
            sample.check(&sample.right, sample.late - 1).is_right(),
            "{kind:?} in time"
        );
        let ends = sample.late != NEVER;
        for late in [0, 1, 3_600, 86_400 * 365].into_iter().filter(|_| ends) {
            assert!(
                !sample.check(&sample.right, sample.late + late).is_right(),
                "{kind:?} late by {late} s"
            );
        }
    }
}

#[test]
fn a_wrong_answer_is_never_taken() {
    for kind in kinds() {
        let sample = sample(kind);
        assert!(!sample.wrong.is_empty(), "{kind:?}");
        for wrong in &sample.wrong {
            assert!(!sample.check(wrong, NOW).is_right(), "{kind:?}: {wrong:?}");
        }
    }
}

#[test]
fn an_answer_to_another_method_is_never_taken() {
    for kind in kinds() {
        for other in kinds().into_iter().filter(|other| *other != kind) {
            let (mine, theirs) = (sample(kind), sample(other));
            assert!(
                !mine.check(&theirs.right, NOW).is_right(),
                "{kind:?} takes the answer of {other:?}"
            );
            let verdict = kind.method().check(
                &theirs.bound.binding,
                theirs.secret.as_ref(),
                &mine.right.response(),
                at(NOW),
            );
            assert!(
                !verdict.is_right(),
                "{kind:?} takes its answer for a thing of {other:?}"
            );
        }
    }
}

#[test]
fn a_method_that_needs_a_secret_takes_nothing_without_it() {
    for kind in kinds() {
        let sample = sample(kind);
        if sample.secret.is_some() {
            assert!(
                !sample.bound.check(None, &sample.right.response(), at(NOW)).is_right(),
                "{kind:?}"
            );
        }
    }
}

#[test]
fn too_many_wrong_answers_close_and_in_the_end_disable_whatever_it_is() {
    let policy = Policy::default();
    for kind in kinds() {
        let mut bound = sample(kind).bound;
        let mut now = NOW;
        for wrong in 1..=100 {
            assert!(bound.is_usable(&policy), "{kind:?} after {} wrong answers", wrong - 1);
            let Gate::Open { if_wrong } = bound.attempts.gate(&policy.code_attempts, at(now)) else {
                panic!("{kind:?} is closed before wrong answer {wrong}")
            };
            bound.attempts = if_wrong;
            let closed = matches!(
                bound.attempts.gate(&policy.code_attempts, at(now)),
                Gate::Closed(_) | Gate::Disabled
            );
            assert_eq!(closed, wrong >= 5, "{kind:?} after {wrong} wrong answers");
            now += 3_600;
        }
        assert!(!bound.is_usable(&policy), "{kind:?} after a hundred");
    }
}

#[test]
fn nothing_secret_is_seen_in_what_is_bound_or_answered() {
    for kind in kinds() {
        let sample = sample(kind);
        let seen = format!("{:?} {:?} {:?}", sample.bound, sample.right.response(), sample.secret);
        for planted in &sample.planted {
            assert!(!seen.contains(planted), "{kind:?} shows {planted}");
        }
    }
}

#[test]
fn every_method_says_what_it_is_and_what_it_lacks() {
    let mut titles = BTreeSet::new();
    for kind in kinds() {
        let (method, sample) = (kind.method(), sample(kind));
        assert!(titles.insert(method.title()) && !method.title().is_empty(), "{kind:?}");
        assert!(
            method.description().ends_with('.'),
            "{kind:?}: a sentence for who chooses"
        );
        assert!(
            !method.detail(&sample.bound.binding).is_empty(),
            "{kind:?}: a line for the list"
        );
        assert!(
            !method.lacks().is_empty() && method.lacks().iter().all(|text| text.ends_with('.')),
            "{kind:?}"
        );
        assert!(!method.amr().is_empty(), "{kind:?}");
        assert!(
            method.amr().iter().all(|value| REGISTERED.contains(value)),
            "{kind:?}: {:?}",
            method.amr()
        );
    }
}

#[test]
fn a_kind_is_unique_and_comes_back_as_it_went() {
    let all: BTreeSet<_> = REGISTRY.iter().map(|method| method.kind()).collect();
    assert_eq!(all.len(), REGISTRY.len());
    for kind in kinds() {
        let binding = sample(kind).bound.binding;
        let json = serde_json::to_value(kind).unwrap();
        assert_eq!(serde_json::from_value::<MethodKind>(json.clone()).unwrap(), kind);
        assert_eq!((binding.kind(), kind.method().kind()), (kind, kind.as_str()));
        assert_eq!(
            serde_json::to_value(&binding).unwrap()["kind"],
            json,
            "stored under its own name"
        );
    }
    assert!(serde_json::from_str::<MethodKind>("\"carrier pigeon\"").is_err());
}

#[test]
fn the_registry_goes_from_the_strongest_to_the_weakest() {
    // A pass stands before all, because it is asked for before all; it is not for choosing.
    let lasting = REGISTRY.iter().filter(|method| !method.is_temporary());
    let strengths: Vec<_> = lasting.map(|method| method.strength()).collect();
    assert!(strengths.is_sorted_by(|before, after| before >= after), "{strengths:?}");
}
