//! How fast 200 questions are there, and how fast one is graded. Figures, not assertions: a busy machine is no fault.
//!
//! `KEBEN_BENCH=1 cargo test -p keben-browser-tests -- bench --nocapture`

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::harness::{Harness, Outcome};
use crate::lab::{Which, pictures};
use crate::site::Way::Http;
use crate::tab::Tab;

const QUESTIONS: usize = 200;

/// Adds the bench when `KEBEN_BENCH` asks for it.
pub fn add(h: &mut Harness) {
    if env::var_os("KEBEN_BENCH").is_some() {
        h.journey_in(Which::Many, "bench: 200 questions", Http, bench);
    }
}

async fn bench(tab: &Tab) -> Outcome {
    for round in 0..3 {
        tab.visit("many/quiz.html").await?;
        let there: f64 = tab.eval(THERE).await?;
        let begun: f64 = tab.eval(BEGUN).await?;
        tab.visit("many/lesson.html").await?;
        let loaded: f64 = tab
            .eval("performance.timing.loadEventEnd - performance.timing.fetchStart")
            .await?;
        let live: f64 = tab.eval(LIVE).await?;
        let (graded, told): (f64, f64) = tab.eval(GRADED).await?;
        println!(
            "round {round}: quiz of {QUESTIONS} interactive {there:.0} ms after the request, first question {begun:.0} ms after the click; \
             lesson loaded after {loaded:.0} ms, all {QUESTIONS} questions live {live:.0} ms later; \
             grading {graded:.4} ms a question, with its marks {told:.2} ms"
        );
    }
    Ok(())
}

/// The introduction stands there when the page's own scripts have run.
const THERE: &str = "document.querySelector('.quiz').dataset.stage === 'intro'
  ? performance.timing.domContentLoadedEventEnd - performance.timing.fetchStart : -1";
const BEGUN: &str = "(async () => { const begin = performance.now();
  document.querySelector('.card .button.main').click();
  while (document.querySelector('.quiz').dataset.stage !== 'play') await new Promise(requestAnimationFrame);
  return performance.now() - begin; })()";
const LIVE: &str = "(async () => { const begin = performance.now();
  document.querySelector('.question').scrollIntoView();
  while (document.querySelectorAll('.question.live').length < 200) await new Promise(requestAnimationFrame);
  return performance.now() - begin; })()";
const GRADED: &str = "(() => { const sections = [...document.querySelectorAll('.question')];
  const keys = sections.map((one) => JSON.parse(one.dataset.question).key);
  const answers = { choice: [0], blanks: ['三天'], ordering: [2, 0, 1, 3], matching: [0, 1], classify: [[0], [1]], open: { text: 'x', met: [true, false] } };
  let begin = performance.now();
  for (let round = 0; round < 50; round++) for (const key of keys) keben.grading.grade(key, answers[key.type]);
  const graded = (performance.now() - begin) / 50 / keys.length;
  for (const one of sections) {
    one.querySelector('.option input, .grid input')?.click(); one.querySelector('.arrow:last-of-type')?.click();
    for (const list of one.querySelectorAll('select')) list.selectedIndex = 1;
    for (const field of one.querySelectorAll('[type=text], textarea')) field.value = '三天';
  }
  begin = performance.now();
  for (const one of sections) one.querySelector('.button.main').click();
  return [graded, (performance.now() - begin) / sections.length]; })()";

/// Writes the source of a site with a quiz and a lesson of 200 questions each, and gives its folder.
pub fn site() -> Outcome<PathBuf> {
    let root = pictures()?.join("many-site");
    let folder = root.join("content/many");
    fs::create_dir_all(&folder)?;
    fs::write(
        root.join("keben.yaml"),
        "title: 两百题\nlanguage: zh-Hans\n",
    )?;
    let page = |title: &str| format!("---\ntitle: {title}\nsummary: 很多题。\n");
    fs::write(
        root.join("content/index.md"),
        page("首页") + "---\n\n[进去](many/index.md)。\n",
    )?;
    fs::write(
        folder.join("index.md"),
        page("两百题") + "---\n\n[课文](lesson.md)和[测验](quiz.md)。\n",
    )?;
    let lesson =
        page("课文") + "---\n\n## 第一步\n\n先听。\n\n## 测验：很多\n\n" + &questions("###", "le")?;
    fs::write(folder.join("lesson.md"), lesson)?;
    let quiz = page("测验")
        + "kind: quiz\nquiz: {shuffle: true, feedback: each}\n---\n\n"
        + &questions("##", "qu")?;
    fs::write(folder.join("quiz.md"), quiz)?;
    Ok(root)
}

fn questions(heading: &str, prefix: &str) -> Outcome<String> {
    const SHAPES: [(&str, &str); 6] = [
        (
            "先做什么",
            "- [x] 听完\n  > 对。\n- [ ] 打断\n  > 会更急。\n- [ ] 挂断\n  > 更糟。\n",
        ),
        ("补完整", "修好后[[3天]]内回访。\n"),
        ("请排序", "1. 听完\n2. 复述\n3. 派工\n4. 回访\n"),
        (
            "请配对",
            "| 事 | 谁 |\n| --- | --- |\n| 灯 | 工程 |\n| 吵 | 客服 |\n",
        ),
        (
            "请归类",
            "| 事 | 公共 | 自己 |\n| --- | :-: | :-: |\n| 外墙 | x | |\n| 龙头 | | x |\n",
        ),
        (
            "怎么回",
            "写下来。\n\n> **参考：** 您说得对。\n\n- 评分 1：先承认\n- 评分 1：给时间\n",
        ),
    ];
    let mut text = String::new();
    for number in 0..QUESTIONS {
        let (title, body) = SHAPES[number % SHAPES.len()];
        write!(
            text,
            "{heading} 第{number}题，{title}\n<!-- id: {prefix}-{number} -->\n\n{body}\n> **解析：** 见[第一步](lesson.md#第一步)。\n\n"
        )?;
    }
    Ok(text)
}
