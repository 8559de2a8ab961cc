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

interface Keben {
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
