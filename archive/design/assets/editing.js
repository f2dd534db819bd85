// 编辑模式：页脚的开关。打开了，才显示给填报人的内容（编辑此页、修改数据、改）；记在浏览器里。
(() => {
  const KEPT = "archive-editing";
  const button = document.querySelector(".edit-switch");
  if (!button) return;

  const isOn = () => document.documentElement.classList.contains("editing");
  const set = (on) => {
    document.documentElement.classList.toggle("editing", on);
    button.setAttribute("aria-pressed", String(on));
  };

  // A browser that keeps nothing throws: then the mode lasts as long as the page.
  let was = null;
  try {
    was = localStorage.getItem(KEPT);
  } catch {}
  set(was === "on");
  button.hidden = false;

  button.addEventListener("click", () => {
    set(!isOn());
    try {
      localStorage.setItem(KEPT, isOn() ? "on" : "off");
    } catch {}
  });
})();
