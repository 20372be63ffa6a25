//! A finished program, as far as one has to know it to part it.

use super::Odd;
use std::collections::BTreeSet;
use wasm_encoder::reencode::{self, Reencode};
use wasmparser::{
    DataKind, ElementItems, ElementKind, FuncType, FunctionBody, GlobalType, KnownCustom, MemoryType, Name,
    NameSectionReader, Operator, Parser, Payload, TableType, TypeRef,
};

/// What stands in its sections.
#[derive(Default)]
pub(super) struct Program<'a> {
    pub types: Vec<FuncType>,
    /// The type of each function, the imported ones first.
    pub functions: Vec<u32>,
    pub imported: usize,
    pub bodies: Vec<FunctionBody<'a>>,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    /// Functions that are called from outside.
    pub exported: Vec<u32>,
    pub elements: Vec<Elements>,
    /// What the memory holds at the start, by address.
    pub data: Vec<(u32, &'a [u8])>,
    pub names: Vec<(u32, &'a str)>,
}

/// Functions that stand in a table, from a place on.
pub(super) struct Elements {
    pub table: u32,
    pub place: u32,
    pub functions: Vec<u32>,
}

/// What a function's body names.
#[derive(Default)]
pub(super) struct Uses {
    pub functions: BTreeSet<u32>,
    pub tables: BTreeSet<u32>,
    pub memories: BTreeSet<u32>,
    pub globals: BTreeSet<u32>,
    /// Data or elements that are copied by code.
    pub segments: bool,
}

impl<'a> Program<'a> {
    pub fn read(wasm: &'a [u8]) -> Result<Self, Odd> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            program.take(payload?)?;
        }
        Ok(program)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Odd> {
        match payload {
            Payload::TypeSection(types) => {
                self.types = types.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    match import?.ty {
                        TypeRef::Func(kind) => self.functions.push(kind),
                        TypeRef::Table(kind) => self.tables.push(kind),
                        TypeRef::Memory(kind) => self.memories.push(kind),
                        TypeRef::Global(kind) => self.globals.push(kind),
                        _ => return Err(Odd::Unknown("an import of a newer kind")),
                    }
                }
                self.imported = self.functions.len();
            }
            Payload::FunctionSection(types) => {
                for kind in types {
                    self.functions.push(kind?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == wasmparser::ExternalKind::Func {
                        self.exported.push(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => self.exported.push(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.elements.push(Elements::read(element?)?);
                }
            }
            Payload::DataSection(data) => {
                for data in data {
                    let data = data?;
                    self.data.push((address_of(&data)?, data.data));
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.names = function_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Every function there is a body for.
    pub fn defined(&self) -> impl DoubleEndedIterator<Item = u32> + use<> {
        self.imported as u32..self.functions.len() as u32
    }

    /// The body of one of them.
    pub fn body(&self, function: u32) -> FunctionBody<'a> {
        self.bodies[function as usize - self.imported].clone()
    }

    pub fn type_of(&self, function: u32) -> u32 {
        self.functions[function as usize]
    }

    pub fn uses(&self, function: u32) -> Result<Uses, Odd> {
        let mut uses = Uses::default();
        uses.parse_function_body(&mut wasm_encoder::CodeSection::new(), self.body(function))?;
        Ok(uses)
    }
}

impl Elements {
    pub fn read(element: wasmparser::Element) -> Result<Self, Odd> {
        const ODD: Odd = Odd::Unknown("a table filled in another way than the compiler's");
        let (ElementKind::Active { table_index, offset_expr }, ElementItems::Functions(functions)) =
            (element.kind, element.items)
        else {
            return Err(ODD);
        };
        Ok(Self {
            table: table_index.unwrap_or(0),
            place: number_of(&offset_expr).ok_or(ODD)?,
            functions: functions.into_iter().collect::<Result<_, _>>()?,
        })
    }
}

/// The functions that have a name.
pub(super) fn function_names<'a>(names: NameSectionReader<'a>) -> Result<Vec<(u32, &'a str)>, Odd> {
    let mut all = Vec::new();
    for name in names {
        if let Name::Function(functions) = name? {
            for function in functions {
                let function = function?;
                all.push((function.index, function.name));
            }
        }
    }
    Ok(all)
}

/// Where a piece of data goes.
pub(super) fn address_of(data: &wasmparser::Data) -> Result<u32, Odd> {
    match &data.kind {
        DataKind::Active { memory_index: 0, offset_expr } => number_of(offset_expr),
        _ => None,
    }
    .ok_or(Odd::Unknown("data that code copies"))
}

fn number_of(expression: &wasmparser::ConstExpr) -> Option<u32> {
    match expression.get_operators_reader().read() {
        Ok(Operator::I32Const { value }) => u32::try_from(value).ok(),
        _ => None,
    }
}

/// Writes a body anew only to see what it names.
impl Reencode for Uses {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        self.functions.insert(function);
        Ok(function)
    }

    fn table_index(&mut self, table: u32) -> Result<u32, reencode::Error> {
        self.tables.insert(table);
        Ok(table)
    }

    fn memory_index(&mut self, memory: u32) -> Result<u32, reencode::Error> {
        self.memories.insert(memory);
        Ok(memory)
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error> {
        self.globals.insert(global);
        Ok(global)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, reencode::Error> {
        self.segments = true;
        Ok(data)
    }

    fn element_index(&mut self, element: u32) -> Result<u32, reencode::Error> {
        self.segments = true;
        Ok(element)
    }
}
