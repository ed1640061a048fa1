//! No files of a package use each other's items in a circle: nobody can read one file of a circle without all the
//! others.
//!
//! The usual way out: an item that two files need moves into a file of its own, and a file with child modules only
//! declares them and re-exports their items. Names count, methods do not: the test cannot see which type has a method.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;

use super::modules::{Files, Modules};
use super::source::{SOURCES, relative, rust_files};

/// For each file the files that it uses, each with a path of its code that shows it.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

fn uses_of(files: &Files, root: &str) -> Uses {
    let mut uses = Uses::new();
    for found in Modules::read(files, root).uses() {
        uses.entry(found.by).or_default().entry(found.of).or_insert(found.path);
    }
    uses
}

/// The shortest way over uses from a file back to itself: the files without the first.
fn circle_from(uses: &Uses, start: &str) -> Option<Vec<String>> {
    let mut ways = VecDeque::from([vec![]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let file: &str = way.last().map_or(start, |last: &String| last);
        if file == start && !way.is_empty() {
            return Some(way);
        }
        for next in uses.get(file).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(next) {
                ways.push_back(way.iter().chain([next]).cloned().collect());
            }
        }
    }
    None
}

/// The shortest circle in words.
fn shortest_circle(uses: &Uses) -> Option<String> {
    let circles = uses.keys().filter_map(|start| circle_from(uses, start));
    let circle = circles.min_by_key(Vec::len)?;
    let mut by = circle.last()?;
    let mut words = Vec::new();
    for of in &circle {
        words.push(format!("{by} uses `{}` of {of}", uses[by][of]));
        by = of;
    }
    Some(words.join("\n"))
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut circles = Vec::new();
    for folder in SOURCES {
        let read = |path| (relative(path), fs::read_to_string(path).unwrap());
        let files: Files = rust_files(folder).iter().map(|path| read(path)).collect();
        circles.extend(shortest_circle(&uses_of(&files, &format!("{folder}/lib.rs"))));
    }
    assert!(circles.is_empty(), "These files use each other in a circle:\n{}", circles.join("\n\n"));
}

#[cfg(test)]
mod tests {
    use super::{Files, shortest_circle, uses_of};

    /// The shortest circle of a package with these files.
    fn circle(files: &[(&str, &str)]) -> Option<String> {
        let files: Files =
            files.iter().map(|(name, text)| (format!("src/{name}.rs"), (*text).to_owned())).collect();
        shortest_circle(&uses_of(&files, "src/lib.rs"))
    }

    #[test]
    fn a_parent_and_a_child_that_use_each_other_are_a_circle() {
        let parent = "mod child;\nuse child::Part;\npub struct Whole(Part);";
        let found = circle(&[("lib", parent), ("child", "use super::Whole;\npub struct Part;")]);
        let wanted =
            "src/child.rs uses `super::Whole` of src/lib.rs\nsrc/lib.rs uses `child::Part` of src/child.rs";
        assert_eq!(found.as_deref(), Some(wanted));
    }

    #[test]
    fn the_shortest_circle_is_reported() {
        let files = [
            ("lib", "mod a; mod b; mod c;"),
            ("a", "use crate::b::B; pub struct A;"),
            ("b", "use crate::c::C; pub struct B;"),
            ("c", "use crate::a::A; use crate::b::B; pub struct C;"),
        ];
        let found = circle(&files).unwrap();
        assert_eq!(found.lines().count(), 2, "{found}");
        assert!(!found.contains("src/a.rs"), "{found}");
    }

    #[test]
    fn paths_in_code_and_in_macros_count_like_imports() {
        for code in
            ["fn f() -> crate::Top {}", "fn f() { vec![super::Top]; }", "const F: u8 = 0..super::Top;"]
        {
            let found = circle(&[("lib", "mod a;\npub struct Top(a::f);"), ("a", code)]);
            assert!(found.is_some(), "{code}");
        }
    }

    #[test]
    fn an_imported_module_counts_for_the_items_used_through_it() {
        let files = |a| [("lib", "mod a; mod b;"), ("a", a), ("b", "use crate::a;\nfn f() { a::g() }")];
        assert_eq!(circle(&files("use crate::b;\nfn g() {}")), None);
        assert!(circle(&files("use crate::b;\nfn g() { b::f() }")).is_some());
    }

    #[test]
    fn a_reexported_item_counts_for_the_file_that_defines_it() {
        let files = |top| {
            [("lib", top), ("a", "mod b;\npub use b::Item;"), ("a/b", "use crate::Top;\npub struct Item;")]
        };
        assert!(circle(&files("mod a;\nuse a::Item as Other;\npub struct Top(Other);")).is_some());
        assert_eq!(circle(&files("mod a;\npub use a::Item;\npub struct Top;")), None);
    }

    #[test]
    fn names_from_all_of_a_module_count() {
        let files = [
            ("lib", "mod a;\nuse a::*;\npub struct Top(Item);"),
            ("a", "use super::Top;\npub struct Item(Top);"),
        ];
        assert!(circle(&files).is_some());
    }

    #[test]
    fn declarations_tests_comments_and_fields_are_no_uses() {
        let parent = "mod a;\npub struct Top;\nfn f(x: X) -> u8 { x.item }";
        let child = "use super::Top;\n// crate::a::Item\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\npub fn item() {}";
        assert_eq!(circle(&[("lib", parent), ("a", child)]), None);
    }

    #[test]
    fn modules_in_one_file_are_no_circle() {
        assert_eq!(
            circle(&[("lib", "mod a {\n use super::T;\n pub struct U;\n}\nuse a::U;\npub struct T;")]),
            None
        );
    }
}
