//! The arguments, as clap reads them and as `--help` tells them.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::diag::Language;
use crate::diag::print::Format;

/// Turns a folder of plain markdown into a training site and knowledge base.
#[derive(Debug, Parser)]
#[command(
    name = "keben",
    version,
    after_help = "Examples:\n  keben new my-course && keben serve --site my-course\n  keben build\n  keben search 物业费 拒交\n\nExit codes: 0 all is well, 1 the content has errors, 2 wrong usage or the system refused."
)]
pub struct Args {
    /// What every command understands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, clap::Args)]
pub struct Global {
    /// The site's folder, which holds keben.yaml
    #[arg(
        long,
        short = 'C',
        global = true,
        value_name = "DIR",
        default_value = "."
    )]
    pub site: PathBuf,
    /// How problems are told: for people, one a line for editors, or one JSON object a line
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human", value_parser = format_parser())]
    pub format: Format,
    /// Say nothing but problems and results
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// The language of messages (default: that of the locale, else that of the site)
    #[arg(long, global = true, value_name = "zh|en", value_parser = language_parser())]
    pub lang: Option<Language>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small site that builds at once
    #[command(after_help = "Example:\n  keben new my-course\n  keben serve --site my-course")]
    New(New),
    /// Build the site into a folder that any host, share or USB stick can hold
    #[command(
        after_help = "Example:\n  keben build -o public --base-url https://training.example/"
    )]
    Build(Build),
    /// Run all of the build's checks; write nothing but what --fix asks for
    #[command(after_help = "Example:\n  keben check --format short\n  keben check --fix")]
    Check(Check),
    /// Serve the site on this machine, rebuild on every change and reload the page
    #[command(after_help = "Example:\n  keben serve --port 4000 --open")]
    Serve(Serve),
    /// Search the site's text from the command line
    #[command(
        after_help = "Example:\n  keben search 业主说服务不好拒交物业费怎么回答\n  keben search --json --kind scripts 漏水"
    )]
    Search(Search),
    /// Look at one scenario
    Scenario(Scenario),
    /// Turn questions of other formats into a quiz page
    #[command(
        after_help = "Example:\n  keben import gift questions.txt -o content/fees/imported.md\n  keben import moodle-xml bank.xml > bank.md"
    )]
    Import(Import),
    /// Write the question bank in the format of another program
    #[command(
        after_help = "Example:\n  keben export moodle-xml -o bank.xml\n  keben export anki --module complaints -o complaints.apkg"
    )]
    Export(Export),
    /// Make question papers, answer sheets and keys of a quiz
    #[command(
        after_help = "Example:\n  keben paper complaints/quiz --forms A,B --seed 2026 -o papers"
    )]
    Paper(Paper),
    /// Explain a code that stands in a message
    #[command(after_help = "Example:\n  keben explain K301")]
    Explain(Explain),
}

/// `keben new`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The folder to make; it must not exist, or be empty
    pub dir: PathBuf,
}

/// What is read, for every command that reads a site.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// Treat drafts as pages like others
    #[arg(long)]
    pub drafts: bool,
    /// Where the site will be served, for the sitemap, the feed and link previews
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The day for which reviews are due or not (default: today)
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
}

/// `keben build`.
#[derive(Debug, clap::Args)]
pub struct Build {
    /// The folder to write (default: `output` of keben.yaml)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `keben check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Write the ids that questions, scripts and terms lack into the pages
    #[arg(long)]
    pub fix: bool,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `keben serve`.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, short, default_value_t = 4000)]
    pub port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `keben search`.
#[derive(Debug, clap::Args)]
pub struct Search {
    /// What to look for; several words need no quotes
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// How many pages at most
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub limit: usize,
    /// Only pages of this kind: lesson, scripts, case …
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only pages of this module, by its folder
    #[arg(long, value_name = "FOLDER")]
    pub module: Option<String>,
    /// Write the results as JSON
    #[arg(long)]
    pub json: bool,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `keben scenario`.
#[derive(Debug, clap::Args)]
pub struct Scenario {
    /// What to do with it.
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

/// What to do with a scenario.
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Print its size, the length of its plays, and where chance leads
    #[command(
        after_help = "Example:\n  keben scenario stats content/complaints/scenario-power-cut.md\n\nThe shares are those of a player who takes every offered choice with the same probability.\nThey are computed over all states, not sampled."
    )]
    Stats(ScenarioStats),
}

/// `keben scenario stats`.
#[derive(Debug, clap::Args)]
pub struct ScenarioStats {
    /// The scenario's page
    pub file: PathBuf,
    /// Write the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// How many states to visit at most
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub limit: u32,
}

/// `keben import`.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// What the file is
    #[arg(value_enum, value_name = "FORMAT")]
    pub from: ImportFormat,
    /// The file to read
    pub file: PathBuf,
    /// The page to write; it must not exist (default: to standard output)
    #[arg(long, short, value_name = "OUT.md")]
    pub output: Option<PathBuf>,
}

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ImportFormat {
    /// Moodle's text format
    Gift,
    /// The plainest of formats: options by letter
    Aiken,
    /// Moodle's own format
    MoodleXml,
}

/// `keben export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// What to write
    #[arg(value_enum, value_name = "FORMAT")]
    pub to: ExportFormat,
    /// The file to write (default: text to standard output, others to NAME.zip or NAME.apkg after the site's id)
    #[arg(long, short, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Only this module, by its folder
    #[arg(long, value_name = "FOLDER")]
    pub module: Option<String>,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// Moodle's text format
    Gift,
    /// Moodle's own format
    MoodleXml,
    /// A content package of IMS Question and Test Interoperability 2.1
    Qti21,
    /// A deck of flash cards
    Anki,
}

/// `keben paper`.
#[derive(Debug, clap::Args)]
pub struct Paper {
    /// The quiz, by its page: complaints/quiz or content/complaints/quiz.md
    pub quiz: String,
    /// The names of the forms, each in an order of its own
    #[arg(long, value_delimiter = ',', default_value = "A", value_name = "A,B")]
    pub forms: Vec<String>,
    /// The number that decides what is drawn and in which order; the same gives the same papers
    #[arg(long, value_name = "N")]
    pub seed: u64,
    /// How many questions at most (default: as many as the quiz draws)
    #[arg(long, value_name = "N")]
    pub count: Option<usize>,
    /// The folder to write
    #[arg(long, short, default_value = "papers", value_name = "DIR")]
    pub output: PathBuf,
    /// What is read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// `keben explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The code, such as K301; without one, all codes are listed
    pub code: Option<String>,
}

fn format_parser() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(["human", "short", "json"]).map(|name| match name.as_str() {
        "short" => Format::Short,
        "json" => Format::Json,
        _ => Format::Human,
    })
}

fn language_parser() -> impl clap::builder::TypedValueParser<Value = Language> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(["zh", "en"]).map(|name| match name.as_str() {
        "en" => Language::English,
        _ => Language::Chinese,
    })
}
