//! A camera that films a code: at an angle, turned, blurred, noisy, with glare or hardly any light. Written before the
//! reader was tried on it, and not fitted to the reader.

use crate::mutations::Dice;
use bothways::qr::code::Code;
use bothways::qr::see::Grey;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use std::f64::consts::TAU;
use std::thread;

const WIDTH: usize = 1_280;
const HEIGHT: usize = 720;
/// Light modules around a code.
const BORDER: f64 = 4.0;
const CHARACTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// How a code is filmed.
#[derive(Debug)]
struct Scene {
    /// Pixels a module, in the middle of the code.
    module: f64,
    /// How far the code is tilted away, and in which direction; how far it is turned. Radians.
    tilt: (f64, f64),
    turn: f64,
    /// Standard deviations, in pixels and in shades.
    blur: f64,
    noise: f64,
    /// The shades of light and dark.
    light: f64,
    dark: f64,
    /// A bright spot: where (in parts of the picture), and how bright.
    glare: Option<(f64, f64, f64)>,
}

fn between(dice: &mut Dice, from: f64, to: f64) -> f64 {
    from + (to - from) * (dice.roll() >> 11) as f64 / (1_u64 << 53) as f64
}

impl Scene {
    /// Any scene within the limits; its modules at least, or exactly, so many pixels wide.
    fn any(dice: &mut Dice, version: u8, least: f64, exactly: bool) -> Self {
        let side = f64::from(17 + 4 * u32::from(version)) + 2.0 * BORDER;
        let turn = between(dice, 0.0, TAU);
        // As large as a turned code can be and still be in the picture.
        let most = HEIGHT as f64 / (side * (turn.sin().abs() + turn.cos().abs()) * 1.04);
        // Where even that is smaller the code is not turned so far.
        let turn =
            if most < least { between(dice, -0.1, 0.1) + TAU / 4.0 * dice.below(4) as f64 } else { turn };
        let most = HEIGHT as f64 / (side * (turn.sin().abs() + turn.cos().abs()) * 1.04);
        let (light, dark) = if dice.one_in(4) {
            (between(dice, 70.0, 110.0), between(dice, 15.0, 30.0)) // hardly any light
        } else {
            (between(dice, 170.0, 250.0), between(dice, 10.0, 60.0))
        };
        let glare = dice
            .one_in(3)
            .then(|| (between(dice, 0.2, 0.8), between(dice, 0.2, 0.8), between(dice, 20.0, 70.0)));
        Self {
            module: if exactly { least } else { between(dice, least, most.clamp(least, 12.0)) },
            tilt: (between(dice, 0.0, 25_f64.to_radians()), between(dice, 0.0, TAU)),
            turn,
            blur: between(dice, 0.0, 1.2),
            noise: between(dice, 0.0, 6.0),
            light,
            dark,
            glare,
        }
    }

    fn film(&self, code: &Code, dice: &mut Dice) -> Grey {
        let modules = code.side() as usize;
        let mut dark = vec![false; modules * modules];
        code.dark().for_each(|(x, y)| dark[y as usize * modules + x as usize] = true);
        let is_dark = |x: f64, y: f64| {
            let (x, y) = ((x + modules as f64 / 2.0).floor(), (y + modules as f64 / 2.0).floor());
            let inside = (0.0..modules as f64).contains(&x) && (0.0..modules as f64).contains(&y);
            inside && dark[y as usize * modules + x as usize]
        };
        let half = modules as f64 / 2.0 + BORDER;
        // A pinhole camera, three code widths away: the point of the tilted plane behind each part of a pixel.
        let distance = 3.0 * 2.0 * half * self.module;
        let ((sin_tilt, cos_tilt), (sin_to, cos_to)) = (self.tilt.0.sin_cos(), self.tilt.1.sin_cos());
        let (sin_turn, cos_turn) = self.turn.sin_cos();
        let shade = |x: f64, y: f64| {
            // Along the direction of the tilt, and across it.
            let (along, across) = (x * cos_to + y * sin_to, y * cos_to - x * sin_to);
            let depth = along * sin_tilt / (distance * cos_tilt - along * sin_tilt);
            let (along, across) = (along * (1.0 + depth) / cos_tilt, across * (1.0 + depth));
            let (x, y) = (along * cos_to - across * sin_to, along * sin_to + across * cos_to);
            let (x, y) =
                ((x * cos_turn + y * sin_turn) / self.module, (y * cos_turn - x * sin_turn) / self.module);
            if is_dark(x, y) {
                self.dark
            } else if x.abs() <= half && y.abs() <= half {
                self.light
            } else {
                (self.light + self.dark) / 2.0 // the table behind it
            }
        };
        let mut picture = vec![0.0; WIDTH * HEIGHT];
        for (at, pixel) in picture.iter_mut().enumerate() {
            let (x, y) =
                ((at % WIDTH) as f64 - WIDTH as f64 / 2.0, (at / WIDTH) as f64 - HEIGHT as f64 / 2.0);
            let parts = [(0.125, 0.375), (0.375, 0.875), (0.625, 0.125), (0.875, 0.625)];
            *pixel = parts.iter().map(|(dx, dy)| shade(x + dx, y + dy)).sum::<f64>() / 4.0;
        }
        blur(&mut picture, self.blur);
        if let Some((glare_x, glare_y, brightness)) = self.glare {
            for (at, pixel) in picture.iter_mut().enumerate() {
                let (x, y) = (
                    (at % WIDTH) as f64 / WIDTH as f64 - glare_x,
                    (at / WIDTH) as f64 / HEIGHT as f64 - glare_y,
                );
                *pixel += brightness * (-(x * x + y * y) / 0.03).exp();
            }
        }
        let pixels =
            picture.iter().map(|shade| (shade + self.noise * normal(dice)).clamp(0.0, 255.0) as u8).collect();
        Grey::new(WIDTH as u32, HEIGHT as u32, pixels).unwrap()
    }
}

/// Twelve evenly spread numbers, added up: nearly a normal distribution.
fn normal(dice: &mut Dice) -> f64 {
    let (a, b, c) = (dice.roll(), dice.roll(), dice.roll());
    let sum: u64 = [a, b, c].iter().flat_map(|roll| [0, 16, 32, 48].map(|by| (roll >> by) & 0xffff)).sum();
    sum as f64 / 65_536.0 - 6.0
}

/// A Gaussian blur, first along the rows, then along the columns.
fn blur(picture: &mut [f64], sigma: f64) {
    if sigma < 0.2 {
        return;
    }
    let reach = (3.0 * sigma).ceil() as usize;
    let weights: Vec<f64> = (0..=2 * reach)
        .map(|at| (-(at as f64 - reach as f64).powi(2) / (2.0 * sigma * sigma)).exp())
        .collect();
    let sum: f64 = weights.iter().sum();
    for step in [1, WIDTH] {
        let was = picture.to_vec();
        let inside = reach * step..was.len() - reach * step;
        for at in inside {
            let from = at - reach * step;
            picture[at] =
                weights.iter().enumerate().map(|(tap, weight)| weight * was[from + tap * step]).sum::<f64>()
                    / sum;
        }
    }
}

/// A code of this version, as full as it can be.
fn filled(version: u8, dice: &mut Dice) -> (String, Code) {
    let version = Version::new(version);
    let text: String = (0..1_853).map(|_| char::from(*dice.pick(CHARACTERS))).collect();
    let of = |length: usize| {
        let segment = QrSegment::make_alphanumeric(&text[..length]);
        QrCode::encode_segments_advanced(
            &[segment],
            QrCodeEcc::Low,
            version,
            version,
            Some(Mask::new(3)),
            false,
        )
        .ok()
    };
    let (mut fits, mut too_long) = (1, text.len() + 1);
    while too_long - fits > 1 {
        let middle = fits.midpoint(too_long);
        if of(middle).is_some() { fits = middle } else { too_long = middle }
    }
    (text[..fits].to_owned(), Code::from(of(fits).unwrap()))
}

fn count(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

/// How many of these scenes are read, and none of them wrongly.
fn read(scenes: usize, seed: u64, module: f64, exactly: bool) -> usize {
    let mut dice = Dice(seed);
    let mut read = 0;
    for number in 0..scenes {
        let (text, code) = filled(1 + (number % 25) as u8, &mut dice);
        let scene = Scene::any(&mut dice, 1 + (number % 25) as u8, module, exactly);
        match scene.film(&code, &mut dice).code_in_photo() {
            Some(found) => {
                assert_eq!(String::from_utf8(found).unwrap(), text, "read wrongly: {scene:?}");
                read += 1;
            }
            None => println!("not read: version {}: {scene:?}", 1 + number % 25),
        }
    }
    read
}

#[test]
fn of_a_hundred_filmed_codes_at_least_ninety_eight_are_read() {
    let scenes = count("BOTHWAYS_CODES", 25);
    let read = read(scenes, 4, 4.0, false);
    println!("{read} of {scenes} read");
    assert!(read * 100 >= scenes * 98, "{read} of {scenes}");
}

#[test]
fn smaller_ones_are_counted() {
    let scenes = count("BOTHWAYS_CODES", 25);
    let read = read(scenes, 5, 3.0, true);
    println!("{read} of {scenes} read at 3 pixels a module");
    assert!(read * 2 >= scenes, "{read} of {scenes}");
}

/// Some pictures of codes as they were filmed, and what the codes say.
fn filmed(dice: &mut Dice) -> Vec<(String, Grey)> {
    let film = |version| {
        let (text, code) = filled(version, dice);
        (text, Scene::any(dice, version, 4.0, true).film(&code, dice))
    };
    [1, 2, 4, 7, 10, 16].map(film).into()
}

/// A part of a picture.
fn part(whole: &Grey, (left, top): (usize, usize), (width, height): (usize, usize)) -> Vec<u8> {
    let rows = whole.pixels().chunks(WIDTH).skip(top).take(height);
    rows.flat_map(|row| &row[left..left + width]).copied().collect()
}

/// A picture in which there is no code, or one that was harmed. It follows from its number.
fn spoilt(number: usize, filmed: &[(String, Grey)]) -> Grey {
    let mut dice = Dice(number as u64);
    let dice = &mut dice;
    let (mut width, mut height) = (21 + dice.below(300), 21 + dice.below(300));
    let any_shade = |dice: &mut Dice| dice.roll() as u8;
    let picture: Vec<u8> = match number % 8 {
        // Noise; squares; stripes as of corners, everywhere; something long and thin.
        0 => (0..width * height).map(|_| any_shade(dice)).collect(),
        1 => {
            let (side, seed) = (1 + dice.below(12), dice.roll());
            let square =
                |at: usize| Dice(seed ^ (at % width / side * 977 + at / width / side) as u64).one_in(2);
            (0..width * height).map(|at| if square(at) { 0 } else { 255 }).collect()
        }
        2 => {
            let side = 1 + dice.below(6);
            let corner = |at: usize| [0, 1, 0, 0, 0, 1, 0, 1][at / side % 8];
            (0..width * height).map(|at| 255 * corner(at % width).max(corner(at / width))).collect()
        }
        3 => {
            (width, height) = (21 + dice.below(10), 500 + dice.below(1_500));
            let line: Vec<u8> = (0..height).map(|_| any_shade(dice)).collect();
            (0..width * height).map(|at| line[at / width]).collect()
        }
        // Codes: with parts moved; two of them torn, or laid over each other; with spots all over.
        harm => {
            (width, height) = (200 + dice.below(400), 200 + dice.below(400));
            let place = (dice.below(WIDTH - width), dice.below(HEIGHT - height));
            let place = if dice.one_in(4) { place } else { ((WIDTH - width) / 2, (HEIGHT - height) / 2) };
            let mut picture = part(&dice.pick(filmed).1, place, (width, height));
            let other = part(&dice.pick(filmed).1, place, (width, height));
            match harm {
                4 => {
                    for _ in 0..1 + dice.below(40) {
                        let (from, to) = (dice.below(picture.len()), dice.below(picture.len()));
                        let length = dice.below(8_000).min(picture.len() - from.max(to));
                        picture.copy_within(from..from + length, to);
                    }
                }
                5 => {
                    let torn = width * dice.below(height);
                    picture[torn..].copy_from_slice(&other[torn..]);
                }
                6 => picture.iter_mut().zip(other).for_each(|(one, other)| *one = one.midpoint(other)),
                _ => {
                    for _ in 0..dice.below(20_000) {
                        let at = dice.below(picture.len());
                        picture[at] = any_shade(dice);
                    }
                }
            }
            picture
        }
    };
    Grey::new(width as u32, height as u32, picture).unwrap()
}

#[test]
fn whatever_a_camera_sees_is_the_code_in_it_or_none() {
    let filmed = filmed(&mut Dice(6));
    let count = count("BOTHWAYS_PICTURES", 80);
    let read_of = |first: usize| {
        let mut read = 0;
        for number in (first..count).step_by(2) {
            if let Some(found) = spoilt(number, &filmed).code_in_photo() {
                let is_there = number % 8 > 3 && filmed.iter().any(|(text, _)| text.as_bytes() == found);
                assert!(is_there, "picture {number} is read wrongly: {}", String::from_utf8_lossy(&found));
                read += 1;
            }
        }
        read
    };
    let read: usize = thread::scope(|scope| {
        let halves = [0, 1].map(|first| scope.spawn(move || read_of(first)));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    println!("{read} of {count} read");
    assert!(read * 10 > count, "hardly a code was left in them: {read} of {count}");
}

#[test]
fn a_picture_is_as_large_as_it_says() {
    assert!(Grey::new(30, 30, vec![0; 900]).is_some());
    assert!(Grey::new(30, 30, vec![0; 899]).is_none());
    assert!(Grey::new(20, 45, vec![0; 900]).is_none());
    assert!(Grey::new(100_000, 100_000, Vec::new()).is_none());
    assert!(Grey::of_rgba(30, 30, &[0; 3_600]).is_some());
    assert!(Grey::of_rgba(30, 30, &[0; 3_603]).is_none());
}
