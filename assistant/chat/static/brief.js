/* The brief: which answers were collected, their order and comments; kept for this tab only. The server writes the file. */
(() => {
  const KEPT = "assistant-brief", MOST = 60;
  let brief = { title: "", items: [] };
  try { brief = JSON.parse(sessionStorage.getItem(KEPT)) ?? brief; } catch { /* nothing kept */ }
  const at = (id) => document.getElementById(id);

  function keep() {
    try { sessionStorage.setItem(KEPT, JSON.stringify(brief)); } catch { /* full or forbidden: kept while the page is open */ }
    label();
  }

  /* Says in the name of the tab how many answers are collected. */
  function label() {
    document.querySelectorAll("[data-collect]").forEach((button) => {
      const there = brief.items.some((item) => item.token === button.dataset.collect);
      button.textContent = there ? "In the brief ✓" : "Add to the brief";
      button.setAttribute("aria-pressed", String(there));
    });
  }

  function toggle(button) {
    const token = button.dataset.collect, there = brief.items.some((item) => item.token === token), turn = button.closest(".turn");
    if (there) brief.items = brief.items.filter((item) => item.token !== token);
    else if (brief.items.length < MOST) brief.items.push({ token, comment: "", question: turn.querySelector(".asked").textContent, verdict: turn.querySelector(".verdict").firstChild.nextSibling?.textContent?.trim() || "" });
    keep(); draw();
    window.assistantEvidence.say(there ? "Taken out of the brief" : `Added to the brief: ${brief.items.length}`);
  }

  function control(text, name, index, off) {
    const button = document.createElement("button");
    button.type = "button"; button.className = "tool"; button.textContent = text; button.disabled = off;
    button.setAttribute("aria-label", `${name}: ${brief.items[index].question}`);
    button.dataset.briefStep = name; button.dataset.place = String(index);
    return button;
  }

  function draw() {
    const list = at("brief-list");
    if (!list) return;
    at("brief-none").hidden = brief.items.length > 0; at("brief-saves").hidden = !brief.items.length;
    if (at("brief-title") !== document.activeElement) at("brief-title").value = brief.title;
    list.replaceChildren(...brief.items.map((item, index) => {
      const row = document.createElement("li"), head = document.createElement("h3"), box = document.createElement("textarea"), tools = document.createElement("div");
      head.textContent = item.question;
      box.value = item.comment; box.rows = 2; box.maxLength = Number(list.dataset.longest); box.placeholder = "Your comment";
      box.setAttribute("aria-label", `Comment on: ${item.question}`); box.dataset.briefComment = String(index);
      tools.className = "turn-tools";
      tools.append(control("↑", "Up", index, index === 0), control("↓", "Down", index, index === brief.items.length - 1), control("Remove", "Remove", index, false));
      row.append(head, box, tools);
      return row;
    }));
  }

  function step(button) {
    const place = Number(button.dataset.place), way = button.dataset.briefStep, [item] = brief.items.splice(place, 1);
    const next = way === "Up" ? place - 1 : way === "Down" ? place + 1 : -1;
    if (next >= 0) brief.items.splice(next, 0, item);
    keep(); draw();
    const again = next >= 0 ? document.querySelector(`#brief-list [data-place="${next}"][data-brief-step="${way}"]:not(:disabled)`) : null;
    (again || document.querySelector("#brief-list textarea") || at("brief-title")).focus();
  }

  function note(text) { at("brief-note").textContent = text; at("brief-note").hidden = !text; }

  async function save(form) {
    note("");
    try {
      const items = brief.items.map(({ token, comment }) => ({ token, comment }));
      const reply = await fetch(`/export/brief.${form}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ title: brief.title, items }) });
      if (!reply.ok) { note((await reply.json().catch(() => ({}))).detail || "The brief could not be saved."); return; }
      const link = document.createElement("a"), name = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") || "");
      link.href = URL.createObjectURL(await reply.blob()); link.download = name ? name[1] : `brief.${form}`;
      document.body.append(link); link.click(); link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch { note("The assistant does not answer. Is it still running?"); }
  }

  document.addEventListener("click", (event) => {
    const near = event.target.closest ? event.target.closest("button") : null;
    if (!near) return;
    if ("collect" in near.dataset) toggle(near);
    if ("briefStep" in near.dataset) step(near);
    if ("briefSave" in near.dataset) save(near.dataset.briefSave);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "brief-title") { brief.title = event.target.value; keep(); }
    if (event.target.dataset && "briefComment" in event.target.dataset) { brief.items[Number(event.target.dataset.briefComment)].comment = event.target.value; keep(); }
  });

  window.assistantBrief = { draw, label };
})();
