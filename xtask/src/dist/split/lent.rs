//! What the first part lends those beside it, and under which names.

use super::plan::Plan;
use super::program::Uses;
use wasm_encoder::ExportKind;

/// Functions first, so that the numbers of the most are the shortest.
pub(super) struct Lent(Vec<(ExportKind, u32)>);

impl Lent {
    pub fn new(plan: &Plan) -> Self {
        let mut lent = Uses::default();
        for part in &plan.beside {
            lent.functions.extend(&part.lent.functions);
            lent.tables.extend(&part.lent.tables);
            lent.memories.extend(&part.lent.memories);
            lent.globals.extend(&part.lent.globals);
        }
        let all = [
            (ExportKind::Func, lent.functions),
            (ExportKind::Table, lent.tables),
            (ExportKind::Memory, lent.memories),
            (ExportKind::Global, lent.globals),
        ];
        Self(
            all.into_iter().flat_map(|(kind, all)| all.into_iter().map(move |index| (kind, index))).collect(),
        )
    }

    /// A name for each, what it is, and its number in the whole program.
    pub fn named(&self) -> impl Iterator<Item = (String, ExportKind, u32)> + use<'_> {
        self.0.iter().enumerate().map(|(number, &(kind, index))| (name(number), kind, index))
    }
}

/// wasm-bindgen's names are those of Rust, in which there is no dollar.
fn name(mut number: usize) -> String {
    const LETTERS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
    let mut name = "$".to_owned();
    loop {
        name.push(char::from(LETTERS[number % 64]));
        number /= 64;
        if number == 0 {
            return name;
        }
    }
}
