//! The few forms of Markdown the content uses, as blocks: paragraphs, `## headings`, `- lists`, `*emphasis*`.
//! Anything else is an error here, so that the app needs no HTML and no content can smuggle any in.

use super::source::{Problems, Source};
use bothways::library::{Block, Span};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// A block, and the line it begins on.
pub struct PlacedBlock {
    pub block: Block,
    pub line: usize,
}

/// The blocks of a file's text from this byte on.
pub fn blocks(source: &Source, start: usize, problems: &mut Problems) -> Vec<PlacedBlock> {
    let text = source.text.get(start..).unwrap_or_default();
    let mut reader =
        Reader { source, start, text, problems, done: vec![], spans: vec![], list: None, emphasis: false };
    let parser = Parser::new(text);
    for (_, definition) in parser.reference_definitions().iter() {
        reader.refuse(&definition.span, "a link");
    }
    for (event, range) in parser.into_offset_iter() {
        reader.take(event, &range);
    }
    reader.done
}

struct Reader<'s, 'p> {
    source: &'s Source,
    start: usize,
    text: &'s str,
    problems: &'p mut Problems,
    done: Vec<PlacedBlock>,
    spans: Vec<Span>,
    list: Option<Vec<Vec<Span>>>,
    emphasis: bool,
}

impl Reader<'_, '_> {
    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.open(&tag, range),
            Event::End(tag) => self.close(tag, range),
            Event::Text(text) => {
                // They differ where an entity such as &amp; stood.
                if self.text.get(range.clone()) != Some(&*text) {
                    self.refuse(range, "an entity");
                }
                self.push(&text);
            }
            Event::SoftBreak => self.push(" "),
            Event::Code(_) => self.refuse(range, "`code`"),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(range, "HTML"),
            Event::HardBreak => self.refuse(range, "a forced line break"),
            Event::Rule => self.refuse(range, "a rule"),
            _ => self.refuse(range, "this"),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph if self.list.is_some() && !self.spans.is_empty() => {
                self.refuse(range, "a second paragraph in an item");
            }
            Tag::Paragraph => self.spans.clear(),
            Tag::Heading { level, .. } => {
                // A line of hyphens under a paragraph would make it a heading of the same level.
                if *level != HeadingLevel::H2 || !self.begins_with(range, "## ") {
                    self.refuse(range, "a heading other than ##");
                }
                self.spans.clear();
            }
            Tag::List(first) => {
                if first.is_some() {
                    self.refuse(range, "a numbered list");
                }
                if self.list.is_some() {
                    self.refuse(range, "a list in a list");
                }
                self.list = Some(Vec::new());
            }
            Tag::Item => {
                // A numbered one was refused already.
                if self.begins_with(range, "*") || self.begins_with(range, "+") {
                    self.refuse(range, "a list with other marks than -");
                }
                self.spans.clear();
            }
            Tag::Emphasis => {
                if self.emphasis || !self.begins_with(range, "*") {
                    self.refuse(range, "emphasis other than *this*");
                }
                self.emphasis = true;
            }
            // Its content is refused event by event.
            Tag::HtmlBlock => {}
            Tag::Strong => self.refuse(range, "**strong**"),
            Tag::Link { .. } => self.refuse(range, "a link"),
            Tag::Image { .. } => self.refuse(range, "an image"),
            Tag::BlockQuote(_) => self.refuse(range, "a quotation block"),
            Tag::CodeBlock(_) => self.refuse(range, "a block of code (or an indented line)"),
            _ => self.refuse(range, "this"),
        }
    }

    fn close(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => {
                let spans = std::mem::take(&mut self.spans);
                self.finish(Block::Paragraph(spans), range);
            }
            TagEnd::Heading(_) => {
                let spans = std::mem::take(&mut self.spans);
                if spans.iter().any(|span| matches!(span, Span::Emphasis(_))) {
                    self.refuse(range, "emphasis in a heading");
                }
                self.finish(Block::Heading(spans.iter().map(Span::text).collect()), range);
            }
            TagEnd::Item => {
                let spans = std::mem::take(&mut self.spans);
                if let Some(items) = &mut self.list {
                    items.push(spans);
                }
            }
            TagEnd::List(_) => {
                if let Some(items) = self.list.take() {
                    self.finish(Block::List(items), range);
                }
            }
            TagEnd::Emphasis => self.emphasis = false,
            _ => {}
        }
    }

    /// Adds words to the run they belong to: the parser hands them over in pieces.
    fn push(&mut self, text: &str) {
        match (self.spans.last_mut(), self.emphasis) {
            (Some(Span::Text(last)), false) | (Some(Span::Emphasis(last)), true) => last.push_str(text),
            (_, false) => self.spans.push(Span::Text(text.to_owned())),
            (_, true) => self.spans.push(Span::Emphasis(text.to_owned())),
        }
    }

    fn finish(&mut self, block: Block, range: &Range<usize>) {
        if block.texts().iter().any(|text| text.trim().is_empty()) {
            self.refuse(range, "an empty heading, paragraph or item");
        }
        let line = self.source.line_at(self.start + range.start);
        self.done.push(PlacedBlock { block, line });
    }

    fn begins_with(&self, range: &Range<usize>, start: &str) -> bool {
        self.text.get(range.clone()).is_some_and(|text| text.starts_with(start))
    }

    fn refuse(&mut self, range: &Range<usize>, what: &str) {
        self.problems.add(
            self.source.spot_at(self.start + range.start),
            format!("{what} cannot be shown: only paragraphs, ## headings, - lists and *emphasis*"),
        );
    }
}
