//! The window's TypeScript, made from the table of commands and the wire types.

use crate::commands;
use crate::error::ApiError;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use ts_rs::{Config, TS, TypeVisitor};

struct Declarations<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    text: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only our own types have a place to be exported to.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.text.insert(T::name(self.config), format!("{docs}export {}\n", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole of `ui/src/api/bindings.gen.ts`.
#[must_use]
pub fn bindings() -> String {
    let config = Config::new();
    let mut declarations = Declarations { config: &config, seen: HashSet::new(), text: BTreeMap::new() };
    declarations.visit::<ApiError>();
    commands::visit_types(&mut declarations);
    let mut file = String::from("// Made by `cargo xtask codegen` from crates/api; do not edit.\n\n");
    for text in declarations.text.values() {
        file.push_str(text);
        file.push('\n');
    }
    file.push_str("/** Everything the app can do: request and answer of each command. */\n");
    file.push_str(&commands::typescript_map(&config));
    file
}
