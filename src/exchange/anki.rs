//! A deck of flash cards for Anki: an archive with a collection in SQLite, in the form that every
//! version of Anki since 2.0 reads (schema 11).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::loss::{Loss, Report};
use super::{Bank, archive, html};
use crate::bank::{Ask, Choice, Gap, Item, Sheet};

/// The kind of our notes, known by this number in every collection.
const NOTE_TYPE: i64 = 1_763_900_000_001;
/// Numbers that stand for moments are counted from here, in milliseconds.
const EPOCH: i64 = 1_763_900_000_000;
const FIELD_END: &str = "\u{1f}";
const STYLE: &str = ".card { font-family: system-ui, sans-serif; font-size: 20px; line-height: 1.6; max-width: 36em; \
margin: 0 auto; text-align: left; }\n.right { font-weight: bold; }\n.said { opacity: .8; font-size: .9em; }\n";
const SCHEMA: &str = "
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
";

/// A note: a front and a back.
struct Note<'n> {
    id: &'n str,
    deck: i64,
    tags: String,
    front: String,
    back: String,
}

/// Writes a bank; gives the bytes and the number of cards.
pub(super) fn write(bank: &Bank, report: &mut Report) -> Result<(Vec<u8>, usize), String> {
    let mut decks = BTreeMap::new();
    let mut notes = Vec::new();
    for sheet in &bank.sheets {
        let name = match &sheet.module {
            Some((_, title)) => format!("{}::{title}", bank.title),
            None => bank.title.clone(),
        };
        let deck = number(&name);
        decks.insert(deck, name);
        let tags = tags(sheet);
        for placed in &sheet.items {
            let item = &placed.item;
            if item.points != 1 {
                report.lost(placed, Loss::Points);
            }
            if !item.hints.is_empty() {
                report.lost(placed, Loss::Hints);
            }
            notes.push(Note {
                id: &item.id,
                deck,
                tags: tags.clone(),
                front: front(item),
                back: back(item),
            });
        }
        notes.extend(sheet.cards.iter().map(|card| Note {
            id: &card.id,
            deck,
            tags: tags.clone(),
            front: html::blocks(&card.front),
            back: html::blocks(&card.back),
        }));
    }
    let count = notes.len();
    let collection = collection(bank, &decks, &notes).map_err(|error| error.to_string())?;
    let files = [
        ("collection.anki2".to_owned(), collection),
        ("media".to_owned(), b"{}".to_vec()),
    ];
    Ok((archive::zip(&files)?, count))
}

/// A number that a name always has, in the range of Anki's.
fn number(name: &str) -> i64 {
    let hash = blake3::hash(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    // Below 2^40 above the epoch: Anki keeps such numbers as moments.
    EPOCH + (i64::from_le_bytes(bytes) & ((1 << 40) - 1))
}

/// Tags are separated by spaces, with one at both ends.
fn tags(sheet: &Sheet) -> String {
    let module = sheet.module.iter().map(|(id, _)| id);
    let words = sheet
        .tags
        .iter()
        .chain(module)
        .map(|tag| tag.replace(' ', "_"));
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

fn collection(
    bank: &Bank,
    decks: &BTreeMap<i64, String>,
    notes: &[Note<'_>],
) -> rusqlite::Result<Vec<u8>> {
    let mut base = Connection::open_in_memory()?;
    base.execute_batch(SCHEMA)?;
    let day = bank.day;
    base.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            EPOCH / 1000,
            day * 1000,
            settings().to_string(),
            note_types(day).to_string(),
            all_decks(decks, day).to_string(),
            deck_settings().to_string()
        ],
    )?;
    let mut taken = std::collections::BTreeSet::new();
    for (at, note) in notes.iter().enumerate() {
        let mut id = number(note.id);
        while !taken.insert(id) {
            id += 1;
        }
        let guid = &blake3::hash(note.id.as_bytes()).to_hex()[..16];
        let fields = [note.front.as_str(), &note.back, note.id].join(FIELD_END);
        base.execute(
            "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, 0, 0, '')",
            params![id, guid, NOTE_TYPE, day, note.tags, fields, note.front],
        )?;
        base.execute(
            "INSERT INTO cards VALUES (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            params![id, note.deck, day, at as i64],
        )?;
    }
    Ok(base.serialize("main")?.to_vec())
}

fn settings() -> Value {
    json!({
        "activeDecks": [1], "addToCur": true, "collapseTime": 1200, "curDeck": 1, "curModel": NOTE_TYPE.to_string(),
        "dueCounts": true, "estTimes": true, "newBury": true, "newSpread": 0, "nextPos": 1, "sortBackwards": false,
        "sortType": "noteFld", "timeLim": 0
    })
}

fn note_types(day: i64) -> Value {
    let field = |(at, name): (usize, &str)| json!({"font": "Arial", "media": [], "name": name, "ord": at, "rtl": false, "size": 20, "sticky": false});
    let fields: Vec<Value> = ["Front", "Back", "Id"]
        .into_iter()
        .enumerate()
        .map(field)
        .collect();
    json!({NOTE_TYPE.to_string(): {
        "css": STYLE, "did": 1, "flds": fields, "id": NOTE_TYPE, "latexPost": "", "latexPre": "", "mod": day,
        "name": "keben", "req": [[0, "all", [0]]], "sortf": 0, "tags": [], "type": 0, "usn": -1, "vers": [],
        "tmpls": [{
            "afmt": "{{FrontSide}}\n<hr id=answer>\n{{Back}}", "bafmt": "", "bqfmt": "", "did": null,
            "name": "Card 1", "ord": 0, "qfmt": "{{Front}}"
        }]
    }})
}

fn all_decks(decks: &BTreeMap<i64, String>, day: i64) -> Value {
    let default = std::iter::once((1, "Default"));
    let all = default.chain(decks.iter().map(|(id, name)| (*id, name.as_str())));
    let deck = |(id, name): (i64, &str)| {
        let deck = json!({
            "collapsed": false, "conf": 1, "desc": "", "dyn": 0, "extendNew": 10, "extendRev": 50, "id": id,
            "lrnToday": [0, 0], "mod": day, "name": name, "newToday": [0, 0], "revToday": [0, 0],
            "timeToday": [0, 0], "usn": -1
        });
        (id.to_string(), deck)
    };
    Value::Object(all.map(deck).collect())
}

fn deck_settings() -> Value {
    json!({"1": {
        "autoplay": true, "id": 1, "maxTaken": 60, "mod": 0, "name": "Default", "replayq": true, "timer": 0, "usn": 0,
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
        "new": {"bury": true, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20,
                "separate": true},
        "rev": {"bury": true, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "perDay": 100}
    }})
}

/// What is asked, with everything that there is to choose from.
fn front(item: &Item) -> String {
    let mut html = html::blocks(&super::gift::write::asked(&item.title, &item.stem));
    match &item.ask {
        Ask::Choice { options, .. } | Ask::Survey { options, .. } => {
            html.push_str(&list(
                "ol type=A",
                options.iter().map(|option| html::inline(&option.text)),
            ));
        }
        Ask::Blanks { texts, gaps } => {
            let open = |gap: &Gap| match gap {
                Gap::Typed(_) => "＿＿＿＿".to_owned(),
                Gap::Choices { choices, .. } => {
                    format!("＿＿＿＿（{}）", html::escape(&choices.join(" / ")))
                }
            };
            html.push_str(&filled(texts, gaps, &open));
        }
        Ask::Ordering(items) => {
            html.push_str(&list("ul", shown(items).map(|item| html::inline(item))))
        }
        Ask::Matching { rows, choices, .. } => {
            html.push_str(&list("ol", rows.iter().map(|(left, _)| html::inline(left))));
            html.push_str(&list(
                "ul",
                shown(choices).map(|choice| html::inline(choice)),
            ));
        }
        Ask::Classify { head, rows } => {
            html.push_str(&list("ol", rows.iter().map(|(name, _)| html::inline(name))));
            html.push_str(&list(
                "ul",
                head[1..].iter().map(|column| html::inline(column)),
            ));
        }
        Ask::Open(_) => {}
    }
    html
}

/// Things in an order that is not their own and always the same.
fn shown(things: &[String]) -> impl Iterator<Item = &String> {
    let mut things: Vec<&String> = things.iter().collect();
    things.sort_by_cached_key(|text| blake3::hash(text.as_bytes()).to_hex());
    things.into_iter()
}

fn back(item: &Item) -> String {
    let mut html = match &item.ask {
        Ask::Choice { options, .. } => verdicts(options),
        Ask::Survey { .. } => String::new(),
        Ask::Blanks { texts, gaps } => filled(texts, gaps, &|gap| {
            let text = match gap {
                Gap::Typed(texts) => texts.join(" / "),
                Gap::Choices { choices, right } => choices[*right].clone(),
            };
            format!("<span class=\"right\">{}</span>", html::escape(&text))
        }),
        Ask::Ordering(items) => list("ol", items.iter().map(|item| html::inline(item))),
        Ask::Matching { rows, choices, .. } => list(
            "ol",
            rows.iter().map(|(left, right)| {
                format!(
                    "{} → {}",
                    html::inline(left),
                    html::inline(&choices[*right])
                )
            }),
        ),
        Ask::Classify { head, rows } => list(
            "ol",
            rows.iter().map(|(name, right)| {
                let columns: Vec<String> =
                    right.iter().map(|at| html::inline(&head[at + 1])).collect();
                format!("{} → {}", html::inline(name), columns.join(" / "))
            }),
        ),
        Ask::Open(_) => String::new(),
    };
    html.push_str(&html::blocks(&super::gift::write::after(item)));
    html
}

fn verdicts(options: &[Choice]) -> String {
    list(
        "ol type=A",
        options.iter().map(|option| {
            let mut html = html::inline(&option.text);
            let mark = match option.share {
                100 => "✓".to_owned(),
                0 => "✗".to_owned(),
                share => format!("{share}%"),
            };
            html = match option.share {
                100 => format!("<span class=\"right\">{mark} {html}</span>"),
                _ => format!("{mark} {html}"),
            };
            if let Some(feedback) = &option.feedback {
                let _ = write!(html, "<div class=\"said\">{}</div>", html::inline(feedback));
            }
            html
        }),
    )
}

fn list(element: &str, items: impl Iterator<Item = String>) -> String {
    let name = element.split(' ').next().unwrap_or(element);
    let items: String = items.map(|item| format!("<li>{item}</li>")).collect();
    format!("<{element}>{items}</{name}>")
}

fn filled(texts: &[String], gaps: &[Gap], fill: &dyn Fn(&Gap) -> String) -> String {
    let mut html = html::blocks(&texts.join("\u{f8ff}"));
    for gap in gaps {
        html = html.replacen('\u{f8ff}', &fill(gap), 1);
    }
    html
}
