//! What the learner's record is good for: marks of progress, the way on, a page that shows it all, and a file that takes
//! it along; and that nothing of it is lost, whatever a browser refuses and whatever has been damaged.

use crate::harness::Outcome;
use crate::tab::{Tab, same};

/// A lesson that is read to its end is marked wherever a link leads to it; the home page leads on, along the path too.
pub async fn marks_and_the_way_on(tab: &Tab) -> Outcome {
    tab.visit(LESSON).await?;
    let own = "document.querySelector('.side [aria-current] .did')?.getAttribute('aria-label')";
    tab.until(&format!("{own} === '在读'")).await?;
    tab.run("document.querySelector('.end').scrollIntoView()")
        .await?;
    tab.until(&format!("{own} === '读过'")).await?;
    tab.visit("index.html").await?;
    tab.until("document.querySelector('.mine .resume')?.textContent.startsWith('继续：')")
        .await?;
    tab.holds(
        "the shelf counts the page",
        "document.querySelector('[data-of=communication]').textContent.startsWith('学过 1 / ')",
    )
    .await?;
    tab.follow(".mine .resume").await?;
    tab.holds(
        "the way on is not the page that was read",
        &format!("!location.pathname.endsWith('/{LESSON}')"),
    )
    .await?;
    tab.visit("communication/index.html").await?;
    let entry = "document.querySelector('.entry a[href$=\"listening.html\"] [data-did=read]')";
    tab.until(entry).await?;

    tab.visit("paths/new-hire.html").await?;
    tab.until("document.querySelectorAll('.prose ol [data-did=read]').length === 1")
        .await?;
    tab.visit("index.html").await?;
    let door = "document.querySelector('.doors a[href$=\".html\"] span')";
    tab.until(&format!("{door}.textContent.startsWith('继续：第一天 · ')"))
        .await?;
    let promised: String = tab
        .eval(&format!("{door}.textContent.split(' · ')[1]"))
        .await?;
    tab.follow(".doors a").await?;
    same(
        "the station behind the door",
        tab.eval::<String>("document.querySelector('h1').textContent.trim()")
            .await?,
        promised,
    )
}

/// A quiz that was passed is marked as passed, here and in an open page; what went wrong leads to its question.
pub async fn a_passed_quiz(tab: &Tab) -> Outcome {
    tab.visit("communication/index.html").await?;
    tab.run(SEED).await?;
    tab.run("seed('communication/quiz', true)").await?;
    tab.until("document.querySelector('.entry a[href$=\"/quiz.html\"], .entry a[href=\"quiz.html\"]').querySelector('[data-did=passed]')")
        .await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('.done .good')").await?;
    tab.holds(
        "points, and that it was passed",
        "document.querySelector('.done').textContent.includes('过关')
         && / \\d+ 分/.test(document.querySelector('.done').textContent)",
    )
    .await?;
    tab.click(".done summary").await?;
    tab.until("document.querySelector('.done details li a')")
        .await?;
    let asked: String = tab
        .eval("document.querySelector('.done details li a').textContent")
        .await?;
    let anchor: String = tab
        .eval("decodeURIComponent(document.querySelector('.done details li a').hash.slice(1))")
        .await?;
    tab.follow(".done details li a").await?;
    let there = serde_json::to_string(&anchor)?;
    let text = format!(
        "document.getElementById({there}).closest('section, body').textContent.includes({})",
        serde_json::to_string(&asked)?
    );
    tab.holds("the link leads to the question", &text).await
}

/// Exported, erased and imported, the record is what it was; importing once more changes nothing.
pub async fn export_erase_import(tab: &Tab) -> Outcome {
    tab.at_every_start(KEEP_FILES).await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    tab.run(SEED).await?;
    tab.run("seed('communication/quiz', false)").await?;
    tab.until("document.querySelector('#me .done')").await?;
    tab.click("#me .fields input").await?;
    tab.enter("王芳").await?;
    tab.press("Tab").await?;
    tab.until("document.querySelector('.fields ~ .told').textContent")
        .await?;
    tab.click("#me .buttons button").await?;
    tab.until("files.length === 1").await?;
    tab.run("files[0].text().then((text) => { globalThis.kept = text; })")
        .await?;
    tab.until("globalThis.kept").await?;
    tab.holds(
        "whose it is and what was answered",
        "(({ format, version, learner, attempts, site }) => format === 'keben-record' && version === 1
           && learner.name === '王芳' && attempts.length === 1 && attempts[0].answers.length > 3
           && site.id === document.body.dataset.site)(JSON.parse(kept))",
    )
    .await?;

    tab.click("#me .buttons .stop").await?;
    tab.until("document.activeElement.closest('dialog.ask-first')")
        .await?;
    tab.press("Escape").await?;
    tab.until("!document.querySelector('dialog.ask-first')")
        .await?;
    tab.holds(
        "Escape keeps everything",
        "document.querySelector('#me .done')",
    )
    .await?;
    tab.click("#me .buttons .stop").await?;
    tab.click("dialog.ask-first .stop").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    for added in ["新增 1", "新增 0"] {
        tab.run(IMPORT).await?;
        tab.run("bring(kept)").await?;
        let told = "document.querySelector('#me section:last-child .told')";
        tab.until(&format!("{told}.textContent.includes('{added}')"))
            .await?;
    }
    tab.until("document.querySelector('#me .done')").await?;
    let same_again = "keben.record.export().then((file) => {
        const [was, is] = [JSON.parse(kept), JSON.parse(JSON.stringify(file))];
        for (const one of [was, is]) { delete one.exported; delete one.cards; delete one.pages; }
        return JSON.stringify(was) === JSON.stringify(is); })";
    tab.holds_later("the record is what it was", same_again)
        .await
}

/// Files that are no record, or not for this edition or book, are refused in words, and change nothing.
pub async fn wrong_files(tab: &Tab) -> Outcome {
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .buttons')").await?;
    tab.run(IMPORT).await?;
    for (file, words) in [
        ("'{\"format\":'", "坏了"),
        ("'{\"attempts\":[]}'", "不是学习记录"),
        (
            "JSON.stringify({ format: 'keben-record', version: 99 })",
            "更新的版本",
        ),
        (
            "JSON.stringify({ format: 'keben-record', version: 1, site: { id: 'x', title: '另一本' } })",
            "另一本",
        ),
    ] {
        tab.run(&format!("bring({file})")).await?;
        tab.until(&format!(
            "document.querySelector('#me').textContent.includes('{words}')"
        ))
        .await?;
    }
    tab.click("#me .told .button").await?;
    tab.until("document.querySelector('#me').textContent.includes('新增 0')")
        .await
}

/// A damaged item is set aside and said; the page shows the rest, and the export takes both along.
pub async fn damaged(tab: &Tab) -> Outcome {
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    tab.run(SEED).await?;
    tab.until_later(
        "seed('communication/quiz', false)
           .then(() => keben.record.write('attempts', [['broken', () => ({ page: 7 })]])).then(() => true)",
    )
    .await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .alert')?.textContent.includes('1 条')")
        .await?;
    tab.holds(
        "the rest is there",
        "document.querySelectorAll('#me .done > li').length === 1",
    )
    .await?;
    tab.run("document.querySelector('#me .buttons button').click()")
        .await?;
    tab.until("keben.record.export").await?;
    tab.holds_later(
        "the export has it",
        "keben.record.export().then(({ aside, attempts }) => attempts.length === 1 && aside['attempts/broken'].item.page === 7)",
    )
    .await
}

/// Where IndexedDB is refused localStorage serves; once it is allowed, everything has moved there.
pub async fn refused_database(tab: &Tab) -> Outcome {
    tab.at_every_start(
        "if (localStorage.getItem('refuse')) Object.defineProperty(globalThis, 'indexedDB', { get() { throw new Error('refused'); } });",
    )
    .await?;
    tab.visit(LESSON).await?;
    tab.until("document.querySelector('.side [aria-current] .did')")
        .await?;
    tab.run("localStorage.setItem('refuse', '1')").await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    tab.run(SEED).await?;
    tab.run("seed('communication/quiz', true)").await?;
    tab.until("document.querySelector('#me .done')").await?;
    let texts = "Object.keys(localStorage).filter((key) => key.startsWith('keben:')).length";
    tab.holds(
        "it is in localStorage",
        &format!("{texts} > 0 && keben.record.kept"),
    )
    .await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .done')").await?;
    tab.run("localStorage.removeItem('refuse')").await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .done')").await?;
    tab.holds("it has moved", &format!("{texts} === 0")).await?;
    tab.holds_later(
        "the page from before the refusal is there too",
        "keben.record.get('pages', 'communication/listening').then(Boolean)",
    )
    .await
}

/// Where nothing may be kept, the page says so and still works.
pub async fn refused_everything(tab: &Tab) -> Outcome {
    tab.at_every_start(
        "for (const name of ['indexedDB', 'localStorage']) Object.defineProperty(globalThis, name, { get() { throw new Error('refused'); } });",
    )
    .await?;
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .alert')?.textContent.includes('无痕')")
        .await?;
    tab.run(SEED).await?;
    tab.run("seed('communication/quiz', true)").await?;
    tab.until("document.querySelector('#me .done')").await
}

/// Two windows write at the same time, to the same page and to others: both are kept, and both see it.
pub async fn two_windows(tab: &Tab) -> Outcome {
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    tab.run(SEED).await?;
    // A window opens only for somebody who clicks.
    tab.run(
        "const opener = document.createElement('button');
         opener.id = 'opener';
         opener.append('+');
         opener.addEventListener('click', () => { globalThis.other = open(location.href); });
         document.querySelector('main').prepend(opener)",
    )
    .await?;
    tab.click("#opener").await?;
    tab.until("other?.document.querySelector('#me .nothing')")
        .await?;
    tab.run(&format!("other.eval({})", serde_json::to_string(SEED)?))
        .await?;
    tab.holds_later(
        "both have written",
        "Promise.all([globalThis, other].flatMap((one) => Array.from({ length: 5 }, () => [
           one.seed('communication/quiz', false),
           one.keben.record.put('pages', 'p', (old) => ({ first: '2026-01-01', last: '2026-01-01', n: (old?.n || 0) + 1 })),
         ]).flat())).then(() => true)",
    )
    .await?;
    for window in ["globalThis", "other"] {
        tab.until(&format!(
            "{window}.document.querySelectorAll('#me .done > li').length === 10"
        ))
        .await?;
    }
    tab.holds_later(
        "every change of one item counts",
        "keben.record.get('pages', 'p').then(({ n }) => n === 10)",
    )
    .await?;
    tab.run("other.close()").await
}

/// Questions and pages that have left the book stay in the history and harm nothing.
pub async fn removed(tab: &Tab) -> Outcome {
    tab.visit("me.html").await?;
    tab.until("document.querySelector('#me .nothing')").await?;
    tab.run(SEED).await?;
    tab.holds_later(
        "a history",
        "seed('gone/quiz', false, ['gone-1', 'gone-2']).then(() => true)",
    )
    .await?;
    tab.until("document.querySelector('#me .done')?.textContent.includes('gone/quiz')")
        .await?;
    tab.click(".done summary").await?;
    tab.until("document.querySelector('.done details li')?.textContent.includes('gone-')")
        .await?;
    tab.at_every_start(super::review::DAYS_LATER).await?;
    tab.visit("review.html").await?;
    tab.click("#review .ready .button").await?;
    tab.until("document.querySelector('#review .nothing')?.textContent.includes('不在课本里')")
        .await?;
    tab.visit("review.html").await?;
    tab.until("document.querySelector('#review .nothing')")
        .await?;
    tab.holds(
        "it is not asked about again",
        "!document.querySelector('#review .ready')",
    )
    .await
}

const LESSON: &str = "communication/listening.html";

/// An attempt at a page's questions, every second one wrong, an hour ago.
pub const SEED: &str = "globalThis.seed = async (page, passed, questions) => {
  await keben.load(keben.root + 'assets/course.js');
  const record = await keben.openRecord();
  const at = (minutes) => new Date(Date.now() - 36e5 + 6e4 * minutes).toISOString();
  const answers = (questions || keben.course.pages[page].questions.slice(0, 6)).map((question, n) => ({
    question, version: '', answer: [0], score: n % 2 ? 0 : 1, state: n % 2 ? 'wrong' : 'right', certainty: 3, hints: 0,
    ms: 9000, at: at(n) }));
  const points = answers.length;
  return record.add('attempts', { page, mode: 'practice', purpose: null, started: at(0), ended: at(points), score: 0.5,
    points, passed, build: '', answers });
}";

/// Keeps every file that a page hands to the learner.
const KEEP_FILES: &str = "globalThis.files = [];
  URL.createObjectURL = (file) => { files.push(file); return 'about:blank'; };
  HTMLAnchorElement.prototype.click = function () {};";

/// Chooses a file with this text.
const IMPORT: &str = "globalThis.bring = (text) => {
  const input = document.querySelector('#me input[type=file]');
  const chosen = new DataTransfer();
  chosen.items.add(new File([text], 'record.json', { type: 'application/json' }));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}";
