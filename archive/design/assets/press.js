// 打印：整页，或者只印一节——那一节的标题成为题目，所属的页写在下面。
(() => {
  const OUT = "press-out";

  // The elements of a section: its heading and what follows up to the next heading as high.
  const sectionOf = (heading) => {
    const found = [heading];
    const highest = Number(heading.tagName[1]);
    let next = heading.nextElementSibling;
    while (next && !(/^H[1-6]$/.test(next.tagName) && Number(next.tagName[1]) <= highest)) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  };

  const line = (text, name) => {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  };

  // What the element holds instead of what it held (`replaceChildren` came with Chromium 86).
  const fill = (element, children) => {
    element.textContent = "";
    element.append(...children);
  };

  // The page's title without the link that stands in it.
  const pageTitle = () => {
    const title = document.querySelector("article h1").cloneNode(true);
    title.querySelectorAll("a.headerlink").forEach((link) => link.remove());
    return title.textContent.trim();
  };

  // The page's own code as that of a section: its modules row by row, as bits.
  const codeOf = (whole, code, id) => {
    const [side, packed] = code.split(" ");
    const [wide, bits] = [Number(side), atob(packed)];
    const drawn = whole.cloneNode(true);
    let path = "";
    for (let at = 0; at < wide * wide; at += 1) {
      const dark = bits.charCodeAt(at >> 3) & (128 >> (at & 7));
      if (dark) path += `M${(at % wide) + 4} ${Math.floor(at / wide) + 4}.5h1`;
    }
    const box = wide + 8;
    drawn.setAttribute("viewBox", `0 0 ${box} ${box}`);
    drawn.setAttribute("width", `${Math.max(20, 0.4 * box)}mm`);
    drawn.setAttribute("height", drawn.getAttribute("width"));
    drawn.setAttribute("aria-label", `${whole.getAttribute("aria-label")}#${id}`);
    drawn.querySelector("path").setAttribute("d", path);
    return drawn;
  };

  const printSection = (id, end, code) => {
    const heading = document.getElementById(id);
    const section = sectionOf(heading);
    const others = [...heading.parentNode.children].filter((element) => !section.includes(element));
    others.forEach((element) => element.classList.add(OUT));
    heading.classList.add("press-title");
    const source = line(`（${pageTitle()}）`, "press-source");
    heading.after(source);
    const last = document.querySelector(".press-end");
    last.classList.remove(OUT);
    const whole = [...last.childNodes];
    // The page's first line, with the section behind the address, before the day of the data.
    const from = last.querySelector("p").textContent.replace(/(?=，以[^，]*$)/, () => `#${id}`);
    const lines = [from, ...(end ? end.split("\n") : [])].map((text) => line(text, ""));
    const drawn = last.querySelector(".press-code");
    fill(last, drawn && code ? [codeOf(drawn, code, id), ...lines] : lines);
    const undo = () => {
      others.forEach((element) => element.classList.remove(OUT));
      heading.classList.remove("press-title");
      source.remove();
      fill(last, whole);
    };
    window.addEventListener("afterprint", undo, { once: true });
    window.print();
  };

  // The controls: one open at a time, until the reader leaves it or presses Escape.
  const close = (except) => document.querySelectorAll(".press[open]").forEach((one) => {
    if (one !== except) one.open = false;
  });
  const leave = ({ target }) => close(target.closest ? target.closest(".press") : null);
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", (event) => {
    const opened = event.key === "Escape" && document.querySelector(".press[open]");
    if (!opened) return;
    opened.open = false;
    opened.querySelector("summary").focus({ preventScroll: true });
  });

  document.querySelectorAll(".press-print").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      close();
      if (button.dataset.section) printSection(button.dataset.section, button.dataset.end, button.dataset.code);
      else window.print();
    });
  });
})();
