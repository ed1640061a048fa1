//! The English words that the comparison of titles knows. All lists are about headlines in general; none has a name of a
//! company, product or place. A word of another language counts as it is written.

use std::borrow::Cow;
use std::sync::LazyLock;

use article_format::stable_hash64;
use rustc_hash::FxHashMap;

/// What a word does in the comparison of titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The word counts as any other.
    Plain,
    /// The word belongs to the class with this number. Where both titles have words of a class, these have to be the same.
    OneOf(u8),
    /// Both titles have the word, or none.
    Both,
    /// The comparison ignores the word.
    Filler,
}

/// A known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    /// The word that stands for all of the same meaning, as a hash.
    pub(super) meaning: u64,
    pub(super) kind: Kind,
    /// Whether the words before it say who acts: "A sues B" is not "B sues A".
    pub(super) is_directed: bool,
}

/// The class of numbers and versions.
pub(super) const NUMBERS: u8 = 0;
/// The class of currencies.
pub(super) const CURRENCIES: u8 = 1;

/// Words that say nothing about what happened. The comparison ignores them.
const FILLERS: &str = "a an the and or of in on at to for from by with as is are be been was were will has have had having it its \
    this that these those over into up out about amid can could may might would should you your we our they their he his she \
    her i my how what why when who which than then so more most via per say says said tell tells told according another yet \
    finally own because off such like through even still while where being all any some other others much many between under \
    again since until during if only very too here there them both do does did done year month week s re ve ll d m \
    new now today just next latest big biggest announce announcement announcing launch unveil introduce release debut reveal \
    present offer bring get give make take set plan deliver roll available availability begin start come go see know look \
    report reportedly update updated exclusive breaking watch corp inc ltd llc co news also add expand enter statement \
    one reminder correction correcting corrected replacing opinion video photos rpt \
    effort approach strategy initiative push bid worth formally official officially major important key \
    great huge massive seamless seamlessly comprehensive leading strategic innovative powerful fully generally specific specifically \
    tailored dedicated further entire various especially possibly potentially initially easily quickly exciting popular heated";

/// Words that mean the same in headlines, a group in a line.
const SAME: &str = "\
acquire acquisition buy purchase takeover
partner partnership team join collaborate collaboration alliance
select pick choose tap
move migrate migration
rise grow growth climb jump gain increase surge soar rally
fall drop decline slide sink plunge decrease slump tumble
use utilize leverage
build create develop
improve boost enhance bolster strengthen accelerate
help aid assist
protest challenge complaint
generation gen
deal contract agreement pact award
cut reduce slash trim lower
raise hike
company firm maker vendor provider specialist
attack slam blast criticize
allow let permit
fine penalty penalize
die dead death
hit strike struck
billion bn bln
million mn mln
datacenter datacentre";

/// Words that turn a story around or lead to its next part, a group in a line. Both titles have them, or none.
const TURNS: &str = "\
not no never without cannot nor neither none nothing nobody nicht kein keine keinen nie ohne pas sans jamais aucun sin nunca ningun sem nao nenhum
deny denial refute
cancel scrap abandon axe withdraw drop
delay postpone suspend pause
block reject refuse deny ban oppose
halt stop end quit
fail failure collapse
lose loss lost
against gegen contre contra
leave exit depart
approve clear
complete finalize finish
resume reopen restore restart
appeal
sue lawsuit
investigate investigation probe
recall
fix patch
settle settlement
resign resignation
review hands
leak rumor rumour rumored rumoured
acquit
convict
arrest charge";

/// Words that exclude each other, a class in a line. The first class after numbers and currencies is that of the first line.
const ONE_OF: &str = "\
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
alpha beta rc preview ga
north south east west northern southern eastern western
morning afternoon evening night am pm
spring autumn summer winter
hourly daily weekly monthly quarterly annual
rise fall
up down
upgrade downgrade
before after
legal illegal
positive negative
raise cut
above below
beat miss
buy sell
hire fire
open close
guilty innocent
hot cold
male female
men women
man woman
public private
import export
high low
strong weak
best worst
home away";

/// Words that have a subject and an object: who does it to whom.
const DIRECTED: &str =
    "sue beat defeat acquire buy attack accuse blame challenge ban fine warn kill criticize replace overtake";

/// Currencies, one in a line; `$` and its like are words of their own.
const CURRENCY_WORDS: &str = "\
usd dollar sign24
eur euro sign20ac
gbp sterling pound signa3
jpy yen signa5
cny yuan renminbi
inr rupee sign20b9
krw sign20a9
rub ruble rouble sign20bd
chf franc
peso
krona krone kroner";

/// Variants of products. Both titles name the same.
const VARIANTS: &str = "pro plus max mini ultra lite air xl se nano";

const NUMBER_WORDS: [(&str, &str); 19] = [
    ("first", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
];

/// All known words, by the hashes of their stems.
static TERMS: LazyLock<FxHashMap<u64, Term>> = LazyLock::new(terms);

/// The term of a stem, if the stem is known. The stem is given by its [`stable_hash64`].
pub(super) fn term(stem: u64) -> Option<Term> {
    TERMS.get(&stem).copied()
}

/// The digits of a number in words.
pub(super) fn number_in_digits(word: &str) -> Option<&'static str> {
    NUMBER_WORDS.iter().find(|(spelled, _)| *spelled == word).map(|(_, digits)| *digits)
}

fn terms() -> FxHashMap<u64, Term> {
    let meaning = |word: &str| stable_hash64(&stem(word));
    let mut terms: FxHashMap<u64, Term> = FxHashMap::default();
    let mut add = |word: &str, of: u64, kind: Kind| {
        terms.insert(meaning(word), Term { meaning: of, kind, is_directed: false });
    };
    for (kind, lines) in [(Kind::Plain, SAME), (Kind::Both, TURNS), (Kind::OneOf(CURRENCIES), CURRENCY_WORDS)]
    {
        for line in lines.lines() {
            let first = meaning(line.split(' ').next().unwrap_or_default());
            line.split(' ').for_each(|word| add(word, first, kind));
        }
    }
    VARIANTS.split(' ').for_each(|word| add(word, meaning(word), Kind::Both));
    FILLERS.split(' ').for_each(|word| add(word, meaning(word), Kind::Filler));
    for (class, line) in (CURRENCIES + 1..).zip(ONE_OF.lines()) {
        let known = |word: &str| terms.get(&meaning(word)).map_or(meaning(word), |term| term.meaning);
        let all: Vec<u64> = line.split(' ').map(known).collect();
        for term in terms.values_mut().filter(|term| all.contains(&term.meaning)) {
            term.kind = Kind::OneOf(class);
        }
        for word in line.split(' ') {
            let new = Term { meaning: meaning(word), kind: Kind::OneOf(class), is_directed: false };
            terms.entry(meaning(word)).or_insert(new);
        }
    }
    for word in DIRECTED.split(' ') {
        let new = Term { meaning: meaning(word), kind: Kind::Plain, is_directed: true };
        let known = terms.entry(meaning(word)).or_insert(new).meaning;
        terms.values_mut().filter(|term| term.meaning == known).for_each(|term| term.is_directed = true);
    }
    terms
}

/// An English word without its usual endings, so that "acquires" and "acquired" are one word. Other words stay as they are.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    if word.len() <= 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.into();
    }
    let word = without_noun_ending(word).unwrap_or(word);
    let keeps_its_s = word.ends_with("ss") || word.ends_with("us");
    if !keeps_its_s
        && let Some(start) = word.strip_suffix("ies").or(word.strip_suffix("ied"))
        && start.len() >= 2
    {
        return format!("{start}y").into();
    }
    let endings = ["ing", "ed", "es", "s"].iter().filter(|_| !keeps_its_s);
    let mut starts = endings.filter_map(|ending| word.strip_suffix(ending)).filter(|start| start.len() >= 3);
    let start = starts.next().unwrap_or(word);
    let start = start.strip_suffix('e').filter(|start| start.len() >= 3).unwrap_or(start);
    let is_doubled =
        matches!(start.as_bytes(), [.., last, second] if last == second && !matches!(last, b'l' | b's'));
    start.get(..start.len() - usize::from(is_doubled && start.len() > 3)).unwrap_or(start).into()
}

/// "partner" of "partnership", "invest" of "investment", "migrat" of "migration", which is also the stem of "migrate".
fn without_noun_ending(word: &str) -> Option<&str> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let of_verb =
        singular.strip_suffix("ion").filter(|start| start.len() >= 5 && start.ends_with(['t', 's']));
    let start = singular
        .strip_suffix("ment")
        .or_else(|| singular.strip_suffix("ship"))
        .filter(|start| start.len() >= 4);
    start.or(of_verb)
}
