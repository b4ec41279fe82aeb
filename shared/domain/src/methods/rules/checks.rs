//! What an edited methods policy must be: whole, known in every field, within limits, and leaving nobody without a method.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{Audience, MethodsPolicy};
use crate::methods::{MethodKind, REGISTRY};
use crate::names::GroupName;

/// The most groups that a rule names, each of its two lists.
pub const MOST_GROUPS: usize = 50;

/// How many combinations of groups are looked at before the search for somebody without a method is given up.
const MOST_STEPS: u32 = 20_000;

/// What is wrong with one field of an edited document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objection {
    /// Where: a JSON pointer (RFC 6901); empty for the document itself.
    pub at: String,
    /// What is wrong and what is allowed, in sentences.
    pub says: String,
}

impl Objection {
    /// An objection to a field.
    pub fn new(at: impl Into<String>, says: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            says: says.into(),
        }
    }
}

/// A method's own settings.
pub trait Settings: fmt::Debug {
    /// What is wrong with them, each place below the settings: `/countries/0`.
    fn objections(&self) -> Vec<Objection> {
        Vec::new()
    }

    /// Whether anybody could sign in by the method with them.
    fn are_usable(&self) -> bool {
        true
    }
}

impl MethodsPolicy {
    /// Whether an edited document, as it was sent (`given`) and as it was understood (`self`), may be kept. Fields that are unknown or
    /// missing are told, since a whole document from a page that does not know a method would otherwise put its rule back.
    pub fn edited(&self, given: &Value) -> Result<(), Vec<Objection>> {
        let mut wrong = Vec::new();
        let whole = serde_json::to_value(self).unwrap_or_default();
        differences(given, &whole, "", &mut wrong);
        for (method, kind) in kinds() {
            self.limits(kind, method, &mut wrong);
        }
        for (kind, settings) in self.settings() {
            let below = |one: Objection| Objection {
                at: format!("/{}/settings{}", kind.as_str(), one.at),
                ..one
            };
            wrong.extend(settings.objections().into_iter().map(below));
        }
        self.check_strengths(&mut wrong);
        wrong.extend(self.left_out());
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn limits(&self, kind: MethodKind, name: &str, wrong: &mut Vec<Objection>) {
        let Audience { groups, excluded, .. } = self.audience(kind);
        for (field, list) in [("groups", groups), ("excluded", excluded)] {
            if list.len() > MOST_GROUPS {
                let says = format!("There are {} groups. At most {MOST_GROUPS} are allowed.", list.len());
                wrong.push(Objection::new(format!("/{name}/{field}"), says));
            }
        }
        for both in groups.intersection(excluded) {
            let says = format!("The group {both} is included as well. A group may stand in one of the two lists.");
            wrong.push(Objection::new(format!("/{name}/excluded"), says));
        }
    }

    /// Somebody whom the rules would leave without any method that signs in, if there can be such a person.
    fn left_out(&self) -> Option<Objection> {
        let rules: Vec<&Audience> = self
            .settings()
            .into_iter()
            .filter(|(kind, settings)| !kind.method().is_spare() && settings.are_usable())
            .map(|(kind, _)| self.audience(kind))
            .filter(|audience| audience.enabled)
            .collect();
        if rules.is_empty() {
            let says = "Every method is off. At least one that signs in by itself has to be on, for everybody.";
            return Some(Objection::new("", says));
        }
        let (mut within, mut without) = (Vec::new(), Vec::new());
        if !escapes(&rules, &mut within, &mut without, &mut 0) {
            return None;
        }
        let who = match within.iter().map(ToString::to_string).collect::<BTreeSet<_>>() {
            none if none.is_empty() => "Somebody in none of the groups that are named".to_owned(),
            some => format!("Somebody in {}", some.into_iter().collect::<Vec<_>>().join(" and ")),
        };
        let says =
            format!("{who} would have no method left. Each combination of groups needs one that signs in by itself.");
        Some(Objection::new("", says))
    }
}

/// Every method, with its name in the document.
pub(super) fn kinds() -> impl Iterator<Item = (&'static str, MethodKind)> {
    let kind = |name| MethodKind::parse(name).map(|kind| (name, kind));
    REGISTRY.iter().filter_map(move |method| kind(method.kind()))
}

/// Whether somebody can be outside of all these audiences: being in the groups `within` and in none of `without`. For each audience there are
/// the ways out of it: to be in none of its groups, or in one that it excludes.
fn escapes<'a>(
    rules: &[&'a Audience],
    within: &mut Vec<&'a GroupName>,
    without: &mut Vec<&'a GroupName>,
    steps: &mut u32,
) -> bool {
    *steps += 1;
    let Some((first, rest)) = rules.split_first() else {
        return true;
    };
    if *steps > MOST_STEPS {
        return false;
    }
    let (inside, outside) = (within.len(), without.len());
    if !first.groups.is_empty() && first.groups.iter().all(|group| !within.contains(&group)) {
        without.extend(&first.groups);
        if escapes(rest, within, without, steps) {
            return true;
        }
        without.truncate(outside);
    }
    for group in &first.excluded {
        if without.contains(&group) {
            continue;
        }
        within.push(group);
        if escapes(rest, within, without, steps) {
            return true;
        }
        within.truncate(inside);
    }
    false
}

/// Fields that only one of two documents has.
fn differences(given: &Value, whole: &Value, at: &str, wrong: &mut Vec<Objection>) {
    if let (Value::Array(given), Value::Array(whole)) = (given, whole) {
        for (n, (given, whole)) in given.iter().zip(whole).enumerate() {
            differences(given, whole, &format!("{at}/{n}"), wrong);
        }
    }
    let (Value::Object(given), Value::Object(whole)) = (given, whole) else {
        return;
    };
    for (name, value) in given {
        match whole.get(name) {
            Some(known) => differences(value, known, &format!("{at}/{}", escaped(name)), wrong),
            None => wrong.push(Objection::new(
                format!("{at}/{}", escaped(name)),
                format!("This field is not known. Known here: {}.", listed(whole.keys())),
            )),
        }
    }
    for (name, value) in whole {
        let needless = (at.is_empty() && name == "version") || value.as_object().is_some_and(serde_json::Map::is_empty);
        if !given.contains_key(name) && !needless {
            let says = "This field is missing. The document is sent whole.";
            wrong.push(Objection::new(format!("{at}/{}", escaped(name)), says));
        }
    }
}

/// A name in a JSON pointer (RFC 6901 §3), cut short where it is no name of ours.
fn escaped(name: &str) -> String {
    let short: String = name.chars().take(64).collect();
    short.replace('~', "~0").replace('/', "~1")
}

fn listed<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::names::GroupName;

    fn written() -> Value {
        serde_json::to_value(MethodsPolicy::default()).unwrap()
    }

    fn objections(given: &Value) -> Vec<(String, String)> {
        let policy: MethodsPolicy = serde_json::from_value(given.clone()).unwrap();
        let wrong = policy.edited(given).err().unwrap_or_default();
        wrong.into_iter().map(|one| (one.at, one.says)).collect()
    }

    /// The places that are objected to.
    fn places(given: &Value) -> Vec<String> {
        objections(given).into_iter().map(|(at, _)| at).collect()
    }

    /// All other methods off.
    fn only(rules: &[(&str, Value)]) -> Value {
        let mut policy = written();
        for method in REGISTRY {
            policy[method.kind()]["enabled"] = json!(false);
        }
        for (kind, rule) in rules {
            for (field, value) in rule.as_object().unwrap() {
                policy[*kind][field] = value.clone();
            }
            policy[*kind]["enabled"] = json!(true);
        }
        policy
    }

    #[test]
    fn the_default_may_be_kept_as_it_is_and_without_its_version() {
        let mut policy = written();
        assert_eq!(places(&policy), [""; 0]);
        policy.as_object_mut().unwrap().remove("version");
        assert_eq!(places(&policy), [""; 0]);
    }

    #[test]
    fn what_is_unknown_or_missing_is_told_by_its_place() {
        let mut policy = written();
        policy["totp"]["exluded"] = json!(["guests"]);
        policy["passkey"]["settings"]["attestation"]["route"] = json!([]);
        policy["carrier/pigeon"] = json!({ "enabled": true });
        policy["authenticator"].as_object_mut().unwrap().remove("excluded");
        policy.as_object_mut().unwrap().remove("system_preferred");
        let mut found = places(&policy);
        found.sort();
        assert_eq!(
            found,
            [
                "/authenticator/excluded",
                "/carrier~1pigeon",
                "/passkey/settings/attestation/route",
                "/system_preferred",
                "/totp/exluded"
            ]
        );
        let says = objections(&policy).into_iter().find(|(at, _)| at == "/totp/exluded");
        assert!(says.unwrap().1.contains("enabled, excluded, groups"));
    }

    #[test]
    fn a_document_of_a_newer_version_is_still_read() {
        let mut policy = written();
        policy["totp"]["added_later"] = json!(1);
        policy["passkey"]["settings"]["aaguids"]["added_later"] = json!(1);
        policy["added_later"] = json!(true);
        assert!(serde_json::from_value::<MethodsPolicy>(policy).is_ok());
    }

    #[test]
    fn a_list_has_its_limit_and_no_group_stands_in_both() {
        let mut policy = written();
        policy["totp"]["groups"] = (0..=MOST_GROUPS).map(|n| json!(format!("g{n}"))).collect();
        policy["totp"]["excluded"] = json!(["g7"]);
        assert_eq!(places(&policy), ["/totp/groups", "/totp/excluded"]);
    }

    #[test]
    fn nobody_is_left_without_a_method() {
        let none = only(&[]);
        assert!(objections(&none)[0].1.starts_with("Every method is off."));
        for (rules, who) in [
            (
                vec![("totp", json!({ "groups": ["staff"] }))],
                Some("none of the groups"),
            ),
            (
                vec![("totp", json!({ "excluded": ["guests"] }))],
                Some("Somebody in guests "),
            ),
            (
                vec![
                    ("totp", json!({ "excluded": ["a"] })),
                    ("authenticator", json!({ "excluded": ["b"] })),
                ],
                Some("Somebody in a and b "),
            ),
            (
                vec![
                    ("totp", json!({ "groups": ["staff"] })),
                    ("authenticator", json!({ "excluded": ["staff"] })),
                ],
                None,
            ),
            (
                vec![
                    ("totp", json!({ "excluded": ["guests"] })),
                    ("authenticator", json!({ "groups": ["guests"] })),
                ],
                None,
            ),
            (vec![("totp", json!({}))], None),
            (vec![("sms", json!({}))], Some("Every method is off.")), // it names no country
            (
                vec![("sms", json!({ "settings": { "countries": ["PT"], "a_day": 9 } }))],
                None,
            ),
        ] {
            let found = objections(&only(&rules));
            match who {
                Some(who) => assert!(found.len() == 1 && found[0].1.contains(who), "{rules:?}: {found:?}"),
                None => assert!(found.is_empty(), "{rules:?}: {found:?}"),
            }
        }
    }

    proptest::proptest! {
        /// The search finds somebody if and only if trying everybody does.
        #[test]
        fn who_is_left_out_is_found(lists in proptest::collection::vec((0_u8..16, 0_u8..16), 1..4)) {
            let names: Vec<GroupName> = ["a", "b", "c", "d"].iter().map(|name| name.parse().unwrap()).collect();
            let some = |bits: u8| -> BTreeSet<GroupName> {
                (0..4).filter(|n| bits & (1 << n) != 0).map(|n| names[n].clone()).collect()
            };
            let rules: Vec<Audience> = lists
                .iter()
                .map(|(groups, excluded)| Audience { enabled: true, groups: some(*groups), excluded: some(*excluded) })
                .collect();
            let someone = (0..16).any(|person| rules.iter().all(|rule| !rule.includes(&some(person))));
            let rules: Vec<&Audience> = rules.iter().collect();
            proptest::prop_assert_eq!(escapes(&rules, &mut Vec::new(), &mut Vec::new(), &mut 0), someone);
        }
    }
}
