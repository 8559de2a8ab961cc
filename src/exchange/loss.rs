//! What a format cannot hold, said once for each question and thing.

use std::ops::Range;

use crate::bank::Placed;
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::source::FileId;

/// Something that a format cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Loss {
    Hints,
    Points,
    Tags,
    /// It stands with the explanation instead.
    Model,
    Criteria,
    Units,
    /// The heads of a table.
    Heads,
    /// Bold, links and the like, where only plain text may stand.
    Markup,
    Pictures,
    /// Links to pages of the site, where it is not known where that is served.
    Links,
    RawHtml,
    /// Part of the points for a part of the answer.
    Partial,
    /// A share of the points that the format's table lacks.
    Shares,
    /// Feedback of single options.
    Feedback,
    /// The order of 对 and 错.
    TrueFalseOrder,
    /// A classification is a matching there.
    AsMatching,
    /// A long name is cut.
    LongName,
    /// Numbers are compared as texts.
    NumbersAsTexts,
}

impl Loss {
    /// In Chinese and in English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hints => ("提示", "hints"),
            Self::Points => ("分值", "points"),
            Self::Tags => ("标签", "tags"),
            Self::Model => (
                "参考答案（并入了解析）",
                "the model answer apart from the explanation",
            ),
            Self::Criteria => (
                "评分标准（并入了解析）",
                "criteria apart from the explanation",
            ),
            Self::Units => ("数值的单位", "units of numbers"),
            Self::Heads => ("表头", "the heads of the columns"),
            Self::Markup => (
                "这里的粗体、链接等格式",
                "bold, links and the like in this place",
            ),
            Self::Pictures => (
                "图片（只留替代文字）",
                "pictures (their text stands there instead)",
            ),
            Self::Links => (
                "指向本站的链接（没有 base_url）",
                "links into this site (it has no base_url)",
            ),
            Self::RawHtml => ("HTML", "HTML"),
            Self::Partial => (
                "部分得分（全对才有分）",
                "part of the points (all or nothing)",
            ),
            Self::Shares => ("这样的得分比例", "a share of the points such as this"),
            Self::Feedback => ("选项的反馈", "feedback of options"),
            Self::TrueFalseOrder => ("对和错的先后", "the order of true and false"),
            Self::AsMatching => (
                "归类（改为配对）",
                "classification (it is a matching there)",
            ),
            Self::LongName => ("这么长的题名", "a name of this length"),
            Self::NumbersAsTexts => (
                "数值范围和单位的判分",
                "ranges and units of numbers in grading",
            ),
        }
    }
}

/// What is said of an export.
#[derive(Debug)]
pub struct Report {
    format: &'static str,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Nothing is said yet.
    pub fn new(format: &'static str) -> Self {
        Self {
            format,
            diagnostics: Vec::new(),
        }
    }

    /// The format cannot hold something of a question.
    pub fn lost(&mut self, of: &Placed, loss: Loss) {
        self.lost_at(of.file, &of.span, loss);
    }

    /// The format cannot hold something that stands somewhere.
    pub fn lost_at(&mut self, file: FileId, span: &Range<usize>, loss: Loss) {
        let (zh, en) = loss.words();
        let diagnostic = Diagnostic::at(Code::Lost, file, span.clone())
            .with("format", self.format)
            .with("zh", zh)
            .with("en", en);
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The format has no question of this type.
    pub fn left_out(&mut self, of: &Placed) {
        let diagnostic = Diagnostic::at(Code::LeftOut, of.file, of.span.clone());
        self.diagnostics
            .push(diagnostic.with("format", self.format));
    }

    /// Everything that was said.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
