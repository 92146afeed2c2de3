//! Ways to spoil bytes: blindly, and knowing how SQLite lays out a page.

use rand::Rng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

const PAGE: usize = 4096;
/// Numbers on whose edge readers fall.
const EDGES: [u32; 10] = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF];

/// Spoils any bytes a few times: flips, edges, cuts, doubled and moved pieces.
pub(crate) fn bytes(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.gen_range(1..=6) {
        let length = bytes.len();
        if length < 4 {
            bytes.extend(std::iter::repeat_with(|| random.r#gen::<u8>()).take(8));
            continue;
        }
        let at = random.gen_range(0..length);
        match random.gen_range(0..9) {
            0..4 => bytes[at] ^= 1 << random.gen_range(0..8),
            4 => edge(bytes, at, random),
            5 => bytes.truncate(at),
            6 => {
                let end = (at + random.gen_range(1..64)).min(length);
                drop(bytes.drain(at..end));
            }
            7 => {
                let end = (at + random.gen_range(1..64)).min(length);
                let piece = bytes[at..end].to_vec();
                let to = random.gen_range(0..length);
                bytes.splice(to..to, piece);
            }
            _ => {
                let end = (at + random.gen_range(1..32)).min(length);
                random.fill(&mut bytes[at..end]);
            }
        }
    }
}

fn edge(bytes: &mut [u8], at: usize, random: &mut StdRng) {
    let number = *EDGES.choose(random).expect("there are edges");
    let width = *[1, 2, 4].choose(random).expect("there are widths");
    let written = number.to_be_bytes();
    for (place, byte) in written[4 - width..].iter().enumerate() {
        if let Some(target) = bytes.get_mut(at + place) {
            *target = *byte;
        }
    }
}

/// Spoils a database image where it hurts: its header, the kinds and headers of pages,
/// the pointers to cells, cells, whole pages, or any bytes. `other` lends pages.
pub(crate) fn image(image: &mut Vec<u8>, other: &[u8], random: &mut StdRng) {
    let busy = busy_pages(image);
    for _ in 0..random.gen_range(1..=4) {
        let pages = image.len() / PAGE;
        if pages == 0 {
            return;
        }
        let page = *busy.choose(random).unwrap_or(&0);
        let start = page.min(pages - 1) * PAGE;
        // The first page begins with the header of the file.
        let head = if start == 0 { 100 } else { start };
        match random.gen_range(0..12) {
            0 => edge(image, random.gen_range(0..100), random),
            1 => image[head] = *[2, 5, 10, 13, 0, 255].choose(random).expect("there are kinds"),
            2 => edge(image, head + random.gen_range(1..12), random),
            3..5 => edge(image, head + 8 + 2 * random.gen_range(0..40), random),
            5..7 => edge(image, start + random.gen_range(0..PAGE), random),
            7 => image[start + random.gen_range(0..PAGE)] ^= 1 << random.gen_range(0..8),
            8 => {
                let from = random.gen_range(0..other.len() / PAGE) * PAGE;
                let lent = other[from..from + PAGE].to_vec();
                image[start..start + PAGE].copy_from_slice(&lent);
            }
            9 => {
                let with = random.gen_range(0..pages) * PAGE;
                for place in 0..PAGE {
                    image.swap(start + place, with + place);
                }
            }
            10 => image.truncate(random.gen_range(0..image.len())),
            _ => {
                let at = start + random.gen_range(0..PAGE - 16);
                random.fill(&mut image[at..at + 16]);
            }
        }
    }
}

/// The pages that hold anything: most of a small image is the padding.
fn busy_pages(image: &[u8]) -> Vec<usize> {
    image.chunks(PAGE).enumerate().filter(|(_, page)| page.iter().skip(8).any(|b| *b != 0)).map(|(at, _)| at).collect()
}
