//! Typst with nothing but memory behind it: a template and data in, pages out.
