// 数、记录、章节：点开一张小卡片，看出处，复制引用；登记表按列挑选。
(() => {
  const ROOT = new URL("..", document.currentScript.src).href;
  const PICTURE = /\.(?:png|jpe?g|webp|gif|svg)$/i;
  const LONGEST = 300;

  const meta = (name) => document.querySelector(`meta[name="archive:${name}"]`)?.content || "";

  const make = (tag, text = "", kind = "") => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };

  // The text of an element as a reader sees it: no signs to click, nothing hidden, one line.
  const shown = (element) => {
    const copy = element.cloneNode(true);
    copy
      .querySelectorAll(".headerlink, .screen-only, .for-editors, .press, [hidden], script, style, svg")
      .forEach((one) => one.remove());
    return copy.textContent.replace(/\u2060/g, "").replace(/\s+/g, " ").trim();
  };

  const pageTitle = () => shown(document.querySelector("article h1"));

  // The full address of what has the id, at the site's own address where the bureau has set one.
  const addressOf = (url) => {
    const target = new URL(url, location.href);
    target.search = "";
    const whole = target.href;
    const base = meta("address");
    const found = base && whole.startsWith(ROOT) ? base + whole.slice(ROOT.length) : whole;
    try {
      return decodeURI(found);
    } catch {
      return found; // a folder on disk whose name is no text
    }
  };

  const asOf = () => {
    const day = meta("as-of");
    return day ? `数据截至${day}。` : "";
  };

  const quotation = (text, url) => `${text}${/[。！？]$/.test(text) ? "" : "。"}${asOf()}${addressOf(url)}`;

  // Where the site is no secure context, as on most intranets, the clipboard has the old way only.
  // What is copied stands for a moment beside the button, for the card closes when the focus leaves it.
  const copy = (text, button) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = make("textarea", "", "copied-from");
    area.value = text;
    button.after(area);
    area.select();
    const done = document.execCommand("copy");
    button.focus({ preventScroll: true });
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };

  const copyButton = (label, text) => {
    const button = make("button", label);
    button.type = "button";
    button.addEventListener("click", () => {
      copy(text(), button).then(
        () => { button.textContent = "已复制"; },
        () => { button.textContent = "浏览器不让复制"; },
      );
      setTimeout(() => { button.textContent = label; }, 2000);
    });
    return button;
  };

  const copyButtons = (text, url) => [
    copyButton("复制引用", () => quotation(text(), url)),
    copyButton("复制地址", () => addressOf(url)),
  ];

  const copies = (text, url) => {
    const made = make("p", "", "copies");
    made.append(...copyButtons(text, url));
    return made;
  };

  // The card: one at a time, below what was tapped; on a phone at the foot of the screen.
  let card = null;
  let opener = null;

  const close = (back) => {
    if (!card) return;
    card.remove();
    card = null;
    opener.removeAttribute("aria-expanded");
    if (back) opener.focus({ preventScroll: true });
    opener = null;
  };

  const open = (from, label, children) => {
    const again = opener === from;
    close(false);
    if (again) return;
    opener = from;
    card = make("div", "", "card md-typeset");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", label);
    card.tabIndex = -1;
    const end = make("button", "关闭", "card-close");
    end.type = "button";
    end.addEventListener("click", () => close(true));
    card.append(...children, end);
    document.body.append(card);
    const at = from.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    card.style.left = `${Math.max(8, Math.min(at.left, room)) + window.scrollX}px`;
    const under = at.bottom + card.offsetHeight + 8 < window.innerHeight || at.top < card.offsetHeight;
    card.style.top = `${(under ? at.bottom + 6 : at.top - card.offsetHeight - 6) + window.scrollY}px`;
    from.setAttribute("aria-expanded", "true");
    card.focus({ preventScroll: true });
    // The card stands at the end of the page: who tabs out of it goes on where it was opened.
    card.addEventListener("keydown", (event) => {
      const last = document.activeElement === (event.shiftKey ? card : end);
      if (event.key === "Tab" && last) {
        if (event.shiftKey) event.preventDefault();
        close(true);
      }
    });
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card) close(true);
  });

  // A figure says in its title what the card shows: its name, then a line each.
  const figureCard = (link) => {
    const [name, ...lines] = link.title.split("\n");
    const list = make("dl");
    const value = shown(link);
    lines.forEach((line) => {
      const [, label, text] = /^([^：]{1,8})：(.*)$/s.exec(line) || [null, "报送", line];
      const row = make("div");
      row.append(make("dt", label), make("dd", text));
      list.append(row);
    });
    const head = make("p", `${name}：`, "card-head");
    head.append(make("strong", value));
    const more = make("p");
    const way = make("a", "出处和各期的数");
    way.href = link.href;
    more.append(way);
    const kept = lines.filter((line) => /^(?:时期|时点|相比|状态|责任科室)：/.test(line));
    const text = () => `${name}：${value}（${kept.join("，")}）`;
    open(link, name, [head, list, more, copies(text, link.href)]);
  };

  // 今年, 三年来: the days they mean, which the note at the section's foot tells too.
  const whenCard = (link) => {
    open(link, "所指的时间", [make("p", link.title, "card-head"), make("p", "由报告期间推算。")]);
  };

  // A section: its heading and what stands below it, up to the next heading as high.
  const sectionText = (heading) => {
    const level = Number(heading.tagName[1]);
    const parts = [];
    let next = heading.nextElementSibling;
    while (next && !(/^H[1-6]$/.test(next.tagName) && Number(next.tagName[1]) <= level)) {
      if (!next.matches(".press, .screen-only, .for-editors, .when-note, [hidden]")) parts.push(shown(next));
      next = next.nextElementSibling;
    }
    const text = parts.filter(Boolean).join("");
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}……` : text;
  };

  const headingText = (heading) => {
    const text = heading.tagName === "H1" ? "" : sectionText(heading);
    const named = `《${pageTitle()}》${heading.tagName === "H1" ? "" : shown(heading)}`;
    return text ? `${named}：${text}` : named;
  };

  // The control beside a title cites it too.
  document.querySelectorAll(".press-menu").forEach((menu) => {
    const heading = menu.parentElement.previousElementSibling;
    const link = heading.querySelector(".headerlink");
    if (link) menu.append(...copyButtons(() => headingText(heading), link.href));
  });

  const headingCard = (link) => {
    const heading = link.closest("h1, h2, h3, h4, h5, h6, tr");
    if (heading.tagName === "TR") {
      open(link, "引用", [make("p", shown(heading.cells[0]), "card-head"), copies(() => rowText(heading), link.href)]);
      return;
    }
    const said = () => headingText(heading);
    open(link, "引用", [make("p", shown(heading), "card-head"), copies(said, link.href)]);
    // Who asks for the sign beside a title wants to cite it: it is copied at once, and the card says so.
    if (card) card.querySelector(".copies button").click();
  };

  // A record's row: all that is recorded of it, opened below the row.
  const heads = (row) => [...row.closest("table").tHead.rows[0].cells].map(shown);

  const fieldsOf = (row) => {
    const labels = heads(row);
    const found = [...row.cells].map((cell, index) => [labels[index] || "", cell]);
    const more = row.querySelector("p[hidden]");
    if (more) {
      const others = row.closest("table").dataset.more.split("\n");
      more.textContent.split("\n").forEach((text, index) => found.push([others[index], make("p", text)]));
    }
    return found.filter(([, cell]) => shown(cell));
  };

  const rowText = (row) => `${pageTitle()}，${fieldsOf(row).map(([label, cell]) => `${label}：${shown(cell)}`).join("；")}`;

  // A file that proves something: a picture is seen, of any other the name, kind and size.
  const proof = (link) => {
    const made = make("a");
    made.href = link.href;
    if (link.href.startsWith(ROOT) && PICTURE.test(link.pathname)) {
      const picture = make("img");
      picture.src = link.href;
      picture.alt = link.textContent;
      picture.loading = "lazy";
      made.append(picture);
    }
    made.append(make("span", [link.textContent, link.title].filter(Boolean).join("，")));
    return made;
  };

  const view = (row) => {
    const list = make("dl");
    fieldsOf(row).forEach(([label, cell]) => {
      const line = make("div");
      const said = make("dd");
      const links = [...cell.querySelectorAll("a[href]:not(.row):not(.for-editors)")];
      if (links.some((link) => link.title)) {
        said.className = "proofs";
        said.append(...links.map(proof));
        const rest = shown(cell).split("、").filter((one) => !links.some((link) => link.textContent === one));
        rest.forEach((one) => said.append(make("span", one)));
      } else said.textContent = shown(cell);
      line.append(make("dt", label), said);
      list.append(line);
    });
    const inner = make("div", "", "view-in");
    inner.append(list, copies(() => rowText(row), `#${row.id}`));
    const mend = row.querySelector("a.for-editors");
    if (mend) {
      const way = make("a", "修改这条记录", "for-editors");
      way.href = mend.href;
      inner.lastChild.append(way);
    }
    const cell = make("td");
    cell.colSpan = row.cells.length;
    cell.append(inner);
    const made = make("tr", "", "view");
    made.append(cell);
    return made;
  };

  const closeRows = () => document.querySelectorAll("tr.view").forEach((one) => one.remove());

  // The row that the address names; null for an address that is no text.
  const rowAsked = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

  // Only a table that the program made is marked so: of one that an editor wrote nothing is shown or fetched.
  const openRow = () => {
    closeRows();
    const row = rowAsked();
    if (!row || !row.matches("table[data-more] tr[id]")) return;
    row.after(view(row));
    row.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    const link = plain && event.target.closest("a.fig, a.when, a.headerlink, a.row");
    if (card && !card.contains(event.target) && !link) close(false);
    if (!link) return;
    if (link.matches(".row")) {
      const there = link.closest("tr").nextElementSibling;
      if (there && there.matches(".view")) {
        event.preventDefault();
        there.remove();
      } else if (link.hash === location.hash) openRow();
      return;
    }
    if (link.matches(".fig, .when")) {
      if (!link.title) return;
      event.preventDefault();
      (link.matches(".fig") ? figureCard : whenCard)(link);
    } else {
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      headingCard(link);
    }
  });
  // A form that changes something begins with what is recorded now, and says which commit that is from.
  const LONGEST_ADDRESS = 7000;
  const told = (name) => fetch(`${ROOT}download/${name}.json`).then((answer) => answer.json());

  const answerOf = (value) => {
    if (Array.isArray(value)) return value.join("\n");
    return typeof value === "boolean" ? (value ? "是" : "否") : String(value);
  };

  const BEGINS = /[?&](?:field%3A)?(?:record|figure)=/;
  const CORRECTS = /[?&](?:field%3A)?old=/;
  const DESCRIBES = /[?&]issuable_template=/;

  const begun = async (link) => {
    const url = new URL(link.href);
    const given = new Map(url.searchParams);
    const form = /([^/]+?)(?:\.yml)?$/.exec(given.get("template") || given.get("issuable_template"))[1];
    const key = [...given.keys()].find((name) => /^(?:field:)?(?:record|figure)$/.test(name));
    const changes = key && !CORRECTS.test(link.href);
    const [about, rows] = await Promise.all([told("forms"), changes && !link.dataset.answers ? told(form) : []]);
    // A link that an editor wrote into a page leads anywhere: what is recorded goes to the bureau's forms alone.
    if (!about.commit || !about.address || !link.href.startsWith(new URL(about.address).href)) return link.href;
    if (changes) {
      const id = given.get(key);
      if (link.dataset.answers) {
        const prefix = key.replace(/(?:record|figure)$/, "");
        Object.entries(JSON.parse(link.dataset.answers)).forEach(([name, text]) => given.set(prefix + name, text));
      } else {
        const record = rows.find((row) => row["编号"] === id);
        Object.entries(about.forms[form]).forEach(([label, name]) => {
          const value = record[label];
          if (value !== undefined && value !== null && value !== "") given.set(name, answerOf(value));
        });
      }
      given.set(key, `${id}#${about.commit}`);
    }
    // GitLab has no forms: the answers stand in the text of the issue.
    const title = about.titles[form];
    if (title) {
      const parts = Object.entries(about.forms[form]).map(([label, name]) => `### ${label}\n\n${given.get(name) || ""}\n`);
      given.clear();
      given.set("issue[title]", `${title}：`);
      given.set("issue[description]", parts.join("\n"));
    }
    url.search = new URLSearchParams([...given]);
    return url.href.length > LONGEST_ADDRESS ? link.href : url.href;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='issues/new']");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (!plain || !link) return;
    if (!DESCRIBES.test(link.href) && (!BEGINS.test(link.href) || CORRECTS.test(link.href))) return;
    event.preventDefault();
    // Where nothing can be fetched, as on a page from disk, the form begins with the id alone.
    begun(link).catch(() => link.href).then((address) => { location.href = address; });
  });
  window.addEventListener("hashchange", openRow);
  openRow();

  // A list of what can be chosen, under its name, in the place that is kept for it.
  const listOf = (place, name, options, apply) => {
    const label = make("label", name);
    const list = make("select");
    list.append(...options);
    list.addEventListener("change", apply);
    label.append(list);
    place.append(label);
    return list;
  };

  const allOr = (kinds) => [new Option("全部", ""), ...kinds.map((kind) => new Option(kind, kind))];

  // Where the lists of a table stand, and the count of its rows.
  const placeOf = (table) => table.closest(".scroll").previousElementSibling;
  const countIn = (place) => {
    const count = make("span");
    count.setAttribute("role", "status");
    place.append(count);
    return count;
  };

  // The matrix of the assessment items: by kind of evidence, by year, by the office that owes it.
  document.querySelectorAll("table.matrix").forEach((table) => {
    const place = table.previousElementSibling;
    if (!place || !place.matches(".choose")) return;
    const bodies = [...table.tBodies];
    const kinds = [...table.tHead.rows[0].cells].map(shown).slice(1);
    const years = [...new Set(bodies.flatMap((body) => [...body.rows].slice(1).map((row) => shown(row.cells[0]))))];
    const offices = [...new Set(bodies.map((body) => body.dataset.office))].filter(Boolean);
    const lists = {};
    const apply = () => {
      const kind = lists.kind.value;
      const only = kinds.indexOf(kind) + 1;
      bodies.forEach((body) => {
        body.hidden = Boolean(lists.office && lists.office.value && body.dataset.office !== lists.office.value);
        [...body.rows].slice(1).forEach((row) => {
          row.hidden = Boolean(lists.year.value && shown(row.cells[0]) !== lists.year.value);
        });
      });
      [table.tHead.rows[0], ...bodies.flatMap((body) => [...body.rows].slice(1))].forEach((row) => {
        [...row.cells].slice(1).forEach((cell, index) => { cell.hidden = Boolean(kind) && index + 1 !== only; });
      });
    };
    lists.kind = listOf(place, "种类", allOr(kinds), apply);
    lists.year = listOf(place, "年份", allOr(years), apply);
    if (offices.length) lists.office = listOf(place, "科室", allOr(offices), apply);
  });

  // A table of which some columns can be chosen by: a list of what stands in each.
  const choose = (table) => {
    const place = placeOf(table);
    if (!place || !place.matches(".choose")) return;
    const rows = [...table.tBodies[0].rows];
    const labels = [...table.tHead.rows[0].cells].map(shown);
    const chosen = [];
    let count = null;
    const apply = () => {
      let left = 0;
      rows.forEach((row) => {
        const fits = chosen.every(([column, list]) => !list.value || shown(row.cells[column]) === list.value);
        row.hidden = !fits;
        left += fits;
      });
      count.textContent = left < rows.length ? `${left} / ${rows.length} 项` : `${rows.length} 项`;
    };
    table.dataset.choose.split(" ").map(Number).forEach((column) => {
      const kinds = [...new Set(rows.map((row) => shown(row.cells[column])))].filter(Boolean);
      if (kinds.length < 2) return;
      chosen.push([column, listOf(place, labels[column], allOr(kinds), apply)]);
    });
    count = countIn(place);
    apply();
  };
  document.querySelectorAll("table[data-choose]").forEach(choose);

  // Decimals as whole numbers of ten thousandths: no value has more places.
  const exactly = (text) => {
    const [, sign, whole, part] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text) || [];
    return whole === undefined ? null : BigInt(`${sign}${whole}${(part || "").padEnd(4, "0")}`);
  };

  const signed = (difference) => {
    const digits = String(difference < 0 ? -difference : difference).padStart(5, "0");
    const part = digits.slice(-4).replace(/0+$/, "");
    const number = digits.slice(0, -4) + (part && `.${part}`);
    return difference < 0 ? `-${number}` : difference > 0 ? `+${number}` : "0";
  };

  const between = (from, to) => {
    const [old, now] = [from, to].map((cell) => cell.querySelector("[data-group]"));
    if (!old || !now) return [3, "—"];
    if (old.dataset.group !== now.dataset.group) return [1, "口径或时期不同"];
    const [before, after] = [old, now].map((one) => exactly(one.dataset.exact || ""));
    if (before === null || after === null) {
      return shown(old) === shown(now) ? [2, "未变"] : [0, "写法不同"];
    }
    return before === after ? [2, "未变"] : [0, signed(after - before)];
  };

  // A table of which any two columns can be compared: what differs comes first.
  const compare = (table) => {
    const place = placeOf(table);
    const head = table.tHead.rows[0];
    const labels = [...head.cells].map(shown);
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, cells: [...row.cells] }));
    const title = make("th", "相差");
    title.scope = "col";
    head.cells[0].after(title);
    rows.forEach((one) => {
      one.result = make("td", "", "number");
      one.cells[0].after(one.result);
    });
    const lists = [];
    let count = null;
    const apply = () => {
      const [from, to] = lists.map((list) => Number(list.value));
      rows.forEach((one) => {
        [one.rank, one.result.textContent] = between(one.cells[from], one.cells[to]);
        one.cells.forEach((cell, at) => cell.classList.toggle("chosen", at === from || at === to));
      });
      const changed = rows.filter((one) => one.rank === 0).length;
      count.textContent = `${rows.length} 项，变了 ${changed} 项`;
      table.tBodies[0].append(...[...rows].sort((a, b) => a.rank - b.rank).map((one) => one.row));
    };
    [["从", 3], ["到", 2]].forEach(([said, first]) => {
      const list = listOf(place, said, labels.slice(1).map((name, at) => new Option(name, at + 1)), apply);
      list.value = first;
      lists.push(list);
    });
    count = countIn(place);
    apply();
  };
  document.querySelectorAll("table[data-compare]").forEach(compare);
})();
