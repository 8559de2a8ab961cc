//! What people do with the site, one file a theme.

mod dark;
mod endings;
mod keyboard;
mod lost;
mod paper;
mod phone;
mod plain;
mod questions;
mod quizzes;
mod reading;
pub mod record;
pub mod review;
pub mod scenario;
mod search;

use crate::harness::Harness;
use crate::lab::Which;
use crate::site::Way::{Folder, Http};

/// Adds every journey.
pub fn add(h: &mut Harness) {
    h.both_ways(
        "reading: from the door to the lesson and on to the next page",
        reading::door_to_next_page,
    );
    h.both_ways(
        "reading: another module unfolds where it stands",
        reading::module_unfolds,
    );
    h.journey(
        "reading: the contents follow the reader",
        Http,
        reading::contents_follow,
    );

    h.journey(
        "keyboard: the skip link is first and leads to the text",
        Http,
        keyboard::skip_link,
    );
    h.journey(
        "keyboard: every stop is in order, in view and marked",
        Http,
        keyboard::every_stop,
    );
    h.journey(
        "keyboard: a shortcut opens the search, Escape gives the focus back",
        Http,
        keyboard::escape_restores,
    );

    h.both_ways(
        "search: a word, the arrows, and Enter lands on the anchor",
        search::word_to_anchor,
    );
    h.both_ways(
        "search: a whole question finds the script",
        search::whole_question,
    );
    h.journey(
        "search: a kind narrows the results",
        Http,
        search::filter_by_kind,
    );
    h.journey(
        "search: nothing found still helps",
        Http,
        search::nothing_found,
    );
    h.journey(
        "search: traditional characters find the same",
        Http,
        search::traditional,
    );
    h.both_ways(
        "search: the page with a query in its address answers",
        search::page_with_query,
    );
    h.journey(
        "search: the field of the home page leads to the first hit",
        Http,
        search::from_home,
    );
    h.journey(
        "search: a lost engine can be asked for again",
        Http,
        search::engine_lost_and_found,
    );

    h.journey(
        "phone: no page is wider than 320 pixels",
        Http,
        phone::nothing_sticks_out_at_320,
    );
    h.journey(
        "phone: no kind of page is wider than 390 pixels",
        Http,
        phone::nothing_sticks_out_at_390,
    );
    h.both_ways("phone: the sheet brings contents and modules", phone::sheet);
    h.journey(
        "phone: the search fills the screen and answers",
        Http,
        phone::search,
    );

    h.journey(
        "dark: the system's setting changes every colour",
        Http,
        dark::follows_the_system,
    );
    h.journey(
        "dark: the reader's choice stays, and nothing flashes",
        Http,
        dark::choice_without_flash,
    );

    h.both_ways(
        "without scripts: every kind of page can be read and left",
        plain::every_kind,
    );
    h.journey(
        "without scripts: answers unfold and the search says why it rests",
        Http,
        plain::answers_and_search,
    );

    h.journey(
        "paper: a lesson prints without its frame",
        Http,
        paper::lesson,
    );

    h.both_ways(
        "record: what was read is marked, and the way on is shown",
        record::marks_and_the_way_on,
    );
    h.both_ways(
        "record: a passed quiz, and what went wrong in it",
        record::a_passed_quiz,
    );
    h.both_ways(
        "record: exported, erased and imported, it is what it was",
        record::export_erase_import,
    );
    h.journey(
        "record: files that are no record are refused in words",
        Http,
        record::wrong_files,
    );
    h.both_ways(
        "record: what is damaged is set aside, and said",
        record::damaged,
    );
    h.both_ways(
        "record: localStorage serves where IndexedDB is refused",
        record::refused_database,
    );
    h.journey(
        "record: where nothing may be kept, that is said",
        Http,
        record::refused_everything,
    );
    h.journey(
        "record: two windows do not overwrite one another",
        Http,
        record::two_windows,
    );
    h.journey(
        "record: what has left the book does no harm",
        Http,
        record::removed,
    );
    h.both_ways(
        "review: what was answered is due on its day",
        review::due_on_its_day,
    );
    h.both_ways("review: a term joins from its page", review::a_term_joins);
    h.journey(
        "review: without scripts the pages say why they rest",
        Http,
        review::without_scripts,
    );

    h.journey(
        "lost: an unknown address gets help",
        Http,
        lost::unknown_address,
    );
    for way in [Http, Folder] {
        h.journey_in(
            Which::Moved,
            "lost: earlier addresses lead to the page",
            way,
            lost::earlier_addresses,
        );
    }

    for way in [Http, Folder] {
        h.journey_in(
            Which::Quiz,
            "questions: every type by mouse",
            way,
            questions::by_mouse,
        );
    }
    h.with_quizzes("questions: every type by keyboard", questions::by_keyboard);
    h.with_quizzes("questions: every type by thumb", questions::by_thumb);
    h.with_quizzes(
        "questions: a pointer may drag items into order",
        questions::dragged,
    );
    h.with_quizzes(
        "questions: wrong, a hint, another try, the answer",
        questions::wrong_then_right,
    );
    h.with_quizzes(
        "questions: the record has what was answered first",
        questions::recorded,
    );
    h.with_quizzes("questions: every type at 320 pixels", questions::narrow);
    h.with_quizzes(
        "questions: text with folds without scripts",
        questions::without_scripts,
    );

    for way in [Http, Folder] {
        h.journey_in(
            Which::Quiz,
            "quiz: practised from start to review",
            way,
            quizzes::practice,
        );
        h.journey_in(
            Which::Quiz,
            "quiz: drawn from the module's bank",
            way,
            quizzes::drawn,
        );
    }
    h.with_quizzes("quiz: keys choose, check and go on", quizzes::keys);
    h.with_quizzes("quiz: left and taken up again", quizzes::resumed);
    h.with_quizzes("quiz: only what was wrong, once more", quizzes::retry);
    h.with_quizzes("quiz: sure but wrong comes first", quizzes::conceited);
    h.with_quizzes(
        "quiz: a test tells nothing until it is handed in",
        quizzes::test,
    );
    h.with_quizzes(
        "quiz: a reload shows the same paper, and the clock goes on",
        quizzes::reloaded,
    );
    h.with_quizzes("quiz: time is up", quizzes::time_up);
    h.with_quizzes("quiz: marks by certainty", quizzes::certainty);
    h.with_quizzes("quiz: a whole test at 320 pixels", quizzes::narrow);
    for way in [Http, Folder] {
        h.journey_in(
            Which::Scenario,
            "scenario: from the door to the debrief by mouse",
            way,
            scenario::by_mouse,
        );
    }
    h.with_scenario("scenario: left and taken up again", scenario::resumed);
    h.with_scenario("scenario: by keys alone", scenario::by_keyboard);
    h.with_scenario("scenario: by thumb, down to 320 pixels", scenario::by_thumb);
    h.with_scenario(
        "scenario: a step back, and back to the start",
        scenario::back,
    );
    h.with_scenario("scenario: once is once", scenario::once);
    h.with_scenario("scenario: what if, and once more", scenario::what_if);
    h.with_scenario("scenario: the map shows the way", scenario::map);
    h.with_scenario("scenario: true to life", scenario::true_to_life);
    h.with_scenario("scenario: against the clock", scenario::against_the_clock);
    h.with_scenario(
        "scenario: places with links without the player",
        scenario::unplayed,
    );
    h.journey(
        "scenario: every ending by its witness",
        Http,
        endings::every_ending,
    );
    h.journey("scenario: a light player", Http, endings::light);
}
