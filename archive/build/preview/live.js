/* Live preview: loads the page again after a good build, shows the problems after a bad one. */
(function () {
  "use strict";

  const PANEL = "data-live-problems"; // no id: a heading of a page may have any
  const shown = document.currentScript.dataset.version;
  let events = null;

  function element(name, text, css) {
    const made = document.createElement(name);
    made.textContent = text;
    made.style.cssText = css;
    return made;
  }

  function showProblems(problems) {
    const rest = shown ? "页面仍是上一次的内容" : "还没有可看的页面";
    const heading = element("h2", `有 ${problems.length} 处问题，${rest}`,
      "margin:0 0 .5em;font-size:18px;font-weight:bold;line-height:1.4;color:inherit");
    const list = element("ol", "", "margin:0;padding-left:2em;list-style:decimal");
    for (const problem of problems) {
      list.append(element("li", problem, "margin:.25em 0;overflow-wrap:anywhere"));
    }
    const panel = element("div", "",
      "position:fixed;left:0;right:0;bottom:0;z-index:2147483647;box-sizing:border-box;" +
      "max-height:60vh;overflow:auto;padding:16px;text-align:left;" +
      "background:#7f1d1d;color:#fff;font:16px/1.6 system-ui,sans-serif");
    panel.setAttribute(PANEL, "");
    panel.setAttribute("role", "alert");
    panel.tabIndex = 0; // a long list scrolls by keyboard too
    panel.append(heading, list);
    document.querySelector(`[${PANEL}]`)?.remove();
    document.body.append(panel);
  }

  function connect() {
    events = new EventSource("/_live/events");
    events.addEventListener("reload", (event) => {
      if (event.data !== shown) {
        location.reload();
      }
    });
    events.addEventListener("problems", (event) => showProblems(JSON.parse(event.data)));
  }

  // A browser keeps six connections to a host: tabs nobody looks at must not hold them all.
  function followWhileVisible() {
    events?.close();
    if (!document.hidden) {
      connect();
    }
  }

  document.addEventListener("visibilitychange", followWhileVisible);
  followWhileVisible();
})();
