/** What the pages that check something are made of: elements, and the verdict on top. */
export function verdict(holds, heading, sentence) {
  const box = element("div", `verdict ${holds ? "good" : "bad"}`);
  box.dataset.holds = String(holds);
  const title = element("p");
  title.append(element("strong", "", `${holds ? "✓" : "✗"} ${heading}`));
  box.append(title, paragraph(sentence));
  return box;
}

export function paragraph(text) {
  return element("p", "", text);
}

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
