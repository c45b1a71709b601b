/* The conversation of this tab: kept over a reload, an address for each answer, Back and Forward. Nothing leaves the browser. */
(() => {
  const KEPT = "assistant-conversation", SET = "assistant-settings", MOST = 12, LONGEST = 1900;
  const DEFAULTS = { keep: true, keys: true };
  let settings = { ...DEFAULTS, ...read(localStorage, SET, {}) };
  let base = {}, once = {}, waitingAddress = "";
  const at = (id) => document.getElementById(id);
  const all = () => [...document.querySelectorAll("#conversation .turn[data-turn], #earlier .turn[data-turn]")];

  function read(store, name, otherwise) {
    try { return JSON.parse(store.getItem(name)) ?? otherwise; } catch { return otherwise; }
  }
  function write(store, name, value) {
    try { if (value === null) store.removeItem(name); else store.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden: then nothing is kept */ }
  }

  /* What the next question brings along (see chat/carry.py); cut to what the server takes. */
  function told() {
    const data = { ...base, ...once };
    while (data.history && data.history.length && JSON.stringify(data).length > LONGEST) data.history = data.history.slice(1);
    const box = document.querySelector("#carry textarea, #carry input");
    if (!box) return;
    const kind = box.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, Object.keys(data).length ? JSON.stringify(data) : "");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function asking(how) { once = how; told(); }

  function keep() {
    if (!settings.keep) return;
    const turns = all().slice(0, MOST).map((turn) => ({ html: turn.outerHTML, question: turn.querySelector(".asked").textContent, address: turn.dataset.address }));
    write(sessionStorage, KEPT, turns);
  }

  /* A reload of an answer that is kept is not asked again: its address comes back once the screen has begun. */
  const before = settings.keep ? read(sessionStorage, KEPT, []) : [];
  if (before.some((turn) => turn.address && turn.address === location.search)) {
    waitingAddress = location.search;
    history.replaceState({}, "", location.pathname);
  }

  function restore() {
    const place = at("earlier");
    if (!place || !before.length) return false;
    place.innerHTML = before.map((turn) => turn.html).join(""); /* kept as the server made it: out of escaped text only */
    const numbers = all().map((turn) => Number(turn.dataset.turn));
    base = { history: before.map((turn) => turn.question).reverse().slice(-6), number: Math.max(0, ...numbers) };
    told();
    document.body.classList.add("talking");
    if (waitingAddress) {
      const turn = all().find((one) => one.dataset.address === waitingAddress);
      if (turn) reveal(turn, true);
      setTimeout(() => history.replaceState({ turn: turn ? turn.id : "" }, "", waitingAddress), 2500);
      return true;
    }
    return false;
  }

  function bar() { const row = at("ask-row"); return row && getComputedStyle(row).position === "sticky" ? row.getBoundingClientRect().height : 0; }

  /* The page moves to an answer that cannot be seen where one looks. */
  function move(turn) {
    const top = turn.getBoundingClientRect().top;
    if (top < bar() || top > window.innerHeight * 0.6) window.scrollTo({ top: Math.max(0, window.scrollY + top - bar() - 12), behavior: "instant" });
  }
  function reveal(turn, quietly) {
    window.assistantEvidence.answered(turn, quietly);
    move(turn);
  }

  function answered(turn) {
    once = {}; told();
    document.body.classList.add("talking");
    const address = turn.dataset.address || "", state = { turn: turn.id };
    if (address && address !== location.search) history.pushState(state, "", address);
    else history.replaceState(state, "", location.href);
    keep();
  }

  function forget() {
    base = {}; once = {}; told();
    write(sessionStorage, KEPT, null);
    if (at("earlier")) at("earlier").replaceChildren();
    document.body.classList.remove("talking");
    if (location.search) history.pushState({}, "", location.pathname);
  }

  window.addEventListener("popstate", (event) => {
    if (document.body.classList.contains("evidence-open") && !(event.state && event.state.evidence)) {
      window.assistantEvidence.back();
      if (!matchMedia("(min-width: 901px)").matches) return;
    }
    const turn = event.state && event.state.turn && at(event.state.turn);
    if (turn) { reveal(turn, false); turn.querySelector(".asked").focus({ preventScroll: true }); }
    else window.scrollTo({ top: 0, behavior: "instant" });
  });

  /* The settings in the tab "About": shown as they are, kept in this browser. */
  function show(place) {
    place.querySelectorAll("[data-setting]").forEach((box) => { box.checked = settings[box.dataset.setting]; });
  }
  document.addEventListener("change", (event) => {
    const name = event.target.dataset && event.target.dataset.setting;
    if (!name) return;
    settings = { ...settings, [name]: event.target.checked };
    write(localStorage, SET, settings);
    if (name === "keep") { if (settings.keep) keep(); else write(sessionStorage, KEPT, null); }
  });

  window.assistantConversation = { asking, answered, forget, move, restore, show, keys: () => settings.keys };
})();
