//! Every rule, with an error planted in a language that is otherwise right: it is found, on its line, and
//! nothing else is.

use super::fixture::{FLOORS, Fixture};
use super::*;
use std::fs;

#[track_caller]
fn planted(file: &str, from: &str, to: &str, expected: &[&str]) {
    assert_eq!(Fixture::new().plant(file, from, to).problems(), expected);
}

#[test]
fn a_language_with_nothing_wrong_passes() {
    assert_eq!(Fixture::new().problems(), [""; 0]);
    let pack = Fixture::new().pack();
    assert_eq!((pack.chapters.len(), pack.answers.len()), (9, 3));
    assert_eq!((pack.ideas.len(), pack.questions.len()), (126, 54));
    assert_eq!(Pack::read(&pack.write()).unwrap(), pack);
}

#[test]
fn broken_toml_is_found_on_its_line() {
    for (file, from, to, line) in [
        ("ideas/art.toml", "minutes = 15", "minutes = = 15", 6),
        ("chapters/1-needs.md", "theme = 1", "theme = ", 3),
        ("answers/ask-0.md", "summary = \"Because.\"", "summary = \"Because.", 4),
    ] {
        let found = Fixture::new().plant(file, from, to).problems();
        let start = format!("{file}:{line}: ");
        assert!(found.iter().any(|problem| problem.starts_with(&start)), "{found:?}");
    }
}

#[test]
fn what_cannot_be_read_does_not_make_everything_else_look_wrong() {
    let later = "content/en: links and numbers are checked once everything can be read";
    planted(
        "art.toml",
        "minutes = 15",
        "minutes = 16",
        &[later, "ideas/art.toml:6: `minutes`: 16 is not one of 5, 15, 60, 240 and 480 minutes"],
    );
}

#[test]
fn unknown_missing_and_wrong_fields_are_all_found_at_once() {
    let fixture = Fixture::new()
        .plant("art.toml", "minutes = 15\n", "")
        .plant("art.toml", "cost = \"nothing\"", "cots = \"nothing\"")
        .plant("art.toml", "place = \"home\"", "place = \"hoem\"")
        .plant("art.toml", "themes = [1]", "themes = [10]");
    let found = fixture.problems().split_off(1);
    let place = "ideas/art.toml:7: `place`: unknown variant `hoem`, expected one of `home`, `outdoors`, `town`, \
                 `on-the-way`, `apart`, `anywhere`";
    assert_eq!(
        found,
        [
            "ideas/art.toml:1: `cost` is missing",
            "ideas/art.toml:1: `minutes` is missing",
            "ideas/art.toml:6: `cots` is not a field of this",
            place,
            "ideas/art.toml:12: `themes`: 10 is not one of the themes 1 to 9",
        ]
    );
}

#[test]
fn a_stray_field_beside_the_entries_is_found() {
    planted(
        "needs.toml",
        "[[question]]",
        "mood = 1\n[[question]]",
        &["questions/needs.toml:1: `mood` is not a field of this"],
    );
    planted("needs.toml", "stages = [", "for = \"him\"\nstages = [", &[]);
}

#[test]
fn ids_have_one_spelling_and_are_given_once_in_all_files() {
    let found = Fixture::new().plant("art.toml", "\"art-2\"", "\"Art_2\"").problems();
    assert!(found[1].starts_with("ideas/art.toml:38: `id`: \"Art_2\" is not an id"), "{found:?}");
    planted(
        "needs.toml",
        "needs-q-3",
        "art-5",
        &["questions/needs.toml:20: the id \"art-5\" is already taken: ideas/art.toml:92"],
    );
    planted(
        "1-needs.md",
        "needs-practice",
        "art-5",
        &["ideas/art.toml:92: the id \"art-5\" is already taken: chapters/1-needs.md:10"],
    );
}

#[test]
fn an_entry_is_in_the_file_of_its_kind_or_theme() {
    planted(
        "art.toml",
        "kind = \"art\"",
        "kind = \"music\"",
        &["ideas/art.toml:4: this belongs in music.toml"],
    );
    planted(
        "questions/change.toml",
        "theme = 5",
        "theme = 1",
        &[
            "content/en: questions on the theme change: 5, and 6 are needed",
            "questions/change.toml:4: this belongs in needs.toml",
        ],
    );
}

#[test]
fn a_chapter_has_the_id_and_the_file_of_its_theme_and_each_theme_has_one() {
    planted(
        "1-needs.md",
        "id = \"needs\"",
        "id = \"needy\"",
        &["chapters/1-needs.md:2: the chapter of this theme has the id \"needs\""],
    );
    planted(
        "2-connection.md",
        "theme = 2",
        "theme = 3",
        &[
            "content/en: chapters on the theme connection: 0, and 1 are needed",
            "chapters/2-connection.md:2: the chapter of this theme has the id \"talking\"",
            "chapters/2-connection.md:3: the file of this theme is 3-talking.md",
        ],
    );
}

#[test]
fn a_chapter_is_long_enough_and_has_three_practices() {
    planted(
        "1-needs.md",
        "Opening words, *with emphasis* and\non two lines.\n\n",
        "",
        &["chapters/1-needs.md:82: 899 words: there are 900 to 1600"],
    );
    let fixture = Fixture::new();
    let text = &fixture.0.iter().find(|source| source.file.ends_with("1-needs.md")).unwrap().text;
    let practice = text[text.find("[[practice]]").unwrap()..text.find("[[stage]]").unwrap()].to_owned();
    let found = Fixture::new().plant("1-needs.md", &practice, "").problems();
    assert_eq!(found, ["chapters/1-needs.md:1: 0 practices: there are 3 to 3"]);
    planted(
        "1-needs.md",
        "minutes = 10",
        "minutes = 11",
        &["chapters/1-needs.md:12: a practice takes 1 to 10 minutes"],
    );
}

#[test]
fn links_lead_somewhere_and_there_are_two_to_six() {
    planted(
        "1-needs.md",
        "\"art-1\"",
        "\"art-99\"",
        &["chapters/1-needs.md:6: there is no \"art-99\" among the ideas"],
    );
    planted(
        "1-needs.md",
        "\"needs-q-1\"",
        "\"art-1\"",
        &["chapters/1-needs.md:7: there is no \"art-1\" among the questions"],
    );
    planted("1-needs.md", ", \"art-1\"", "", &["chapters/1-needs.md:6: 1 ideas: there are 2 to 6"]);
    planted("1-needs.md", "\"art-1\"", "\"art-0\"", &["chapters/1-needs.md:6: art-0 is listed twice"]);
    planted(
        "ask-0.md",
        "\"needs-q-0\"",
        "\"gone\"",
        &["answers/ask-0.md:7: there is no \"gone\" among the questions"],
    );
}

#[test]
fn an_idea_keeps_to_its_lengths() {
    let long = format!("steps = [{}", "\"One more.\",\n".repeat(4));
    planted("art.toml", "steps = [", &long, &["ideas/art.toml:15: 6 steps: there are 2 to 5"]);
    planted(
        "art.toml",
        "themes = [1]",
        "themes = [1, 2, 3, 4]",
        &["ideas/art.toml:13: 4 themes: there are 1 to 3"],
    );
    planted("art.toml", "themes = [1]", "themes = [1, 1]", &["ideas/art.toml:13: 1 is listed twice"]);
    planted(
        "art.toml",
        "title = \"",
        &format!("title = \"{} ", "x".repeat(40)),
        &["ideas/art.toml:3: `title` has 52 characters: 48 at most"],
    );
}

#[test]
fn an_idea_for_many_stages_says_what_changes_and_only_for_its_own() {
    planted(
        "art.toml",
        "{ little = \"Less.\", grown = \"More.\" }",
        "{ little = \"Less.\" }",
        &["ideas/art.toml:5: for 5 stages, `changes` says what is different for at least 2"],
    );
    planted(
        "art.toml",
        "\"young\", \"grown\"]",
        "\"young\"]",
        &["ideas/art.toml:18: grown is not one of its stages"],
    );
}

#[test]
fn talk_is_a_question_and_a_question_ends_like_one() {
    planted("art.toml", "?\"\nlog", ".\"\nlog", &["ideas/art.toml:16: `talk` is a question: it ends with ?"]);
    planted("needs.toml", "?\"", "\"", &["questions/needs.toml:3: a question ends with ? or ."]);
    planted(
        "needs.toml",
        "text = \"",
        &format!("text = \"{} ", "x".repeat(130)),
        &["questions/needs.toml:3: `text` has 159 characters: 140 at most"],
    );
}

#[test]
fn texts_are_plain_and_the_line_is_that_of_the_element() {
    planted(
        "1-needs.md",
        "\"Second.\"",
        "\"*Second.*\"",
        &["chapters/1-needs.md:15: `steps.1`: `*` is not plain text"],
    );
    planted(
        "art.toml",
        "log = \"It was\"",
        "log = \"It was \"",
        &["ideas/art.toml:17: `log`: it begins or ends with a space"],
    );
    planted(
        "1-needs.md",
        "Another item",
        "Another [item] here",
        &["chapters/1-needs.md:87: in this block: `[` is not plain text"],
    );
}

#[test]
fn only_the_few_forms_of_markdown_pass() {
    let cases = [
        ("a **strong** word", "**strong**"),
        ("a [link](https://example.org)", "a link"),
        ("a\n\n[quiet]: https://example.org", "a link"),
        ("an ![image](a.png)", "an image"),
        ("a <b>tag", "HTML"),
        ("a `word`", "`code`"),
        ("a &amp; b", "an entity"),
        ("a _word_", "emphasis other than *this*"),
        ("a\\\nb", "a forced line break"),
        ("# heading", "a heading other than ##"),
        ("### heading", "a heading other than ##"),
        ("1. item", "a numbered list"),
        ("* item", "a list with other marks than -"),
        ("> said", "a quotation block"),
        ("    four spaces", "a block of code (or an indented line)"),
        ("---", "a rule"),
        ("Underlined\n---", "a heading other than ##"),
        ("## A *new* heading", "emphasis in a heading"),
        ("- one\n  - two", "a list in a list"),
        ("- one\n\n  two", "a second paragraph in an item"),
        ("<div>\n</div>", "HTML"),
        ("##", "an empty heading, paragraph or item"),
    ];
    for (markdown, what) in cases {
        let fixture = Fixture::new().plant("1-needs.md", "## A heading\n", &format!("{markdown}\n"));
        let lines = 85..=85 + markdown.matches('\n').count();
        let expected = |problem: &String| {
            lines.clone().any(|line| problem.starts_with(&format!("chapters/1-needs.md:{line}: {what}")))
        };
        let found = fixture.problems();
        assert!(found.iter().any(expected), "{markdown:?}: {found:?}");
    }
}

#[test]
fn front_matter_needs_both_its_fences() {
    let found = Fixture::new().plant("1-needs.md", "+++\n", "").problems();
    assert!(found.contains(&"chapters/1-needs.md:1: the first line must be +++".to_owned()), "{found:?}");
    let found = Fixture::new().plant("1-needs.md", "\n+++\n", "\n").problems();
    let expected = "chapters/1-needs.md:1: the +++ that ends the front matter is missing";
    assert!(found.contains(&expected.to_owned()), "{found:?}");
}

#[test]
fn letters_and_phrases_are_checked_in_every_file() {
    planted(
        "art.toml",
        "\"More.\"",
        "\"He\u{2019}s more.\"",
        &["ideas/art.toml:18: a curly apostrophe: use '"],
    );
    planted(
        "1-needs.md",
        "on two lines.",
        "on quality\ntime.",
        &["chapters/1-needs.md:83: \"quality time\": a slogan: time is time"],
    );
}

#[test]
fn there_must_be_enough_of_everything() {
    let mut fixture = Fixture::new();
    fixture
        .0
        .retain(|source| !source.file.ends_with("ideas/sport.toml") && !source.file.ends_with("ask-1.md"));
    assert_eq!(
        fixture.problems(),
        [
            "content/en: answers: 2, and 3 are needed",
            "content/en: ideas of the kind sport: 0, and 8 are needed",
            "content/en: ideas: 117, and 126 are needed",
        ]
    );
    let mut fixture = Fixture::new();
    for source in &mut fixture.0 {
        source.text =
            source.text.replace("\"little\", ", "").replace("little = \"Less.\"", "teen = \"Less.\"");
    }
    assert_eq!(fixture.problems(), ["content/en: ideas for the stage little: 0, and 100 are needed"]);
}

#[test]
fn a_chapter_says_what_changes_at_each_stage_and_what_it_rests_on() {
    planted(
        "1-needs.md",
        "stage = \"young\"",
        "stage = \"teen\"",
        &["chapters/1-needs.md:1: a chapter has a [[stage]] for each stage, in their order"],
    );
    planted(
        "1-needs.md",
        "try = \"A b c d e.\"",
        "try = \"A b.\"",
        &["chapters/1-needs.md:36: 2 words: there are 5 to 60"],
    );
    let evidence = "[[evidence]]\ngrade = \"opinion\"\nclaim = \"So it is.\"\nsource = \"We think so.\"\nlimits = \"All.\"\n\n";
    planted("1-needs.md", evidence, "", &["chapters/1-needs.md:1: 2 pieces of evidence: there are 3 to 7"]);
    let found = Fixture::new().plant("1-needs.md", "grade = \"opinion\"", "grade = \"certain\"").problems();
    assert!(found[1].starts_with("chapters/1-needs.md:64: `grade`: unknown variant `certain`"), "{found:?}");
}

#[test]
fn what_is_hard_to_read_is_found() {
    let hard = "Considerable reciprocal communication necessitates continuous availability everywhere";
    for (file, from, to, place) in [
        ("art.toml", "steps = [\"", format!("steps = [\"{hard}. {hard}. "), "ideas/art.toml:15"),
        ("questions/needs.toml", "text = \"", format!("text = \"{hard} "), "questions/needs.toml:3"),
        (
            "1-needs.md",
            "Opening words",
            format!("{hard}. ").repeat(90) + "Opening words",
            "chapters/1-needs.md:82",
        ),
        (
            "ask-0.md",
            "night shift",
            format!("night shift. {}", format!("{hard}. ").repeat(18)),
            "answers/ask-0.md:9",
        ),
    ] {
        let found = Fixture::new().plant(file, from, &to).problems();
        let said = |problem: &String| problem.starts_with(place) && problem.contains("years of school");
        assert!(found.iter().any(said), "{found:?}");
    }
}

#[test]
fn what_begins_too_often_alike_is_found() {
    let mut fixture = Fixture::new();
    let file = fixture.0.iter_mut().find(|source| source.file.ends_with("ideas/art.toml")).unwrap();
    file.text = file.text.replace("title = \"", "title = \"Walk to the ");
    let found = fixture.problems();
    assert_eq!(found.len(), 5);
    assert!(found[0].ends_with("the 5th that begins \"walk to the\": 4 at most"), "{found:?}");
}

#[test]
fn a_sentence_of_the_article_is_found() {
    planted(
        "1-needs.md",
        "on two lines.",
        "on two lines. Boundaries: a continuous negotiation that respects the evolving needs and growth.",
        &[
            "chapters/1-needs.md:83: stands in the article: \"a continuous negotiation that respects the evolving needs\"",
            "chapters/1-needs.md:83: stands in the article: \"continuous negotiation that respects the evolving needs and\"",
            "chapters/1-needs.md:83: stands in the article: \"negotiation that respects the evolving needs and growth\"",
        ],
    );
}

#[test]
fn families_differ() {
    let mut fixture = Fixture::new();
    for source in &mut fixture.0 {
        source.text = source.text.replace("a wheelchair, ", "");
    }
    assert_eq!(fixture.problems(), ["content/en: nothing here shows a wheelchair"]);
}

#[test]
fn the_floors_of_a_complete_language_are_those_that_were_promised() {
    let problems = {
        let mut problems = Problems::default();
        check("en", &Fixture::new().0, &limits::FLOORS, &mut problems);
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    for floor in [
        "answers: 3, and 24",
        "ideas: 126, and 320",
        "questions: 54, and 400",
        "ideas on the theme change: 14, and 40",
        "questions on the theme change: 6, and 40",
        "questions of the depth deep: 18, and 90",
        "ideas out of doors: 14, and 60",
    ] {
        assert!(problems.contains(floor), "{floor} is not in: {problems}");
    }
}

#[test]
fn the_same_thing_is_not_said_twice() {
    let fixture = Fixture::new();
    let question = fixture.pack().questions[0].text.clone();
    let nearly = question.replace('?', " or not?");
    let other = fixture.pack().questions[7].text.clone();
    let file = "questions/connection.toml";
    let found = Fixture::new().plant(file, &other, &nearly).problems();
    assert_eq!(
        found,
        ["questions/connection.toml:9: says nearly the same as \"needs-q-0\" (questions/needs.toml:3): 71 %",]
    );
    let title = fixture.pack().ideas[0].title.to_uppercase();
    let other = fixture.pack().ideas[1].title.clone();
    let found = Fixture::new().plant("sport.toml", &other, &title).problems();
    assert!(found[0].contains("is already taken: ideas/sport.toml:3"), "{found:?}");
}

#[test]
fn on_disk_a_pack_is_written_once_and_left_alone_when_nothing_changed() {
    let root = std::env::temp_dir().join(format!("bothways-content-{}", std::process::id()));
    let fixture = Fixture::new();
    for source in &fixture.0 {
        let path = root.join(&*source.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &source.text).unwrap();
    }
    let pack = root.join("public/pack/en.txt");

    fs::write(root.join("content/en/ideas/art.txt"), "").unwrap();
    assert!(!check_and_pack(&root, &FLOORS).unwrap(), "a file that does not belong there");
    assert!(!pack.exists());
    fs::remove_file(root.join("content/en/ideas/art.txt")).unwrap();

    assert!(check_and_pack(&root, &FLOORS).unwrap());
    let first = fs::read_to_string(&pack).unwrap();
    assert_eq!(Pack::read(&first).unwrap(), fixture.pack());
    let written = fs::metadata(&pack).unwrap().modified().unwrap();
    assert!(check_and_pack(&root, &FLOORS).unwrap());
    assert_eq!(fs::metadata(&pack).unwrap().modified().unwrap(), written);

    let numbers: serde_json::Value =
        serde_json::from_slice(&fs::read(root.join("target/content.json")).unwrap()).unwrap();
    assert_eq!(numbers["en"]["ideas"], 126);
    assert_eq!(numbers["en"]["ideas_by_stage"]["little"], 126);
    assert_eq!(numbers["en"]["ideas_by_theme"]["own-feet"], 14);
    assert_eq!(numbers["en"]["questions_by_depth"]["easy"], 18);
    fs::remove_dir_all(root).unwrap();
}
