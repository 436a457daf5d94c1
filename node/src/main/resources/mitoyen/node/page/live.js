/**
 * Keeps the panel of what happens now up to date. The server renders each interval; here only what
 * differs is taken over, so that bands glide, and an opened table stays open.
 */
export function start(panel) {
  const stream = new EventSource(panel.dataset.live);
  const parser = new DOMParser();
  let paused = false;
  let latest = "";

  // The browser tries again by itself; until then what is shown is no longer now.
  stream.onerror = () => {
    panel.classList.add("lost");
    panel.querySelector("#lost").hidden = false;
  };
  stream.onmessage = (event) => {
    panel.classList.remove("lost");
    panel.querySelector("#lost").hidden = true;
    latest = event.data;
    if (!paused) show();
  };

  function show() {
    if (!latest) return;
    const fresh = parser.parseFromString(latest, "text/html").querySelector("#live");
    if (!fresh) return;
    const settled = fresh.dataset.height !== panel.dataset.height;
    adopt(panel, fresh);
    if (settled) followSettlement();
  }

  /** A day was settled: the rest of the page is no longer what the ledger says. */
  async function followSettlement() {
    const response = await fetch(location.href).catch(() => null);
    if (!response?.ok) return;
    const fresh = parser.parseFromString(await response.text(), "text/html");
    const mine = rest(document);
    const theirs = rest(fresh);
    if (areAlike(mine, theirs)) {
      mine.forEach((part, i) => adopt(part, theirs[i]));
    } else {
      mine.forEach((part) => part.remove());
      panel.after(...theirs.map((part) => document.importNode(part, true)));
    }
  }

  // The button is looked for on each click: the panel may have been given a new one.
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("#pause");
    if (!button) return;
    paused = !paused;
    panel.classList.toggle("paused", paused);
    button.setAttribute("aria-pressed", String(paused));
    if (!paused) show();
  });
}

/** What is on a page beside the panel. */
function rest(page) {
  return [...page.querySelectorAll("main > :not(#live)")];
}

/** Makes one element like another: same tag, so only attributes and children can differ. */
function adopt(old, fresh) {
  if (old.id === "pause") return;
  for (const { name, value } of fresh.attributes) {
    if (name !== "class" || old.id !== "live") {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }
  const mine = [...old.childNodes];
  const theirs = [...fresh.childNodes];
  if (!areAlike(mine, theirs)) {
    old.replaceChildren(...theirs.map((node) => document.importNode(node, true)));
    return;
  }
  mine.forEach((node, i) => {
    if (node.nodeType === Node.ELEMENT_NODE) adopt(node, theirs[i]);
    else if (node.data !== theirs[i].data) node.data = theirs[i].data;
  });
}

function areAlike(nodes, others) {
  return nodes.length === others.length && nodes.every((node, i) => isAlike(node, others[i]));
}

function isAlike(node, other) {
  return node.nodeType === other.nodeType && node.nodeName === other.nodeName;
}
