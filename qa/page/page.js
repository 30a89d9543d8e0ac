// What the page does in the browser: citations open their paragraph with the evidence marked, the report can be
// searched, and on a phone it opens over the conversation. No server trip, no other host.
"use strict";

(() => {
  const PHONE = window.matchMedia("(max-width: 800px)");
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
  const PARAGRAPH = /^#(para-[A-Za-z0-9._-]+)$/;
  const SECTION = /^#(section-\d+)$/;
  const PLACE = /^at-(\d+)-(\d+)$/;
  const MAIN = "kingston-2012"; // the report whose paragraphs are called by their number alone
  const FOUND = "found";
  const CURRENT = "found-current";

  const byId = (id) => document.getElementById(id);
  const scroller = () => byId("report-text");

  // ---- Paragraphs and evidence ------------------------------------------------------------------------------

  let origin = null; // the link that opened the paragraph now shown

  const inReport = (id) => {
    const element = byId(id);
    return element && scroller()?.contains(element) ? element : null;
  };

  const clearMarks = () => {
    for (const mark of scroller().querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    for (const one of document.querySelectorAll(".current")) one.classList.remove("current");
  };

  // Stored offsets count code points, text nodes count UTF-16 units.
  const units = (text, points) => Array.from(text).slice(0, points).join("").length;

  const markPiece = (piece, start, end) => {
    const at = Number(piece.dataset.at);
    const text = piece.textContent;
    const from = Math.max(0, start - at);
    const to = Math.min(Array.from(text).length, end - at);
    if (from >= to) return;
    const node = nodeAt(piece, units(text, from));
    const range = document.createRange();
    range.setStart(node.node, node.offset);
    range.setEnd(node.node, Math.min(node.node.length, node.offset + units(text, to) - units(text, from)));
    range.surroundContents(document.createElement("mark"));
  };

  // A piece is one text node until a part of it is marked; what is marked already stays as it is.
  const nodeAt = (piece, offset) => {
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (offset >= node.length && node.nextSibling) {
      offset -= node.length;
      node = walker.nextNode();
    }
    return { node, offset };
  };

  const mark = (paragraph, places) => {
    for (const [start, end] of places) {
      for (const piece of paragraph.querySelectorAll("[data-at]")) markPiece(piece, start, end);
    }
  };

  const placesOf = (link) =>
    Array.from(link.classList, (name) => PLACE.exec(name))
      .filter(Boolean)
      .map((found) => [Number(found[1]), Number(found[2])])
      .sort((a, b) => a[0] - b[0]);

  const inPane = (thing) => thing.getBoundingClientRect().top - scroller().getBoundingClientRect().top;

  // A short way is scrolled, so that the eye keeps its place; a long one would only flicker past.
  const scrollPane = (by) => {
    const far = Math.abs(by) > 2 * scroller().clientHeight;
    scroller().scrollBy({ top: by, behavior: far || CALM.matches ? "auto" : "smooth" });
  };

  // The start of the paragraph with the evidence below it; in a paragraph too long for that, the evidence.
  const show = (element, evidence) => {
    const height = scroller().clientHeight;
    const start = inPane(element);
    const below = evidence ? inPane(evidence) - start + evidence.getBoundingClientRect().height : 0;
    scrollPane(below > height * 0.7 ? inPane(evidence) - height / 4 : start - Math.min(96, height / 8));
    element.focus({ preventScroll: true });
  };

  // For the keyboard: the way back is the next stop after the paragraph, and seen when it has the focus.
  const wayBack = Object.assign(document.createElement("button"), {
    type: "button",
    className: "way-back",
    textContent: "Back to the answer",
  });

  // ---- One report at a time stands in the pane; another is fetched when it is wanted ---------------------------

  const choice = () => byId("report-shown");
  const reports = () => Array.from(choice()?.options ?? [], (option) => option.value);

  const reportOf = (id) => {
    const named = id.slice("para-".length, id.lastIndexOf("-"));
    return id.lastIndexOf("-") > "para".length ? named : MAIN;
  };

  let reading = null; // the report that is being fetched, so that a late reply does not replace a newer one

  const read = async (report) => {
    if (!scroller() || scroller().dataset.report === report) return true;
    reading = report;
    let text = "";
    try {
      const reply = await fetch(`page/report/${encodeURIComponent(report)}`);
      text = reply.ok ? await reply.text() : "";
    } catch {
      text = "";
    }
    if (reading !== report) return false;
    if (!text) {
      choice().value = scroller().dataset.report;
      byId("find-count").textContent = "The report could not be opened. Please try again.";
      return false;
    }
    const fresh = document.createRange().createContextualFragment(text);
    scroller().replaceWith(fresh);
    choice().value = report;
    find();
    return true;
  };

  const openParagraph = (id, link) => {
    const report = reportOf(id);
    if (inReport(id) || !reports().includes(report)) return openHere(id, link);
    read(report).then((done) => done && openHere(id, link));
    return true;
  };

  const openHere = (id, link) => {
    const paragraph = inReport(id);
    if (!paragraph) return false;
    clearMarks();
    origin = link && !scroller().contains(link) ? link : null;
    byId("back-to-answer").hidden = !origin;
    if (origin) paragraph.append(wayBack);
    else wayBack.remove();
    origin?.classList.add("current");
    if (link) mark(paragraph, placesOf(link));
    paragraph.classList.add("current");
    openReport();
    show(paragraph, paragraph.querySelector("mark"));
    history.replaceState(history.state, "", `#${id}`);
    return true;
  };

  const openSection = (id) => {
    const heading = inReport(id);
    if (heading) show(heading, null);
  };

  const backToAnswer = () => {
    const link = origin;
    origin = null;
    wayBack.remove();
    byId("back-to-answer").hidden = true;
    closeReport();
    if (link?.isConnected) {
      link.scrollIntoView({ block: "nearest" });
      link.focus();
    } else {
      document.querySelector("#question textarea")?.focus();
    }
  };

  // ---- The report over the conversation, on a phone -----------------------------------------------------------

  const behind = () => [byId("chat"), byId("top")].filter(Boolean);

  const openReport = () => {
    if (!PHONE.matches) return;
    document.body.classList.add("report-open");
    for (const part of behind()) part.inert = true;
  };

  const closeReport = () => {
    document.body.classList.remove("report-open");
    for (const part of behind()) part.inert = false;
  };

  const leaveReport = () => {
    if (origin) backToAnswer();
    else {
      closeReport();
      byId("open-report")?.focus();
    }
  };

  PHONE.addEventListener("change", () => closeReport());

  // ---- Quotes shown when a citation is pointed at or focused -------------------------------------------------

  let tip = null;
  let tipped = null;

  const showTip = (link) => {
    const quote = quoteOf(link);
    if (!quote || tipped === link) return;
    tip ??= document.body.appendChild(Object.assign(document.createElement("div"), { id: "quote-tip" }));
    tip.setAttribute("role", "tooltip");
    tip.textContent = quote;
    tip.hidden = false;
    tipped = link;
    link.setAttribute("aria-describedby", "quote-tip");
    placeTip(link);
  };

  // The browser's own tooltip would come a second later on top of ours.
  const quoteOf = (link) => {
    if (link.title) {
      link.dataset.quote = link.title;
      link.removeAttribute("title");
    }
    return link.dataset.quote ?? "";
  };

  const placeTip = (link) => {
    const at = link.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), window.innerWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  };

  const hideTip = () => {
    tipped?.removeAttribute("aria-describedby");
    tipped = null;
    if (tip) tip.hidden = true;
  };

  const cited = (event) => event.target.closest?.("a.cite");

  document.addEventListener("pointerover", (event) => {
    const link = cited(event);
    if (link && event.pointerType !== "touch") showTip(link);
    else if (tipped && !event.target.closest?.("#quote-tip")) hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const link = cited(event);
    if (link?.matches(":focus-visible")) showTip(link);
    else hideTip();
  });
  document.addEventListener("scroll", hideTip, true);

  // ---- Finding words in the report --------------------------------------------------------------------------

  let hits = [];
  let current = -1;

  const textNodes = () => {
    const walker = document.createTreeWalker(scroller(), NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (walker.currentNode.parentElement.closest("[data-at]")) nodes.push(walker.currentNode);
    return nodes;
  };

  const rangesIn = (node, words) => {
    const text = node.data.toLowerCase();
    const ranges = [];
    if (text.length !== node.length) return ranges; // lower case of another length would shift every place
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      ranges.push(range);
    }
    return ranges;
  };

  // Paragraphs of the report that is shipped have no report in their name.
  const numbered = (words) => {
    if (!/^[a-z]?[\d.]+$/i.test(words)) return null;
    const named = `para-${scroller().dataset.report}-`;
    return inReport(`para-${words}`) ?? inReport(`${named}${words}`) ?? inReport(`${named}${words.toUpperCase()}`);
  };

  const find = () => {
    const words = byId("find-words").value.trim().toLowerCase();
    hits = words.length > 1 ? textNodes().flatMap((node) => rangesIn(node, words)) : [];
    current = -1;
    paintHits();
    const paragraph = numbered(words);
    const count = hits.length === 1 ? "1 match" : `${hits.length} matches`;
    byId("find-count").textContent = paragraph ? `Enter opens ${words}` : words.length > 1 ? count : "";
  };

  const paintHits = () => {
    if (!CSS.highlights) return;
    CSS.highlights.set(FOUND, new Highlight(...hits));
    CSS.highlights.set(CURRENT, new Highlight(...(current >= 0 ? [hits[current]] : [])));
  };

  const nextHit = (step) => {
    const paragraph = numbered(byId("find-words").value.trim());
    if (paragraph) {
      openParagraph(paragraph.id, null);
      return;
    }
    if (!hits.length) return;
    current = (current + step + hits.length) % hits.length;
    paintHits();
    byId("find-count").textContent = `${current + 1} of ${hits.length}`;
    scrollPane(inPane(hits[current]) - scroller().clientHeight / 3);
  };

  // ---- The conversation --------------------------------------------------------------------------------------

  // Gradio keeps the words of its boxes itself and must be told of others.
  const fill = (selector, words) => {
    const box = document.querySelector(`${selector} :is(textarea, input)`);
    if (!box) return null;
    const kind = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, words);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  };

  const ask = (question) => {
    const box = fill("#question", question);
    if (!box) return;
    box.focus();
    setTimeout(() => byId("ask")?.click(), 0); // the box tells the page of its new words first
  };

  // ---- Changing, asking again ----------------------------------------------------------------------------------

  const questionOf = (button) => {
    const asked = Array.from(byId("log").querySelectorAll(".message.user .message-content p"));
    return asked[Number(button.dataset.turn)]?.textContent ?? "";
  };

  const edit = (button) => {
    const box = fill("#question", questionOf(button));
    fill("#edited", button.dataset.turn);
    byId("editing-note").hidden = false;
    box?.focus();
  };

  const stopEditing = () => {
    fill("#edited", "");
    byId("editing-note").hidden = true;
    fill("#question", "")?.focus();
  };

  const askAgain = (button) => {
    fill("#edited", button.dataset.turn);
    ask(questionOf(button));
  };

  // ---- Taking away ---------------------------------------------------------------------------------------------

  // Both forms at once: Word takes the one with its layout, a plain box takes the other. It works without encryption.
  const copy = (button) => {
    const taken = button.closest(".answer-actions").querySelector("template").content;
    const forms = {
      "text/html": taken.querySelector(".rich").innerHTML,
      "text/plain": taken.querySelector(".plain").textContent,
    };
    const give = (event) => {
      event.preventDefault();
      for (const [kind, words] of Object.entries(forms)) event.clipboardData.setData(kind, words);
    };
    document.addEventListener("copy", give, { once: true, capture: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give, { capture: true });
    say(button.closest(".buttons").querySelector(".done"), done ? "Copied" : "The browser did not allow copying.");
  };

  const say = (place, words) => {
    place.textContent = words;
  };

  // ---- What the server keeps -----------------------------------------------------------------------------------

  const conversation = () => byId("log")?.dataset.conversation ?? "";

  const send = async (address, content) => {
    const headers = { "Content-Type": "application/json" };
    try {
      const reply = await fetch(address, { method: "POST", headers, body: JSON.stringify(content) });
      return reply.ok ? "" : await reply.text();
    } catch {
      return "The server could not be reached. Please try again.";
    }
  };

  const judge = async (form) => {
    const given = new FormData(form);
    const failed = await send("page/feedback", {
      conversation: conversation(),
      turn: Number(form.dataset.turn),
      verdict: given.get(`verdict-${form.dataset.turn}`),
      comment: given.get("comment"),
    });
    const place = form.parentElement.querySelector(".done");
    say(place, failed || "Thank you. Your view is kept with this answer.");
    if (failed) return;
    form.hidden = true;
    place.tabIndex = -1;
    place.focus();
  };

  const forget = async (button) => {
    const one = button.dataset.conversation ?? null;
    const question = one ? "Delete this conversation for good?" : "Delete all your conversations for good?";
    if (!window.confirm(question)) return;
    const failed = await send("page/forget", { conversation: one });
    if (failed) {
      window.alert(failed);
    } else if (one === null || one === conversation()) {
      location.assign(location.pathname);
    } else {
      button.closest("li").remove();
      byId("earlier").querySelector("summary").focus();
    }
  };

  // The address names the conversation, so that loading the page again opens it again.
  const nameInAddress = () => {
    const address = new URL(location.href);
    const id = conversation();
    if ((address.searchParams.get("c") ?? "") === id || !opened) return;
    if (id) address.searchParams.set("c", id);
    else address.searchParams.delete("c");
    history.replaceState(history.state, "", address);
  };

  // Until the server has looked for the conversation of the address, the log is empty for that reason alone.
  let opened = !new URLSearchParams(location.search).has("c");

  const latestIntoView = (log) => {
    const asked = Array.from(log.querySelectorAll(".message.user")).pop();
    if (!asked) return;
    const above = asked.getBoundingClientRect().top - log.getBoundingClientRect().top;
    log.scrollBy({ top: above - 16, behavior: CALM.matches ? "auto" : "smooth" });
  };

  let shown = "";
  const watchLog = () => {
    const log = byId("log");
    const messages = log ? log.querySelectorAll(".message") : [];
    const now = messages.length ? `${messages.length} ${messages[messages.length - 1].textContent.length}` : "";
    if (now !== shown) {
      latestIntoView(log);
      if (document.querySelector("#edited :is(textarea, input)")?.value === "") byId("editing-note").hidden = true;
    }
    shown = now;
    if (conversation() || messages.length) opened = true;
    nameInAddress();
  };

  // ---- One place for clicks and keys -------------------------------------------------------------------------

  const BUTTONS = {
    "open-report": () => {
      openReport();
      scroller().focus();
    },
    "close-report": leaveReport,
    "back-to-answer": backToAnswer,
    "show-contents": () => {
      show(byId("report-contents"), null);
    },
    "new-conversation": () => {
      opened = true;
    },
    "stop-editing": stopEditing,
  };

  const ACTIONS = { edit, again: askAgain, copy, forget, "forget-all": forget };

  const act = (button) => {
    const name = Object.keys(ACTIONS).find((one) => button.classList.contains(one));
    if (name) ACTIONS[name](button);
    return Boolean(name);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (button && Object.hasOwn(BUTTONS, button.id)) BUTTONS[button.id]();
    else if (button === wayBack) backToAnswer();
    else if (button?.classList.contains("example")) ask(button.textContent);
    else if (button && act(button)) return;
    else followLink(event, event.target.closest?.("a[href^='#']"));
  });

  const followLink = (event, link) => {
    const href = link?.getAttribute("href") ?? "";
    const paragraph = PARAGRAPH.exec(href);
    const section = SECTION.exec(href);
    if (!paragraph && !section) return;
    event.preventDefault();
    hideTip();
    if (paragraph) openParagraph(paragraph[1], link);
    else openSection(section[1]);
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".feedback")) return;
    event.preventDefault();
    judge(event.target);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "find-words") find();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "report-shown") read(event.target.value);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") escape();
    else if (event.key === "Enter" && event.target.id === "find-words") {
      event.preventDefault();
      nextHit(event.shiftKey ? -1 : 1);
    }
  });

  const escape = () => {
    if (tipped) hideTip();
    else if (document.body.classList.contains("report-open")) leaveReport();
    else if (origin && scroller().contains(document.activeElement)) backToAnswer();
  };

  // ---- Start -------------------------------------------------------------------------------------------------

  const openFromAddress = () => {
    const wanted = PARAGRAPH.exec(decodeURIComponent(location.hash));
    return wanted ? openParagraph(wanted[1], null) : false;
  };

  const describe = () => {
    const box = document.querySelector("#question textarea");
    if (box && !box.hasAttribute("aria-describedby")) box.setAttribute("aria-describedby", "question-hint");
    for (const [id, name] of [["scope", "Look in"], ["writer", "Answer with"]]) {
      const choice = document.querySelector(`#${id} .wrap:has(input)`);
      if (choice && !choice.hasAttribute("role")) {
        choice.setAttribute("role", "radiogroup");
        choice.setAttribute("aria-label", name);
      }
    }
    const asked = document.querySelector("#reports .wrap:has(input[type='checkbox'])");
    if (asked && !asked.hasAttribute("role")) {
      asked.setAttribute("role", "group");
      asked.setAttribute("aria-labelledby", "reports-name");
    }
  };

  let started = false;
  const watch = new MutationObserver(() => {
    describe();
    watchLog();
    if (started || !scroller()) return;
    started = true;
    openFromAddress();
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("hashchange", openFromAddress);
})();
