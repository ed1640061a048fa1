//! All names and aliases as one text, heaviest name first. A search takes a few scans of that text and a bounded number of
//! comparisons.

use memchr::memmem;

use super::super::fold::cut;

/// Similarity compares this many characters of a name and of the typed text. Its cost is the product of both lengths.
const COMPARED_CHARACTERS_MAX: usize = 100;

/// At most this many forms are compared with the typed text: those that can be nearest by their length and letters.
const CANDIDATES_MAX: usize = 256;

/// At most this many pairs of characters are compared in one search.
const PAIRS_MAX: usize = 60_000;

/// All forms of all names. A form is the folded name or a folded alias.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Forms {
    /// The forms, each behind a line feed. No form contains a line feed, because folding makes white space a space.
    text: String,
    /// In the order of the text. The forms of one name stand together.
    forms: Vec<Form>,
}

#[derive(Debug, PartialEq, Eq)]
struct Form {
    /// The index of its name.
    name: usize,
    /// Where the form begins in the text, behind its line feed.
    start: usize,
    /// The shape of the part that similarity compares.
    compared: Shape,
}

/// The length and letters of a text. Two shapes give a lower bound of the errors between their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    characters: usize,
    /// A bit for each kind of letter.
    letters: u64,
}

/// The place in a form at which a search looks for the typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HitPlace {
    /// At the beginning of the form.
    Start,
    /// At the beginning of a word.
    WordStart,
    /// Anywhere.
    Anywhere,
}

impl Forms {
    /// The forms of names, heaviest name first.
    pub(super) fn new<'a, F: Iterator<Item = &'a str>>(names: impl Iterator<Item = (usize, F)>) -> Self {
        let mut all = Self::default();
        for (name, forms) in names {
            for form in forms {
                all.text.push('\n');
                all.forms.push(Form { name, start: all.text.len(), compared: Shape::of(compared(form)) });
                all.text.push_str(form);
            }
        }
        all.text.shrink_to_fit();
        all.forms.shrink_to_fit();
        all
    }

    /// Adds names that have `typed` at this place to `found`, heaviest first, until there are `count_max`.
    pub(super) fn find(&self, typed: &str, place: HitPlace, found: &mut Vec<usize>, count_max: usize) {
        let needle = match place {
            HitPlace::Start => format!("\n{typed}"),
            HitPlace::WordStart => format!(" {typed}"),
            HitPlace::Anywhere => typed.to_owned(),
        };
        let finder = memmem::Finder::new(needle.as_bytes());
        let mut from = 0;
        while found.len() < count_max
            && let Some(at) = self.text.as_bytes().get(from..).and_then(|rest| finder.find(rest))
        {
            // A hit at a line feed belongs to the next form.
            let begins = from + at + usize::from(place == HitPlace::Start);
            let behind = self.forms.partition_point(|form| form.start <= begins);
            let Some(hit) = behind.checked_sub(1).and_then(|index| self.forms.get(index)) else { return };
            if !found.contains(&hit.name) {
                found.push(hit.name);
            }
            let next = self.forms.iter().skip(behind).find(|form| form.name != hit.name);
            let Some(next) = next else { return };
            from = next.start - 1;
        }
    }

    /// The names with the most similar spelling and their similarity (1 less the share of wrong letters), most similar first; of
    /// equally similar ones, the heavier first. Only forms that can be nearest are compared, so some dissimilar names are left out.
    pub(super) fn most_similar(&self, typed: &str) -> Vec<(usize, f64)> {
        let typed = compared(typed);
        let shape = Shape::of(typed);
        let mut pairs_left = PAIRS_MAX;
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for position in self.candidates(shape) {
            let Some(form) = self.forms.get(position) else { continue };
            let Some(left) = pairs_left.checked_sub(1 + shape.characters * form.compared.characters) else {
                continue;
            };
            pairs_left = left;
            let distance = strsim::osa_distance(compared(self.text_of(position)), typed);
            scored.push((share_left(distance, shape.longer(form.compared)), position, form.name));
        }
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut names: Vec<(usize, f64)> = Vec::new();
        for (similarity, _, name) in scored {
            if !names.iter().any(|(known, _)| *known == name) {
                names.push((name, similarity));
            }
        }
        names
    }

    /// The positions of the forms that can be nearest, nearest first; of equals, the heavier first.
    fn candidates(&self, typed: Shape) -> Vec<usize> {
        let mut keyed: Vec<(usize, usize)> = self
            .forms
            .iter()
            .zip(0..)
            .map(|(form, position)| (typed.difference(form.compared), position))
            .collect();
        if keyed.len() > CANDIDATES_MAX {
            keyed.select_nth_unstable(CANDIDATES_MAX);
            keyed.truncate(CANDIDATES_MAX);
        }
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, position)| position).collect()
    }

    fn text_of(&self, position: usize) -> &str {
        let start = self.forms.get(position).map_or(self.text.len(), |form| form.start);
        let end = self.forms.get(position + 1).map_or(self.text.len(), |next| next.start - 1);
        self.text.get(start..end).unwrap_or_default()
    }
}

impl Shape {
    fn of(text: &str) -> Self {
        let mut shape = Self { characters: 0, letters: 0 };
        for character in text.chars() {
            shape.characters += 1;
            shape.letters |= 1 << bit_of(character);
        }
        shape
    }

    fn longer(self, other: Self) -> usize {
        self.characters.max(other.characters)
    }

    /// The fewest errors that can lie between two texts of these shapes. Each error changes the length by at most one, and adds
    /// or removes at most one kind of letter.
    fn errors_min(self, other: Self) -> usize {
        let only_in = |one: u64, other: u64| (one & !other).count_ones() as usize;
        self.characters
            .abs_diff(other.characters)
            .max(only_in(self.letters, other.letters))
            .max(only_in(other.letters, self.letters))
    }

    /// The smallest possible share of wrong letters, in thousandths.
    fn difference(self, other: Self) -> usize {
        self.errors_min(other) * 1000 / self.longer(other).max(1)
    }
}

/// Latin letters and digits have a bit each. All other characters share 28 bits.
fn bit_of(character: char) -> u32 {
    match character {
        'a'..='z' => u32::from(character) - u32::from('a'),
        '0'..='9' => 26 + u32::from(character) - u32::from('0'),
        _ => 36 + u32::from(character) % 28,
    }
}

/// The share of `whole` characters that are no errors.
fn share_left(errors: usize, whole: usize) -> f64 {
    // Both are at most `COMPARED_CHARACTERS_MAX`.
    let part = |count: usize| f64::from(u16::try_from(count).unwrap_or(u16::MAX));
    1.0 - part(errors) / part(whole.max(1))
}

/// The part of a text that similarity compares.
fn compared(text: &str) -> &str {
    cut(text, COMPARED_CHARACTERS_MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_are_never_fewer_errors_than_shapes_tell(one in "[a-e0-3é ハ]{0,12}", other in "[a-e0-3é ハ]{0,12}") {
            let errors_min = Shape::of(&one).errors_min(Shape::of(&other));
            prop_assert!(errors_min <= strsim::osa_distance(&one, &other), "{one:?} {other:?}");
        }
    }
}
