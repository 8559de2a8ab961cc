//! Questions in a lesson, every type answered by mouse, by keyboard and by thumb.

use crate::hands::{drag, tap};
use crate::harness::Outcome;
use crate::tab::{NARROW, PHONE, Tab, same};

const LESSON: &str = "desk/lesson.html";

/// The questions of the lesson by the ends of their ids, in order.
const TYPES: [&str; 9] = [
    "single", "multiple", "truth", "blanks", "order", "match", "sort", "open", "survey",
];

/// Opens the lesson and goes to its questions, which come to life then.
async fn open(tab: &Tab) -> Outcome {
    tab.visit(LESSON).await?;
    tab.run("document.querySelector('.question').scrollIntoView({ behavior: 'instant' })")
        .await?;
    tab.until("document.querySelectorAll('.question.live').length === 9")
        .await
}

/// A selector within the question whose id ends so.
fn at(question: &str, within: &str) -> String {
    within
        .split(", ")
        .map(|one| format!(".question[data-question*='-{question}\"'] {one}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Waits until a question says so of its answer.
async fn is(tab: &Tab, question: &str, state: &str) -> Outcome {
    let mark = at(question, &format!(".result > [data-state={state}]"));
    tab.until(&format!(
        "document.querySelector(`{mark}`)?.checkVisibility()"
    ))
    .await?;
    let word: String = tab
        .eval(&format!("document.querySelector(`{mark}`).innerText"))
        .await?;
    tab.until(&format!(
        "document.querySelector('[role=status].unseen').textContent.includes('{}')",
        word.trim()
    ))
    .await
}

/// Answers every question rightly; `press` acts on an element as a mouse or a finger does.
async fn all_right<P>(tab: &Tab, press: P) -> Outcome
where
    P: AsyncFn(&str) -> Outcome,
{
    let check = |question| at(question, ".button.main");
    press(&at("single", ".option:nth-child(1) input")).await?;
    press(&check("single")).await?;
    is(tab, "single", "right").await?;
    for option in 1..=2 {
        press(&at(
            "multiple",
            &format!(".option:nth-child({option}) input"),
        ))
        .await?;
    }
    press(&check("multiple")).await?;
    is(tab, "multiple", "right").await?;
    press(&at("truth", ".option:nth-child(2) input")).await?;
    press(&check("truth")).await?;
    is(tab, "truth", "right").await?;
    for (blank, text) in [(0, "重複，一遍。"), (1, "三天")] {
        press(&at("blanks", &format!("[data-blank='{blank}'] input"))).await?;
        tab.enter(text).await?;
    }
    choose(tab, &at("blanks", "select"), "接诉的人").await?;
    press(&check("blanks")).await?;
    is(tab, "blanks", "right").await?;
    while let Some(item) = misplaced(tab).await? {
        press(&at(
            "order",
            &format!("[data-item='{item}'] .arrow:nth-of-type(1)"),
        ))
        .await?;
    }
    press(&check("order")).await?;
    is(tab, "order", "right").await?;
    choose(tab, &at("match", "[data-row='0'] select"), "工程部").await?;
    choose(tab, &at("match", "[data-row='1'] select"), "客服上门").await?;
    press(&check("match")).await?;
    is(tab, "match", "right").await?;
    press(&at("sort", "[data-row='0'] td:nth-child(2) input")).await?;
    press(&at("sort", "[data-row='1'] td:nth-child(3) input")).await?;
    press(&check("sort")).await?;
    is(tab, "sort", "right").await?;
    press(&at("open", "textarea")).await?;
    tab.enter("您说得对，我五点前给您电话。").await?;
    press(&check("open")).await?;
    for point in 1..=2 {
        press(&at(
            "open",
            &format!(".criteria li:nth-child({point}) input"),
        ))
        .await?;
    }
    press(&check("open")).await?;
    is(tab, "open", "right").await?;
    press(&at("survey", ".option:nth-child(2) input")).await?;
    press(&check("survey")).await?;
    is(tab, "survey", "ungraded").await
}

/// Chooses from a drop-down list, whose menu belongs to the system.
async fn choose(tab: &Tab, selector: &str, text: &str) -> Outcome {
    tab.run(&format!(
        "{{ const list = document.querySelector(`{selector}`); list.focus();
           list.value = [...list.options].find((one) => one.text === '{text}').value;
           list.dispatchEvent(new Event('input', {{ bubbles: true }})) }}"
    ))
    .await
}

/// The first item that stands below one that comes after it.
async fn misplaced(tab: &Tab) -> Outcome<Option<u32>> {
    let items = at("order", "ol.items > li");
    let order: Vec<u32> = tab
        .eval(&format!(
            "[...document.querySelectorAll(`{items}`)].map((one) => Number(one.dataset.item))"
        ))
        .await?;
    Ok(order
        .windows(2)
        .find(|pair| pair[1] < pair[0])
        .map(|pair| pair[1]))
}

pub async fn by_mouse(tab: &Tab) -> Outcome {
    open(tab).await?;
    all_right(tab, async |selector| tab.click(selector).await).await
}

pub async fn by_thumb(tab: &Tab) -> Outcome {
    tab.screen(PHONE).await?;
    open(tab).await?;
    all_right(tab, async |selector| tap(tab, selector).await).await
}

/// No mouse: Tab, Space, the arrows and Enter reach and answer everything.
pub async fn by_keyboard(tab: &Tab) -> Outcome {
    open(tab).await?;
    let first = at("single", ".option input");
    tab.run(&format!("document.querySelector(`{first}`).focus()"))
        .await?;
    // A ring of options is one stop, its hint and button the next.
    for key in [" ", "Tab", "Tab", "Enter"] {
        tab.press(key).await?;
    }
    is(tab, "single", "right").await?;
    for key in ["Tab", "Tab", " ", "Tab", " ", "Tab", "Tab", "Enter"] {
        tab.press(key).await?;
    }
    is(tab, "multiple", "right").await?;
    for key in ["Tab", "Tab", " ", "ArrowDown", "Tab", "Enter"] {
        tab.press(key).await?;
    }
    is(tab, "truth", "right").await?;
    let input = at("blanks", "[data-blank='0'] input");
    tab.run(&format!("document.querySelector(`{input}`).focus()"))
        .await?;
    tab.enter("复述").await?;
    tab.press("Tab").await?;
    tab.enter("３ 天").await?;
    tab.press("Tab").await?;
    let list = at("blanks", "select");
    while tab
        .eval::<String>(&format!(
            "document.querySelector(`{list}`).selectedOptions[0].text"
        ))
        .await?
        != "接诉的人"
    {
        tab.press("ArrowDown").await?;
    }
    for key in ["Tab", "Enter"] {
        tab.press(key).await?;
    }
    is(tab, "blanks", "right").await?;
    // An item goes up by its arrow key, and the focus goes with it.
    while let Some(item) = misplaced(tab).await? {
        let arrow = at("order", &format!("[data-item='{item}'] .arrow"));
        tab.run(&format!("document.querySelector(`{arrow}`).focus()"))
            .await?;
        tab.press("ArrowUp").await?;
        tab.holds(
            "the focus stays with the item",
            &format!("document.activeElement.closest('li')?.dataset.item === '{item}'"),
        )
        .await?;
        tab.holds(
            "its new place is told",
            "/现在是第 \\d 个，共 4 个/.test(document.querySelector('[role=status].unseen').textContent)",
        )
        .await?;
    }
    let check = at("order", ".button.main");
    tab.run(&format!("document.querySelector(`{check}`).focus()"))
        .await?;
    tab.press("Enter").await?;
    is(tab, "order", "right").await?;
    let radio = at("sort", "[data-row='0'] input");
    tab.run(&format!("document.querySelector(`{radio}`).focus()"))
        .await?;
    for key in [" ", "Tab", " ", "ArrowRight", "Tab", "Enter"] {
        tab.press(key).await?;
    }
    is(tab, "sort", "right").await
}

/// A pointer may also drag an item to its place.
pub async fn dragged(tab: &Tab) -> Outcome {
    open(tab).await?;
    for item in (0..3).rev() {
        let (grip, top) = (
            at("order", &format!("[data-item='{item}'] .grip")),
            at("order", "ol.items > li:first-child"),
        );
        let quoted = serde_json::to_string(&top)?;
        for _ in 0..4 {
            if tab
                .eval::<bool>(&format!(
                    "document.querySelector({quoted}).dataset.item === '{item}'"
                ))
                .await?
            {
                break;
            }
            let above = at("order", &format!("li:has(+ [data-item='{item}'])"));
            drag(tab, &grip, &format!("{above} > .grip")).await?;
        }
    }
    tab.click(&at("order", ".button.main")).await?;
    is(tab, "order", "right").await
}

/// A wrong answer is told with its reason, not with the right one; then comes another try, or the answer.
pub async fn wrong_then_right(tab: &Tab) -> Outcome {
    open(tab).await?;
    let check = at("single", ".button.main");
    tab.click(&check).await?;
    tab.until("document.querySelector('.question .result').innerText.includes('先作答')")
        .await?;
    tab.click(&at("single", ".option:nth-child(2) input"))
        .await?;
    tab.click(&check).await?;
    is(tab, "single", "wrong").await?;
    let notes = at("single", ".note");
    same(
        "what is told",
        tab.eval::<Vec<String>>(&format!(
            "[...document.querySelectorAll(`{notes}`)].map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
        ))
        .await?,
        vec!["不对 你选的 电话那头可能正在漏水。".to_owned()],
    )?;
    let explanation = at("single", ".result .explanation");
    tab.holds(
        "the explanation waits",
        &format!("!document.querySelector(`{explanation}`)"),
    )
    .await?;
    tab.holds(
        "the way on has the focus",
        "document.activeElement.innerText === '再试一次'",
    )
    .await?;
    // Hints come one at a time.
    let hints = at("single", ".hint");
    tab.holds(
        "one hint shows",
        &format!(
            "[...document.querySelectorAll(`{hints}`)].filter((one) => !one.hidden).length === 1"
        ),
    )
    .await?;
    tab.click(&at("single", ".hint summary")).await?;
    tab.until(&format!(
        "[...document.querySelectorAll(`{hints}`)].every((one) => !one.hidden)"
    ))
    .await?;
    tab.press("Tab").await?;
    tab.click(&at("single", ".actions .button:nth-child(2)"))
        .await?;
    tab.click(&at("single", ".option:nth-child(3) input"))
        .await?;
    tab.click(&check).await?;
    is(tab, "single", "partly").await?;
    tab.click(&at("single", ".actions .button:nth-child(3)"))
        .await?;
    tab.until(&format!(
        "document.querySelectorAll(`{notes}`).length === 3"
    ))
    .await?;
    tab.holds(
        "the explanation leads to the section",
        &format!("document.querySelector(`{explanation} a`).hash.length > 1"),
    )
    .await
}

/// What was answered first stands in the record, as one attempt of this visit.
pub async fn recorded(tab: &Tab) -> Outcome {
    open(tab).await?;
    for option in [2, 1] {
        tab.click(&at(
            "truth",
            &format!(".option:nth-child({}) input", 3 - option),
        ))
        .await?;
        tab.click(&at("truth", ".button.main")).await?;
        if option == 2 {
            is(tab, "truth", "wrong").await?;
            tab.click(&at("truth", ".actions .button:nth-child(2)"))
                .await?;
        }
    }
    is(tab, "truth", "right").await?;
    tab.click(&at("single", ".option:nth-child(1) input"))
        .await?;
    tab.click(&at("single", ".button.main")).await?;
    is(tab, "single", "right").await?;
    let attempts = "(async () => (await (await keben.openRecord()).all('attempts'))
      .map(({ page, mode, score, answers }) => `${page} ${mode} ${score} ${answers.map((one) => one.question + one.state)}`).join(';'))()";
    let wanted = "desk/lesson check 0.5 le-truthwrong,le-singleright";
    tab.until(&format!(
        "(async () => (await {attempts}) === '{wanted}')()"
    ))
    .await
}

/// Every type keeps within the narrowest screen, before and after it was answered.
pub async fn narrow(tab: &Tab) -> Outcome {
    tab.screen(NARROW).await?;
    open(tab).await?;
    fits(tab, "asked").await?;
    all_right(tab, async |selector| tap(tab, selector).await).await?;
    fits(tab, "answered").await
}

/// Nothing is wider than the screen, and what is pressed is as large as a finger.
pub async fn fits(tab: &Tab, when: &str) -> Outcome {
    let wide: Vec<String> = tab
        .eval(
            "[...document.querySelectorAll('main *')].filter((one) => one.checkVisibility() &&
              one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table, pre')).map((one) => one.outerHTML.slice(0, 90))",
        )
        .await?;
    same(&format!("too wide when {when}"), wide, Vec::new())?;
    let small: Vec<String> = tab
        .eval(
            "[...document.querySelectorAll('.question :is(.option, .sure label, .grid label, .button, select, [type=text], .criteria label)')]
              .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 90))",
        )
        .await?;
    same(&format!("too small when {when}"), small, Vec::new())
}

/// Without scripts the questions are text, with folds for hints and answers.
pub async fn without_scripts(tab: &Tab) -> Outcome {
    tab.without_scripts().await?;
    for page in [
        LESSON,
        "desk/practice.html",
        "desk/test.html",
        "desk/drawn.html",
    ] {
        tab.visit(page).await?;
        tab.holds(
            &format!("{page}: questions can be read"),
            "[...document.querySelectorAll('.question')].every((one) => one.querySelector('h2, h3').checkVisibility())",
        )
        .await?;
        tab.click(".question .answer summary").await?;
        tab.until("document.querySelector('.question .answer').open")
            .await?;
    }
    tab.visit(LESSON).await?;
    let asked: usize = tab
        .eval("document.querySelectorAll('.question').length")
        .await?;
    same("questions of the lesson", asked, TYPES.len())
}
