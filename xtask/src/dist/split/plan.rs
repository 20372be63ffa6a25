//! Which function stands in which part.

use super::linked::{FIRST, Homes, Linked};
use super::program::{Program, Uses};
use super::{BESIDE, Odd};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use wasm_encoder::reencode::{self, Reencode};

pub(super) struct Plan {
    /// For each function the one that is kept of all that do the same.
    pub same: Vec<u32>,
    /// The functions of the first part in their order; the imported ones are not among them.
    pub first: Vec<u32>,
    /// The parts beside it, in the order of [`BESIDE`].
    pub beside: Vec<Part>,
    /// The table in which all this is.
    pub table: u32,
    /// What the memory holds for the first part.
    pub data: Vec<(u32, Vec<u8>)>,
}

/// A part beside the first.
pub(super) struct Part {
    /// Its functions in their order. What two parts need and the first does not, stands in both: neither has the other.
    pub functions: Vec<u32>,
    /// Those of them that the first calls, and the new place in the table for each.
    pub doors: BTreeMap<u32, u32>,
    /// What it has of the first.
    pub lent: Uses,
    /// What the memory holds for it alone.
    pub data: Vec<(u32, Vec<u8>)>,
}

impl Plan {
    pub fn new(program: &Program, linked: &Linked) -> Result<Self, Odd> {
        let uses: Vec<Uses> = program.defined().map(|f| program.uses(f)).collect::<Result<_, _>>()?;
        let uses_of = |function: u32| &uses[function as usize - program.imported];
        let homes = homes(program, linked, uses_of);
        let same = same(program, &homes)?;
        let kept = || program.defined().filter(|&function| same[function as usize] == function);
        let first: Vec<u32> = kept().filter(|&function| homes[function as usize] == FIRST).collect();

        let (Some(elements), 1) = (program.elements.first(), program.elements.len()) else {
            return Err(Odd::Unknown("a table filled in several pieces"));
        };
        let table = program.tables.get(elements.table as usize).ok_or(Odd::Unknown("no table"))?;
        let mut free = u32::try_from(table.initial).map_err(|_| Odd::Unknown("a table without end"))?;
        let called = first.iter().flat_map(|&function| &uses_of(function).functions);
        let called: BTreeSet<u32> = called.map(|&function| same[function as usize]).collect();
        if !linked.fits(&program.data) {
            return Err(Odd::Unknown("other data than what was linked"));
        }
        let mut beside = Vec::new();
        for part in 0..BESIDE.len() {
            let is_in = |function: &u32| homes[*function as usize] & 1 << part != 0;
            let is_firsts = |function: &u32| homes[*function as usize] == FIRST;
            let functions: Vec<u32> = kept().filter(|f| is_in(f) && !is_firsts(f)).collect();
            let doors = functions.iter().copied().filter(|function| called.contains(function));
            let doors: BTreeMap<u32, u32> = doors.zip(free..).collect();
            free += doors.len() as u32;
            let mut lent = Uses::default();
            lent.tables.insert(elements.table);
            for &function in &functions {
                let uses = uses_of(function);
                lent.functions.extend(uses.functions.iter().map(|&function| same[function as usize]));
                lent.tables.extend(&uses.tables);
                lent.memories.extend(&uses.memories);
                lent.globals.extend(&uses.globals);
                if uses.segments {
                    return Err(Odd::Unknown("code that copies elements"));
                }
            }
            lent.functions.retain(|function| functions.binary_search(function).is_err());
            if !lent.functions.iter().all(is_firsts) {
                return Err(Odd::Unknown("a part that goes through the door of another"));
            }
            let data = data(program, |home| home != FIRST && home & 1 << part != 0, linked);
            if !data.is_empty() {
                lent.memories.insert(0);
            }
            beside.push(Part { functions, doors, lent, data });
        }
        let data = data(program, |home| home == FIRST, linked);
        Ok(Self { table: elements.table, same, first, beside, data })
    }

    /// Every door, with its place in the table.
    pub fn doors(&self) -> impl Iterator<Item = (u32, u32)> + use<'_> {
        self.beside.iter().flat_map(|part| part.doors.iter().map(|(&function, &place)| (function, place)))
    }
}

/// For each function where it is needed. In the first part is whatever can be called without going through a door.
fn homes<'a>(program: &Program, linked: &Linked, uses_of: impl Fn(u32) -> &'a Uses) -> Vec<Homes> {
    let doors = BESIDE.map(|beside| -> BTreeSet<u32> {
        let names = program.names.iter().filter(|(_, name)| is_door(beside.doors, name));
        names.map(|(function, _)| *function).collect()
    });
    let in_table = program.elements.iter().flat_map(|known| (known.place..).zip(&known.functions));
    let in_table: Vec<(Homes, u32)> =
        in_table.map(|(place, &function)| (linked.of_place(place), function)).collect();
    let mut homes: Vec<Homes> = vec![0; program.functions.len()];
    homes[..program.imported].fill(FIRST);
    let mut reach = |home: Homes, mut open: Vec<u32>, closed: &[BTreeSet<u32>]| {
        open.extend(in_table.iter().filter(|(asked, _)| asked & home == home).map(|(_, function)| function));
        while let Some(function) = open.pop() {
            let known = &mut homes[function as usize];
            if *known & home != home {
                *known |= home;
                let called = uses_of(function).functions.iter();
                open.extend(called.filter(|called| !closed.iter().any(|doors| doors.contains(called))));
            }
        }
    };
    reach(FIRST, program.exported.clone(), &doors);
    for (part, doors) in doors.iter().enumerate() {
        reach(1 << part, doors.iter().copied().collect(), &[]);
    }
    homes
}

/// Whether it is a door itself, and nothing that was made for one: what waits at the door has it in its name too. A name is
/// that of the crate, its number in brackets, and the path in it.
pub(super) fn is_door(path: &[&str], name: &str) -> bool {
    let is_word = |text: &str| text.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_');
    let within = name.split_once("]::").filter(|(before, _)| !before.contains('<'));
    let door = within.and_then(|(_, path_of)| path_of.strip_prefix(&(path.join("::") + "::")));
    door.is_some_and(is_word)
}

/// For each function the first of all that do the same. The compiler and wasm-opt are told not to make them one, because
/// they would not know where each of them is needed. Here one takes the place of another only where it is in every part
/// that the other is in.
fn same(program: &Program, homes: &[Homes]) -> Result<Vec<u32>, Odd> {
    let mut same: Vec<u32> = (0..program.functions.len() as u32).collect();
    loop {
        let mut known: HashMap<_, Vec<u32>> = HashMap::new();
        let mut next = same.clone();
        let mut order: Vec<u32> = program.defined().collect();
        order.sort_by_key(|&function| std::cmp::Reverse(homes[function as usize].count_ones()));
        for function in order {
            let mut code = wasm_encoder::CodeSection::new();
            Same(&same).parse_function_body(&mut code, program.body(function))?;
            let mut bytes = Vec::new();
            wasm_encoder::Encode::encode(&code, &mut bytes);
            let home = homes[function as usize];
            let alike = known.entry((program.type_of(function), bytes)).or_default();
            match alike.iter().find(|&&other| homes[other as usize] & home == home) {
                Some(&other) => next[function as usize] = other,
                None => {
                    alike.push(function);
                    next[function as usize] = function;
                }
            }
        }
        // Those that call what has become one may have become the same by it.
        if next == same {
            return Ok(same);
        }
        same = next;
    }
}

/// The bytes of memory that are needed where this is so, in runs. A run goes on over what nobody needs.
fn data(program: &Program, is_here: impl Fn(Homes) -> bool, linked: &Linked) -> Vec<(u32, Vec<u8>)> {
    let mut runs: Vec<(u32, Vec<u8>)> = Vec::new();
    for (start, bytes) in &program.data {
        let mut open = false;
        for (address, &byte) in (*start..).zip(*bytes) {
            match linked.of_byte(address) {
                Some(home) if is_here(home) && !open => {
                    open = true;
                    runs.push((address, vec![byte]));
                }
                Some(home) if !is_here(home) => open = false,
                _ => {
                    if open && let Some((_, run)) = runs.last_mut() {
                        run.push(byte);
                    }
                }
            }
        }
    }
    for (_, run) in &mut runs {
        let end = run.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        run.truncate(end);
    }
    runs.retain(|(_, run)| !run.is_empty());
    runs
}

struct Same<'a>(&'a [u32]);

impl Reencode for Same<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(self.0[function as usize])
    }
}
