/**
 * Checks that a member's day is on the ledger, with nothing but SHA-256 and the bytes themselves:
 * leaf -> root of the day -> state -> block -> root over all blocks. That of the state on is a proof
 * of an entry (docs/spec/proofs.md): the ledger's rules put a day there, and no transaction that
 * was refused. The tree of a day is that of RFC 9162.
 */
import { decode } from "./cbor.js";
import { decodeProof } from "./proofs.js";
import { equal, fromHex, sha256, toHex } from "./sha256.js";
import { verify } from "./verify.js";

const UTF8 = new TextEncoder();
const BLOCK_TAG = UTF8.encode("mitoyen/block/1\n");
const DAYS = "energy/days";

/**
 * @param proof what the server sent, all bytes in hexadecimal
 * @param asked {{community: string, day: string, kind: string}} of which day it is to be
 * @param wanted the root the reader holds, in hexadecimal: of the ledger, the block or the day
 * @returns {Promise<{holds: boolean, anchor?: string, steps: {name: string, holds: boolean, hash: string}[], leaf: Map}>}
 */
export async function check(proof, asked, wanted) {
  const leafBytes = fromHex(proof.leaf);
  const leaf = decode(leafBytes);
  const leafHash = await sha256(Uint8Array.of(0), fromHex(proof.salt), leafBytes);
  const dayRoot = await climb(leafHash, proof.index, proof.size, proof.path);
  const entryBytes = fromHex(proof.entry);
  const ledgerRoot = fromHex(proof.ledgerRoot);
  const entry = await verify(entryBytes, { size: proof.blockCount, root: ledgerRoot });
  const held = isOf(entry, asked);
  const block = held ? await sha256(BLOCK_TAG, decodeProof(entryBytes).block.header) : null;
  // In the state after an earlier block a day that was corrected since is still what it was.
  const last = held && entry.height === proof.blockCount;

  const steps = [
    step("leaf", Object.keys(asked).every((name) => leaf.get(name) === asked[name]), leafHash),
    step("day", dayRoot !== null && toHex(dayRoot) === proof.dayRoot, dayRoot),
    step("state", held && dayRoot !== null && settles(entry, asked, dayRoot), dayRoot),
    step("block", held, block),
    step("ledger", last, ledgerRoot),
  ];
  const anchors = { day: 2, block: 4, ledger: 5 };
  const reached = { day: dayRoot, block, ledger: ledgerRoot };
  const anchor = Object.keys(anchors).find(
    (name) => reached[name] !== null && toHex(reached[name]) === wanted,
  );
  const needed = steps.slice(0, anchors[anchor] ?? steps.length);
  const holds = anchor !== undefined && needed.every((each) => each.holds);
  steps.push({ name: "anchor", holds: anchor !== undefined, hash: wanted });
  return { holds, anchor, steps, leaf };
}

/** Whether an answer is of the entry that a community's day has in the state. */
function isOf(entry, asked) {
  return (
    entry.kind === "held" &&
    entry.part === DAYS &&
    equal(entry.key, UTF8.encode(`${asked.community}/${asked.day}`))
  );
}

function step(name, holds, hash) {
  return { name, holds, hash: hash === null ? "" : toHex(hash) };
}

/** Whether a settled day is the one that is asked for and has this root. */
function settles(entry, asked, dayRoot) {
  const settled = decode(entry.value);
  return (
    settled.get("day") === asked.day &&
    settled.get("community") === asked.community &&
    equal(settled.get(asked.kind), dayRoot)
  );
}

/** The root that a path leads to (RFC 9162, section 2.1.3.2), or null where it fits no such tree. */
async function climb(leafHash, index, size, path) {
  if (!(index >= 0 && index < size)) return null;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const hex of path) {
    if (last === 0) return null;
    const sibling = fromHex(hex);
    if (node % 2 === 1 || node === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}
