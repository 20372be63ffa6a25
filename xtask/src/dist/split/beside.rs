//! A part beside the first: a program that has everything but its functions from the first.

use super::MODULE;
use super::first::{grown, put};
use super::lent::Lent;
use super::order;
use super::plan::{Part, Plan};
use super::program::Program;
use std::collections::HashMap;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, FunctionSection,
    ImportSection, Module, TypeSection,
};

#[derive(Default)]
struct Beside<'a> {
    same: &'a [u32],
    functions: HashMap<u32, u32>,
    tables: HashMap<u32, u32>,
    memories: HashMap<u32, u32>,
    globals: HashMap<u32, u32>,
}

pub(super) fn write(
    program: &Program,
    plan: &Plan,
    part: &Part,
    lent: &Lent,
) -> Result<Vec<u8>, reencode::Error> {
    let mut beside = Beside { same: &plan.same, ..Beside::default() };
    let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for kind in &program.types {
        types.ty().func_type(&beside.func_type(kind.clone())?);
    }
    for (name, kind, index) in lent.named() {
        let wanted = match kind {
            ExportKind::Table => &part.lent.tables,
            ExportKind::Memory => &part.lent.memories,
            ExportKind::Global => &part.lent.globals,
            _ => &part.lent.functions,
        };
        if !wanted.contains(&index) {
            continue;
        }
        let at = index as usize;
        let (entity, places) = match kind {
            ExportKind::Table => {
                let table = program.tables[at];
                let table = if index == plan.table { grown(table, plan) } else { table };
                (EntityType::Table(beside.table_type(table)?), &mut beside.tables)
            }
            ExportKind::Memory => (beside.memory_type(program.memories[at])?.into(), &mut beside.memories),
            ExportKind::Global => (beside.global_type(program.globals[at])?.into(), &mut beside.globals),
            _ => (EntityType::Function(program.type_of(index)), &mut beside.functions),
        };
        places.insert(index, places.len() as u32);
        imports.import(MODULE, &name, entity);
    }
    let own = order::alike(program, &part.functions);
    for &function in &own {
        beside.functions.insert(function, beside.functions.len() as u32);
        functions.function(program.type_of(function));
    }
    for &function in &own {
        beside.parse_function_body(&mut code, program.body(function))?;
    }
    let elements = beside.elements(program, plan, part);
    let mut data = DataSection::new();
    if let Some(&memory) = beside.memories.get(&0) {
        put(&mut data, memory, &part.data);
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&elements)
        .section(&code)
        .section(&data);
    Ok(module.finish())
}

impl Beside<'_> {
    /// Its functions in the places of the table where others look for them, and the doors behind all.
    fn elements(&self, program: &Program, plan: &Plan, part: &Part) -> ElementSection {
        let known = program.elements.iter().flat_map(|known| known.functions.iter().zip(known.place..));
        let known = known.map(|(&function, place)| (place, plan.same[function as usize]));
        let known = known.filter(|(_, function)| part.functions.binary_search(function).is_ok());
        let doors = part.doors.iter().map(|(&function, &place)| (place, function));
        let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
        for (place, function) in known.chain(doors) {
            let function = self.functions[&function];
            match runs.last_mut() {
                Some((start, run)) if *start + run.len() as u32 == place => run.push(function),
                _ => runs.push((place, vec![function])),
            }
        }
        let mut elements = ElementSection::new();
        let table = self.tables[&plan.table];
        for (place, run) in runs {
            let place = ConstExpr::i32_const(place as i32);
            elements.active((table != 0).then_some(table), &place, Elements::Functions(run.into()));
        }
        elements
    }
}

impl Reencode for Beside<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(self.functions[&self.same[function as usize]])
    }

    fn table_index(&mut self, table: u32) -> Result<u32, reencode::Error> {
        Ok(self.tables[&table])
    }

    fn memory_index(&mut self, memory: u32) -> Result<u32, reencode::Error> {
        Ok(self.memories[&memory])
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error> {
        Ok(self.globals[&global])
    }
}
