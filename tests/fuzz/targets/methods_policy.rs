//! The methods policy: a document that is read is written and read as the same; one that may be kept leaves nobody without a method.
#![no_main]

use std::collections::BTreeSet;

use countersign_domain::methods::rules::{MethodsPolicy, Objection, Settings};
use countersign_domain::methods::{MethodKind, REGISTRY};
use countersign_domain::names::GroupName;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Groups that a policy may name for all their combinations to be tried: within the search of the domain, which gives up at a limit.
const FEW: usize = 4;

/// A document with another one laid over it: what is given is mostly whole then, and gets past the search for missing fields.
fn laid_over(whole: &mut Value, given: &Value) {
    match (whole, given) {
        (Value::Object(whole), Value::Object(given)) => {
            for (name, value) in given {
                laid_over(whole.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (whole, given) => *whole = given.clone(),
    }
}

fn check(given: &Value) {
    let Ok(policy) = serde_json::from_value::<MethodsPolicy>(given.clone()) else {
        return;
    };
    let written = serde_json::to_value(&policy).expect("a policy is written");
    let read: MethodsPolicy = serde_json::from_value(written.clone()).expect("what is written is read");
    assert_eq!(read, policy);

    match policy.edited(given) {
        Ok(()) => {
            assert_eq!(
                policy.edited(&written),
                Ok(()),
                "what may be kept may not be kept again"
            );
            nobody_is_left_out(&policy);
        }
        Err(wrong) => {
            assert!(!wrong.is_empty());
            wrong.iter().for_each(told);
        }
    }
    for one in policy.edited(&written).err().unwrap_or_default() {
        let of_shape = one.says.contains("not known") || one.says.contains("is missing");
        assert!(!of_shape, "a document of ours is not whole: {one:?}");
    }
}

/// An objection names a place (RFC 6901) and speaks in sentences.
fn told(one: &Objection) {
    assert!(one.at.is_empty() || one.at.starts_with('/'), "{one:?}");
    assert!(one.says.ends_with('.'), "{one:?}");
}

/// Each combination of the named groups, tried one by one, which the domain does by a search.
fn nobody_is_left_out(policy: &MethodsPolicy) {
    let signs_in = |kind: MethodKind| {
        let usable = policy.phones(kind).is_none_or(Settings::are_usable);
        !kind.method().is_spare() && usable
    };
    let kinds: Vec<_> = REGISTRY
        .iter()
        .filter_map(|one| MethodKind::parse(one.kind()))
        .filter(|kind| signs_in(*kind))
        .collect();
    let named = |kind: &MethodKind| {
        let audience = policy.audience(*kind);
        audience
            .groups
            .union(&audience.excluded)
            .cloned()
            .collect::<Vec<GroupName>>()
    };
    let groups: BTreeSet<_> = kinds.iter().flat_map(named).collect();
    if groups.len() > FEW {
        return;
    }
    for chosen in 0..1u32 << groups.len() {
        let member = groups.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let member: BTreeSet<_> = member.map(|(_, group)| group.clone()).collect();
        let has_one = kinds.iter().any(|kind| policy.audience(*kind).includes(&member));
        assert!(has_one, "somebody in {member:?} has no method");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(given) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    check(&given);
    let mut whole = serde_json::to_value(MethodsPolicy::default()).expect("a policy is written");
    laid_over(&mut whole, &given);
    check(&whole);
});
