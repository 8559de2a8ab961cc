//! Measures the engine on a folder of markdown: does it find what is there, and how fast.
//!
//! ```text
//! cargo run --release -p keben-search-core --example quality -- FOLDER [BUNDLE]
//! ```
//!
//! Pages are split at their headings in the simplest way. What a query should find is decided by looking through the
//! plain text, not by the engine. BUNDLE is where to write the index, so that other tools can weigh it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use keben_search_core::{Engine, Query, Results, Section, build};

/// How many queries of each sort are drawn.
const SAMPLES: usize = 1000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder?")?;
    let corpus = Corpus::read(Path::new(&folder))?;
    println!(
        "pages {}, sections {}, Han {}",
        corpus.pages.len(),
        corpus.sections.len(),
        corpus.han()
    );
    let before = memory("VmRSS")?;
    let sections = corpus.sections.clone();
    let input = memory("VmRSS")? - before;
    let begun = Instant::now();
    let bundle = build(sections)?;
    println!("index built in {:.2} s", begun.elapsed().as_secs_f64());
    println!(
        "memory for it {} MB beside {input} MB of input",
        (memory("VmHWM")? - before).saturating_sub(input)
    );
    let bytes = bundle.to_bytes();
    println!("bundle {:.2} MB", bytes.len() as f64 / 1e6);
    if let Some(path) = arguments.next() {
        std::fs::write(path, &bytes)?;
    }
    let begun = Instant::now();
    let engine = Engine::open(bundle)?;
    println!("opened in {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let mut report = Report {
        engine,
        corpus,
        times: HashMap::new(),
        random: 1,
    };
    report.titles()?;
    report.phrases()?;
    report.substrings()?;
    report.traditional()?;
    report.questions()?;
    report.typing()?;
    report.print_times();
    Ok(())
}

/// A figure of this process in MB, as the kernel reports it.
fn memory(name: &str) -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find(|line| line.starts_with(name))
        .ok_or("no such figure")?;
    Ok(line
        .split_whitespace()
        .nth(1)
        .ok_or("no number")?
        .parse::<u64>()?
        / 1024)
}

/// The pages as plain text.
struct Corpus {
    sections: Vec<Section>,
    /// Address, title and all text of every page.
    pages: Vec<(String, String, String)>,
}

impl Corpus {
    fn read(folder: &Path) -> Result<Self, Failure> {
        let mut corpus = Self {
            sections: Vec::new(),
            pages: Vec::new(),
        };
        let mut folders = vec![folder.to_owned()];
        let mut files = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "md") {
                    files.insert(path);
                }
            }
        }
        for file in files {
            let url = file.strip_prefix(folder)?.display().to_string();
            corpus.add(&url, &String::from_utf8_lossy(&std::fs::read(&file)?));
        }
        Ok(corpus)
    }

    /// Splits one page at its headings.
    fn add(&mut self, url: &str, source: &str) {
        let source = source
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(source, |(_, body)| body);
        let Some(title) = source.lines().find_map(|line| line.strip_prefix("# ")) else {
            return;
        };
        let opening = |heading: &str, anchor: usize| Section {
            url: if anchor == 0 {
                url.to_owned()
            } else {
                format!("{url}#{anchor}")
            },
            page_url: url.to_owned(),
            page_title: plain(title),
            heading: plain(heading),
            kind: "page".to_owned(),
            module: url.split('/').next().unwrap_or_default().to_owned(),
            ..Section::default()
        };
        let first = self.sections.len();
        self.sections.push(opening("", 0));
        let mut text = plain(title);
        let mut code = false;
        for line in source.lines() {
            code ^= line.starts_with("```");
            let heading = line.trim_start_matches('#');
            if !code && heading.len() < line.len() && heading.starts_with(' ') {
                if !line.starts_with("# ") {
                    let section = opening(heading, self.sections.len() - first);
                    text.push('\n');
                    text.push_str(&section.heading);
                    self.sections.push(section);
                }
            } else if let Some(section) = self.sections.last_mut() {
                let line = plain(line);
                for text in [&mut section.body, &mut text] {
                    text.push('\n');
                    text.push_str(&line);
                }
            }
        }
        self.pages.push((url.to_owned(), plain(title), text));
    }

    fn han(&self) -> usize {
        self.pages
            .iter()
            .map(|(_, _, text)| text.chars().filter(|&char| is_han(char)).count())
            .sum()
    }

    /// The addresses of the pages whose text holds this.
    fn holding(&self, text: &str) -> BTreeSet<&str> {
        self.pages
            .iter()
            .filter(|page| page.2.contains(text))
            .map(|page| page.0.as_str())
            .collect()
    }
}

/// A line without the marks of markdown that stand inside words.
fn plain(line: &str) -> String {
    line.trim().replace(['*', '`'], "")
}

fn is_han(char: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&char)
}

/// The engine, what it searches, and how long it took.
struct Report {
    engine: Engine,
    corpus: Corpus,
    times: HashMap<&'static str, Vec<Duration>>,
    random: u64,
}

impl Report {
    fn search(&mut self, sort: &'static str, text: &str, limit: usize) -> Result<Results, Failure> {
        let begun = Instant::now();
        let results = self.engine.search(&Query {
            limit,
            ..Query::new(text)
        })?;
        self.times.entry(sort).or_default().push(begun.elapsed());
        Ok(results)
    }

    /// The next number of a row that is the same in every run.
    fn below(&mut self, bound: usize) -> usize {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) as usize % bound.max(1)
    }

    /// A piece of a page of so many Han characters in a row, and the address of the page.
    fn piece(&mut self, shortest: usize, longest: usize) -> (String, String) {
        loop {
            let page = self.below(self.corpus.pages.len());
            let length = shortest + self.below(longest - shortest + 1);
            let (url, _, text) = &self.corpus.pages[page];
            let (url, chars): (String, Vec<char>) = (url.clone(), text.chars().collect());
            let from = self.below(chars.len());
            if let Some(piece) = chars
                .get(from..from + length)
                .filter(|piece| piece.iter().all(|&char| is_han(char)))
            {
                return (piece.iter().collect(), url);
            }
        }
    }

    fn titles(&mut self) -> Result<(), Failure> {
        let titles: Vec<String> = self
            .corpus
            .pages
            .iter()
            .map(|page| page.1.clone())
            .collect();
        let mut first = 0;
        for title in &titles {
            let results = self.search("titles", title, 10)?;
            first += usize::from(
                results
                    .pages
                    .first()
                    .is_some_and(|page| page.title == *title),
            );
        }
        println!("exact titles first        {}", share(first, titles.len()));
        Ok(())
    }

    fn phrases(&mut self) -> Result<(), Failure> {
        let (mut right, mut returned, mut holding) = (0, 0, 0);
        for _ in 0..SAMPLES {
            let (piece, _) = self.piece(4, 8);
            let results = self.search("phrases", &piece, 10_000)?;
            let expected = self.corpus.holding(&piece);
            right += results
                .pages
                .iter()
                .filter(|page| expected.contains(page.url.as_str()))
                .count();
            returned += results.pages.len();
            holding += expected.len().min(200);
        }
        println!("phrases, precision        {}", share(right, returned));
        println!("phrases, recall           {}", share(right, holding));
        Ok(())
    }

    fn substrings(&mut self) -> Result<(), Failure> {
        let (mut found, mut exactly) = (0, 0);
        for _ in 0..SAMPLES {
            let (piece, _) = self.piece(2, 12);
            let results = self.search("substrings", &piece, 200)?;
            let answered: BTreeSet<&str> =
                results.pages.iter().map(|page| page.url.as_str()).collect();
            let expected = self.corpus.holding(&piece);
            // More pages than one answer shows can only be counted.
            let all = if expected.len() > 200 {
                answered.is_subset(&expected)
            } else {
                expected.is_subset(&answered)
            };
            found += usize::from(all && results.total_pages >= expected.len());
            exactly += usize::from(all && results.total_pages == expected.len());
        }
        println!("substrings, all pages     {}", share(found, SAMPLES));
        println!("substrings, no others     {}", share(exactly, SAMPLES));
        Ok(())
    }

    fn traditional(&mut self) -> Result<(), Failure> {
        let table = include_str!("../src/analysis/simplified.txt");
        let pairs = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut chars = line.chars();
                Some((chars.next_back()?, chars.next_back()?))
            });
        let pairs: HashMap<char, char> = pairs.collect();
        let mut same = 0;
        for _ in 0..SAMPLES {
            let (piece, _) = self.piece(2, 8);
            let twin: String = piece
                .chars()
                .map(|char| *pairs.get(&char).unwrap_or(&char))
                .collect();
            same += usize::from(
                self.search("traditional", &piece, 10)? == self.search("traditional", &twin, 10)?,
            );
        }
        println!("Traditional = Simplified  {}", share(same, SAMPLES));
        Ok(())
    }

    fn questions(&mut self) -> Result<(), Failure> {
        let (mut some, mut first, mut reciprocal) = (0, 0, 0.0);
        for sample in 0..SAMPLES {
            let (one, url) = self.piece(5, 9);
            let text = self
                .corpus
                .pages
                .iter()
                .find(|page| page.0 == url)
                .map(|page| page.1.clone())
                .unwrap_or_default();
            let question = match sample % 3 {
                0 => format!("请问{one}的时候{text}应该怎么办？"),
                1 => format!("为什么{text}说{one}呢"),
                _ => format!("{text}如果{one}怎么处理"),
            };
            let results = self.search("questions", &question, 10)?;
            let rank = results.pages.iter().position(|page| page.url == url);
            some += usize::from(!results.pages.is_empty());
            first += usize::from(rank == Some(0));
            reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
        }
        println!("questions, not empty      {}", share(some, SAMPLES));
        println!("questions, page first     {}", share(first, SAMPLES));
        println!(
            "questions, MRR            {:.4}",
            reciprocal / SAMPLES as f64
        );
        Ok(())
    }

    /// Every beginning of a phrase, as it is typed.
    fn typing(&mut self) -> Result<(), Failure> {
        for _ in 0..SAMPLES / 4 {
            let (piece, _) = self.piece(6, 6);
            for (end, _) in piece.char_indices().skip(1) {
                self.search(
                    if end < 4 { "one character" } else { "typing" },
                    &piece[..end],
                    10,
                )?;
            }
        }
        Ok(())
    }

    fn print_times(&mut self) {
        let mut sorts: Vec<_> = self.times.iter_mut().collect();
        sorts.sort_by_key(|(sort, _)| **sort);
        for (sort, times) in sorts {
            times.sort();
            let milliseconds =
                |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
            println!(
                "{sort:<14} median {:6.2} ms, 99 of 100 within {:6.2} ms",
                milliseconds(50),
                milliseconds(99)
            );
        }
    }
}

fn share(part: usize, whole: usize) -> String {
    format!(
        "{part:>6} of {whole:>6} = {:.2} %",
        100.0 * part as f64 / whole.max(1) as f64
    )
}
