/** The button that checks a member's day in the browser, and the table of what was checked. */
import { element, paragraph, verdict } from "./elements.js";
import { check } from "./proof.js";
import { equal } from "./sha256.js";

const KINDS = ["readings", "allocations"];

export function start(form) {
  const words = JSON.parse(form.dataset.words);
  const result = document.querySelector("#check-result");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { community } = form.dataset;
    const day = form.elements.day.value;
    const root = form.elements.root.value.replaceAll(/\s/g, "").toLowerCase();
    result.replaceChildren(paragraph(words.working));
    try {
      if (!/^[0-9a-f]{64}$/.test(root)) throw new Unfit(words.malformed);
      const checks = [];
      for (const kind of KINDS) {
        const address = `${form.dataset.check}${day}/proof?kind=${kind}&root=${root}`;
        const proof = await ask(address, words);
        checks.push({ kind, proof, ...(await check(proof, { community, day, kind }, root)) });
      }
      show(result, words, checks);
    } catch (failure) {
      const unfit = failure instanceof Unfit;
      const title = unfit ? words.unchecked : words.no;
      result.replaceChildren(verdict(false, title, unfit ? failure.message : words.fails));
    }
  });
  // Before this line a press would only load the page again.
  form.querySelector("button").disabled = false;
}

/** Why nothing could be checked, in the reader's words: that is not yet that something is wrong. */
class Unfit extends Error {}

/** The server's proof; what it lacks is told apart from what it can no longer open. */
async function ask(address, words) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw new Unfit(words.unreachable);
  }
  if (response.status === 404) throw new Unfit(words.absent);
  if (!response.ok) throw new Unfit(words.damaged);
  return response.json();
}

function show(result, words, checks) {
  // A day has two roots; whoever holds one of them asks about that one.
  const asked = checks.filter((each) => each.anchor === "day");
  const holds = ofOne(checks) && (asked.length ? asked : checks).every((each) => each.holds);
  const sentence = asked.length ? words["holds.day"] : words.holds;
  const box = verdict(holds, holds ? words.yes : words.no, holds ? sentence : words.fails);
  for (const { kind, steps } of checks) {
    const list = element("ol", "steps");
    for (const step of steps) {
      const item = element("li");
      item.append(`${step.holds ? "✓" : "✗"} ${words[step.name]} `, code(step.hash));
      list.append(item);
    }
    const details = element("details");
    details.append(element("summary", "", words[`steps.${kind}`]), list);
    box.append(details);
  }
  result.replaceChildren(box);
  if (checks.every((each) => each.steps[0].holds && each.steps[1].holds)) {
    result.append(values(words, checks));
  }
}

/** Whether the leaves are all one member's. */
function ofOne(checks) {
  const [first, ...others] = checks.map((each) => each.leaf.get("pseudonym"));
  return others.every((pseudonym) => equal(pseudonym, first));
}

/** The decoded values of both leaves, interval by interval, a table for each meter. */
function values(words, checks) {
  const section = element("details", "twin");
  section.append(element("summary", "", words.values));
  const [readings, allocations] = checks;
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    minimumFractionDigits: 6,
    maximumFractionDigits: 6,
  });
  readings.leaf.get("meters").forEach((measured, meter) => {
    const shared = allocations.leaf.get("meters")[meter];
    const columns = ["consumption", "production"].map((name) => measured.get(name));
    columns.splice(1, 0, shared.get("allocated"));
    columns.push(shared.get("sold"));
    section.append(table(words, readings.proof, meter, columns, format));
  });
  return section;
}

function table(words, proof, meter, columns, format) {
  const scroll = element("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `${words.meter} ${proof.meters[meter]}`);
  const whole = element("table");
  whole.append(element("caption", "hint", `${words.meter} ${proof.meters[meter]}, kWh`));
  const head = whole.createTHead().insertRow();
  for (const name of ["time", "consumption", "allocated", "production", "sold"]) {
    const cell = element("th", name === "time" ? "" : "n", words[`column.${name}`]);
    cell.scope = "col";
    head.append(cell);
  }
  const body = whole.createTBody();
  const clock = new Intl.DateTimeFormat("fr-FR", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: proof.zone,
  });
  columns[0].forEach((_, interval) => {
    const row = body.insertRow();
    const start = new Date(proof.startMillis + interval * proof.stepMinutes * 60_000);
    const name = element("th", "", clock.format(start));
    name.scope = "row";
    row.append(name);
    for (const column of columns) {
      row.append(element("td", "n", format.format(column[interval] / 1e6)));
    }
  });
  scroll.append(whole);
  return scroll;
}

function code(text) {
  return element("code", "", text);
}
