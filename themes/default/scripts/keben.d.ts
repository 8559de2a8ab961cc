// The types the scripts share. Only the type checker reads this file; browsers never see it.

interface KebenPageRow extends Array<string> {
  0: string; // title
  1: string; // url, relative to the site
  2: string; // label of its kind
}

interface KebenSpan {
  text: string;
  mark: boolean;
}

interface KebenSection {
  url: string;
  heading: string;
  heading_spans: KebenSpan[];
  parents: string[];
  excerpt: KebenSpan[];
}

interface KebenPage {
  url: string;
  title: string;
  title_spans: KebenSpan[];
  kind: string;
  module: string;
  module_title: string;
  sections: KebenSection[];
}

interface KebenFacet {
  id: string;
  title: string;
  count: number;
}

interface KebenQuery {
  text: string;
  limit: number;
  offset: number;
  kind: string | null;
  module: string | null;
}

interface KebenResults {
  pages: KebenPage[];
  total_pages: number;
  kinds: KebenFacet[];
  modules: KebenFacet[];
  step: "phrase" | "all" | "most" | null;
  dropped: string[];
}

interface KebenEngine {
  search(query: KebenQuery): KebenResults;
}

/** One gap of a fill-in question: texts, numbers or a drop-down list. */
interface KebenBlank {
  /** Answers, normalised. */
  texts?: string[];
  numbers?: { min: number; max: number }[];
  percent?: boolean;
  units?: string[];
  choices?: number;
  right?: number;
}

/** What is right, as the generator writes it into a question. */
type KebenKey =
  | { type: "choice"; shares: number[]; multiple: boolean; trueFalse?: boolean }
  | { type: "survey"; options: number; multiple: boolean }
  | { type: "blanks"; blanks: KebenBlank[]; fold?: string }
  | { type: "ordering"; count: number }
  | { type: "matching"; right: number[]; choices: number }
  | { type: "classify"; right: number[][]; columns: number }
  | { type: "open"; criteria: number[] }
  | { type: "card" };

interface KebenOutcome {
  /** The share of the points, from 0 to 1. */
  score: number;
  state: "right" | "partly" | "wrong" | "ungraded";
  /** What was treated rightly: each option, blank, place, row or criterion. */
  parts: boolean[];
}

/** What stands in `data-question`. */
interface KebenQuestionData {
  id: string;
  version: string;
  points: number;
  key: KebenKey;
}

/** A question of a bank file, with links that begin at the site's root. */
interface KebenBanked {
  id: string;
  page: string;
  html: string;
}

interface KebenMount {
  /** How it is answered: at once in a lesson (`check`), in a quiz, or without being told anything (`test`). */
  mode?: "check" | "practice" | "test" | "review";
  /** Numbers to shuffle the options by; without it they stand as written. */
  next?: () => number;
  /** Asks how sure the learner is; `count` says what that is worth. */
  certainty?: "say" | "count";
}

/** A question that can be answered; made by `keben.questions.mount`. */
interface KebenQuestion {
  readonly data: KebenQuestionData;
  readonly section: HTMLElement;
  readonly heading: HTMLElement;
  readonly view: { read(): KebenItem; write(answer: KebenItem): void };
  mode: string;
  /** How often it was checked. */
  readonly tries: number;
  certainty: 1 | 2 | 3 | null;
  /** Grades what is answered now and tells it. */
  check(): void;
  /** Puts an open answer beside the model, for the learner to judge. */
  judge(): void;
  /** Shows what was chosen, what is right and why. */
  reveal(quietly?: boolean): void;
  /** Takes marks and feedback away and lets the answer be changed. */
  clear(): void;
}

interface KebenQuestions {
  mount(section: HTMLElement, options?: KebenMount): KebenQuestion;
  /** The questions of a module's bank. */
  bank(module: string): Promise<KebenBanked[]>;
  /** The section of a question from a bank, with links that work from this page. */
  fragment(html: string): HTMLElement;
  /** Writes an attempt into the record, as far as it has come; `holder` keeps its id. */
  keep(holder: { id?: string }, attempt: () => Omit<KebenAttempt, "build">): Promise<void>;
  /** Tells a screen reader. */
  announce(text: string): void;
  /** A string of the interface, its key without `quiz_`. */
  say(key: string, gaps?: Record<string, string | number>): string;
  /** A tick, cross, dash or dot with its word. */
  mark(state: string, word?: string): HTMLElement;
  button(label: string, press: () => void, look?: string, attributes?: Record<string, string>): HTMLButtonElement;
  make<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Tag];
  /** Every element within another that a selector finds; its type is the caller's to know. */
  // biome-ignore lint/suspicious/noExplicitAny: a selector says what it finds to people only.
  all(selector: string, within: ParentNode): any[];
}

/** What stands in `data-quiz`. */
interface KebenQuiz {
  id: string;
  mode: "practice" | "test";
  pass: number | null;
  draw: number | null;
  pools: { count: number; from: Record<string, string[]> }[];
  shuffle: boolean;
  attempts: number | null;
  minutes: number | null;
  confidence: boolean;
  certainty: boolean;
  purpose: "pretest" | "posttest" | null;
}

/** A paper that is being taken, or was; kept in the browser. */
interface KebenPaper {
  /** Its id in the learner's record. */
  id?: string;
  seed: number;
  /** The whole quiz, only what was wrong, or once more after the last attempt. */
  kind: "whole" | "wrong" | "again";
  ids: string[];
  at: number;
  started: string;
  ended: string | null;
  /** When a test ends by itself, in milliseconds of the clock. */
  deadline: number | null;
  answers: Record<string, KebenItem>;
  sure: Record<string, 1 | 2 | 3>;
  flags: string[];
  ms: Record<string, number>;
  /** The first answer to each question that was told. */
  graded: Record<string, KebenAnswered>;
  /** Whether it is in the record as finished. */
  kept?: boolean;
}

interface KebenGrading {
  grade(key: KebenKey, answer: unknown): KebenOutcome;
  normalise(text: string, fold?: string): string;
  read(text: string, blank: KebenBlank, fold?: string): number;
  certaintyMark(score: number, level?: number | null): number;
  random(seed: number): () => number;
  shuffle<T>(items: readonly T[], next: () => number): T[];
}

type KebenOperand = number | { variable: number };
/** `["and", …]`, `["or", …]`, `["not", …]`, or a comparison of two operands. */
type KebenCondition = [string, ...(KebenCondition | KebenOperand)[]];

/** A choice as the generator writes it; places and variables go by their number. */
interface KebenChoice {
  to: number | null;
  when?: KebenCondition;
  effects?: { variable: number; add?: number; set?: number }[];
  gains?: { competency: number; by: number }[];
  once?: number;
  timeout?: boolean;
  /** Of an option of a question: whether it is right. */
  answer?: boolean;
}

interface KebenPlace {
  id: string;
  /** A question and what goes on from its answer are two places under one heading; any other is whole. */
  part?: "whole" | "question" | "rest";
  once?: number;
  /** In seconds. */
  limit?: number;
  branches?: { when: KebenCondition | null; to: number | null }[];
  choices?: KebenChoice[];
  ending?: { kind: "good" | "mixed" | "bad"; score: number };
}

/** What stands in `.scenario-data`. */
interface KebenScenario {
  page: string;
  variables: {
    name: string;
    kind: "number" | "flag" | "answered";
    start: number;
    least: number;
    most: number;
  }[];
  competencies: string[];
  once: number;
  places: KebenPlace[];
}

/** A moment of a walk: the place, what the variables hold, and the once-only marks that are used up. */
interface KebenState {
  at: number;
  values: number[];
  used: number[];
}

/** Where a step led, and the places passed on the way, each with the branch that was followed. */
interface KebenStep {
  state: KebenState;
  passed: [number, number][];
}

interface KebenWalk {
  start(data: KebenScenario): KebenStep;
  /** The numbers of the choices that are offered. */
  offered(data: KebenScenario, state: KebenState): number[];
  step(data: KebenScenario, state: KebenState, choice: number): KebenStep;
}

/** A walk as it is kept in the browser. */
interface KebenWalkKept {
  /** The choices taken, by their ids. */
  path: string[];
  /** Those of the walk before, to be marked in this one. */
  last: string[];
  /** The endings that were reached, by the ids of their places. */
  seen: string[];
  started: string | null;
  ended: string | null;
  /** How often the learner went back. */
  retries: number;
}

interface Keben {
  /** Set by walk.js. */
  walk: KebenWalk;
  /** Drawings of maps by the id of their page; each is set by the script beside that page. */
  maps?: Record<string, string>;
  /** The theme's strings that begin with `scenario_`; set by assets/scenario-strings.js. */
  scenarioStrings?: Record<string, string>;
  /** Set by grading.js. */
  grading: KebenGrading;
  /** Set by question.js. */
  questions: KebenQuestions;
  /** A bank file hands over its questions; set by question.js. */
  bank(module: string, questions: KebenBanked[]): void;
  /** The theme's strings that begin with `quiz_`; set by assets/quiz-strings.js. */
  quizStrings?: Record<string, string>;
  /** The way from this page to the site's root: "", "../", … */
  root: string;
  /** Adds a script to the page, once; a failed one may be asked for again. */
  load(url: string): Promise<void>;
  /** The bytes of a text that holds seven bits a character. */
  decode(text: string): Uint8Array<ArrayBuffer>;
  /** Bytes without their compression. */
  gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Hands on what a script holds compressed; whoever loads the script waits for it. */
  packed<T>(text: string, take: (value: T) => void): void;
  /** Every page by module; set by assets/nav.js. */
  nav?: { modules: { id: string; title: string; url: string; pages: KebenPageRow[] }[]; kinds: [string, string][] };
  /** Set by search/manifest.js. `strings` holds the theme's strings that begin with `search` or `kind_`. */
  searchManifest?: { base?: string; strings: Record<string, string> };
  /** Set by search/loader.js. */
  search?: { open(): Promise<KebenEngine> };
  /** Opens the search over the page; set by search-box.js. */
  openSearch?(): void;
  /** Adds a script of the theme to the page, once, by its name. */
  fetch(name: string): Promise<void>;
  /** The theme's files by name, and its strings that begin with `record_`; set by assets/theme.js. */
  theme: { files: Record<string, string>; words: Record<string, string> };
  /** Fetches the learner's record, once. */
  openRecord(): Promise<KebenRecord>;
  /** What the learner did; set by record.js, which `openRecord` brings. */
  record: KebenRecord;
  /** Spaced review; set by memory.js. */
  memory: KebenMemory;
  /** How far the learner is; set by progress.js. */
  progress: {
    survey(record: KebenRecord): Promise<{ pages: Record<string, KebenItem>; states: Map<string, string> }>;
  };
  /** What the learner's own pages share; set by learner.js. */
  learner: KebenLearner;
  /** What there is to learn; set by assets/course.js. */
  course?: KebenCourse;
}

// biome-ignore lint/suspicious/noExplicitAny: an item may come from any edition and any file; `sound` looks at it.
type KebenItem = any;
type KebenKind = "attempts" | "walks" | "reviews" | "cards" | "pages";
type KebenStore = KebenKind | "meta" | "aside";

/** What was added, put or removed; without a key several items, `*` possibly all. */
interface KebenChange {
  kind: KebenStore | "*";
  key?: string;
}

/** Items by store and key; a change gives the new item for the old one, `undefined` removes it. */
interface KebenShelf {
  read(store: KebenStore): Promise<[string, KebenItem][]>;
  write(store: KebenStore, changes: [string, (old: KebenItem) => KebenItem][]): Promise<void>;
  clear(): Promise<void>;
}

type KebenReader = (change: KebenChange) => void;
type KebenTest = (value: KebenItem) => boolean;
type KebenTransact = (
  stores: string[],
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => (() => KebenItem) | undefined,
) => Promise<KebenItem>;

interface KebenAnswered {
  question: string;
  version: string;
  answer: unknown;
  score: number;
  state: "right" | "partly" | "wrong" | "ungraded";
  certainty: 1 | 2 | 3 | null;
  hints: number;
  ms: number;
  at: string;
}

interface KebenAttempt {
  id?: string;
  page: string;
  mode: "check" | "practice" | "test" | "review";
  purpose: "pretest" | "posttest" | null;
  started: string;
  ended: string | null;
  score: number | null;
  points: number;
  passed: boolean | null;
  build: string;
  answers: KebenAnswered[];
}

interface KebenCourse {
  site: { id: string; title: string };
  build: string;
  banks: Record<string, { url: string; count: number }>;
  pages: Record<string, { title: string; url: string; kind: string; module: string; questions?: string[] }>;
}

/** What a review needs of question.js. */
interface Keben {
  questions: KebenQuestions;
  bank(module: string, questions: KebenBanked[]): void;
  quizStrings?: Record<string, string>;
}

interface KebenLearner {
  say(key: string, gaps?: Record<string, string | number>): string;
  make<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[Tag];
  button(label: string, press: () => void, name?: string): HTMLButtonElement;
  /** A day in the site's language. */
  day(day: string): string;
  time(at: string): string;
  /** A link to a page, unless it has left the book. */
  page(id: string, anchor?: string): HTMLAnchorElement | null;
  /** The questions and cards of a module, fetched once. */
  bank(module: string): Promise<KebenBanked[]>;
  /** Fetches what the learner's own pages show. */
  open(): Promise<{ record: KebenRecord; cards: Record<string, KebenItem> }>;
  /** What the learner must know of the record itself. */
  warnings(record: KebenRecord): Promise<HTMLElement[]>;
}

interface KebenReview {
  at: string;
  /** 1 forgotten, 2 hard, 3 good, 4 easy. */
  rating: number;
}

/** A card as the record keeps it. */
interface KebenCard {
  /** A day: 2026-11-28. */
  due: string;
  interval: number;
  stability: number;
  difficulty: number;
  reps: number;
  lapses: number;
  last: string;
}

interface KebenMemory {
  /** How well an answer shows that its question is remembered; null where it shows nothing. */
  rating(answer: Pick<KebenAnswered, "state" | "hints" | "certainty" | "ms">): number | null;
  /** The learner's day of a moment. */
  day(at: string | Date): string;
  later(day: string, days: number): string;
  replay(fsrs: KebenFsrs, reviews: KebenReview[]): KebenCard;
  histories(attempts: KebenItem[], reviews: KebenItem[]): Map<string, KebenReview[]>;
  /** The cards that are due on a day. */
  due(cards: Record<string, KebenItem>, today: string): string[];
  /** Brings the cards up to the record, and gives all of them. */
  fold(): Promise<Record<string, KebenItem>>;
}

/** What is used of ts-fsrs. */
interface KebenFsrs {
  fsrs(settings: { enable_fuzz: boolean; learning_steps: string[]; relearning_steps: string[] }): {
    next_state(state: KebenMemoryState | null, days: number, rating: number): KebenMemoryState;
    next_interval(stability: number, days: number): number;
  };
}

interface KebenMemoryState {
  stability: number;
  difficulty: number;
}

interface KebenRecord {
  /** Whether what is added will still be there when the page is opened again. */
  readonly kept: boolean;
  open(): Promise<KebenRecord>;
  uuid(): string;
  /** Adds an item under its `id`, or under a new one, and gives that; the same id again replaces. */
  add(kind: "attempts" | "walks" | "reviews", item: KebenItem): Promise<string>;
  /** Sets an item, or changes it by a function of what was there. */
  put(kind: "cards" | "pages", key: string, item: KebenItem): Promise<void>;
  get(kind: KebenStore, key: string): Promise<KebenItem>;
  /** Every sound item of a kind: a list of what was added, what was put by its key. */
  all(kind: "attempts" | "walks" | "reviews"): Promise<KebenItem[]>;
  all(kind: "cards" | "pages" | "meta" | "aside"): Promise<Record<string, KebenItem>>;
  learner(): Promise<{ name: string; number: string }>;
  setLearner(learner: { name?: string; number?: string }): Promise<void>;
  erase(): Promise<void>;
  /** The whole record as it goes into a file, and back: both set by record-file.js. */
  export(): Promise<KebenItem>;
  /** Merges a file's text into the record. Fails with a `code`: damaged, format, newer, or site unless `anySite`. */
  import(json: unknown, anySite?: boolean): Promise<{ added: number; aside: number }>;
  /** Calls `reader` after every change, in this tab or another, until the function it gives is called. */
  subscribe(reader: KebenReader): () => void;
  sound(kind: string, item: KebenItem): boolean;
  write(store: KebenStore, changes: [string, (old: KebenItem) => KebenItem][]): Promise<void>;
  /** The sound items of a store with their keys; the others are set aside. */
  entries(store: KebenStore): Promise<[string, KebenItem][]>;
  setAside(store: KebenStore, items: [string, KebenItem][]): Promise<void>;
}

interface Window {
  keben: Keben;
}

/** The same in a browser and in Node. */
declare var keben: Keben;
/** Set by vendor/ts-fsrs.umd.js. */
declare var FSRS: KebenFsrs;
