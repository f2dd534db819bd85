// Marks on a page what a search found there: the words stand in its address, ?mark=…, and leave it at
// once, so that the address stays that of the page. Only text is ever made of them.
(() => {
  "use strict";

  const LEFT = "script, style, svg, input, textarea, select, button, mark, [contenteditable], [data-search-skip], .headerlink";
  const MOST = 500;

  function fold(text) {
    return text
      .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
      .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }

  // The text nodes in runs: those of a run stand in one line of text, whatever elements are in it.
  function read(element, runs) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) runs[runs.length - 1].push(child);
      else if (child.nodeType === Node.ELEMENT_NODE && !child.matches(LEFT)) {
        const flows = child.localName !== "br" && getComputedStyle(child).display.startsWith("inline");
        if (!flows) runs.push([]);
        read(child, runs);
        if (!flows) runs.push([]);
      }
    }
    return runs;
  }

  // Where words, the longest first, stand in a text: the first places from the last to the first, none
  // within another.
  function places(text, words) {
    const found = [];
    const taken = new Uint8Array(text.length);
    for (const word of words) {
      for (let at = text.indexOf(word), to; at >= 0; at = text.indexOf(word, to)) {
        to = at + word.length;
        // What was found before is no shorter: where it overlaps, it holds the first sign or the last.
        if (taken[at] || taken[to - 1]) continue;
        taken.fill(1, at, to);
        found.push({ from: at, to });
      }
    }
    return found.sort((a, b) => b.from - a.from).slice(-MOST);
  }

  function markRun(nodes, words) {
    let made = 0;
    const found = places(fold(nodes.map(({ data }) => data).join("")), words);
    let from = nodes.reduce((sum, { length }) => sum + length, 0);
    for (const node of [...nodes].reverse()) {
      from -= node.length;
      const { length } = node;
      for (const place of found) {
        const [start, end] = [Math.max(place.from - from, 0), Math.min(place.to - from, length)];
        if (start >= end) continue;
        const part = node.splitText(start);
        part.splitText(end - start);
        const mark = document.createElement("mark");
        mark.className = "found";
        part.replaceWith(mark);
        mark.append(part);
        if (place.from >= from) made += 1;
      }
    }
    return made;
  }

  function clear() {
    for (const mark of document.querySelectorAll("mark.found")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  function note(words, number) {
    const said = document.createElement("p");
    const button = document.createElement("button");
    said.className = "archive-found";
    said.setAttribute("role", "status");
    button.type = "button";
    button.title = "清除标记（Esc）";
    button.append("清除");
    said.append(`标出“${words.join("”“")}” ${number} 处`, button);
    const leave = () => {
      clear();
      said.remove();
      document.removeEventListener("keydown", onKey);
    };
    const onKey = ({ key }) => {
      if (key === "Escape" && !document.querySelector("dialog[open]")) leave();
    };
    button.onclick = leave;
    document.addEventListener("keydown", onKey);
    document.body.append(said);
  }

  const address = new URL(location);
  const words = (address.searchParams.get("mark") || "").slice(0, 200).split(" ").filter(Boolean);
  address.searchParams.delete("mark");
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    // A browser need not let a page from disk change its address.
  }
  const article = document.querySelector(".md-content__inner");
  if (!article || !words.length) return;
  const folded = words.map(fold).sort((a, b) => b.length - a.length);
  let number = 0;
  for (const run of read(article, [[]])) {
    if (number < MOST) number += markRun(run, folded);
  }
  if (number) note(words, number);
})();
