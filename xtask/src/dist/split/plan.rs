//! Which function stands in which part.

use super::program::{Program, Uses};
use super::{DOORS, Odd, ROOMS};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use wasm_encoder::reencode::{self, Reencode};

pub(super) struct Plan {
    /// For each function the one that is kept of all that do the same.
    pub same: Vec<u32>,
    /// The functions of the first part in their order; the imported ones are not among them.
    pub first: Vec<u32>,
    /// Those of the later part.
    pub later: Vec<u32>,
    /// Functions of the later part that the first calls, and the new place in the table for each.
    pub doors: BTreeMap<u32, u32>,
    /// The table in which all this is.
    pub table: u32,
    /// What the later part has of the first.
    pub lent: Uses,
}

impl Plan {
    pub fn new(program: &Program) -> Result<Self, Odd> {
        let uses: Vec<Uses> = program.defined().map(|f| program.uses(f)).collect::<Result<_, _>>()?;
        let uses_of = |function: u32| &uses[function as usize - program.imported];
        let stays = stays(program, uses_of);
        let same = same(program, &stays)?;
        let is_kept = |&function: &u32| same[function as usize] == function;
        let (first, later): (Vec<u32>, Vec<u32>) =
            program.defined().filter(is_kept).partition(|&function| stays[function as usize]);

        let (Some(elements), 1) = (program.elements.first(), program.elements.len()) else {
            return Err(Odd::Unknown("a table filled in several pieces"));
        };
        let table = program.tables.get(elements.table as usize).ok_or(Odd::Unknown("no table"))?;
        let free = u32::try_from(table.initial).map_err(|_| Odd::Unknown("a table without end"))?;
        let called = first.iter().flat_map(|&function| &uses_of(function).functions);
        let called: BTreeSet<u32> = called.map(|&function| same[function as usize]).collect();
        let doors = later.iter().copied().filter(|function| called.contains(function)).zip(free..).collect();

        let mut lent = Uses::default();
        lent.tables.insert(elements.table);
        for &function in &later {
            let uses = uses_of(function);
            lent.functions.extend(uses.functions.iter().map(|&function| same[function as usize]));
            lent.tables.extend(&uses.tables);
            lent.memories.extend(&uses.memories);
            lent.globals.extend(&uses.globals);
            if uses.segments {
                return Err(Odd::Unknown("code that copies elements"));
            }
        }
        lent.functions.retain(|function| later.binary_search(function).is_err());
        Ok(Self { table: elements.table, same, first, later, doors, lent })
    }
}

/// For each function whether it stays in the first part: whatever can be called without going through a door. A function in
/// the table is called by whoever knows its place; where its name says that a later room made it, nobody else does.
fn stays<'a>(program: &Program, uses_of: impl Fn(u32) -> &'a Uses) -> Vec<bool> {
    let named = |is_it: fn(&str) -> bool| -> BTreeSet<u32> {
        let names = program.names.iter().filter(|(_, name)| is_it(name));
        names.map(|(function, _)| *function).collect()
    };
    let doors = named(is_door);
    let rooms = named(|name| ROOMS.iter().any(|room| name.contains(room)));
    let mut stays = vec![false; program.functions.len()];
    stays[..program.imported].fill(true);
    let in_table = program.elements.iter().flat_map(|elements| &elements.functions);
    let mut open: Vec<u32> = in_table.copied().filter(|f| !rooms.contains(f)).collect();
    open.extend(&program.exported);
    while let Some(function) = open.pop() {
        if !std::mem::replace(&mut stays[function as usize], true) {
            open.extend(uses_of(function).functions.iter().filter(|called| !doors.contains(called)));
        }
    }
    stays
}

/// Whether it is a door itself, and nothing that was made for one: what waits at the door has it in its name too.
pub(super) fn is_door(name: &str) -> bool {
    let is_word = |text: &str| text.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'_');
    let named = name.split_once(DOORS);
    named.is_some_and(|(before, door)| !before.contains(['<', '{']) && is_word(door))
}

/// For each function the first of all that do the same. The compiler and wasm-opt are told not to make them one, because
/// they would not know which of them must stay. Here one that stays takes the place of one that does not, never the
/// other way round.
fn same(program: &Program, stays: &[bool]) -> Result<Vec<u32>, Odd> {
    let mut same: Vec<u32> = (0..program.functions.len() as u32).collect();
    loop {
        let mut known = HashMap::new();
        let mut next = same.clone();
        let (first, later): (Vec<u32>, Vec<u32>) =
            program.defined().partition(|&function| stays[function as usize]);
        for function in first.into_iter().chain(later) {
            let mut code = wasm_encoder::CodeSection::new();
            Same(&same).parse_function_body(&mut code, program.body(function))?;
            let mut bytes = Vec::new();
            wasm_encoder::Encode::encode(&code, &mut bytes);
            next[function as usize] = *known.entry((program.type_of(function), bytes)).or_insert(function);
        }
        // Those that call what has become one may have become the same by it.
        if next == same {
            return Ok(same);
        }
        same = next;
    }
}

struct Same<'a>(&'a [u32]);

impl Reencode for Same<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(self.0[function as usize])
    }
}
