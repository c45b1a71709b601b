/* Checks what a person with a screen reader, a keyboard or weak eyes needs; returns what is wrong, in words. */
() => {
  const wrong = [];
  const seen = (e) => { const b = e.getBoundingClientRect(), s = getComputedStyle(e); return b.width > 1 && b.height > 1 && s.visibility !== "hidden" && e.checkVisibility(); };
  const show = (e) => e.outerHTML.slice(0, 120);
  const named = (e) => (e.getAttribute("aria-label") || e.innerText || e.getAttribute("title") || e.getAttribute("alt") ||
    (e.labels && e.labels[0] && e.labels[0].textContent) || (e.getAttribute("aria-labelledby") && document.getElementById(e.getAttribute("aria-labelledby"))?.textContent) || "").trim();

  for (const e of document.querySelectorAll("button, a[href], input, select, textarea, [role=button], [role=tab]"))
    if (seen(e) && !e.closest("[aria-hidden=true]") && !named(e)) wrong.push(`no name: ${show(e)}`);
  for (const e of document.querySelectorAll("img")) if (seen(e) && !e.hasAttribute("alt")) wrong.push(`no alternative text: ${show(e)}`);
  for (const e of document.querySelectorAll("[tabindex]")) if (Number(e.getAttribute("tabindex")) > 0) wrong.push(`tab order forced: ${show(e)}`);
  for (const e of document.querySelectorAll("[aria-hidden=true] :is(button, a[href], input)"))
    if (e.tabIndex >= 0 && seen(e)) wrong.push(`hidden but in the tab order: ${show(e)}`);
  const ids = [...document.querySelectorAll("#table [id], #masthead [id]")].map((e) => e.id).filter(Boolean);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) wrong.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll("table")) if (seen(e)) {
    if (!e.querySelector("th[scope]")) wrong.push(`table without heads: ${show(e)}`);
  }
  for (const e of document.querySelectorAll("ul > *, ol > *")) if (!["LI", "TEMPLATE"].includes(e.tagName) && !e.getAttribute("role")) wrong.push(`not a list item: ${show(e)}`);
  let level = 0;
  for (const e of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) if (seen(e)) {
    const now = Number(e.tagName[1]);
    if (now > level + 1) wrong.push(`heading level ${now} after ${level}: ${e.textContent.slice(0, 60)}`);
    level = now;
  }
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one main heading");
  if (!document.documentElement.lang) wrong.push("no language");
  if (!document.querySelector("[aria-live=polite]")) wrong.push("nothing announces");

  /* Contrast, WCAG 2: 4.5 for text, 3 for large text. Colours are read as the browser paints them. */
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (text) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = "#000"; pen.fillStyle = text; pen.fillRect(0, 0, 1, 1); const d = pen.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (e) => { for (let n = e; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor); if (c[3] > 0.98) return c; } return [255, 255, 255, 1]; };
  for (const e of document.querySelectorAll("#table *, #masthead *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !seen(e) || e.closest("[aria-hidden=true]") || e.disabled || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (getComputedStyle(e).backgroundImage !== "none") continue; /* the hatched square: checked by its own colours below */
    const a = light(rgb(style.color)), b = light(ground(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (large ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(2)}: ${show(e)}`);
    if (size < 12) wrong.push(`text of ${size} pixels: ${show(e)}`);
  }
  return [...new Set(wrong)];
}
