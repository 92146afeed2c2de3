//! Reads a PDF back the way a screen reader does: along its tags.

use hayro_cmap::BfString;
use hayro_interpret::font::Glyph;
use hayro_interpret::{BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use hayro_interpret::{InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, Stream, String as PdfString};
use kurbo::{Affine, BezPath, Rect};
use std::collections::HashMap;
use std::fmt::Write as _;

/// What one PDF holds.
pub(crate) struct Reading {
    /// One line a tag: its depth, its kind, its alternative text, its words.
    pub(crate) tagged: String,
    /// The words outside all tags, such as page numbers: one string a page.
    pub(crate) artifacts: Vec<String>,
    /// The document's language.
    pub(crate) language: String,
    /// The metadata packet.
    pub(crate) metadata: String,
    /// The entries of the document information.
    pub(crate) information: Vec<String>,
    /// Number of fonts, and how many of them are embedded.
    pub(crate) fonts: (usize, usize),
}

/// Reads the whole document.
pub(crate) fn read(bytes: &[u8]) -> Reading {
    let pdf = Pdf::new(bytes.to_vec()).expect("a readable PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let (words, artifacts) = page_words(&pdf);
    let tree: Dict<'_> = catalog.get("StructTreeRoot").expect("a tag tree");
    let mut tagged = String::new();
    walk(&tree, None, 0, &words, &mut tagged);
    let tagged = format!("{}\n", tagged.trim_start_matches('\n'));
    let metadata: Stream<'_> = catalog.get("Metadata").expect("a metadata packet");
    Reading {
        tagged,
        artifacts,
        language: catalog.get::<PdfString<'_>>("Lang").map(|text| decode(&text)).unwrap_or_default(),
        metadata: String::from_utf8(metadata.decoded().expect("a packet").to_vec()).expect("the packet is XML"),
        information: information(bytes),
        fonts: fonts(&pdf),
    }
}

fn decode(text: &PdfString<'_>) -> String {
    let bytes: &[u8] = text.as_ref();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(utf16) => {
            let units: Vec<u16> = utf16.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// The names of the entries of the information dictionary, which stands uncompressed at
/// the end of the file.
fn information(bytes: &[u8]) -> Vec<String> {
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let known = ["/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Subject", "/Keywords"];
    known.iter().filter(|entry| text.contains(*entry)).map(|entry| (*entry).to_owned()).collect()
}

fn fonts(pdf: &Pdf) -> (usize, usize) {
    let dicts = || pdf.objects().into_iter().filter_map(|object| object.into_dict());
    let descriptors =
        dicts().filter(|dict| dict.get::<Name<'_>>("Type").is_some_and(|name| &*name == b"FontDescriptor"));
    descriptors.fold((0, 0), |(all, embedded), dict| {
        let has_file = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| dict.contains_key(key));
        (all + 1, embedded + usize::from(has_file))
    })
}

/// Per page, by its object number, and marked content id: the words.
type Words = HashMap<(i32, i32), String>;

fn page_words(pdf: &Pdf) -> (Words, Vec<String>) {
    let (mut words, mut artifacts) = (Words::new(), Vec::new());
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
        let mut reader = PageReader::default();
        interpret_page(page, &mut context, &mut reader);
        let id = page.raw().obj_id().expect("pages are objects").obj_number;
        words.extend(reader.words.into_iter().map(|(mark, text)| ((id, mark), text)));
        artifacts.push(reader.artifacts.trim().to_owned());
    }
    (words, artifacts)
}

#[derive(Default)]
struct PageReader {
    marks: Vec<Option<i32>>,
    words: HashMap<i32, String>,
    artifacts: String,
    line: Option<(Option<i32>, i64)>,
}

impl Device<'_> for PageReader {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, glyph_at: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let mark = self.marks.iter().rev().find_map(|mark| *mark);
        let height = ((at * glyph_at).as_coeffs()[5] * 10.0).round() as i64;
        let text = match mark {
            Some(mark) => self.words.entry(mark).or_default(),
            None => &mut self.artifacts,
        };
        let same_line = self.line == Some((mark, height));
        if !same_line && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        self.line = Some((mark, height));
        match glyph.as_unicode() {
            Some(BfString::Char(character)) => text.push(character),
            Some(BfString::String(several)) => text.push_str(&several),
            None => text.push('\u{FFFD}'),
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], mark: Option<i32>) {
        self.marks.push(mark);
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Writes one line for a tag and walks on to what it holds.
fn walk(tag: &Dict<'_>, page: Option<i32>, depth: usize, words: &Words, out: &mut String) {
    let page = tag.get_ref("Pg").map(|reference| reference.obj_number).or(page);
    if let Some(kind) = tag.get::<Name<'_>>("S") {
        let _ = write!(out, "\n{:1$}{2}", "", 2 * depth, String::from_utf8_lossy(&kind));
        if let Some(alternative) = tag.get::<PdfString<'_>>("Alt") {
            let _ = write!(out, " [{}]", decode(&alternative));
        }
    }
    let kids: Vec<Object<'_>> = match tag.get::<Object<'_>>("K") {
        Some(Object::Array(several)) => several.iter::<Object<'_>>().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    for kid in kids {
        match kid {
            Object::Number(mark) => say(page, mark.as_i64() as i32, words, out),
            Object::Dict(kid) => match kid.get::<i32>("MCID") {
                Some(mark) => {
                    let page = kid.get_ref("Pg").map(|reference| reference.obj_number).or(page);
                    say(page, mark, words, out);
                }
                None if kid.contains_key("Obj") => {}
                None => walk(&kid, page, depth + 1, words, out),
            },
            _ => {}
        }
    }
}

fn say(page: Option<i32>, mark: i32, words: &Words, out: &mut String) {
    if let Some(text) = page.and_then(|page| words.get(&(page, mark))) {
        let _ = write!(out, " {}", text.trim());
    }
}
