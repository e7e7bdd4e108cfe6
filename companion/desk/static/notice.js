// A short message at the edge; what went wrong stays longer.

let timer = 0;

/** What was said belongs to the page that is left. */
export function hush() {
  document.querySelector(".toast")?.classList.remove("shown");
}

export function say(text, bad = false) {
  const box = document.querySelector(".toast");
  if (!box) return;
  box.textContent = text;
  box.classList.toggle("bad", bad);
  box.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => box.classList.remove("shown"), bad ? 12000 : 3500);
}
