/**
 * What a browser trusts of a shared ledger: a light block, kept in its own storage between visits,
 * and followed to newer ones. Nothing kept is believed again without its hash.
 */
import { begin } from "./light.js";
import { follow } from "./follow.js";
import { fromHex, toHex } from "./sha256.js";

const KEPT = "mitoyen.light";

/** The light block that this browser kept, or null. What does not check is forgotten. */
export async function recall() {
  try {
    const { light, hash } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const bytes = fromHex(light);
    const answer = await begin(bytes, fromHex(hash));
    if (answer.kind === "proved") return { ...answer, bytes };
  } catch {
    // Somebody else's entry, or none.
  }
  forget();
  return null;
}

export function forget() {
  localStorage.removeItem(KEPT);
}

/** Begins with the header of a height and hash that the reader has from elsewhere (LI-5). */
export async function beginAt(height, hash, node) {
  const bytes = await node.header(height);
  return kept({ ...(await begin(bytes, hash)), bytes });
}

/**
 * Goes on to a light block that covers so many blocks of the ledger.
 *
 * @returns what is trusted now, or why not
 */
export async function reach(trusted, size, node) {
  if (trusted.block.header.anchor.size >= size) return { kind: "proved", ...trusted };
  const bytes = await node.covering(size);
  return kept(await follow(trusted, bytes, node.header, Date.now()));
}

/** When the engine made a light block's header [ms since 1970]. */
export function madeAt({ block }) {
  const { seconds, nanos } = block.header.time;
  return seconds * 1_000 + Math.floor(nanos / 1_000_000);
}

function kept(answer) {
  if (answer.kind === "proved") {
    const entry = { light: toHex(answer.bytes), hash: toHex(answer.hash) };
    localStorage.setItem(KEPT, JSON.stringify(entry));
  }
  return answer;
}
