// Search: the dialog of the button in the header. What finds (search_ranking.js) and the index it looks
// into, written by archive/build/search, are fetched when a reader first opens it.
(() => {
  "use strict";

  const SHOWN = 30;
  const ALL = "全部";

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
      drawn("path", { d: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12m5 11 6 6" }));
  }

  function fetchScript(url, done, failed) {
    const script = make("script", { src: url });
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  }

  function start(button, base) {
    const input = make("input", {
      type: "text", role: "combobox", "aria-label": "搜索", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "archive-results", autocomplete: "off",
      enterkeyhint: "search", maxlength: "100",
    });
    const closer = make("button", { type: "button" }, "关闭");
    const status = make("p", { role: "status" });
    const chips = make("div", {
      role: "group", class: "archive-search__kinds", "aria-label": "只看一类", hidden: "",
    });
    const list = make("div", {
      role: "listbox", id: "archive-results", "aria-label": "搜索结果", hidden: "",
    });
    const bar = make("div", { class: "archive-search__bar" }, icon(), input, closer);
    const dialog = make("dialog", { class: "archive-search", "aria-label": "搜索" },
      make("div", {}, bar, chips, status, list));
    let wanted = ALL;
    let index, result, active, opener, timer, loading;

    function span(name, parts) {
      return make("span", { class: `archive-search__${name}` },
        ...parts.map(([text, hit]) => (hit ? make("mark", {}, text) : text)));
    }

    function option(hit, number) {
      const { section: { anchor, title, inTitle, page, above }, terms } = hit;
      const { marked, excerpt, asShown } = window.archiveSearchRanking;
      const made = make("a", { role: "option", id: `archive-search-${number}`, tabindex: "-1" });
      // From disk no server finds the page in a folder.
      const file = location.protocol === "file:" && /(^|\/)$/.test(page.url) ? "index.html" : "";
      // A path from the site's root, whatever it begins with.
      made.href = new URL(`./${page.url}${file}`, base);
      // What the page opened is to mark.
      made.search = `?mark=${encodeURIComponent(asShown(hit).join(" "))}`;
      if (anchor) made.hash = encodeURIComponent(anchor);
      made.append(span("title", marked(title, inTitle, terms, 0, title.length)));
      if (anchor) made.append(span("path", [[above ? `${page.title} · ${above.title}` : page.title]]));
      made.append(span("excerpt", excerpt(hit)));
      return made;
    }

    const chipOf = (kind) => [...chips.children].find((one) => one.firstChild.data === kind);

    function chip(kind, number) {
      const made = make("button", { type: "button", "aria-pressed": kind === wanted }, kind,
        make("span", {}, number));
      made.onclick = () => {
        wanted = kind;
        offer();
        chipOf(kind).focus();
      };
      return made;
    }

    function activate(chosen) {
      active = chosen;
      for (const each of list.children) each.setAttribute("aria-selected", each === active);
      input.setAttribute("aria-activedescendant", active ? active.id : "");
    }

    function move(chosen) {
      activate(chosen);
      chosen.scrollIntoView({ block: "nearest" });
    }

    function summary({ near, hits, instead }, listed) {
      if (!input.value.trim()) return "输入要找的词，多个词用空格隔开";
      if (!hits.length) return "没有找到";
      if (!listed.length) return `${wanted}里没有找到，别的类里有 ${hits.length} 条`;
      const slips = instead.map(({ word, instead: [other] }) => `没有“${word}”，按“${other}”找，`);
      const first = listed.length > SHOWN ? `，列出前 ${SHOWN} 条` : "";
      const said = near ? "没有完全相符的结果，以下内容相近，" : slips.join("");
      return `${said}共 ${listed.length} 条${first}`;
    }

    function offer() {
      const of = (kind) => result.hits.filter(({ section }) => kind === ALL || section.page.kind === kind);
      const kinds = [ALL, ...index.kinds].map((kind) => [kind, of(kind).length]);
      // What was typed may be answered after the keyboard has gone on to a kind.
      const at = chips.contains(document.activeElement) && document.activeElement.firstChild.data;
      chips.textContent = "";
      chips.append(...kinds.filter(([kind, number]) => number || kind === wanted)
        .map(([kind, number]) => chip(kind, number)));
      chips.hidden = !result.hits.length;
      if (at) (!chips.hidden && chipOf(at) || input).focus();
      const listed = of(wanted);
      status.textContent = summary(result, listed);
      if (list.scrollTop) list.scrollTop = 0;
      list.textContent = "";
      list.append(...listed.slice(0, SHOWN).map(option));
      list.hidden = !list.firstChild;
      input.setAttribute("aria-expanded", !list.hidden);
      activate(list.firstChild);
    }

    function show() {
      timer = clearTimeout(timer);
      if (!index) return;
      result = window.archiveSearchRanking.search(index, input.value);
      offer();
    }

    function open() {
      if (dialog.open) return;
      opener = document.activeElement;
      if (!loading) load();
      dialog.showModal();
      input.select();
    }

    function load() {
      let missing = 2;
      const done = () => {
        missing -= 1;
        if (missing) return;
        index = window.archiveSearchRanking.prepare(window.archiveSearch);
        show();
      };
      const failed = () => {
        loading = false; // opening tries again
        status.textContent = "载入失败，请关闭后再试";
      };
      loading = true;
      status.textContent = "正在载入";
      for (const file of ["search/index.js", "assets/search_ranking.js"]) {
        fetchScript(new URL(file, base), done, failed);
      }
    }

    // While an input method composes, letters and keys are its own.
    input.oninput = (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(show, 40);
    };
    input.addEventListener("compositionend", show);
    input.onkeydown = (event) => {
      const { key, isComposing, keyCode } = event;
      if (isComposing || keyCode === 229 || !/^(ArrowDown|ArrowUp|Enter)$/.test(key)) return;
      event.preventDefault();
      if (timer) show();
      if (!active) return;
      if (key === "Enter") active.click();
      else if (key === "ArrowDown") move(active.nextSibling || list.firstChild);
      else move(active.previousSibling || list.lastChild);
    };

    list.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      opener = null; // the reader goes on there
      dialog.close();
    };
    dialog.onclick = ({ target }) => {
      if (target === closer || target === dialog) dialog.close(); // backdrop
    };
    // Told in a task of its own: by then the reader may have gone on elsewhere.
    dialog.onclose = () => {
      if (opener && document.activeElement === document.body) opener.focus({ preventScroll: true });
    };
    button.onclick = open;
    document.addEventListener("keydown", (event) => {
      // No single letter opens it: speech input would trip over that (WCAG 2.1, 2.1.4).
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    });

    document.body.append(dialog);
  }

  const button = document.querySelector(".archive-search-open");
  if (!button) return;
  const config = JSON.parse(document.getElementById("__config").textContent);
  const base = new URL(config.base.replace(/\/?$/, "/"), location);
  start(button, base);
  if (new URLSearchParams(location.search).has("mark")) {
    fetchScript(new URL("assets/search_marks.js", base));
  }
})();
