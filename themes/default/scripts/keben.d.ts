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

interface KebenGrading {
  grade(key: KebenKey, answer: unknown): KebenOutcome;
  normalise(text: string, fold?: string): string;
  read(text: string, blank: KebenBlank, fold?: string): number;
  certaintyMark(score: number, level?: number | null): number;
  random(seed: number): () => number;
  shuffle<T>(items: readonly T[], next: () => number): T[];
}

interface Keben {
  /** Set by grading.js. */
  grading: KebenGrading;
  /** The way from this page to the site's root: "", "../", … */
  root: string;
  /** Adds a script to the page, once; a failed one may be asked for again. */
  load(url: string): Promise<void>;
  /** Every page by module; set by assets/nav.js. */
  nav?: { modules: { id: string; title: string; url: string; pages: KebenPageRow[] }[] };
  /** Set by search/manifest.js. `strings` holds the theme's strings that begin with `search` or `kind_`. */
  searchManifest?: { base?: string; strings: Record<string, string> };
  /** Set by search/loader.js. */
  search?: { open(): Promise<KebenEngine> };
  /** Opens the search over the page; set by search-box.js. */
  openSearch?(): void;
}

interface Window {
  keben: Keben;
}

/** The same in a browser and in Node. */
declare var keben: Keben;
