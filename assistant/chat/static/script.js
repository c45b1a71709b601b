/* Opens the page of a quotation with its lines marked; keys 1–9, Enter, Escape; copying; deep links. No outside calls. */
(() => {
  let view = null, from = null;
  const at = (id) => document.getElementById(id);
  const say = (text) => { const spot = at("announcer"); if (spot) spot.textContent = text; };

  function show(next, card) {
    view = next;
    const box = at("viewer");
    if (!box) return;
    box.hidden = false;
    document.querySelectorAll(".card.current").forEach((c) => c.classList.remove("current"));
    if (card) card.classList.add("current");
    at("viewer-title").textContent = `${next.title || next.document} — page ${next.label || next.page}`;
    at("viewer-section").textContent = next.section || "";
    const image = at("viewer-image"), note = at("viewer-note");
    const marks = (next.boxes || []).map((b) => b.join(",")).join(";");
    image.hidden = false; note.hidden = true;
    image.alt = next.quote ? `Page ${next.page}. Marked: ${next.quote}` : `Page ${next.page}`;
    image.onerror = () => {
      image.hidden = true; note.hidden = false;
      note.textContent = next.quote ? `This document has no page image. The passage reads: “${next.quote}”` : "There is no such page.";
    };
    image.src = `/page/${encodeURIComponent(next.document)}/${next.page}.png` + (marks ? `?boxes=${marks}` : "");
    at("viewer-open").href = `/files/${encodeURIComponent(next.document)}` + (next.pdf === false ? "" : `#page=${next.page}`);
    at("viewer-copy").disabled = !next.reference;
    say(`Page ${next.label || next.page} of ${next.title || next.document}`);
  }

  function open(element) {
    from = element;
    const next = JSON.parse(element.dataset.view);
    const card = element.classList.contains("card") ? element : at(element.dataset.card);
    show(next, card);
    if (card) { card.focus({ preventScroll: true }); card.scrollIntoView({ block: "nearest" }); }
  }

  const target = (event) => event.target.closest ? event.target.closest("button.cite, li.card") : null;

  document.addEventListener("click", async (event) => {
    const hit = target(event);
    if (hit) { open(hit); return; }
    if (!view) return;
    if (event.target.id === "viewer-previous" && view.page > 1) turn(-1);
    if (event.target.id === "viewer-next") turn(1);
    if (event.target.id === "viewer-copy" && view.reference) copy(view.reference, "Quote copied with its reference");
    if (event.target.id === "viewer-link") {
      const query = new URLSearchParams({ doc: view.document, p: view.page });
      if (view.boxes && view.boxes.length) query.set("c", view.boxes.map((b) => b.join(",")).join(";"));
      copy(`${location.origin}/?${query}`, "Link copied");
    }
  });

  function turn(step) {
    const page = view.page + step;
    show({ document: view.document, title: view.title, page, label: String(page), boxes: [], pdf: view.pdf });
  }

  async function copy(text, done) {
    try { await navigator.clipboard.writeText(text); say(done); flash(done); } catch { flash("Copying is not allowed here"); }
  }

  function flash(text) {
    const note = at("viewer-note");
    note.hidden = false; note.textContent = text;
    setTimeout(() => { note.hidden = true; }, 2500);
  }

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "Escape" && from) {
      const back = from.classList.contains("cite") ? from : document.querySelector(`[data-card="${from.id}"]`);
      (back || at("conversation")).focus(); say("Back to the answer");
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target.classList && event.target.classList.contains("card")) open(event.target);
    if (/^[1-9]$/.test(event.key)) {
      const link = document.querySelector(`#conversation .turn .cite[data-number="${event.key}"]`);
      if (link) { open(link); event.preventDefault(); }
    }
  });

  function linked() {
    const query = new URLSearchParams(location.search), doc = query.get("doc");
    if (!doc || !at("viewer")) return Boolean(doc);
    const boxes = (query.get("c") || "").split(";").filter(Boolean).map((part) => part.split(",").map(Number));
    show({ document: doc, page: Number(query.get("p") || 1), boxes, title: doc });
    return false;
  }
  const timer = setInterval(() => { if (!linked()) clearInterval(timer); }, 200);
})();
