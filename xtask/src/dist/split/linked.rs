//! What the linker knew of the program and the finished file no longer says: who takes the address of which function, and
//! which code looks at which piece of data (WebAssembly tool conventions, "Linking": the symbol table, and the relocations,
//! kept by `--emit-relocs`). Addresses and places in the table are those of the finished program, because neither
//! wasm-bindgen nor wasm-opt moves them.

use super::program::Elements;
use super::{BESIDE, Odd};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use wasmparser::{
    CustomSectionReader, KnownCustom, Linking, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo,
};

/// The parts something is needed in: a bit for each of [`BESIDE`]; or all of them and the first, which each of them has.
pub(super) type Homes = u8;
pub(super) const FIRST: Homes = Homes::MAX;

/// Where the places of the table and the pieces of data are needed.
pub(super) struct Linked {
    places: HashMap<u32, Homes>,
    data: Vec<Piece>,
}

/// A run of data at an address, and for each byte where it is needed; none for what fills up to a round address.
struct Piece {
    address: u32,
    bytes: Vec<u8>,
    homes: Vec<Option<Homes>>,
}

impl Linked {
    pub fn read(wasm: &[u8]) -> Result<Self, Odd> {
        let mut reading = Reading::default();
        for payload in Parser::new(0).parse_all(wasm) {
            reading.take(wasm, payload?)?;
        }
        if reading.in_code.is_empty() || reading.symbols.is_empty() {
            return Err(Odd::Unknown("no relocations"));
        }
        reading.homes()
    }

    /// Where the function at a place of the table is asked for. Of a place that came later nothing is known.
    pub fn of_place(&self, place: u32) -> Homes {
        self.places.get(&place).copied().unwrap_or(FIRST)
    }

    /// Where the byte at an address is needed; none where nobody needs it.
    pub fn of_byte(&self, address: u32) -> Option<Homes> {
        let piece = self.data.iter().find(|piece| piece.range().contains(&address));
        piece.map_or(Some(FIRST), |piece| piece.homes[(address - piece.address) as usize])
    }

    /// Whether the finished program's data is what was linked: if not, the linked file is that of another program.
    pub fn fits(&self, data: &[(u32, &[u8])]) -> bool {
        data.iter().all(|(address, bytes)| {
            (*address..).zip(*bytes).all(|(address, byte)| {
                let piece = self.data.iter().find(|piece| piece.range().contains(&address));
                piece.map_or(0, |piece| piece.bytes[(address - piece.address) as usize]) == *byte
            })
        })
    }
}

impl Piece {
    fn range(&self) -> Range<u32> {
        self.address..self.address + self.bytes.len() as u32
    }
}

/// A function, or a symbol for data, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Function(u32),
    Data(u32),
}

#[derive(Default)]
struct Reading<'a> {
    imported: u32,
    exported: Vec<u32>,
    elements: Vec<Elements>,
    code_at: usize,
    bodies: Vec<Range<usize>>,
    data_at: usize,
    /// Where each segment stands in the file, and its address.
    segments: Vec<(Range<usize>, u32)>,
    bytes: Vec<Vec<u8>>,
    symbols: Vec<SymbolInfo<'a>>,
    names: Vec<(u32, &'a str)>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

impl<'a> Reading<'a> {
    fn take(&mut self, wasm: &'a [u8], payload: Payload<'a>) -> Result<(), Odd> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    // What describes a function to wasm-bindgen is read by it and taken out.
                    let is_shipped = !export.name.starts_with("__wbindgen_describe");
                    if export.kind == wasmparser::ExternalKind::Func && is_shipped {
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
            Payload::CodeSectionStart { range, .. } => self.code_at = range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(data) => {
                self.data_at = data.range().start;
                for data in data {
                    let data = data?;
                    let start = data.data.as_ptr() as usize - wasm.as_ptr() as usize;
                    let address = super::program::address_of(&data)?;
                    self.segments.push((start..start + data.data.len(), address));
                    self.bytes.push(data.data.to_vec());
                }
            }
            Payload::CustomSection(section) => self.take_custom(&section)?,
            _ => {}
        }
        Ok(())
    }

    fn take_custom(&mut self, section: &CustomSectionReader<'a>) -> Result<(), Odd> {
        match section.as_known() {
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = part? {
                        self.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let all = match section.name() {
                    "reloc.CODE" => &mut self.in_code,
                    "reloc.DATA" => &mut self.in_data,
                    _ => return Ok(()),
                };
                *all = relocations.entries().into_iter().collect::<Result<_, _>>()?;
            }
            KnownCustom::Name(names) => self.names = super::program::function_names(names)?,
            _ => {}
        }
        Ok(())
    }

    fn homes(self) -> Result<Linked, Odd> {
        let uses = self.uses()?;
        let mut homes: HashMap<Thing, Homes> = HashMap::new();
        let mut taken: HashMap<u32, Homes> = HashMap::new();
        let doors = BESIDE.map(|beside| self.doors(beside.doors));
        let mut reach = |home: Homes, open: &mut Vec<Thing>, closed: &[BTreeSet<u32>]| {
            while let Some(thing) = open.pop() {
                let known = homes.entry(thing).or_default();
                if *known & home == home {
                    continue;
                }
                *known |= home;
                for &(used, is_address) in uses.get(&thing).into_iter().flatten() {
                    if let Thing::Function(function) = used {
                        if is_address {
                            *taken.entry(function).or_default() |= home;
                        } else if closed.iter().any(|doors| doors.contains(&function)) {
                            continue;
                        }
                    }
                    open.push(used);
                }
            }
        };
        reach(FIRST, &mut self.exported.iter().copied().map(Thing::Function).collect(), &doors);
        for (part, doors) in doors.iter().enumerate() {
            reach(1 << part, &mut doors.iter().copied().map(Thing::Function).collect(), &[]);
        }
        let in_table = self.elements.iter().flat_map(|known| (known.place..).zip(&known.functions));
        // An address that nobody takes who is called is one that wasm-bindgen was told of: it may take it.
        let places = in_table.map(|(place, function)| (place, taken.get(function).copied().unwrap_or(FIRST)));
        Ok(Linked { places: places.collect(), data: self.pieces(&homes) })
    }

    fn pieces(&self, homes: &HashMap<Thing, Homes>) -> Vec<Piece> {
        let segments = self.segments.iter().zip(&self.bytes);
        let mut pieces: Vec<Piece> = segments
            .map(|((_, address), bytes)| Piece {
                address: *address,
                bytes: bytes.clone(),
                homes: vec![None; bytes.len()],
            })
            .collect();
        for (number, symbol) in (0..).zip(&self.symbols) {
            let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol else { continue };
            let Some(piece) = pieces.get_mut(symbol.index as usize) else { continue };
            let home = homes.get(&Thing::Data(number)).copied().unwrap_or(FIRST);
            let range = symbol.offset as usize..(symbol.offset + symbol.size) as usize;
            for known in piece.homes.get_mut(range).into_iter().flatten() {
                *known = Some(known.unwrap_or_default() | home);
            }
        }
        pieces
    }

    /// For each function and each piece of data what it names, and whether it takes an address or calls.
    fn uses(&self) -> Result<HashMap<Thing, Vec<(Thing, bool)>>, Odd> {
        let mut uses: HashMap<Thing, Vec<(Thing, bool)>> = HashMap::new();
        for relocation in &self.in_code {
            let at = self.code_at + relocation.offset as usize;
            let body = self.bodies.partition_point(|body| body.end <= at);
            if self.bodies.get(body).is_none_or(|body| !body.contains(&at)) {
                return Err(Odd::Unknown("a relocation outside of all functions"));
            }
            if let Some(used) = self.used(relocation)? {
                uses.entry(Thing::Function(self.imported + body as u32)).or_default().push(used);
            }
        }
        let mut defined = Vec::new();
        for (number, symbol) in (0..).zip(&self.symbols) {
            if let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol
                && let Some((segment, _)) = self.segments.get(symbol.index as usize)
            {
                let start = segment.start + symbol.offset as usize;
                defined.push((start..start + symbol.size as usize, number));
            }
        }
        for relocation in &self.in_data {
            let at = self.data_at + relocation.offset as usize;
            let Some(used) = self.used(relocation)? else { continue };
            let around = defined.iter().filter(|(range, _)| range.contains(&at));
            let mut is_somebodys = false;
            for (_, number) in around {
                uses.entry(Thing::Data(*number)).or_default().push(used);
                is_somebodys = true;
            }
            if !is_somebodys {
                return Err(Odd::Unknown("a relocation in data without a name"));
            }
        }
        Ok(uses)
    }

    fn used(&self, relocation: &RelocationEntry) -> Result<Option<(Thing, bool)>, Odd> {
        use RelocationType::{
            FunctionIndexLeb, GlobalIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32,
            TableIndexSleb, TableNumberLeb, TypeIndexLeb,
        };
        let symbol = || self.symbols.get(relocation.index as usize).ok_or(Odd::Unknown("a missing symbol"));
        Ok(match relocation.ty {
            TypeIndexLeb | GlobalIndexLeb | TableNumberLeb => None,
            FunctionIndexLeb | TableIndexSleb | TableIndexI32 => match symbol()? {
                SymbolInfo::Func { index, .. } => {
                    Some((Thing::Function(*index), relocation.ty != FunctionIndexLeb))
                }
                _ => return Err(Odd::Unknown("a call of what is no function")),
            },
            MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32 => match symbol()? {
                SymbolInfo::Data { .. } => Some((Thing::Data(relocation.index), true)),
                _ => return Err(Odd::Unknown("an address of what is no data")),
            },
            _ => return Err(Odd::Unknown("a relocation of a newer kind")),
        })
    }

    /// The functions of a part's doors, which have the linker's names still (Rust's v0 mangling): each word behind its length.
    fn doors(&self, path: &[&str]) -> BTreeSet<u32> {
        let path: String = path.iter().map(|word| format!("{}{word}", word.len())).collect();
        let is_door = |name: &str| {
            let Some((before, door)) = name.split_once(&path) else { return false };
            let word = door.trim_start_matches(|letter: char| letter.is_ascii_digit());
            before.starts_with("_RNvNt") && door == format!("{}{word}", word.len())
        };
        self.names.iter().filter(|(_, name)| is_door(name)).map(|(function, _)| *function).collect()
    }
}
