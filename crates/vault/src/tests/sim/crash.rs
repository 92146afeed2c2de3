//! What a power cut may leave of a disk.
//!
//! Of everything that was not flushed, each change of names and each piece of written
//! data may have reached the disk or not, whatever the order; of data also only the
//! beginning, cut off there or followed by zeroes. A rename is one step, but it may
//! be there before the data of the file that it names.

use super::disk::{Content, Disk, Effect, Node};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Up to so many choices of which effects are there and which are not, all are tried; of
/// more, some are drawn.
const ALL: usize = 256;
/// Places where a piece of data may be cut off.
const CUTS: usize = 4;

/// How much of a piece of data is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Kept {
    Nothing,
    All,
    /// So many bytes, and there the file ends.
    Cut(usize),
    /// So many bytes, and then zeroes.
    Zeroed(usize),
}

#[derive(Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<(usize, Arc<Vec<u8>>)>,
}

type Names = Vec<(PathBuf, Option<Node>)>;

/// A disk of which not everything is durable.
#[derive(Default)]
pub(crate) struct Wet {
    names: BTreeMap<PathBuf, Node>,
    pending: Vec<Names>,
    files: Vec<File>,
    known: HashMap<(usize, Vec<Kept>), Arc<Content>>,
}

impl Wet {
    /// A disk that was just mounted, on which everything is durable.
    pub(crate) fn on(disk: &Disk) -> Self {
        let mut wet = Self::default();
        for (path, content) in &disk.0 {
            let node = content.as_ref().map_or(Node::Folder, |content| {
                wet.known.insert((wet.files.len(), Vec::new()), Arc::clone(content));
                wet.files.push(File { durable: content.bytes.clone(), pending: Vec::new() });
                Node::File(wet.files.len() - 1)
            });
            wet.names.insert(path.clone(), node);
        }
        wet
    }

    /// Takes one effect over.
    pub(crate) fn take(&mut self, effect: &Effect) {
        match effect {
            Effect::Names(names) => {
                for (_, node) in names {
                    if let Some(Node::File(number)) = node {
                        self.files.resize_with(self.files.len().max(number + 1), File::default);
                    }
                }
                self.pending.push(names.clone());
            }
            Effect::Written(number, at, bytes) => self.files[*number].pending.push((*at, Arc::clone(bytes))),
            Effect::Flushed(number) => {
                let file = &mut self.files[*number];
                for (at, bytes) in std::mem::take(&mut file.pending) {
                    put(&mut file.durable, at, &bytes, bytes.len());
                }
                self.known.retain(|(of, _), _| of != number);
            }
            Effect::FolderFlushed(folder) => self.flush_folder(folder),
            Effect::Told(_) => {}
        }
    }

    fn flush_folder(&mut self, folder: &Path) {
        let mut waiting: Vec<Names> = Vec::new();
        for names in std::mem::take(&mut self.pending) {
            if names.iter().any(|(path, _)| path.parent() == Some(folder)) {
                for (path, node) in names {
                    // What happened to this name before no longer matters.
                    waiting.iter_mut().for_each(|earlier| earlier.retain(|(name, _)| *name != path));
                    match node {
                        Some(node) => self.names.insert(path, node),
                        None => self.names.remove(&path),
                    };
                }
            } else {
                waiting.push(names);
            }
        }
        waiting.retain(|names| !names.is_empty());
        self.pending = waiting;
    }

    /// The files that may have a name after the cut.
    fn reachable(&self) -> Vec<usize> {
        let pending = self.pending.iter().flatten().filter_map(|(_, node)| *node);
        let nodes = self.names.values().copied().chain(pending);
        let files: HashSet<usize> =
            nodes.filter_map(|node| if let Node::File(number) = node { Some(number) } else { None }).collect();
        let mut files: Vec<usize> =
            files.into_iter().filter(|number| !self.files[*number].pending.is_empty()).collect();
        files.sort_unstable();
        files
    }

    /// Gives `judge` the disks that a power cut may leave now, and says how many: at most
    /// `most`, or every choice of present and absent where that is more, and `scale` times
    /// as many where more is asked. What is drawn depends on nothing but `seed`.
    pub(crate) fn cut(&mut self, most: usize, scale: usize, seed: u64, mut judge: impl FnMut(Disk)) -> usize {
        let (most, cuts, every) = (most * scale, CUTS * scale, ALL * scale);
        let mut random = Random(seed);
        let files = self.reachable();
        let pieces: Vec<Vec<Kept>> = files
            .iter()
            .flat_map(|number| &self.files[*number].pending)
            .map(|(_, bytes)| ways(bytes.len(), cuts, &mut random))
            .collect();
        let effects = self.pending.len() + pieces.len();
        let all = pieces.iter().fold(1_usize << self.pending.len().min(40), |all, ways| all.saturating_mul(ways.len()));
        let mut choices: Vec<Vec<usize>> = Vec::new();
        let radix =
            |place: usize| if place < self.pending.len() { 2 } else { pieces[place - self.pending.len()].len() };
        if all <= most {
            choices.extend((0..all).map(|number| digits(number, effects, radix)));
        } else {
            if effects < 40 && 1 << effects <= every {
                choices.extend((0..1 << effects).map(|number| digits(number, effects, |_| 2)));
            }
            choices
                .extend((choices.len()..most).map(|_| (0..effects).map(|place| random.below(radix(place))).collect()));
        }
        let count = choices.len();
        for choice in choices {
            let disk = self.build(&files, &pieces, &choice);
            judge(disk);
        }
        count
    }

    fn build(&mut self, files: &[usize], pieces: &[Vec<Kept>], choice: &[usize]) -> Disk {
        let (names, data) = choice.split_at(self.pending.len());
        let mut seen = self.names.clone();
        for (change, _) in self.pending.iter().zip(names).filter(|(_, there)| **there == 1) {
            for (path, node) in change {
                match node {
                    Some(node) => seen.insert(path.clone(), *node),
                    None => seen.remove(path),
                };
            }
        }
        let mut kept: HashMap<usize, Vec<Kept>> = HashMap::new();
        let mut at = 0;
        for number in files {
            let count = self.files[*number].pending.len();
            kept.insert(*number, (at..at + count).map(|place| pieces[place][data[place]]).collect());
            at += count;
        }
        let mut disk = Disk::default();
        // Sorted by name, so a folder comes before what is in it.
        for (path, node) in seen {
            let below_root = path.components().count() > 2;
            if below_root && path.parent().is_none_or(|parent| disk.0.get(parent).is_none_or(Option::is_some)) {
                continue;
            }
            let content = match node {
                Node::Folder => None,
                Node::File(number) => Some(self.content(number, kept.get(&number).cloned().unwrap_or_default())),
            };
            disk.0.insert(path, content);
        }
        disk
    }

    fn content(&mut self, number: usize, kept: Vec<Kept>) -> Arc<Content> {
        let file = &self.files[number];
        let key = (number, kept);
        if let Some(known) = self.known.get(&key) {
            return Arc::clone(known);
        }
        let mut bytes = file.durable.clone();
        for ((at, piece), kept) in file.pending.iter().zip(&key.1) {
            match kept {
                Kept::Nothing => {}
                Kept::All => put(&mut bytes, *at, piece, piece.len()),
                Kept::Cut(count) => put(&mut bytes, *at, &piece[..*count], *count),
                Kept::Zeroed(count) => put(&mut bytes, *at, &piece[..*count], piece.len()),
            }
        }
        let content = Content::new(bytes);
        self.known.insert(key, Arc::clone(&content));
        content
    }
}

/// Puts bytes at a place, with zeroes up to `length`. Where an earlier piece is not there
/// and a later one is, there are zeroes.
fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8], length: usize) {
    file.resize(file.len().max(at + length), 0);
    file[at..at + length].fill(0);
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// The ways in which a piece of data may be there; the first two are nothing and all.
fn ways(length: usize, count: usize, random: &mut Random) -> Vec<Kept> {
    let mut ways = vec![Kept::Nothing, Kept::All];
    // In a header, at its end, at each page, and just before the end.
    let small = [0, 1, 20, 60, 100, 180, 199, 200, 216, 300];
    let cuts = small.into_iter().chain((512..4096).step_by(512)).chain((4096..length).step_by(4096));
    let mut cuts: Vec<usize> = cuts.chain(length.checked_sub(1)).filter(|cut| *cut < length).collect();
    for _ in 0..count.min(cuts.len()) {
        let cut = cuts.swap_remove(random.below(cuts.len()));
        ways.push(if random.below(2) == 0 { Kept::Cut(cut) } else { Kept::Zeroed(cut) });
    }
    ways
}

fn digits(mut number: usize, count: usize, radix: impl Fn(usize) -> usize) -> Vec<usize> {
    (0..count)
        .map(|place| {
            let digit = number % radix(place);
            number /= radix(place);
            digit
        })
        .collect()
}

/// splitmix64: the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit).expect("a small number");
        usize::try_from((mixed ^ (mixed >> 31)) % limit).expect("below a small number")
    }
}
