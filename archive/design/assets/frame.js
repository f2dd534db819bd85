// 页面的框架：页眉、标签、两边的目录、回到页首、展开的内容、键盘的焦点。
(() => {
  const header = document.querySelector("[data-md-component=header]");
  const heading = document.querySelector(".md-content h1");
  const title = document.querySelector("[data-md-component=header-title]");
  const tabs = document.querySelector("[data-md-component=tabs]");
  const main = document.querySelector("[data-md-component=main]");
  const grid = main.firstElementChild;
  const back = document.querySelector("[data-md-component=top]");
  const drawer = document.getElementById("__drawer");
  const menu = header.querySelector(".archive-menu");

  const named = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };

  // The contents, in the menu and beside the text: which link leads to what.
  const contents = [...document.querySelectorAll("[data-md-component=toc]")].map((list) =>
    [...list.querySelectorAll(".md-nav__link")].map((link) => [link, named(link.hash)]).filter(([, to]) => to));

  const sidebars = [...document.querySelectorAll("[data-md-component=sidebar]")].map((sidebar) => ({
    inner: sidebar.querySelector(".md-sidebar__scrollwrap"),
    beside: matchMedia(sidebar.dataset.mdType === "navigation" ? "(min-width: 76.25em)" : "(min-width: 60em)"),
  }));

  // To the middle of what it scrolls in.
  const bringIntoView = (link) => {
    const scrolled = link.closest(".md-sidebar__scrollwrap");
    if (!scrolled || !link.clientHeight) return;
    const way = link.getBoundingClientRect().top - scrolled.getBoundingClientRect().top;
    scrolled.scrollTop += way - scrolled.clientHeight / 2;
  };

  const follow = (links, passed) => {
    const current = passed ? links[passed - 1][0] : null;
    const before = links.find(([link]) => link.matches(".md-nav__link--active"));
    links.forEach(([link], index) => {
      link.classList.toggle("md-nav__link--passed", index < passed);
      link.classList.toggle("md-nav__link--active", link === current);
    });
    if (current && (!before || before[0] !== current)) bringIntoView(current);
  };

  // What follows from how far the page is scrolled. All is measured first, and then set.
  let last = window.scrollY;
  const update = () => {
    const { scrollY: y, innerHeight: height } = window;
    const under = header.offsetHeight;
    const { top, bottom } = main.getBoundingClientRect();
    const margin = grid.getBoundingClientRect().top - top;
    const active = top <= under;
    const titled = heading && heading.offsetHeight && heading.getBoundingClientRect().bottom <= under;
    const gone = tabs && tabs.getBoundingClientRect().top <= under - 10;
    const atEnd = y + height >= Math.floor(document.body.offsetHeight);
    const passed = contents.map((links) => (atEnd ? links.length
      : links.filter(([, to]) => to.getBoundingClientRect().top < under + 0.8 * margin).length));
    const room = Math.max(0, height - Math.max(0, top, under) - Math.max(0, height - bottom))
      + Math.min(margin, Math.max(0, under - top)) - margin;
    const places = sidebars.map(({ inner, beside }) => (beside.matches ? `${room - 2 * inner.offsetTop}px` : ""));

    header.classList.toggle("md-header--shadow", active);
    if (title) title.classList.toggle("md-header__title--active", Boolean(titled));
    if (tabs) tabs.hidden = gone;
    sidebars.forEach(({ inner }, index) => { inner.style.height = places[index]; });
    contents.forEach((links, index) => follow(links, passed[index]));
    if (back && y !== last) {
      back.hidden = !(active && y < last && y > 0);
      if (back.hidden && document.activeElement === back) back.blur();
    }
    last = y;
  };

  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      update();
    });
  };

  // What is wider than its place scrolls, and so the keyboard must reach it.
  const reachable = () => {
    const wide = [...document.querySelectorAll("pre > code, .md-typeset table:not([class])")]
      .map((one) => [one, one.scrollWidth > one.clientWidth]);
    wide.forEach(([one, scrolls]) => (scrolls ? one.setAttribute("tabindex", "0") : one.removeAttribute("tabindex")));
  };

  const closed = () => document.querySelectorAll("details:not([open])");

  // The place that the address names is shown, also within what is closed, and no menu over it.
  const arrive = () => {
    if (drawer.checked) drawer.click();
    const to = named(location.hash);
    const around = to ? [...closed()].filter((one) => one.contains(to)) : [];
    around.forEach((one) => { one.open = true; });
    if (around.length) to.scrollIntoView();
  };

  // On paper nothing stays closed.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...closed()];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((one) => { one.open = false; });
    opened = [];
  });

  // The focus shows where the keyboard has brought it; Chromium 81 does not know :focus-visible.
  let byKeyboard = true;
  const mark = (element) => {
    const written = element.matches("input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable]");
    if (byKeyboard || written) element.classList.add("focus-visible");
  };
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.altKey || event.ctrlKey) return;
    byKeyboard = true;
    if (document.activeElement !== document.body) mark(document.activeElement);
    const open = drawer.checked;
    if (event.key === "Enter" && event.target instanceof HTMLLabelElement) event.target.click();
    if (event.key === "Escape" && open) drawer.click();
    if (open && !drawer.checked) menu.focus();
  }, true);
  document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);
  document.addEventListener("focusin", (event) => mark(event.target));
  document.addEventListener("focusout", (event) => event.target.classList.remove("focus-visible"));

  // A name that is cut short is told whole.
  document.addEventListener("mouseover", (event) => {
    const name = event.target.closest(".md-ellipsis");
    if (name && name.offsetWidth < name.scrollWidth) (name.closest("a") || name).title = name.innerText;
  });

  // The menu of a narrow screen lies over the page, and each part of it that opens over the one before:
  // what lies below is out of reach.
  const sidebar = document.querySelector(".md-sidebar--primary");
  const { beside } = sidebars.find(({ inner }) => sidebar.contains(inner));
  const behind = [];
  for (let one = sidebar; one !== document.body; one = one.parentElement) {
    behind.push(...[...one.parentElement.children].filter((other) => other !== one && !other.matches("input, .md-overlay")));
  }

  // What opens a part and what leads back from it; the theme lets the keyboard reach few of these.
  const ways = [...sidebar.querySelectorAll("label")].map((label) => [label, label.tabIndex]);

  // A part that opens → what says whether it is open.
  const toggles = new Map([...sidebar.querySelectorAll(".md-nav__toggle")]
    .map((toggle) => [toggle.parentElement.querySelector("nav"), toggle]));

  // The part that something is of: the lists within the contents are none of their own.
  const partOf = (one) => {
    const list = one.closest("nav");
    const around = list.parentElement.closest("nav");
    return around && !toggles.has(list) ? partOf(around) : list;
  };

  const onTop = () => {
    let part = sidebar.querySelector("nav");
    for (const [inner, toggle] of toggles) if (toggle.checked && partOf(toggle) === part) part = inner;
    return part;
  };

  const confine = () => {
    const over = drawer.checked && !beside.matches;
    const part = onTop();
    const links = [...sidebar.querySelectorAll("a, label")];
    behind.forEach((one) => { one.inert = over; });
    links.forEach((one) => { one.inert = over && partOf(one) !== part; });
    ways.forEach(([label, before]) => { label.tabIndex = over ? 0 : before; });
    const first = links.find((one) => one.matches(".md-nav__link") && !one.inert && one.getClientRects().length);
    if (over && byKeyboard && first) first.focus();
  };

  menu.addEventListener("click", () => drawer.click());
  drawer.addEventListener("change", () => {
    menu.setAttribute("aria-expanded", String(drawer.checked));
    confine();
  });
  beside.addEventListener("change", confine);
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".md-nav__toggle")) return;
    const part = document.querySelector(`[aria-labelledby="${target.id}_label"]`);
    if (part) part.setAttribute("aria-expanded", String(target.checked));
    confine();
  });

  if (back) back.addEventListener("click", () => window.scrollTo({ top: 0 }));
  window.addEventListener("hashchange", arrive);
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", () => {
    soon();
    reachable();
  });
  new ResizeObserver(soon).observe(document.body);
  arrive();
  reachable();
  update();
  document.querySelectorAll(".md-sidebar .md-nav__link--active[href]").forEach(bringIntoView);
})();
