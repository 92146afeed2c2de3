//! Writes the enums and the merge trees from `assets/taxonomy`, so that a code,
//! its labels and its place in a tree stand in one file each.
#![expect(clippy::disallowed_methods, reason = "a build script reads the assets and writes the generated file")]

use serde::Deserialize;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

#[derive(Deserialize)]
struct Lists {
    version: u32,
    lists: Vec<List>,
}

#[derive(Deserialize)]
struct List {
    id: String,
    name: String,
    answers: String,
    nl: String,
    en: String,
    codes: Vec<Code>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
    parent: Option<String>,
    nl: String,
    en: String,
}

#[derive(Deserialize)]
struct Trees {
    trees: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Node {
    Leaf(String),
    Inner { code: Option<String>, nl: String, en: String, children: Vec<Node> },
}

/// One node of a tree after flattening, as indices.
struct Flat {
    nl: String,
    en: String,
    code: Option<usize>,
    parent: Option<usize>,
    children: Vec<usize>,
}

fn main() {
    let assets = Path::new("../../assets/taxonomy");
    let read = |name: &str| {
        let path = assets.join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read_to_string(path).expect("the taxonomy stands in assets/taxonomy")
    };
    let lists: Lists = serde_json::from_str(&read("lists.json")).expect("lists.json is valid");
    let trees: Trees = serde_json::from_str(&read("trees.json")).expect("trees.json is valid");
    let mut out = String::new();
    writeln!(
        out,
        "/// Version of the lists, stored with every frozen year.\npub const VERSION: u32 = {};",
        lists.version
    )
    .expect("writing to a string cannot fail");
    for list in &lists.lists {
        write_list(&mut out, list);
    }
    write_trees(&mut out, &lists.lists, &trees);
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets OUT_DIR")).join("lists.rs");
    fs::write(target, out).expect("OUT_DIR is writable");
}

fn variant(code: &str) -> String {
    code.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
        })
        .collect()
}

fn index(list: &List, code: &str) -> usize {
    list.codes.iter().position(|c| c.code == code).unwrap_or_else(|| panic!("{}: no code {code}", list.id))
}

fn write_list(out: &mut String, list: &List) {
    let mut rows = String::new();
    let mut variants = String::new();
    for code in &list.codes {
        let parent = code.parent.as_deref().map(|p| index(list, p));
        let group = list.codes.iter().any(|c| c.parent.as_deref() == Some(&code.code));
        writeln!(
            rows,
            "    Code {{ code: {:?}, parent: {parent:?}, group: {group}, label: Label {{ nl: {:?}, en: {:?} }} }},",
            code.code, code.nl, code.en
        )
        .expect("writing to a string cannot fail");
        writeln!(variants, "    /// {} (*{}*).\n    {},", code.en, code.nl, variant(&code.code))
            .expect("writing to a string cannot fail");
    }
    let (name, id) = (&list.name, &list.id);
    let answers = variant(&list.answers);
    writeln!(
        out,
        "/// {en} (*{nl}*): the list `{id}`.\n\
         #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]\n\
         #[repr(u8)]\npub enum {name} {{\n{variants}}}\n\
         impl Coded for {name} {{\n\
             const LIST: &'static List = &List {{ id: {id:?}, answers: Answers::{answers}, label: Label {{ nl: {nl:?}, en: {en:?} }}, codes: &[\n{rows}] }};\n\
             const ALL: &'static [Self] = &[{all}];\n\
             fn index(self) -> usize {{ self as usize }}\n\
         }}\n",
        en = list.en,
        nl = list.nl,
        all = list.codes.iter().map(|c| format!("Self::{}", variant(&c.code))).collect::<Vec<_>>().join(", "),
    )
    .expect("writing to a string cannot fail");
}

fn flatten(list: &List, node: &Node, parent: Option<usize>, flat: &mut Vec<Flat>) -> usize {
    let place = flat.len();
    match node {
        Node::Leaf(code) => {
            let code_index = index(list, code);
            let of = &list.codes[code_index];
            flat.push(Flat {
                nl: of.nl.clone(),
                en: of.en.clone(),
                code: Some(code_index),
                parent,
                children: Vec::new(),
            });
        }
        Node::Inner { code, nl, en, children } => {
            let code = code.as_deref().map(|c| index(list, c));
            flat.push(Flat { nl: nl.clone(), en: en.clone(), code, parent, children: Vec::new() });
            let places = children.iter().map(|child| flatten(list, child, Some(place), flat)).collect();
            flat[place].children = places;
        }
    }
    place
}

fn write_trees(out: &mut String, lists: &[List], trees: &Trees) {
    let mut dimensions = String::new();
    let (mut list_arms, mut tree_arms, mut all) = (String::new(), String::new(), String::new());
    let mut most = 0;
    for (id, roots) in &trees.trees {
        let list = lists.iter().find(|l| &l.id == id).unwrap_or_else(|| panic!("no list {id} for the tree"));
        let roots: Vec<Node> = serde_json::from_value(roots.clone()).unwrap_or_else(|e| panic!("tree {id}: {e}"));
        let mut flat = Vec::new();
        let tops: Vec<usize> = roots.iter().map(|root| flatten(list, root, None, &mut flat)).collect();
        most = most.max(flat.len());
        let nodes = flat
            .iter()
            .map(|n| {
                format!(
                    "Node {{ label: Label {{ nl: {:?}, en: {:?} }}, code: {:?}, parent: {:?}, children: &{:?} }}",
                    n.nl, n.en, n.code, n.parent, n.children
                )
            })
            .collect::<Vec<_>>()
            .join(",\n    ");
        let name = &list.name;
        writeln!(dimensions, "    /// The tree of [`{name}`].\n    {name},").expect("writing to a string cannot fail");
        writeln!(list_arms, "            Self::{name} => {name}::LIST,").expect("writing to a string cannot fail");
        writeln!(tree_arms, "            Self::{name} => &Tree {{ roots: &{tops:?}, nodes: &[\n    {nodes}] }},")
            .expect("writing to a string cannot fail");
        write!(all, "Self::{name}, ").expect("writing to a string cannot fail");
    }
    writeln!(
        out,
        "/// A list that the annual report counts along a fixed merge tree.\n\
         #[derive(Clone, Copy, PartialEq, Eq, Debug)]\n#[repr(u8)]\npub enum Dimension {{\n{dimensions}}}\n\
         impl Dimension {{\n\
             /// Every dimension, in the order of `trees.json`.\n    pub const ALL: &'static [Self] = &[{all}];\n\
             /// The list whose codes are counted.\n    #[must_use]\n    pub fn list(self) -> &'static List {{\n        match self {{\n{list_arms}        }}\n    }}\n\
             /// The fixed merge tree.\n    #[must_use]\n    pub fn tree(self) -> &'static Tree {{\n        match self {{\n{tree_arms}        }}\n    }}\n\
         }}\n\
         /// The largest number of nodes of any tree.\npub const MAX_NODES: usize = {most};\n\
         /// The number of dimensions.\npub const DIMENSIONS: usize = {};",
        trees.trees.len()
    )
    .expect("writing to a string cannot fail");
}
