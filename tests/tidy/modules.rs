//! The modules of a package: the names that each file defines, imports and uses, and the file that a path leads to.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::source::code_lines;

/// How many imports a path may lead through. Imports in a ring end here.
const STEPS_MAX: usize = 20;

/// The keywords before the name of an item.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

/// The texts of a package's files, by their names.
pub(crate) type Files = BTreeMap<String, String>;

/// All modules of a package. The first one is the root.
#[derive(Default)]
pub(crate) struct Modules(Vec<Module>);

#[derive(Default)]
struct Module {
    file: String,
    /// The folder with the files of its child modules.
    folder: String,
    parent: usize,
    children: BTreeMap<String, usize>,
    defined: BTreeSet<String>,
    imports: Vec<Import>,
    /// The paths in its code, outside imports.
    paths: BTreeSet<Vec<String>>,
}

struct Import {
    /// The name in this module; `*` for all names of another module.
    name: String,
    path: Vec<String>,
    is_reexport: bool,
}

#[derive(Clone, Copy)]
enum Meaning {
    Module(usize),
    /// An item that this module defines.
    Item(usize),
}

/// One use of another file's item.
pub(crate) struct Use {
    pub(crate) by: String,
    pub(crate) of: String,
    pub(crate) path: String,
}

impl Modules {
    /// Reads a package from its root file. A file that no module declares is left out.
    pub(crate) fn read(files: &Files, root: &str) -> Self {
        let mut modules = Self::default();
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        modules.add(0, root, folder);
        modules.read_file(0, files);
        modules
    }

    /// Each use of another file's item. A re-export alone is none. Neither is a declaration of a module, nor the import
    /// of a whole module.
    pub(crate) fn uses(&self) -> Vec<Use> {
        let mut uses = Vec::new();
        for (index, module) in self.0.iter().enumerate() {
            let imports = module.imports.iter().filter(|import| !import.is_reexport);
            for path in imports.map(|import| &import.path).chain(&module.paths) {
                if let Some(Meaning::Item(at)) = self.meaning(index, path, false, 0)
                    && self.0[at].file != module.file
                {
                    let (by, of) = (module.file.clone(), self.0[at].file.clone());
                    uses.push(Use { by, of, path: path.join("::") });
                }
            }
        }
        uses
    }

    fn add(&mut self, parent: usize, file: &str, folder: &str) {
        let (file, folder) = (file.to_owned(), folder.to_owned());
        self.0.push(Module { file, folder, parent, ..Module::default() });
    }

    fn read_file(&mut self, module: usize, files: &Files) {
        let file = &self.0[module].file;
        let code: Vec<&str> = code_lines(&files[file]).into_iter().map(|(_, line)| line).collect();
        self.read_code(module, code.join("\n").parse().unwrap(), true, files);
    }

    /// Reads code of a module. Imports and paths count at each depth, items at the top only.
    fn read_code(&mut self, module: usize, code: TokenStream, is_top: bool, files: &Files) {
        let tokens: Vec<TokenTree> = code.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let text = token.to_string();
            if let TokenTree::Group(group) = token {
                self.read_code(module, group.stream(), false, files);
            } else if text == "use" {
                at += self.read_import(module, &tokens, at);
            } else if text == "mod" && is_top {
                self.read_child(module, &tokens[at + 1..], files);
                at += 2;
            } else if text == "macro_rules" {
                self.0[module].defined.insert(tokens[at + 2].to_string());
            } else if ITEMS.contains(&text.as_str()) && is_top {
                self.0[module].defined.extend(tokens.get(at + 1).map(ToString::to_string));
            } else if matches!(token, TokenTree::Ident(_)) {
                let path = path_at(&tokens[at..]);
                let length = path.len();
                if begins_path(&tokens, at) {
                    self.0[module].paths.insert(path);
                }
                at += 3 * (length - 1);
            }
            at += 1;
        }
    }

    /// Reads `mod name;` or `mod name { .. }`.
    fn read_child(&mut self, parent: usize, tokens: &[TokenTree], files: &Files) {
        let (name, child) = (tokens[0].to_string(), self.0.len());
        let folder = format!("{}/{name}", self.0[parent].folder);
        self.0[parent].children.insert(name, child);
        match &tokens[1] {
            TokenTree::Group(body) => {
                let file = self.0[parent].file.clone();
                self.add(parent, &file, &folder);
                self.read_code(child, body.stream(), true, files);
            }
            _ => {
                self.add(parent, &format!("{folder}.rs"), &folder);
                self.read_file(child, files);
            }
        }
    }

    /// Reads `use path;`. Returns how many tokens it has after the first.
    fn read_import(&mut self, module: usize, tokens: &[TokenTree], at: usize) -> usize {
        // `use<'a>` in a type is no import.
        let is_import = tokens.get(at + 1).is_some_and(|next| next.to_string() != "<");
        let length = tokens[at..].iter().position(|token| token.to_string() == ";").filter(|_| is_import);
        let Some(length) = length else { return 0 };
        let is_pub = |back: usize| at >= back && tokens[at - back].to_string() == "pub";
        let is_reexport = is_pub(1) || is_pub(2) && matches!(tokens[at - 1], TokenTree::Group(_));
        let mut found = Vec::new();
        read_import_tree(&[], &tokens[at + 1..at + length], &mut found);
        let imports = found.into_iter().map(|(name, path)| Import { name, path, is_reexport });
        self.0[module].imports.extend(imports);
        length
    }

    /// What a path in the code of a module means. `None` stands for items of other packages and for local names.
    ///
    /// One name can mean both a module and an item: `wants_module` says which one counts.
    fn meaning(&self, module: usize, path: &[String], wants_module: bool, steps: usize) -> Option<Meaning> {
        let mut meaning = Meaning::Module(module);
        for (index, name) in path.iter().enumerate() {
            let Meaning::Module(at) = meaning else { break };
            let wants_module = wants_module || index + 1 < path.len();
            meaning = match name.as_str() {
                "crate" => Meaning::Module(0),
                "self" => meaning,
                "super" => Meaning::Module(self.0[at].parent),
                name => match self.named(at, name, wants_module, steps + 1) {
                    Some(found) => found,
                    // A macro can define items that are not in the text.
                    None if index > 0 => Meaning::Item(at),
                    None => return None,
                },
            };
        }
        Some(meaning)
    }

    fn named(&self, at: usize, name: &str, wants_module: bool, steps: usize) -> Option<Meaning> {
        if steps > STEPS_MAX {
            return None;
        }
        let module = &self.0[at];
        let child = module.children.get(name).map(|child| Meaning::Module(*child));
        if wants_module && child.is_some() {
            return child;
        }
        if module.defined.contains(name) {
            return Some(Meaning::Item(at));
        }
        let imports = module.imports.iter().filter(|import| import.name == name);
        let imported =
            imports.filter_map(|import| self.meaning(at, &import.path, wants_module, steps)).next();
        let globs = || module.imports.iter().filter(|import| import.name == "*");
        let from_glob = || {
            globs().find_map(|glob| match self.meaning(at, &glob.path, true, steps)? {
                Meaning::Module(other) if other != at => self.named(other, name, wants_module, steps + 1),
                _ => None,
            })
        };
        imported.or(child).or_else(from_glob)
    }
}

/// Adds the names and the paths of an import such as `a::{b, c as d, e::*}`.
fn read_import_tree(prefix: &[String], tokens: &[TokenTree], found: &mut Vec<(String, Vec<String>)>) {
    for part in tokens.split(|token| token.to_string() == ",") {
        let mut path = prefix.to_vec();
        let mut name = None;
        let mut is_renamed = false;
        for token in part {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    read_import_tree(&path, &inner, found);
                    name = None;
                    path.clear();
                }
                TokenTree::Ident(word) if word == "as" => is_renamed = true,
                TokenTree::Ident(word) if is_renamed => name = Some(word.to_string()),
                // `a::{self}` is `a`.
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == '*' => name = Some("*".to_owned()),
                _ => {}
            }
        }
        if let Some(last) = path.last() {
            found.push((name.unwrap_or_else(|| last.clone()), path));
        }
    }
}

/// The words of the path `a::b::c` that begins here.
fn path_at(tokens: &[TokenTree]) -> Vec<String> {
    let mut path = vec![tokens[0].to_string()];
    let mut rest = &tokens[1..];
    while let [first, second, TokenTree::Ident(word), ..] = rest
        && first.to_string() == ":"
        && second.to_string() == ":"
    {
        path.push(word.to_string());
        rest = &rest[3..];
    }
    path
}

/// Whether a path can begin here: not after `.` (but after `..`), `::` or `'`.
fn begins_path(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string()).unwrap_or_default();
    match before(1).as_str() {
        "." => before(2) == ".",
        ":" => before(2) != ":",
        "'" => false,
        _ => true,
    }
}
