"""The shipped bank as Moodle XML, QTI 2.1 and Anki, read by programs that are not ours and compared with the keys by
which the built pages grade. Run by check.sh, which installs what is imported here."""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import moodle_xml_parser.parser as moodle_reader
import pyslet.qtiv2.variables as qti_variables
import pyslet.qtiv2.xml as qti_xml
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from lxml import etree

KEBEN = sys.argv[1]
DAY = ["--today", "2026-11-25"]
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
# What Moodle 4 reads for each type, beside what every question has; from its documentation of the format.
MOODLE_PARTS = {
    "multichoice": ["single", "shuffleanswers", "answernumbering", "answer"],
    "truefalse": ["answer"],
    "shortanswer": ["usecase", "answer"],
    "numerical": ["answer"],
    "cloze": [],
    "matching": ["shuffleanswers", "subquestion"],
    "ordering": ["layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "shownumcorrect", "answer"],
    "essay": ["responseformat", "graderinfo"],
}


def run(*args):
    subprocess.run([KEBEN, *args], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def near(a, b):
    return abs(a - b) < 1e-4


def published(site):
    """The questions and cards of all built pages, by id."""
    found = {}
    for page in Path(site).rglob("*.html"):
        for attribute in re.findall(r"data-question='([^']*)'", page.read_text("utf-8")):
            question = json.loads(html.unescape(attribute))
            if question["key"]["type"] != "card":
                found[question["id"]] = question
    assert len(found) > 100, len(found)
    return found


def check_moodle(path, questions):
    root = ElementTree.parse(path).getroot()
    assert root.tag == "quiz"
    seen = set()
    for node in root:
        assert node.tag == "question", node.tag
        kind = node.get("type")
        if kind == "category":
            assert node.findtext("category/text").startswith("$course$/top/")
            continue
        known = questions[node.findtext("idnumber")]
        at = f"{known['id']} ({kind})"
        assert known["id"] not in seen, at
        seen.add(known["id"])
        for part in ["name", "questiontext", "generalfeedback", *MOODLE_PARTS[kind]]:
            assert node.find(part) is not None, f"{at}: no {part}"
        assert node.findtext("name/text").strip() and len(node.findtext("name/text")) <= 255, at
        for text in node.iter("text"):
            # Texts are fragments of HTML; they must close what they open.
            etree.fromstring(f"<div>{text.text or ''}</div>")
        compare_moodle(node, kind, known, at)
    for identifier, question in questions.items():
        key = question["key"]
        columns = key["type"] == "classify" and any(len(right) != 1 for right in key["right"])
        assert (identifier in seen) != (key["type"] == "survey" or columns), (identifier, key["type"])
    read = moodle_reader.parse_file(str(path))
    for kind, found in read.items():
        written = len(root.findall(f"question[@type='{kind}']"))
        assert len(found) == written > 0, f"{kind}: {len(found)} of {written}"
    gaps = sum(len(question.gaps) for question in read["cloze"])
    options = sum(len(question.options) for question in read["multichoice"])
    print(f"Moodle XML: {len(seen)} of {len(questions)} questions well-formed and with the right answers; "
          f"moodle-xml-parser reads {options} options and {gaps} gaps of them")


def compare_moodle(node, kind, known, at):
    key = known["key"]
    fractions = [float(answer.get("fraction")) for answer in node.findall("answer")]
    if kind != "cloze":
        assert float(node.findtext("defaultgrade")) == known.get("points", 1), at
    if kind == "multichoice":
        shares = key["shares"]
        if key.get("multiple"):
            part = 100 / shares.count(100)
            shares = [part if share == 100 else -part for share in shares]
        assert all(near(a, b) for a, b in zip(fractions, shares, strict=True)), at
        assert (node.findtext("single") == "true") != bool(key.get("multiple")), at
    elif kind == "truefalse":
        assert key.get("trueFalse") and sorted(fractions) == [0, 100], at
    elif kind == "shortanswer":
        assert len(fractions) == len(key["blanks"][0]["texts"]), at
    elif kind == "numerical":
        for answer, number in zip(node.findall("answer"), key["blanks"][0]["numbers"], strict=True):
            middle, slack = float(answer.findtext("text")), float(answer.findtext("tolerance"))
            assert near(middle - slack, number["min"]) and near(middle + slack, number["max"]), at
    elif kind == "cloze":
        text = node.findtext("questiontext/text")
        assert len(re.findall(r"\{\d+:(SHORTANSWER|NUMERICAL|MULTICHOICE):", text)) == len(key["blanks"]), at
    elif kind == "matching":
        rows = [sub for sub in node.findall("subquestion") if sub.findtext("text")]
        assert len(rows) == len(key["right"]), at
    elif kind == "ordering":
        assert fractions == list(range(1, key["count"] + 1)), at


def check_qti(path, questions):
    schemas = os.environ.get("KEBEN_QTI_SCHEMAS")
    schema = etree.XMLSchema(etree.parse(Path(schemas) / "imsqti_v2p1.xsd")) if schemas else None
    graded = 0
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        resources = manifest.findall(f"{PACKAGE}resources/{PACKAGE}resource")
        names = {resource.get("href") for resource in resources}
        assert names == set(package.namelist()) - {"imsmanifest.xml"}
        assert all(resource.get("type") == "imsqti_item_xmlv2p1" for resource in resources)
        seen = set()
        for name in sorted(names):
            data = package.read(name)
            tree = etree.fromstring(data)
            assert tree.tag == f"{QTI}assessmentItem", name
            if schema is not None and not schema.validate(tree):
                raise AssertionError(f"{name}: {schema.error_log.last_error}")
            known = questions[tree.get("label")]
            seen.add(known["id"])
            graded += grade_qti(data, known)
    assert seen == set(questions), set(questions) - seen
    said = "valid by the schema of IMS" if schema is not None else "NOT validated by a schema (KEBEN_QTI_SCHEMAS is not set)"
    print(f"QTI 2.1: {len(seen)} items in a package, {graded} graded by pyslet as the pages grade; {said}")


def grade_qti(data, known):
    """Has another implementation grade the right answer, no answer, and every single option."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        file.seek(0)
        document = qti_xml.QTIDocument()
        document.read(src=file)
    item = document.root
    key, points = known["key"], known.get("points", 1)
    if key["type"] in ("survey", "open"):
        return 0
    names = [name for name in item.declarations if name.startswith("RESPONSE")]

    def score(answers):
        session = qti_variables.ItemSessionState(item)
        session.begin_session()
        for name in names:
            session[name] = answers(item.get_declaration(name))
        session.end_attempt()
        return session["SCORE"].value

    def nothing(declaration):
        return qti_variables.Value.new_value(declaration.cardinality, declaration.baseType)

    def one(option):
        def answer(declaration):
            value = nothing(declaration)
            value.set_value([option] if key.get("multiple") else option)
            return value
        return answer

    right = score(lambda declaration: qti_variables.Value.copy_value(declaration.get_correct_value()))
    assert near(right, points), f"{known['id']}: the right answer earns {right} of {points}"
    assert near(score(nothing), 0), known["id"]
    if key["type"] == "choice":
        part = 100 / key["shares"].count(100)
        for at, share in enumerate(key["shares"]):
            expected = (part if share == 100 else 0) if key.get("multiple") else share
            earned = score(one(f"C{at + 1}"))
            assert near(earned, points * expected / 100), f"{known['id']}, option {at}: {earned}"
    return 1


def check_anki(path, questions):
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(os.path.join(folder, "collection.anki2"))
        try:
            for again in (False, True):
                request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
                log = collection.import_anki_package(request).log
                assert bool(log.new) != again, "the second import makes new notes"
            notes = {}
            for identifier in collection.find_notes(""):
                note = collection.get_note(identifier)
                notes[note["Id"]] = note
            missing = set(questions) - set(notes)
            assert not missing, missing
            assert len(notes) == collection.card_count() > len(questions), "no cards beside the questions"
            for identifier, note in notes.items():
                card = note.cards()[0]
                assert card.question() and card.answer(), identifier
                assert re.sub(r"<[^>]*>", "", note["Front"]).strip(), f"{identifier}: an empty front"
                survey = identifier in questions and questions[identifier]["key"]["type"] == "survey"
                assert survey or re.sub(r"<[^>]*>", "", note["Back"]).strip(), f"{identifier}: an empty back"
            problems, whole = collection.fix_integrity()
            assert whole, problems
            decks = sorted(deck.name for deck in collection.decks.all_names_and_ids() if "::" in deck.name)
            assert len(decks) >= 3, decks
            print(f"Anki: {len(notes)} cards in {len(decks)} decks imported by Anki itself, twice without doubles")
        finally:
            collection.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        run("build", "--quiet", *DAY, "-o", str(folder / "site"))
        questions = published(folder / "site")
        for name, file, check in (
            ("moodle-xml", "bank.xml", check_moodle),
            ("qti21", "bank.zip", check_qti),
            ("anki", "bank.apkg", check_anki),
        ):
            run("export", name, *DAY, "-o", str(folder / file))
            check(folder / file, questions)


main()
