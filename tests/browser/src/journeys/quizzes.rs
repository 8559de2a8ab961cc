//! A quiz from its introduction to its review: practised, tested, left and taken up again.

use crate::harness::Outcome;
use crate::tab::{NARROW, Tab, same};

use super::questions::fits;

const PRACTICE: &str = "desk/practice.html";
const TEST: &str = "desk/test.html";

/// The question in focus.
const HERE: &str = ".quiz > .question:not([hidden])";

/// Presses the button that can be seen and says so.
async fn press(tab: &Tab, words: &str) -> Outcome {
    let find = format!(
        "[...document.querySelectorAll('.quiz button')].find((one) => one.checkVisibility() && one.textContent.trim() === '{words}')"
    );
    tab.until(&find).await?;
    tab.run(&format!(
        "document.querySelector('[data-pressed]')?.removeAttribute('data-pressed'); ({find}).dataset.pressed = ''"
    ))
    .await?;
    tab.click("[data-pressed]").await
}

/// Waits until the quiz is at a stage.
async fn stage(tab: &Tab, name: &str) -> Outcome {
    tab.until(&format!(
        "document.querySelector('.quiz').dataset.stage === '{name}'"
    ))
    .await
}

async fn start(tab: &Tab, page: &str) -> Outcome {
    tab.visit(page).await?;
    stage(tab, "intro").await?;
    press(tab, "开始").await?;
    stage(tab, "play").await
}

/// The end of the id of the question in focus.
async fn here(tab: &Tab) -> Outcome<String> {
    tab.eval(&format!(
        "JSON.parse(document.querySelector('{HERE}').dataset.question).id"
    ))
    .await
}

/// Goes to a question by the map.
async fn go(tab: &Tab, number: usize) -> Outcome {
    tab.click(&format!(".map li:nth-child({number}) button"))
        .await?;
    tab.until(&format!(
        "document.querySelector('.map li:nth-child({number}) [aria-current=true]')"
    ))
    .await
}

/// Chooses an option of the question in focus by its text.
async fn option(tab: &Tab, text: &str) -> Outcome {
    tab.run(&format!(
        "document.querySelector('[data-chosen]')?.removeAttribute('data-chosen');
         [...document.querySelectorAll('{HERE} .option')].find((one) => one.innerText.includes('{text}')).querySelector('input').dataset.chosen = ''"
    ))
    .await?;
    tab.click("[data-chosen]").await
}

/// How sure the learner says to be, from 1 to 3.
async fn sure(tab: &Tab, level: u8) -> Outcome {
    // The legend is the first child.
    let label = level + 1;
    tab.click(&format!("{HERE} .sure label:nth-child({label}) input"))
        .await
}

/// Waits for a text within the quiz.
async fn says(tab: &Tab, text: &str) -> Outcome {
    tab.until(&format!(
        "document.querySelector('.quiz').innerText.includes('{text}')"
    ))
    .await
}

/// Ends the paper although questions are open.
async fn give_up(tab: &Tab, end: &str, anyway: &str) -> Outcome {
    press(tab, end).await?;
    tab.until("document.querySelector('dialog.warning[open]')")
        .await?;
    press(tab, anyway).await
}

async fn finish(tab: &Tab) -> Outcome {
    give_up(tab, "做完了，看结果", "就做到这里").await?;
    stage(tab, "result").await
}

/// The paper as the browser keeps it.
async fn paper(tab: &Tab, page: &str) -> Outcome<serde_json::Value> {
    let text: String = tab
        .eval(&format!("localStorage.getItem('keben.paper.{page}')"))
        .await?;
    Ok(serde_json::from_str(&text)?)
}

pub async fn practice(tab: &Tab) -> Outcome {
    tab.visit(PRACTICE).await?;
    for fact in ["9 题", "80 分过关", "可以做 2 次", "成绩按第一次作答算"] {
        says(tab, fact).await?;
    }
    tab.holds(
        "practice makes no promise about secrets",
        "!document.querySelector('.honest')",
    )
    .await?;
    press(tab, "开始").await?;
    stage(tab, "play").await?;
    tab.holds(
        "one question is in focus, and so is its heading",
        &format!(
            "document.querySelectorAll('{HERE}').length === 1 && document.activeElement.matches('{HERE} h2')"
        ),
    )
    .await?;
    option(tab, "先把面前的事办完").await?;
    press(tab, "检查答案").await?;
    says(tab, "电话那头可能正在漏水").await?;
    press(tab, "再试一次").await?;
    option(tab, "请面前的业主稍等").await?;
    press(tab, "检查答案").await?;
    tab.until("document.activeElement.textContent === '下一题'")
        .await?;
    press(tab, "标记").await?;
    tab.until("document.querySelector('.map [data-flagged]')")
        .await?;
    same(
        "what the map says of it",
        tab.eval::<String>("document.querySelector('.map [aria-current]').ariaLabel")
            .await?,
        "第 1 题，不对，已标记".to_owned(),
    )?;
    press(tab, "下一题").await?;
    for text in ["哪栋哪户", "水大不大"] {
        option(tab, text).await?;
    }
    press(tab, "检查答案").await?;
    finish(tab).await?;
    tab.holds(
        "what to read stands before the score",
        "document.querySelector('.reading').compareDocumentPosition(document.querySelector('.score')) === Node.DOCUMENT_POSITION_FOLLOWING",
    )
    .await?;
    same(
        "the sections to read, the one with most mistakes first",
        tab.eval::<Vec<String>>(
            "[...document.querySelectorAll('.reading li')].map((one) => one.innerText.replace(/\\s+/g, ' ').trim())",
        )
        .await?,
        ["第三步 4 题", "第二步 2 题", "第一步 1 题"].map(str::to_owned).to_vec(),
    )?;
    says(tab, "还没过关").await?;
    says(tab, "对 1 题，部分对 0 题，错 7 题").await?;
    press(tab, "回顾").await?;
    stage(tab, "review").await?;
    tab.holds(
        "what was chosen first is what is shown",
        "[...document.querySelectorAll('.quiz > .question')].find((one) => one.innerText.includes('第 1 题')).querySelector('.option:nth-child(2) input').checked",
    )
    .await?;
    tab.holds(
        "every question is there and leads to its section",
        "[...document.querySelectorAll('.quiz > .question:not([hidden])')].filter((one) => one.querySelector('.result .explanation a, .options')).length === 9",
    )
    .await?;
    says(tab, "没有作答").await?;
    let attempts = "(async () => (await (await keben.openRecord()).all('attempts')).map((one) => [one.page, one.mode, !!one.ended, one.passed, one.points, one.answers.length].join(' ')).join(';'))()";
    tab.until(&format!(
        "(async () => (await {attempts}) === 'desk/practice practice true false 8 9')()"
    ))
    .await
}

pub async fn keys(tab: &Tab) -> Outcome {
    start(tab, PRACTICE).await?;
    tab.press("b").await?;
    tab.until(&format!(
        "document.querySelector('{HERE} .option:nth-child(2) input').checked"
    ))
    .await?;
    tab.press("1").await?;
    tab.until(&format!(
        "document.querySelector('{HERE} .option:nth-child(1) input').checked"
    ))
    .await?;
    tab.press("Enter").await?;
    tab.until("document.activeElement.textContent === '下一题'")
        .await?;
    tab.press("Enter").await?;
    tab.until("document.querySelector('.map li:nth-child(2) [aria-current=true]')")
        .await?;
    tab.press("m").await?;
    tab.until("document.querySelector('.map li:nth-child(2) [data-flagged]')")
        .await?;
    for (key, number) in [("n", 3), ("n", 4), ("p", 3)] {
        tab.press(key).await?;
        tab.until(&format!(
            "document.querySelector('.map li:nth-child({number}) [aria-current=true]')"
        ))
        .await?;
    }
    go(tab, 4).await?;
    tab.click(&format!("{HERE} [type=text]")).await?;
    tab.press("b").await?;
    same(
        "letters are text where somebody writes",
        tab.eval::<String>("document.activeElement.value").await?,
        "b".to_owned(),
    )?;
    tab.press("Enter").await?;
    tab.until(&format!(
        "document.querySelector('{HERE}').dataset.question && document.querySelector('{HERE} .result [data-state=wrong]')"
    ))
    .await
}

pub async fn resumed(tab: &Tab) -> Outcome {
    start(tab, PRACTICE).await?;
    option(tab, "请面前的业主稍等").await?;
    sure(tab, 3).await?;
    press(tab, "检查答案").await?;
    press(tab, "下一题").await?;
    option(tab, "身份证号").await?;
    tab.visit("desk/lesson.html").await?;
    tab.visit(PRACTICE).await?;
    says(tab, "已答 2 / 9 题").await?;
    press(tab, "接着做").await?;
    stage(tab, "play").await?;
    same(
        "the question left",
        here(tab).await?,
        "pr-multiple".to_owned(),
    )?;
    tab.holds(
        "what was chosen there",
        &format!("document.querySelector('{HERE} .option:nth-child(3) input').checked"),
    )
    .await?;
    go(tab, 1).await?;
    tab.holds(
        "what was told there, and how sure",
        &format!(
            "document.querySelector('{HERE} .result [data-state=right]') && document.querySelector('{HERE} .sure label:nth-child(4) input').checked"
        ),
    )
    .await
}

pub async fn retry(tab: &Tab) -> Outcome {
    start(tab, PRACTICE).await?;
    option(tab, "请面前的业主稍等").await?;
    press(tab, "检查答案").await?;
    finish(tab).await?;
    press(tab, "只重做错的 7 题").await?;
    stage(tab, "play").await?;
    let paper = paper(tab, "desk/practice").await?;
    same("questions", paper["ids"].as_array().map(Vec::len), Some(7))?;
    tab.holds(
        "they are fresh",
        "!document.querySelector('.quiz .locked, .quiz :checked')",
    )
    .await?;
    finish(tab).await?;
    press(tab, "回到开始").await?;
    says(tab, "还可以做 1 次").await
}

pub async fn conceited(tab: &Tab) -> Outcome {
    start(tab, PRACTICE).await?;
    option(tab, "先把面前的事办完").await?;
    sure(tab, 1).await?;
    press(tab, "检查答案").await?;
    go(tab, 3).await?;
    option(tab, "对").await?;
    sure(tab, 3).await?;
    press(tab, "检查答案").await?;
    finish(tab).await?;
    says(tab, "有把握，却答错了").await?;
    press(tab, "闻到燃气味，先开灯看清楚。").await?;
    stage(tab, "review").await?;
    same(
        "the first of the review",
        here(tab).await?,
        "pr-truth".to_owned(),
    )?;
    says(tab, "当时的把握：很确定").await
}

pub async fn test(tab: &Tab) -> Outcome {
    tab.visit(TEST).await?;
    for fact in [
        "6 题",
        "限时 10 分钟",
        "可以做 1 次",
        "静态网站",
        "纸质试卷",
    ] {
        says(tab, fact).await?;
    }
    press(tab, "开始").await?;
    stage(tab, "play").await?;
    answer_all(tab).await?;
    tab.holds(
        "nothing is told yet",
        "![...document.querySelectorAll('.result > *, .note, .correction, .hint')].some((one) => one.checkVisibility())",
    )
    .await?;
    go(tab, 6).await?;
    press(tab, "交卷").await?;
    judge_open(tab).await?;
    stage(tab, "result").await?;
    says(tab, "100").await?;
    says(tab, "过关").await?;
    press(tab, "回到开始").await?;
    says(tab, "还可以做 0 次").await?;
    says(tab, "规定的次数已经用完").await?;
    press(tab, "再练一遍（不计次数）").await?;
    stage(tab, "play").await?;
    tab.holds(
        "practice has no clock",
        "!document.querySelector('.clock').checkVisibility()",
    )
    .await
}

/// Answers every question of a paper rightly, whichever were drawn, in the order of the paper.
async fn answer_all(tab: &Tab) -> Outcome {
    let count: usize = tab
        .eval("document.querySelectorAll('.map button').length")
        .await?;
    for number in 1..=count {
        go(tab, number).await?;
        let id = here(tab).await?;
        let run = |script: &'static str| async move { tab.run(script).await };
        match id.split_once('-').map_or("", |(_, kind)| kind) {
            "single" => option(tab, "请面前的业主稍等").await?,
            "multiple" => {
                option(tab, "哪栋哪户").await?;
                option(tab, "水大不大").await?;
            }
            "truth" => option(tab, "错").await?,
            "survey" => option(tab, "听完").await?,
            "open" => {
                tab.click(&format!("{HERE} textarea")).await?;
                tab.enter("五点前给您电话。").await?;
            }
            "blanks" => run(BLANKS).await?,
            "order" => run(ORDER).await?,
            "match" => run(MATCH).await?,
            "sort" => {
                for cell in [
                    "[data-row='0'] td:nth-child(2) input",
                    "[data-row='1'] td:nth-child(3) input",
                ] {
                    tab.click(&format!("{HERE} {cell}")).await?;
                }
            }
            other => return Err(format!("{other} is no type").into()),
        }
        tab.until(&format!(
            "document.querySelector('.map li:nth-child({number}) [data-state=answered]')"
        ))
        .await?;
    }
    Ok(())
}

const BLANKS: &str = "const here = document.querySelector('.quiz > .question:not([hidden])');
  const fields = here.querySelectorAll('.blank :is(input, select)');
  fields[0].value = '复述'; fields[1].value = '3';
  fields[2].value = [...fields[2].options].find((one) => one.text === '接诉的人').value;
  fields[2].dispatchEvent(new Event('input', { bubbles: true }))";
const ORDER: &str = "const here = document.querySelector('.quiz > .question:not([hidden])');
  for (const item of [0, 1, 2, 3]) {
    const row = here.querySelector(`[data-item='${item}']`);
    while ([...row.parentElement.children].indexOf(row) > item) row.querySelector('.arrow').click();
  }";
const MATCH: &str = "const here = document.querySelector('.quiz > .question:not([hidden])');
  for (const [row, text] of [[0, '工程部'], [1, '客服上门']]) {
    const list = here.querySelector(`[data-row='${row}'] select`);
    list.value = [...list.options].find((one) => one.text === text).value;
    list.dispatchEvent(new Event('input', { bubbles: true }));
  }";

/// After handing in, whoever wrote an open answer judges it.
async fn judge_open(tab: &Tab) -> Outcome {
    tab.until("/judge|result/.test(document.querySelector('.quiz').dataset.stage)")
        .await?;
    let judging: bool = tab
        .eval("document.querySelector('.quiz').dataset.stage === 'judge'")
        .await?;
    if judging {
        for point in 1..=2 {
            tab.click(&format!("{HERE} .criteria li:nth-child({point}) input"))
                .await?;
        }
        press(tab, "记下评分").await?;
    }
    Ok(())
}

pub async fn reloaded(tab: &Tab) -> Outcome {
    const LOOK: &str = "(() => {
      const texts = (within) => [...document.querySelectorAll(within)].map((one) => one.innerText.trim());
      return [...texts('.quiz > .question:not([hidden]) h2'), ...texts('.quiz > .question:not([hidden]) :is(.option, option, .items > li)'),
        document.querySelectorAll('.quiz > .question:not([hidden]) :checked').length].join('|'); })()";
    start(tab, TEST).await?;
    answer_all(tab).await?;
    let before = paper(tab, "desk/test").await?;
    let mut looks = Vec::new();
    for number in 1..=6 {
        go(tab, number).await?;
        looks.push(tab.eval::<String>(LOOK).await?);
    }
    tab.visit("desk/lesson.html").await?;
    tab.visit(TEST).await?;
    // Nobody has to ask for it: the clock is running.
    stage(tab, "play").await?;
    let after = paper(tab, "desk/test").await?;
    for key in ["seed", "ids", "answers", "deadline"] {
        same(key, &after[key], &before[key])?;
    }
    for (number, look) in (1..).zip(looks) {
        go(tab, number).await?;
        same("the same question", tab.eval::<String>(LOOK).await?, look)?;
    }
    tab.until("/^9:[0-5]\\d$/.test(document.querySelector('.clock').textContent)")
        .await?;
    // Another paper is another one.
    go(tab, 6).await?;
    press(tab, "交卷").await?;
    judge_open(tab).await?;
    stage(tab, "result").await?;
    press(tab, "回到开始").await?;
    press(tab, "再练一遍（不计次数）").await?;
    stage(tab, "play").await?;
    let next = paper(tab, "desk/test").await?;
    if next["seed"] == before["seed"] {
        return Err("the next paper has the same seed".into());
    }
    Ok(())
}

pub async fn time_up(tab: &Tab) -> Outcome {
    start(tab, TEST).await?;
    let id = here(tab).await?;
    // The learner comes back when the time has passed.
    tab.run(
        "const key = 'keben.paper.desk/test'; addEventListener('pagehide', () => {
        const paper = JSON.parse(localStorage.getItem(key)); paper.deadline = Date.now() - 1000;
        localStorage.setItem(key, JSON.stringify(paper)) })",
    )
    .await?;
    tab.visit("desk/lesson.html").await?;
    tab.visit(TEST).await?;
    stage(tab, "result").await?;
    tab.until("document.querySelector('[role=status].unseen').textContent.includes('时间到')")
        .await?;
    let paper = paper(tab, "desk/test").await?;
    same(
        "what was not answered",
        &paper["graded"][&id]["answer"],
        &serde_json::Value::Null,
    )?;
    says(tab, "还没过关").await
}

pub async fn certainty(tab: &Tab) -> Outcome {
    tab.visit("desk/sure.html").await?;
    for text in ["后测", "越有把握", "纸质试卷"] {
        says(tab, text).await?;
    }
    press(tab, "开始").await?;
    stage(tab, "play").await?;
    says(tab, "对 3，错 -6").await?;
    option(tab, "请面前的业主稍等").await?;
    sure(tab, 3).await?;
    press(tab, "下一题").await?;
    option(tab, "哪栋哪户").await?;
    option(tab, "水大不大").await?;
    sure(tab, 2).await?;
    press(tab, "下一题").await?;
    option(tab, "对").await?;
    sure(tab, 2).await?;
    press(tab, "交卷").await?;
    stage(tab, "result").await?;
    // 3 + 2 − 2 of 9.
    says(tab, "按把握计分：3 / 9").await?;
    says(tab, "33").await
}

/// A quiz with a pool draws from the bank file; its links lead from here to where they should.
pub async fn drawn(tab: &Tab) -> Outcome {
    start(tab, "desk/drawn.html").await?;
    let first = paper(tab, "desk/drawn").await?;
    let ids = |paper: &serde_json::Value| {
        let ids = paper["ids"].as_array().cloned().unwrap_or_default();
        ids.iter()
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let mut once = ids(&first);
    same("how many are drawn", once.len(), 5)?;
    once.sort();
    once.dedup();
    same("no question twice", once.len(), 5)?;
    finish(tab).await?;
    press(tab, "回顾").await?;
    tab.until("[...document.querySelectorAll('.result .explanation a')].every((one) => one.pathname.endsWith('/desk/lesson.html'))")
        .await?;
    let mut others = Vec::new();
    while others.is_empty() || others == once {
        press(tab, "看结果").await?;
        press(tab, "回到开始").await?;
        press(tab, "开始").await?;
        stage(tab, "play").await?;
        others = ids(&paper(tab, "desk/drawn").await?);
        others.sort();
        finish(tab).await?;
        press(tab, "回顾").await?;
    }
    Ok(())
}

pub async fn narrow(tab: &Tab) -> Outcome {
    tab.screen(NARROW).await?;
    tab.visit(TEST).await?;
    stage(tab, "intro").await?;
    fits(tab, "introduced").await?;
    press(tab, "开始").await?;
    stage(tab, "play").await?;
    for number in 1..=6 {
        go(tab, number).await?;
        fits(tab, "asked").await?;
    }
    press(tab, "交卷").await?;
    tab.until("document.querySelector('dialog.warning[open]')")
        .await?;
    fits(tab, "warned").await?;
    press(tab, "仍然交卷").await?;
    stage(tab, "result").await?;
    fits(tab, "told the result").await?;
    press(tab, "回顾").await?;
    stage(tab, "review").await?;
    fits(tab, "reviewed").await
}
