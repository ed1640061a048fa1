//! The files and the code name the same texts, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use proc_macro2::{TokenStream, TokenTree};
use walkdir::WalkDir;

use super::*;

/// A key, and the arguments or variables that belong to it.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// The texts of the files, with their variables. No key may exist twice.
fn texts_of_files(files: &[&str]) -> Result<Texts, String> {
    let mut texts = Texts::new();
    for file in files {
        let resource = fluent_syntax::parser::parse(*file).map_err(|(_, errors)| format!("{errors:?}"))?;
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                other => return Err(format!("not a message: {other:?}")),
            };
            let key = message.id.name.to_owned();
            let pattern = message.value.filter(|_| message.attributes.is_empty());
            let pattern = pattern.ok_or_else(|| format!("{key} is not a text alone"))?;
            let mut variables = BTreeSet::new();
            collect_variables(&pattern, &mut variables)?;
            if texts.insert(key.clone(), variables).is_some() {
                return Err(format!("{key} is there twice"));
            }
        }
    }
    Ok(texts)
}

fn collect_variables(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> Result<(), String> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let (inline, variants) = match expression {
            Expression::Inline(inline) => (inline, &[][..]),
            Expression::Select { selector, variants } => (selector, variants.as_slice()),
        };
        match inline {
            InlineExpression::VariableReference { id } => variables.insert(id.name.to_owned()),
            InlineExpression::Placeable { .. } | InlineExpression::StringLiteral { .. } => false,
            other => return Err(format!("only variables and literals may be used: {other:?}")),
        };
        for variant in variants {
            collect_variables(&variant.value, variables)?;
        }
    }
    Ok(())
}

/// The calls of `say!` in a source, as keys with their arguments.
fn calls(tokens: TokenStream, found: &mut Vec<(String, BTreeSet<String>)>) -> Result<(), String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_call = index >= 2
            && matches!(&tokens[index - 1], TokenTree::Punct(sign) if sign.as_char() == '!')
            && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == "say");
        if is_call {
            found.push(call(group.stream()).ok_or_else(|| format!("say!({})", group.stream()))?);
        }
        calls(group.stream(), found)?;
    }
    Ok(())
}

fn call(tokens: TokenStream) -> Option<(String, BTreeSet<String>)> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
    let mut parts = tokens.split(is_comma).skip(1).filter(|part| !part.is_empty());
    let [TokenTree::Literal(key)] = parts.next()? else { return None };
    let key = key.to_string().trim_matches('"').to_owned();
    let arguments = parts.map(|part| match part {
        [TokenTree::Ident(name), TokenTree::Punct(sign), ..] if sign.as_char() == '=' => {
            Some(name.to_string())
        }
        _ => None,
    });
    Some((key, arguments.collect::<Option<_>>()?))
}

fn calls_in_code() -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for path in files("src", "rs") {
        if path.ends_with("messages.rs") || path.ends_with("messages/tests.rs") {
            continue;
        }
        let tokens = fs::read_to_string(&path).unwrap().parse().unwrap();
        calls(tokens, &mut found).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    }
    found
}

/// Every fault between calls and texts.
fn faults(calls: &[(String, BTreeSet<String>)], texts: &Texts) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, arguments) in calls {
        match texts.get(key) {
            None => faults.push(format!("no file has {key}")),
            Some(variables) if variables != arguments => {
                faults.push(format!("{key} has {variables:?}, and the code gives {arguments:?}"));
            }
            Some(_) => {}
        }
    }
    let named: BTreeSet<&str> = calls.iter().map(|(key, _)| key.as_str()).collect();
    let unused = texts.keys().filter(|key| !named.contains(key.as_str()));
    faults.extend(unused.map(|key| format!("no code names {key}")));
    faults
}

#[test]
fn code_and_files_name_the_same_texts_with_the_same_arguments() {
    let texts = texts_of_files(Language::English.source().1).unwrap();
    assert_eq!(faults(&calls_in_code(), &texts), Vec::<String>::new());
}

#[test]
fn every_file_of_a_language_is_read() {
    let mut count = 0;
    for language in LANGUAGES {
        let (folder, listed) = language.source();
        let found = files(&format!("locales/{folder}"), "ftl");
        let found: Vec<String> = found.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        assert_eq!(found, listed, "list the files of locales/{folder} in their order in messages.rs");
        count += found.len();
    }
    assert_eq!(files("locales", "ftl").len(), count, "a language that the code does not know");
}

/// Each language has every text, with the same variables.
#[test]
fn translations_are_complete() {
    let english = texts_of_files(Language::English.source().1).unwrap();
    for language in Language::translations() {
        let texts =
            texts_of_files(language.source().1).unwrap_or_else(|fault| panic!("{language:?}: {fault}"));
        for (key, variables) in &english {
            assert_eq!(texts.get(key), Some(variables), "{language:?}: {key}");
        }
        let unknown: Vec<&String> = texts.keys().filter(|key| !english.contains_key(*key)).collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{language:?}");
    }
}

#[test]
fn each_kind_of_fault_is_found() {
    let source = r#"fn f() { a(say!(words.of(1, 2), "one", b = g(1, 2), c = 3)); vec![say!(w, "gone")] }"#;
    let mut found = Vec::new();
    calls(source.parse().unwrap(), &mut found).unwrap();
    let texts = texts_of_files(&["one = { $b }\nunused = x\n"]).unwrap();
    let expected =
        [r#"one has {"b"}, and the code gives {"b", "c"}"#, "no file has gone", "no code names unused"];
    assert_eq!(faults(&found, &texts), expected);
    for source in ["say!(words, key)", r#"say!(words, "key", 3)"#] {
        assert!(calls(source.parse().unwrap(), &mut Vec::new()).is_err(), "{source}");
    }
    let texts = texts_of_files(&["a = { $n ->\n    [one] { $x }\n   *[other] y\n}\n"]).unwrap();
    assert_eq!(texts["a"].iter().collect::<Vec<_>>(), ["n", "x"]);
    for file in ["a = { $n\n", "a = x\na = y\n", "-a = x\n", "a = { b }\nb = y\n", "a =\n    .b = x\n"] {
        assert!(texts_of_files(&[file]).is_err(), "{file}");
    }
}

#[test]
fn numbers_plurals_and_lists_follow_the_language() {
    let words = Words::english();
    assert_eq!(say!(words, "changes-articles-added", count = 1), "1 article added");
    assert_eq!(say!(words, "changes-articles-added", count = 1_234_567), "1,234,567 articles added");
    let list = |count: usize| words.list(&["a", "b", "c"].map(str::to_owned)[..count]);
    assert_eq!([list(0), list(1), list(2), list(3)], ["", "a", "a and b", "a, b, and c"]);
    let german = Words::read_files("de", &["n = { $n ->\n    [one] eins\n   *[other] { $n }\n}\n"]);
    assert_eq!(say!(german, "n", n = 1), "eins");
    assert_eq!(say!(german, "n", n = 12_345), "12.345");
    assert_eq!(german.list(&["a", "b", "c"].map(str::to_owned)), "a, b und c");
}

#[test]
fn a_locale_becomes_a_language() {
    for locale in ["en-GB", "en-US", "it", "", "no such locale"] {
        assert_eq!(Language::of_locale(locale), Language::English, "{locale}");
    }
    for locale in ["es-ES", "es-419"] {
        assert_eq!(Language::of_locale(locale), Language::Spanish, "{locale}");
    }
    for language in LANGUAGES {
        assert!(language.locales().iter().all(|locale| Language::of_locale(locale) == language));
    }
    assert_eq!(Language::of_locale(pseudo::LOCALE), Language::Pseudo);
    let long = say!(Words::of(Language::Pseudo), "problems-none");
    assert_eq!(untranslated(&long, &[]), Vec::<String>::new());
}

/// The texts may be used by several threads at once.
#[test]
fn texts_are_for_all_threads() {
    fn check<T: Send + Sync>() {}
    check::<Words>();
}
