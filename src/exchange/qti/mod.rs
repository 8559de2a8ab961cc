//! QTI 2.1: an XML document a question, in a content package.

mod item;
mod parts;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Bank;
use super::archive;
use super::html::escape;
use super::loss::{Loss, Report};

/// Writes a bank; gives the bytes and the number of questions.
pub(super) fn write(bank: &Bank, report: &mut Report) -> Result<(Vec<u8>, usize), String> {
    let mut names = BTreeSet::new();
    let mut files = Vec::new();
    let mut resources = String::new();
    let items = bank
        .sheets
        .iter()
        .flat_map(|sheet| sheet.items.iter().map(move |item| (sheet, item)));
    for (sheet, placed) in items {
        if !sheet.tags.is_empty() {
            report.lost(placed, Loss::Tags);
        }
        let name = name(&placed.item.id, &mut names);
        let path = format!("items/{name}.xml");
        let _ = writeln!(
            resources,
            "<resource identifier=\"{name}\" type=\"imsqti_item_xmlv2p1\" href=\"{path}\"><file href=\"{path}\"/></resource>"
        );
        files.push((path, item::write(&name, placed, report).into_bytes()));
    }
    let count = files.len();
    files.insert(
        0,
        (
            "imsmanifest.xml".to_owned(),
            manifest(bank, &resources).into_bytes(),
        ),
    );
    Ok((archive::zip(&files)?, count))
}

fn manifest(bank: &Bank, resources: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"{}\">\n\
         <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n\
         <organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n",
        escape(&ascii(&bank.id))
    )
}

/// The name of an item: its id where every reader takes it, else a hash of it.
fn name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = ascii(id);
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{}-{number}", ascii(id));
        number += 1;
    }
    name
}

fn ascii(id: &str) -> String {
    let is_name = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_name {
        return id.to_owned();
    }
    format!("q-{}", &blake3::hash(id.as_bytes()).to_hex()[..12])
}
