// What a query finds, best first. The index is written by archive/build/search, whose characters
// this reads back; nothing here knows the page.
(() => {
  "use strict";

  // Ranges by hand: those of Unicode's own classes take the browser longer to make than a search.
  const HAN = "(?:[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff])";
  const LETTER = "[0-9A-Za-z\u00c0-\u02af\u0370-\u1fff\u2150-\u2189\u2460-\u249b\u3005-\u3007\u3041-\u9fff\uac00-\ud7ff\uf900-\ufaff]";
  const NO_LETTER = `[^${LETTER.slice(1)}`;
  // A number is one word with its separators; Chinese and other writing make words apart.
  const WORD = new RegExp(`\\d+(?:[.,]\\d+)+|${HAN}+|(?:(?!${HAN})${LETTER})+`, "g");
  const LONG_CHINESE = new RegExp(`^${HAN}{3,}$`);
  const NO_LETTERS = new RegExp(`${NO_LETTER}+`, "g");
  const NUMBERING = /^第?[(\d一二三四五六七八九十百]+[)、.\s条章节]/;
  // How much a word counts that stands for the one asked for.
  const WORTH = { same: 1, sound: 0.9, synonym: 0.8, begun: 0.7, initials: 0.6, slip: 0.5 };
  const MOST = 12;
  const NOTHING = { chars: 0, terms: [], worth: 0 };

  // A character, by its number, as it is looked for: width, case and traditional writing make no
  // difference. None becomes two, so folded text and shown text have the same places.
  function folded(code, plain) {
    const narrow = code > 0xff00 && code < 0xff5f ? code - 0xfee0 : code;
    return narrow > 0x40 && narrow < 0x5b ? narrow + 0x20 : plain.get(narrow) || narrow;
  }

  // The letters of the index in the order of their codes: what each code is, shown and folded, and how
  // a text is folded.
  function alphabet(letters, traditional) {
    const plain = new Map();
    traditional.split(" ").forEach((others, number) => {
      for (const other of others) plain.set(other.charCodeAt(0), letters.charCodeAt(number));
    });
    const shown = new Uint16Array(letters.length + 0x100);
    let code = 0x20;
    for (let at = 0; at < letters.length; at += 1) {
      do code += 1; while (code === 0x22 || code === 0x5c || code === 0x7c || (code > 0x7d && code < 0xa1));
      shown[code] = letters.charCodeAt(at);
    }
    const same = shown.map((letter) => folded(letter, plain));
    for (const each of [shown, same]) {
      [each[0x20], each[0x7c], each[0x7e]] = [0x20, 9, 10]; // | between fields, ~ lines
    }
    const fold = (text) => [...text].map((char) => (
      char.length > 1 ? char : String.fromCharCode(folded(char.charCodeAt(0), plain))
    )).join("");
    return { shown, same, fold };
  }

  // The characters of each sound.
  function spoken(letters, sounds) {
    const found = new Map();
    sounds.split(" ").forEach((said, number) => {
      for (const sound of said ? said.split("/") : []) {
        found.set(sound, (found.get(sound) || "") + letters[number]);
      }
    });
    return found;
  }

  // The text whose every character is the letter of its code; a rare one has no code and is itself.
  function spelled(codes, letters) {
    const parts = [];
    for (let from = 0; from < codes.length; from += 8192) {
      const part = new Uint16Array(Math.min(8192, codes.length - from));
      for (let at = 0; at < part.length; at += 1) {
        const code = codes.charCodeAt(from + at);
        part[at] = letters[code] || code;
      }
      parts.push(String.fromCharCode.apply(null, part));
    }
    return parts.join("");
  }

  // A section of a page: folded what is looked into, and by its places what is shown. Few are shown, so
  // only those are spelled out. The title of its page counts for it (for a row of a table that of
  // its section, too), but not alone.
  class Section {
    constructor(index, page, above, from, to) {
      const { whole } = index;
      const title = whole.indexOf("\t", from) + 1;
      const text = whole.indexOf("\t", title) + 1;
      const end = whole.indexOf("\t", text);
      this.index = index;
      this.page = page;
      this.row = end >= 0 && end < to;
      this.above = this.row ? above : null;
      this.isPage = title === from + 1;
      this.places = [from, title, text, this.row ? end : to];
      this.inTitle = this.isPage ? page.inTitle : whole.slice(title, text - 1);
      this.inText = whole.slice(text, this.row ? end : to);
      this.inPage = this.above ? `${page.inTitle}\n${above.inTitle}` : page.inTitle;
    }

    holds(term) {
      return this.inTitle.includes(term) || this.inText.includes(term);
    }

    get all() {
      return `${this.inPage}\n${this.inTitle}\n${this.inText}`;
    }

    get anchor() {
      return this.index.shown(this.places[0], this.places[1] - 1);
    }

    get title() {
      return this.isPage ? this.page.title : this.index.shown(this.places[1], this.places[2] - 1);
    }

    get text() {
      return this.index.shown(this.places[2], this.places[3]);
    }
  }

  // The index ready to be searched.
  function prepare(raw) {
    const { shown, same, fold } = alphabet(raw.letters, raw.traditional);
    const whole = spelled(raw.pages, same);
    const index = {
      whole, fold, sections: [], kinds: raw.kinds,
      shown: (from, to) => spelled(raw.pages.slice(from, to), shown),
      synonyms: raw.synonyms.map((group) => group.map(fold)),
      get sounds() { // asked for by few
        Object.defineProperty(this, "sounds", { value: spoken(raw.letters, raw.sounds) });
        return this.sounds;
      },
    };
    let [page, above] = [null, null];
    for (let from = 0, to; from < whole.length; from = to + 1) {
      to = whole.indexOf("\n", from);
      if (to < 0) to = whole.length;
      if (to === from) {
        page = null; // an empty line stands between pages
      } else if (page) {
        const section = new Section(index, page, above, from, to);
        if (!section.row) above = section.isPage ? null : section;
        index.sections.push(section);
      } else {
        const [url, title, kind, behind] = index.shown(from, to).split("\t");
        page = {
          url, title, inTitle: fold(title), kind: raw.kinds[kind] || "", behind: Number(behind),
        };
        above = null;
      }
    }
    index.titles = index.sections.map(({ inTitle }) => inTitle).join("\n");
    return index;
  }

  // The different texts that a pattern finds, those found most often first.
  function texts(whole, patterns) {
    const often = new Map();
    if (patterns.length) {
      for (const text of whole.match(new RegExp(patterns.join("|"), "g")) || []) {
        often.set(text, (often.get(text) || 0) + 1);
      }
    }
    return [...often].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([text]) => text);
  }

  function inTitlesOrText(index, patterns) {
    const found = texts(index.titles, patterns);
    return found.length ? found : texts(index.whole, patterns);
  }

  // The characters whose sound begins so.
  function begun(index, letters) {
    const chars = [...index.sounds].filter(([sound]) => sound.startsWith(letters));
    return chars.map(([, those]) => those).join("");
  }

  // Letters read as the sounds of two characters or more, each way a pattern. The last sound may be
  // unfinished where `open`.
  function spelt(index, letters, open) {
    const ways = [];
    const read = (rest, done) => {
      if (ways.length >= MOST) return;
      if (!rest) {
        if (done.length > 1) ways.push(done.map((chars) => `[${chars}]`).join(""));
        return;
      }
      for (let to = Math.min(6, rest.length); to > 0; to -= 1) {
        const chars = index.sounds.get(rest.slice(0, to));
        if (chars) read(rest.slice(to), [...done, chars]);
      }
      const chars = open && done.length && rest.length < 6 ? begun(index, rest) : "";
      if (chars) read("", [...done, chars]);
    };
    read(letters, []);
    return ways;
  }

  function initials(index, letters) {
    const parts = letters.match(/[zcs]h|[a-z]/g).map((letter) => begun(index, letter));
    return parts.length > 1 && parts.every(Boolean) ? [parts.map((one) => `[${one}]`).join("")] : [];
  }

  // A word with two characters changed or one doubled, left out or put wrong.
  function slips(word, any) {
    const [changed, left, wrong] = [[], [], []];
    for (let at = 0; at < word.length; at += 1) {
      const [before, here, after] = [word.slice(0, at), word[at], word.slice(at + 1)];
      if (here === after[0]) changed.push(before + after);
      else if (after) changed.push(before + after[0] + here + after.slice(1));
      for (const other of any) {
        if (at) left.push(before + other + here + after);
        wrong.push(before + other + after);
      }
    }
    // Where two of them begin at one place, the first is found.
    return [...new Set([...changed, ...left, ...wrong])].filter((one) => one !== word);
  }

  function slipped(index, word) {
    if (LONG_CHINESE.test(word) && word.length < 20) {
      return inTitlesOrText(index, slips(word, [HAN]));
    }
    if (!/^[a-z]{4,20}$/.test(word)) return [];
    const alphabet = [..."abcdefghijklmnopqrstuvwxyz"];
    const ways = slips(word, alphabet).flatMap((letters) => spelt(index, letters));
    return inTitlesOrText(index, [...new Set(ways)]);
  }

  // The texts of the index that stand for a word, and how much each counts.
  function meanings(index, word) {
    const found = [];
    const add = (those, worth) => {
      for (const text of those) {
        if (index.sections.some((section) => section.holds(text))) found.push([text, worth]);
      }
    };
    add([word], WORTH.same);
    const ways = /^[a-z]{2,30}$/.test(word) ? spelt(index, word) : [];
    const said = new RegExp(`^(?:${[word, ...ways].join("|")})$`);
    const groups = index.synonyms.filter((group) => group.some((one) => said.test(one)));
    if (ways.length) add(texts(index.whole, ways), WORTH.sound);
    add(groups.flat().filter((other) => other !== word), WORTH.synonym);
    if (/^[a-z]{2,30}$/.test(word)) {
      if (!found.length) add(texts(index.whole, spelt(index, word, true)), WORTH.begun);
      const first = word.length < 9 ? initials(index, word) : [];
      add(found.length ? texts(index.titles, first) : inTitlesOrText(index, first), WORTH.initials);
    }
    return found;
  }

  // A word with its meanings. One that no section holds may be held in pieces, or else is a slip, and
  // `instead` is what was meant; or else a synonym within it is a word of its own.
  function understood(index, word) {
    const found = meanings(index, word);
    if (found.length) return [{ word, meanings: found }];
    const loose = LONG_CHINESE.test(word);
    const covered = (text) => loose && pieces(text, word).chars === word.length;
    const inPieces = covered(index.whole) && index.sections.some((one) => covered(one.all));
    const slips = slipped(index, word);
    if (!inPieces && !slips.length) {
      const known = index.synonyms.flat().sort((a, b) => b.length - a.length)
        .find((one) => one !== word && word.includes(one));
      if (known) {
        const at = word.indexOf(known);
        return [word.slice(0, at), known, word.slice(at + known.length)]
          .filter(Boolean).flatMap((part) => understood(index, part));
      }
    }
    return [{ word, slips, loose, meanings: [], instead: inPieces ? [] : slips }];
  }

  // The fewest pieces of two characters or more, held by a text, that cover most of a word.
  function pieces(text, word) {
    const best = [];
    best[word.length] = { chars: 0, terms: [] };
    for (let from = word.length - 1; from >= 0; from -= 1) {
      best[from] = best[from + 1];
      for (let to = from + 2; to <= word.length; to += 1) {
        const term = word.slice(from, to);
        if (!text.includes(term)) break;
        const chars = term.length + best[to].chars;
        const terms = [term, ...best[to].terms];
        const gain = chars - best[from].chars || best[from].terms.length - terms.length;
        if (gain > 0) best[from] = { chars, terms };
      }
    }
    return best[0];
  }

  // How a section holds a word: how many of its characters, by which terms, and what those count.
  function held(section, { word, meanings: those, slips = [], loose }) {
    const whole = (text, worth) => ({ chars: word.length, terms: [text], worth });
    const present = (text) => section.holds(text) || section.inPage.includes(text);
    const best = those.find(([text]) => section.inTitle.includes(text))
      || those.find(([text]) => present(text));
    if (best) return whole(...best);
    if (section.inTitle.includes(word.slice(0, 2)) && LONG_CHINESE.test(word)) {
      const titled = pieces(section.inTitle, word);
      if (titled.chars === word.length) return { ...titled, worth: WORTH.same };
    }
    const meant = slips.find(present);
    if (meant) return whole(meant, WORTH.slip);
    return loose ? { ...pieces(section.all, word), worth: WORTH.same } : NOTHING;
  }

  // The sections that hold enough characters of the words.
  function matches(index, words, enough) {
    const hits = [];
    for (const section of index.sections) {
      const found = words.map((word) => held(section, word));
      const chars = found.reduce((sum, part) => sum + part.chars, 0);
      if (!chars || chars < enough) continue;
      const worth = found.reduce((sum, part) => sum + part.chars * part.worth, 0) / chars;
      const terms = [...new Set(found.flatMap((part) => part.terms))];
      if (terms.some((term) => section.holds(term))) hits.push({ section, chars, worth, terms });
    }
    return hits;
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

  // Titles first, then words that stand together, then how often; longer words say more. The guide
  // and its messages stand behind the pages for readers, and a minor page (a draft, a summary) says
  // less than the others, unless asked for by its very title.
  function rate(hit, phrases) {
    const { section, terms, worth } = hit;
    const { inTitle, inText, inPage, isPage, row, page: { behind, kind } } = section;
    const words = terms.join("");
    const mean = (part) => terms.reduce((sum, t) => sum + t.length * part(t), 0) / words.length;
    const together = terms.join(`${NO_LETTER}{0,3}`);
    if (!phrases.has(together)) phrases.set(together, new RegExp(together));
    const phrase = phrases.get(together);
    const bare = inTitle.replace(NUMBERING, "").replace(NO_LETTERS, "");
    const often = (term) => inText.split(term).length - 1;

    const titled = mean((term) => inTitle.includes(term));
    const share = Math.min(1, words.length / (bare.length || 1));
    let points = titled * (10 + 3 * share);
    if (phrase.test(inTitle)) points += 10;
    if (bare === words) points += 5;
    // Regulations are asked for by their names, indicators by most of theirs.
    if (titled === 1 && (kind === "指标" ? share > 0.7 : kind === "制度" && isPage)) points += 3;
    // A row is called by one of its cells, not by a heading.
    if (row) points /= 3;
    // A page of an indicator is an entry of the register, whose title says nothing more.
    if (kind !== "指标" || !isPage) points += mean((term) => inPage.includes(term));
    points += 2 * mean((term) => often(term) / (often(term) + 1 + inText.length / 400));
    if (terms.length > 1 && terms.every((term) => inText.includes(term))) {
      points += 2 * (words.length / closest(inText, terms).length);
      if (phrase.test(inText)) points += 2;
    }
    const named = bare === words && isPage;
    hit.score = worth * (behind === 1 && !named ? points / 2 : points);
    hit.behind = behind > 1 && bare !== words ? behind : 0;
  }

  // The sections that hold every word; failing that, those that hold half of what was asked.
  function search(index, query) {
    const asked = [...new Set(index.fold(query).match(WORD))];
    const words = asked.flatMap((word) => understood(index, word));
    const enough = asked.join("").length;
    let hits = matches(index, words, enough);
    const near = enough > 0 && !hits.length;
    if (near) {
      const loose = words.map((one) => ({ ...one, loose: LONG_CHINESE.test(one.word) }));
      hits = matches(index, loose, enough / 2);
    }
    const phrases = new Map();
    for (const hit of hits) rate(hit, phrases);
    // Equals stay in index order.
    hits.sort((a, b) => b.chars - a.chars || a.behind - b.behind || b.score - a.score);
    return { near, hits, instead: words.filter(({ instead }) => instead && instead.length) };
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
    let from = at < 40 ? 0 : at - 25;
    // A number or a word is not begun in its middle: …025年 would be read as a number of its own.
    while (from > 0 && from < at && /[0-9A-Za-z.]/.test(text[from - 1]) && /[0-9A-Za-z.]/.test(text[from])) from += 1;
    const to = Math.min(text.length, from + 110);
    const parts = marked(text, inText, terms, from, to);
    return [[from ? "…" : ""], ...parts, [to < text.length ? "…" : ""]];
  }

  // The terms as the page has them: its own width, case and writing. One character is marked by itself
  // only, else every 年 would be for 2025年.
  function asShown({ section: { title, text, inTitle, inText }, terms }) {
    const long = terms.filter((term) => term.length > 1);
    const found = (long.length ? long : terms).flatMap((term) => (
      [[title, inTitle], [text, inText]].map(([shown, folded]) => {
        const at = folded.indexOf(term);
        return at < 0 ? "" : shown.slice(at, at + term.length);
      })
    ));
    return [...new Set(found.filter(Boolean))];
  }

  window.archiveSearchRanking = { prepare, search, excerpt, marked, asShown };
})();
