//! All of one language: finding its files, reading them, and what they hold together.

use super::entries::{self, PlacedChapter};
use super::fields::{Lines, Placed};
use super::source::{Problems, Shelf, Source, Spot};
use super::vocabulary;
use bothways::library::{Answer, ContentId, Idea, Pack, Question};
use std::path::Path;
use std::{fs, io};

/// What else a language folder may hold: the words of the app itself, which are not part of the pack, and `vocabulary`.
const NOT_OURS: &[&str] = &["words.toml", vocabulary::FILES[0], vocabulary::FILES[1]];

/// Everything that could be read of one language.
#[derive(Default)]
pub struct Library {
    pub language: String,
    pub chapters: Vec<PlacedChapter>,
    pub answers: Vec<Placed<Answer>>,
    pub ideas: Vec<Placed<Idea>>,
    pub questions: Vec<Placed<Question>>,
    /// Something could not be read, so that what is missing here may stand in a file after all.
    pub incomplete: bool,
}

impl Library {
    /// Reads the files of a language.
    pub fn read(language: &str, sources: &[Source], problems: &mut Problems) -> Self {
        let mut library = Self { language: language.to_owned(), ..Self::default() };
        for source in sources {
            library.add(source, problems);
        }
        // The order of the pack is the order of the guide and of the kinds, not of file names.
        library.chapters.sort_by_key(|chapter| chapter.chapter.item.theme);
        library.ideas.sort_by_key(|idea| idea.item.kind);
        library.questions.sort_by_key(|question| question.item.theme);
        library
    }

    fn add(&mut self, source: &Source, problems: &mut Problems) {
        let stem = source.stem();
        match source.shelf {
            Shelf::Chapters => {
                let read = vec![entries::chapter(source, problems)];
                for chapter in self.readable(read) {
                    let (item, lines) = (&chapter.chapter.item, &chapter.chapter.lines);
                    let name = format!("{}-{}", item.theme.number(), item.theme.id());
                    if stem != name {
                        problems.add(lines.spot("theme"), format!("the file of this theme is {name}.md"));
                    }
                    self.chapters.push(chapter);
                }
            }
            Shelf::Answers => {
                let read = vec![entries::answer(source, problems)];
                let answers = self.readable(read);
                self.answers.extend(answers);
            }
            Shelf::Ideas => {
                let ideas = self.readable(entries::ideas(source, problems));
                for idea in ideas.iter().filter(|idea| idea.item.kind.id() != stem) {
                    let kind = idea.item.kind.id();
                    problems.add(idea.lines.spot("kind"), format!("this belongs in {kind}.toml"));
                }
                self.ideas.extend(ideas);
            }
            Shelf::Questions => {
                let questions = self.readable(entries::questions(source, problems));
                for question in questions.iter().filter(|question| question.item.theme.id() != stem) {
                    let theme = question.item.theme.id();
                    problems.add(question.lines.spot("theme"), format!("this belongs in {theme}.toml"));
                }
                self.questions.extend(questions);
            }
        }
    }

    fn readable<T>(&mut self, read: Vec<Option<T>>) -> Vec<T> {
        self.incomplete |= read.iter().any(Option::is_none);
        read.into_iter().flatten().collect()
    }

    /// Where the language as a whole is.
    pub fn spot(&self) -> Spot {
        Spot { file: format!("content/{}", self.language).into(), line: 0 }
    }

    /// Every id, and where it is given.
    pub fn ids(&self) -> Vec<(&ContentId, Spot)> {
        let id = |id, lines: &Lines| (id, lines.spot("id"));
        let chapters = self.chapters.iter().flat_map(|chapter| {
            let practices = chapter.practices.iter().map(|practice| id(&practice.item.id, &practice.lines));
            std::iter::once(id(&chapter.chapter.item.id, &chapter.chapter.lines)).chain(practices)
        });
        chapters
            .chain(self.answers.iter().map(|answer| id(&answer.item.id, &answer.lines)))
            .chain(self.ideas.iter().map(|idea| id(&idea.item.id, &idea.lines)))
            .chain(self.questions.iter().map(|question| id(&question.item.id, &question.lines)))
            .collect()
    }

    /// What the app reads.
    pub fn pack(&self) -> Pack {
        Pack {
            format: Pack::FORMAT,
            language: self.language.clone(),
            chapters: self.chapters.iter().map(|chapter| chapter.chapter.item.clone()).collect(),
            answers: self.answers.iter().map(|answer| answer.item.clone()).collect(),
            ideas: self.ideas.iter().map(|idea| idea.item.clone()).collect(),
            questions: self.questions.iter().map(|question| question.item.clone()).collect(),
            // They have files of their own: see `vocabulary`.
            feelings: Vec::new(),
            kinds: Vec::new(),
        }
    }
}

/// The languages there are: the folders in `content/`, by name.
pub fn languages(root: &Path) -> io::Result<Vec<String>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(root.join("content"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() && !name.starts_with('.') {
            languages.push(name);
        }
    }
    languages.sort();
    Ok(languages)
}

/// The files of a language, by name. What does not belong there is reported; hidden files are passed over.
pub fn sources(root: &Path, language: &str, problems: &mut Problems) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for shelf in Shelf::ALL {
        let folder = format!("content/{language}/{}", shelf.folder());
        for name in names(&root.join(&folder))? {
            let file = format!("{folder}/{name}");
            let path = root.join(&file);
            let spot = Spot { file: file.as_str().into(), line: 0 };
            if path.extension().is_none_or(|extension| extension != shelf.extension()) {
                problems.add(spot, format!("only .{} files belong here", shelf.extension()));
                continue;
            }
            match String::from_utf8(fs::read(&path)?) {
                Ok(text) => sources.push(Source { shelf, file: spot.file, text }),
                Err(_) => problems.add(spot, "this is not UTF-8"),
            }
        }
    }
    for name in names(&root.join("content").join(language))? {
        let ours = Shelf::ALL.iter().any(|shelf| shelf.folder() == name);
        if !ours && !NOT_OURS.contains(&name.as_str()) {
            let spot = Spot { file: format!("content/{language}/{name}").into(), line: 0 };
            problems.add(spot, "this is not part of the content: see content/README.md");
        }
    }
    Ok(sources)
}

/// The words for feelings and for kinds of entry in a language; empty where there are none.
pub fn vocabulary(root: &Path, language: &str) -> io::Result<[Source; 2]> {
    let [feelings, kinds] = vocabulary::FILES.map(|name| {
        let file = format!("content/{language}/{name}");
        match fs::read_to_string(root.join(&file)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((file, "\n".to_owned())),
            text => text.map(|text| (file, text)),
        }
    });
    let source = |(file, text): (String, String)| Source { shelf: Shelf::Ideas, file: file.into(), text };
    Ok([source(feelings?), source(kinds?)])
}

/// The names in a folder, sorted; none when there is no such folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
