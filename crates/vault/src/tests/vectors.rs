//! The public age test vectors, through our own reader: the look at the header first,
//! then age. Where they come from stands beside them.

use super::*;
use crate::Finding;
use crate::keys::Keys;
use flate2::read::ZlibDecoder;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::io::Read;
use zeroize::Zeroizing;

/// Where our reader says more than the vectors ask, and why that is meant.
const STRICTER: [(&str, &str); 6] = [
    ("scrypt", "its factor of 10 is below 14: a cheap passphrase file is not one that we made"),
    ("scrypt_bad_tag", "its factor is below 14"),
    ("scrypt_no_match", "its factor is below 14"),
    ("scrypt_work_factor_wrong", "its factor is below 14"),
    ("scrypt_uppercase", "a stanza `Scrypt` is no passphrase, and an identity file has nothing else"),
    ("x25519_lowercase", "a stanza `x25519` is no recipient, and a file of a vault has at least one"),
];

struct Vector {
    name: String,
    expect: String,
    payload: Option<String>,
    identity: Option<String>,
    passphrase: Option<String>,
    sealed: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/age-vectors");
    let mut vectors: Vec<Vector> = fs::read_dir(folder)
        .expect("the vectors are in the repository")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_none())
        .map(|path| read_vector(&path))
        .collect();
    vectors.sort_by(|one, other| one.name.cmp(&other.name));
    vectors
}

fn read_vector(path: &Path) -> Vector {
    let bytes = fs::read(path).expect("a file");
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").expect("an empty line ends the description");
    let described = std::str::from_utf8(&bytes[..end]).expect("text");
    let field = |key: &str| {
        described.lines().find_map(|line| line.split_once(": ").filter(|(name, _)| *name == key).map(|(_, v)| v))
    };
    let mut sealed = bytes[end + 2..].to_vec();
    if field("compressed") == Some("zlib") {
        let packed = std::mem::take(&mut sealed);
        ZlibDecoder::new(packed.as_slice()).read_to_end(&mut sealed).expect("it is zlib");
    }
    let own = |key| field(key).map(str::to_owned);
    Vector {
        name: path.file_name().expect("a name").to_string_lossy().into_owned(),
        expect: own("expect").expect("every vector says what it expects"),
        payload: own("payload"),
        identity: own("identity"),
        passphrase: own("passphrase"),
        sealed,
    }
}

fn keys_of(identity: &str) -> Keys {
    let origin = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let file = format!("# luwte-vault 1\n# vault-id: {}\n# origin-key: {origin}\n{identity}\n", Uuid::nil());
    Keys::parse(file.as_bytes()).unwrap_or_else(|error| panic!("an identity file: {error:?}"))
}

/// What our reader makes of it.
fn read(vector: &Vector) -> Result<Zeroizing<Vec<u8>>, Finding> {
    match (&vector.identity, &vector.passphrase) {
        (_, Some(passphrase)) => {
            let secret = SecretString::from(passphrase.as_str());
            let opened = seal::open_with_passphrase(&vector.sealed, &secret, Object::Identity)?;
            opened.ok_or(Finding::Foreign(Object::Identity))
        }
        (Some(identity), None) => seal::open(&vector.sealed, &keys_of(identity), Object::Practice),
        (None, None) => {
            let none = keys_of("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0");
            seal::open(&vector.sealed, &none, Object::Practice)
        }
    }
}

fn as_expected(vector: &Vector, read: &Result<Zeroizing<Vec<u8>>, Finding>) -> bool {
    match (vector.expect.as_str(), read) {
        ("success", Ok(plain)) => {
            vector.payload.as_deref() == Some(crate::header::hex(&Sha256::digest(plain.as_slice())).as_str())
        }
        ("no match", Err(finding)) => matches!(finding, Finding::Foreign(_)),
        // What was released before the end must be right; ours releases nothing at all.
        ("HMAC failure" | "header failure" | "payload failure", Err(finding)) => {
            matches!(finding, Finding::Damaged(_) | Finding::Truncated(_) | Finding::Refused(_))
        }
        _ => false,
    }
}

#[test]
fn every_public_vector_reads_as_it_should_or_is_refused_for_a_reason_that_is_said() {
    let vectors = vectors();
    let mut as_said = 0;
    for vector in &vectors {
        let read = read(vector);
        let right = as_expected(vector, &read);
        match STRICTER.iter().find(|(name, _)| *name == vector.name) {
            None => {
                assert!(
                    right,
                    "{}: expected {}, read {:?}",
                    vector.name,
                    vector.expect,
                    read.as_ref().map(|p| p.len())
                );
                as_said += 1;
            }
            Some((_, reason)) => {
                assert!(!right, "{} reads as it should, so this no longer holds: {reason}", vector.name);
                assert!(matches!(read, Err(Finding::Damaged(_) | Finding::Refused(_))), "{}: {reason}", vector.name);
            }
        }
    }
    assert_eq!((vectors.len(), as_said), (92, 92 - STRICTER.len()));
}
