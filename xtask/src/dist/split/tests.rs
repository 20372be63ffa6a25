use super::linked::FIRST;
use super::program::Program;
use super::*;
use std::collections::BTreeMap;
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, DataSymbolDefinition, ElementSection, Elements,
    Encode, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType,
    ImportSection, InstructionSink, LinkingSection, MemorySection, MemoryType, Module, NameMap, NameSection,
    RefType, SymbolTable, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::RelocationType::{
    FunctionIndexLeb, MemoryAddrI32, MemoryAddrSleb, TableIndexI32, TableIndexSleb,
};

/// A function: whether it takes and gives a number, its name in the finished program, and what it does.
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
const WORK: u32 = 9;
const WORKER_DOOR: u32 = 10;
const BESIDE_BOTH: u32 = 11;
const NOBODYS: u32 = 12;

const FUNCTIONS: [Made; 12] = [
    (false, "main", |code| {
        code.i32_const(7).call(DOOR).call(SHARED).drop().call(CALLED_FROM_BOTH);
    }),
    (true, "bothways[1]::rooms::later::doors::swap", |code| {
        code.local_get(0).call(HELPER).call(TWIN).call(CALLED_FROM_BOTH).call(IMPORTED).call(BESIDE_BOTH);
    }),
    (true, "shared", |code| {
        code.local_get(0).i32_const(1).i32_add();
    }),
    (true, "unknown::helper", |code| {
        code.global_get(0).i32_load(wasm_encoder::MemArg { offset: 0, align: 2, memory_index: 0 });
    }),
    (true, "core::ptr::drop_glue::<bothways[1]::rooms::swap::Swap::{closure#0}>", |code| {
        code.local_get(0).call(HELPER).i32_const(0).call_indirect(0, 1);
    }),
    // What waits at a door stays in front of it.
    (
        true,
        "live::<bothways[1]::rooms::later::room<bothways[1]::rooms::later::doors::swap>::{closure#0}>",
        |code| {
            code.i32_const(2);
        },
    ),
    (true, "shared again", |code| {
        code.local_get(0).i32_const(1).i32_add();
    }),
    (false, "bothways[1]::rooms::log::entry::is_worded", |code| {
        code.nop();
    }),
    (true, "work", |code| {
        code.local_get(0).call(WORKER_DOOR);
    }),
    (true, "bothways[1]::worker::doors::listen", |code| {
        code.local_get(0).call(BESIDE_BOTH).call(SHARED);
    }),
    (true, "what two parts need", |code| {
        code.local_get(0).i32_const(3).i32_mul();
    }),
    (true, "nobody calls it", |code| {
        code.local_get(0).i32_const(4).i32_mul();
    }),
];

/// The names the linker gives the doors.
const LINKED_DOORS: [(u32, &str); 2] = [
    (DOOR, "_RNvNtNtNtCs1_8bothways5rooms5later5doors4swap"),
    (WORKER_DOOR, "_RNvNtNtCs1_8bothways6worker5doors6listen"),
];

/// The table's places from 1: what the compiler put there.
const TABLE: [u32; 4] = [HANDED_OUT, OTHER, SHARED, TWIN];

/// The data at 2000: what main looks at, what the later part does, a table of functions it has, what both other parts look
/// at, and what nobody does; with something between them that fills up to a round address.
const DATA_AT: u32 = 2000;
const DATA: &[u8] = b"main\0\0\0\0laterVTABLEbothdead";
const PIECES: [(u32, u32); 5] = [(0, 4), (8, 5), (13, 6), (19, 4), (23, 4)];
/// Their symbols, behind those of the functions.
const MAINS: u32 = 13;
const LATERS: u32 = 14;
const VTABLE: u32 = 15;
const BOTHS: u32 = 16;
const DEAD: u32 = 17;

/// What the linker knows: in which function, what sort, and of which symbol. A function's symbol has its number.
const IN_CODE: [(u32, wasmparser::RelocationType, u32); 17] = [
    (START, FunctionIndexLeb, DOOR),
    (START, FunctionIndexLeb, SHARED),
    (START, FunctionIndexLeb, CALLED_FROM_BOTH),
    (START, TableIndexSleb, OTHER),
    (START, MemoryAddrSleb, MAINS),
    (DOOR, FunctionIndexLeb, HELPER),
    (DOOR, FunctionIndexLeb, TWIN),
    (DOOR, FunctionIndexLeb, CALLED_FROM_BOTH),
    (DOOR, FunctionIndexLeb, IMPORTED),
    (DOOR, FunctionIndexLeb, BESIDE_BOTH),
    (DOOR, TableIndexSleb, TWIN),
    (HELPER, MemoryAddrSleb, LATERS),
    (HELPER, MemoryAddrSleb, VTABLE),
    (WORK, FunctionIndexLeb, WORKER_DOOR),
    (WORKER_DOOR, FunctionIndexLeb, BESIDE_BOTH),
    (BESIDE_BOTH, MemoryAddrSleb, BOTHS),
    (NOBODYS, MemoryAddrSleb, DEAD),
];
/// And in the data, at which byte of it.
const IN_DATA: [(u32, wasmparser::RelocationType, u32); 2] =
    [(13, TableIndexI32, HANDED_OUT), (9, MemoryAddrI32, VTABLE)];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Linked,
    Finished,
    /// As a build that keeps no names makes it.
    Unnamed,
}

fn made(kind: Kind) -> Vec<u8> {
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
        let linked = LINKED_DOORS.iter().find(|(door, _)| *door == at && kind == Kind::Linked);
        names.append(at, linked.map_or(name, |(_, name)| name));
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
    exports.export("work", ExportKind::Func, WORK);
    if kind == Kind::Linked {
        exports.export("__wbindgen_describe_x", ExportKind::Func, NOBODYS);
    }
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions((&TABLE[..]).into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(DATA_AT as i32), DATA.iter().copied());
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
    module.section(&globals).section(&exports).section(&elements).section(&code).section(&data);
    if kind == Kind::Linked {
        module.section(&symbols());
        let wasm = module.as_slice().to_vec();
        for (name, bytes) in [("reloc.CODE", in_code(&wasm)), ("reloc.DATA", in_data(&wasm))] {
            module.section(&CustomSection { name: name.into(), data: bytes.into() });
        }
    }
    if kind != Kind::Unnamed {
        let mut section = NameSection::new();
        section.functions(&names);
        module.section(&section);
    }
    module.finish()
}

fn symbols() -> LinkingSection {
    let mut symbols = SymbolTable::new();
    symbols.function(SymbolTable::WASM_SYM_UNDEFINED, IMPORTED, None);
    for (at, _) in (1..).zip(FUNCTIONS) {
        symbols.function(0, at, Some(&format!("f{at}")));
    }
    for (at, (offset, size)) in PIECES.into_iter().enumerate() {
        symbols.data(0, &format!("d{at}"), Some(DataSymbolDefinition { index: 0, offset, size }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    linking
}

/// The bytes of a section of relocations: section, count, and for each its sort, where, which symbol, and what to add.
fn relocations(all: impl IntoIterator<Item = (usize, wasmparser::RelocationType, u32)>) -> Vec<u8> {
    let (mut count, mut entries) = (0_u32, Vec::new());
    for (at, sort, symbol) in all {
        count += 1;
        entries.push(sort as u8);
        (at as u32).encode(&mut entries);
        symbol.encode(&mut entries);
        if [MemoryAddrSleb, MemoryAddrI32].contains(&sort) {
            0_i32.encode(&mut entries);
        }
    }
    let mut bytes = Vec::new();
    8_u32.encode(&mut bytes);
    count.encode(&mut bytes);
    [bytes, entries].concat()
}

fn in_code(wasm: &[u8]) -> Vec<u8> {
    let (mut start, mut bodies) = (0, Vec::new());
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            wasmparser::Payload::CodeSectionStart { range, .. } => start = range.start,
            wasmparser::Payload::CodeSectionEntry(body) => bodies.push(body.range().start),
            _ => {}
        }
    }
    relocations(IN_CODE.map(|(function, sort, symbol)| (bodies[function as usize - 1] - start, sort, symbol)))
}

fn in_data(wasm: &[u8]) -> Vec<u8> {
    let at = wasm.windows(DATA.len()).position(|window| window == DATA).unwrap();
    let mut start = 0;
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let wasmparser::Payload::DataSection(data) = payload.unwrap() {
            start = data.range().start;
        }
    }
    relocations(IN_DATA.map(|(place, sort, symbol)| (at + place as usize - start, sort, symbol)))
}

fn parted() -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let Parts { first, beside } = parts(&made(Kind::Finished), &made(Kind::Linked)).unwrap();
    let [later, worker] = beside.try_into().unwrap();
    (first, later, worker)
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
fn what_only_a_part_calls_stands_in_it() {
    for wasm in [made(Kind::Finished), made(Kind::Linked)] {
        assert_valid(&wasm);
    }
    let (first, later, worker) = parted();
    for part in [&first, &later, &worker] {
        assert_valid(part);
    }
    let [first, later, worker] = [&first, &later, &worker].map(|part| Program::read(part).unwrap());
    // main, shared, other, is_worded, work, two doors' places, and what stops the program.
    assert_eq!(first.bodies.len(), 8);
    // The door, the helper, what was handed out, and what both parts need; `shared again` is `shared`.
    assert_eq!(later.bodies.len(), 4);
    // The door, and what both parts need.
    assert_eq!(worker.bodies.len(), 2);
    // shared, is_worded, js.f
    assert_eq!(later.imported, 3);
    assert_eq!(worker.imported, 1);
}

#[test]
fn every_place_of_the_table_is_filled_once() {
    let (first, later, worker) = parted();
    let [first, later, worker] = [&first, &later, &worker].map(|part| Program::read(part).unwrap());
    let nobody = first.functions.len() as u32 - 1;
    let in_first = filled(&first);
    let open: Vec<u32> =
        in_first.iter().filter(|(_, function)| **function == nobody).map(|(at, _)| *at).collect();
    assert_eq!(open, [1], "only what a later room has handed out, though nothing but its data names it");
    assert_eq!(in_first[&3], in_first[&4], "two that do the same are one");
    let door = TABLE.len() as u32 + 1;
    assert_eq!(filled(&later).into_keys().collect::<Vec<_>>(), [1, door]);
    assert_eq!(filled(&worker).into_keys().collect::<Vec<_>>(), [door + 1]);
    let size = u64::from(door) + 2;
    for table in [first.tables[0], later.tables[0], worker.tables[0]] {
        assert_eq!((table.initial, table.maximum), (size, Some(size)));
    }
}

#[test]
fn what_only_a_part_looks_at_comes_with_it() {
    let (first, later, worker) = parted();
    let data = |wasm: &[u8]| -> Vec<(u32, String)> {
        let program = Program::read(wasm).unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        program.data.iter().map(|(address, bytes)| (*address, text(bytes))).collect()
    };
    let at = |offset: u32, text: &str| (DATA_AT + offset, text.to_owned());
    // What nobody looks at stays where it was: it costs little, and to be wrong would cost much.
    assert_eq!(data(&first), [at(0, "main"), at(23, "dead")]);
    assert_eq!(data(&later), [at(8, "laterVTABLEboth")]);
    assert_eq!(data(&worker), [at(19, "both")]);
}

#[test]
fn what_the_linker_knew_is_that_of_this_program_or_nothing_is_parted() {
    let linked = made(Kind::Linked);
    let at = linked.windows(DATA.len()).position(|window| window == DATA).unwrap();
    let mut other = linked.clone();
    other[at] = b'M';
    let refused = |linked: &[u8]| parts(&made(Kind::Finished), linked).err().map(|odd| odd.to_string());
    assert!(refused(&other).unwrap().contains("other data"));
    assert!(refused(&made(Kind::Finished)).unwrap().contains("no relocations"));
    assert!(refused(b"").is_some());
    assert_eq!(refused(&linked), None);
}

#[test]
fn an_address_that_only_a_part_takes_is_that_parts() {
    let linked = Linked::read(&made(Kind::Linked)).unwrap();
    // Handed out by the later part's data; taken by main; called and never taken, so somebody else may; taken by a door.
    assert_eq!([1, 2, 3, 4].map(|place| linked.of_place(place)), [1, FIRST, FIRST, 1]);
    assert_eq!(linked.of_place(9), FIRST, "a place that came later");
    assert_eq!(linked.of_byte(DATA_AT + 5), None, "what only fills up");
    assert_eq!(linked.of_byte(DATA_AT + 100), Some(FIRST));
}

#[test]
fn a_part_asks_for_nothing_that_the_first_does_not_lend() {
    let (first, later, worker) = parted();
    let mut lent = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(&first) {
        if let wasmparser::Payload::ExportSection(exports) = payload.unwrap() {
            lent.extend(exports.into_iter().map(|export| export.unwrap().name.to_owned()));
        }
    }
    assert_eq!(lent[..3], ["memory", "main", "work"]);
    let mut asked = Vec::new();
    for part in [later, worker] {
        for payload in wasmparser::Parser::new(0).parse_all(&part) {
            if let wasmparser::Payload::ImportSection(imports) = payload.unwrap() {
                for import in imports.into_imports() {
                    let import = import.unwrap();
                    assert_eq!(import.module, MODULE);
                    asked.push(import.name.to_owned());
                }
            }
        }
    }
    asked.sort();
    asked.dedup();
    let mut lent = lent.split_off(3);
    lent.sort();
    assert_eq!(lent, asked);
}

#[test]
fn a_program_without_names_stays_whole() {
    let wasm = made(Kind::Unnamed);
    let Parts { first, beside } = parts(&wasm, &made(Kind::Linked)).unwrap();
    assert_eq!((first, beside), (wasm, Vec::new()));
}

#[test]
fn no_name_is_shipped() {
    let (first, later, worker) = parted();
    for part in [first, later, worker] {
        assert!(Program::read(&part).unwrap().names.is_empty());
    }
}
