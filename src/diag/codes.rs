//! The table of everything that keben can say about an author's files.
//!
//! One entry: a name, a code that is stable and searchable, how grave it is, and for each language
//! the message and the help. `{name}` is filled from the diagnostic; a help whose names are not all
//! given is left out. The page behind each code is `docs/errors/<language>/<code>.md`.

use super::{Language, Severity};

/// A message and what to do about it, in one language.
#[derive(Debug)]
pub struct Wording {
    /// One sentence: what is wrong.
    pub message: &'static str,
    /// What the author can do.
    pub help: &'static str,
}

/// One row of the table.
#[derive(Debug)]
pub struct CodeInfo {
    /// The stable code, e.g. `K301`.
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    zh: Wording,
    en: Wording,
}

impl CodeInfo {
    /// The wording for readers of `language`.
    pub fn wording(&self, language: Language) -> &Wording {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $id:literal $severity:ident
        zh $zh:literal, $zh_help:literal;
        en $en:literal, $en_help:literal;)+) => {
        /// Everything that can be wrong, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// All codes, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The row of the table.
            pub fn info(self) -> &'static CodeInfo {
                match self {
                    $(Self::$name => &CodeInfo {
                        id: $id,
                        severity: Severity::$severity,
                        zh: Wording { message: $zh, help: $zh_help },
                        en: Wording { message: $en, help: $en_help },
                    },)+
                }
            }
        }
    };
}

codes! {
    // 0: the site's own settings.
    /// There is no `keben.yaml` here.
    NoConfig "K001" Error
        zh "这里没有 keben.yaml，不是一个课本站点", "在站点文件夹里运行，或用 `keben new 文件夹` 新建一个";
        en "there is no keben.yaml here, so this is no site", "run keben in a site's folder, or make one with `keben new DIR`";
    /// `keben.yaml` is not YAML, or a value has the wrong type.
    BadConfig "K002" Error
        zh "keben.yaml 读不懂：{reason}", "键和值之间写半角冒号和空格，例如 title: 课本；可用的键见 `keben explain K002`";
        en "keben.yaml cannot be read: {reason}", "a key, a colon and a space, as in title: Course; `keben explain K002` lists the keys";
    /// A key of `keben.yaml` that nobody reads.
    UnknownConfigKey "K003" Error
        zh "keben.yaml 里没有“{key}”这个键", "是不是想写 {suggestions}？";
        en "keben.yaml has no key `{key}`", "did you mean {suggestions}?";

    // 1: files.
    /// Not UTF-8.
    NotUtf8 "K101" Error
        zh "文件不是 UTF-8 编码，看起来是 {encoding}（从第 {line} 行起）", "在编辑器里选“另存为”，编码选 UTF-8，再构建一次";
        en "the file is not UTF-8, it looks like {encoding} (from line {line} on)", "save it again as UTF-8 in your editor";
    /// A folder that contains itself through a link.
    SymlinkLoop "K102" Error
        zh "符号链接绕回了自己的上级文件夹", "删掉这个链接，或让它指向别处";
        en "a symbolic link leads back into its own parent folder", "remove the link or point it elsewhere";
    /// A link out of the content folder.
    SymlinkOut "K103" Error
        zh "符号链接指向内容文件夹之外，没有读取", "把文件复制进内容文件夹";
        en "a symbolic link leads out of the content folder and was not followed", "copy the file into the content folder";
    /// Larger than a page or a linked file may be.
    FileTooLarge "K104" Error
        zh "文件有 {size}，超过了上限 {limit}", "检查是否放错了文件；课文可以拆成几页，录像请放到别处再链接";
        en "the file has {size}, over the limit of {limit}", "look whether it is the right file; split a page, link to a film that lies elsewhere";
    /// The system refused.
    Unreadable "K105" Error
        zh "文件读不了：{reason}", "检查文件是否存在、是否有读取权限";
        en "the file cannot be read: {reason}", "look whether it exists and may be read";
    /// Not one page.
    EmptyContent "K106" Error
        zh "内容文件夹里一页也没有", "新建 {path}/index.md 作为首页，或用 `keben new` 生成一个样例";
        en "there is not one page in the content folder", "write {path}/index.md as the home page, or start from `keben new`";
    /// The content folder does not exist.
    NoContent "K107" Error
        zh "找不到内容文件夹“{path}”", "建立这个文件夹，或在 keben.yaml 里用 content 指明它";
        en "there is no content folder `{path}`", "make it, or name another with `content` in keben.yaml";
    /// A name that is not Unicode.
    BadFileName "K108" Error
        zh "文件名不是 Unicode 文字，做不成网址", "给文件换个名字";
        en "the file's name is not Unicode, so that no URL can be made of it", "rename the file";

    // 2: front matter.
    /// The front matter is never closed.
    UnclosedFrontMatter "K201" Error
        zh "开头的 --- 没有配对的结尾 ---", "在属性之后单独写一行 ---";
        en "the front matter that opens here is never closed", "write a line of --- after the last key";
    /// Not YAML.
    BadYaml "K202" Error
        zh "页首属性不是合法的 YAML：{reason}", "冒号用半角，后面空一格；值里有冒号时请加引号；检查缩进";
        en "the front matter is not YAML: {reason}", "check the space after the colon, quotes and indentation; quote a value that has a colon";
    /// A key that is not in the table.
    UnknownKey "K203" Error
        zh "没有“{key}”这个页首属性", "是不是想写 {suggestions}？";
        en "there is no key `{key}`", "did you mean {suggestions}?";
    /// A value of the wrong type or out of range.
    BadValue "K204" Error
        zh "“{key}”的值不对：{reason}", "应当是：{expected}";
        en "the value of `{key}` is wrong: {reason}", "it takes {expected}";
    /// No title anywhere.
    NoTitle "K205" Error
        zh "这一页没有标题", "在页首写 title: …，或在正文开头写 # 标题";
        en "this page has no title", "write `title: …` in the front matter, or start the text with `# Title`";
    /// A row with more cells than the table has columns.
    LongRow "K206" Error
        zh "这一行有 {cells} 格，表头只有 {columns} 格，多出的格子会丢失", "内容里的竖线写成 \\|，或给表头加一列";
        en "this row has {cells} cells, its table {columns} columns: what is over would be lost", "write a bar inside a cell as \\|, or add a column";

    // 3: links and pictures.
    /// A link to no page.
    BrokenLink "K301" Error
        zh "链接的目标“{target}”不存在", "是不是想写 {suggestions}？";
        en "the link leads to `{target}`, which does not exist", "did you mean {suggestions}?";
    /// A link to no heading.
    BrokenAnchor "K302" Error
        zh "“{page}”里没有“#{anchor}”这一节", "是不是想写 {suggestions}？";
        en "`{page}` has no section `#{anchor}`", "did you mean {suggestions}?";
    /// A link out of the content folder.
    LinkOutside "K303" Error
        zh "链接“{target}”走出了内容文件夹", "把文件放进内容文件夹，或写完整的网址";
        en "the link `{target}` leads out of the content folder", "put the file into the content folder, or write a full URL";
    /// A scheme such as `javascript:`.
    UnsafeScheme "K304" Error
        zh "不允许“{scheme}:”开头的链接", "可以用 http、https、mailto、tel、sms，或相对链接";
        en "links may not start with `{scheme}:`", "use http, https, mailto, tel, sms, or a relative link";
    /// A picture or file that is not there.
    MissingFile "K305" Error
        zh "找不到文件“{target}”", "是不是想写 {suggestions}？";
        en "there is no file `{target}`", "did you mean {suggestions}?";
    /// A picture without words.
    NoAltText "K306" Warning
        zh "图片没有替代文字，读屏的同事听不到它", "在方括号里写一句图里说了什么：![…]({target})";
        en "the picture has no text for those who do not see it", "say in the brackets what it shows: ![…]({target})";
    /// A link to a draft from a page that is none.
    LinkToDraft "K307" Error
        zh "链接指向草稿“{target}”，草稿不会发布", "去掉目标页的 draft: true，或先不链接它";
        en "the link leads to the draft `{target}`, which is not published", "remove `draft: true` there, or do not link to it yet";
    /// A link from the root of a host.
    AbsoluteLink "K308" Error
        zh "链接“{target}”以 / 开头，从文件夹打开时会失效", "写相对链接，例如 {suggestions}";
        en "the link `{target}` starts with /, which fails when the site is opened from a folder", "write a relative link such as {suggestions}";

    // 4: pages together.
    /// Two files, one address.
    DuplicateUrl "K401" Error
        zh "两个文件会生成同一个网址 {url}，另一个是 {other}", "给其中一个换个文件名（不区分大小写）";
        en "two files give one URL, {url}; the other is {other}", "rename one of them (upper and lower case are the same)";
    /// One id, two places.
    DuplicateId "K402" Error
        zh "编号“{id}”用了两次，另一处在 {other}", "每个编号全站只能用一次，换一个没用过的";
        en "the id `{id}` is used twice; the other place is {other}", "an id stands once in a site: choose a new one";
    /// A redirect from where a page is.
    AliasTaken "K403" Error
        zh "旧地址“{alias}”已经被 {other} 占用", "删掉这个别名，或换一个";
        en "the old address `{alias}` belongs to {other}", "remove this alias or choose another";
    /// Not a path inside the site.
    BadAlias "K404" Error
        zh "旧地址“{alias}”不是站内路径", "写站内的相对路径，例如 fees/old-name.html";
        en "the old address `{alias}` is no path inside the site", "write a path such as fees/old-name.html";
    /// No home page.
    NoHome "K405" Error
        zh "没有首页", "新建 {path}";
        en "there is no home page", "write {path}";

    // 5: themes.
    /// A template that does not parse or render.
    Template "K501" Error
        zh "模板出错：{reason}", "改正模板；自带主题的模板可以作为样本";
        en "the template fails: {reason}", "mend the template; the default theme's is a sample";
    /// A theme that is not there.
    NoTheme "K502" Error
        zh "找不到主题“{theme}”", "在 themes/{theme}/ 里建立主题，或在 keben.yaml 里改用 {suggestions}";
        en "there is no theme `{theme}`", "make it in themes/{theme}/, or use {suggestions} in keben.yaml";
    /// A theme's own settings cannot be read.
    BadTheme "K503" Error
        zh "主题设置读不懂：{reason}", "对照自带主题的 theme.yaml 和 i18n/ 改正";
        en "the theme's settings cannot be read: {reason}", "compare with theme.yaml and i18n/ of the default theme";
    /// A file that a theme names but does not have.
    ThemeFile "K504" Error
        zh "主题缺少文件“{file}”", "补上这个文件，或从 theme.yaml 里去掉它";
        en "the theme lacks the file `{file}`", "add it, or remove it from theme.yaml";

    // 6: output.
    /// Files that keben did not write.
    ForeignFiles "K601" Error
        zh "输出文件夹 {path} 里有不是 keben 写的文件：{files}", "换一个空文件夹（-o），或先把它们移走；keben 从不删除别人的文件";
        en "the output folder {path} holds files that keben did not write: {files}", "choose an empty folder (-o) or move them away; keben never deletes what it did not write";
    /// A place where a site may not go.
    BadOutput "K602" Error
        zh "不能输出到 {path}：{reason}", "换一个文件夹，例如 -o public";
        en "cannot write to {path}: {reason}", "choose another folder, such as -o public";
    /// The disk is full, or the folder is not ours.
    WriteFailed "K603" Error
        zh "写不进 {path}：{reason}；上一次的站点原样保留", "检查磁盘空间和权限，再构建一次";
        en "cannot write {path}: {reason}; the last good site is untouched", "check the disk's space and your rights, then build again";
    /// The index could not be made.
    Search "K604" Error
        zh "搜索索引没有建成：{reason}", "请把出错的页面报告给 keben 的维护者";
        en "the search index could not be made: {reason}", "report the page to keben's maintainers";

    // 7: questions.
    /// A choice without a right option.
    NoRightAnswer "K701" Error
        zh "这道题没有正确的选项", "在正确的选项前写 [x]；没有对错的题，在标题里写（调查）";
        en "no option of this question is right", "tick the right one with [x]; where none is right, write (survey) in the heading";
    /// Several ticks in a single choice.
    TwoRightAnswers "K702" Error
        zh "打了不止一个勾，标题里却没有（多选）", "在标题里写（多选），或只留一个 [x]";
        en "more than one option is ticked, but the heading does not say (multiple)", "write (multiple) in the heading, or tick one option only";
    /// The same thing twice.
    SameOptions "K703" Error
        zh "“{text}”出现了两次", "改写其中一个，让人分得清";
        en "`{text}` stands here twice", "reword one of them so that they can be told apart";
    /// A wrong option that teaches nothing.
    NoFeedback "K704" Warning
        zh "这个选项没有反馈，选错的人不知道错在哪里", "在选项下面用引用写一句为什么：> …";
        en "this option has no feedback, so who chooses it does not learn why it is wrong", "say why in a quote below it: > …";
    /// A share that is none.
    BadShare "K705" Error
        zh "得分比例要在 0% 到 99% 之间", "完全正确的选项写 [x]，部分正确的写（50%）这样的比例";
        en "a share of the points is from 0% to 99%", "tick the option that is right with [x]; write a share such as (50%) behind one that is partly right";
    /// A share in a multiple choice.
    ShareOfSeveral "K706" Error
        zh "多选题的选项只有对和错，不能写得分比例", "去掉比例；多选题按选对几项、选错几项算分";
        en "an option of a multiple choice is right or wrong and has no share of its own", "remove the share; a multiple choice is graded by how many are chosen rightly";
    /// A gap without an answer.
    EmptyBlank "K707" Error
        zh "填空里没有答案", "在 [[ ]] 里写答案，几种写法用 | 隔开";
        en "this gap has no answer", "write the answer between [[ and ]]; | separates several ways to write it";
    /// A number that makes no sense.
    BadNumber "K708" Error
        zh "读不懂数值“{number}”", "可以写 30、30 ± 5、900..1000、0.3%、30 元；范围从小到大";
        en "the number `{number}` cannot be read", "write 30, 30 ± 5, 900..1000, 0.3% or 30 days; a range goes from low to high";
    /// A drop-down without one right choice.
    OneRightChoice "K709" Error
        zh "选词填空要有一个对的和至少一个错的", "对的写在括号里：[[(对的) | 错的 | 错的]]";
        en "a gap to choose for needs one right choice and at least one wrong one", "put the right one in parentheses: [[(right) | wrong | wrong]]";
    /// Nothing to put in order.
    ShortOrder "K710" Error
        zh "排序题至少要有两项", "按正确的顺序把每一步写成编号列表";
        en "there is nothing to put in order: the list has fewer than two items", "write every step as an item of a numbered list, in the right order";
    /// A left side alone.
    UnmatchedRow "K711" Error
        zh "这一行没有右边", "写上配得上的一项；多余的干扰项写在右边、左边留空";
        en "this row has no right side", "write what belongs to it; what belongs nowhere stands on the right with an empty left side";
    /// A table that cannot be answered.
    BadAnswerTable "K712" Error
        zh "这张表做不成题", "配对要两列、至少两行；归类要三列以上，第一列写事情，其余各列写类别";
        en "this table is no answer", "a matching has two columns and at least two rows; a classification has a column of things and two or more of classes";
    /// A row that belongs nowhere.
    UnmarkedRow "K713" Error
        zh "这一行没有归到任何一类", "在它所属的那一列写 x";
        en "this row belongs to no column", "mark its column with x";
    /// A question that cannot be answered.
    NoAnswerShape "K714" Error
        zh "这道题没有可以作答的地方", "写任务列表、[[填空]]、编号列表（标题里有“排序”）、表格（标题里有“配对”或“归类”），或一段“参考：”";
        en "there is nothing here to answer with", "write a task list, a [[gap]], a numbered list below `Order`, a table below `Match` or `Classify`, or a quote that begins `Model answer:`";
    /// A question with two answers.
    TwoAnswerShapes "K715" Error
        zh "一道题里有两种作答方式", "拆成两道题";
        en "this question is answered in two ways at once", "make two questions of it";
    /// A question without a link to what teaches it.
    NoCitation "K716" Warning
        zh "这道题没有链接到讲它的那一节，答错的人不知道回哪里看", "在解析里写一个链接：> **解析：** …… 见[这一节](page.md#这一节)";
        en "this question does not link to what teaches it, so who fails it does not know where to look", "link to it in the explanation: > **Explanation:** … See [this section](page.md#this-section)";
    /// More drawn than there are.
    SmallPool "K717" Error
        zh "要抽 {count} 题，可抽的只有 {there} 题", "少抽几题，放宽条件，或多写几题";
        en "of the {count} questions to be drawn there are {there}", "draw fewer, draw from more pages, or write more";
    /// A pool from nowhere.
    NoPool "K718" Error
        zh "抽题的范围“{name}”不存在", "是不是想写 {suggestions}？";
        en "there is no `{name}` to draw questions from", "did you mean {suggestions}?";
    /// A pass mark that nobody can reach.
    UnreachablePass "K719" Error
        zh "定了及格线，却没有一道题有分可得", "去掉 pass，或至少出一道有对错的题";
        en "there is a pass mark, but no question here earns points", "remove `pass`, or ask at least one question that can be right";
    /// A quiz that asks nothing.
    NoQuestions "K720" Error
        zh "测验页里一道题也没有", "用 ## 写题目，或在页首写 quiz: {draw: {module: …, count: 10}} 从题库抽题";
        en "this quiz asks nothing", "write questions as ## headings, or draw some: `quiz: {draw: {module: …, count: 10}}`";
    // 8: scenarios. What cannot be read, then what the proof finds.
    /// A variable without a sound first value.
    ScenarioStart "K801" Error
        zh "变量“{name}”的初值“{value}”不是“是”“否”，也不是 {least}–{most} 之间的整数", "改初值，或在说明里写出范围，例如 0–100";
        en "the start `{value}` of the variable `{name}` is neither yes, no, nor a whole number from {least} to {most}", "mend it, or give the range in the description, as in 0–100";
    /// A name that cannot be told from another.
    ScenarioNameTaken "K802" Error
        zh "“{name}”不能作名字：已经用过，是关键词，或带有数字开头、运算符号", "换一个只有文字的名字";
        en "`{name}` cannot be a name: it is taken, a keyword, or has signs or a digit in front", "choose a name of letters only";
    /// A name that no table declares.
    ScenarioName "K803" Error
        zh "变量表和能力表里没有“{name}”", "是不是想写 {suggestions}？";
        en "no table of variables or competencies has `{name}`", "did you mean {suggestions}?";
    /// Code that says nothing.
    ScenarioCode "K804" Error
        zh "看不懂“{code}”", "影响写成 `信任 +20`，条件写成 `若 信任 >= 40 且 已记录`，记号有 `一次`、`超时`";
        en "`{code}` means nothing here", "an effect reads `trust +20`, a condition `if trust >= 40 and noted`, a mark `once` or `timeout`";
    /// A yes-or-no treated as a number, or the other way round.
    ScenarioType "K805" Error
        zh "“{code}”用错了“{name}”：整数才能加减、比大小，是否只能等于，能力只能加减", "是否写成 `{name} = 是`，整数写成 `{name} +5`";
        en "`{code}` misuses `{name}`: only numbers are added to and compared, a yes or no is set, a competency only gains", "write `{name} = yes` for a yes or no, `{name} +5` for a number";
    /// A value that a variable can never have.
    ScenarioRange "K806" Error
        zh "“{name}”只能是 {least}–{most}", "改这个值，或改变量表里的范围";
        en "`{name}` goes from {least} to {most}", "mend the value, or the range in the table";
    /// A mark where it has no meaning.
    ScenarioMark "K807" Error
        zh "这个记号不能写在这里", "`否则` 只放在自动分支前面，`限时` 和地点的 `一次` 单独成段，影响写在选择后面";
        en "this mark has no meaning here", "`else` stands before an arrow, `within` and a place's `once` in a paragraph of their own, effects behind a choice";
    /// A list item that is not like its neighbours.
    ScenarioItem "K808" Error
        zh "这一项不像选择：选择是一个指向本页地点的链接，后面只跟反引号", "写成 - [说的话](#地点) `信任 +5`；问答题要有对有错，排在选择之前";
        en "this item is no choice: a choice is a link to a place of this page, followed by code spans only", "write - [what one says](#place) `trust +5`; a question has right and wrong options and stands before the choices";
    /// A time limit without one default.
    ScenarioLimit "K809" Error
        zh "限时的地点要有一个、也只能有一个不带条件的 `超时` 选择", "在时间到了要走的那个选择后面写 `超时`";
        en "a time limit needs exactly one choice marked `timeout`, without a condition", "write `timeout` behind the choice that is taken when time runs out";
    /// An ending whose kind or score cannot be read.
    ScenarioEnding "K810" Error
        zh "结局看不懂", "写成 **结局：成功，100 分。** 类别是成功、一般或失败，分数 0–100";
        en "the ending cannot be read", "write **Ending: success, 100 points.** with success, mixed or failure and a score from 0 to 100";
    /// An ending with choices.
    ScenarioGoesOn "K811" Error
        zh "结局后面还有选择", "结局是终点：把选择移到别的地点，或去掉结局";
        en "the ending has choices", "an ending is the end: move the choices elsewhere, or drop the ending";
    /// A scenario without a place.
    ScenarioEmpty "K812" Error
        zh "这一页没有可以走的地点", "用标题写地点，标题下面写选择：- [说的话](#下一个地点)";
        en "there is no place to play on this page", "write places as headings, and below each its choices: - [what one says](#next-place)";
    /// A link to a heading that is no place.
    NoPlace "K821" Error
        zh "“{dest}”不是这一页的地点", "是不是想写 {suggestions}？";
        en "`{dest}` is no place of this page", "did you mean {suggestions}?";
    /// A place where no play comes by.
    UnreachablePlace "K822" Error
        zh "没有一种走法能到“{place}”", "从别处加一个通向它的选择，或删掉它";
        en "no play reaches `{place}`", "lead a choice there, or remove it";
    /// A choice that nobody ever sees.
    NeverOffered "K823" Error
        zh "在“{place}”，这一项永远不会出现", "放宽它的条件，或让前面的选择能满足它";
        en "at `{place}`, this is never offered", "loosen its condition, or let an earlier choice fulfil it";
    /// An ending that nobody ever sees.
    UnreachedEnding "K824" Error
        zh "没有一种走法能到结局“{place}”", "检查通向它的条件能不能同时成立";
        en "no play reaches the ending `{place}`", "look whether the conditions that lead there can hold together";
    /// A place where a play is stuck.
    DeadEnd "K825" Error
        zh "走到“{place}”就无路可走了", "加一个总能选的选择或 `否则`。最短走法：{play}";
        en "at `{place}` there is no way on", "add a choice without a condition, or an `else`. The shortest play: {play}";
    /// A circle that no play leaves.
    EndlessLoop "K826" Error
        zh "从“{place}”起只能原地打转，永远到不了结局", "加一条通向结局的路。最短走法：{play}";
        en "from `{place}` on, no play ever ends", "add a way to an ending. The shortest play: {play}";
    /// A variable that is read and never changes.
    NeverSet "K827" Warning
        zh "没有一个选择改变“{name}”", "给它加一个影响，或从表里删掉";
        en "no choice changes `{name}`", "give it an effect, or remove it from the table";
    /// A variable on which nothing depends.
    NeverRead "K828" Warning
        zh "没有一个条件用到“{name}”", "写一个条件，或从表里删掉；只想计数的话改成能力";
        en "no condition reads `{name}`", "write a condition, or remove it; to count only, make it a competency";
    /// An effect that the bounds always cut.
    AlwaysAtBound "K829" Warning
        zh "“{code}”每次都超出 {least}–{most}，被截住了", "改小一点，或放宽范围。最短走法：{play}";
        en "`{code}` always goes beyond {least}–{most} and is cut", "make it smaller, or the range wider. The shortest play: {play}";
    /// A choice that is never better than its neighbour, without a word why.
    Dominated "K830" Warning
        zh "这个选择和“{other}”去同一个地方，结果从来不比它好，也没有点评说明为什么", "在它下面写 > **点评：** …，或让它有不同的结果";
        en "this choice leads where `{other}` leads and is never better, and no remark says why", "write > **Remark:** … below it, or let it make a difference";
    /// A best ending for which nothing has to be decided rightly.
    NoDecision "K831" Warning
        zh "怎么选都能走到最好的结局“{place}”", "至少让一个选择失去它。例如：{play}";
        en "the best ending `{place}` takes no right decision", "let some choice lose it. For example: {play}";
    /// More states than are looked at.
    TooManyStates "K832" Warning
        zh "状态超过 {limit} 个，只证明了其中最先走到的那些；“永远”一类的错误没有检查", "缩小变量的范围，或减少变量";
        en "there are more than {limit} states; only those that are reached first were looked at, and nothing was proved of all plays", "narrow the ranges of the variables, or use fewer";

    // 9: exchange with other formats.
    /// The file is not what its format asks for.
    ImportSyntax "K901" Error
        zh "这里不合 {format} 的写法，应当有 `{expected}`", "对照 `keben explain K901` 里的样子改正，再导入一次";
        en "this is not {format}: `{expected}` is expected here", "compare with the shapes in `keben explain K901`, mend the file and import it again";
    /// The file is no XML.
    BadXml "K902" Error
        zh "不是合法的 XML：{reason}", "从原来的系统重新导出一次；不要用文字处理软件改它";
        en "this is no XML: {reason}", "export the file again where it comes from; do not edit it with a word processor";
    /// There is nothing in the file.
    NothingImported "K903" Error
        zh "文件里没有能导入的题", "看看是不是选对了格式：gift、aiken 或 moodle-xml";
        en "there is no question in this file that can be imported", "look whether it is of the format that you named: gift, aiken or moodle-xml";
    /// A type of question that there is no counterpart for.
    NoCounterpart "K904" Warning
        zh "“{what}”没有对应的题型，这道题没有导入", "照它的意思另出一道题；题型见写作手册";
        en "there is no counterpart of `{what}`; the question was not imported", "ask the same in one of the types of the author's guide";
    /// A part of a question that there is no counterpart for.
    NotKept "K905" Warning
        zh "“{what}”没有对应的写法，没有保留", "导入后看一遍这道题，需要的话手工补上";
        en "there is no counterpart of `{what}`; it was not kept", "look at the question after the import and add by hand what it needs";
    /// A question that is not what was meant when it is read again.
    ReadsOtherwise "K906" Warning
        zh "题目 {id} 写成本站的格式后，读出来和原来不一样", "在导入的页面里找到这道题改一改：多半是选项重复，或者文字里有本站当作记号的词";
        en "question {id} reads differently once it is written in our format", "find it in the imported page and mend it: options may be the same, or a word may mean something here";
    /// A part of a question that another format cannot hold.
    Lost "K907" Warning
        zh "{format} 装不下{zh}", "各种格式能装下什么，见写作手册的“题库的进出”";
        en "{format} cannot hold {en}", "the author's guide has a table of what each format holds";
    /// A question that another format has no type for.
    LeftOut "K908" Warning
        zh "{format} 没有这种题型，这道题没有导出", "换一种格式，或者给它写一道别的题";
        en "{format} has no question of this type; it was not exported", "choose another format, or ask it in another way there";
}

impl Code {
    /// Finds a code by its id, in either case.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.info().id.eq_ignore_ascii_case(id))
    }
}
