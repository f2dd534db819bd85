// The same pages and figures with Eleventy, as people used to it write them: shortcodes and a layout.

const fs = require("fs");
const path = require("path");
const yaml = require("js-yaml");
const attributes = require("markdown-it-attrs");
const footnotes = require("markdown-it-footnote");

const COLUMNS = {
  date: "日期", title: "活动名称", kind: "类别", place: "地点", participants: "参加人数",
  hours: "服务时长", services: "服务人次", organiser: "组织科室",
};
const load = (file) => yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.CORE_SCHEMA });
const text = (value) => String(value ?? "").replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const stars = (shown) => shown.replace(/\*/g, "&#42;");
const days = (period) => [period.start, period.end].filter(Boolean).join("至");

function files(folder, ending) {
  const found = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending));
  return found.sort().map((name) => path.join(folder, name));
}

function readRecords() {
  const records = files("data/volunteering", ".yml").map(load);
  for (const one of records) one.hours = one.hours_total || one.hours_each * one.participants;
  return records.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

function number({ period, counted, number }, records) {
  if (!counted) return number;
  const where = Object.entries(counted.where);
  const chosen = records.filter(
    (one) => period.start <= one.date && one.date <= period.end && where.every(([k, v]) => one[k] === v),
  );
  const { field } = counted;
  const value = field ? chosen.reduce((sum, one) => sum + one[field], 0) : chosen.length;
  return value >= 10000 ? value.toLocaleString("en") : String(value);
}

function readSite() {
  const [names, figures, reports] = ["names", "figures", "reports"].map((name) => load(`data/${name}.yml`));
  const records = readRecords();
  const places = {};
  for (const file of files("docs", ".md")) {
    let place = ["/" + file.slice(5).replace(/(index)?\.md$/, (end) => (end === ".md" ? "/" : "")), file];
    const found = /^(?:## (.*?) *\{ (#\S+) \}|title: (.*)|.*?\{\{ fig\("\w+"\) \}\}.*)$/gm;
    for (const [line, heading, anchor, title] of fs.readFileSync(file, "utf8").matchAll(found)) {
      if (title) place = [place[0], title];
      else if (anchor) place = [place[0].replace(/#.*/, "") + anchor, heading];
      else for (const [, id] of line.matchAll(/\{\{ fig\("(\w+)"\) \}\}/g)) {
        const there = (places[id] ??= []);
        if (!there.includes(place)) there.push(place);
      }
    }
  }
  for (const one of Object.values(figures)) one.number = number(one, records);
  const settings = fs.readFileSync("mkdocs.yml", "utf8");
  const { nav } = yaml.load(settings.slice(settings.indexOf("\nnav:\n")));
  return { names, figures, reports, records, places, nav };
}

module.exports = (config) => {
  let site;
  config.on("eleventy.before", () => { site = readSite(); });

  const fig = (id) => {
    const one = site.figures[id];
    const lines = [one.name, `口径：${one.definition}`, `${one.period.kind}：${days(one.period)}`,
      `来源：${one.source}`, `状态：${one.state}`];
    const shown = stars(`${one.number}${one.unit}`);
    return `<a class="fig" href="/figures/#${id}" title="${lines.map(text).join("&#10;")}">${shown}</a>`;
  };
  const name = (id) => stars(text(site.names[id]));
  const table = () => {
    const head = Object.values(COLUMNS).map((label) => `<th scope="col">${label}</th>`).join("");
    const rows = site.records.slice(0, 100).map((one) =>
      `<tr>${Object.keys(COLUMNS).map((column) => `<td>${text(one[column])}</td>`).join("")}</tr>`);
    return `共 ${site.records.length} 条，以下为最近 100 条。\n\n`
      + `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  };
  const signed = ({ by, date }) => (by ? `${by}，${date}` : "待补");
  const entry = (id, one) => {
    const links = (site.places[id] ?? []).map(([to, title]) => `<a href="${to}">${text(title)}</a>`);
    const cells = {
      数值: `${one.number}${one.unit}`, 状态: `<strong class="state">${one.state}</strong>`, 计量单位: one.unit,
      [one.period.kind]: days(one.period), 口径: one.definition, 计算方法: one.method, 数据来源: one.source,
      责任科室: one.office, 填报: signed(one.prepared), 审核: signed(one.reviewed), 核定: signed(one.approved),
      修约规则: `保留 ${one.decimals} 位小数，四舍六入五成双（GB/T 8170）`, 公开属性: one.disclosure,
      备注: one.note ?? "无", 所在位置: links.join("；"),
    };
    const rows = Object.entries(cells).map(([k, v]) => `<tr><th scope="row">${k}</th><td>${v}</td></tr>`);
    return `### ${one.name} {#${id}}\n\n<table class="entry"><tbody>${rows.join("")}</tbody></table>`;
  };
  const register = () => Object.entries(site.figures).map(([id, one]) => entry(id, one)).join("\n\n");
  const states = () => {
    const all = Object.values(site.figures);
    const rows = ["核定", "已修订", "初步", "未填报", "停用"].map(
      (state) => `| ${state} | ${all.filter((one) => one.state === state).length} |`);
    return ["| 状态 | 指标数 |", "|---|---|", ...rows, `| 合计 | [${all.length}](/figures/) |`].join("\n");
  };
  const report = (id) => site.reports[id].map((page, at) => {
    const body = fs.readFileSync(`docs/${page}`, "utf8").split("---\n").slice(2).join("---\n").trim();
    const parts = at ? body.replace(/^#/gm, "##") : body;
    return parts.replace(/\{\{ (fig|name)\("(\w+)"\) \}\}/g, (_, macro, of) => (macro === "fig" ? fig : name)(of));
  }).join("\n\n");
  for (const [called, macro] of Object.entries({ fig, name, table, records: table, register, states, report })) {
    config.addNunjucksGlobal(called, macro);
  }

  config.amendLibrary("md", (markdown) => {
    markdown.use(attributes).use(footnotes);
    const rendered = markdown.renderer.renderToken.bind(markdown.renderer);
    markdown.renderer.rules.link_open = (tokens, at, options, env) => {
      const up = env.page.inputPath.endsWith("/index.md") ? "" : "../";
      const address = (_, to, index) => up + (index ? to : `${to}/`);
      tokens[at].attrs = tokens[at].attrs.map(([key, value]) =>
        [key, key === "href" ? value.replace(/^(?!\w+:)([^#]*?)(index)?\.md(?=#|$)/, address) : value]);
      return rendered(tokens, at, options);
    };
  });
  // The tabs, and the pages beside the page.
  config.addNunjucksGlobal("navigation", (url) => {
    const leaves = (nav) => typeof nav === "string" ? [nav] : Object.values(nav).flatMap(leaves);
    const address = (page) => "/" + page.replace(/(index)?\.md$/, (end) => (end === ".md" ? "/" : ""));
    const link = (page, shown) => `<li><a href="${address(page)}">${shown}</a></li>`;
    const tabs = site.nav.map(Object.entries).map(([[title, pages]]) => [title, leaves(pages)]);
    const [, beside] = tabs.find(([, pages]) => pages.some((page) => address(page) === url)) ?? ["", []];
    const list = (items) => `<ul>${items.join("")}</ul>`;
    return `<nav>${list(tabs.map(([title, pages]) => link(pages[0], title)))}`
      + `${list(beside.map((page) => link(page, page)))}</nav>`;
  });
  config.setNunjucksEnvironmentOptions({ autoescape: false });
  config.addGlobalData("layout", "page.njk");
  config.addPassthroughCopy("docs/**/*.{svg,css,webp,png,jpg,pdf}");
  config.setUseGitIgnore(false); // the bench keeps the records out of Git
  config.addWatchTarget("data/");
  return {
    dir: { input: "docs", includes: "../layouts", output: "site-eleventy" },
    markdownTemplateEngine: "njk", templateFormats: ["md"],
  };
};
