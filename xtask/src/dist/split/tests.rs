use super::program::Program;
use super::*;
use std::collections::BTreeMap;
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, GlobalSection, GlobalType, ImportSection, InstructionSink, MemorySection, MemoryType,
    Module, NameMap, NameSection, RefType, TableSection, TableType, TypeSection, ValType,
};

/// A function: whether it takes and gives a number, its name, and what it does.
type Made = (bool, &'static str, fn(&mut InstructionSink));

const IMPORTED: u32 = 0;
const START: u32 = 1;
const DOOR: u32 = 2;
const SHARED: u32 = 3;
const HELPER: u32 = 4;
const HANDED_OUT: u32 = 5;
const OTHER: u32 = 6;
const TWIN: u32 = 7;
const CALLED_FROM_BOTH: u32 = 8;

const FUNCTIONS: [Made; 8] = [
    (false, "main", |code| {
        code.i32_const(7).call(DOOR).call(SHARED).drop().call(CALLED_FROM_BOTH);
    }),
    (true, "bothways::rooms::later::doors::swap", |code| {
        code.local_get(0).call(HELPER).call(TWIN).call(CALLED_FROM_BOTH).call(IMPORTED);
    }),
    (true, "shared", |code| {
        code.local_get(0).i32_const(1).i32_add();
    }),
    (true, "unknown::helper", |code| {
        code.global_get(0).i32_load(wasm_encoder::MemArg { offset: 0, align: 2, memory_index: 0 });
    }),
    (true, "core::ptr::drop_glue::<bothways::rooms::swap::Swap::{closure#0}>", |code| {
        code.local_get(0).call(HELPER).i32_const(0).call_indirect(0, 1);
    }),
    // What waits at a door stays in front of it.
    (true, "live::<rooms::later::room<bothways::rooms::later::doors::swap>::{closure#0}>", |code| {
        code.i32_const(2);
    }),
    (true, "shared again", |code| {
        code.local_get(0).i32_const(1).i32_add();
    }),
    (false, "bothways::rooms::log::entry::is_worded", |code| {
        code.nop();
    }),
];

/// The table's places from 1: what the compiler put there.
const TABLE: [u32; 4] = [HANDED_OUT, OTHER, SHARED, TWIN];

fn made(has_names: bool) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("js", "f", EntityType::Function(1));
    let (mut functions, mut code, mut names) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
    for (at, (takes, name, body)) in (1..).zip(FUNCTIONS) {
        functions.function(u32::from(takes));
        let mut function = Function::new([]);
        body(&mut function.instructions());
        function.instructions().end();
        code.function(&function);
        names.append(at, name);
    }
    let mut tables = TableSection::new();
    let places = TABLE.len() as u64 + 1;
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: places,
        maximum: Some(places),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    globals.global(
        GlobalType { val_type: ValType::I32, mutable: true, shared: false },
        &ConstExpr::i32_const(1024),
    );
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("main", ExportKind::Func, START);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions((&TABLE[..]).into()));
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports).section(&elements).section(&code);
    if has_names {
        let mut section = NameSection::new();
        section.functions(&names);
        module.section(&section);
    }
    module.finish()
}

fn assert_valid(wasm: &[u8]) {
    wasmparser::Validator::new().validate_all(wasm).unwrap();
}

/// The functions in a table, by place.
fn filled(program: &Program) -> BTreeMap<u32, u32> {
    let mut filled = BTreeMap::new();
    for elements in &program.elements {
        for (place, &function) in (elements.place..).zip(&elements.functions) {
            assert_eq!(filled.insert(place, function), None, "filled twice: {place}");
        }
    }
    filled
}

#[test]
fn what_only_a_later_room_calls_stands_in_the_later_part() {
    let wasm = made(true);
    assert_valid(&wasm);
    let parts = parts(&wasm).unwrap();
    assert_valid(&parts.first);
    assert_valid(&parts.later);
    let (first, later) = (Program::read(&parts.first).unwrap(), Program::read(&parts.later).unwrap());
    // main, shared, other, is_worded, the door's place, and what stops the program.
    assert_eq!(first.bodies.len(), 6);
    // The door, the helper, and what was handed out; `shared again` is `shared`.
    assert_eq!(later.bodies.len(), 3);
    // shared, is_worded, js.f
    assert_eq!(later.imported, 3);
}

#[test]
fn every_place_of_the_table_is_filled_once() {
    let parts = parts(&made(true)).unwrap();
    let (first, later) = (Program::read(&parts.first).unwrap(), Program::read(&parts.later).unwrap());
    let nobody = first.functions.len() as u32 - 1;
    let in_first = filled(&first);
    let open: Vec<u32> =
        in_first.iter().filter(|(_, function)| **function == nobody).map(|(at, _)| *at).collect();
    assert_eq!(open, [1], "only what a later room has handed out");
    assert_eq!(in_first[&3], in_first[&4], "two that do the same are one");
    let door = TABLE.len() as u32 + 1;
    assert_eq!(filled(&later).into_keys().collect::<Vec<_>>(), [1, door]);
    let size = u64::from(door) + 1;
    for table in [first.tables[0], later.tables[0]] {
        assert_eq!((table.initial, table.maximum), (size, Some(size)));
    }
}

#[test]
fn the_later_part_asks_for_nothing_that_the_first_does_not_lend() {
    let parts = parts(&made(true)).unwrap();
    let mut lent = Vec::new();
    let mut asked = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&parts.first) {
        if let wasmparser::Payload::ExportSection(exports) = payload.unwrap() {
            lent.extend(exports.into_iter().map(|export| export.unwrap().name.to_owned()));
        }
    }
    for payload in wasmparser::Parser::new(0).parse_all(&parts.later) {
        if let wasmparser::Payload::ImportSection(imports) = payload.unwrap() {
            for import in imports.into_imports() {
                let import = import.unwrap();
                assert_eq!(import.module, MODULE);
                asked.push(import.name.to_owned());
            }
        }
    }
    assert_eq!(lent[..2], ["memory", "main"]);
    assert_eq!(lent[2..], asked);
}

#[test]
fn a_program_without_names_stays_whole() {
    let wasm = made(false);
    let Parts { first, later } = parts(&wasm).unwrap();
    assert_eq!((first, later), (wasm, Vec::new()));
}

#[test]
fn no_name_is_shipped() {
    let Parts { first, later } = parts(&made(true)).unwrap();
    for part in [first, later] {
        assert!(Program::read(&part).unwrap().names.is_empty());
    }
}
