/**
 * The import page: drops files one by one into the server's tray, has them checked, and settles
 * only when asked to. What the server found it says itself, as a piece of page. Files that wait in
 * the tray from before stand in the list already.
 */
export function start(root) {
  const form = root.querySelector("#import-form");
  const drop = root.querySelector("#drop");
  const input = root.querySelector("#files");
  const list = root.querySelector("#file-list");
  const result = root.querySelector("#import-result");
  const checkButton = root.querySelector("#check-files");
  const discard = root.querySelector("#discard");
  let uploads = 0;
  let asking = false;

  refresh();
  input.addEventListener("change", () => add([...input.files]));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add([...event.dataTransfer.files]);
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask("/api/import/check");
  });
  discard.addEventListener("click", async () => {
    asking = true;
    refresh();
    const response = await reach("/api/import/files", { method: "DELETE" });
    asking = false;
    result.replaceChildren(response ? "" : root.dataset.unreachable);
    if (response) {
      list.replaceChildren();
      input.value = "";
    }
    refresh();
  });
  result.addEventListener("click", async (event) => {
    if (event.target.closest("#correct")) {
      form.elements.correct.checked = true;
      await ask("/api/import/check");
    }
    if (!event.target.closest("#settle")) return;
    if (await ask("/api/import/settle")) {
      list.replaceChildren();
      refresh();
    }
  });

  async function add(files) {
    if (asking) return;
    result.replaceChildren();
    uploads++;
    refresh();
    for (const file of files) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const state = document.createElement("span");
      name.textContent = file.name;
      state.textContent = "…";
      item.append(name, state);
      [...list.children].filter((old) => old.dataset.name === file.name).forEach((old) => old.remove());
      item.dataset.name = file.name;
      list.append(item);
      const refusal = await send(file);
      state.textContent = refusal === null ? "✓" : `✗ ${refusal}`;
      item.dataset.arrived = String(refusal === null);
    }
    uploads--;
    refresh();
  }

  /** Why the server did not take a file; null if it did. */
  async function send(file) {
    const response = await reach(`/api/import/files?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      body: file,
      headers: { "Content-Type": "application/octet-stream" },
    });
    if (!response) return root.dataset.unreachable;
    return response.ok ? null : await response.text();
  }

  /** The server's response; null where there is none. */
  async function reach(address, request) {
    try {
      return await fetch(address, request);
    } catch {
      return null;
    }
  }

  async function ask(address) {
    form.setAttribute("aria-busy", "true");
    asking = true;
    refresh();
    const settle = result.querySelector("#settle");
    if (settle) settle.disabled = true;
    result.replaceChildren(root.dataset.working);
    const options = new URLSearchParams(new FormData(form));
    options.delete("files");
    const response = await reach(`${address}?${options}`, { method: "POST" });
    if (response) {
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      // A piece of page, or a whole page that says what failed.
      result.replaceChildren(...(fresh.querySelector("main") ?? fresh.body).childNodes);
    } else {
      result.replaceChildren(root.dataset.unreachable);
    }
    result.scrollIntoView({ block: "nearest" });
    form.removeAttribute("aria-busy");
    asking = false;
    refresh();
    return response !== null && response.ok && result.querySelector("h2.good") !== null;
  }

  function refresh() {
    const arrived = list.querySelector('[data-arrived="true"]') !== null;
    // The tray is the server's: nothing is put in or thrown away while it works on it.
    checkButton.disabled = asking || !arrived || uploads > 0;
    discard.disabled = asking || uploads > 0;
    input.disabled = asking;
    discard.hidden = list.children.length === 0;
  }
}
