//! Pictures of codes that a camera's first look does not read: what is tried then, and what it makes of a picture.

use crate::mutations::Dice;
use bothways::qr::code::Code;
use bothways::qr::see::Grey;

const WORDS: &str = "two people, one log";

/// How a code is drawn.
#[derive(Clone, Copy)]
struct Drawn {
    /// Pixels a module.
    module: f64,
    /// How much of a module's side is dark, from its middle.
    filled: f64,
    light: u8,
    dark: u8,
    /// How far shades stray.
    grain: usize,
}

const PLAIN: Drawn = Drawn { module: 6.0, filled: 1.0, light: 235, dark: 25, grain: 0 };

impl Drawn {
    fn picture(self) -> Grey {
        let code = Code::of_text(WORDS).unwrap();
        let modules = code.side() as usize;
        let mut dark = vec![false; modules * modules];
        code.dark().for_each(|(x, y)| dark[y as usize * modules + x as usize] = true);
        let side = ((modules as f64 + 8.0) * self.module) as usize;
        let mut dice = Dice(3);
        // Nine points of each pixel, since a module may be hardly wider than one.
        let is_dark = |x: f64, y: f64| {
            let (x, y) = (x / self.module - 4.0, y / self.module - 4.0);
            let inside = (0.0..modules as f64).contains(&x) && (0.0..modules as f64).contains(&y);
            let (column, row) = (x.floor(), y.floor());
            let corner = |at: f64| at < 7.0;
            let far = |at: f64| at >= modules as f64 - 7.0;
            let in_corner = (corner(column) || far(column)) && (corner(row) || far(row));
            let near = |at: f64| (at.fract() - 0.5).abs() * 2.0 <= self.filled;
            inside && dark[row as usize * modules + column as usize] && ((near(x) && near(y)) || in_corner)
        };
        let pixels = (0..side * side).map(|at| {
            let (x, y) = ((at % side) as f64, (at / side) as f64);
            let points = (0..9).filter(|n| {
                is_dark(x + f64::from(n % 3) / 3.0 + 1.0 / 6.0, y + f64::from(n / 3) / 3.0 + 1.0 / 6.0)
            });
            let part = points.count() as f64 / 9.0;
            let shade = f64::from(self.light) * (1.0 - part) + f64::from(self.dark) * part;
            let strays = dice.below(2 * self.grain + 1) as f64 - self.grain as f64;
            (shade + strays).clamp(0.0, 255.0) as u8
        });
        Grey::new(side as u32, side as u32, pixels.collect()).unwrap()
    }
}

fn is_read(found: Option<Vec<u8>>) -> bool {
    found.inspect(|found| assert_eq!(String::from_utf8_lossy(found), WORDS, "read wrongly")).is_some()
}

#[test]
fn a_code_is_read_while_it_is_filmed_on_a_dim_screen_too() {
    assert!(is_read(PLAIN.picture().code()));
    assert!(is_read(Drawn { light: 60, dark: 42, ..PLAIN }.picture().code()));
}

#[test]
fn in_a_photo_a_code_may_be_white_on_black_dotted_grainy_or_tiny() {
    let difficult = [
        ("white on black", Drawn { light: 20, dark: 230, ..PLAIN }),
        ("dotted", Drawn { module: 9.0, filled: 0.4, grain: 40, ..PLAIN }),
        ("grainy", Drawn { grain: 120, ..PLAIN }),
        ("large and grainy", Drawn { module: 24.0, grain: 110, ..PLAIN }),
        ("tiny", Drawn { module: 1.25, ..PLAIN }),
    ];
    for (name, drawn) in difficult {
        let picture = drawn.picture();
        assert!(!is_read(picture.code()), "{name}: no longer difficult");
        assert!(is_read(picture.code_in_photo()), "{name}");
    }
}

fn square(side: u32, shade: impl Fn(u32, u32) -> u8) -> Grey {
    let places = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    Grey::new(side, side, places.map(|(x, y)| shade(x, y)).collect()).unwrap()
}

#[test]
fn whatever_is_made_of_a_picture_of_one_shade_has_that_shade() {
    for shade in [0, 1, 100, 254, 255] {
        let plain = square(50, |_, _| shade);
        for reach in [1, 2, 3, 10, 20, 60, 255] {
            assert!(plain.blurred(reach) == plain, "{shade} blurred by {reach}");
            assert!(plain.sharpened(reach) == plain, "{shade} sharpened by {reach}");
        }
        assert!(plain.double().unwrap() == square(100, |_, _| shade), "{shade}");
        assert!(plain.half().unwrap() == square(25, |_, _| shade), "{shade}");
        assert!(plain.inverted() == square(50, |_, _| 255 - shade), "{shade}");
    }
}

#[test]
fn blurring_a_dot_spreads_it_evenly_around_it_and_doubling_makes_soft_steps() {
    let dot = square(30, |x, y| if (x, y) == (10, 20) { 252 } else { 0 });
    let near = |x: u32, y: u32| x.abs_diff(10) <= 1 && y.abs_diff(20) <= 1;
    assert!(dot.blurred(1) == square(30, |x, y| if near(x, y) { 28 } else { 0 }));
    let step = square(30, |x, _| if x < 10 { 0 } else { 80 });
    let soft = [(18, 0), (19, 20), (20, 60), (21, 80)];
    let row = step.double().unwrap().pixels()[..60].to_vec();
    assert!(soft.iter().all(|(x, shade)| row[*x] == *shade), "{row:?}");
    // Too large to look at, or too small for a code.
    assert!(square(5_000, |_, _| 0).double().is_none());
    assert!(square(40, |_, _| 0).half().is_none());
}
