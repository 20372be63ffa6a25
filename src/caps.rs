//! Every limit on what may come from outside, in one place, the same on writing as on reading:
//! what this program would refuse to read it also refuses to write.

/// A swap file, in bytes. A larger one is refused before it is parsed.
pub const FILE_BYTES: usize = 32 * 1024 * 1024;
/// One line of a swap file, in bytes.
pub const LINE_BYTES: usize = 256 * 1024;
/// Lines in one swap file.
pub const FILE_LINES: usize = 300_000;
/// The body of one revision, in bytes.
pub const BODY_BYTES: usize = 64 * 1024;
/// The header of one revision, in bytes: 64 parents of 64 digits, and the rest.
pub const HEADER_BYTES: usize = 6 * 1024;
/// Parents of one revision.
pub const PARENTS: usize = 64;
/// Levels of nesting in any JSON that is read.
pub const JSON_DEPTH: usize = 16;
/// Revisions named by one link line.
pub const LINK_RUN: usize = 2_000;
/// Devices in one have-summary: two people, several phones each over the years.
pub const DEVICES: usize = 64;
/// Wanted bodies and photos named in one header.
pub const WANTS: usize = 1_000;
/// Lines of a file that say which phones belong to the log, and how far their chains are signed.
pub const TRUST_LINES: usize = 4 * DEVICES;
/// Phones a file is sealed for.
pub const RECIPIENTS: usize = 64;
/// What a phone says of itself to be paired, as text.
pub const CARD_CHARS: usize = 1_200;
/// What a person types into one text field, in characters. Fits a body with room for every escape.
pub const WORDS_CHARS: usize = 8_000;
/// An idea or a question of one's own, in characters; how it goes is a text of its own.
pub const TITLE_CHARS: usize = 200;
/// The words of a chapter that a note stands by, in characters.
pub const PASSAGE_CHARS: usize = 300;
/// Ideas, and questions, of their own that stand among the others: the newest.
pub const OWN: usize = 1_000;
/// Times, and words, that are let rest on a phone.
pub const RESTING: usize = 50;
/// A name, in characters.
pub const NAME_CHARS: usize = 60;
/// How far ahead of this phone's clock a claimed time may be before it is flagged, in milliseconds: a day.
pub const CLOCK_AHEAD_MS: i64 = 24 * 60 * 60 * 1000;
/// A picture that is to become a photo, in bytes. A larger one is refused before a byte of it is read.
pub const PHOTO_INPUT_BYTES: usize = 40 * 1024 * 1024;
/// Pixels of a picture that is to become a photo. A larger one is refused before it is decoded.
pub const PHOTO_PIXELS: u64 = 100_000_000;
/// The longer side of a photo as it is stored and sent, in pixels.
pub const PHOTO_SIDE: u32 = 1_600;
/// The longer side of a photo's thumbnail, in pixels: as wide as a phone's list, and a tenth of the photo's bytes.
pub const THUMBNAIL_SIDE: u32 = 640;
/// A photo as it is stored and sent, in bytes.
pub const PHOTO_BYTES: usize = 2 * 1024 * 1024;
/// The longer side of a photo's small picture, in pixels.
pub const THUMB_SIDE: u32 = 320;
/// A photo's small picture, in bytes.
pub const THUMB_BYTES: usize = 64 * 1024;
/// Small pictures in one swap file.
pub const THUMBS: usize = 20;
/// Photos in one entry.
pub const PHOTOS_PER_ENTRY: usize = 6;

/// What is sent by a moving QR code, in bytes: some minutes of filming.
pub const FILM_BYTES: usize = 1024 * 1024;
/// Blocks it is cut into.
pub const FILM_BLOCKS: usize = 1_024;
/// Characters of one frame: what the largest QR code holds in its alphanumeric mode (ISO/IEC 18004, 40-L).
pub const FRAME_CHARS: usize = 4_296;

/// One part of a backup, in bytes before it is packed and sealed: with the armor it stays well within
/// [`FILE_BYTES`], and a phone opens it in memory.
pub const BACKUP_BYTES: usize = 16 * 1024 * 1024;
/// Parts of one backup.
pub const BACKUP_PARTS: usize = 9_999;
/// One line of a backup: a line of a newer version's swap file stands in it as a text, every quotation mark escaped.
pub const BACKUP_LINE_BYTES: usize = 2 * LINE_BYTES + 1_024;
/// One record of a rescue file: a photo in base64, and its key.
pub const RESCUE_LINE_BYTES: usize = PHOTO_BYTES / 3 * 4 + 4_096;
/// Records of one rescue file.
pub const RESCUE_RECORDS: usize = 2_000_000;
/// A rescue file. It is read in pieces, but what comes of it lies in memory.
pub const RESCUE_BYTES: usize = 512 * 1024 * 1024;
/// Logs of one phone.
pub const LOGS: usize = 32;
/// Locks of one drawer: more than one only where backups brought others.
pub const LOCKS: usize = 16;
/// The fewest characters of a passphrase that locks the drawer, and the most.
pub const PHRASE_CHARS: (usize, usize) = (8, 200);
/// Phones that one took the place of, one after the other.
pub const FORMER: usize = 64;
/// Entries named by one line that says what is held back.
pub const HELD_RUN: usize = 2_000;
