/* The evidence pane: opens the page of a quotation with its lines marked; keys, copying, context. No outside calls. */
(() => {
  const SIGNAL = "evidence";
  let view = null, page = null, from = null, owner = null, asText = false, ticket = 0;
  const at = (id) => document.getElementById(id);
  const say = (text) => { const spot = at("announcer"); if (spot) { spot.textContent = ""; spot.textContent = text; } };
  const wide = () => window.matchMedia("(min-width: 901px)").matches;
  const address = (document_, number) => `/page/${encodeURIComponent(document_)}/${number}.png`;
  const marks = (boxes) => (boxes || []).map((box) => box.join(",")).join(";");
  const source = (v) => address(v.document, v.page) + (v.boxes && v.boxes.length ? `?boxes=${marks(v.boxes)}` : "");

  /* Puts the sources of one answer (or cell) into the pane. They wait in a <template>, where they are not yet part of the page. */
  function adopt(holder) {
    owner = holder;
    const template = holder.querySelector("template.cards"), list = document.createElement("ol");
    list.className = "cards";
    if (template) list.append(template.content.cloneNode(true));
    at("cards").replaceChildren(list);
    const count = template ? Number(template.dataset.sources) : 0;
    at("evidence-count").textContent = count ? (count === 1 ? "1 source" : `${count} sources`) : "";
    at("evidence-empty").hidden = list.children.length > 0;
    at("evidence-empty").textContent = "There is no quotation for this question.";
    at("cards").classList.remove("one");
    at("evidence-all").hidden = true;
    close();
  }

  function close() {
    at("viewer").hidden = true; view = null; page = null; ticket += 1;
    document.querySelectorAll(".card.current").forEach((card) => card.classList.remove("current"));
  }

  function empty() {
    close(); owner = null; from = null;
    at("cards").replaceChildren(); at("evidence-count").textContent = ""; at("evidence-all").hidden = true;
    at("evidence-empty").hidden = false;
    at("evidence-empty").textContent = "Ask a question: the sentences quoted appear here, each with the page it stands on and its lines marked.";
    document.body.classList.remove("evidence-open"); at("right").classList.remove("opened");
  }

  function one(card) {
    document.querySelectorAll(".card.current").forEach((other) => other.classList.remove("current"));
    const alone = Boolean(card);
    at("cards").classList.toggle("one", alone || !view || !view.quote);
    if (card) card.classList.add("current");
    at("evidence-all").hidden = !at("cards").querySelector(".card:not(.current)");
    const all = at("cards").querySelectorAll(".card").length;
    at("evidence-all").textContent = `Show all ${all} passages`;
  }

  async function show(next, card) {
    const mine = (ticket += 1);
    view = next; page = null;
    at("viewer").hidden = false; at("viewer-note").hidden = true; at("viewer-context").hidden = true;
    at("viewer-around").setAttribute("aria-expanded", "false");
    at("evidence-empty").hidden = true;
    at("right").classList.add("opened");
    one(card);
    at("viewer-title").hidden = Boolean(card);
    at("viewer-title").textContent = [next.title || "Page", next.about].filter(Boolean).join(" · ");
    at("viewer-page").textContent = `page ${next.label || next.page}`;
    at("viewer-open").href = `/files/${encodeURIComponent(next.document)}` + (next.file && next.file !== "pdf" ? "" : `#page=${next.page}`);
    at("viewer-open").textContent = next.file && next.file !== "pdf" ? "Open the file" : "Open PDF";
    at("viewer-copy").hidden = at("viewer-around").hidden = !next.quote;
    at("viewer-previous").disabled = next.page <= 1; at("viewer-next").disabled = true;
    const image = at("viewer-image");
    image.alt = next.quote ? `Page ${next.label || next.page}. Marked: ${next.quote}` : `Page ${next.label || next.page}`;
    image.onload = () => settle(mine);
    image.onerror = () => { if (mine === ticket) mode(true); };
    image.src = source(next);
    mode(asText);
    const query = new URLSearchParams({ document: next.document, page: next.page });
    if (next.end) { query.set("start", next.start); query.set("end", next.end); }
    try {
      const reply = await fetch(`/api/v1/page?${query}`);
      if (mine !== ticket) return;
      if (!reply.ok) { note("There is no such page in the library."); return; }
      page = await reply.json();
      if (mine === ticket) arrived(mine);
    } catch { if (mine === ticket) note("The assistant does not answer. Is it still running?"); }
  }

  function arrived(mine) {
    view = { ...view, label: page.label, title: page.title, about: page.about, reference: view.reference || page.reference, quote: view.quote || page.quote };
    at("viewer-page").textContent = page.label === String(page.page) ? `page ${page.label} of ${page.pages}` : `page ${page.label} (sheet ${page.page} of ${page.pages})`;
    at("viewer-title").textContent = [page.title, page.about].filter(Boolean).join(" · ");
    at("viewer-next").disabled = page.page >= page.pages;
    at("viewer-copy").hidden = at("viewer-around").hidden = !view.quote;
    at("viewer-text").hidden = !page.image;
    if (page.note) { note(page.note); at("viewer-open").hidden = true; } else at("viewer-open").hidden = false;
    if (!page.image) mode(true); else if (asText) mode(true);
    if (page.boxes.length && !(view.boxes && view.boxes.length)) { view.boxes = page.boxes; at("viewer-image").src = source(view); }
    say(`Page ${page.label} of ${page.title}`);
    settle(mine);
  }

  /* Brings the marked lines into view inside the frame; the rest of the screen does not move. */
  function settle(mine) {
    if (mine !== ticket || !page) return;
    const frame = at("page-frame"), image = at("viewer-image");
    if (!at("page-text").hidden) {
      const mark = at("page-text").querySelector("mark");
      frame.scrollTop = mark ? mark.offsetTop - frame.clientHeight / 3 : 0;
    } else if (image.naturalWidth && page.width) {
      const top = view.boxes && view.boxes.length ? Math.min(...view.boxes.map((box) => box[1])) : 0;
      frame.scrollTop = top * (image.clientWidth / page.width) - frame.clientHeight / 3;
    }
  }

  function mode(text) {
    const shown = text || Boolean(page && !page.image);
    at("viewer-image").hidden = shown; at("page-text").hidden = !shown;
    at("viewer-text").setAttribute("aria-pressed", String(shown));
    if (!shown || !page) return;
    fill(at("page-text"));
  }

  /* Writes the page as text, the rows of its tables as tables, the quotation marked wherever it stands. */
  function fill(place) {
    const signs = Array.from(page.text), low = (page.start ?? 0) - page.offset, high = (page.end ?? 0) - page.offset;
    const piece = (from, to) => {
      const first = Math.min(to, Math.max(from, low)), last = Math.min(to, Math.max(first, high));
      const mark = document.createElement("mark");
      mark.textContent = signs.slice(first, last).join("");
      return [signs.slice(from, first).join(""), ...(last > first ? [mark] : []), signs.slice(last, to).join("")];
    };
    let here = 0, table = null;
    place.replaceChildren();
    for (const [start, end, head] of page.rows ?? []) {
      let from = start - page.offset;
      const to = end - page.offset;
      if (from < here || to > signs.length) continue;
      if (!table || head || signs.slice(here, from).join("").trim()) {
        place.append(...piece(here, from));
        table = place.appendChild(document.createElement("table"));
      }
      const row = table.insertRow();
      for (const cell of signs.slice(from, to).join("").split(" · ")) {
        const length = Array.from(cell).length, box = row.appendChild(document.createElement(head ? "th" : "td"));
        box.append(...piece(from, from + length));
        from += length + 3;
      }
      here = to;
    }
    place.append(...piece(here, signs.length));
  }

  function note(text) {
    const spot = at("viewer-note");
    spot.textContent = text; spot.hidden = false;
    if (/copied/.test(text)) setTimeout(() => { spot.hidden = true; }, 2500);
  }

  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text; document.body.append(field); field.select();
      const worked = document.execCommand("copy");
      field.remove();
      if (!worked) done = "Copying is not allowed here";
    }
    say(done);
    return done;
  }

  function link() {
    const query = new URLSearchParams({ doc: view.document, p: view.page });
    if (view.end) query.set("c", `${view.start}-${view.end}`);
    return `${location.origin}/?${query}`;
  }

  function around() {
    const box = at("viewer-context"), open = box.hidden && page;
    box.hidden = !open;
    at("viewer-around").setAttribute("aria-expanded", String(Boolean(open)));
    if (!open) return;
    const quote = document.createElement("mark");
    quote.textContent = page.quote;
    box.replaceChildren(page.before ? `${page.before} ` : "[the page begins here] ", quote, page.after ? ` ${page.after}` : " [the page ends here]");
    settle(ticket);
  }

  function turn(step) {
    if (!view) return;
    const number = view.page + step;
    if (number < 1 || (page && number > page.pages)) return;
    show({ document: view.document, title: view.title, about: view.about, page: number, label: String(number), boxes: [], quote: "", file: view.file });
  }

  /* On a narrow screen the evidence covers the answer: Back closes it. */
  function covers() {
    if (!document.body.classList.contains("evidence-open") && !wide()) history.pushState({ ...history.state, evidence: true }, "", location.href);
    document.body.classList.add("evidence-open");
  }

  function open(element) {
    from = { card: element.dataset.card || element.id, element };
    const holder = element.closest("[data-turn]");
    if (holder && (holder !== owner || !at("cards").children.length)) adopt(holder);
    if (!holder && !element.classList.contains("card")) { at("cards").replaceChildren(); at("evidence-count").textContent = ""; owner = null; }
    const card = element.classList.contains("card") ? element : at(element.dataset.card);
    covers();
    show(JSON.parse(element.dataset.view), card);
    const goal = card || at("page-frame");
    goal.focus({ preventScroll: wide() });
    if (card && owner) say(`Source ${card.querySelector("b").textContent}. ${card.querySelector(".card-head").textContent}`);
  }

  function back() {
    document.body.classList.remove("evidence-open");
    const goal = (from && from.element && from.element.isConnected && from.element) ||
      (from && document.querySelector(`#left [data-card="${CSS.escape(from.card)}"]`)) || document.querySelector("#question textarea");
    if (goal && goal.classList.contains("card")) {
      const again = document.querySelector(`#left [data-card="${CSS.escape(goal.id)}"]`);
      (again || document.querySelector("#question textarea")).focus();
    } else if (goal) goal.focus();
    say("Back to the answer");
  }

  function leave() {
    if (history.state && history.state.evidence) history.back(); else back();
  }

  document.addEventListener("click", async (event) => {
    const near = event.target.closest ? event.target : null;
    if (!near) return;
    if (near.closest("a[href]")) return; /* the address of an official publication, inside a card */
    const hit = near.closest("button[data-view], li.card");
    if (hit) { open(hit); return; }
    const id = (near.closest("#evidence button") || {}).id;
    if (id === "evidence-all") { at("cards").classList.remove("one"); at("evidence-all").hidden = true; close(); }
    if (id === "evidence-close") leave();
    if (!view || !id) return;
    if (id === "viewer-previous") turn(-1);
    if (id === "viewer-next") turn(1);
    if (id === "viewer-around") around();
    if (id === "viewer-text") { asText = at("page-text").hidden; mode(asText); settle(ticket); }
    if (id === "viewer-copy" && view.reference) note(await copy(view.reference, "Quote copied with its reference"));
    if (id === "viewer-link") note(await copy(link(), "Link copied"));
  });

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "Escape" && (from || document.body.classList.contains("evidence-open")) && !typing) { leave(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target.classList && event.target.classList.contains("card")) open(event.target);
    if (event.target.closest && event.target.closest("#page-frame")) {
      if (event.key === "ArrowLeft") turn(-1);
      if (event.key === "ArrowRight") turn(1);
    }
    if (!window.assistantConversation.keys()) return;
    if (event.key === "/") { const box = document.querySelector("#question textarea"); if (box && box.offsetParent) { box.focus(); event.preventDefault(); } }
    if (/^[1-9]$/.test(event.key)) {
      const turn = owner && owner.isConnected && owner.matches(".turn") ? owner : document.querySelector("#conversation .turn, #earlier .turn");
      const cite = turn && turn.querySelector(`.cite[data-number="${event.key}"]`);
      if (cite && cite.offsetParent) { open(cite); event.preventDefault(); }
    }
  });

  /* A new answer: its sources come into the pane and, where there is room, the page of the first one. The focus stays. */
  function answered(turnElement, quietly) {
    adopt(turnElement);
    const words = (name) => (turnElement.querySelector(name) || { textContent: "" }).textContent.trim();
    const first = at("cards").querySelector(".card:not(.lead)");
    if (!quietly) say([words(".verdict"), words(".headline"), at("evidence-count").textContent].filter(Boolean).join(". "));
    from = null;
    if (first && wide()) show(JSON.parse(first.dataset.view), first);
    at("cards").querySelectorAll(".card:not(.lead)").forEach((card, place) => {
      if (place > 0 && place < 4) setTimeout(() => { new Image().src = source(JSON.parse(card.dataset.view)); }, 400 * place);
    });
  }

  /* The quotations of a square of the matrix; the focus goes to the first, Escape brings it back to the square. */
  function cell(holder, square) {
    adopt(holder);
    from = { card: "", element: square };
    covers(); at("right").classList.add("opened");
    const first = at("cards").querySelector(".card");
    at("evidence-empty").hidden = true;
    if (first) { show(JSON.parse(first.dataset.view), first); first.focus({ preventScroll: wide() }); }
    say(`${holder.dataset.title}. ${at("evidence-count").textContent || "Nothing found"}`);
    at("evidence-count").textContent = `${holder.dataset.title} · ${at("evidence-count").textContent || "nothing found"}`;
  }

  function linked() {
    const query = new URLSearchParams(location.search), document_ = query.get("doc");
    if (!document_) return;
    const span = /^(\d{1,9})-(\d{1,9})$/.exec(query.get("c") || ""), number = Math.max(1, Number.parseInt(query.get("p") || "1", 10) || 1);
    document.body.classList.add("evidence-open");
    show({ document: document_, page: number, label: String(number), boxes: [], quote: "", title: "",
      start: span ? Number(span[1]) : undefined, end: span ? Number(span[2]) : undefined });
  }

  /* Another tab: the pane belongs to what was left. On the way back to the questions it shows the newest answer again. */
  function left(toQuestions) {
    close(); from = null; owner = null;
    at("cards").replaceChildren(); at("evidence-count").textContent = ""; at("evidence-all").hidden = true;
    at("right").classList.remove("opened"); document.body.classList.remove("evidence-open");
    const newest = toQuestions && document.querySelector("#conversation .turn[data-turn], #earlier .turn[data-turn]");
    if (newest) answered(newest); else empty();
  }

  window.assistantEvidence = { answered, back, cell, empty, left, linked, copy, say };
  document.dispatchEvent(new CustomEvent(SIGNAL));
})();
