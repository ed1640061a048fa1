//! Finds one of many names (topics, sources, types) by the text that a member typed.
//!
//! The contract sets the order: exact name, alias, prefix, then similarity. [`Matched`] says which of them found the name.

use std::cmp::Reverse;
use std::sync::Arc;

use super::fold::{TYPED_CHARACTERS_MAX, cut, fold};
use article_format::stable_hash64;
use forms::{Forms, HitPlace};

mod forms;

/// A name counts as meant from this similarity on. Similarity is 1 less the share of letters that are wrong, missing, too
/// many or swapped with their neighbour. At 0.7, one error in four letters passes ("rst" for "rust").
const SIMILARITY_MIN: f64 = 0.7;

/// How many names are offered where no name is near enough. One row of buttons holds five.
const NEAREST_MAX: usize = 5;

/// How a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// By the name itself. Case, accents and hyphens do not count.
    Exact,
    /// By an alias: a keyword, an id or a short name.
    Alias,
    /// By the beginning of the name or an alias, or of a word in one.
    Prefix,
    /// By similar spelling.
    Similar,
}

/// The result of [`Names::find`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFound {
    /// The index of a name, and how it was found.
    Name(usize, Matched),
    /// No name is near enough. The indexes of the nearest names, nearest first, at most five.
    Nearest(Vec<usize>),
}

/// A name and its aliases.
#[derive(Debug, Clone)]
pub struct Name {
    /// The name as members see it.
    pub text: Box<str>,
    /// Aliases, as written.
    pub aliases: Vec<Box<str>>,
    /// The heaviest name wins where several match.
    pub weight: i64,
}

/// An immutable set of names. The caller merges names with equal folded forms beforehand.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The parts that do not depend on weights. Snapshots that differ in weights alone share them.
    set: Arc<NameSet>,
    heaviest_first: Vec<usize>,
    /// The text that searches go through, heaviest name first.
    forms: Forms,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct NameSet {
    entries: Vec<Entry>,
    /// Indexes by folded name.
    by_name: Vec<u32>,
    /// Folded aliases, sorted, with the index of their name.
    by_alias: Vec<(Box<str>, u32)>,
    /// Indexes by hash.
    by_hash: Vec<(u64, u32)>,
}

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    text: Box<str>,
    folded: Box<str>,
    hash: u64,
    /// Without the folded name, each once.
    folded_aliases: Box<[Box<str>]>,
}

impl Names {
    /// Indexes the names. Each keeps its place in the vector as its index. An alias that two names share finds the heavier.
    #[must_use]
    pub fn new(names: Vec<Name>) -> Self {
        let weights: Vec<i64> = names.iter().map(|name| name.weight).collect();
        let entries: Vec<Entry> = names.into_iter().map(Entry::new).collect();
        let mut by_name: Vec<u32> = (0..).take(entries.len()).collect();
        let folded = |index: &u32| entries.get(*index as usize).map(|entry| &*entry.folded);
        by_name.sort_unstable_by_key(|index| folded(index));
        let mut by_hash: Vec<(u64, u32)> = entries.iter().map(|entry| entry.hash).zip(0..).collect();
        by_hash.sort_unstable();
        let aliases = entries
            .iter()
            .zip(0..)
            .flat_map(|(entry, index)| entry.folded_aliases.iter().map(move |alias| (alias.clone(), index)));
        let mut by_alias: Vec<(Box<str>, u32)> = aliases.collect();
        by_alias.sort_unstable();
        let unweighted = Self {
            set: Arc::new(NameSet { entries, by_name, by_alias, by_hash }),
            heaviest_first: Vec::new(),
            forms: Forms::default(),
        };
        unweighted.weighted(|index| weights.get(index).copied().unwrap_or_default())
    }

    /// The same names with these weights.
    pub(super) fn weighted(&self, weight: impl Fn(usize) -> i64) -> Self {
        let mut keyed: Vec<(Reverse<i64>, &str, usize)> = (0..)
            .zip(&self.set.entries)
            .map(|(index, entry)| (Reverse(weight(index)), &*entry.text, index))
            .collect();
        keyed.sort_unstable();
        let heaviest_first: Vec<usize> = keyed.into_iter().map(|(_, _, index)| index).collect();
        let forms =
            Forms::new(heaviest_first.iter().filter_map(|&index| Some((index, self.entry(index)?.forms()))));
        Self { set: Arc::clone(&self.set), heaviest_first, forms }
    }

    /// The folded aliases of a name.
    pub(super) fn folded_aliases(&self, index: usize) -> &[Box<str>] {
        self.entry(index).map_or(&[], |entry| &entry.folded_aliases)
    }

    fn entry(&self, index: usize) -> Option<&Entry> {
        self.set.entries.get(index)
    }

    /// The name with this folded form.
    fn by_folded(&self, folded: &str) -> Option<usize> {
        let NameSet { by_name, .. } = &*self.set;
        let folded_of = |index: &u32| self.entry(*index as usize).map_or("", |entry| &*entry.folded);
        let found = by_name.binary_search_by(|index| folded_of(index).cmp(folded)).ok()?;
        by_name.get(found).map(|&index| index as usize)
    }

    /// The heaviest name with this folded alias.
    fn by_alias(&self, folded: &str) -> Option<usize> {
        let by_alias = &self.set.by_alias;
        let first = by_alias.partition_point(|(alias, _)| **alias < *folded);
        let alike =
            by_alias.get(first..).unwrap_or_default().iter().take_while(|(alias, _)| **alias == *folded);
        // Sorted, because the pairs are.
        let alike: Vec<usize> = alike.map(|&(_, index)| index as usize).collect();
        match *alike {
            [] => None,
            [only] => Some(only),
            _ => self.heaviest_first.iter().copied().find(|index| alike.binary_search(index).is_ok()),
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.set.entries.len()
    }

    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.entries.is_empty()
    }

    /// The name as members see it.
    #[must_use]
    pub fn text(&self, index: usize) -> &str {
        self.entry(index).map_or("", |entry| &entry.text)
    }

    /// A hash of the folded name, the same in every run. It stands for the name in a `custom_id`.
    #[must_use]
    pub fn hash64(&self, index: usize) -> u64 {
        self.entry(index).map_or(0, |entry| entry.hash)
    }

    /// The name with this hash; `None` where the collection no longer has it.
    #[must_use]
    pub fn by_hash64(&self, hash: u64) -> Option<usize> {
        let by_hash = &self.set.by_hash;
        let (known, index) = by_hash.get(by_hash.partition_point(|(known, _)| *known < hash))?;
        (*known == hash).then_some(*index as usize)
    }

    /// All indexes, heaviest first.
    #[must_use]
    pub fn heaviest_first(&self) -> &[usize] {
        &self.heaviest_first
    }

    /// The name that equals this text. Case, accents and hyphens do not count.
    #[must_use]
    pub fn exact(&self, typed: &str) -> Option<usize> {
        self.by_folded(&fold(typed))
    }

    /// The name that a member means: by exact name, alias, prefix, then similarity.
    #[must_use]
    pub fn find(&self, typed: &str) -> NameFound {
        let typed = fold(cut(typed, TYPED_CHARACTERS_MAX));
        if let Some(index) = self.by_folded(&typed) {
            return NameFound::Name(index, Matched::Exact);
        }
        if let Some(index) = self.by_alias(&typed) {
            return NameFound::Name(index, Matched::Alias);
        }
        if let Some(index) = self.best_prefix(&typed) {
            return NameFound::Name(index, Matched::Prefix);
        }
        let nearest = self.forms.most_similar(&typed);
        match nearest.first() {
            Some(&(index, similarity)) if similarity >= SIMILARITY_MIN => {
                NameFound::Name(index, Matched::Similar)
            }
            _ => NameFound::Nearest(nearest.into_iter().map(|(index, _)| index).take(NEAREST_MAX).collect()),
        }
    }

    /// The names to offer while a member types. An empty text gets all names, heaviest first. Any other text gets the names that
    /// start with it, then those with a word that starts with it, then those that contain it; if there is none, similar names.
    #[must_use]
    pub fn suggest(&self, typed: &str, count_max: usize) -> Vec<usize> {
        let typed = fold(cut(typed, TYPED_CHARACTERS_MAX));
        if typed.is_empty() {
            return self.heaviest_first.iter().copied().take(count_max).collect();
        }
        let mut indexes = Vec::new();
        for place in [HitPlace::Start, HitPlace::WordStart, HitPlace::Anywhere] {
            self.forms.find(&typed, place, &mut indexes, count_max);
        }
        if indexes.is_empty() {
            let near = self.forms.most_similar(&typed).into_iter();
            let near = near.take_while(|(_, similarity)| *similarity >= SIMILARITY_MIN);
            indexes.extend(near.map(|(index, _)| index).take(count_max));
        }
        indexes
    }

    /// The name with this text as its name or alias.
    ///
    /// # Errors
    /// Where there is none: the nearest names, the most likely first, at most five.
    pub fn known(&self, typed: &str) -> Result<usize, Vec<usize>> {
        let typed = fold(cut(typed, TYPED_CHARACTERS_MAX));
        if let Some(index) = self.by_folded(&typed).or_else(|| self.by_alias(&typed)) {
            return Ok(index);
        }
        let mut nearest = Vec::new();
        for place in [HitPlace::Start, HitPlace::WordStart, HitPlace::Anywhere] {
            self.forms.find(&typed, place, &mut nearest, NEAREST_MAX);
        }
        if nearest.is_empty() {
            let similar = self.forms.most_similar(&typed);
            let is_alike = |similarity: f64| similarity >= SIMILARITY_MIN;
            let has_alike = similar.first().is_some_and(|(_, similarity)| is_alike(*similarity));
            let similar =
                similar.into_iter().take_while(|(_, similarity)| !has_alike || is_alike(*similarity));
            nearest = similar.map(|(index, _)| index).take(NEAREST_MAX).collect();
        }
        Err(nearest)
    }

    fn best_prefix(&self, typed: &str) -> Option<usize> {
        if typed.is_empty() {
            return None;
        }
        let mut found = Vec::new();
        for place in [HitPlace::Start, HitPlace::WordStart] {
            self.forms.find(typed, place, &mut found, 1);
        }
        found.first().copied()
    }
}

impl Entry {
    fn new(name: Name) -> Self {
        let folded: Box<str> = fold(&name.text).into();
        let aliases = name.aliases.iter().map(|alias| fold(alias).into_boxed_str());
        let mut folded_aliases: Vec<Box<str>> =
            aliases.filter(|alias| !alias.is_empty() && *alias != folded).collect();
        folded_aliases.sort_unstable();
        folded_aliases.dedup();
        let hash = stable_hash64(&folded);
        Self { hash, text: name.text, folded, folded_aliases: folded_aliases.into() }
    }

    fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.folded).chain(self.folded_aliases.iter().map(|alias| &**alias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let name = |text: &str, aliases: &[&str], weight| Name {
            text: text.into(),
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
            weight,
        };
        Names::new(vec![
            name("AI", &["artificial intelligence", "machine learning", "ml"], 900),
            name("Rust", &["rustlang"], 300),
            name("Databases", &["sql", "sqlite"], 200),
            name("Data science", &[], 500),
            name("C++", &[], 1),
            name("C#", &[], 2),
            name("Économie", &[], 3),
            name("ハ", &[], 0),
            name("バ", &[], 0),
        ])
    }

    fn check(typed: &str, expected: Option<(&str, Matched)>) {
        let names = names();
        let found = match names.find(typed) {
            NameFound::Name(index, matched) => Some((names.text(index).to_owned(), matched)),
            NameFound::Nearest(_) => None,
        };
        assert_eq!(found, expected.map(|(text, matched)| (text.to_owned(), matched)), "{typed:?}");
    }

    #[test]
    fn finds_by_exact_alias_prefix_and_similarity_in_this_order() {
        check("ai", Some(("AI", Matched::Exact)));
        check("  RUST ", Some(("Rust", Matched::Exact)));
        check("economie", Some(("Économie", Matched::Exact)));
        check("バ", Some(("バ", Matched::Exact)));
        check("data-science", Some(("Data science", Matched::Exact)));
        check("c++", Some(("C++", Matched::Exact)));
        check("c#", Some(("C#", Matched::Exact)));
        check("Machine-Learning", Some(("AI", Matched::Alias)));
        check("ＳＱＬ", Some(("Databases", Matched::Alias)));
        check("data", Some(("Data science", Matched::Prefix)));
        check("learning", Some(("AI", Matched::Prefix)));
        check("artifical inteligence", Some(("AI", Matched::Similar)));
        check("rsut", Some(("Rust", Matched::Similar)));
        check("gardening", None);
        check("", None);
        check("🦀🦀🦀🦀🦀", None);
    }

    #[test]
    fn offers_the_nearest_where_nothing_is_near() {
        let NameFound::Nearest(nearest) = names().find("databank") else { panic!("nothing should match") };
        assert_eq!(nearest.len(), NEAREST_MAX);
        assert_eq!(names().text(nearest[0]), "Databases");
    }

    #[test]
    fn a_name_is_known_or_the_nearest_are_offered() {
        let names = names();
        let found_by = |typed: &str| {
            let texts = |nearest: Vec<usize>| nearest.into_iter().map(|index| names.text(index)).collect();
            names.known(typed).map(|index| names.text(index)).map_err(texts)
        };
        let nearest = |texts: &[&'static str]| Err::<&str, Vec<&str>>(texts.to_vec());
        assert_eq!(found_by("machine-learning"), Ok("AI"));
        assert_eq!(found_by("économie"), Ok("Économie"));
        assert_eq!(found_by("data"), nearest(&["Data science", "Databases"]));
        assert_eq!(found_by("rsut"), nearest(&["Rust"]));
        assert_eq!(
            found_by("databank").map_err(|nearest| (nearest[0], nearest.len())),
            Err(("Databases", NEAREST_MAX))
        );
        for typed in ["data", "s", "rsut", "learning", "databank"] {
            let Err(nearest) = names.known(typed) else { panic!("{typed}") };
            let first = match names.find(typed) {
                NameFound::Name(index, _) => index,
                NameFound::Nearest(nearest) => nearest[0],
            };
            assert_eq!(nearest[0], first, "{typed}: what a member means comes first");
        }
    }

    #[test]
    fn suggests_heaviest_first_and_prefixes_before_the_rest() {
        let names = names();
        let texts = |typed: &str, count| {
            let found = names.suggest(typed, count);
            found.into_iter().map(|index| names.text(index).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(texts("", 3), ["AI", "Data science", "Rust"]);
        assert_eq!(texts("data", 25), ["Data science", "Databases"]);
        assert_eq!(texts("s", 25), ["Databases", "Data science", "Rust"][..].to_vec());
        assert_eq!(texts("rsut", 25), ["Rust"]);
        assert!(texts("zzzzzzzz", 25).is_empty());
    }

    #[test]
    fn hashes_find_their_name_again_and_others_do_not() {
        let names = names();
        for index in 0..names.len() {
            assert_eq!(names.by_hash64(names.hash64(index)), Some(index));
        }
        assert_eq!(names.by_hash64(1), None);
    }

    #[test]
    fn long_names_that_differ_at_their_end_are_two() {
        let long = |end: &str| Name {
            text: format!("{}{end}", "Wide ".repeat(40)).into(),
            aliases: Vec::new(),
            weight: 0,
        };
        let names = Names::new(vec![long("one"), long("two")]);
        assert_eq!(names.find(&format!("{}TWO", "wide ".repeat(40))), NameFound::Name(1, Matched::Exact));
        assert_eq!(names.by_hash64(names.hash64(1)), Some(1));
    }

    #[test]
    fn the_longest_that_discord_lets_a_member_type_is_answered() {
        assert!(matches!(names().find(&"é ".repeat(3000)), NameFound::Nearest(_)));
    }

    /// Twenty thousand names of one to four words, none like another by chance: the letters come from a fixed sequence.
    fn many() -> Names {
        let mut number = 1_u64;
        let mut letter = move || {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b"etaoinshrdlucmfwypvbgkqjxz"[usize::try_from(number >> 33).unwrap() % 26])
        };
        let name = |index: usize| {
            let words = (0..=index % 4).map(|_| (0..4 + index % 7).map(|_| letter()).collect::<String>());
            let text = words.collect::<Vec<_>>().join(" ");
            Name { text: text.into(), aliases: Vec::new(), weight: i64::try_from(index % 100).unwrap() }
        };
        Names::new((0..20_000).map(name).collect())
    }

    #[test]
    fn one_typing_error_is_forgiven_among_twenty_thousand_names() {
        let names = many();
        for index in (0..names.len()).step_by(397) {
            let name: Vec<char> = names.text(index).chars().collect();
            let middle = name.len() / 2;
            let without = [&name[..middle], &name[middle + 1..]].concat();
            let wrong = [&name[..middle], &['#'][..], &name[middle + 1..]].concat();
            let more = [&name[..middle], &['#'][..], &name[middle..]].concat();
            let mut swapped = name.clone();
            swapped.swap(middle - 1, middle);
            for typed in [without, wrong, more, swapped] {
                let typed: String = typed.into_iter().collect();
                let NameFound::Name(found, matched) = names.find(&typed) else {
                    panic!("{typed:?} finds nothing")
                };
                // Another name may be as near, as among names of four letters, or begin so.
                let errors = strsim::osa_distance(&fold(names.text(found)), &fold(&typed));
                assert!(matched != Matched::Similar || errors <= 1, "{typed:?}");
            }
        }
    }
}
