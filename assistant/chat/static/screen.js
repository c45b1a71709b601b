/* The rest of the screen: new answers, tabs that load when they open, editing and copying, finding in tables. */
(() => {
  const evidence = window.assistantEvidence, talk = window.assistantConversation;
  const question = () => document.querySelector("#question textarea");

  function write(text) {
    const box = question();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return box;
  }

  function toTab(title) {
    const tab = [...document.querySelectorAll('#tabs [role="tab"], #tabs .overflow-dropdown button')].find((t) => t.textContent.trim() === title);
    if (tab) tab.click();
  }

  /* `how` says whether the question stands alone, or is asked of the whole library. */
  function ask(text, how) {
    toTab("Ask");
    talk.asking(how || {});
    write(text);
    setTimeout(() => document.getElementById("ask-button").click(), 60);
  }

  async function load(place, address) {
    place.dataset.loaded = String(Date.now());
    try {
      const reply = await fetch(address);
      const text = reply.ok ? await reply.text() : "";
      if (text) { place.innerHTML = text; talk.show(place); window.assistantBrief.draw(); } /* made by the server out of escaped text only */
      else place.textContent = "This part cannot be shown at the moment.";
    } catch { place.textContent = "The assistant does not answer. Is it still running?"; }
    const again = place.querySelector("[data-again]");
    if (again) setTimeout(() => { if (again.isConnected) load(place, again.dataset.again); }, 1000);
  }

  /* From the chat to the country's page in the matrix tab, which may not have been opened yet. */
  function profile(country) {
    toTab("Evidence matrix");
    let tries = 0;
    const timer = setInterval(() => {
      const place = document.getElementById("matrix-part");
      if (place) { clearInterval(timer); seen.unobserve(place); watched.add(place); load(place, `/view/matrix/country?country=${encodeURIComponent(country)}`); }
      if ((tries += 1) > 100) clearInterval(timer);
    }, 50);
  }

  /* What the reader says of an answer goes to the library's own folder, and nowhere else. */
  async function judge(button) {
    const place = button.closest(".judge"), text = place.querySelector("input").value;
    let done = "This could not be kept.";
    try {
      const reply = await fetch("/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: button.dataset.token, said: button.dataset.judge, text }) });
      const told = await reply.json();
      if (reply.ok && told.kept) done = `Kept: ${button.textContent.toLowerCase()}. Thank you.`;
      else if (told.detail) done = told.detail;
    } catch { /* the words above say it */ }
    place.replaceChildren(Object.assign(document.createElement("summary"), { textContent: done }));
    evidence.say(done);
  }

  /* Sorts a table by a column, the other way round at the second click. */
  function sort(button) {
    const head = button.closest("th"), body = button.closest("table").tBodies[0], place = head.cellIndex;
    const down = head.getAttribute("aria-sort") === "ascending";
    const key = (row) => row.cells[place].dataset.key || row.cells[place].textContent;
    const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * key(a).localeCompare(key(b)));
    button.closest("tr").querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
    evidence.say(`Sorted by ${button.textContent}`);
  }

  /* A square of the matrix: its quotations come into the evidence pane, the first with its page. */
  async function openCell(square) {
    const box = document.createElement("div");
    await load(box, square.dataset.cell);
    document.querySelectorAll(".matrix .chosen").forEach((other) => other.classList.remove("chosen"));
    square.classList.add("chosen");
    const holder = box.querySelector("[data-turn]");
    if (holder) evidence.cell(holder, square);
  }

  function flash(button, text) {
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before; button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 1800);
  }

  document.addEventListener("click", async (event) => {
    const tab = event.target.closest ? event.target.closest('#tabs [role="tab"], #tabs .overflow-dropdown button') : null;
    if (tab) evidence.left(tab.textContent.trim() === "Ask");
    const near = event.target.closest ? event.target.closest("button, a") : null;
    if (!near) return;
    if ("edit" in near.dataset) { const box = write(near.dataset.edit); box.focus(); box.select(); }
    if ("copy" in near.dataset) flash(near, await evidence.copy(near.dataset.copy, near.dataset.done));
    if ("link" in near.dataset) flash(near, await evidence.copy(`${location.origin}${location.pathname}${near.dataset.link}`, "Link copied"));
    if ("alone" in near.dataset) ask(near.dataset.alone, { alone: true });
    if ("everywhere" in near.dataset) ask(near.dataset.everywhere, { everywhere: true });
    if ("forget" in near.dataset) { document.getElementById("fresh").click(); flash(near, "Emptied"); }
    if (near.id === "fresh" || near.closest("#fresh")) { talk.forget(); evidence.empty(); question().focus(); }
    if (near.classList.contains("skip")) { event.preventDefault(); toTab("Ask"); question().focus(); }
    if ("ask" in near.dataset) ask(near.dataset.ask);
    if ("profile" in near.dataset) profile(near.dataset.profile);
    if ("cell" in near.dataset) openCell(near);
    if ("sort" in near.dataset) sort(near);
    if ("judge" in near.dataset) judge(near);
    if ("into" in near.dataset) {
      event.preventDefault();
      const place = document.getElementById(near.dataset.into);
      evidence.left(false);
      if (place) { await load(place, near.dataset.address); (place.querySelector("[tabindex], h2") || place).focus?.({ preventScroll: true }); place.scrollIntoView({ block: "start" }); }
    }
  });

  document.addEventListener("input", (event) => {
    const table = event.target.dataset && document.getElementById(event.target.dataset.filter || "");
    if (!table) return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    const none = document.getElementById("library-none");
    if (none) none.hidden = left > 0;
    evidence.say(`${left} of ${table.tBodies[0].rows.length} rows`);
  });

  /* A filter form of a loaded part: the part is asked for again with what is chosen. */
  document.addEventListener("change", (event) => {
    const box = event.target.closest ? event.target.closest("[data-controls]") : null;
    if (!box) return;
    const query = new URLSearchParams();
    box.querySelectorAll("select, input").forEach((field) => {
      if (field.type === "checkbox" ? field.checked : field.value) query.append(field.name, field.value);
    });
    load(document.getElementById(box.dataset.controls), `${box.dataset.address}?${query}`);
  });

  /* The screen is there: what was talked of before a reload comes back, and the focus goes to the question. */
  function begin() {
    const shown = talk.restore();
    window.assistantBrief.label();
    const query = new URLSearchParams(location.search);
    const older = document.querySelector("#earlier .turn");
    if (older && !shown && !query.has("doc")) evidence.answered(older, true);
    document.body.classList.add("ready");
    evidence.linked();
    if (!query.has("doc") && matchMedia("(min-width: 901px)").matches) question().focus({ preventScroll: true });
  }

  /* Left and right go from tab to tab, as in any row of tabs. */
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest ? event.target.closest('#tabs [role="tab"]') : null, step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role="tab"]')].filter((one) => one.offsetParent);
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    event.preventDefault(); next.click(); next.focus();
  });

  let newest = "";
  function look(conversation) {
    const turn = conversation.querySelector(".turn:not(.waiting):not(.failed)");
    const waiting = conversation.querySelector(".turn.waiting, .turn.failed");
    if (waiting) { document.body.classList.add("talking"); talk.move(waiting); evidence.say(waiting.querySelector(".working, .notice").textContent); newest = ""; return; }
    if (!turn) { if (newest !== "") evidence.empty(); newest = ""; return; }
    const key = `${turn.id} ${turn.querySelector(".asked").textContent}`;
    if (key !== newest) { newest = key; talk.answered(turn); window.assistantBrief.label(); evidence.answered(turn); talk.move(turn); }
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const place = entry.target, loaded = Number(place.dataset.loaded || 0), age = loaded ? Date.now() - loaded : Infinity;
      if (entry.isIntersecting && age > ("once" in place.dataset ? 1e9 : 20000) && !place.contains(document.activeElement)) load(place, place.dataset.get);
    }
  });
  const watched = new WeakSet();
  let conversation = null;
  const timer = setInterval(() => {
    for (const place of document.querySelectorAll("[data-get]")) if (!watched.has(place)) { watched.add(place); seen.observe(place); }
    const now = document.getElementById("conversation");
    if (now && now !== conversation && document.getElementById("viewer")) {
      const first = conversation === null;
      conversation = now;
      new MutationObserver(() => look(now)).observe(now, { childList: true, subtree: true });
      look(now);
      if (first) begin();
    }
  }, 150);
  window.addEventListener("pagehide", () => clearInterval(timer));
})();
