//! Pictures among the attachments, made safe to show: decoded here within bounds, turned
//! upright, scaled to a screen and written anew. What comes out holds pixels and nothing
//! else: no place, no camera, no moment, and nothing for a web view to stumble over.

use casebook::MediaKind;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::panic::AssertUnwindSafe;
use zeroize::Zeroizing;

/// The largest picture file that is opened, in bytes.
pub(crate) const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The longest side that is decoded: a camera makes 9,000, a bomb says 65,000.
const LONGEST_SIDE: u32 = 20_000;
/// The most pixels that are decoded.
const MOST_PIXELS: u64 = 100_000_000;
/// What a decoder may hold, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;
/// The longest side that is shown.
const SCREEN: u32 = 1920;

/// A picture as it is shown.
pub(crate) struct Picture {
    /// PNG.
    pub(crate) png: Zeroizing<Vec<u8>>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Makes a picture for the screen; `None` when it is none, or out of bounds.
pub(crate) fn for_screen(kind: MediaKind, file: &[u8]) -> Option<Picture> {
    let format = match kind {
        MediaKind::Png => ImageFormat::Png,
        MediaKind::Jpeg => ImageFormat::Jpeg,
        MediaKind::Webp => ImageFormat::WebP,
        MediaKind::Gif => ImageFormat::Gif,
        MediaKind::Other => return None,
    };
    // A decoder that gives up on a hostile file must not take the open vault with it.
    std::panic::catch_unwind(AssertUnwindSafe(|| make(format, file))).ok()?
}

fn make(format: ImageFormat, file: &[u8]) -> Option<Picture> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MEMORY {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if width.max(height) > SCREEN {
        picture = picture.resize(SCREEN, SCREEN, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    // Only pixels: a colour profile or a text would otherwise be copied along.
    let pixels = DynamicImage::ImageRgba8(picture.to_rgba8());
    let mut png = Cursor::new(Vec::new());
    pixels.write_to(&mut png, ImageFormat::Png).ok()?;
    Some(Picture { png: Zeroizing::new(png.into_inner()), width, height })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// Red on the left, blue on the right.
    fn sample(width: u32, height: u32) -> DynamicImage {
        let colour = |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) };
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).expect("it can be encoded");
        file.into_inner()
    }

    /// A JPEG with an EXIF block that says "turn me a quarter" and carries a place.
    fn turned_jpeg() -> Vec<u8> {
        let jpeg = encoded(&sample(40, 20), ImageFormat::Jpeg);
        let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
        tiff.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend_from_slice(b"GPS 52.3702 N Herengracht");
        let length = u16::try_from(tiff.len() + 2).expect("a short block").to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &tiff, &jpeg[2..]].concat()
    }

    #[test]
    fn a_picture_is_turned_upright_and_nothing_but_its_pixels_is_kept() {
        let picture = for_screen(MediaKind::Jpeg, &turned_jpeg()).expect("a picture");
        assert_eq!((picture.width, picture.height), (20, 40));
        assert!(!picture.png.windows(11).any(|part| part == b"Herengracht"));
        assert!(!picture.png.windows(4).any(|part| part == b"eXIf"));
        let shown = image::load_from_memory(&picture.png).expect("a PNG").to_rgb8();
        // A quarter to the right brings the left side on top.
        assert!(shown.get_pixel(10, 3)[0] > 200 && shown.get_pixel(10, 36)[2] > 200);
    }

    #[test]
    fn every_kind_that_is_called_a_picture_is_shown() {
        for (kind, format) in [
            (MediaKind::Png, ImageFormat::Png),
            (MediaKind::Jpeg, ImageFormat::Jpeg),
            (MediaKind::Webp, ImageFormat::WebP),
            (MediaKind::Gif, ImageFormat::Gif),
        ] {
            let file = encoded(&sample(30, 10), format);
            assert_eq!(MediaKind::of(&file), kind);
            let picture = for_screen(kind, &file).expect("a picture");
            assert_eq!((picture.width, picture.height), (30, 10), "{format:?}");
        }
        assert!(for_screen(MediaKind::Other, &encoded(&sample(3, 3), ImageFormat::Png)).is_none());
    }

    #[test]
    fn a_large_picture_is_scaled_to_a_screen() {
        let picture = for_screen(MediaKind::Png, &encoded(&sample(4000, 1000), ImageFormat::Png)).expect("a picture");
        assert_eq!((picture.width, picture.height), (1920, 480));
    }

    #[test]
    fn a_picture_that_says_it_is_enormous_is_refused_before_it_is_decoded() {
        let mut png = encoded(&sample(4, 4), ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
        let sum = crc(&png[12..29]).to_be_bytes();
        png[29..33].copy_from_slice(&sum);
        assert!(for_screen(MediaKind::Png, &png).is_none());
    }

    fn crc(bytes: &[u8]) -> u32 {
        let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
        !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
    }

    #[test]
    fn no_changed_byte_and_no_cut_of_a_picture_brings_the_program_down() {
        for (kind, format) in [
            (MediaKind::Png, ImageFormat::Png),
            (MediaKind::Jpeg, ImageFormat::Jpeg),
            (MediaKind::Webp, ImageFormat::WebP),
            (MediaKind::Gif, ImageFormat::Gif),
        ] {
            let file = encoded(&sample(16, 16), format);
            for at in 0..file.len() {
                let mut changed = file.clone();
                changed[at] ^= 0xff;
                drop(for_screen(kind, &changed));
                drop(for_screen(kind, &file[..at]));
            }
            assert!(for_screen(kind, &file).is_some(), "the check can succeed");
        }
    }
}
