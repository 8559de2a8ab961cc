//! How long it takes to import 10,000 questions of GIFT, from text to a page that is read again and
//! compared. Prints the median and the worst of eleven runs.
//!
//! ```text
//! cargo bench --bench import
//! ```

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use keben::exchange::{gift, import};
use keben::source::Sources;

const QUESTIONS: usize = 10_000;
const RUNS: usize = 11;

fn main() {
    let text = bank();
    let mut times: Vec<Duration> = (0..RUNS).map(|_| run(&text)).collect();
    times.sort();
    println!(
        "{QUESTIONS} questions, {:.1} MB of GIFT: median {} ms, worst {} ms",
        text.len() as f64 / 1e6,
        times[RUNS / 2].as_millis(),
        times[RUNS - 1].as_millis()
    );
}

fn run(text: &str) -> Duration {
    let start = Instant::now();
    let mut sources = Sources::default();
    let file = sources.add("bank.gift", text);
    let text = sources.text(file);
    let language = import::language(text);
    let (drafts, notes) = gift::read::read(file, text, language);
    let imported = import::finish("bank", language, drafts, notes);
    let time = start.elapsed();
    assert_eq!(imported.count, QUESTIONS);
    assert!(
        imported.diagnostics.is_empty(),
        "{:?}",
        imported.diagnostics.first()
    );
    time
}

/// Questions of every type that GIFT has, none like another.
fn bank() -> String {
    let mut text = String::new();
    for number in 0..QUESTIONS {
        let _ = match number % 6 {
            0 => writeln!(
                text,
                "::q{number}::业主第{number}次来电投诉噪音，第一步做什么？{{\n=先听完，复述一遍#先接住情绪。\n~%50%记下来#还差一句。\n\
                 ~直接解释规约#会被听成推诿。\n####先听，再记，再答。见[流程](https\\://example.org/{number})。}}\n"
            ),
            1 => writeln!(
                text,
                "::q{number}::派单第{number}号，哪几样必须写？{{\n~%50%位置#凭它带工具。\n~%50%时间\n~%-50%职业#无关。\n}}\n"
            ),
            2 => writeln!(
                text,
                "::q{number}::第{number}条：先听再说。{{TRUE#再想想。#对。}}\n"
            ),
            3 => writeln!(
                text,
                "::q{number}::电话要在{{=三 =3}}声之内接起，第{number}次也一样。\n"
            ),
            4 => writeln!(
                text,
                "::q{number}::欠费{number}元，违约金多少？{{#{number}\\:0.5####每天万分之三。}}\n"
            ),
            _ => writeln!(
                text,
                "::q{number}::第{number}组，配一配{{\n=漏水{number} -> 关阀\n=停电{number} -> 查闸\n= -> 等等看\n}}\n"
            ),
        };
    }
    text.replace("\\:0.5####", ":0.5####")
}
