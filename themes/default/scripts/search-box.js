// The search box: a combobox over the site's own index. It comes when somebody reaches for it, as a dialog over any page
// (keben.openSearch) and as <keben-search> in the home page, the search page and the page of lost links.
//
// The index and its engine are fetched on first use: search/manifest.js names them and brings the strings,
// search/loader.js opens them. Nothing is kept and nothing leaves the site.
(() => {
  "use strict";

  const PAGES_AT_ONCE = 8;
  const keben = window.keben;
  const button = /** @type {HTMLElement | null} */ (document.querySelector(".ask"));
  const chinese = document.documentElement.lang.startsWith("zh");

  /** The few words needed before the manifest is here stand on the page's search button. */
  const early = button?.dataset || {};

  /**
   * An interface string with its gaps filled.
   * @param {string} key
   * @param {Record<string, string | number>} [gaps]
   */
  const say = (key, gaps = {}) => {
    const text = keben.searchManifest?.strings[key] ?? early[key.replace("search_", "")] ?? "";
    return text.replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
  };

  /** The loader keeps the engine, and opens another when it has failed. */
  const openEngine = async () => {
    await keben.load(`${keben.root}search/manifest.js`);
    if (keben.searchManifest) keben.searchManifest.base = `${keben.root}search/`;
    await keben.load(`${keben.root}search/loader.js`);
    if (!keben.search) throw new Error();
    return keben.search.open();
  };

  /**
   * @param {Element} element
   * @param {Record<string, string>} attributes
   */
  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    set(element, attributes);
    element.append(...children);
    return element;
  };

  /** @param {KebenSpan[]} spans */
  const marked = (spans) => spans.map((span) => (span.mark ? make("mark", {}, span.text) : span.text));

  /** Counts boxes and options, whose ids must differ. */
  let boxes = 0;

  class SearchBox extends HTMLElement {
    constructor() {
      super();
      /** @type {KebenEngine | undefined} */
      this.engine = undefined;
      /** @type {{ kind: string | null, module: string | null }} */
      this.filter = { kind: null, module: null };
      /** @type {Map<string, string>} What people call the kinds and modules met so far. */
      this.names = new Map();
      /** @type {HTMLElement | null} */
      this.active = null;
      this.shown = 0;
      this.total = 0;
      this.input = make("input", { type: "search", autocomplete: "off", enterkeyhint: "search", spellcheck: "false" });
      this.form = make("form", { class: "finder-form", role: "search" });
      this.filters = make("div", { class: "filters" });
      this.status = make("p", { class: "found-status", role: "status" });
      this.list = make("div", { role: "listbox" });
      this.below = make("div", { class: "found-below" });
      this.panel = make("div", { class: "found" }, this.filters, this.status, this.list, this.below);
    }

    connectedCallback() {
      if (this.contains(this.panel)) return;
      this.id ||= `search-${++boxes}`;
      this.inDialog = !!this.closest("dialog");
      this.inPage = document.body.dataset.kind === "search" && !this.inDialog;
      this.form = this.querySelector("form") || this.fillForm();
      this.input = this.querySelector("input") || this.input;
      this.list.id = `${this.id}-list`;
      this.list.setAttribute("aria-label", say("search"));
      this.panel.hidden = !(this.inPage || this.inDialog);
      this.append(this.panel);
      set(this.input, { role: "combobox", "aria-controls": this.list.id, "aria-autocomplete": "list" });
      this.expand(false);
      this.listen();
      if (this.inPage) this.readAddress();
      if (this.inPage || this.inDialog || this.input.value) this.refresh();
    }

    /** The field of the dialog, which no template has written. */
    fillForm() {
      this.input.setAttribute("aria-label", say("search"));
      this.input.placeholder = say("search_placeholder");
      const close = make("button", { type: "button", class: "found-close" }, say("search_close"));
      close.addEventListener("click", () => this.closest("dialog")?.close());
      this.form.append(button?.querySelector(".i")?.cloneNode(true) || "", this.input, close);
      this.append(this.form);
      return this.form;
    }

    listen() {
      this.input.addEventListener("input", () => this.refresh());
      this.input.addEventListener("focus", () => this.input.value && this.refresh());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.form.addEventListener("submit", (event) => this.submit(event));
      this.list.addEventListener("mousemove", (event) => {
        const option = /** @type {Element} */ (event.target).closest("[role=option]");
        if (option !== this.active) this.activate(/** @type {HTMLElement | null} */ (option), false);
      });
      this.list.addEventListener("click", () => this.closest("dialog")?.close());
      this.filters.addEventListener("change", (event) => {
        const radio = /** @type {HTMLInputElement} */ (event.target);
        this.filter[radio.dataset.facet === "kind" ? "kind" : "module"] = radio.value || null;
        this.refresh();
      });
      if (this.inPage || this.inDialog) return;
      /** @param {Event} event */
      const leave = (event) => {
        if (!this.contains(/** @type {Node} */ (event.target))) this.fold();
      };
      document.addEventListener("pointerdown", leave);
      document.addEventListener("focusin", leave);
    }

    /** Puts the panel of a field within a page away. */
    fold() {
      if (!this.inPage) this.panel.hidden = true;
      this.activate(null, false);
      this.expand(false);
    }

    /** @param {boolean} open */
    expand(open) {
      this.input.setAttribute("aria-expanded", String(open));
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      // Keys belong to the input method while it composes; Safari reports its last one as 229.
      if (event.isComposing || event.keyCode === 229) return;
      const options = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
      const at = this.active ? options.indexOf(this.active) : -1;
      const last = options.length - 1;
      /** @type {Record<string, number | undefined>} */
      const moves = {
        ArrowDown: at >= last ? 0 : at + 1,
        ArrowUp: at <= 0 ? last : at - 1,
        Home: at >= 0 ? 0 : undefined,
        End: at >= 0 ? last : undefined,
      };
      const to = moves[event.key];
      if (to !== undefined && options.length && !event.shiftKey) {
        event.preventDefault();
        this.activate(options[to], true);
      } else if (event.key === "Escape") {
        event.preventDefault();
        const dialog = this.closest("dialog");
        if (dialog) dialog.close();
        else this.fold();
      }
    }

    /** @param {Event} event */
    submit(event) {
      if (this.active || this.engine || this.inPage) event.preventDefault();
      this.active?.click();
    }

    /**
     * @param {HTMLElement | null} option
     * @param {boolean} scroll
     */
    activate(option, scroll) {
      this.active?.setAttribute("aria-selected", "false");
      this.active = option;
      option?.setAttribute("aria-selected", "true");
      if (option) this.input.setAttribute("aria-activedescendant", option.id);
      else this.input.removeAttribute("aria-activedescendant");
      if (scroll) option?.scrollIntoView({ block: "nearest" });
    }

    /** Answers what stands in the field now. */
    async refresh() {
      if (!this.engine) {
        this.state("loading");
        try {
          this.engine = await openEngine();
        } catch (error) {
          this.state("failed", error);
          return;
        }
        this.list.setAttribute("aria-label", say("search_results"));
      }
      const text = this.input.value.trim();
      if (this.inPage) this.writeAddress(text);
      if (!text) {
        this.state("idle");
        return;
      }
      try {
        this.show(this.engine.search({ text, limit: PAGES_AT_ONCE, offset: 0, ...this.filter }), text);
      } catch (error) {
        this.engine = undefined;
        this.state("failed", error);
      }
    }

    /**
     * Whatever is not a list of hits: waiting, broken, or nothing asked yet.
     * @param {"loading" | "failed" | "idle"} state
     * @param {unknown} [error] with the loader's words for people, if it has any
     */
    state(state, error) {
      this.clear();
      this.panel.hidden = state === "idle" && !this.inPage && !this.inDialog;
      this.status.textContent = state === "idle" ? "" : say(`search_${state}`);
      if (error instanceof Error && chinese) this.status.append(error.message);
      if (state === "failed") this.offer("search_retry", () => this.refresh());
      if (state === "idle") this.browse();
    }

    clear() {
      this.activate(null, false);
      this.expand(false);
      for (const part of [this.list, this.below, this.filters]) part.replaceChildren();
    }

    /**
     * A button under the list.
     * @param {string} key
     * @param {() => void} act
     * @param {Record<string, string | number>} [gaps]
     */
    offer(key, act, gaps) {
      const button = make("button", { type: "button", class: "found-button" }, say(key, gaps));
      button.addEventListener("click", () => {
        act();
        this.input.focus();
      });
      this.below.append(button);
    }

    /** The site's modules and kinds. */
    async browse() {
      await keben.load(`${keben.root}assets/nav.js`);
      if (this.input.value.trim() && this.list.firstElementChild) return;
      const { modules = [], kinds = [] } = keben.nav || {};
      /** @type {[string, string[][]][]} */
      const lists = [
        ["search_modules", modules.map(({ title, url }) => [title, url])],
        ["search_kinds", kinds],
      ];
      for (const [key, links] of lists) {
        const list = make("ul", { "data-list": key });
        for (const [title, url] of links) {
          const row = make("li", {});
          row.append(make("a", { href: keben.root + url }, title));
          list.append(row);
        }
        this.below.append(make("p", { class: "side-title" }, say(key)), list);
      }
    }

    /**
     * @param {KebenResults} results
     * @param {string} text
     */
    show(results, text) {
      const radio = /** @type {HTMLElement | null} */ (
        this.filters.contains(document.activeElement) ? document.activeElement : null
      );
      this.clear();
      this.panel.hidden = false;
      this.shown = 0;
      this.total = results.total_pages;
      this.chips("kind", results.kinds);
      this.chips("module", results.modules);
      if (radio) document.getElementById(radio.id)?.focus();
      this.status.textContent = this.summary(results, text);
      if (results.pages.length) this.appendHits(results.pages, text);
      else this.nothing();
      const first = /** @type {HTMLElement | null} */ (this.list.querySelector("[role=option]"));
      if (!radio) this.activate(first, false);
      this.expand(!!first);
    }

    /**
     * @param {KebenResults} results
     * @param {string} query
     */
    summary(results, query) {
      if (!results.total_pages) return say(this.filtered() ? "search_none_filtered" : "search_none", { query });
      const parts = [say("search_count", { n: results.total_pages })];
      if (results.step === "most") parts.push(say("search_partial"));
      const words = results.dropped.join(chinese ? "、" : ", ");
      if (words) parts.push(say("search_dropped", { words }));
      return parts.join(chinese ? "　" : " · ");
    }

    filtered() {
      return !!(this.filter.kind || this.filter.module);
    }

    /** Something useful where nothing was found. */
    nothing() {
      if (this.filtered()) {
        this.offer("search_all_scopes", () => {
          this.filter = { kind: null, module: null };
          this.refresh();
        });
        return;
      }
      this.below.append(make("p", {}, say("search_none_hint")));
      this.browse();
    }

    /**
     * The hits of one page each, below those that are there.
     * @param {KebenPage[]} pages
     * @param {string} text
     */
    appendHits(pages, text) {
      for (const page of pages) this.list.append(this.group(page));
      this.shown += pages.length;
      this.below.replaceChildren();
      const left = Math.min(PAGES_AT_ONCE, this.total - this.shown);
      if (left <= 0) return;
      const more = () => {
        const query = { text, limit: PAGES_AT_ONCE, offset: this.shown, ...this.filter };
        const results = this.engine?.search(query);
        if (results) this.appendHits(results.pages, text);
      };
      this.offer("search_more", more, { n: left });
    }

    /** @param {KebenPage} page */
    group(page) {
      const opening = page.sections.find((section) => !section.heading);
      const kind = make("span", { class: "kind" }, this.kindName(page.kind));
      const facts = make("span", { class: "facts" }, kind, page.module_title);
      const group = make("div", { role: "group", class: "hits", "aria-label": page.title });
      group.append(this.hit(page.url, "hit", page.title_spans, opening?.excerpt || [], facts));
      for (const { url, heading, heading_spans, excerpt } of page.sections) {
        if (heading) group.append(this.hit(url, "hit hit-section", heading_spans, excerpt));
      }
      return group;
    }

    /**
     * @param {string} url
     * @param {string} name
     * @param {KebenSpan[]} title
     * @param {KebenSpan[]} excerpt
     * @param {Node[]} facts
     */
    hit(url, name, title, excerpt, ...facts) {
      const hit = make("a", { class: name, href: keben.root + url, tabindex: "-1" });
      set(hit, { role: "option", id: `${this.id}-${++boxes}`, "aria-selected": "false" });
      hit.append(make("b", {}, ...marked(title)), ...facts);
      if (excerpt.length) hit.append(make("span", { class: "excerpt" }, ...marked(excerpt)));
      return hit;
    }

    /** @param {string} id */
    kindName(id) {
      return say(`kind_${id}`) || id;
    }

    /**
     * A row of chips, one of which is chosen.
     * @param {"kind" | "module"} facet
     * @param {KebenFacet[]} facets
     */
    chips(facet, facets) {
      const chosen = this.filter[facet] || "";
      const rows = facets.filter((one) => one.id);
      for (const { id, title } of rows) this.names.set(id, facet === "kind" ? this.kindName(id) : title);
      if (chosen && !rows.some((one) => one.id === chosen)) rows.push({ id: chosen, title: "", count: 0 });
      if (rows.length < 2 && !chosen) return;
      const chips = make("fieldset", { class: "chips" }, make("legend", {}, say(`search_by_${facet}`)));
      for (const { id, count } of [{ id: "", count: 0 }, ...rows]) {
        const name = `${this.id}-${facet}`;
        const radio = make("input", { type: "radio", name, value: id, id: `${name}-${id}`, "data-facet": facet });
        radio.checked = chosen === id;
        const label = make("label", { for: radio.id }, id ? this.names.get(id) || id : say("search_all"));
        if (id) label.append(make("small", {}, ` ${count}`));
        chips.append(radio, label);
      }
      this.filters.append(chips);
    }

    /** The search page can be linked to: search.html?q=…&kind=…&module=… */
    readAddress() {
      const asked = new URLSearchParams(location.search);
      this.input.value = asked.get("q") || "";
      this.filter = { kind: asked.get("kind"), module: asked.get("module") };
      this.input.focus();
    }

    /** @param {string} text */
    writeAddress(text) {
      const asked = new URLSearchParams({ q: text });
      for (const [name, value] of Object.entries(this.filter)) if (value) asked.set(name, value);
      try {
        history.replaceState(null, "", text ? `?${asked}` : location.pathname);
      } catch {
        // Some browsers keep the address of a file as it is; the search works all the same.
      }
    }
  }

  // Its styles come before it does, so that nobody sees it bare.
  const style = make("link", { rel: "stylesheet", href: button?.dataset.style || "" });
  style.onload = style.onerror = () => {
    customElements.define("keben-search", SearchBox);
    if (asked) keben.openSearch?.();
  };
  document.head.append(style);

  let asked = false;
  /** @type {HTMLDialogElement | undefined} */
  let dialog;
  keben.openSearch = () => {
    asked = !customElements.get("keben-search");
    if (asked) return;
    if (!dialog) {
      dialog = make("dialog", { class: "search-dialog", "aria-label": say("search") });
      dialog.addEventListener("click", (event) => event.target === dialog && dialog?.close());
      document.body.append(dialog);
      const box = document.createElement("keben-search");
      box.className = "finder";
      dialog.append(box);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input")?.select();
  };
})();
