// On pages of terms and scripts: a button at each entry that makes it a card of the learner's reviews, or takes it out.
(() => {
  "use strict";

  const { words } = keben.theme;
  const { page = "" } = document.body.dataset;

  /** The id that an entry's author gave it stands before its heading. @param {Element | null} one */
  const named = (one) => (one?.matches("span[id]:empty") ? one : null);

  const start = async () => {
    const record = await keben.openRecord();
    /** @type {Map<string, HTMLButtonElement>} */
    const buttons = new Map();
    const headings = [...document.querySelectorAll(".prose > h2[id]")];
    for (const [at, heading] of headings.entries()) {
      const id = named(heading.previousElementSibling)?.id || `${page}#${heading.id}`;
      const title = (heading.textContent || "").replace(/#$/, "").trim();
      const button = document.createElement("button");
      button.type = "button";
      button.className = "to-review";
      button.title = words.record_add_title.replace("{title}", title);
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => {
        const add = button.getAttribute("aria-pressed") !== "true";
        const today = new Date().toLocaleDateString("sv");
        void record.put("cards", id, (/** @type {KebenItem} */ old) =>
          add
            ? { due: today, reps: 0, ...old, page, added: new Date().toISOString(), off: false }
            : { ...old, off: true },
        );
      });
      buttons.set(id, button);
      // At the end of the entry, for whoever has read it.
      const next = headings[at + 1];
      if (next) (named(next.previousElementSibling) || next).before(button);
      else heading.parentElement?.append(button);
    }
    const show = async () => {
      const cards = await record.all("cards");
      for (const [id, button] of buttons) {
        const there = !!cards[id] && !cards[id].off;
        button.setAttribute("aria-pressed", String(there));
        button.textContent = there ? words.record_added : words.record_add;
      }
    };
    await show();
    record.subscribe(({ kind }) => {
      if (kind === "cards" || kind === "*") void show();
    });
  };
  start().catch(() => {});
})();
