// 深色、浅色：读者选过的照所选，没有选过的照系统。在页面显示以前定下来，不闪，也不移动。
(() => {
  const KEY = `${new URL("..", document.currentScript.src).pathname}.__palette`;
  document.documentElement.className = "js";

  const form = document.querySelector("[data-md-component=palette]");
  if (!form) return;
  const choices = [...form.querySelectorAll("input")];
  const system = choices.map((one) => matchMedia(one.dataset.mdColorMedia));
  const meta = document.createElement("meta");
  meta.name = "color-scheme";
  document.head.append(meta);

  // Storage may be forbidden, and hold anything.
  const chosen = () => {
    try {
      const { index } = JSON.parse(localStorage.getItem(KEY));
      return choices.find((_, at) => at === index);
    } catch {
      return undefined;
    }
  };

  const keep = (choice) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ index: choices.indexOf(choice) }));
    } catch {
      // Then the choice holds for this page.
    }
  };

  const show = (choice) => {
    document.body.setAttribute("data-md-color-switching", "");
    for (const { name, value } of choice.attributes) {
      if (name.startsWith("data-md-color-")) document.body.setAttribute(name, value);
    }
    meta.content = choice.dataset.mdColorScheme === "slate" ? "dark" : "light";
    choices.forEach((one) => { one.nextElementSibling.hidden = one !== choice; });
    setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
  };

  const showUsual = () => show(chosen() || choices[Math.max(0, system.findIndex((one) => one.matches))]);

  form.addEventListener("change", (event) => {
    show(event.target);
    keep(event.target);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const next = choices[(choices.indexOf(event.target) + 1) % choices.length];
    next.click();
    next.focus();
  });
  system[0].addEventListener("change", showUsual);
  showUsual();
})();
