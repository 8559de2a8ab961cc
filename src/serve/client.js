/**
 * Reloads a served page when its site changed, and shows over it what is wrong with the newest text.
 *
 * The server tells the version of the site and the problems on every connection, so that nothing is missed: not a
 * change while the tab was hidden, and not a restart of the server. The browser itself keeps the scroll position.
 */
(() => {
  "use strict";

  /**
   * @typedef {{lang: string, title: string, note: string, close: string, texts: string[]}} Problems
   * @typedef {{version: string, problems: Problems|null}} Edition
   */

  var script = /** @type {HTMLScriptElement} */ (document.currentScript);
  var version = script.dataset.version;

  /** @type {EventSource|null} */
  var events = null;
  /** What holds the dialog; apart from the page, so that neither styles the other. @type {HTMLElement|null} */
  var overlay = null;
  /** The problems as they were last told. */
  var told = "";

  /** A browser keeps few connections to one server, so that only a page that is seen may hold one. */
  function listen() {
    if (document.visibilityState === "hidden") {
      if (events) events.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/_keben/events");
      events.onmessage = (event) => take(JSON.parse(event.data));
    }
  }

  /** @param {Edition} edition */
  function take(edition) {
    if (edition.version !== version) {
      location.reload();
      return;
    }
    var now = JSON.stringify(edition.problems);
    if (now === told) return;
    told = now;
    if (overlay) overlay.remove();
    overlay = edition.problems ? show(edition.problems) : null;
  }

  /** @param {Problems} problems */
  function show(problems) {
    var host = document.createElement("keben-problems");
    var root = host.attachShadow({ mode: "open" });
    element(root, "style", STYLE);
    var dialog = element(root, "dialog", "");
    dialog.lang = problems.lang;
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "title");
    dialog.setAttribute("aria-describedby", "note");
    element(dialog, "h2", problems.title).id = "title";
    element(dialog, "p", problems.note).id = "note";
    var list = element(dialog, "div", "");
    list.tabIndex = 0;
    list.setAttribute("role", "group");
    list.setAttribute("aria-labelledby", "title");
    for (const text of problems.texts) element(list, "pre", text);
    var close = element(dialog, "button", problems.close);
    close.autofocus = true;
    close.onclick = () => dialog.close();
    document.body.append(host);
    // A modal dialog holds the focus, closes with Escape, and gives the focus back.
    dialog.showModal();
    return host;
  }

  /**
   * A new element with a text, never with markup: an error quotes whatever the author wrote.
   * @template {keyof HTMLElementTagNameMap} K
   * @param {Node} parent @param {K} name @param {string} text
   * @returns {HTMLElementTagNameMap[K]}
   */
  function element(parent, name, text) {
    var child = document.createElement(name);
    child.textContent = text;
    parent.appendChild(child);
    return child;
  }

  var STYLE = [
    ":host{all:initial;color-scheme:light dark}",
    "dialog{box-sizing:border-box;width:min(60rem,calc(100vw - 2rem));max-height:calc(100vh - 2rem);padding:1.25rem;",
    "border:1px solid #b3261e;border-top-width:4px;border-radius:6px;font:16px/1.6 system-ui,sans-serif;",
    "background:light-dark(#fffdfa,#1f1d1c);color:light-dark(#211c1a,#f0e9e4)}",
    "dialog[open]{display:flex;flex-direction:column;gap:.75rem}",
    "dialog::backdrop{background:#0008}",
    "h2{margin:0;font-size:1.15rem;color:light-dark(#b3261e,#ffb4ab)}",
    "p{margin:0}",
    "div{overflow:auto;min-height:0;background:light-dark(#f6f1eb,#2a2726);border-radius:4px}",
    'pre{margin:0;padding:.75rem 1rem;font:14px/1.5 ui-monospace,"Noto Sans Mono CJK SC",monospace}',
    "pre+pre{border-top:1px solid light-dark(#ddd3c8,#45403d)}",
    "button{align-self:flex-end;padding:.4rem 1rem;font:inherit;cursor:pointer;border:1px solid currentColor;",
    "border-radius:4px;background:none;color:inherit}",
    ":focus-visible{outline:2px solid light-dark(#1a56b0,#8ab8ff);outline-offset:2px}",
  ].join("");

  document.addEventListener("visibilitychange", listen);
  listen();
})();
