// Search: the ranking, then the dialog. The index, written by archive/search.py, is fetched when a
// reader first opens it.
(() => {
  "use strict";

  // A number is one word with its separators; Chinese and other writing make words apart.
  const WORD = /\d+(?:[.,]\d+)+|\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
  const LONG_CHINESE = /^\p{Script=Han}{3,}$/u;
  const NUMBERING = /^第?[(\d一二三四五六七八九十百]+[)、.\s条章节]/;

  // Keeps length: folded text and shown text have the same places.
  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }

  // The title of its page counts for a section, but not alone: `own` is without it.
  function prepare(pages) {
    return pages.flatMap(([url, page, sections, minor]) => sections.map(([anchor, title, text]) => {
      const [inPage, inTitle, inText] = [page, title, text].map(fold);
      const own = `${inTitle}\n${inText}`;
      const all = `${inPage}\n${own}`;
      return { url, page, minor, anchor, title, text, inPage, inTitle, inText, own, all };
    }));
  }

  // The fewest pieces of two characters or more, held by a text, that cover most of a word.
  function pieces(text, word) {
    const best = [];
    best[word.length] = { chars: 0, terms: [] };
    for (let from = word.length - 1; from >= 0; from -= 1) {
      best[from] = best[from + 1];
      for (let to = from + 2; to <= word.length; to += 1) {
        const term = word.slice(from, to);
        if (!text.includes(term)) break; // nor a longer one
        const chars = term.length + best[to].chars;
        const terms = [term, ...best[to].terms];
        const gain = chars - best[from].chars || best[from].terms.length - terms.length;
        if (gain > 0) best[from] = { chars, terms };
      }
    }
    return best[0];
  }

  // The sections that hold enough characters of the words, and by which terms they do.
  function matches(index, words, enough, loose) {
    return index.map((section) => {
      const found = words.map((word) => {
        if (section.all.includes(word)) return { chars: word.length, terms: [word] };
        const titled = pieces(section.inTitle, LONG_CHINESE.test(word) ? word : "");
        if (titled.chars === word.length) return titled;
        return pieces(section.all, loose.includes(word) ? word : "");
      });
      const chars = found.reduce((sum, part) => sum + part.chars, 0);
      return { section, chars, terms: [...new Set(found.flatMap((part) => part.terms))] };
    }).filter(({ section, chars, terms }) => (
      chars >= enough && terms.some((term) => section.own.includes(term))
    ));
  }

  function places(text, terms) {
    const found = [];
    for (const term of terms) {
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
        found.push({ term, from: at, to: at + term.length });
      }
    }
    return found.sort((a, b) => a.from - b.from);
  }

  // The shortest stretch of text with all the terms that stand in it.
  function closest(text, terms) {
    const present = terms.filter((term) => text.includes(term)).length;
    const last = new Map();
    let best = { from: 0, length: Infinity };
    for (const place of places(text, terms)) {
      last.delete(place.term);
      last.set(place.term, place.from);
      const [from] = last.values();
      const length = place.to - from;
      if (last.size === present && length < best.length) best = { from, length };
    }
    return best;
  }

  // Titles first, then words that stand together, then how often; longer words say more. A minor
  // page (a draft, a summary) says less than the others, unless it is asked for by its very title.
  function score({ section: { inTitle, inText, inPage, anchor, minor }, terms }) {
    const words = terms.join("");
    const mean = (part) => terms.reduce((sum, t) => sum + t.length * part(t), 0) / words.length;
    const phrase = new RegExp(terms.join("[^\\p{L}\\p{N}]{0,3}"), "u");
    const bare = inTitle.replace(NUMBERING, "").replace(/[^\p{L}\p{N}]+/gu, "");
    const often = (term) => inText.split(term).length - 1;

    const titled = mean((term) => inTitle.includes(term));
    let points = titled * (10 + 3 * Math.min(1, words.length / (bare.length || 1)));
    if (phrase.test(inTitle)) points += 10;
    if (bare === words) points += 5;
    points += mean((term) => inPage.includes(term));
    points += 2 * mean((term) => often(term) / (often(term) + 1 + inText.length / 400));
    if (terms.length > 1 && terms.every((term) => inText.includes(term))) {
      points += 2 * (words.length / closest(inText, terms).length);
      if (phrase.test(inText)) points += 2;
    }
    return minor && (anchor || bare !== words) ? points / 2 : points;
  }

  // The sections that hold every word, best first; failing that, those that hold half of what was
  // asked. A word no section holds may be held in pieces, 志愿服务时长 as 志愿服务, 时长; a title
  // may always hold all of it so.
  function search(index, query) {
    const words = [...new Set(fold(query).match(WORD))];
    const asked = words.join("").length;
    const long = words.filter((word) => LONG_CHINESE.test(word));
    const broken = long.filter((word) => !index.some((section) => section.all.includes(word)));
    let hits = matches(index, words, asked, broken);
    const near = asked > 0 && !hits.length;
    if (near) hits = matches(index, words, asked / 2, long);
    for (const hit of hits) hit.score = score(hit);
    // Equals stay in index order.
    hits.sort((a, b) => b.chars - a.chars || b.score - a.score);
    return { near, hits };
  }

  // A stretch of text in parts, [text] or [hit, true].
  function marked(text, folded, terms, from, to) {
    const parts = [];
    let done = from;
    for (const place of places(folded, terms)) {
      const start = Math.max(place.from, done);
      const end = Math.min(place.to, to);
      if (start < end) {
        parts.push([text.slice(done, start)], [text.slice(start, end), true]);
        done = end;
      }
    }
    return [...parts, [text.slice(done, to)]].filter(([string]) => string);
  }

  function excerpt({ section: { text, inText }, terms }) {
    const at = closest(inText, terms).from;
    const from = at < 40 ? 0 : at - 25;
    const to = Math.min(text.length, from + 110);
    const parts = marked(text, inText, terms, from, to);
    return [[from ? "…" : ""], ...parts, [to < text.length ? "…" : ""]];
  }

  function start(header) {
    const config = JSON.parse(document.getElementById("__config").textContent);
    const base = new URL(config.base.replace(/\/?$/, "/"), location);
    const button = make("button", {
      type: "button", class: "archive-search-open", title: "搜索（Ctrl+K）",
      "aria-haspopup": "dialog", "aria-keyshortcuts": "Control+K Meta+K",
    }, icon(), make("span", {}, "搜索"));
    const input = make("input", {
      type: "text", role: "combobox", "aria-label": "搜索", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "archive-results", autocomplete: "off",
      enterkeyhint: "search", maxlength: "100",
    });
    const closer = make("button", { type: "button" }, "关闭");
    const status = make("p", { role: "status" });
    const list = make("div", {
      role: "listbox", id: "archive-results", "aria-label": "搜索结果", hidden: "",
    });
    const bar = make("div", { class: "archive-search__bar" }, icon(), input, closer);
    const dialog = make("dialog", { class: "archive-search", "aria-label": "搜索" },
      make("div", {}, bar, status, list));
    const shown = 30;
    let script, index, active, opener, timer;

    // Element by element: what a page says is never read as markup.
    function make(name, attributes, ...children) {
      return fill(document.createElement(name), attributes, children);
    }

    function fill(element, attributes, children) {
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    }

    function icon() {
      const drawn = (name, attributes, ...children) => (
        fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children)
      );
      return drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
        drawn("circle", { cx: "10", cy: "10", r: "6" }), drawn("path", { d: "m15 15 6 6" }));
    }

    function span(name, parts) {
      return make("span", { class: `archive-search__${name}` },
        ...parts.map(([text, hit]) => (hit ? make("mark", {}, text) : text)));
    }

    function option({ section, terms }, number) {
      const { url, anchor, title, inTitle, page } = section;
      const made = make("a", { role: "option", id: `archive-search-${number}`, tabindex: "-1" });
      // From disk no server finds the page in a folder.
      const file = location.protocol === "file:" && /(^|\/)$/.test(url) ? "index.html" : "";
      // A path from the site's root, whatever it begins with.
      made.href = new URL(`./${url}${file}${anchor && "#" + encodeURIComponent(anchor)}`, base);
      made.append(span("title", marked(title, inTitle, terms, 0, title.length)));
      if (anchor) made.append(span("path", [[page]]));
      made.append(span("excerpt", excerpt({ section, terms })));
      return made;
    }

    function activate(chosen) {
      active = chosen;
      for (const each of list.children) each.setAttribute("aria-selected", each === active);
      input.setAttribute("aria-activedescendant", active ? active.id : "");
      if (active) active.scrollIntoView({ block: "nearest" });
    }

    function summary({ near, hits }) {
      if (!input.value.trim()) return "输入要找的词，多个词用空格隔开";
      if (!hits.length) return "没有找到";
      const first = hits.length > shown ? `，列出前 ${shown} 条` : "";
      return `${near ? "没有完全相符的结果，以下内容相近，" : ""}共 ${hits.length} 条${first}`;
    }

    function show() {
      timer = clearTimeout(timer);
      if (!index) return;
      const result = search(index, input.value);
      status.textContent = summary(result);
      list.textContent = "";
      list.append(...result.hits.slice(0, shown).map(option));
      list.hidden = !list.firstChild;
      input.setAttribute("aria-expanded", !list.hidden);
      activate(list.firstChild);
    }

    function open() {
      if (dialog.open) return;
      opener = document.activeElement;
      dialog.showModal();
      input.select();
      if (!script) load();
    }

    function load() {
      script = document.createElement("script");
      script.src = new URL("search/index.js", base);
      script.onload = () => {
        index = prepare(window.archiveSearch);
        show();
      };
      script.onerror = () => {
        script = null; // opening tries again
        status.textContent = "载入失败，请关闭后再试";
      };
      status.textContent = "正在载入";
      document.head.append(script);
    }

    // While an input method composes, letters and keys are its own.
    input.oninput = (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(show, 80);
    };
    input.addEventListener("compositionend", show);
    input.onkeydown = (event) => {
      const { key, isComposing, keyCode } = event;
      if (isComposing || keyCode === 229 || !/^(ArrowDown|ArrowUp|Enter)$/.test(key)) return;
      event.preventDefault();
      if (timer) show();
      if (!active) return;
      if (key === "Enter") active.click();
      else if (key === "ArrowDown") activate(active.nextSibling || list.firstChild);
      else activate(active.previousSibling || list.lastChild);
    };

    list.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      opener = null; // the reader goes on there
      dialog.close();
    };
    dialog.onclick = ({ target }) => {
      if (target === closer || target === dialog) dialog.close(); // backdrop
    };
    dialog.onclose = () => opener && opener.focus({ preventScroll: true });
    button.onclick = open;
    document.addEventListener("keydown", (event) => {
      // No single letter opens it: speech input would trip over that (WCAG 2.1, 2.1.4).
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    });

    document.body.append(dialog);
    header.insertBefore(button, header.querySelector(".md-header__source"));
  }

  window.archiveSearchRanking = { prepare, search, excerpt };
  const header = document.querySelector(".md-header__inner");
  if (header) start(header);
})();
