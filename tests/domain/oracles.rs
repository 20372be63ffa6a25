//! The heads of an entry, compared with two programs that other people wrote for the same question: `MerkleReg` of
//! the crate crdts, which lets revisions wait for their parents as we do, and git, whose `merge-base --independent`
//! names the commits that no other follows.

use crate::counts::{cases_or, config_or};
use bothways::ids::{BodyHash, DeviceId, EntryId, RevisionId};
use bothways::log::revision::{Header, Revision};
use bothways::log::set::{Heads, Held};
use bothways::log::{Delta, LogSet, Member};
use crdts::CmRDT;
use crdts::merkle_reg::{MerkleReg, Node};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const ENTRY: EntryId = EntryId::from_bytes([1; 16]);

/// A random history of one entry: each revision's parents stand before it. They arrive in another order, some never.
#[derive(Clone, Debug)]
struct Graph {
    parents: Vec<BTreeSet<usize>>,
    arriving: Vec<usize>,
}

fn graph() -> impl Strategy<Value = Graph> {
    let revision = (prop::collection::vec(any::<prop::sample::Index>(), 0..4), any::<u16>(), 0..8_u8);
    prop::collection::vec(revision, 1..24).prop_map(|revisions| {
        let parents = revisions
            .iter()
            .enumerate()
            // Mostly near ones, so that threads grow long as well as wide.
            .map(|(at, (parents, ..))| {
                let near = at.min(6);
                parents.iter().filter(|_| at > 0).map(|parent| at - 1 - parent.index(near)).collect()
            })
            .collect();
        let mut arriving: Vec<usize> = (0..revisions.len()).filter(|at| revisions[*at].2 > 0).collect();
        arriving.sort_by_key(|at| revisions[*at].1);
        Graph { parents, arriving }
    })
}

impl Graph {
    fn revisions(&self) -> Vec<Revision> {
        let mut made: Vec<Revision> = Vec::new();
        for (at, parents) in self.parents.iter().enumerate() {
            let header = Header {
                v: 1,
                entry: ENTRY,
                parents: parents.iter().map(|parent| made[*parent].id()).collect(),
                device: DeviceId::from_bytes([2; 16]),
                member: Member::Mother,
                body: BodyHash::from_bytes([at as u8; 32]),
                size: 2,
                erases: false,
            };
            made.push(Revision::write(header).unwrap());
        }
        made
    }

    /// Those that arrive and whose ancestors all arrive, worked out the slow way.
    fn whole(&self) -> BTreeSet<usize> {
        let mut whole = BTreeSet::new();
        for (at, parents) in self.parents.iter().enumerate() {
            if self.arriving.contains(&at) && parents.is_subset(&whole) {
                whole.insert(at);
            }
        }
        whole
    }

    fn nodes(&self, revisions: &[Revision]) -> Vec<Node<[u8; 32]>> {
        let mut nodes: Vec<Node<[u8; 32]>> = Vec::new();
        for (parents, revision) in self.parents.iter().zip(revisions) {
            let children = parents.iter().map(|parent| nodes[*parent].hash()).collect();
            nodes.push(Node { children, value: *revision.id().bytes() });
        }
        nodes
    }
}

fn hold(log: &mut LogSet, revision: &Revision) {
    let held = Held { revision: revision.clone(), seen: 0 };
    log.apply(Delta { revisions: vec![held], ..Delta::default() });
}

fn ids(nodes: impl Iterator<Item = [u8; 32]>) -> BTreeSet<RevisionId> {
    nodes.map(RevisionId::from_bytes).collect()
}

/// A log that holds one revision and those of its ancestors that another log holds.
fn only(log: &LogSet, revision: &Revision) -> LogSet {
    let (mut part, mut wanted) = (LogSet::default(), vec![revision.id()]);
    while let Some(id) = wanted.pop() {
        if let Some(held) = log.revision(&id).filter(|held| part.revision(&held.revision.id()).is_none()) {
            wanted.extend(&held.revision.header().parents);
            hold(&mut part, &held.revision);
        }
    }
    part
}

/// What differs from `MerkleReg`, looking after every arrival.
fn unlike_merkle_reg(graph: &Graph, heads_of: impl Fn(&LogSet) -> Heads) -> Option<String> {
    let revisions = graph.revisions();
    let nodes = graph.nodes(&revisions);
    let (mut log, mut register) = (LogSet::default(), MerkleReg::new());
    for at in &graph.arriving {
        hold(&mut log, &revisions[*at]);
        register.apply(nodes[*at].clone());
        let heads = heads_of(&log);
        let ours: BTreeSet<RevisionId> = heads.ids.iter().copied().collect();
        let theirs = ids(register.read().values().copied());
        // Where nothing is whole, we show what has come rather than nothing; a register has no value then.
        if register.num_nodes() > 0 && ours != theirs {
            return Some(format!("heads after {at}: {ours:?}, not {theirs:?}"));
        }
        if heads.incomplete != (register.num_orphans() > 0) {
            return Some(format!("{} wait after {at}", register.num_orphans()));
        }
    }
    let placed = ids(register.all_nodes().map(|node| node.value));
    for at in &graph.arriving {
        let waits = heads_of(&only(&log, &revisions[*at])).incomplete;
        if waits == placed.contains(&revisions[*at].id()) {
            return Some(format!("revision {at} waits: {waits}"));
        }
    }
    None
}

fn heads(log: &LogSet) -> Heads {
    log.heads(&ENTRY)
}

/// The mistake that is easily made: every revision no other follows, those that wait for their parents included.
fn hasty_heads(log: &LogSet) -> Heads {
    let held = || log.revisions_of(&ENTRY).map(|held| &held.revision);
    let followed = |id: &RevisionId| held().any(|revision| revision.header().parents.contains(id));
    let missing = |id: &RevisionId| log.revision(id).is_none();
    Heads {
        ids: held().map(Revision::id).filter(|id| !followed(id)).collect(),
        incomplete: held().any(|revision| revision.header().parents.iter().any(missing)),
    }
}

proptest! {
    #![proptest_config(config_or(500))]

    #[test]
    fn heads_and_what_waits_are_those_of_a_merkle_register(graph in graph()) {
        prop_assert_eq!(unlike_merkle_reg(&graph, heads), None);
    }

    #[test]
    fn once_everything_has_arrived_nothing_waits(mut graph in graph()) {
        let late: Vec<usize> = (0..graph.parents.len()).rev().filter(|at| !graph.arriving.contains(at)).collect();
        graph.arriving.extend(late);
        prop_assert_eq!(unlike_merkle_reg(&graph, heads), None);
        let mut log = LogSet::default();
        graph.revisions().iter().for_each(|revision| hold(&mut log, revision));
        prop_assert!(!heads(&log).incomplete);
    }
}

fn some_graphs(count: u32) -> Vec<Graph> {
    let mut runner = TestRunner::default();
    (0..count).map(|_| graph().new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn the_register_sees_a_waiting_revision_that_is_taken_for_a_head() {
    let graphs = some_graphs(200);
    assert!(graphs.iter().any(|graph| unlike_merkle_reg(graph, hasty_heads).is_some()));
}

/// A git repository that holds nothing but these histories.
struct Git {
    folder: PathBuf,
    commits: Vec<String>,
}

impl Git {
    /// One fast-import for all graphs together; commit number n of all is `commits[n]`.
    fn of(graphs: &[Graph]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("heads-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let mut git = Self { folder, commits: Vec::new() };
        git.run(&["init", "--quiet", "--bare"], "");
        let (mut stream, mut first) = (String::new(), 1);
        for graph in graphs {
            for (at, parents) in graph.parents.iter().enumerate() {
                let mark = first + at;
                let said = mark.to_string();
                // The reset makes the next commit a first one, whatever was written before.
                let _ = write!(stream, "reset refs/heads/all\ncommit refs/heads/all\nmark :{mark}\n");
                let _ = write!(stream, "committer a <a@b.c> 1 +0000\ndata {}\n{said}\n", said.len());
                for (nth, parent) in parents.iter().enumerate() {
                    let word = if nth == 0 { "from" } else { "merge" };
                    let _ = writeln!(stream, "{word} :{}", first + parent);
                }
            }
            first += graph.parents.len();
        }
        let marks = git.folder.join("marks");
        git.run(
            &["fast-import", "--quiet", "--force", &format!("--export-marks={}", marks.display())],
            &stream,
        );
        let mut commits = BTreeMap::new();
        for line in std::fs::read_to_string(marks).unwrap().lines() {
            let (mark, commit) = line.split_once(' ').unwrap();
            commits.insert(mark[1..].parse::<usize>().unwrap(), commit.to_owned());
        }
        git.commits = commits.into_values().collect();
        assert_eq!(git.commits.len(), first - 1);
        git
    }

    fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut git = Command::new("git")
            .args(arguments)
            .current_dir(&self.folder)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test asks git");
        git.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = git.wait_with_output().unwrap();
        assert!(output.status.success(), "git {arguments:?} failed");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Which of these commits no other of them follows.
    fn independent(&self, first: usize, commits: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut arguments = vec!["merge-base", "--independent"];
        arguments.extend(commits.iter().map(|at| self.commits[first + at].as_str()));
        let answer = self.run(&arguments, "");
        commits.iter().copied().filter(|at| answer.contains(&self.commits[first + at])).collect()
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn heads_are_the_commits_git_calls_independent() {
    let graphs = some_graphs(cases_or(500));
    let git = Git::of(&graphs);
    let (mut first, mut asked, mut hasty) = (0, 0, 0);
    for graph in &graphs {
        let whole = graph.whole();
        // Git knows no commit without its parents: it is asked about what is whole.
        if !whole.is_empty() {
            let revisions = graph.revisions();
            let mut log = LogSet::default();
            graph.arriving.iter().for_each(|at| hold(&mut log, &revisions[*at]));
            let expected: BTreeSet<RevisionId> =
                git.independent(first, &whole).into_iter().map(|at| revisions[at].id()).collect();
            assert_eq!(heads(&log).ids.into_iter().collect::<BTreeSet<_>>(), expected, "{graph:?}");
            asked += 1;
            hasty += usize::from(hasty_heads(&log).ids.into_iter().collect::<BTreeSet<_>>() != expected);
        }
        first += graph.parents.len();
    }
    // Enough of them tell right from nearly right.
    assert!(asked * 2 > graphs.len() && hasty > 0, "{asked} asked, {hasty} of them telling");
}
