// What every page can do beyond being read: choose its colours, open the search, unfold the modules, show where the
// reader is, and bring contents and modules up from the foot of a small screen. A page is whole without it.
//
// What is kept in the reader's browser (localStorage), all of it:
//   keben.scheme   "auto" | "light" | "dark"   the chosen colours; read by the inline script of base.html too
(() => {
  "use strict";

  const own = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const wide = matchMedia("(min-width: 68.75em)");

  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();

  /** What the characters from À on stand for: the values that no string literal may hold. */
  const ESCAPED = [0, 10, 13, 34, 92];
  /**
   * The bytes of a text that holds seven bits a character.
   * @param {string} text
   */
  const decode = (text) => {
    const bytes = new Uint8Array(Math.floor((text.length * 7) / 8));
    let held = 0;
    for (let i = 0, at = 0, bits = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      held = ((held << 7) | (code < 128 ? code : ESCAPED[code - 192])) & 0x7fff;
      bits += 7;
      if (bits < 8) continue;
      bits -= 8;
      bytes[at++] = held >> bits;
    }
    return bytes;
  };
  /** @param {Uint8Array<ArrayBuffer>} bytes */
  const gunzip = async (bytes) => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  /** What the script that has just run still has to unpack. @type {Promise<void> | undefined} */
  let unpacking;

  const keben = Object.assign(window.keben || {}, {
    root: own.root || "",
    /** @param {string} url */
    load(url) {
      const known = loaded.get(url);
      if (known) return known;
      /** @type {Promise<void>} */
      const coming = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        // Scripts that are asked for together run in that order.
        script.async = false;
        script.onload = () => {
          resolve(unpacking);
          unpacking = undefined;
        };
        script.onerror = () => {
          loaded.delete(url);
          script.remove();
          reject(new Error());
        };
        document.head.append(script);
      });
      loaded.set(url, coming);
      return coming;
    },
    decode,
    gunzip,
    /**
     * @template T
     * @param {string} text
     * @param {(value: T) => void} take
     */
    packed(text, take) {
      unpacking = (async () => take(JSON.parse(new TextDecoder().decode(await gunzip(decode(text))))))();
    },
    /** @param {string} name */
    async fetch(name) {
      await keben.load(`${keben.root}assets/theme.js`);
      await keben.load(keben.root + window.keben.theme.files[name]);
    },
    openRecord: () => keben.fetch("record.js").then(() => window.keben.record.open()),
  });
  window.keben = keben;

  /**
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {HTMLElement | null}
   */
  const find = (selector, within = document) => within.querySelector(selector);

  // Colours.
  const schemes = ["auto", "light", "dark"];
  const schemeButton = find(".scheme");
  if (schemeButton) {
    const html = document.documentElement;
    const show = () => {
      const label = schemeButton.dataset[html.dataset.scheme || "auto"] || "";
      schemeButton.setAttribute("aria-label", label);
      schemeButton.title = label;
      const paper = getComputedStyle(html).getPropertyValue("--paper").trim();
      for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
        if (html.dataset.scheme !== "auto") meta.setAttribute("content", paper);
      }
    };
    schemeButton.addEventListener("click", () => {
      const next = schemes[(schemes.indexOf(html.dataset.scheme || "auto") + 1) % schemes.length];
      html.dataset.scheme = next;
      try {
        localStorage.setItem("keben.scheme", next);
      } catch {
        // A browser that keeps nothing still changes the colours of this page.
      }
      show();
    });
    schemeButton.hidden = false;
    show();
  }

  // Search: fetched when somebody reaches for it. Where it does not come, links and forms lead to search.html.
  const openSearch = () => {
    keben.load(own.search || "").then(
      () => window.keben.openSearch?.(),
      () => location.assign(`${keben.root}search.html`),
    );
  };
  document.addEventListener("click", (event) => {
    const opener = event.target instanceof Element && event.target.closest("[data-search-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const writing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (event.isComposing || !(slash || command)) return;
    event.preventDefault();
    openSearch();
  });
  const finder = find("keben-search");
  if (finder) {
    const get = () => void keben.load(own.search || "").catch(() => {});
    finder.addEventListener("focusin", get, { once: true });
    if (document.body.dataset.kind === "search") get();
  }

  // Modules: each other module unfolds in place; its pages come from one file for the whole site.
  const side = find(".side");
  /**
   * @param {HTMLElement} item
   * @param {HTMLElement} button
   */
  const unfold = async (item, button) => {
    if (!find("ol", item)) {
      await keben.load(`${keben.root}assets/nav.js`);
      const module = window.keben.nav?.modules.find((one) => one.id === item.dataset.module);
      const list = document.createElement("ol");
      for (const [title, url] of module?.pages || []) {
        const link = document.createElement("a");
        link.href = keben.root + url;
        link.textContent = title;
        const row = document.createElement("li");
        row.append(link);
        list.append(row);
      }
      item.append(list);
    }
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    const list = find("ol", item);
    if (list) list.hidden = !open;
  };
  for (const item of side?.querySelectorAll("[data-module]:not(.open)") || []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    button.setAttribute("aria-expanded", "false");
    const title = find("a", item)?.textContent || "";
    button.setAttribute("aria-label", (side?.dataset.show || "{title}").replace("{title}", title));
    button.addEventListener("click", () => {
      unfold(/** @type {HTMLElement} */ (item), button).catch(() => find("a", item)?.click());
    });
    item.querySelector("a")?.after(button);
  }

  // Contents: the heading that was passed last is the one being read.
  const contents = find(".toc");
  /** @type {Map<Element, HTMLElement>} */
  const places = new Map();
  for (const link of contents?.querySelectorAll("a") || []) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) places.set(heading, link);
  }
  if (places.size) {
    const mark = () => {
      let current = null;
      for (const [heading, link] of places) {
        link.removeAttribute("aria-current");
        if (heading.getBoundingClientRect().top < innerHeight * 0.3) current = link;
      }
      if (!current || !contents) return;
      current.setAttribute("aria-current", "location");
      // Whoever walks through the contents by keyboard is not to lose their place.
      if (contents.contains(document.activeElement)) return;
      contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
    for (const heading of places.keys()) observer.observe(heading);
  }
  if (side && wide.matches) {
    const here = find("[aria-current]", side);
    if (here) side.scrollTop = here.offsetTop - side.clientHeight / 2;
  }

  // A mark beside each heading for those who copy its address. Keyboards and screen readers have the contents.
  for (const heading of document.querySelectorAll(".prose :is(h2, h3, h4)[id]")) {
    const anchor = document.createElement("a");
    anchor.className = "anchor";
    anchor.href = `#${encodeURIComponent(heading.id)}`;
    anchor.textContent = "#";
    anchor.tabIndex = -1;
    anchor.setAttribute("aria-hidden", "true");
    heading.append(anchor);
  }

  // The sheet: on a small screen contents and modules move into a dialog, and go home when it closes.
  const opener = find("[data-sheet]");
  const frame = find(".frame");
  /** @type {HTMLDialogElement | undefined} */
  let sheet;
  const makeSheet = () => {
    const dialog = document.createElement("dialog");
    dialog.className = "sheet";
    dialog.setAttribute("aria-label", opener?.dataset.sheet || "");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "sheet-close";
    close.textContent = opener?.dataset.close || "";
    close.addEventListener("click", () => dialog.close());
    dialog.append(close);
    dialog.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target === dialog || target.closest("a")) dialog.close();
    });
    dialog.addEventListener("close", () => {
      if (side) frame?.prepend(side);
      if (contents) frame?.append(contents);
    });
    wide.addEventListener("change", () => dialog.close());
    document.body.append(dialog);
    return dialog;
  };
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    sheet ??= makeSheet();
    if (contents) sheet.append(contents);
    if (side) sheet.append(side);
    sheet.showModal();
  });

  // What the learner has done, once the page is there.
  addEventListener("load", () => {
    const more = () => void keben.fetch("progress.js").catch(() => {});
    if ("requestIdleCallback" in window) requestIdleCallback(more);
    else setTimeout(more);
  });

  // Questions are text until their scripts are there: fetched once the page can be read and the reader is near the first.
  const [styles, ...scripts] = (own.questions || "").split(" ");
  const question = styles && find(".quiz, .question[data-question]");
  const enliven = () => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = styles;
    link.onload = link.onerror = () => {
      for (const script of scripts) keben.load(script).catch(() => {});
    };
    document.head.append(link);
  };
  const watch = () => {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        near.disconnect();
        enliven();
      },
      { rootMargin: "100%" },
    );
    if (question) near.observe(question);
  };
  addEventListener("load", watch);

  // What plays a scenario comes when its page can be read. Where it does not come, the page is places with links.
  /** @param {string} url */
  const style = (url) =>
    new Promise((resolve, reject) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url });
      link.onload = resolve;
      link.onerror = reject;
      document.head.append(link);
    });
  /** @param {string} files Styles and scripts. */
  const bring = (files) =>
    Promise.all(files.split(" ").map((file) => (file.endsWith(".css") ? style(file) : keben.load(file))));
  const play = own.scenario;
  if (play) addEventListener("load", () => void bring(play).catch(() => document.body.classList.add("unplayed")));

  // Paper.
  for (const button of document.querySelectorAll("[data-print]")) {
    /** @type {HTMLElement} */ (button).hidden = false;
    button.addEventListener("click", () => print());
  }
})();
