// A page that is drawn late: first there is a skeleton; after the time in its address the real document takes its
// place, in two steps as applications mount: what is around everything, then what is in it.

(async () => {
  const nonce = document.currentScript.nonce;
  const here = new URL(location.href);
  const wait = Number(here.searchParams.get("late"));
  here.searchParams.delete("late");
  const policy = trustedTypes.createPolicy("practice-page", { createHTML: (text) => text });
  const drawn = new Promise((resolve) => setTimeout(resolve, wait));
  const text = await (await fetch(here, { cache: "no-store" })).text();
  await drawn;
  const page = Document.parseHTMLUnsafe(policy.createHTML(text.replace(/nonce=[\w-]+/g, `nonce=${nonce}`)));
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  document.head.replaceChildren(...page.head.childNodes);
  const body = document.adoptNode(page.body);
  const rest = [...body.childNodes];
  body.replaceChildren();
  document.body.replaceWith(body);
  requestAnimationFrame(() => body.replaceChildren(...rest));
})();
