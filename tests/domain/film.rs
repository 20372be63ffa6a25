//! A moving QR code: bytes in frames, filmed with losses.

use crate::mutations::Dice;
use bothways::caps;
use bothways::qr::{Frame, Receiver, Transfer};
use proptest::prelude::*;

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 % 251) as u8).collect()
}

/// Films frames from this one on, each lost where `lost` says so; gives how many had to be shown.
fn film(transfer: &Transfer, lost: &mut dyn FnMut() -> bool) -> (Vec<u8>, usize) {
    let mut receiver = Receiver::default();
    for number in 0..100_000 {
        let text = transfer.frame(number).to_text();
        if !lost() {
            receiver.take(Frame::parse(&text).unwrap());
        }
        if let Some(bytes) = receiver.bytes() {
            let (found, of) = receiver.progress().unwrap();
            assert_eq!(found, of);
            return (bytes, number as usize + 1);
        }
    }
    panic!("the film never ended");
}

#[test]
fn without_losses_it_takes_as_many_frames_as_there_are_blocks() {
    for length in [1, 10, 831, 832, 833, 5_000, 100_000] {
        let transfer = Transfer::new(&bytes(length), 832).unwrap();
        let (received, shown) = film(&transfer, &mut || false);
        assert_eq!((received, shown), (bytes(length), transfer.blocks()), "{length} bytes");
    }
}

#[test]
fn with_three_of_ten_frames_lost_hardly_more_are_needed_than_ideally() {
    for (length, most) in [(832 * 10, 1.35), (832 * 30, 1.2), (832 * 120, 1.1)] {
        let transfer = Transfer::new(&bytes(length), 832).unwrap();
        let mut dice = Dice(7);
        let rounds = 40;
        let shown: usize = (0..rounds)
            .map(|_| {
                let (received, shown) = film(&transfer, &mut || dice.below(10) < 3);
                assert_eq!(received, bytes(length));
                shown
            })
            .sum();
        let ideal = transfer.blocks() as f64 / 0.7;
        let over = shown as f64 / rounds as f64 / ideal;
        println!("{} blocks: {over:.3} of the ideal", transfer.blocks());
        assert!(over <= most, "{over} of the ideal at {} blocks", transfer.blocks());
    }
}

#[test]
fn frames_may_come_in_any_order_more_than_once_and_from_the_middle() {
    let transfer = Transfer::new(&bytes(20_000), 500).unwrap();
    let mut receiver = Receiver::default();
    // Only sums, from far on, backwards, each twice.
    for number in (5_000..5_100).rev() {
        for _ in 0..2 {
            receiver.take(transfer.frame(number));
        }
    }
    assert_eq!(receiver.bytes().unwrap(), bytes(20_000));
}

#[test]
fn another_transfer_begins_anew_and_what_is_filmed_twice_counts_once() {
    let (one, other) =
        (Transfer::new(&bytes(5_000), 500).unwrap(), Transfer::new(&bytes(4_000), 500).unwrap());
    let mut receiver = Receiver::default();
    assert_eq!(receiver.progress(), None);
    for _ in 0..3 {
        receiver.take(one.frame(0));
    }
    assert_eq!(receiver.progress(), Some((1, 10)));
    (0..8).for_each(|number| receiver.take(other.frame(number)));
    assert_eq!(receiver.bytes().unwrap(), bytes(4_000));
}

#[test]
fn a_frame_that_was_not_seen_whole_is_none() {
    let text = Transfer::new(&bytes(100), 50).unwrap().frame(1).to_text();
    for at in 0..text.len() {
        for put in ["0", "Z", ":", "%", ""] {
            let changed = format!("{}{put}{}", &text[..at], &text[at + 1..]);
            assert!(changed == text || Frame::parse(&changed).is_none(), "{put} at {at}");
        }
    }
}

#[test]
fn what_nobody_would_film_is_refused() {
    let sane = Transfer::new(&bytes(100), 50).unwrap().frame(0);
    assert_eq!(Frame::parse(&sane.to_text()), Some(sane.clone()));
    let broken = [
        Frame { length: 0, ..sane.clone() },
        Frame { length: caps::FILM_BYTES as u32 + 1, blocks: 30_000, ..sane.clone() },
        Frame { length: u32::MAX, ..sane.clone() },
        Frame { blocks: 0, ..sane.clone() },
        Frame { blocks: 3, ..sane.clone() },
        Frame { symbol: Vec::new(), ..sane.clone() },
        Frame { length: 2_000, blocks: 2_000, symbol: vec![1], ..sane },
    ];
    for frame in broken {
        assert_eq!(Frame::parse(&frame.to_text()), None, "{frame:?}");
    }
    assert!(Transfer::new(&[], 50).is_none());
    assert!(Transfer::new(&bytes(50), 0).is_none());
    assert!(Transfer::new(&bytes(2_000), 1).is_none(), "more blocks than are filmed");
    assert_eq!(Frame::parse(&"A".repeat(caps::FRAME_CHARS + 3)), None);
    // What fits into a code of version 20 and of version 25, lowest level, in alphanumeric mode.
    for (characters, room) in [(1_249, 813), (1_853, 1_215)] {
        let frame =
            Frame { symbol: vec![7; room], length: room as u32, ..Transfer::new(&[1], 1).unwrap().frame(0) };
        assert_eq!(Frame::room(characters), room);
        assert!(frame.to_text().len() <= characters);
    }
}

proptest! {
    #[test]
    fn any_text_is_a_frame_or_none(text in "[0-9A-Z $%*+./:-]{0,300}") {
        if let Some(frame) = Frame::parse(&text) {
            let mut receiver = Receiver::default();
            receiver.take(frame);
        }
    }
}
