//! The first part: the whole program without what stands beside it.

use super::lent::Lent;
use super::order;
use super::plan::Plan;
use super::program::Program;
use std::collections::HashMap;
use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportSection, Function, FunctionSection,
    TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ElementSectionReader, ExportSectionReader,
    FunctionSectionReader, Parser, TableType, TypeSectionReader,
};

struct First<'a> {
    program: &'a Program<'a>,
    plan: &'a Plan,
    lent: &'a Lent,
    /// Its own functions as they stand in it; behind them, the doors.
    own: &'a [u32],
    places: HashMap<u32, u32>,
    /// A function that stops the program, in the table where those of other parts will stand.
    nobody: u32,
}

pub(super) fn write(
    wasm: &[u8],
    program: &Program,
    plan: &Plan,
    lent: &Lent,
) -> Result<Vec<u8>, reencode::Error> {
    let own = &order::alike(program, &plan.first);
    let mut first = First { program, plan, lent, own, places: HashMap::new(), nobody: 0 };
    let order = (0..program.imported as u32).chain(first.order());
    first.places = order.zip(0..).collect();
    first.nobody = first.places.len() as u32;
    let mut module = wasm_encoder::Module::new();
    first.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

impl First<'_> {
    /// Its own functions, and then the doors.
    fn order(&self) -> impl Iterator<Item = u32> + use<'_> {
        self.own.iter().copied().chain(self.plan.doors().map(|(function, _)| function))
    }

    fn is_nobodys(kind: &wasmparser::FuncType) -> bool {
        kind.params().is_empty() && kind.results().is_empty()
    }

    /// Calls the function that another part puts into the table.
    fn door(&self, function: u32, place: u32) -> Function {
        let kind = self.program.type_of(function);
        let params = self.program.types[kind as usize].params().len() as u32;
        let mut door = Function::new([]);
        let mut code = door.instructions();
        for param in 0..params {
            code.local_get(param);
        }
        code.i32_const(place as i32).call_indirect(self.plan.table, kind).end();
        door
    }
}

impl Reencode for First<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        Ok(self.places[&self.plan.same[function as usize]])
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_type_section(self, types, section)?;
        if !self.program.types.iter().any(Self::is_nobodys) {
            types.ty().function([], []);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for function in self.order() {
            functions.function(self.program.type_of(function));
        }
        let types = &self.program.types;
        functions.function(types.iter().position(Self::is_nobodys).unwrap_or(types.len()) as u32);
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for &function in self.own {
            self.parse_function_body(code, self.program.body(function))?;
        }
        for (function, place) in self.plan.doors() {
            code.function(&self.door(function, place));
        }
        let mut nobody = Function::new([]);
        nobody.instructions().unreachable().end();
        code.function(&nobody);
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut wasm_encoder::TableSection,
        section: wasmparser::TableSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for (index, table) in section.into_iter().enumerate() {
            let mut table = table?;
            if index as u32 == self.plan.table {
                table.ty = grown(table.ty, self.plan);
            }
            self.parse_table(tables, table)?;
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for known in &self.program.elements {
            let function = |function: &u32| {
                let same = self.plan.same[*function as usize];
                let is_here =
                    self.plan.first.binary_search(&same).is_ok() || same < self.program.imported as u32;
                if is_here { self.places[&same] } else { self.nobody }
            };
            let functions: Vec<u32> = known.functions.iter().map(function).collect();
            let table = (known.table != 0).then_some(known.table);
            let place = ConstExpr::i32_const(known.place as i32);
            elements.active(table, &place, Elements::Functions(functions.into()));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_export_section(self, exports, section)?;
        for (name, kind, index) in self.lent.named() {
            let index = match kind {
                wasm_encoder::ExportKind::Func => self.places[&index],
                _ => index,
            };
            exports.export(&name, kind, index);
        }
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32, reencode::Error> {
        Ok(self.plan.data.len() as u32)
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        put(data, 0, &self.plan.data);
        Ok(())
    }

    /// Names, and which compiler it was: nobody reads that on a phone.
    fn parse_custom_section(
        &mut self,
        _: &mut wasm_encoder::Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        Ok(())
    }
}

/// What a memory holds at the start.
pub(super) fn put(data: &mut DataSection, memory: u32, runs: &[(u32, Vec<u8>)]) {
    for (address, bytes) in runs {
        data.active(memory, &ConstExpr::i32_const(*address as i32), bytes.iter().copied());
    }
}

/// The table with room for the doors.
pub(super) fn grown(table: TableType, plan: &Plan) -> TableType {
    let doors = plan.doors().count() as u64;
    TableType { initial: table.initial + doors, maximum: table.maximum.map(|most| most + doors), ..table }
}

/// A program as it is, without names.
pub(super) fn unnamed(wasm: &[u8]) -> Result<Vec<u8>, reencode::Error> {
    struct Unnamed;
    impl Reencode for Unnamed {
        type Error = std::convert::Infallible;

        fn parse_custom_section(
            &mut self,
            _: &mut wasm_encoder::Module,
            _: CustomSectionReader<'_>,
        ) -> Result<(), reencode::Error> {
            Ok(())
        }
    }
    let mut module = wasm_encoder::Module::new();
    Unnamed.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}
