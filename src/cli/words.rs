//! What the command line says of itself, in both languages.

use std::time::Duration;

use crate::diag::Language;
use crate::pipeline::{Stage, Summary};
use crate::scenario::stats::Stats;

/// How many errors and warnings there are.
pub fn counts(language: Language, errors: usize, warnings: usize) -> String {
    match language {
        Language::Chinese => format!("{errors} 个错误，{warnings} 个提醒"),
        Language::English => {
            format!(
                "{errors} error{}, {warnings} warning{}",
                s(errors),
                s(warnings)
            )
        }
    }
}

/// What a build did.
pub fn summary(language: Language, summary: &Summary, to: &str, time: Duration) -> String {
    let Summary {
        pages,
        words,
        files,
        size,
        index_size,
        unchanged,
    } = *summary;
    let (size, index, time) = (bytes(size), bytes(index_size), seconds(time));
    match (language, unchanged) {
        (Language::Chinese, false) => format!(
            "已生成 {to}：{pages} 页，{words} 字，{files} 个文件共 {size}（搜索索引 {index}），用时 {time}"
        ),
        (Language::Chinese, true) => {
            format!("没有变化 {to}：{pages} 页，{words} 字，{files} 个文件共 {size}，用时 {time}")
        }
        (Language::English, false) => format!(
            "built {to}: {pages} pages, {words} words, {files} files of {size} (search index {index}) in {time}"
        ),
        (Language::English, true) => {
            format!(
                "unchanged {to}: {pages} pages, {words} words, {files} files of {size} in {time}"
            )
        }
    }
}

/// What a check found where it found nothing.
pub fn clean(language: Language, pages: usize, time: Duration) -> String {
    let time = seconds(time);
    match language {
        Language::Chinese => format!("检查通过：{pages} 页，用时 {time}"),
        Language::English => format!("all is well: {pages} pages in {time}"),
    }
}

/// How many ids were written.
pub fn fixed(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::Chinese, 0) => "编号齐全，什么也没有写".to_owned(),
        (Language::Chinese, _) => format!("写上了 {count} 个编号"),
        (Language::English, 0) => "no id is missing; nothing was written".to_owned(),
        (Language::English, _) => format!("wrote {count} id{}", s(count)),
    }
}

/// Nothing was mended, for the site has errors.
pub fn not_fixed(language: Language) -> &'static str {
    match language {
        Language::Chinese => "有错误，编号没有写；先改好错误，再运行一次",
        Language::English => "no ids were written: mend the errors, then run it again",
    }
}

/// A page that could not be mended.
pub fn not_written(language: Language, path: &str, error: &std::io::Error) -> String {
    let busy = error.kind() == std::io::ErrorKind::ResourceBusy;
    match (language, busy) {
        (Language::Chinese, true) => format!("{path} 刚刚被改过，没有动它；再运行一次"),
        (Language::Chinese, false) => format!("写不进 {path}：{error}"),
        (Language::English, true) => {
            format!("{path} was saved in the meantime and left alone; run it again")
        }
        (Language::English, false) => format!("cannot write {path}: {error}"),
    }
}

/// A stage of a build, while it lasts.
pub fn stage(language: Language, stage: Stage) -> &'static str {
    match (language, stage) {
        (Language::Chinese, Stage::Check) => "读取并检查",
        (Language::Chinese, Stage::Render) => "生成页面和搜索索引",
        (Language::Chinese, Stage::Write) => "写入",
        (Language::English, Stage::Check) => "reading and checking",
        (Language::English, Stage::Render) => "rendering and indexing",
        (Language::English, Stage::Write) => "writing",
    }
}

/// A new site was made.
pub fn made(language: Language, dir: &str) -> String {
    match language {
        Language::Chinese => format!("已建立 {dir}。接下来：keben serve --site {dir} --open"),
        Language::English => format!("made {dir}. Next: keben serve --site {dir} --open"),
    }
}

/// A folder that a new site cannot be made in.
pub fn not_empty(language: Language, dir: &str) -> String {
    match language {
        Language::Chinese => format!("{dir} 不是空文件夹，没有动它"),
        Language::English => format!("{dir} is not an empty folder; nothing was changed"),
    }
}

/// Nothing was found.
pub fn nothing_found(language: Language, query: &str) -> String {
    match language {
        Language::Chinese => format!("没有找到“{query}”。换个说法，或者少写几个字试试"),
        Language::English => format!("nothing found for “{query}”. Try other or fewer words"),
    }
}

/// How much was found.
pub fn found(language: Language, pages: usize, shown: usize) -> String {
    match language {
        Language::Chinese if pages > shown => format!("共 {pages} 页，显示前 {shown} 页"),
        Language::Chinese => format!("共 {pages} 页"),
        Language::English if pages > shown => format!("{pages} pages, the first {shown} shown"),
        Language::English => format!("{pages} page{}", s(pages)),
    }
}

/// A page that is no scenario.
pub fn no_scenario(language: Language, file: &str) -> String {
    match language {
        Language::Chinese => format!("{file} 不是情景：页首要写 kind: scenario"),
        Language::English => format!("{file} is no scenario: it needs `kind: scenario` in front"),
    }
}

/// How large a scenario is.
pub fn scenario_size(language: Language, stats: &Stats) -> String {
    let Stats {
        places,
        choices,
        variables,
        states,
        ..
    } = stats;
    match language {
        Language::Chinese => {
            format!("{places} 个地点，{choices} 个选择，{variables} 个变量，{states} 个状态")
        }
        Language::English => {
            format!("{places} places, {choices} choices, {variables} variables, {states} states")
        }
    }
}

/// How long the plays of a scenario are.
pub fn scenario_plays(language: Language, stats: &Stats) -> String {
    let or_none = |steps: Option<usize>| steps.map_or_else(|| "∞".to_owned(), |n| n.to_string());
    let (shortest, longest) = (or_none(stats.shortest), or_none(stats.longest));
    let (mean, minutes) = (stats.mean, stats.minutes);
    match language {
        Language::Chinese => format!(
            "一次走完：最短 {shortest} 步，最长 {longest} 步，平均 {mean:.1} 步，读 {minutes:.1} 分钟"
        ),
        Language::English => format!(
            "one play: at least {shortest} choices, at most {longest}, {mean:.1} on average, {minutes:.1} minutes to read"
        ),
    }
}

/// What stands above the endings of a scenario.
pub fn scenario_head(language: Language) -> [&'static str; 5] {
    match language {
        Language::Chinese => ["结局", "类别", "分数", "随机走到", "最短"],
        Language::English => ["ending", "kind", "score", "at random", "shortest"],
    }
}

/// The kind of an ending.
pub fn ending(language: Language, kind: &str) -> &'static str {
    match (language, kind) {
        (Language::Chinese, "good") => "成功",
        (Language::Chinese, "mixed") => "一般",
        (Language::Chinese, _) => "失败",
        (Language::English, "good") => "success",
        (Language::English, "mixed") => "mixed",
        (Language::English, _) => "failure",
    }
}

/// Random plays that do not end.
pub fn scenario_unended(language: Language, share: f64) -> String {
    let percent = share * 100.0;
    match language {
        Language::Chinese => format!("走不到结局：{percent:.1}%"),
        Language::English => format!("never ends: {percent:.1}%"),
    }
}

/// Figures of a part only.
pub fn scenario_incomplete(language: Language) -> String {
    match language {
        Language::Chinese => "状态太多，只走了一部分，以上数字不全；用 --limit 放宽".to_owned(),
        Language::English => {
            "too many states: these figures are of a part only; --limit visits more".to_owned()
        }
    }
}

/// A code that does not exist.
pub fn no_code(language: Language, code: &str) -> String {
    match language {
        Language::Chinese => format!("没有 {code} 这个编号；用 keben explain 列出全部编号"),
        Language::English => format!("there is no code {code}; keben explain lists them all"),
    }
}

/// Questions were read.
pub fn imported(language: Language, count: usize, to: &str) -> String {
    match language {
        Language::Chinese => format!("导入 {count} 题，写入 {to}"),
        Language::English => format!("{count} question{} imported into {to}", s(count)),
    }
}

/// Questions were written.
pub fn exported(language: Language, count: usize, to: &str) -> String {
    match language {
        Language::Chinese => format!("导出 {count} 条，写入 {to}"),
        Language::English => format!("{count} question{} exported to {to}", s(count)),
    }
}

/// Where something goes that has no file.
pub fn standard_output(language: Language) -> &'static str {
    match language {
        Language::Chinese => "标准输出",
        Language::English => "standard output",
    }
}

/// A file that would be overwritten.
pub fn file_exists(language: Language, path: &str) -> String {
    match language {
        Language::Chinese => format!("{path} 已经存在，没有动它；换一个文件名，或先移走它"),
        Language::English => {
            format!("{path} exists and was left alone; name another file, or move it away")
        }
    }
}

/// A module that the site lacks.
pub fn no_module(language: Language, name: &str, known: &str) -> String {
    match language {
        Language::Chinese => format!("没有模块“{name}”；有这些：{known}"),
        Language::English => format!("there is no module `{name}`; there are: {known}"),
    }
}

/// The name of a form that cannot be a file's.
pub fn bad_form(language: Language, form: &str) -> String {
    match language {
        Language::Chinese => format!("“{form}”不能做卷名；用字母、数字、- 和 _"),
        Language::English => {
            format!("`{form}` is no name for a form; use letters, digits, - and _")
        }
    }
}

/// A page that asks nothing, or is not there.
pub fn no_quiz(language: Language, page: &str) -> String {
    match language {
        Language::Chinese => {
            format!("“{page}”不是有题目的页面；写内容文件夹里的路径，例如 complaints/quiz")
        }
        Language::English => format!(
            "`{page}` is no page with questions; name one by its path, such as complaints/quiz"
        ),
    }
}

/// Papers were made.
pub fn papers(language: Language, pages: usize, printed: usize, dir: &str) -> String {
    match language {
        Language::Chinese => format!("已生成 {dir}：{pages} 份网页，{printed} 份 PDF"),
        Language::English => format!("made {dir}: {pages} sheets as HTML, {printed} as PDF"),
    }
}

/// There is no browser that could print.
pub fn no_printer(language: Language) -> &'static str {
    match language {
        Language::Chinese => {
            "没有找到 Chromium 或 Chrome，没有生成 PDF；可以用浏览器打开网页再打印，或用环境变量 CHROME 指明它"
        }
        Language::English => {
            "no Chromium or Chrome was found, so no PDF was made; print the pages from a browser, or name one with CHROME"
        }
    }
}

/// A sheet that was not printed.
pub fn not_printed(language: Language, page: &str, reason: &str) -> String {
    match language {
        Language::Chinese => format!("{page} 没有生成 PDF：{reason}"),
        Language::English => format!("{page} was not printed as PDF: {reason}"),
    }
}

/// The dev server is up.
pub fn serving(language: Language) -> &'static str {
    match language {
        Language::Chinese => "正在提供站点，保存后浏览器自动刷新；按 Ctrl-C 停止",
        Language::English => "serving; the browser reloads on every change; Ctrl-C stops",
    }
}

/// The dev server shows the newest text.
pub fn updated(language: Language, pages: usize, time: Duration) -> String {
    let time = seconds(time);
    match language {
        Language::Chinese => format!("已更新：{pages} 页，用时 {time}"),
        Language::English => format!("updated: {pages} page{} in {time}", s(pages)),
    }
}

/// The dev server goes on showing the last good site.
pub fn not_updated(language: Language) -> &'static str {
    match language {
        Language::Chinese => "没有更新：仍提供上一次无误的站点，改好并保存即可",
        Language::English => "not updated: the last good site is still served; mend and save",
    }
}

/// A port that the dev server cannot have.
pub fn no_port(language: Language, port: u16, error: &std::io::Error) -> String {
    let taken = error.kind() == std::io::ErrorKind::AddrInUse;
    match (language, taken) {
        (Language::Chinese, true) => {
            format!(
                "端口 {port} 已被占用；换一个：--port {}，或用 --port 0 自动选择",
                other(port)
            )
        }
        (Language::Chinese, false) => format!("不能使用端口 {port}：{error}"),
        (Language::English, true) => format!(
            "port {port} is in use; take another with --port {}, or any free one with --port 0",
            other(port)
        ),
        (Language::English, false) => format!("port {port} cannot be used: {error}"),
    }
}

fn other(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(4000)
}

/// No browser was opened.
pub fn no_browser(language: Language, error: &std::io::Error) -> String {
    match language {
        Language::Chinese => format!("没有打开浏览器（{error}）；请自己打开上面的地址"),
        Language::English => format!("no browser was opened ({error}); open the address yourself"),
    }
}

/// Changes of files cannot be seen.
pub fn unwatched(language: Language, error: &notify::Error) -> String {
    match language {
        Language::Chinese => format!("看不到文件的改动：{error}"),
        Language::English => format!("changes of files cannot be seen: {error}"),
    }
}

/// The dev server ended for no reason that anybody knows.
pub fn stopped(language: Language) -> &'static str {
    match language {
        Language::Chinese => "服务意外停止，请重新运行 keben serve",
        Language::English => "the server stopped unexpectedly; run keben serve again",
    }
}

fn s(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.0} KB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
